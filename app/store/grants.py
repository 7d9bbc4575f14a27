"""Who may act where: a grant is a person, a role and a scope."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app import clock
from app.store.database import Database, Row
from app.store.values import new_id


@dataclass(frozen=True)
class Grant:
    """`scope_kind` is everything, programme, office, unit, dossier_side, document or subject; `scope_id` '' for everything.

    A side's id is '<dossier id>:host' or '<dossier id>:visiting', a subject's '<dossier id>:<row id>'.
    """

    id: str
    person_id: str
    role: str
    scope_kind: str
    scope_id: str
    given_at: datetime


class Grants:
    """Grants by person and by scope; what a role may do is not decided here."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def give(self, person_id: str, role: str, scope_kind: str, scope_id: str = "", at: datetime | None = None) -> Grant:
        """Give a role in a scope; one already given stays as it is."""
        values = {"person_id": person_id, "role": role, "scope_kind": scope_kind, "scope_id": scope_id}
        self._db.run(
            "INSERT INTO grants VALUES (:id, :person_id, :role, :scope_kind, :scope_id, :at)"
            " ON CONFLICT (person_id, role, scope_kind, scope_id) DO NOTHING",
            id=new_id(), at=clock.written(at or clock.now()), **values,
        )
        [row] = self._db.all(
            "SELECT * FROM grants WHERE person_id = :person_id AND role = :role AND scope_kind = :scope_kind AND scope_id = :scope_id",
            **values,
        )
        return _grant(row)

    def take(self, grant_id: str) -> None:
        """Take a grant away; one that is gone stays gone."""
        self._db.run("DELETE FROM grants WHERE id = :id", id=grant_id)

    def of(self, person_id: str) -> tuple[Grant, ...]:
        """All grants of a person, oldest first."""
        return tuple(_grant(row) for row in self._db.all("SELECT * FROM grants WHERE person_id = :id ORDER BY given_at, id", id=person_id))

    def scopes(self, scope_kind: str, prefix: str) -> tuple[str, ...]:
        """The ids, beginning with `prefix`, of the scopes of a kind in which anybody has a grant."""
        rows = self._db.all(
            "SELECT DISTINCT scope_id FROM grants WHERE scope_kind = :kind AND scope_id >= :first AND scope_id < :past ORDER BY scope_id",
            kind=scope_kind, first=prefix, past=f"{prefix}\U0010ffff",
        )
        return tuple(row["scope_id"] for row in rows)

    def within(self, scope_kind: str, scope_id: str = "") -> tuple[Grant, ...]:
        """Everybody's grants in exactly that scope."""
        rows = self._db.all(
            "SELECT * FROM grants WHERE scope_kind = :kind AND scope_id = :id ORDER BY role, given_at, id", kind=scope_kind, id=scope_id
        )
        return tuple(_grant(row) for row in rows)


def _grant(row: Row) -> Grant:
    return Grant(**row | {"given_at": clock.read(row["given_at"])})
