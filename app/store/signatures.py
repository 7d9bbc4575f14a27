"""Acts of signing: who, as what, how, when, and the hash that was signed. One that was voided stays, and no longer counts."""
from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from app import clock
from app.errors import NotFound, Stale
from app.store.database import Database, NotAccepted, Row
from app.store.events import Events
from app.store.keys import Keys
from app.store.values import canonical, new_id


@dataclass(frozen=True)
class Signature:
    """`name`, `position` and `institution` are as they were then; `hash` is the document's SHA-256, `image` that of a drawing or ''."""

    id: str
    document_id: str
    path: str
    person_id: str
    role: str
    name: str
    position: str
    institution: str
    method: str
    hash: str
    image: str
    at: datetime
    void_at: datetime | None = None


class Signatures:
    """Signatures of documents; each is told by an event `signed`, which holds an HMAC of all of it."""

    def __init__(self, db: Database, events: Events, keys: Keys) -> None:
        self._db = db
        self._events = events
        self._keys = keys

    def add(
        self, document_id: str, path: str, person_id: str, role: str, *, name: str, position: str, institution: str, method: str,
        hash: str, image: str = "", at: datetime | None = None,
    ) -> Signature:
        """Keep a signature. Raises Stale if somebody signed in that place already."""
        made = Signature(
            new_id(), document_id, path, person_id, role, name, position, institution, method, hash, image, at or clock.now()
        )
        row = {**vars(made), "at": clock.written(made.at)}
        with self._db.atomic():
            document = self._db.one("SELECT dossier_id FROM documents WHERE id = :id", id=document_id)
            if document is None:
                raise NotFound
            try:
                self._db.run(
                    "INSERT INTO signatures VALUES (:id, :document_id, :path, :person_id, :role, :name, :position, :institution,"
                    " :method, :hash, :image, :at, NULL)",
                    **{name: value for name, value in row.items() if name != "void_at"},
                )
            except NotAccepted as taken:
                raise Stale from taken
            told = {"document": document_id, "signature": made.id, "path": path, "role": role, "method": method, "hash": hash}
            self._events.append(document["dossier_id"], "signed", person_id, told | {"mark": self.mark(made)}, made.at)
        return made

    def void(self, document_id: str, at: datetime | None = None) -> int:
        """No signature of the document counts any more; returns how many did."""
        return self._db.run(
            "UPDATE signatures SET void_at = :at WHERE document_id = :id AND void_at IS NULL",
            id=document_id, at=clock.written(at or clock.now()),
        )

    def of(self, document_id: str) -> tuple[Signature, ...]:
        """Those that count, in the order they were made."""
        rows = self._db.all("SELECT * FROM signatures WHERE document_id = :id AND void_at IS NULL ORDER BY at, id", id=document_id)
        return tuple(_signature(row) for row in rows)

    def all(self, document_id: str) -> tuple[Signature, ...]:
        """Voided ones too."""
        rows = self._db.all("SELECT * FROM signatures WHERE document_id = :id ORDER BY at, id", id=document_id)
        return tuple(_signature(row) for row in rows)

    def marks(self) -> dict[str, str]:
        """The HMAC of every signature as it is kept, by its id."""
        return {row["id"]: self.mark(_signature(row)) for row in self._db.all("SELECT * FROM signatures")}

    def mark(self, signature: Signature) -> str:
        """Over everything but whether it still counts."""
        told = [str(getattr(signature, field.name)) for field in fields(signature) if field.name not in ("at", "void_at")]
        return self._keys.mark(canonical(["signature", *told, clock.written(signature.at)]))


def _signature(row: Row) -> Signature:
    void = row["void_at"]
    return Signature(**row | {"at": clock.read(row["at"]), "void_at": clock.read(void) if void else None})
