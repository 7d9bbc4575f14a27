"""What a document's events say about it now: states, current revision, who is assigned. One fold, used by each append and by rebuild."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.store.database import Database
from app.store.values import Json

EVERY = "*"
"""In place of a part: all that were submitted before."""


@dataclass(frozen=True)
class Pointers:
    """`assigned` holds (role, person id), `parts` (part, state) of the parts that were ever submitted."""

    state: str = ""
    state_at: str = ""
    revision: int = 0
    assigned: frozenset[tuple[str, str]] = frozenset()
    parts: frozenset[tuple[str, str]] = frozenset()

    def after(self, kind: str, payload: Mapping[str, Json], at: str) -> Pointers:
        """The pointers once this has happened.

        Only a new `state`, a save (`revision` with its `base`), a part's state or an assignment moves them;
        `part` is what is in `part_state` now, all that were submitted before if it is "*".
        """
        state, revision = payload.get("state"), payload.get("revision")
        after = replace(self, state=state, state_at=at) if isinstance(state, str) and state != self.state else self
        after = replace(after, revision=revision) if isinstance(revision, int) and "base" in payload else after
        if isinstance(payload.get("part_state"), str):
            after = replace(after, parts=self._parted(str(payload["part"]), str(payload["part_state"])))
        if kind in ("assigned", "unassigned"):
            who = frozenset({(str(payload["role"]), str(payload["person"]))})
            after = replace(after, assigned=after.assigned | who if kind == "assigned" else after.assigned - who)
        return after

    def _parted(self, part: str, state: str) -> frozenset[tuple[str, str]]:
        states = dict(self.parts)
        return frozenset((states | dict.fromkeys(states if part == EVERY else [part], state)).items())


def of(db: Database, document_id: str) -> Pointers | None:
    """The pointers as they are kept."""
    row = db.one("SELECT state, state_at, revision FROM documents WHERE id = :id", id=document_id)
    assigned = db.all("SELECT role, person_id FROM assignments WHERE document_id = :id", id=document_id)
    parts = db.all("SELECT part, state FROM part_states WHERE document_id = :id", id=document_id)
    return Pointers(
        **row,
        assigned=frozenset((each["role"], each["person_id"]) for each in assigned),
        parts=frozenset((each["part"], each["state"]) for each in parts),
    ) if row else None


def keep(db: Database, document_id: str, now: Pointers) -> None:
    """Keep these pointers, whatever was there."""
    db.run(
        "UPDATE documents SET state = :state, state_at = :state_at, revision = :revision WHERE id = :id",
        id=document_id, state=now.state, state_at=now.state_at, revision=now.revision,
    )
    for table in ("assignments", "part_states"):
        db.run(f"DELETE FROM {table} WHERE document_id = :id", id=document_id)  # noqa: S608 - one of these two
    for part, state in sorted(now.parts):
        db.run("INSERT INTO part_states VALUES (:id, :part, :state)", id=document_id, part=part, state=state)
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
