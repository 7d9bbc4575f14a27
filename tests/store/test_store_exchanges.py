"""Dossiers of exchanges: people by role, states moved by events, and what an audit says of them."""

import pytest

from app.errors import Stale
from app.store import audit, rebuild

CODE = "PE-2027-URY-SLV-01"
LEADER = {"given_names": "Jefatura", "family_names": "de ejemplo", "email": "jefatura@example.org"}


@pytest.fixture
def exchange(store, made):
    return store.dossiers.add(
        CODE, "exchange", "Intercambio", "URY", "es_UY", actor_id=made.person.id, state="planning", people={"host_leader": LEADER}
    )


def kinds(store, dossier):
    return [event.kind for event in store.events.of(dossier.id)]


def test_an_exchange_opens_in_a_state_with_its_people(store, exchange):
    kept = store.dossiers.get(exchange.id)
    assert (kept.state, kept.people, kept.host_office_id) == ("planning", {"host_leader": LEADER}, None)
    assert store.dossiers.of_programme("exchange") == (kept,)


def test_a_person_changes_by_an_event_that_names_only_the_role(store, exchange, made):
    store.dossiers.set_person(exchange.id, "visiting_leader", LEADER, made.person.id)
    store.dossiers.set_person(exchange.id, "visiting_leader", LEADER, made.person.id)
    assert kinds(store, exchange) == ["dossier_opened", "people_changed"]
    assert "jefatura@example.org" not in repr(store.events.of(exchange.id))


def test_a_dossier_moves_from_the_state_it_is_in_only(store, exchange, made):
    moved = store.dossiers.move(exchange.id, "exchange_referenced", "planning", "referenced", made.person.id)
    assert (moved.state, kinds(store, moved)[-1]) == ("referenced", "exchange_referenced")
    with pytest.raises(Stale):
        store.dossiers.move(exchange.id, "exchange_referenced", "planning", "referenced", made.person.id)


def test_a_state_its_events_do_not_say_is_found_and_made_right(store, exchange, made):
    store.dossiers.move(exchange.id, "exchange_referenced", "planning", "referenced", made.person.id)
    assert audit(store) == []
    store.db.run("UPDATE dossiers SET state = 'finished' WHERE id = :id", id=exchange.id)
    assert [found.id for found in audit(store)] == [exchange.id]
    assert rebuild(store) == 1
    assert (store.dossiers.get(exchange.id).state, audit(store)) == ("referenced", [])
