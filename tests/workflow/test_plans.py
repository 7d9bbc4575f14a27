"""A plan's year: its actions by month, what was planned and reached, and the same dates for a calendar."""

from datetime import UTC, datetime

import pytest

from app.errors import NotFound
from app.rendering import icalendar
from app.rendering.icalendar import Event
from app.store import open_store
from app.workflow import opening, plans, surroundings
from tests.workflow.house import ES
from tests.workflow.walking import Walk


@pytest.fixture
def walk(settings):
    """The worked exchange with its plan typed."""
    with open_store(settings) as store:
        walk = Walk(store)
        for form in ("A1", "F4C", "A5"):
            for document in walk.documents(form):
                store.documents.move(document.id, "approved", document.state, "approved", walk.secretariat.id)
            opening.ensured(store, walk.dossier.id, walk.secretariat.id)
        walk.fill(plan(walk))
        yield walk


def plan(walk):
    return walk.documents("PTA")[0]


def followed(walk):
    """The follow-up of month three, handed in."""
    document = walk.store.documents.add(walk.dossier.id, "F5S", "2026-1", f"{walk.dossier.code}/F5S-03/v1", "7" * 16,
                                        actor_id=walk.secretariat.id, subject="3")
    walk.fill(document)
    walk.store.documents.move(document.id, "submitted", "draft", "submitted", walk.secretariat.id)


def lines(data):
    """A calendar's lines as a program reads them: folded ones together."""
    return data.decode().replace("\r\n ", "").split("\r\n")


def test_every_action_stands_in_its_months_and_what_was_planned_is_told_before_any_follow_up(walk):
    year = plans.year(walk.store, walk.one("visiting_leader"), plan(walk), ES)
    assert (year.months[0], year.months[11]) == ("mayo 2027", "abril 2028")
    assert all(bar.months and bar.code.startswith("PT-") for bar in year.bars)
    assert sum(bar.weight for bar in year.bars) == 100
    assert [point.month for point in year.points] == [3, 6, 9, 12]
    assert [point.reached for point in year.points] == [None] * 4
    planned = [float(point.planned) for point in year.points]
    assert planned == sorted(planned)
    assert planned[-1] == 100


def test_a_follow_up_tells_what_was_reached_and_the_light_of_each_action(walk):
    followed(walk)
    year = plans.year(walk.store, walk.one("visiting_leader"), plan(walk), ES)
    assert year.points[0].reached == "24.2"
    assert {bar.light for bar in year.bars} <= {"Verde", "Ámbar", "Rojo", ""}
    assert any(bar.light for bar in year.bars)


def test_the_feed_has_each_stretch_of_months_each_sharing_and_each_follow_up(walk):
    made = plans.feed(walk.store, walk.one("visiting_leader"), plan(walk))
    told = lines(made.data)
    assert (told[0], told[-2], told[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    uids = [line for line in told if line.startswith("UID:")]
    assert len(uids) == len(set(uids)) == told.count("BEGIN:VEVENT") == told.count("END:VEVENT")
    assert "DTSTART;VALUE=DATE:20270731" in told
    assert "DTEND;VALUE=DATE:20270801" in told
    assert sum(line.startswith("UID:F5S-") for line in told) == 4
    assert made.data == plans.feed(walk.store, walk.one("visiting_leader"), plan(walk)).data


def test_no_person_is_named_in_the_feed(walk):
    said = plans.feed(walk.store, walk.one("visiting_leader"), plan(walk)).data.decode()
    known = surroundings.typed(walk.store, plan(walk))["actions"]
    assert all(row["responsible_email"] not in said for row in known)
    assert "ATTENDEE" not in said


def test_a_private_address_is_one_persons_and_lives_as_long_as_they_see_the_plan(walk):
    leader = walk.one("visiting_leader")
    token = plans.token(walk.store, leader, plan(walk))
    assert plans.of_token(walk.store, token).data == plans.feed(walk.store, leader, plan(walk)).data
    person, dossier, mark = token.split(".")
    for wrong in (f"{person}.{dossier}.{'0' * 40}", f"{walk.secretariat.id}.{dossier}.{mark}", "x", "", f"{person}.{dossier}"):
        with pytest.raises(NotFound):
            plans.of_token(walk.store, wrong)
    for grant in walk.store.grants.of(leader.id):
        walk.store.grants.take(grant.id)
    with pytest.raises(NotFound):
        plans.of_token(walk.store, token)


def test_what_is_no_plan_has_no_year(walk):
    with pytest.raises(NotFound):
        plans.year(walk.store, walk.one("visiting_leader"), walk.documents("A1")[0], ES)


def test_long_lines_are_folded_between_letters_and_what_means_something_is_escaped():
    day = datetime(2027, 5, 1, tzinfo=UTC)
    data = icalendar.calendar("Plan", [Event("1", day.date(), day.date(), "Niñez; año, \\ y más\nniñez " * 9)], day)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    [summary] = [line for line in lines(data) if line.startswith("SUMMARY:")]
    assert summary == "SUMMARY:" + "Niñez\\; año\\, \\\\ y más\\nniñez " * 9
    assert "DTSTAMP:20270501T000000Z" in lines(data)
