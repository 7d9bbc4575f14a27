"""A database of before is brought up to date with everything that was in it."""

from sqlite_utils import Database

from app.store import init, open_store
from app.store.migrations import migrations
from tests.store.stores import settings_in


def test_grants_given_before_they_could_be_for_a_subject_stay(tmp_path):
    settings = settings_in(tmp_path)
    init(settings)
    with open_store(settings) as store:
        person = store.people.add("Edición", "De Ejemplo")
        before = store.grants.give(person.id, "unit_editor", "unit", "u1")
        store.db.run("DELETE FROM _sqlite_migrations WHERE name = 'm005_parts_have_people'")
        for table in ("dossier_keys", "remarks"):
            store.db.run(f"DROP TABLE {table}")
        for table, column in (("signatures", "part_hash"), ("signatures", "carried"), ("sessions", "ends_at")):
            store.db.run(f"ALTER TABLE {table} DROP COLUMN {column}")
        store.db.run("ALTER TABLE grants RENAME TO grants_old")
        store.db.run(
            "CREATE TABLE grants (id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES people (id), role TEXT NOT NULL,"
            " scope_kind TEXT NOT NULL CHECK (scope_kind IN ('everything', 'unit')), scope_id TEXT NOT NULL, given_at TEXT NOT NULL,"
            " UNIQUE (person_id, role, scope_kind, scope_id)) STRICT"
        )
        store.db.run("INSERT INTO grants SELECT * FROM grants_old")
        store.db.run("DROP TABLE grants_old")
    migrations.apply(Database(settings.database))
    with open_store(settings) as store:
        assert store.grants.of(person.id) == (before,)
        assert store.grants.give(person.id, "participant", "subject", "d1:K7Q2M9XB").scope_kind == "subject"
        assert store.db.all("SELECT name FROM sqlite_master WHERE name = 'grants_by_scope'")
