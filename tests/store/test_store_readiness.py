"""What is missing for an installation to work is named."""

from pathlib import Path

from app.store import open_store, readiness


def test_all_is_ready_once_a_worker_was_seen(settings):
    with open_store(settings) as store:
        assert readiness(store) == {"database": True, "migrations": True, "files": True, "worker": False}
        store.heartbeats.beat("worker")
        assert set(readiness(store).values()) == {True}


def test_asking_writes_nothing(settings):
    with open_store(settings) as store:
        readiness(store)
        assert store.db.count("SELECT COUNT(*) FROM heartbeats") == 0
    assert [path for path in settings.files.rglob("*") if path.is_file()] == []


def test_a_database_of_an_older_version_is_not_ready(settings):
    with open_store(settings) as store:
        store.db.run("DELETE FROM _sqlite_migrations WHERE name = 'm002_people_enter'")
        assert readiness(store)["migrations"] is False


def test_a_database_that_cannot_be_written_is_not_ready(settings):
    with open_store(settings) as store:
        store.db.utils.execute("PRAGMA query_only = ON")
        assert readiness(store)["database"] is False


def test_a_lost_folder_of_files_is_not_ready(settings):
    Path(settings.files).rmdir()
    with open_store(settings) as store:
        assert readiness(store)["files"] is False
