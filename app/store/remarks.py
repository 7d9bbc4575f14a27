"""Why somebody did what an event tells: the sentence lies here, the event names it by id."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app import clock
from app.errors import NotFound
from app.store.database import Database
from app.store.values import new_id


@dataclass(frozen=True)
class Remark:
    """A sentence about a document."""

    id: str
    document_id: str
    person_id: str
    text: str
    at: datetime


class Remarks:
    """Remarks by id; never changed."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, document_id: str, person_id: str, text: str, at: datetime | None = None) -> str:
        """Keep a sentence; returns its id, which the event of the same transaction names."""
        remark_id = new_id()
        self._db.run(
            "INSERT INTO remarks VALUES (:id, :document, :person, :text, :at)",
            id=remark_id, document=document_id, person=person_id, text=text, at=clock.written(at or clock.now()),
        )
        return remark_id

    def get(self, remark_id: str) -> Remark:
        """Raises NotFound."""
        row = self._db.one("SELECT * FROM remarks WHERE id = :id", id=remark_id)
        if row is None:
            raise NotFound
        return Remark(**row | {"at": clock.read(row["at"])})
