"""What uploaded forms said, for any database: for who sent it, for a day, sealed."""

from datetime import timedelta

import pytest

from app.errors import NotFound
from tests.store.stores import AT

TOLD = {"leaves": {"summary": "Un texto reservado"}}


@pytest.fixture
def sent(store, made):
    return store.imports.add(made.document.id, made.person.id, TOLD, AT)


def test_what_a_file_said_reads_as_it_was_kept(store, made, sent):
    kept = store.imports.get(sent, made.document.id, made.person.id, AT)
    assert (kept.told, kept.revisions, kept.taken, kept.at) == (TOLD, (), (), AT)


def test_nothing_of_it_stands_in_clear(store, made, sent):
    rows = store.db.all("SELECT * FROM imports")
    assert b"reservado" not in rows[0]["sealed"]
    assert "reservado" not in str({key: value for key, value in rows[0].items() if key != "sealed"})


def test_it_is_for_who_sent_it_and_for_that_document_only(store, made, sent):
    other = store.people.add("Otra", "Persona")
    for document, person in ((made.document.id, other.id), ("otro", made.person.id)):
        with pytest.raises(NotFound):
            store.imports.get(sent, document, person, AT)


def test_after_a_day_it_is_gone(store, made, sent):
    later = AT + timedelta(hours=24)
    with pytest.raises(NotFound):
        store.imports.get(sent, made.document.id, made.person.id, later)
    assert store.imports.sweep(later - timedelta(minutes=1)) == 0
    assert store.imports.sweep(later) == 1
    assert store.db.all("SELECT * FROM imports") == []


def test_what_was_taken_is_remembered(store, made, sent):
    store.imports.took(sent, [3, 5], ["summary", "entries.K7Q2M9XB"])
    kept = store.imports.get(sent, made.document.id, made.person.id, AT)
    assert (kept.revisions, kept.taken) == ((3, 5), ("summary", "entries.K7Q2M9XB"))


def test_it_cannot_be_read_once_the_person_was_forgotten(store, made, sent):
    store.people.forget_key(made.person.id, AT)
    with pytest.raises(NotFound):
        store.imports.get(sent, made.document.id, made.person.id, AT)
