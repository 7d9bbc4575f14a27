"""A form the house has never seen, with every kind and a part for each person, goes through the same use cases."""

import pytest

from app.workflow import answering, history, permissions, renditions, reviewing, verification
from forms import FORMS
from forms.path import AnswerPath
from tests.contracts.specimen import SPECIMEN
from tests.workflow.house import ES, row

PERSON = "AAAAAAAA"
SECRET = "Alergia al látex y a las nueces"


@pytest.fixture
def document(house, monkeypatch):
    """A specimen in the dossier of a report, with one person in it."""
    monkeypatch.setitem(FORMS, "SPEC", SPECIMEN)
    monkeypatch.setitem(permissions.MATRIX, "SPEC", {"unit_editor": "F", "unit_head": "V"})
    report = house.report()
    made = house.store.documents.add(
        report.dossier_id, "SPEC", SPECIMEN.edition, "SPEC-1/v1", verification.new_code(), actor_id=house.ana.id
    )
    answering.save(
        house.store,
        house.ana,
        made,
        "views",
        0,
        posted(row("plain", PERSON, code="P1") | {f"plain.{PERSON}.who.given_names": "Persona"}),
        fmt=ES,
    )
    return house.now(made)


def posted(answers):
    return {AnswerPath.read(path): value for path, value in answers.items()}


def save_copy(house, document, **answers):
    leaves = posted({f"copies.{PERSON}.{key}": value for key, value in answers.items()})
    return answering.save(house.store, house.ana, document, "copy", house.now(document).revision, leaves, fmt=ES, subject=PERSON)


def test_a_persons_part_is_a_page_of_its_own(house, document):
    assert save_copy(house, document, alias="Uno").changed
    page = answering.page(house.store, house.ana, house.now(document), "copy", ES, PERSON)
    assert page.part.base(PERSON).pdf == f"copies.{PERSON}"
    assert [copy["alias"] for copy in page.answers["copies"]] == ["Uno"]


def test_restricted_and_health_answers_are_in_no_file_and_in_clear_nowhere(house, document, settings):
    saved = save_copy(house, document, medical=SECRET, emergency="Contacto secreto", alias="Uno")
    assert saved.refused == ()
    kept = [path.read_bytes() for path in settings.instance.iterdir()]
    assert not any(secret.encode() in data for data in kept for secret in (SECRET, "Contacto secreto"))
    page = answering.page(house.store, house.ana, house.now(document), "copy", ES, PERSON)
    assert page.answers["copies"][0]["medical"] == SECRET
    resolved = renditions.resolved_of(house.store, house.now(document), "es")
    assert SECRET not in repr(resolved)
    assert "Uno" in repr(resolved)
    made = renditions.made(house.store, house.now(document), "record", "es")
    assert SECRET.encode() not in made.data


def test_review_and_history_know_the_persons_part(house, document):
    save_copy(house, document, alias="Uno")
    found = reviewing.check(house.store, house.ana, house.now(document), ES)
    assert [(section.key, section.subject) for section in found.sections][-1] == ("copy", PERSON)
    newest = history.of(house.store, house.ana, house.dossier(document), ES)[0]
    assert newest.sentence == "Edición de ejemplo cambió una respuesta en «Autorizaciones»."


def test_a_table_inside_a_persons_part_keeps_its_rows(house, document):
    trip = f"copies.{PERSON}.trips.BBBBBBBB"
    leaves = posted({f"{trip}._order": 0, f"{trip}.flight": "XX 1234"})
    answering.save(house.store, house.ana, document, "copy", house.now(document).revision, leaves, fmt=ES, subject=PERSON)
    page = answering.page(house.store, house.ana, house.now(document), "copy", ES, PERSON)
    assert [trip["flight"] for trip in page.answers["copies"][0]["trips"]] == ["XX 1234"]
    answering.remove_row(house.store, house.ana, house.now(document), AnswerPath.read(trip))
    assert answering.page(house.store, house.ana, house.now(document), "copy", ES, PERSON).answers["copies"][0]["trips"] == []


def test_undo_works_there_too(house, document):
    save_copy(house, document, alias="Uno")
    answering.undo(house.store, house.ana, house.now(document), "copy")
    assert answering.page(house.store, house.ana, house.now(document), "copy", ES, PERSON).answers["copies"][0].get("alias") is None
