"""Codes to sign with, one for each person and document: kept as an HMAC, for a while, for so many wrong tries."""
from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from typing import Final

from app import clock
from app.store.database import Database
from app.store.keys import Keys

LASTS: Final = timedelta(minutes=10)
MOST_WRONG: Final = 5


class Codes:
    """Signing codes by person and document."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self._db = db
        self._keys = keys

    def put(self, person_id: str, document_id: str, code: str, at: datetime | None = None) -> None:
        """From now on this code counts, and no earlier one."""
        self._db.run(
            "INSERT INTO signing_codes VALUES (:person, :document, :mark, :until, 0) ON CONFLICT (person_id, document_id)"
            " DO UPDATE SET mark = excluded.mark, expires_at = excluded.expires_at, wrong = 0",
            person=person_id, document=document_id, mark=self._mark(person_id, document_id, code),
            until=clock.written((at or clock.now()) + LASTS),
        )

    def tried(self, person_id: str, document_id: str, code: str, at: datetime | None = None) -> int | None:
        """How many wrong tries are left, `MOST_WRONG` if this one is right; None if no code counts (none, too old, too often wrong).

        A wrong try is counted at once, whatever becomes of the transaction of the caller: call it outside `atomic`.
        """
        place = {"person": person_id, "document": document_id}
        with self._db.atomic():
            row = self._db.one(
                "SELECT mark, wrong FROM signing_codes"
                " WHERE person_id = :person AND document_id = :document AND expires_at > :at AND wrong < :most",
                **place, at=clock.written(at or clock.now()), most=MOST_WRONG,
            )
            if row is None:
                return None
            if hmac.compare_digest(row["mark"], self._mark(person_id, document_id, code)):
                return MOST_WRONG
            self._db.run("UPDATE signing_codes SET wrong = wrong + 1 WHERE person_id = :person AND document_id = :document", **place)
            return MOST_WRONG - int(row["wrong"]) - 1

    def use(self, person_id: str, document_id: str, code: str) -> bool:
        """Use a right code up, in the transaction of what it was for; false if it does not count any more."""
        return bool(
            self._db.run(
                "DELETE FROM signing_codes WHERE person_id = :person AND document_id = :document AND mark = :mark",
                person=person_id, document=document_id, mark=self._mark(person_id, document_id, code),
            )
        )

    def sweep(self, at: datetime | None = None) -> int:
        """Delete codes that are too old; returns how many."""
        return self._db.run("DELETE FROM signing_codes WHERE expires_at <= :at", at=clock.written(at or clock.now()))

    def _mark(self, person_id: str, document_id: str, code: str) -> str:
        return self._keys.mark(f"signing code\n{person_id}\n{document_id}\n{code}")
