"""Rate limits that every process shares: so many hits in a window of fixed length."""
from __future__ import annotations

import hashlib
from datetime import datetime

from app import clock
from app.errors import TooMany
from app.store.database import Database


class Limits:
    """Tries counted by action and origin."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def hit(self, what: str, who: str, most: int, seconds: int, at: datetime | None = None) -> int:
        """Count one try of `what` by `who` (an address, an e-mail; kept as a hash); returns how many are left.

        Raises TooMany, saying how long to wait, after `most` in a window of `seconds`. Windows start at multiples of their length.
        A try that is refused is not counted on.
        """
        moment = int((at or clock.now()).timestamp())
        since = moment - moment % seconds
        place = {"name": f"{what}:{hashlib.sha256(who.encode('utf-8', 'surrogatepass')).hexdigest()}", "since": since, "seconds": seconds}
        with self._db.atomic():
            counted = self._db.run(
                "INSERT INTO limits VALUES (:name, :since, :seconds, 1)"
                " ON CONFLICT (name, since, seconds) DO UPDATE SET hits = limits.hits + 1 WHERE limits.hits < :most",
                most=most, **place,
            )
            hits = self._db.count("SELECT hits FROM limits WHERE name = :name AND since = :since AND seconds = :seconds", **place)
        if not counted:
            raise TooMany(since + seconds - moment)
        return most - hits

    def sweep(self, at: datetime | None = None) -> int:
        """Delete windows that are over; returns how many."""
        return self._db.run("DELETE FROM limits WHERE since + seconds <= :now", now=int((at or clock.now()).timestamp()))
