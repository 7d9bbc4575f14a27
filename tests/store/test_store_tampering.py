"""Somebody edits the database or the files behind our back: audit names what, rebuild makes right what events decide."""

import sqlite3

import pytest

from app.errors import Damaged
from app.store import Finding, audit, open_store, rebuild
from app.store.audit import (
    CHAIN_CHANGED,
    CHAIN_HEAD,
    CHAIN_MISSING,
    FILE_CHANGED,
    FILE_MISSING,
    POINTERS_DIFFER,
    REVISION_CHANGED,
    REVISION_MISSING,
)
from app.store.events import Broken
from tests.store.stores import furnished


@pytest.fixture
def lived(settings):
    """A store with a document that has three revisions (the last sealed), a state and an assignment; events 1 to 7."""
    with open_store(settings) as store:
        made = furnished(store)
        for number, secret in enumerate(({}, {}, {"x": made.person.id})):
            store.revisions.append(made.document.id, number, made.person.id, "a", {"x": f"v{number}", "y": number}, secret=secret)
        store.documents.move(made.document.id, "submitted", "draft", "submitted", made.person.id)
        store.documents.assign(made.document.id, "reviewer", made.person.id, made.person.id)
        yield store, made


def edit(store, *statements):
    """Edit the database file directly, as somebody with the file would: no triggers, no foreign keys."""
    connection = sqlite3.connect(store.settings.database)
    for trigger in ("events_stay_as_they_are", "events_stay", "revisions_stay_as_they_are", "leaves_stay_as_they_are"):
        connection.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        assert connection.execute(statement).rowcount > 0
    connection.commit()
    connection.close()


def test_an_untouched_installation_has_no_findings(lived):
    store, _ = lived
    assert (store.events.broken(), store.revisions.wrong(), audit(store), rebuild(store)) == ([], [], [], 0)


@pytest.mark.parametrize("column", ["kind = 'approved'", "actor_id = 'otra'", "payload = '{}'", "at = '2020-01-01T00:00:00.000000+00:00'",
                                    "previous = ''", "hash = previous"])
def test_a_changed_event_is_named(lived, column):
    store, made = lived
    edit(store, f"UPDATE events SET {column} WHERE number = 4")
    assert store.events.broken() == [Broken(made.dossier.id, 4, "changed")]
    assert Finding(CHAIN_CHANGED, made.dossier.id, 4) in audit(store)


@pytest.mark.parametrize("number", [1, 4, 7])
def test_a_missing_event_is_named_wherever_it_was(lived, number):
    store, made = lived
    edit(store, f"DELETE FROM events WHERE number = {number}")
    assert store.events.broken() == [Broken(made.dossier.id, number, "missing")]
    assert Finding(CHAIN_MISSING, made.dossier.id, number) in audit(store)


def test_all_events_missing_is_noticed(lived):
    store, made = lived
    edit(store, "DELETE FROM events")
    assert store.events.broken() == [Broken(made.dossier.id, 1, "missing")]


def test_an_event_added_by_hand_is_noticed(lived):
    store, made = lived
    edit(store, "INSERT INTO events SELECT dossier_id, 8, 'approved', actor_id, payload, at, hash, hash FROM events WHERE number = 7")
    assert store.events.broken() == [Broken(made.dossier.id, 8, "changed")]


def test_two_events_that_changed_places_are_noticed(lived):
    store, made = lived
    edit(store, "UPDATE events SET number = 99 WHERE number = 4", "UPDATE events SET number = 4 WHERE number = 5",
         "UPDATE events SET number = 5 WHERE number = 99")
    assert store.events.broken() == [Broken(made.dossier.id, 4, "changed")]


def test_a_dossier_that_points_to_another_end_of_its_chain_is_noticed(lived):
    store, made = lived
    edit(store, "UPDATE dossiers SET head = 'x'")
    assert store.events.broken() == [Broken(made.dossier.id, 7, "head")]
    assert Finding(CHAIN_HEAD, made.dossier.id, 7) in audit(store)


def test_a_broken_chain_leaves_the_others_whole(lived):
    store, made = lived
    other = store.dossiers.add("IAT-OTRO", "assistance", "Otro", "SLV", "es_SV", actor_id=made.person.id)
    edit(store, f"UPDATE events SET kind = 'x' WHERE dossier_id = '{other.id}'")
    assert store.events.broken() == [Broken(other.id, 1, "changed")]


@pytest.mark.parametrize("change", [
    "UPDATE leaves SET value = '\"otro\"' WHERE number = 2 AND path = 'x'",
    "DELETE FROM leaves WHERE number = 2 AND path = 'y'",
    "INSERT INTO leaves SELECT document_id, number, 'z', value, owner, sealed FROM leaves WHERE number = 2 AND path = 'x'",
    "UPDATE leaves SET path = 'z' WHERE number = 2 AND path = 'x'",
    "UPDATE revisions SET person_id = 'otra' WHERE number = 2",
    "UPDATE revisions SET at = '2020-01-01T00:00:00.000000+00:00' WHERE number = 2",
    "UPDATE revisions SET hmac = 'x' WHERE number = 2",
])
def test_a_changed_revision_is_named(lived, change):
    store, made = lived
    edit(store, change)
    assert store.revisions.wrong() == [(made.document.id, 2)]
    assert Finding(REVISION_CHANGED, made.document.id, 2) in audit(store)


def test_a_sealed_value_changed_or_put_elsewhere_is_named_and_not_read(lived):
    store, made = lived
    edit(store, "UPDATE leaves SET path = 'elsewhere' WHERE number = 3 AND path = 'x'")
    assert store.revisions.wrong() == [(made.document.id, 3)]
    with pytest.raises(Damaged):
        store.revisions.leaves(made.document.id)


def test_a_missing_revision_is_named(lived):
    store, made = lived
    edit(store, "DELETE FROM leaves WHERE number = 2", "DELETE FROM revisions WHERE number = 2")
    assert audit(store) == [Finding(REVISION_MISSING, made.document.id, 2)]


@pytest.mark.parametrize("change", [
    "UPDATE documents SET state = 'approved'", "UPDATE documents SET revision = 1", "UPDATE documents SET state_at = opened_at",
    "DELETE FROM assignments", "UPDATE assignments SET role = 'signer'",
])
def test_rebuild_makes_states_revisions_and_assignments_what_events_say(lived, change):
    store, made = lived
    before = (store.documents.get(made.document.id), store.documents.assigned(made.document.id))
    edit(store, change)
    assert audit(store) == [Finding(POINTERS_DIFFER, made.document.id)]
    assert rebuild(store) == 1
    assert (store.documents.get(made.document.id), store.documents.assigned(made.document.id)) == before
    assert (audit(store), rebuild(store)) == ([], 0)


def test_missing_and_changed_files_are_named(lived):
    store, _ = lived
    gone, changed, kept = (store.files.put(content, "text/plain").sha256 for content in (b"uno", b"dos", b"tres"))
    (store.settings.files / gone[:2] / gone).unlink()
    (store.settings.files / changed[:2] / changed).write_bytes(b"otro")
    assert set(audit(store)) == {Finding(FILE_MISSING, gone), Finding(FILE_CHANGED, changed)}
    assert store.files.read(kept) == b"tres"
