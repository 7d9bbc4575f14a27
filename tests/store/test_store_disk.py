"""A full, failing or read-only disk: a sentence, never "saved", and what was there stays there."""

import errno
import io
import os
import resource
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

from app.errors import NotSaved, Told, TooLarge
from app.store import audit, init, open_store
from tests.store.crowd import heard, tell
from tests.store.stores import furnished, settings_in

NOBODY = 65534


@pytest.fixture
def made(settings):
    with open_store(settings) as store:
        return furnished(store)


def test_a_full_database_says_so_and_keeps_what_it_acknowledged(settings, made):
    with open_store(settings) as store:
        pages = store.db.one("PRAGMA page_count")["page_count"]
        store.db.one(f"PRAGMA max_page_count = {pages + 20}")
        number = 0
        with suppress(NotSaved):
            while number < 100:
                number = store.revisions.append(made.document.id, number, made.person.id, "a", {f"n{number}": "x" * 2000})
        assert 0 < number < 100
        assert store.documents.get(made.document.id).revision == number
        assert len(store.revisions.leaves(made.document.id)) == number
        store.db.one(f"PRAGMA max_page_count = {pages + 2000}")
        assert store.revisions.append(made.document.id, number, made.person.id, "a", {"x": 1}) == number + 1
        assert audit(store) == []


def saving_until_full(pipe, settings, document_id, person_id):
    """No file of this process may pass 600 kB: the write-ahead log meets that limit."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
    with open_store(settings) as store:
        number = 0
        store.db.run("PRAGMA wal_autocheckpoint = 0")
        try:
            while True:
                number = store.revisions.append(document_id, number, person_id, "a", {f"n{number}": "x" * 2000})
                tell(pipe, str(number))
        except Told as told:
            tell(pipe, f"{type(told).__name__} {told.status}")


def test_a_disk_that_stops_in_the_middle_of_a_write_loses_nothing_acknowledged(settings, made):
    *acknowledged, last = heard(saving_until_full, settings, made.document.id, made.person.id)
    assert last == "NotSaved 507"
    assert len(acknowledged) > 10
    with open_store(settings) as store:
        assert store.documents.get(made.document.id).revision == len(acknowledged)
        assert len(store.revisions.leaves(made.document.id)) == len(acknowledged)
        assert audit(store) == []


def putting_until_full(pipe, settings):
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
    with open_store(settings) as store:
        tell(pipe, store.files.put(b"x" * 200_000, "text/plain").sha256)
        try:
            store.files.put(b"y" * 400_000, "text/plain")
        except Told as told:
            tell(pipe, type(told).__name__)


def test_a_file_the_disk_cannot_hold_is_refused_and_leaves_nothing(settings, made):
    sha256, told = heard(putting_until_full, settings)
    assert told == "NotSaved"
    assert [path.name for path in settings.files.rglob("*") if path.is_file()] == [sha256]
    with open_store(settings) as store:
        assert [file.sha256 for file in store.files.all()] == [sha256]
        assert store.files.read(sha256) == b"x" * 200_000


@pytest.fixture
def public_settings():
    """An installation outside pytest's private folders, so that a child without rights can at least reach it."""
    folder = Path(tempfile.mkdtemp())
    settings = settings_in(folder)
    init(settings)
    yield settings
    shutil.rmtree(folder)


def without_rights(pipe, settings, person_id):
    """Every folder and file is read-only for this child, whoever runs the tests."""
    everything = [settings.instance.parent, *settings.instance.parent.rglob("*")]
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    if os.geteuid() == 0:
        os.setuid(NOBODY)
    for attempt in (lambda store: store.files.put(b"abc", "text/plain"), lambda store: store.people.set_locale(person_id, "pt_BR")):
        try:
            with open_store(settings) as store:
                attempt(store)
            tell(pipe, "saved")
        except Told as told:
            tell(pipe, type(told).__name__)


def test_a_read_only_installation_says_that_nothing_was_saved(public_settings):
    with open_store(public_settings) as store:
        person = store.people.add("Una", "Persona")
        before = {path: path.stat().st_mode for path in public_settings.instance.parent.rglob("*")}
    assert heard(without_rights, public_settings, person.id) == ["NotSaved", "NotSaved"]
    public_settings.instance.parent.chmod(0o700)
    for path, mode in before.items():
        if path.exists():
            path.chmod(mode)
    with open_store(public_settings) as store:
        assert (store.people.get(person.id).locale, store.files.all()) == ("es", ())


def test_a_files_folder_that_is_no_folder_is_told_in_words(settings, made):
    settings.files.rmdir()
    settings.files.write_text("un archivo")
    with open_store(settings) as store, pytest.raises(NotSaved):
        store.files.put(b"abc", "text/plain")


def test_an_upload_that_breaks_off_leaves_nothing_and_the_cause_stays_visible(settings, made):
    class Broken(io.RawIOBase):
        def read(self, size=-1):
            raise ConnectionResetError(errno.ECONNRESET, "reset")

    with open_store(settings) as store:
        with pytest.raises(ConnectionResetError):
            store.files.put(Broken(), "text/plain")
        with pytest.raises(TooLarge):
            store.files.put(b"abcd", "text/plain", most=3)
        assert (list(settings.files.iterdir()), store.files.all()) == ([], ())
