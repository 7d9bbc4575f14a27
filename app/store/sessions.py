"""Who is signed in: random tokens kept as hashes, so the table alone lets nobody in; each can be revoked."""
from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from app import clock
from app.errors import NotFound
from app.store.database import Database, Row

LASTS = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
"""`seen_at` is written at most this often: reading a page should not cost a write."""


@dataclass(frozen=True)
class Session:
    """A signed-in browser. `token_hash` names it (for revoking it from a list) without letting anybody in."""

    token_hash: str
    person_id: str
    locale: str
    started_at: datetime
    seen_at: datetime
    expires_at: datetime
    browser: str = ""
    """What it was entered with, in a few words."""


COLUMNS = "token_hash, person_id, locale, started_at, seen_at, expires_at, browser"


class Sessions:
    """Sessions by token and by person."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def start(
        self, person_id: str, locale: str = "es", lasts: timedelta = LASTS, at: datetime | None = None, browser: str = ""
    ) -> str:
        """A new session; returns its token (128 random bits), which is shown this once and kept only as a hash."""
        token, at = secrets.token_urlsafe(16), at or clock.now()
        self._db.run(
            "INSERT INTO sessions VALUES (:hash, :person_id, :locale, :at, :at, :until, NULL, :browser, NULL)",
            hash=hashed(token), person_id=person_id, locale=locale, browser=browser, at=clock.written(at), until=clock.written(at + lasts),
        )
        return token

    def find(self, token: str, at: datetime | None = None) -> Session | None:
        """The live session of a token, or None: unknown, expired and revoked are the same."""
        at = at or clock.now()
        row = self._db.one(
            f"SELECT {COLUMNS} FROM sessions"  # noqa: S608 - a constant
            " WHERE token_hash = :hash AND revoked_at IS NULL AND expires_at > :at",
            hash=hashed(token), at=clock.written(at),
        )
        if row is None:
            return None
        session = _session(row)
        if at - session.seen_at >= SEEN_EVERY:
            self._db.run("UPDATE sessions SET seen_at = :at WHERE token_hash = :hash", hash=session.token_hash, at=clock.written(at))
        return session

    def of(self, person_id: str, at: datetime | None = None) -> tuple[Session, ...]:
        """The person's live sessions, last seen first."""
        rows = self._db.all(
            f"SELECT {COLUMNS} FROM sessions"  # noqa: S608 - a constant
            " WHERE person_id = :id AND revoked_at IS NULL AND expires_at > :at ORDER BY seen_at DESC",
            id=person_id, at=clock.written(at or clock.now()),
        )
        return tuple(_session(row) for row in rows)

    def shorten(self, token: str, lasts: timedelta, at: datetime | None = None) -> None:
        """The session ends after `lasts` unless it is shortened anew by then; never later than it would have."""
        at = at or clock.now()
        self._db.run(
            "UPDATE sessions SET expires_at = MIN(:until, COALESCE(ends_at, expires_at)), ends_at = COALESCE(ends_at, expires_at)"
            " WHERE token_hash = :hash AND revoked_at IS NULL AND expires_at > :at",
            hash=hashed(token), until=clock.written(at + lasts), at=clock.written(at),
        )

    def set_locale(self, token: str, locale: str) -> None:
        """Change the language of a session."""
        self._db.run("UPDATE sessions SET locale = :locale WHERE token_hash = :hash", hash=hashed(token), locale=locale)

    def revoke(self, token: str, at: datetime | None = None) -> None:
        """End a session."""
        self._db.run(
            "UPDATE sessions SET revoked_at = :at WHERE token_hash = :hash AND revoked_at IS NULL",
            hash=hashed(token), at=clock.written(at or clock.now()),
        )

    def revoke_one(self, person_id: str, token_hash: str, at: datetime | None = None) -> None:
        """End one of the person's sessions by its name in the list. Raises NotFound for one that is not theirs or has ended."""
        moment = clock.written(at or clock.now())
        ended = self._db.run(
            "UPDATE sessions SET revoked_at = :at"
            " WHERE token_hash = :hash AND person_id = :id AND revoked_at IS NULL AND expires_at > :at",
            hash=token_hash, id=person_id, at=moment,
        )
        if not ended:
            raise NotFound

    def revoke_all(self, person_id: str, at: datetime | None = None, but: str = "") -> None:
        """End every session of a person, less the one whose token hash is `but`."""
        self._db.run(
            "UPDATE sessions SET revoked_at = :at WHERE person_id = :id AND token_hash <> :but AND revoked_at IS NULL",
            id=person_id, but=but, at=clock.written(at or clock.now()),
        )

    def sweep(self, at: datetime | None = None) -> int:
        """Delete sessions that ended; returns how many."""
        return self._db.run("DELETE FROM sessions WHERE expires_at <= :at OR revoked_at IS NOT NULL", at=clock.written(at or clock.now()))


def hashed(token: str) -> str:
    """SHA-256; enough for a token of 128 random bits, which nobody guesses."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _session(row: Row) -> Session:
    return Session(**row | {name: clock.read(row[name]) for name in ("started_at", "seen_at", "expires_at")})
