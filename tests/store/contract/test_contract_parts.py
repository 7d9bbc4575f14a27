"""Grants for one subject, keys for one dossier, carried signatures, remarks, sessions that are shortened; for any database."""

from datetime import timedelta

import pytest

from app.errors import NotFound, Stale
from app.store import audit
from tests.store.stores import AT


@pytest.fixture
def traveller(store):
    return store.people.add("Viajera", "Uno")


def test_a_grant_may_be_for_one_subject_of_a_dossier(store, made, traveller):
    scope = f"{made.dossier.id}:K7Q2M9XB"
    given = store.grants.give(traveller.id, "participant", "subject", scope)
    assert store.grants.within("subject", scope) == (given,)
    assert store.grants.scopes("subject", f"{made.dossier.id}:") == (scope,)
    assert store.grants.scopes("subject", "other:") == ()


def test_the_key_of_one_dossier_is_destroyed_alone(store, made, traveller):
    owner = f"{traveller.id}:{made.dossier.id}"
    secret = {"diet": owner, "passport": traveller.id}
    store.revisions.append(made.document.id, 0, made.person.id, "reserved", {"diet": "sin gluten", "passport": "X1"}, secret=secret)
    assert store.revisions.owners(made.document.id) == secret
    assert store.people.forget_dossier_key(traveller.id, made.dossier.id)
    assert not store.people.forget_dossier_key(traveller.id, made.dossier.id)
    assert store.revisions.leaves(made.document.id) == {"diet": None, "passport": "X1"}
    assert store.revisions.sealed_with(made.document.id) == {"diet": {owner}, "passport": {traveller.id}}
    assert store.people.get(traveller.id).forgotten_at is None
    assert audit(store) == []


def test_forgetting_a_person_destroys_the_keys_of_every_dossier(store, made, traveller):
    store.revisions.append(made.document.id, 0, made.person.id, "", {"diet": "x"}, secret={"diet": f"{traveller.id}:{made.dossier.id}"})
    store.people.forget_key(traveller.id, AT)
    assert store.revisions.leaves(made.document.id) == {"diet": None}
    with pytest.raises(NotFound):
        store.people.key_made(f"{traveller.id}:{made.dossier.id}", AT)


def test_who_wrote_what_is_known(store, made, traveller):
    store.revisions.append(made.document.id, 0, made.person.id, "", {"a": 1, "b": 2})
    store.revisions.append(made.document.id, 1, traveller.id, "", {"b": 3})
    assert store.revisions.writers(made.document.id) == {(made.person.id, "a"), (made.person.id, "b"), (traveller.id, "b")}


def signature(store, made, **more):
    told = {"name": "Viajera Uno", "position": "", "institution": "", "method": "typed", "hash": "0" * 64} | more
    return store.signatures.add(made.document.id, "travellers.K7Q2M9XB.signature", made.person.id, "participant", **told)


def test_a_signature_is_carried_once_with_its_date_and_hash(store, made):
    first = signature(store, made, part_hash=store.signatures.digest({"a": 1}), at=AT)
    second = store.documents.add(made.dossier.id, made.document.form, "1", "OTRO/v2", "9" * 16, actor_id=made.person.id, version=2)
    carried = store.signatures.carry(first, second.id, made.person.id)
    assert (carried.at, carried.hash, carried.carried) == (AT, first.hash, first.id)
    assert store.signatures.of(second.id) == (carried,)
    with pytest.raises(Stale):
        store.signatures.carry(first, second.id, made.person.id)
    third = store.documents.add(made.dossier.id, made.document.form, "1", "OTRO/v3", "8" * 16, actor_id=made.person.id, version=3)
    assert store.signatures.carry(carried, third.id, made.person.id).carried == first.id
    assert audit(store) == []


def test_a_carried_mark_taken_away_behind_our_back_is_found(store, made):
    first = signature(store, made, part_hash="x")
    store.db.run("UPDATE signatures SET part_hash = 'y' WHERE id = :id", id=first.id)
    assert [finding.id for finding in audit(store)] == [first.id]


def test_the_hash_of_a_part_is_the_same_for_the_same_values_only(store):
    one, same, other = ({"a": 1, "b": [1]}, {"b": [1], "a": 1}, {"a": 1, "b": [2]})
    assert store.signatures.digest(one) == store.signatures.digest(same) != store.signatures.digest(other)


def test_a_remark_is_kept_as_it_was_written(store, made):
    remark = store.remarks.get(store.remarks.add(made.document.id, made.person.id, "Lo pidió por teléfono.", AT))
    assert (remark.text, remark.person_id, remark.at) == ("Lo pidió por teléfono.", made.person.id, AT)
    with pytest.raises(NotFound):
        store.remarks.get("nada")


def test_a_shortened_session_ends_sooner_unless_it_is_renewed_and_never_later_than_it_would(store, made):
    token = store.sessions.start(made.person.id, lasts=timedelta(hours=1), at=AT)
    store.sessions.shorten(token, timedelta(minutes=20), AT)
    assert store.sessions.find(token, AT + timedelta(minutes=19))
    store.sessions.shorten(token, timedelta(minutes=20), AT + timedelta(minutes=19))
    assert store.sessions.find(token, AT + timedelta(minutes=38))
    store.sessions.shorten(token, timedelta(minutes=60), AT + timedelta(minutes=38))
    assert store.sessions.find(token, AT + timedelta(minutes=59))
    assert store.sessions.find(token, AT + timedelta(minutes=60)) is None
    store.sessions.shorten(token, timedelta(minutes=20), AT + timedelta(minutes=61))
    assert store.sessions.find(token, AT + timedelta(minutes=62)) is None
