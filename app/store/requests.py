"""Idempotency keys: a post sent twice is done once, and answered the same."""
from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from app import clock
from app.errors import Invalid
from app.store.database import Database
from app.store.values import Json, canonical, from_json

KEPT = timedelta(days=2)
LONGEST_KEY = 200


class Requests:
    """Answers by idempotency key and person."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def once(self, key: str, person_id: str, what: str, work: Callable[[], Json], at: datetime | None = None) -> Json:
        """The answer of `work`, done the first time this person sends `key` and looked up from then on.

        Work and answer are one transaction: if the work raises, nothing of it remains and the key is free. Files are put before.
        The answer is kept in clear: ids and numbers, no restricted value. `what` names the action and its object.
        Raises Invalid for a key used before for something else. Without a key, it just does the work.
        """
        if not key:
            with self._db.atomic():
                return work()
        if len(key) > LONGEST_KEY:
            raise Invalid
        with self._db.atomic():
            known = self._db.one(
                "SELECT what, answer FROM requests WHERE key = :key AND person_id = :person_id", key=key, person_id=person_id
            )
            if known is None:
                return self._kept(key, person_id, what, work(), at)
            if known["what"] != what:
                raise Invalid
            return from_json(known["answer"])  # type: ignore[no-any-return]

    def answer(self, key: str, person_id: str) -> Json:
        """What was answered to this key, or None; a page may ask before it works."""
        known = self._db.one("SELECT answer FROM requests WHERE key = :key AND person_id = :person_id", key=key, person_id=person_id)
        return from_json(known["answer"]) if known else None

    def sweep(self, at: datetime | None = None) -> int:
        """Delete keys older than two days; returns how many."""
        return self._db.run("DELETE FROM requests WHERE at < :at", at=clock.written((at or clock.now()) - KEPT))

    def _kept(self, key: str, person_id: str, what: str, answer: Json, at: datetime | None) -> Json:
        self._db.run(
            "INSERT INTO requests VALUES (:key, :person_id, :what, :answer, :at)",
            key=key, person_id=person_id, what=what, answer=canonical(answer), at=clock.written(at or clock.now()),
        )
        return answer
