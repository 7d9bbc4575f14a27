"""Dossiers: what a report or an exchange is about, and the facts its documents read."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app import clock
from app.errors import AlreadyThere, NotFound, Stale
from app.store.database import Database, Row
from app.store.events import Events
from app.store.values import Json, canonical, from_json, new_id

DOSSIER_STATE = "dossier_state"
"""Where an event says how far the dossier is since."""


@dataclass(frozen=True)
class Dossier:
    """`code` is printed and unique; `country` (ISO alpha-3) and `locale` decide paper and figures; `head` is its chain's last hash.

    An exchange has a `state`, `people` by role (PERSON answers) and two offices; a unit's dossier has none of them.
    """

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
    state: str = ""
    people: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    host_office_id: str | None = None
    visiting_office_id: str | None = None


class Dossiers:
    """Dossiers by id, code and unit."""

    def __init__(self, db: Database, events: Events) -> None:
        self._db = db
        self._events = events

    def add(
        self, code: str, programme: str, title: str, country: str, locale: str, *, actor_id: str, unit_id: str | None = None,
        facts: Mapping[str, Json] | None = None, at: datetime | None = None, state: str = "",
        people: Mapping[str, Mapping[str, Json]] | None = None, host_office_id: str | None = None, visiting_office_id: str | None = None,
    ) -> Dossier:
        """Open a dossier; its first event is `dossier_opened`. Raises AlreadyThere if the code is taken."""
        dossier_id, at = new_id(), at or clock.now()
        with self._db.atomic():
            if taken := self.by_code(code):
                raise AlreadyThere(taken.id, code)
            self._db.run(
                "INSERT INTO dossiers (id, code, programme, unit_id, country, locale, title, facts, opened_at, state, people,"
                " host_office_id, visiting_office_id) VALUES"
                " (:id, :code, :programme, :unit_id, :country, :locale, :title, :facts, :at, :state, :people, :host, :visiting)",
                id=dossier_id, code=code, programme=programme, unit_id=unit_id, country=country, locale=locale, title=title, state=state,
                facts=canonical(facts or {}), at=clock.written(at), people=canonical(people or {}), host=host_office_id,
                visiting=visiting_office_id,
            )
            opened = {"code": code, "unit": unit_id, **({DOSSIER_STATE: state} if state else {})}
            self._events.append(dossier_id, "dossier_opened", actor_id, opened, at)
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

    def of_programme(self, programme: str) -> tuple[Dossier, ...]:
        """The programme's dossiers by code."""
        rows = self._db.all("SELECT * FROM dossiers WHERE programme = :programme ORDER BY code", programme=programme)
        return tuple(_dossier(row) for row in rows)

    def all(self) -> tuple[Dossier, ...]:
        """Every dossier, by code."""
        return tuple(_dossier(row) for row in self._db.all("SELECT * FROM dossiers ORDER BY code"))

    def set_facts(
        self, dossier_id: str, facts: Mapping[str, Json], actor_id: str, at: datetime | None = None, *,
        title: str = "", country: str = "", locale: str = "",
    ) -> Dossier:
        """Change these facts, leaving the others; the event `facts_changed` names them without their values.

        `title`, `country` and `locale` are the dossier's own, where the facts decide them.
        """
        with self._db.atomic():
            dossier = self.get(dossier_id)
            known = dossier.facts
            changed = sorted(key for key, value in facts.items() if key not in known or known[key] != value)
            if changed:
                self._db.run(
                    "UPDATE dossiers SET facts = :facts, title = :title, country = :country, locale = :locale WHERE id = :id",
                    id=dossier_id, facts=canonical({**known, **facts}), title=title or dossier.title, country=country or dossier.country,
                    locale=locale or dossier.locale,
                )
                self._events.append(dossier_id, "facts_changed", actor_id, {"facts": changed}, at)
            return self.get(dossier_id)

    def set_person(self, dossier_id: str, role: str, person: Mapping[str, Json], actor_id: str, at: datetime | None = None) -> Dossier:
        """Who has a role in the dossier (PERSON answers); the event `people_changed` names the role only."""
        with self._db.atomic():
            known = self.get(dossier_id).people
            if known.get(role) != person:
                told = canonical({**known, role: person})
                self._db.run("UPDATE dossiers SET people = :people WHERE id = :id", id=dossier_id, people=told)
                self._events.append(dossier_id, "people_changed", actor_id, {"role": role}, at)
            return self.get(dossier_id)

    def move(
        self, dossier_id: str, kind: str, expected: str, state: str, actor_id: str, *, payload: Mapping[str, Json] | None = None,
        at: datetime | None = None,
    ) -> Dossier:
        """Bring a dossier from the state `expected` to `state` by an event of this kind. Raises Stale if it is in another one."""
        with self._db.atomic():
            if self.get(dossier_id).state != expected:
                raise Stale(expected=expected, current=self.get(dossier_id).state)
            self._db.run("UPDATE dossiers SET state = :state WHERE id = :id", id=dossier_id, state=state)
            self._events.append(dossier_id, kind, actor_id, {**(payload or {}), DOSSIER_STATE: state}, at)
            return self.get(dossier_id)


def _dossier(row: Row) -> Dossier:
    read = {"facts": from_json(row["facts"]), "people": from_json(row["people"]), "opened_at": clock.read(row["opened_at"])}
    return Dossier(**row | read)
