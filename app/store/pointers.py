"""What a document's events say about it now: state, current revision, who is assigned. One fold, used by each append and by rebuild."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.store.database import Database
from app.store.values import Json


@dataclass(frozen=True)
class Pointers:
    """`assigned` holds (role, person id)."""

    state: str = ""
    state_at: str = ""
    revision: int = 0
    assigned: frozenset[tuple[str, str]] = frozenset()

    def after(self, kind: str, payload: Mapping[str, Json], at: str) -> Pointers:
        """The pointers once this has happened. Only a new `state`, a save (`revision` with its `base`) or an assignment moves them."""
        state, revision = payload.get("state"), payload.get("revision")
        after = replace(self, state=state, state_at=at) if isinstance(state, str) and state != self.state else self
        after = replace(after, revision=revision) if isinstance(revision, int) and "base" in payload else after
        if kind in ("assigned", "unassigned"):
            who = frozenset({(str(payload["role"]), str(payload["person"]))})
            after = replace(after, assigned=after.assigned | who if kind == "assigned" else after.assigned - who)
        return after


def of(db: Database, document_id: str) -> Pointers | None:
    """The pointers as they are kept."""
    row = db.one("SELECT state, state_at, revision FROM documents WHERE id = :id", id=document_id)
    assigned = db.all("SELECT role, person_id FROM assignments WHERE document_id = :id", id=document_id)
    return Pointers(**row, assigned=frozenset((each["role"], each["person_id"]) for each in assigned)) if row else None


def keep(db: Database, document_id: str, now: Pointers) -> None:
    """Keep these pointers, whatever was there."""
    db.run(
        "UPDATE documents SET state = :state, state_at = :state_at, revision = :revision WHERE id = :id",
        id=document_id, state=now.state, state_at=now.state_at, revision=now.revision,
    )
    db.run("DELETE FROM assignments WHERE document_id = :id", id=document_id)
    for role, person_id in sorted(now.assigned):
        db.run("INSERT INTO assignments VALUES (:id, :role, :person_id)", id=document_id, role=role, person_id=person_id)


def move(db: Database, kind: str, payload: Mapping[str, Json], at: str) -> None:
    """Let an event that names a document move its pointers."""
    document_id = payload.get("document")
    before = of(db, document_id) if isinstance(document_id, str) else None
    if before is None:
        return
    now = before.after(kind, payload, at)
    if now != before:
        keep(db, str(document_id), now)
