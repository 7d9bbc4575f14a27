"""What waits for whom, the board, deadlines by working days, and one reminder a day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.errors import BadSettings
from app.workflow import board, comments, deadlines, digest, life, mailing, tasks
from tests.workflow import lives

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def kinds(house, person):
    return [task.kind for task in tasks.mine(house.store, person)]


def everybody(house):
    return {name: kinds(house, getattr(house, name)) for name in ("ana", "head", "secretariat", "stranger", "nobody")}


def test_each_state_waits_for_who_is_to_act(house):
    nobody = {"ana": [], "head": [], "secretariat": [], "stranger": [], "nobody": []}
    document = house.real()
    assert everybody(house) == nobody | {"ana": ["fill"]}
    document = life.submit(house.store, house.ana, document)
    assert everybody(house) == nobody | {"head": ["review"]}
    document = lives.returned(house, document)
    assert everybody(house) == nobody | {"ana": ["correct"]}
    assert tasks.mine(house.store, house.ana)[0].places["count"] == 1
    [note] = house.store.comments.of(document.id)
    comments.answer(house.store, house.ana, document, note.id, "Está corregido.")
    document = lives.approved(house, life.submit(house.store, house.ana, document))
    assert everybody(house) == nobody | {"ana": ["sign"]}
    document = lives.sign(house, house.ana, document)
    assert everybody(house) == nobody | {"head": ["sign"]}
    lives.sign(house, house.head, document)
    assert everybody(house) == nobody


def test_a_review_does_not_wait_for_who_filled(house):
    house.store.grants.give(house.ana.id, "unit_head", "unit", house.unit.id)
    lives.submitted(house)
    assert (kinds(house, house.ana), kinds(house, house.head)) == ([], ["review"])


def test_a_task_says_since_when_and_until_when(house):
    with clock.stopped(MONDAY):
        lives.submitted(house)
        [task] = tasks.mine(house.store, house.head)
        assert (task.since, task.until, task.late) == (MONDAY, date(2026, 3, 9), False)
    with clock.stopped(MONDAY + timedelta(days=8)):
        assert tasks.mine(house.store, house.head)[0].late


def test_a_draft_is_due_so_many_working_days_after_its_period(house):
    house.report()
    [task] = tasks.mine(house.store, house.ana)
    assert task.until == date(2021, 7, 28)


def test_the_board_says_what_stands_in_the_way(house):
    house.report(2021, "2")
    document = lives.observed(house)
    rows = {row.dossier.code[-6:]: row for row in board.rows(house.store, house.secretariat)}
    assert [(each.message, each.places) for each in rows["2021-1"].blockers] == [
        ("Observaciones por responder: {count}.", {"count": 1})
    ]
    assert (rows["2021-1"].state, rows["2021-1"].waiting) == ("Observado", ("Edición de la unidad",))
    assert rows["2021-2"].blockers[0].places == {"count": 3}
    assert [row.document.id for row in board.rows(house.store, house.secretariat, state="observed")] == [document.id]
    assert board.rows(house.store, house.secretariat, unit_id=house.other.id) == ()
    assert board.rows(house.store, house.stranger) == ()


def test_the_board_names_the_signature_that_is_missing(house):
    lives.sign(house, house.ana, lives.approved(house))
    [row] = board.rows(house.store, house.head)
    assert [each.places["label"] for each in row.blockers] == ["Revisó y aprobó"]
    assert row.waiting == ("Jefatura de la unidad",)


def test_working_days_leave_out_weekends_and_holidays():
    friday = date(2026, 3, 6)
    assert deadlines.working_days(friday, 1) == date(2026, 3, 9)
    assert deadlines.working_days(friday, 1, {date(2026, 3, 9)}) == date(2026, 3, 10)
    assert deadlines.working_days(friday, -5) == date(2026, 2, 27)
    assert deadlines.working_days(friday, 0) == friday


DATES = st.dates(date(2000, 1, 1), date(2090, 1, 1))


@given(DATES, st.integers(-60, 60), st.sets(DATES, max_size=5))
def test_as_many_working_days_lie_between_as_were_asked(start, days, holidays):
    end = deadlines.working_days(start, days, holidays)
    first, last = min(start, end), max(start, end)
    between = (first + timedelta(days=number) for number in range((last - first).days + 1))
    worked = [day for day in between if day.weekday() < 5 and day not in holidays and day != start]
    assert len(worked) == abs(days)


def test_deadlines_and_holidays_are_the_installations_own(house, settings):
    own = deadlines.SHIPPED.read_text().replace("days = 20", "days = 1").replace("submitted = 5", "submitted = 2")
    (settings.instance / "deadlines.toml").write_text(own + '"Oficina de ejemplo" = [2021-07-01, 2026-03-03]\n')
    document = house.report()
    assert deadlines.of(house.store, document) == date(2021, 7, 2)
    with clock.stopped(MONDAY):
        assert deadlines.step(house.store, lives.submitted_of(house, document)) == date(2026, 3, 5)


@pytest.mark.parametrize("text", ["", "[steps", "[steps]\nsubmitted = 'x'\n[documents]\n[reminders]\ndays = [1]\n", "\xff"])
def test_deadlines_that_make_no_sense_are_told_with_their_file(house, settings, text):
    (settings.instance / "deadlines.toml").write_bytes(text.encode("latin-1"))
    with pytest.raises(BadSettings) as told:
        deadlines.plan(settings)
    assert "deadlines.toml" in str(told.value)


def test_a_person_is_reminded_after_three_and_seven_days_and_when_it_is_due_once_a_day(house, settings):
    with clock.stopped(MONDAY):
        lives.approved(house)
    mailed = {}
    for day in range(12):
        with clock.stopped(MONDAY + timedelta(days=day)):
            mailed[day] = [digest.send(house.store), digest.send(house.store)]
    assert {day for day, counts in mailed.items() if counts == [2, 0]} == {3, 7}
    assert all(counts == [0, 0] for day, counts in mailed.items() if day not in (3, 7))


def test_a_day_without_a_worker_delays_a_reminder_and_loses_none(house):
    with clock.stopped(MONDAY):
        lives.approved(house)
    with clock.stopped(MONDAY + timedelta(days=5)):
        assert digest.send(house.store) == 2
    with clock.stopped(MONDAY + timedelta(days=6)):
        assert digest.send(house.store) == 0


def test_a_reminder_lists_everything_in_one_message_and_nothing_that_is_done(house, settings):
    with clock.stopped(MONDAY):
        document = lives.submitted(house)
    with clock.stopped(MONDAY + timedelta(days=3)):
        assert digest.send(house.store) == 1
        mailing.deliver(settings)
        life.approve(house.store, house.head, document, document.revision)
    letters = [path.read_text() for path in settings.mail.glob("*.eml")]
    [reminder] = [letter for letter in letters if "Una tarea espera en Anexa" in letter]
    assert "jefatura@example.org" in reminder
    assert f"/expedientes/{document.dossier_id}" in reminder
    with clock.stopped(MONDAY + timedelta(days=7)):
        digest.send(house.store)
        lives.sign(house, house.ana, house.now(document))
        lives.sign(house, house.head, house.now(document))
        mailing.deliver(settings)
    assert sum("espera en Anexa" in path.read_text() for path in settings.mail.glob("*.eml")) == 1
