"""Who was seen at work, and whether the installation can work at all."""
from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from app import clock
from app.errors import Told
from app.store.database import Database
from app.store.migrations import migrations

if TYPE_CHECKING:
    from app.store import Store

WORKER: Final = "worker"
EVERY: Final = timedelta(seconds=20)
LATE: Final = timedelta(seconds=90)


class Heartbeats:
    """The last sign of life of each process that gives one; by the real time, which a demonstration's stopped clock does not stop."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def beat(self, name: str, at: datetime | None = None) -> None:
        """Here I am."""
        self._db.run(
            "INSERT INTO heartbeats VALUES (:name, :at) ON CONFLICT (name) DO UPDATE SET at = excluded.at",
            name=name, at=clock.written(at or datetime.now(UTC)),
        )

    def alive(self, name: str, at: datetime | None = None) -> bool:
        """Whether it gave a sign of life lately."""
        row = self._db.one("SELECT at FROM heartbeats WHERE name = :name", name=name)
        return row is not None and (at or datetime.now(UTC)) - clock.read(row["at"]) < LATE


class _Rehearsed(Exception):  # noqa: N818 - ends a rehearsal
    """Takes back what a rehearsal wrote."""


def readiness(store: Store) -> dict[str, bool]:
    """Whether each thing a working installation needs is there: database, migrations, files, worker."""
    return {name: _holds(store, check) for name, check in CHECKS.items()}


def _holds(store: Store, check: Callable[[Store], bool]) -> bool:
    try:
        return check(store)
    except (Told, OSError):
        return False


def _writes(store: Store) -> bool:
    """Takes the write lock, writes and takes it back, so that asking costs the disk nothing."""
    with suppress(_Rehearsed), store.atomic():
        store.heartbeats.beat("rehearsal")
        raise _Rehearsed
    return True


def _current(store: Store) -> bool:
    return not migrations.pending(store.db.utils)


def _stores_files(store: Store) -> bool:
    with tempfile.TemporaryFile(dir=store.settings.files) as file:
        file.write(b"anexa")
        file.flush()
    return True


def _works(store: Store) -> bool:
    return store.heartbeats.alive(WORKER)


CHECKS: Final[dict[str, Callable[[Store], bool]]] = {
    "database": _writes, "migrations": _current, "files": _stores_files, "worker": _works
}
