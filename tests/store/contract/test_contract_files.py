"""Stored files and renditions, for any database."""

import hashlib
import io
import os
import time

import pytest

from app.errors import Damaged, NotFound, TooLarge
from tests.store.stores import AT


class Endless(io.RawIOBase):
    """A stream that counts how much was taken from it."""

    taken = 0

    def read(self, size=-1):
        self.taken += size
        return b"x" * size


def on_disk(store):
    return sorted(path.name for path in store.settings.files.rglob("*") if path.is_file())


@pytest.mark.parametrize("content", [b"", b"abc", b"x" * 3_000_000])
def test_what_was_put_is_read_back_under_its_hash(store, content):
    kept = store.files.put(content, "text/plain", at=AT)
    assert (kept.sha256, kept.size, kept.media_type, kept.ready_at) == (hashlib.sha256(content).hexdigest(), len(content), "text/plain", AT)
    assert store.files.read(kept.sha256) == content
    with store.files.open(kept.sha256) as file:
        assert file.read() == content
    assert on_disk(store) == [kept.sha256]


def test_a_stream_is_stored_like_bytes(store):
    assert store.files.put(io.BytesIO(b"abc"), "text/plain") == store.files.put(b"abc", "text/plain")


def test_the_same_content_is_stored_once(store):
    first = store.files.put(b"abc", "text/plain", at=AT)
    assert store.files.put(b"abc", "text/other") == first
    assert store.files.all() == (first,)


def test_a_stream_above_its_limit_is_left_off_there_and_nothing_stays(store):
    endless = Endless()
    with pytest.raises(TooLarge) as told:
        store.files.put(endless, "text/plain", most=5_000_000)
    assert "5 MB" in str(told.value)
    assert endless.taken < 8_000_000
    assert (on_disk(store), store.files.all()) == ([], ())


def test_a_file_exactly_at_its_limit_is_taken(store):
    assert store.files.put(b"12345", "text/plain", most=5).size == 5


@pytest.mark.parametrize("name", ["0" * 64, "", "../../instance/secret.key", "A" * 64, "é" * 64])
def test_an_unknown_file_is_not_found(store, name):
    with pytest.raises(NotFound):
        store.files.read(name)


def test_content_without_its_row_is_not_served(store):
    def fails():
        with store.atomic():
            store.files.put(b"abc", "text/plain")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    [sha256] = on_disk(store)
    with pytest.raises(NotFound):
        store.files.read(sha256)
    assert store.files.put(b"abc", "text/plain").sha256 == sha256


@pytest.mark.parametrize("harm", ["changed", "cut", "gone", "folder"])
def test_a_damaged_file_is_never_given_out(store, harm):
    kept = store.files.put(b"abcdef", "text/plain")
    path = store.settings.files / kept.sha256[:2] / kept.sha256
    if harm in ("gone", "folder"):
        path.unlink()
    if harm == "folder":
        path.mkdir()
    if harm in ("changed", "cut"):
        path.write_bytes(b"abcdeX" if harm == "changed" else b"abc")
    with pytest.raises(Damaged):
        store.files.read(kept.sha256)


def test_putting_the_same_content_again_heals_a_damaged_file(store):
    kept = store.files.put(b"abcdef", "text/plain")
    (store.settings.files / kept.sha256[:2] / kept.sha256).write_bytes(b"abc")
    store.files.put(b"abcdef", "text/plain")
    assert store.files.read(kept.sha256) == b"abcdef"


def test_the_sweep_removes_what_killed_uploads_left_and_nothing_else(store):
    kept = store.files.put(b"abc", "text/plain")
    old, new = (store.settings.files / f".incoming-{name}" for name in ("old", "new"))
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 7200,) * 2)
    assert store.files.sweep() == 1
    assert on_disk(store) == [new.name, kept.sha256]


def test_a_rendition_is_found_by_all_it_was_drawn_from(store, made):
    file = store.files.put(b"%PDF", "application/pdf")
    kept = store.renditions.add(made.document.id, 3, "record", "es", "dossier", template="t1", sha256=file.sha256, at=AT)
    assert store.renditions.find(made.document.id, 3, "record", "es", "dossier", template="t1") == kept
    for other in [(2, "record", "es", "dossier", "t1"), (3, "docx", "es", "dossier", "t1"), (3, "record", "pt", "dossier", "t1"),
                  (3, "record", "es", "own", "t1"), (3, "record", "es", "dossier", "t2")]:
        assert store.renditions.find(made.document.id, *other[:4], template=other[4]) is None


def test_a_rendition_once_kept_is_not_replaced(store, made):
    first, second = (store.files.put(content, "application/pdf").sha256 for content in (b"uno", b"dos"))
    for sha256 in (first, second):
        kept = store.renditions.add(made.document.id, 1, "record", "es", "dossier", template="t", sha256=sha256)
    assert kept.sha256 == first
    assert store.renditions.of(made.document.id) == (kept,)
