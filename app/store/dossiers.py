"""Dossiers: what a report or an exchange is about, and the facts its documents read."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app import clock
from app.errors import AlreadyThere, NotFound
from app.store.database import Database, Row
from app.store.events import Events
from app.store.values import Json, canonical, from_json, new_id


@dataclass(frozen=True)
class Dossier:
    """`code` is printed and unique; `country` (ISO alpha-3) and `locale` decide paper and figures; `head` is its chain's last hash."""

    id: str
    code: str
    programme: str
    unit_id: str | None
    country: str
    locale: str
    title: str
    facts: Mapping[str, Json]
    opened_at: datetime
    events: int
    head: str


class Dossiers:
    """Dossiers by id, code and unit."""

    def __init__(self, db: Database, events: Events) -> None:
        self._db = db
        self._events = events

    def add(
        self, code: str, programme: str, title: str, country: str, locale: str, *, actor_id: str, unit_id: str | None = None,
        facts: Mapping[str, Json] | None = None, at: datetime | None = None,
    ) -> Dossier:
        """Open a dossier; its first event is `dossier_opened`. Raises AlreadyThere if the code is taken."""
        dossier_id, at = new_id(), at or clock.now()
        with self._db.atomic():
            if taken := self.by_code(code):
                raise AlreadyThere(taken.id, code)
            self._db.run(
                "INSERT INTO dossiers (id, code, programme, unit_id, country, locale, title, facts, opened_at)"
                " VALUES (:id, :code, :programme, :unit_id, :country, :locale, :title, :facts, :at)",
                id=dossier_id, code=code, programme=programme, unit_id=unit_id, country=country, locale=locale, title=title,
                facts=canonical(facts or {}), at=clock.written(at),
            )
            self._events.append(dossier_id, "dossier_opened", actor_id, {"code": code, "unit": unit_id}, at)
            return self.get(dossier_id)

    def get(self, dossier_id: str) -> Dossier:
        """Raises NotFound."""
        row = self._db.one("SELECT * FROM dossiers WHERE id = :id", id=dossier_id)
        if row is None:
            raise NotFound
        return _dossier(row)

    def by_code(self, code: str) -> Dossier | None:
        """The dossier with this printed code, or None."""
        row = self._db.one("SELECT * FROM dossiers WHERE code = :code", code=code)
        return _dossier(row) if row else None

    def of_unit(self, unit_id: str) -> tuple[Dossier, ...]:
        """The unit's dossiers by code."""
        return tuple(_dossier(row) for row in self._db.all("SELECT * FROM dossiers WHERE unit_id = :id ORDER BY code", id=unit_id))

    def all(self) -> tuple[Dossier, ...]:
        """Every dossier, by code."""
        return tuple(_dossier(row) for row in self._db.all("SELECT * FROM dossiers ORDER BY code"))

    def set_facts(self, dossier_id: str, facts: Mapping[str, Json], actor_id: str, at: datetime | None = None) -> Dossier:
        """Change these facts, leaving the others; the event `facts_changed` names them without their values."""
        with self._db.atomic():
            known = self.get(dossier_id).facts
            changed = sorted(key for key, value in facts.items() if key not in known or known[key] != value)
            if changed:
                self._db.run("UPDATE dossiers SET facts = :facts WHERE id = :id", id=dossier_id, facts=canonical({**known, **facts}))
                self._events.append(dossier_id, "facts_changed", actor_id, {"facts": changed}, at)
            return self.get(dossier_id)


def _dossier(row: Row) -> Dossier:
    return Dossier(**row | {"facts": from_json(row["facts"]), "opened_at": clock.read(row["opened_at"])})
