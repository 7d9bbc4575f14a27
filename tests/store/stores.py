"""Stores to test with: one factory per database. The contract tests take whatever is listed in FACTORIES."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.config import Settings
from app.store import Document, Dossier, Person, Store, Unit, init, open_store

AT = datetime(2021, 7, 5, 9, 0, tzinfo=UTC)
CODE = "IAT-SLV-CONNA-DPI-2021-1"


def settings_in(folder: Path) -> Settings:
    return Settings(instance=folder / "instance", generated=folder / "generated")


def sqlite(folder: Path) -> Callable[[], Store]:
    """Opens another store of the same installation each time it is called."""
    init(settings_in(folder))
    return lambda: open_store(settings_in(folder))


FACTORIES = {"sqlite": sqlite}


@dataclass(frozen=True)
class Made:
    """An installation with one report in it."""

    person: Person
    unit: Unit
    dossier: Dossier
    document: Document


def furnished(store: Store) -> Made:
    person = store.people.add("Edición", "de la unidad", "edicion@example.org", at=AT)
    unit = store.units.add("SLV-CONNA-DPI", "Dirección de Primera Infancia", "CONNA", "SLV")
    dossier = store.dossiers.add(CODE, "assistance", "Informe", "SLV", "es_SV", actor_id=person.id, unit_id=unit.id, at=AT)
    document = store.documents.add(dossier.id, "IAT", "1", f"{CODE}/v1", "0123456789ABCDEF", actor_id=person.id, at=AT)
    return Made(person, unit, dossier, document)
