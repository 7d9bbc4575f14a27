"""Who let whom in, gave and took which role: append-only, kept when the grant itself is gone."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app import clock
from app.store.database import Database


@dataclass(frozen=True)
class Deed:
    """`kind`: invited, granted, withdrawn, disabled or enabled. `actor_id` is '' for the command line."""

    kind: str
    person_id: str
    actor_id: str
    role: str
    scope_kind: str
    scope_id: str
    at: datetime


class Deeds:
    """The log of what was done to people's access."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(
        self, kind: str, person_id: str, actor_id: str, role: str = "", scope_kind: str = "", scope_id: str = "", at: datetime | None = None
    ) -> None:
        """Write one down, with the transaction of what was done."""
        self._db.run(
            "INSERT INTO deeds VALUES (NULL, :kind, :person_id, :actor_id, :role, :scope_kind, :scope_id, :at)",
            kind=kind, person_id=person_id, actor_id=actor_id, role=role, scope_kind=scope_kind, scope_id=scope_id,
            at=clock.written(at or clock.now()),
        )

    def of(self, person_id: str) -> tuple[Deed, ...]:
        """What was done to one person's access, newest first."""
        rows = self._db.all(
            "SELECT kind, person_id, actor_id, role, scope_kind, scope_id, at FROM deeds WHERE person_id = :id ORDER BY number DESC",
            id=person_id,
        )
        return tuple(Deed(**row | {"at": clock.read(row["at"])}) for row in rows)
