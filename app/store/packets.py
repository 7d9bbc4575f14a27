"""Packets that were made: of which records, by whom, when; their code, and the hash of their bytes before the seal."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app import clock
from app.errors import Damaged, NotFound
from app.store.database import Database, Row
from app.store.events import Events
from app.store.values import Json, canonical, from_json, new_id

BOUND = "packet_bound"


@dataclass(frozen=True)
class Packet:
    """`kind` is P1 …; `content` a digest of what it binds, `records` the SHA-256 of its sealed records.

    `unsealed` is the SHA-256 of its bytes before the seal, `sealed` that of the file handed out; '' until they are made.
    """

    id: str
    dossier_id: str
    kind: str
    variant: str
    language: str
    content: str
    records: tuple[str, ...]
    verification: str
    person_id: str
    at: datetime
    pages: int
    unsealed: str
    sealed: str


class Packets:
    """Packets by id, content, code and file."""

    def __init__(self, db: Database, events: Events) -> None:
        self._db = db
        self._events = events

    def add(
        self, dossier_id: str, kind: str, variant: str, language: str, content: str, *, records: Sequence[str], verification: str,
        person_id: str, at: datetime | None = None,
    ) -> Packet:
        """A packet about to be made; the one of equal content, if there is one, with the code it has."""
        with self._db.atomic():
            self._db.run(
                "INSERT INTO packets VALUES (:id, :dossier_id, :kind, :variant, :language, :content, :records, :verification, :person_id,"
                " :at, 0, '', '') ON CONFLICT (dossier_id, kind, variant, language, content) DO NOTHING",
                id=new_id(), dossier_id=dossier_id, kind=kind, variant=variant, language=language, content=content,
                records=canonical(list(records)), verification=verification, person_id=person_id, at=clock.written(at or clock.now()),
            )
            row = self._db.one(
                "SELECT * FROM packets WHERE (dossier_id, kind, variant, language, content) ="
                " (:dossier_id, :kind, :variant, :language, :content)",
                dossier_id=dossier_id, kind=kind, variant=variant, language=language, content=content,
            )
        assert row is not None  # it was there, or is now
        return _packet(row)

    def get(self, packet_id: str) -> Packet:
        """Raises NotFound."""
        row = self._db.one("SELECT * FROM packets WHERE id = :id", id=packet_id)
        if row is None:
            raise NotFound
        return _packet(row)

    def of(self, dossier_id: str) -> tuple[Packet, ...]:
        """All that were started for a dossier, newest first."""
        rows = self._db.all("SELECT * FROM packets WHERE dossier_id = :id ORDER BY at DESC, id", id=dossier_id)
        return tuple(map(_packet, rows))

    def by_verification(self, code: str) -> Packet | None:
        """The packet with this code on its pages, or None."""
        row = self._db.one("SELECT * FROM packets WHERE verification = :code", code=code)
        return _packet(row) if row else None

    def by_content(self, sha256: str) -> Packet | None:
        """The packet that is this file, sealed, or None."""
        row = self._db.one("SELECT * FROM packets WHERE sealed = :sha256 AND sealed != ''", sha256=sha256)
        return _packet(row) if row else None

    def built(self, packet_id: str, unsealed: str, pages: int) -> Packet:
        """Its bytes before the seal have this SHA-256. Raises Damaged if they had another one before."""
        with self._db.atomic():
            if self.get(packet_id).unsealed not in ("", unsealed):
                raise Damaged
            self._db.run(
                "UPDATE packets SET unsealed = :unsealed, pages = :pages WHERE id = :id", id=packet_id, unsealed=unsealed, pages=pages
            )
            return self.get(packet_id)

    def seal(self, packet_id: str, sealed: str, actor_id: str, at: datetime | None = None) -> Packet:
        """The file handed out from now on; one that is there stays. The event is `packet_bound`."""
        with self._db.atomic():
            packet = self.get(packet_id)
            if not packet.sealed:
                self._db.run("UPDATE packets SET sealed = :sealed WHERE id = :id", id=packet_id, sealed=sealed)
                told: dict[str, Json] = {
                    "packet": packet.id, "kind": packet.kind, "variant": packet.variant, "unsealed": packet.unsealed, "sha256": sealed,
                    "records": list(packet.records),
                }
                self._events.append(packet.dossier_id, BOUND, actor_id, told, at)
            return self.get(packet_id)


def _packet(row: Row) -> Packet:
    return Packet(**row | {"records": tuple(from_json(row["records"])), "at": clock.read(row["at"])})
