"""Forms with several hands, filled offline: each takes away and brings back their own share, and is told nothing else."""

import io

import pytest

from app.workflow import imports, offline
from forms.path import AnswerPath
from tests.workflow import filled
from tests.workflow.exchanging import Exchange, register
from tests.workflow.house import ES


@pytest.fixture
def exchange(house, monkeypatch):
    register(monkeypatch)
    return Exchange(house)


@pytest.fixture
def traveller(exchange):
    """The second of the delegation, and their row."""
    row = exchange.rows()[1]
    person = exchange.store.people.add("Segunda", "de la delegación", email="viajera@example.org")
    exchange.store.grants.give(person.id, "participant", "subject", f"{exchange.dossier.id}:{row}")
    return person, row


def taken(exchange, form, person):
    return offline.made(exchange.store, person, exchange.document(form), "es").data


def back(exchange, form, person, data):
    kept = imports.received(exchange.store, person, exchange.document(form), io.BytesIO(data), "anexo.pdf")
    return imports.differences(exchange.store, person, exchange.document(form), kept.id, ES)


def test_a_traveller_takes_away_their_own_card_and_no_other(exchange, traveller):
    person, row = traveller
    names = [name for name in filled.names(taken(exchange, "A2", person)) if not name.startswith("_")]
    assert f"travellers.{row}.state" in names
    assert {name.split(".")[1] for name in names if name.startswith("travellers.")} == {row}
    assert [name for name in names if not name.startswith("travellers.")] == []


def test_restricted_answers_are_not_in_the_form(exchange, traveller):
    person, row = traveller
    exchange.save("A2", "card", person, {f"travellers.{row}.passport": "P0000001"}, row)
    data = taken(exchange, "A2", person)
    assert f"travellers.{row}.passport" not in filled.names(data)
    assert back(exchange, "A2", person, data).differences == ()


def test_what_a_traveller_writes_is_saved_in_their_card(exchange, traveller):
    person, row = traveller
    found = back(exchange, "A2", person, filled.fill(taken(exchange, "A2", person), {f"travellers.{row}.state": "Montevideo"}))
    [difference] = found.differences
    assert (difference.path.pdf, difference.theirs, difference.locked) == (f"travellers.{row}.state", "Montevideo", False)
    imports.accept(exchange.store, person, exchange.document("A2"), found.id, [difference.path])
    assert exchange.store.revisions.leaves(exchange.document("A2").id)[difference.path.pdf] == "Montevideo"


def test_a_form_that_names_answers_of_others_is_told_nothing_of_them_and_saves_none(exchange, traveller):
    person, row = traveller
    other, document = exchange.rows()[0], exchange.document("A2")
    fields = {f"travellers.{other}.given_names": "Cambiado", "selection_basis": "Cambiado", f"travellers.{row}.state": "Montevideo"}
    found = back(exchange, "A2", person, filled.pdf(fields, filled.about(document)))
    assert (found.unknown, [each.path.pdf for each in found.differences]) == (2, [f"travellers.{row}.state"])
    wanted = [AnswerPath.read(path) for path in fields]
    saved = imports.accept(exchange.store, person, document, found.id, wanted)
    assert [path.pdf for path in saved.changed if path.steps[-1] != "_order"] == [f"travellers.{row}.state"]


def test_a_part_is_for_who_fills_it(exchange):
    mine, others = (set(filled.names(taken(exchange, "A1", person))) for person in (exchange.host, exchange.visitor))
    assert {"activity_title"} <= mine - others
    assert {"delegation_size"} <= others - mine


def test_a_card_of_nobody_in_the_list_is_told_and_left(exchange):
    fields = {"travellers.ZZZZZZZ9.given_names": "Alguien", "selection_basis": "Otra."}
    found = back(exchange, "A2", exchange.visitor, filled.pdf(fields, filled.about(exchange.document("A2"))))
    assert "travellers.ZZZZZZZ9" not in [each.path.pdf for each in found.differences]
    assert found.unknown + len(found.left) == 1
