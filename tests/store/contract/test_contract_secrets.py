"""Restricted values, sealed with a key per person, for any database."""

import pytest

from app.errors import NotFound
from tests.store.stores import AT


@pytest.fixture
def traveller(store):
    return store.people.add("Viajera", "Uno")


def save(store, made, changes, secret, expected=0):
    return store.revisions.append(made.document.id, expected, made.person.id, "reserved", changes, secret=secret)


def test_a_sealed_value_reads_as_it_was_written(store, made, traveller):
    save(store, made, {"document": "P1234567", "name": "en claro"}, {"document": traveller.id})
    assert store.revisions.leaves(made.document.id) == {"document": "P1234567", "name": "en claro"}
    assert store.revisions.last(made.document.id).changes == {"document": "P1234567", "name": "en claro"}


@pytest.mark.parametrize("value", [None, "", False, 0, {"amount": 1, "currency": "USD"}, "ñ" * 5000])
def test_any_value_can_be_sealed(store, made, traveller, value):
    save(store, made, {"x": value}, {"x": traveller.id})
    assert store.revisions.leaves(made.document.id) == {"x": value}
    assert store.revisions.erased(made.document.id) == frozenset()


def test_forgetting_a_person_makes_their_sealed_values_unreadable_and_leaves_the_rest(store, made, traveller):
    other = store.people.add("Viajero", "Dos")
    save(store, made, {"a": "suyo", "b": "de otro", "c": "de nadie"}, {"a": traveller.id, "b": other.id})
    store.people.forget_key(traveller.id, AT)
    assert store.revisions.leaves(made.document.id) == {"a": None, "b": "de otro", "c": "de nadie"}
    assert store.revisions.erased(made.document.id) == {"a"}
    revision = store.revisions.last(made.document.id)
    assert (revision.changes["a"], revision.erased) == (None, {"a"})
    assert store.people.get(traveller.id).forgotten_at == AT
    assert store.people.key(traveller.id) is None


def test_forgetting_twice_is_forgetting_once(store, made, traveller):
    store.people.forget_key(traveller.id, AT)
    store.people.forget_key(traveller.id)
    assert store.people.get(traveller.id).forgotten_at == AT


def test_nothing_new_can_be_sealed_for_somebody_forgotten(store, made, traveller):
    store.people.forget_key(traveller.id)
    with pytest.raises(NotFound):
        save(store, made, {"x": "tarde"}, {"x": traveller.id})
    assert store.revisions.leaves(made.document.id) == {}


def test_the_key_of_an_unknown_person_is_never_made(store, made):
    with pytest.raises(NotFound):
        save(store, made, {"x": 1}, {"x": "nadie"})
    with pytest.raises(NotFound):
        store.people.forget_key("nadie")


def test_the_marks_of_revisions_still_hold_after_forgetting(store, made, traveller):
    save(store, made, {"x": "suyo"}, {"x": traveller.id})
    store.people.forget_key(traveller.id)
    assert store.revisions.wrong() == []


def test_a_value_that_becomes_restricted_is_sealed_from_then_on(store, made, traveller):
    save(store, made, {"x": "antes"}, {})
    save(store, made, {"x": "después"}, {"x": traveller.id}, expected=1)
    store.people.forget_key(traveller.id)
    assert store.revisions.leaves(made.document.id) == {"x": None}
    assert store.revisions.leaves(made.document.id, 1) == {"x": "antes"}
