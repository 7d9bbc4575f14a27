"""Rows of a table, as the buttons of a page move them."""

import pytest

from app.errors import NotFound, TooManyRows
from app.workflow import answering
from forms.path import AnswerPath
from tests.workflow.house import row

TABLE = AnswerPath(("groups",))


@pytest.fixture
def document(house):
    made = house.report()
    for letter in "ABC":
        house.save(made, row("groups", letter * 8, beneficiary=f"Grupo {letter}"), "entries")
    return made


def groups(house, document):
    return [each.get("beneficiary") for each in house.answers(document)["groups"]]


def test_an_added_row_stands_at_the_end_and_is_empty(house, document):
    added = answering.add_row(house.store, house.ana, document, TABLE)
    assert house.answers(document)["groups"][-1]["_id"] == added.row_id
    assert groups(house, document) == ["Grupo A", "Grupo B", "Grupo C", None]


def test_a_row_can_be_added_after_another(house, document):
    answering.add_row(house.store, house.ana, document, TABLE, after="AAAAAAAA")
    assert groups(house, document) == ["Grupo A", None, "Grupo B", "Grupo C"]


def test_a_copy_stands_after_its_original_with_its_answers(house, document):
    answering.duplicate_row(house.store, house.ana, document, TABLE / "BBBBBBBB")
    assert groups(house, document) == ["Grupo A", "Grupo B", "Grupo B", "Grupo C"]


def test_the_same_button_pressed_twice_adds_one_row(house, document):
    first = answering.add_row(house.store, house.ana, document, TABLE, key="k")
    assert answering.add_row(house.store, house.ana, document, TABLE, key="k") == first
    assert len(groups(house, document)) == 4


@pytest.mark.parametrize(("which", "by", "order"), [("C", -1, "ACB"), ("A", 1, "BAC"), ("A", -1, "ABC"), ("C", 5, "ABC"), ("C", -9, "CAB")])
def test_a_row_moves_among_its_siblings_and_stays_at_the_ends(house, document, which, by, order):
    answering.move_row(house.store, house.ana, document, TABLE / (which * 8), by)
    assert groups(house, document) == [f"Grupo {letter}" for letter in order]


def test_rows_move_right_where_others_were_taken_out(house, document):
    house.save(document, row("groups", "DDDDDDDD", beneficiary="Grupo D"), "entries")
    answering.remove_row(house.store, house.ana, document, TABLE / "BBBBBBBB")
    answering.move_row(house.store, house.ana, document, TABLE / "DDDDDDDD", -1)
    assert groups(house, document) == ["Grupo A", "Grupo D", "Grupo C"]


def test_a_row_taken_out_comes_back_whole_at_the_end(house, document):
    answering.remove_row(house.store, house.ana, document, TABLE / "AAAAAAAA")
    assert groups(house, document) == ["Grupo B", "Grupo C"]
    answering.restore_row(house.store, house.ana, document, TABLE / "AAAAAAAA")
    assert groups(house, document) == ["Grupo B", "Grupo C", "Grupo A"]


def test_a_row_comes_back_only_where_there_is_room(house, document):
    answering.remove_row(house.store, house.ana, document, TABLE / "AAAAAAAA")
    for number in range(10):
        house.save(document, row("groups", f"{number:08d}", beneficiary="Más"), "entries")
    with pytest.raises(TooManyRows):
        answering.restore_row(house.store, house.ana, document, TABLE / "AAAAAAAA")


@pytest.mark.parametrize("path", ["groups.ZZZZZZZZ", "groups", "summary", "nothing.AAAAAAAA"])
def test_a_row_that_is_not_there_is_not_found(house, document, path):
    with pytest.raises(NotFound):
        answering.remove_row(house.store, house.ana, document, AnswerPath.read(path))
    with pytest.raises(NotFound):
        answering.restore_row(house.store, house.ana, document, AnswerPath.read(path))


@pytest.mark.parametrize("path", ["summary", "nothing", "total_sessions", "groups.AAAAAAAA", "groups.AAAAAAAA.beneficiary"])
def test_what_is_no_table_takes_no_row(house, document, path):
    with pytest.raises(NotFound):
        answering.add_row(house.store, house.ana, document, AnswerPath.read(path))


def test_taking_out_one_carried_over_row_keeps_the_others(house):
    house.real()
    document = house.report(2021, "2", policy="")
    first = house.answers(document)["groups"][0]["_id"]
    answering.remove_row(house.store, house.ana, document, TABLE / first)
    assert [name[:5] for name in groups(house, document)] == ["Otras"]
