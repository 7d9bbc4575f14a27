"""Single-use links sent by mail: random tokens kept as hashes, like sessions; each lets its person in once, until it expires."""
from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from app import clock
from app.store.database import Database
from app.store.sessions import hashed

BYTES = 24
"""Random bytes of a token, spelled in hexadecimal: programs that find links in a text drop a dash at the end."""
KEPT = timedelta(days=30)
"""How long after its end a link can still be told from one that never was."""


@dataclass(frozen=True)
class Link:
    """`target` is the address of this site it leads to, '' the front page."""

    person_id: str
    target: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None


class Links:
    """Links by token."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def make(self, person_id: str, lasts: timedelta, target: str = "", at: datetime | None = None) -> str:
        """A new link; returns its token (192 random bits), which is shown this once and kept only as a hash."""
        token, at = secrets.token_hex(BYTES), at or clock.now()
        self._db.run(
            "INSERT INTO links VALUES (:hash, :person_id, :target, :at, :until, NULL)",
            hash=hashed(token), person_id=person_id, target=target, at=clock.written(at), until=clock.written(at + lasts),
        )
        return token

    def find(self, token: str) -> Link | None:
        """The link of a token, used and expired ones too; looking does not use it."""
        row = self._db.one("SELECT person_id, target, made_at, expires_at, used_at FROM links WHERE token_hash = :hash", hash=hashed(token))
        if row is None:
            return None
        moments = {name: clock.read(row[name]) if row[name] else None for name in ("made_at", "expires_at", "used_at")}
        return Link(**row | moments)

    def use(self, token: str, at: datetime | None = None) -> bool:
        """Use a link up: true for the first who does it in time, false for everybody else."""
        return bool(
            self._db.run(
                "UPDATE links SET used_at = :at WHERE token_hash = :hash AND used_at IS NULL AND expires_at > :at",
                hash=hashed(token), at=clock.written(at or clock.now()),
            )
        )

    def void(self, person_id: str) -> None:
        """Delete every link of a person, as if it had never been."""
        self._db.run("DELETE FROM links WHERE person_id = :id", id=person_id)

    def sweep(self, at: datetime | None = None) -> int:
        """Delete links that ended a month ago; returns how many."""
        return self._db.run("DELETE FROM links WHERE expires_at <= :at", at=clock.written((at or clock.now()) - KEPT))
