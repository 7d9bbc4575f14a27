"""People, units, grants and sessions, for any database."""

from datetime import timedelta

import pytest

from app.errors import NotFound
from app.store import NotAccepted
from tests.store.stores import AT


def test_a_person_is_found_by_id_and_by_email_however_it_is_written(store, made):
    assert store.people.get(made.person.id) == made.person
    assert store.people.by_email("  EDICION@example.org ") == made.person
    assert store.people.by_email("nadie@example.org") is None


def test_an_unknown_person_is_not_found(store):
    with pytest.raises(NotFound):
        store.people.get("nadie")


def test_two_people_cannot_have_one_email(store, made):
    with pytest.raises(NotAccepted):
        store.people.add("Otra", "Persona", "Edicion@example.org")


def test_people_without_email_may_be_many(store):
    store.people.add("Una", "Persona")
    store.people.add("Otra", "Persona")
    assert [person.email for person in store.people.all()] == [None, None]


def test_a_person_is_read_in_the_language_they_chose(store, made):
    store.people.set_locale(made.person.id, "pt_BR")
    assert store.people.get(made.person.id).locale == "pt_BR"


def test_a_unit_is_found_by_its_printed_code_and_knows_its_office(store):
    office = store.offices.add("Oficina en El Salvador", "SLV")
    unit = store.units.add("SLV-CONNA-DPI", "Dirección", "CONNA", "SLV", office.id)
    assert store.units.by_code("SLV-CONNA-DPI") == store.units.get(unit.id) == unit
    assert store.offices.get(unit.office_id) == office
    assert (store.units.all(), store.offices.all()) == ((unit,), (office,))


def test_a_grant_given_twice_is_one_grant(store, made):
    first = store.grants.give(made.person.id, "unit_editor", "unit", made.unit.id, at=AT)
    again = store.grants.give(made.person.id, "unit_editor", "unit", made.unit.id)
    assert first == again
    assert store.grants.of(made.person.id) == (first,)
    assert store.grants.within("unit", made.unit.id) == (first,)


def test_a_grant_taken_away_is_gone(store, made):
    grant = store.grants.give(made.person.id, "secretariat", "everything")
    store.grants.take(grant.id)
    assert store.grants.of(made.person.id) == ()


@pytest.mark.parametrize(("kind", "scope_id"), [("planet", "x"), ("everything", "x"), ("unit", "")])
def test_a_grant_needs_a_scope_that_makes_sense(store, made, kind, scope_id):
    with pytest.raises(NotAccepted):
        store.grants.give(made.person.id, "secretariat", kind, scope_id)


def test_a_session_is_found_by_its_token_until_it_expires(store, made):
    token = store.sessions.start(made.person.id, "pt_BR", timedelta(minutes=20), at=AT)
    session = store.sessions.find(token, AT + timedelta(minutes=19))
    assert (session.person_id, session.locale) == (made.person.id, "pt_BR")
    assert store.sessions.find(token, AT + timedelta(minutes=20)) is None


def test_the_table_of_sessions_lets_nobody_in(store, made):
    token = store.sessions.start(made.person.id, at=AT)
    [session] = store.sessions.of(made.person.id, AT)
    assert len(token) >= 22
    assert store.sessions.find(session.token_hash, AT) is None


def test_a_session_remembers_when_it_was_last_seen(store, made):
    token, later = store.sessions.start(made.person.id, at=AT), AT + timedelta(minutes=5)
    store.sessions.find(token, later)
    assert store.sessions.of(made.person.id, later)[0].seen_at == later


def test_a_revoked_session_is_over_and_the_others_go_on(store, made):
    token, other = (store.sessions.start(made.person.id, at=AT) for _ in range(2))
    store.sessions.revoke(token, AT)
    assert store.sessions.find(token, AT) is None
    assert store.sessions.find(other, AT) is not None


def test_all_sessions_of_a_person_can_be_ended_at_once(store, made):
    tokens = [store.sessions.start(made.person.id, at=AT) for _ in range(3)]
    store.sessions.revoke_all(made.person.id, AT)
    assert [store.sessions.find(token, AT) for token in tokens] == [None] * 3


def test_a_session_changes_its_language(store, made):
    token = store.sessions.start(made.person.id, at=AT)
    store.sessions.set_locale(token, "en")
    assert store.sessions.find(token, AT).locale == "en"


@pytest.mark.parametrize("token", ["", "x", "ñ", "\ud800", "a" * 100_000])
def test_a_made_up_token_is_simply_no_session(store, token):
    assert store.sessions.find(token) is None
