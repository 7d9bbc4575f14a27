"""Events, their chain, and what is made from them, for any database."""

from datetime import timedelta

import pytest

from app.errors import NotFound
from app.store import audit, rebuild
from tests.store.stores import AT


def test_events_are_numbered_and_chained_from_the_first(store, made):
    first, second = store.events.of(made.dossier.id)
    third = store.events.append(made.dossier.id, "downloaded", made.person.id, {"document": made.document.id, "kind": "record"}, AT)
    assert [event.number for event in (first, second, third)] == [1, 2, 3]
    assert [event.previous for event in (first, second, third)] == ["", first.hash, second.hash]
    assert store.events.of(made.dossier.id, after=2) == (third,)
    assert store.dossiers.get(made.dossier.id).head == third.hash
    assert store.events.broken() == []


def test_each_dossier_has_its_own_chain(store, made):
    other = store.dossiers.add("IAT-OTRO", "assistance", "Otro", "SLV", "es_SV", actor_id=made.person.id)
    assert [event.number for event in store.events.of(other.id)] == [1]
    assert store.events.of(other.id)[0].previous == ""
    assert set(store.events.dossiers()) == {made.dossier.id, other.id}


def test_an_event_needs_a_dossier(store, made):
    with pytest.raises(NotFound):
        store.events.append("nada", "seen", made.person.id, {})


@pytest.mark.parametrize("payload", [
    {"note": "Una frase de alguien"}, {"email": "edicion@example.org"}, {"paths": ["a", {"deep": "con espacio"}]}, {"con espacio": 1},
    {"name": "Ñandú"}, {"long": "a" * 201}, {"line": "a\n"},
])
def test_an_event_refuses_what_could_be_a_persons_words(store, made, payload):
    with pytest.raises(ValueError):
        store.events.append(made.dossier.id, "commented", made.person.id, payload)
    assert len(store.events.of(made.dossier.id)) == 2


def test_only_saves_states_and_assignments_move_a_document(store, made):
    store.events.append(made.dossier.id, "downloaded", made.person.id, {"document": made.document.id, "revision": 7})
    store.events.append(made.dossier.id, "seen", made.person.id, {"document": made.document.id, "state": "draft"})
    store.events.append(made.dossier.id, "seen", made.person.id, {"document": "otro", "state": "signed"})
    assert store.documents.get(made.document.id) == made.document


def lived(store, made):
    """A document with saves, states and assignments behind it."""
    for number in range(3):
        store.revisions.append(made.document.id, number, made.person.id, "a", {"x": number})
    store.documents.move(made.document.id, "submitted", "draft", "submitted", made.person.id)
    store.documents.assign(made.document.id, "reviewer", made.person.id, made.person.id)
    return store.documents.get(made.document.id), store.documents.assigned(made.document.id)


def test_rebuilding_what_is_right_changes_nothing(store, made):
    before = lived(store, made)
    assert (rebuild(store), audit(store)) == (0, [])
    assert (store.documents.get(made.document.id), store.documents.assigned(made.document.id)) == before


def test_a_clock_set_back_an_hour_changes_neither_order_nor_chain(store, made):
    for number, hours in enumerate((0, 1, -1, 0)):
        store.revisions.append(made.document.id, number, made.person.id, "a", {"x": number}, at=AT + timedelta(hours=hours))
    assert [event.number for event in store.events.of(made.dossier.id)] == [1, 2, 3, 4, 5, 6]
    assert store.revisions.leaves(made.document.id) == {"x": 3}
    assert (audit(store), rebuild(store)) == ([], 0)


def test_an_installation_without_anything_is_in_order(store):
    assert (rebuild(store), audit(store)) == (0, [])
