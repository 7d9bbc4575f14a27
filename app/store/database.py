"""One SQLite connection with the hard defaults; every statement of the store passes through here. One per thread."""
from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeAlias

import sqlite_utils

from app.errors import BadSettings, Busy, Damaged, Invalid, NotSaved, Told
from app.store.turn import Turn

Row: TypeAlias = dict[str, Any]

PRAGMAS = (
    "busy_timeout = 5000",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "trusted_schema = OFF",
)
PATIENCE = 20.0
"""Seconds to ask again for the write lock, where somebody took it without queueing for a `Turn`."""

TOLD: dict[int, type[Told]] = {
    sqlite3.SQLITE_BUSY: Busy,
    sqlite3.SQLITE_LOCKED: Busy,
    sqlite3.SQLITE_FULL: NotSaved,
    sqlite3.SQLITE_IOERR: NotSaved,
    sqlite3.SQLITE_READONLY: NotSaved,
    sqlite3.SQLITE_CANTOPEN: NotSaved,
    sqlite3.SQLITE_CORRUPT: Damaged,
    sqlite3.SQLITE_NOTADB: Damaged,
}


class NotAccepted(ValueError):  # noqa: N818 - reads as what it says
    """The schema refuses the row: something unique is taken, it points nowhere, or it may not change. The caller asks first."""


class Database:
    """`one` and `all` read, `run` writes, `atomic` holds writes together. Values are named: `:id` with `id=…`."""

    def __init__(self, path: Path) -> None:
        self._turn = Turn(path)
        with _told():
            connection = sqlite3.connect(path, isolation_level=None)
            self.utils = sqlite_utils.Database(connection, execute_plugins=False)
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {pragma}").fetchall()
        self._scrub = False

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """All writes of the block or none. The lock is taken at once; inside another block this is a savepoint.

        sqlite-utils' own `atomic` begins without the lock, so two readers that both go on to write would refuse each other.
        Raises Busy or NotSaved; then nothing was written.
        """
        if self.utils.conn.in_transaction:
            with _told(), self.utils.atomic():
                yield
            return
        with self._turn.taken():
            self._begin()
            try:
                yield
                self._commit()
            except BaseException:
                self.utils.rollback()
                raise
        self._scrubbed()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All reads of the block see the same moment; inside a transaction they do already. A write inside raises NotSaved."""
        if self.utils.conn.in_transaction:
            yield
            return
        with _told():
            self.utils.execute("PRAGMA query_only = ON")
            self.utils.begin()
        try:
            yield
        finally:
            self.utils.rollback()
            self.utils.execute("PRAGMA query_only = OFF")

    def run(self, sql: str, **values: object) -> int:
        """Write; returns the number of rows touched. Outside `atomic` it is a transaction of its own."""
        if not self.utils.conn.in_transaction:
            with self.atomic():
                return self.run(sql, **values)
        with _told():
            return self.utils.execute(sql, values).rowcount

    def many(self, sql: str, rows: Iterable[Row]) -> None:
        """The same write for each row, all or none."""
        with self.atomic(), _told():
            self.utils.conn.executemany(sql, rows)

    def all(self, sql: str, **values: object) -> list[Row]:
        """The rows found."""
        with _told():
            cursor = self.utils.execute(sql, values)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]

    def one(self, sql: str, **values: object) -> Row | None:
        """The first row found, or None."""
        return next(iter(self.all(sql, **values)), None)

    def count(self, sql: str, **values: object) -> int:
        """The one number a statement gives."""
        with _told():
            return int(self.utils.execute(sql, values).fetchone()[0])

    def scrub(self) -> None:
        """After the outermost commit, empty the write-ahead log, so that what was deleted is not in it either."""
        self._scrub = True
        if not self.utils.conn.in_transaction:
            self._scrubbed()

    def close(self) -> None:
        """Let go of the connection."""
        self.utils.close()
        self._turn.close()

    def _begin(self) -> None:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                with _told():
                    self.utils.execute("BEGIN IMMEDIATE")
                return
            except Busy:
                if time.monotonic() >= until:
                    raise

    def _commit(self) -> None:
        """A full disk may have ended the transaction already, even if the block went on: then nothing is saved, and we say so."""
        if not self.utils.conn.in_transaction:
            raise NotSaved
        with _told():
            self.utils.commit()

    def _scrubbed(self) -> None:
        """What was committed stays committed: if a reader is in the way or the disk fails, the next commit or `sweep` tries again."""
        if self._scrub:
            with suppress(Busy, NotSaved), _told():
                self._scrub = bool(self.utils.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])


@contextmanager
def _told() -> Iterator[None]:
    """SQLite's refusals as sentences, the same for any database; a statement that makes no sense stays as it is."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise NotAccepted(str(error)) from error
    except UnicodeEncodeError as error:
        raise Invalid from error
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.DatabaseError as error:
        raise _sentence(error) from error


def _sentence(error: sqlite3.Error) -> Exception:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return error
    if "no such table" in str(error):
        return BadSettings(why="la base de datos no está preparada; use «flask --app wsgi init»")
    return TOLD.get(code & 0xFF, lambda: error)()
