"""SQLite's hard defaults, the schema, and installing."""

import sqlite3
import stat
import threading
import time

import pytest
import sqlite_utils

from app.config import Settings
from app.errors import BadSettings, Busy, Damaged, NotSaved
from app.store import NotAccepted, init, open_store
from app.store import database as database_module
from app.store.database import Database
from app.store.migrations import migrations
from tests.store.stores import furnished


@pytest.mark.parametrize(("pragma", "value"), [
    ("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000), ("secure_delete", 1), ("trusted_schema", 0),
])
def test_every_connection_has_the_hard_defaults(settings, pragma, value):
    for _ in range(2):
        with open_store(settings) as store:
            assert store.db.one(f"PRAGMA {pragma}") in ({pragma: value}, {"timeout": value})


def tables(store):
    rows = store.db.all("PRAGMA table_list")
    return [row for row in rows if row["schema"] == "main" and not row["name"].startswith(("sqlite_", "_sqlite"))]


def test_every_table_is_strict(settings):
    with open_store(settings) as store:
        assert len(tables(store)) >= 18
        assert [table["name"] for table in tables(store) if not table["strict"]] == []


def test_a_number_where_text_belongs_is_refused(settings):
    with open_store(settings) as store, pytest.raises(NotAccepted):
        store.db.run("INSERT INTO offices VALUES ('a', :name, 'SLV')", name=b"bytes")


def test_a_row_that_points_nowhere_is_refused(settings):
    with open_store(settings) as store, pytest.raises(NotAccepted):
        store.grants.give("nadie", "secretariat", "everything")


@pytest.mark.parametrize("statement", [
    "UPDATE events SET kind = 'x'", "DELETE FROM events", "INSERT OR REPLACE INTO events SELECT * FROM events",
    "UPDATE revisions SET section = 'x'", "UPDATE leaves SET value = '1'",
])
def test_what_happened_and_what_was_answered_cannot_be_rewritten(settings, statement):
    with open_store(settings) as store:
        made = furnished(store)
        store.revisions.append(made.document.id, 0, made.person.id, "a", {"x": 1})
        before = store.events.of(made.dossier.id)
        with pytest.raises(NotAccepted, match=r"append-only|never rewritten"):
            store.db.run(statement)
        assert store.events.of(made.dossier.id) == before


def test_a_transaction_takes_the_write_lock_at_once(settings):
    with open_store(settings) as first, open_store(settings) as second:
        second.db.run("PRAGMA busy_timeout = 1")
        with first.atomic(), pytest.raises(sqlite3.OperationalError, match="locked"):
            second.db.utils.execute("BEGIN IMMEDIATE")


def test_waiting_too_long_for_the_lock_is_said_and_writes_nothing(settings, monkeypatch):
    monkeypatch.setattr(database_module, "PATIENCE", 0.05)
    with open_store(settings) as first, open_store(settings) as second:
        second.db.run("PRAGMA busy_timeout = 10")
        with first.atomic(), pytest.raises(Busy):
            second.offices.add("Oficina", "SLV")
        with first.atomic(), pytest.raises(Busy), second.atomic():
            second.offices.add("Oficina", "SLV")
        assert second.offices.all() == ()


def test_writers_wait_for_their_turn_instead_of_being_refused(settings, monkeypatch):
    """The second one asks while the first holds the lock for longer than SQLite itself would wait."""
    monkeypatch.setattr(database_module, "PATIENCE", 0)
    order = []

    def second():
        with open_store(settings) as store:
            store.db.utils.execute("PRAGMA busy_timeout = 1")
            ready.set()
            store.offices.add("Segunda", "SLV")
            order.append("second")

    ready, thread = threading.Event(), threading.Thread(target=second)
    with open_store(settings) as store:
        with store.atomic():
            thread.start()
            ready.wait()
            time.sleep(0.1)
            store.offices.add("Primera", "SLV")
            order.append("first")
        thread.join()
        assert (order, len(store.offices.all())) == (["first", "second"], 2)


def test_a_transaction_that_ended_underway_is_never_called_saved(settings):
    def interrupted(store):
        with store.atomic():
            store.offices.add("Oficina", "SLV")
            store.db.utils.conn.execute("ROLLBACK")

    with open_store(settings) as store:
        with pytest.raises(NotSaved):
            interrupted(store)
        assert store.offices.all() == ()


def test_a_store_belongs_to_its_thread(settings):
    caught = []

    def use(store):
        try:
            store.offices.all()
        except sqlite3.ProgrammingError as error:
            caught.append(error)

    with open_store(settings) as store:
        thread = threading.Thread(target=use, args=[store])
        thread.start()
        thread.join()
    assert len(caught) == 1


def test_installing_makes_keys_and_database_readable_by_their_owner_only(tmp_path):
    settings = Settings(instance=tmp_path / "deep" / "instance", generated=tmp_path / "generated")
    made = init(settings)
    assert [path.name for path in made] == ["secret.key", "encryption.key", "anexa.db"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o600}
    assert sorted(path.name for path in settings.instance.iterdir() if "anexa" not in path.name) == ["encryption.key", "secret.key"]


def test_installing_again_overwrites_nothing(settings):
    with open_store(settings) as store:
        furnished(store)
    keys = (settings.secret_key, settings.encryption_key)
    assert init(settings) == ()
    assert (settings.secret_key, settings.encryption_key) == keys
    with open_store(settings) as store:
        assert len(store.dossiers.all()) == 1


def test_a_database_that_lost_its_key_gets_no_other(settings):
    (settings.instance / "encryption.key").unlink()
    with pytest.raises(BadSettings, match="encryption"):
        init(settings)
    assert not (settings.instance / "encryption.key").exists()


def test_opening_what_was_never_installed_says_what_to_do(tmp_path):
    settings = Settings(instance=tmp_path / "instance", generated=tmp_path / "generated")
    with pytest.raises(BadSettings, match="init"):
        open_store(settings)
    assert not settings.instance.exists()


def test_a_database_without_its_tables_says_what_to_do(settings):
    settings.database.unlink()
    sqlite3.connect(settings.database).close()
    settings.database.touch()
    with open_store(settings) as store, pytest.raises(BadSettings, match="init"):
        store.dossiers.all()


def test_a_file_that_is_no_database_is_told_in_words(settings):
    for path in settings.instance.glob("anexa.db*"):
        path.unlink()
    settings.database.write_bytes(b"esto no es una base de datos " * 100)
    with pytest.raises(Damaged):
        open_store(settings)


def test_a_migration_that_fails_leaves_no_trace(tmp_path):
    broken = sqlite_utils.Migrations("anexa")

    @broken()
    def m001(db):
        db.executescript("CREATE TABLE half (id TEXT) STRICT; CREATE TABLE half (id TEXT) STRICT;")

    db = Database(tmp_path / "x.db")
    with pytest.raises(sqlite3.OperationalError), db.atomic():
        broken.apply(db.utils)
    assert db.utils.table_names() == []
    db.close()


def test_two_processes_that_install_at_once_do_not_disturb_each_other(tmp_path):
    settings, made = Settings(instance=tmp_path / "instance", generated=tmp_path / "generated"), []
    threads = [threading.Thread(target=lambda: made.append(init(settings))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    with open_store(settings) as store:
        assert migrations.pending(store.db.utils) == []
        furnished(store)
