"""What filled forms said when they were uploaded: kept for a day, sealed with the key of who sent it; the file itself is not kept."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app import clock
from app.errors import NotFound
from app.store.database import Database, Row
from app.store.keys import opened, seal
from app.store.people import People
from app.store.values import Json, canonical, from_json, new_id

LASTS = timedelta(hours=24)


@dataclass(frozen=True)
class Import:
    """`told` is what the file said; `revisions` are those made by taking answers from it, `taken` the paths of those answers."""

    id: str
    document_id: str
    person_id: str
    told: Json
    revisions: tuple[int, ...]
    taken: tuple[str, ...]
    at: datetime


class Imports:
    """Uploaded answers that wait to be accepted."""

    def __init__(self, db: Database, people: People) -> None:
        self._db = db
        self._people = people

    def add(self, document_id: str, person_id: str, told: Json, at: datetime | None = None) -> str:
        """Keep what a file said; returns its id. Raises NotFound for somebody who was forgotten."""
        import_id, at = new_id(), at or clock.now()
        with self._db.atomic():
            sealed = seal(self._people.key_made(person_id, at), canonical(told).encode(), import_id)
            self._db.run(
                "INSERT INTO imports VALUES (:id, :document_id, :person_id, :sealed, '[]', '[]', :at)",
                id=import_id, document_id=document_id, person_id=person_id, sealed=sealed, at=clock.written(at),
            )
        return import_id

    def get(self, import_id: str, document_id: str, person_id: str, at: datetime | None = None) -> Import:
        """What this person uploaded for this document in the last day. Raises NotFound."""
        row = self._db.one(
            "SELECT * FROM imports WHERE id = :id AND document_id = :document_id AND person_id = :person_id AND at > :since",
            id=import_id, document_id=document_id, person_id=person_id, since=clock.written((at or clock.now()) - LASTS),
        )
        key = self._people.key(person_id) if row else None
        if row is None or key is None:
            raise NotFound
        return _import(row, key)

    def took(self, import_id: str, revisions: Sequence[int], taken: Sequence[str]) -> None:
        """Remember which answers were taken, in the transaction that saved them."""
        self._db.run(
            "UPDATE imports SET revisions = :revisions, taken = :taken WHERE id = :id",
            id=import_id, revisions=canonical(list(revisions)), taken=canonical(list(taken)),
        )

    def sweep(self, at: datetime | None = None) -> int:
        """Delete what is older than a day; returns how many."""
        return self._db.run("DELETE FROM imports WHERE at <= :since", since=clock.written((at or clock.now()) - LASTS))


def _import(row: Row, key: bytes) -> Import:
    told = from_json(opened(key, row["sealed"], row["id"]).decode())
    revisions, taken = tuple(from_json(row["revisions"])), tuple(from_json(row["taken"]))
    return Import(row["id"], row["document_id"], row["person_id"], told, revisions, taken, clock.read(row["at"]))
