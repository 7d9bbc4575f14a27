"""Offices of the organisation and the units of institutions that report."""
from __future__ import annotations

from dataclasses import dataclass

from app.errors import NotFound
from app.store.database import Database
from app.store.values import new_id


@dataclass(frozen=True)
class Office:
    """An office in a country (ISO 3166-1 alpha-3)."""

    id: str
    name: str
    country: str


@dataclass(frozen=True)
class Unit:
    """A unit of an institution. `code` is printed: 'SLV-CONNA-DPI'; `office_id` is the office that accompanies it, or None."""

    id: str
    code: str
    name: str
    institution: str
    country: str
    office_id: str | None


class Offices:
    """Offices by id."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, name: str, country: str) -> Office:
        """A new office."""
        office = Office(new_id(), name, country)
        self._db.run("INSERT INTO offices VALUES (:id, :name, :country)", **vars(office))
        return office

    def get(self, office_id: str) -> Office:
        """Raises NotFound."""
        row = self._db.one("SELECT * FROM offices WHERE id = :id", id=office_id)
        if row is None:
            raise NotFound
        return Office(**row)

    def all(self) -> tuple[Office, ...]:
        """Every one, in the order people look for them."""
        return tuple(Office(**row) for row in self._db.all("SELECT * FROM offices ORDER BY country, name"))


class Units:
    """Units by id and by printed code."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, code: str, name: str, institution: str, country: str, office_id: str | None = None) -> Unit:
        """Raises NotAccepted if the code is taken or the office unknown."""
        unit = Unit(new_id(), code, name, institution, country, office_id)
        self._db.run("INSERT INTO units VALUES (:id, :code, :name, :institution, :country, :office_id)", **vars(unit))
        return unit

    def get(self, unit_id: str) -> Unit:
        """Raises NotFound."""
        row = self._db.one("SELECT * FROM units WHERE id = :id", id=unit_id)
        if row is None:
            raise NotFound
        return Unit(**row)

    def by_code(self, code: str) -> Unit | None:
        """The unit with this printed code, or None."""
        row = self._db.one("SELECT * FROM units WHERE code = :code", code=code)
        return Unit(**row) if row else None

    def all(self) -> tuple[Unit, ...]:
        """Every one, in the order people look for them."""
        return tuple(Unit(**row) for row in self._db.all("SELECT * FROM units ORDER BY code"))
