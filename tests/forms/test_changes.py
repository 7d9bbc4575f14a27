"""Saves as leaves: what a page changes, what it never touches, and what two people may do at once."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.workflow.resolving import filled, shown_leaves
from forms import FORMS
from forms.changes import assembled, changed, clashes, leaves
from forms.kinds import row_id
from forms.path import AnswerPath
from forms.values import ID, ORDER, rows_of
from forms.view import BARE, DossierView
from tests.contracts.specimen import SPECIMEN

IAT = FORMS["IAT"]
A, B, C, NEW = (row_id(name) for name in ("a", "b", "c", "new"))
GROUPS = AnswerPath(("groups",))
ENTRIES = AnswerPath(("entries",))
PREVIOUS = DossierView(previous={"institution": "CONNA", "groups": [{ID: A, "beneficiary": "Mesa"}, {ID: B, "beneficiary": "Otras"}]})


def at(spelled):
    return AnswerPath.read(spelled)


def save(posted, stored=None, dossier=BARE, form=IAT):
    """What a page with these answers would store, by spelled path."""
    stored = stored or {}
    shown = shown_leaves(form, assembled(stored), dossier)
    return {path.pdf: value for path, value in changed(form, posted, stored, shown).items()}


def entries(*rows):
    return leaves(IAT, {"entries": [{ID: row, "product": f"Producto {row}"} for row in rows]})


def test_a_page_that_shows_one_row_leaves_the_others_alone():
    stored = entries(A, B, C)
    changes = save({ENTRIES / B / "product": "Otro"}, stored)
    assert changes == {f"entries.{B}.product": "Otro"}
    rows = rows_of(assembled(stored | {at(path): value for path, value in changes.items()})["entries"])
    assert [(row[ID], row["product"]) for row in rows] == [(A, f"Producto {A}"), (B, "Otro"), (C, f"Producto {C}")]


def test_an_untouched_page_changes_nothing():
    stored = entries(A, B)
    assert save(dict(stored), stored) == {}


def test_new_rows_come_last_whatever_their_place_on_the_page():
    changes = save({ENTRIES / NEW / ORDER: 0, ENTRIES / NEW / "product": "Nuevo"}, entries(A, B, C))
    assert changes == {f"entries.{NEW}.product": "Nuevo", f"entries.{NEW}._order": 3}


def test_a_new_row_is_one_even_if_its_place_was_not_posted():
    assert save({ENTRIES / NEW / "product": "Nuevo"})[f"entries.{NEW}._order"] == 0


def test_a_new_row_with_nothing_in_it_is_no_row():
    assert save({ENTRIES / NEW / ORDER: 0, ENTRIES / NEW / "product": None, ENTRIES / NEW / "institutions": []}) == {}


def test_a_known_row_keeps_its_place():
    assert save({ENTRIES / C / ORDER: 0, ENTRIES / A / ORDER: 2}, entries(A, B, C)) == {}


def test_a_removed_row_goes_and_its_answers_stay_in_store():
    stored = entries(A, B)
    after = stored | {ENTRIES / A / ORDER: None}
    assert [row[ID] for row in rows_of(assembled(after)["entries"])] == [B]
    assert after[ENTRIES / A / "product"] == f"Producto {A}"


def test_emptying_an_answer_stores_that_it_is_empty():
    assert save({ENTRIES / A / "product": None}, entries(A)) == {f"entries.{A}.product": None}


def test_text_is_stored_tidy():
    assert save({at("summary"): "  cafe\u0301 \r\n"}) == {"summary": "café"}


def test_a_value_the_field_refuses_is_left_for_the_person_to_see():
    assert save({at("year"): "mañana"}) == {"year": "mañana"}


def test_what_is_read_through_stores_nothing_while_untouched():
    assert save({at("institution"): "CONNA", GROUPS / A / ORDER: 0, GROUPS / A / "beneficiary": "Mesa"}, dossier=PREVIOUS) == {}


def test_typing_over_what_is_read_through_stores_it():
    assert save({at("institution"): "CONAPINA"}, dossier=PREVIOUS) == {"institution": "CONAPINA"}


def test_emptying_what_is_read_through_keeps_it_empty():
    changes = save({at("institution"): None}, dossier=PREVIOUS)
    assert changes == {"institution": ""}
    assert filled(IAT, assembled({at("institution"): ""}), PREVIOUS)["institution"] == ""


def test_forgetting_what_was_typed_reads_through_again():
    assert filled(IAT, assembled({at("institution"): None}), PREVIOUS)["institution"] == "CONNA"


def test_touching_one_row_of_a_table_read_through_stores_the_whole_table():
    assert save({GROUPS / B / "beneficiary": "Dependencias"}, dossier=PREVIOUS) == {
        f"groups.{A}._order": 0, f"groups.{A}.beneficiary": "Mesa", f"groups.{B}._order": 1, f"groups.{B}.beneficiary": "Dependencias"}


def test_adding_to_a_table_read_through_keeps_what_it_had():
    changes = save({GROUPS / NEW / "beneficiary": "Tercero"}, dossier=PREVIOUS)
    rows = rows_of(assembled({at(path): value for path, value in changes.items()})["groups"])
    assert [row["beneficiary"] for row in rows] == ["Mesa", "Otras", "Tercero"]


def test_removing_every_row_of_a_table_read_through_leaves_it_empty():
    changes = save({GROUPS / A / ORDER: None, GROUPS / B / ORDER: None}, dossier=PREVIOUS)
    known = assembled({at(path): value for path, value in changes.items()})
    assert filled(IAT, known, PREVIOUS)["groups"] == []


def test_a_table_given_back_to_its_source_is_read_through_again():
    stored = {at(path): value for path, value in save({GROUPS / A / "beneficiary": "X"}, dossier=PREVIOUS).items()}
    known = assembled(dict.fromkeys(stored))
    assert [row["beneficiary"] for row in filled(IAT, known, PREVIOUS)["groups"]] == ["Mesa", "Otras"]


def test_a_group_read_through_may_be_typed_over_in_one_place():
    dossier = DossierView(people={"guest": {"given_names": "Nombre", "family_names": "Apellido"}})
    changes = save({at("guest.given_names"): "Otra"}, dossier=dossier, form=SPECIMEN)
    assert changes == {"guest.given_names": "Otra"}
    guest = filled(SPECIMEN, assembled({at(path): value for path, value in changes.items()}), dossier)["guest"]
    assert (guest["given_names"], guest["family_names"]) == ("Otra", "Apellido")


def test_an_answer_of_a_subjects_copy_makes_its_row():
    stored = leaves(SPECIMEN, {"plain": [{ID: A, "code": "1"}]})
    changes = save({at(f"copies.{A}.alias"): "Ana", at(f"copies.{A}.trips.{B}.flight"): "XX 1"}, stored, form=SPECIMEN)
    known = assembled(stored | {at(path): value for path, value in changes.items()})
    assert known["copies"] == [{ID: A, "alias": "Ana", "trips": [{ID: B, "flight": "XX 1"}]}]


def test_hidden_answers_are_not_lost():
    stored = leaves(IAT, {"entries": [{ID: A, "product": "P", "other_quantity": 2, "other_unit": "visitas"}]})
    emptied = stored | {ENTRIES / A / "other_quantity": None}
    assert save({ENTRIES / A / "other_unit": "visitas"}, emptied) == {}
    assert "other_unit" not in filled(IAT, assembled(emptied), BARE)["entries"][0]


def test_two_people_who_change_different_answers_do_not_clash():
    base = entries(A, B)
    assert clashes({ENTRIES / A / "product": "mío"}, base, base | {ENTRIES / B / "product": "suyo"}) == set()


def test_two_people_who_change_the_same_answer_clash_on_it():
    base = entries(A)
    assert clashes({ENTRIES / A / "product": "mío"}, base, base | {ENTRIES / A / "product": "suyo"}) == {ENTRIES / A / "product"}


def test_the_same_change_made_twice_is_no_clash():
    base = entries(A)
    assert clashes({ENTRIES / A / "product": "igual"}, base, base | {ENTRIES / A / "product": "igual"}) == set()


def test_two_people_who_add_rows_do_not_clash():
    base = entries(A)
    mine = {ENTRIES / NEW / ORDER: 1, ENTRIES / NEW / "product": "mío"}
    theirs = {ENTRIES / C / ORDER: 1, ENTRIES / C / "product": "suyo"}
    assert clashes(mine, base, base | theirs) == set()
    assert {row[ID] for row in rows_of(assembled(base | theirs | mine)["entries"])} == {A, C, NEW}


def test_filling_a_row_somebody_removed_is_a_clash():
    base = entries(A)
    assert clashes({ENTRIES / A / "product": "mío"}, base, base | {ENTRIES / A / ORDER: None}) == {ENTRIES / A / ORDER}


def test_removing_a_row_somebody_filled_is_a_clash():
    base = entries(A)
    assert clashes({ENTRIES / A / ORDER: None}, base, base | {ENTRIES / A / "product": "suyo"}) == {ENTRIES / A / ORDER}


def test_a_leaf_that_is_a_mapping_is_one_piece():
    evidence = {"sha256": "0" * 64, "name": "a.pdf", "size": 1, "type": "application/pdf"}
    known = leaves(IAT, {"entries": [{ID: A, "evidence": evidence}]})
    assert known[ENTRIES / A / "evidence"] == evidence
    assert assembled(known) == {"entries": [{ID: A, "evidence": evidence}]}


def test_an_answer_the_form_does_not_ask_cannot_be_saved():
    with pytest.raises(KeyError):
        save({at("nobody"): "x"})


ROWS = st.lists(st.sampled_from([row_id(str(n)) for n in range(6)]), unique=True, max_size=6)
VALUES = st.none() | st.text("abc", min_size=1, max_size=3)


@given(ROWS, st.dictionaries(st.tuples(st.sampled_from([row_id(str(n)) for n in range(8)]), st.sampled_from(["product", "result"])),
    VALUES, max_size=9))
def test_after_any_save_the_rows_are_those_before_and_the_new_ones(rows, page):
    stored = entries(*rows)
    posted = {ENTRIES / row / key: value for (row, key), value in page.items()}
    after = stored | changed(IAT, posted, stored, shown_leaves(IAT, assembled(stored), BARE))
    ids = [row[ID] for row in rows_of(assembled(after).get("entries"))]
    new = [row for row in dict.fromkeys(row for row, _ in page) if row not in rows and any(page.get((row, key)) for key in ("product",
        "result"))]
    assert ids == [*rows, *new]
    assert {after[path] for path, value in posted.items() if value and path in after} == {value for path, value in posted.items() if value}


@given(ROWS, st.data())
def test_disjoint_saves_in_either_order_give_the_same_answers(rows, data):
    base = entries(*rows)
    pieces = [ENTRIES / row / key for row in rows for key in ("product", "result")]
    mine = {path: "mío" for path in pieces if data.draw(st.booleans())}
    theirs = {path: "suyo" for path in pieces if path not in mine and data.draw(st.booleans())}
    assert clashes(mine, base, base | theirs) == set()
    assert assembled(base | mine | theirs) == assembled(base | theirs | mine)
