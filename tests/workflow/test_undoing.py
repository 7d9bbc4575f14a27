"""«Deshacer» takes back a person's last group of saves, and nobody else's."""

from datetime import UTC, datetime, timedelta

import pytest

from app import clock
from app.errors import NotFound
from app.workflow import answering
from forms.path import AnswerPath
from tests.workflow.house import row

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FIRST, SECOND, THIRD = "El primer texto del resumen.", "El segundo texto del resumen.", "El tercer texto del resumen."


def at(minutes):
    return clock.stopped(START + timedelta(minutes=minutes))


def test_saves_within_fifteen_minutes_are_undone_together(house):
    document = house.report()
    for minute, text in ((0, FIRST), (10, SECOND), (40, THIRD)):
        with at(minute):
            house.save(document, {"summary": text})
    summaries = []
    for _ in range(3):
        answering.undo(house.store, house.ana, house.now(document), "head")
        summaries.append(house.answers(document)["summary"])
    assert summaries == [SECOND, None, None]


def test_undo_answers_none_where_there_is_nothing_to_undo(house):
    document = house.report()
    assert answering.undo(house.store, house.ana, document, "head") is None
    assert not house.page(document).can_undo


def test_redo_brings_back_what_undo_took_until_something_new_is_saved(house):
    document = house.report()
    house.save(document, {"summary": FIRST})
    answering.undo(house.store, house.ana, document, "head")
    assert (house.page(document).can_undo, house.page(document).can_redo) == (False, True)
    answering.redo(house.store, house.ana, document, "head")
    assert house.answers(document)["summary"] == FIRST
    answering.undo(house.store, house.ana, document, "head")
    house.save(document, {"summary": SECOND})
    assert answering.redo(house.store, house.ana, document, "head") is None


def test_undo_leaves_what_somebody_else_changed_since(house):
    document = house.report()
    house.save(document, {"summary": FIRST, "unit": "Unidad de Ana"})
    house.save(document, {"unit": "Unidad de Beto"}, person=house.beto)
    answering.undo(house.store, house.ana, document, "head")
    assert (house.answers(document)["summary"], house.answers(document)["unit"]) == (None, "Unidad de Beto")


def test_undo_in_one_section_leaves_the_others(house):
    document = house.report()
    house.save(document, {"summary": FIRST})
    house.save(document, {"achievements": SECOND}, "totals")
    answering.undo(house.store, house.ana, document, "head")
    assert (house.answers(document)["summary"], house.answers(document)["achievements"]) == (None, SECOND)


def test_undo_takes_back_an_added_row_and_a_removed_one(house):
    document = house.report()
    with at(0):
        house.save(document, row("groups", "AAAAAAAA", beneficiary="Uno"), "entries")
    with at(30):
        answering.remove_row(house.store, house.ana, document, AnswerPath(("groups", "AAAAAAAA")))
    answering.undo(house.store, house.ana, document, "entries")
    assert [each["beneficiary"] for each in house.answers(document)["groups"]] == ["Uno"]
    answering.undo(house.store, house.ana, document, "entries")
    assert house.answers(document)["groups"] == []


def test_what_has_no_source_has_none_to_go_back_to(house):
    with pytest.raises(NotFound):
        answering.restore_source(house.store, house.ana, house.report(), AnswerPath(("summary",)))
