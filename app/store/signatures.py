"""Acts of signing: who, as what, how, when, and the hash that was signed. One that was voided stays, and no longer counts."""
from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime

from app import clock
from app.errors import NotFound, Stale
from app.store.database import Database, NotAccepted, Row
from app.store.events import Events
from app.store.keys import Keys
from app.store.values import Json, canonical, new_id


@dataclass(frozen=True)
class Signature:
    """`name`, `position` and `institution` are as they were then; `hash` is the document's SHA-256, `image` that of a drawing or ''.

    `part_hash` is a keyed hash of what the signature is about; `carried` the id of the signature of an earlier version it repeats, or ''.
    """

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
    part_hash: str = ""
    carried: str = ""


LATER = ("part_hash", "carried")
"""What the marks of signatures without a part do not hold."""


class Signatures:
    """Signatures of documents; each is told by an event `signed`, which holds an HMAC of all of it."""

    def __init__(self, db: Database, events: Events, keys: Keys) -> None:
        self._db = db
        self._events = events
        self._keys = keys

    def add(
        self, document_id: str, path: str, person_id: str, role: str, *, name: str, position: str, institution: str, method: str,
        hash: str, image: str = "", part_hash: str = "", at: datetime | None = None,
    ) -> Signature:
        """Keep a signature. Raises Stale if somebody signed in that place already."""
        made = Signature(
            new_id(), document_id, path, person_id, role, name, position, institution, method, hash, image, at or clock.now(),
            part_hash=part_hash,
        )
        return self._kept(made, "signed", person_id, made.at)

    def carry(self, signature: Signature, document_id: str, actor_id: str) -> Signature:
        """The same signature in a later version of the document (event `signature_carried`), with its date and the hash it was put on."""
        made = replace(signature, id=new_id(), document_id=document_id, void_at=None, carried=signature.carried or signature.id)
        return self._kept(made, "signature_carried", actor_id, clock.now())

    def digest(self, value: Json) -> str:
        """The keyed hash of a part's values: keyed, so that nobody finds out a short value by trying."""
        return self._keys.mark(canonical(["part", value]))

    def _kept(self, made: Signature, event: str, actor_id: str, at: datetime) -> Signature:
        row = {**vars(made), "at": clock.written(made.at)}
        with self._db.atomic():
            document = self._db.one("SELECT dossier_id FROM documents WHERE id = :id", id=made.document_id)
            if document is None:
                raise NotFound
            try:
                self._db.run(
                    "INSERT INTO signatures VALUES (:id, :document_id, :path, :person_id, :role, :name, :position, :institution,"
                    " :method, :hash, :image, :at, NULL, :part_hash, :carried)",
                    **{name: value for name, value in row.items() if name != "void_at"},
                )
            except NotAccepted as taken:
                raise Stale from taken
            told = {"document": made.document_id, "signature": made.id, "path": made.path, "role": made.role, "method": made.method}
            self._events.append(document["dossier_id"], event, actor_id, told | {"hash": made.hash, "mark": self.mark(made)}, at)
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
        told = [str(getattr(signature, field.name)) for field in fields(signature) if field.name not in ("at", "void_at", *LATER)]
        later = [str(getattr(signature, name)) for name in LATER]
        return self._keys.mark(canonical(["signature", *told, clock.written(signature.at), *(later if any(later) else [])]))


def _signature(row: Row) -> Signature:
    void = row["void_at"]
    return Signature(**row | {"at": clock.read(row["at"]), "void_at": clock.read(void) if void else None})
