"""Until when: working days of an office, and what is due by configuration (`instance/deadlines.toml`, else the file beside this one)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from app.config import Settings
from app.errors import N_, BadSettings
from app.store import Document, Store
from app.workflow import dossiers
from forms import FORMS
from forms.values import Json, mapping

SHIPPED: Final = Path(__file__).with_suffix(".toml")
SATURDAY: Final = 5
NOT_UNDERSTOOD: Final = N_("No se entiende {path} ({why}). Compárelo con el que viene con Anexa.")


@dataclass(frozen=True)
class Plan:
    """`steps`: state → working days it may last; `documents`: form, or form and part, → (answer or fact with its dates, working days after
    its end, or before its start if negative);
    `opens`: form → calendar days before its day in which its documents open; `reminders`: days of waiting after which somebody is
    reminded; `around`: form → the days after its due date (before, if negative) when they are; `holidays`: office name → its dates."""

    steps: Mapping[str, int]
    documents: Mapping[str, tuple[str, int]]
    opens: Mapping[str, int]
    reminders: tuple[int, ...]
    around: Mapping[str, tuple[int, ...]]
    holidays: Mapping[str, frozenset[date]]


def plan(settings: Settings) -> Plan:
    """The deadlines of an installation. Raises BadSettings naming the file."""
    own = settings.instance / "deadlines.toml"
    path = own if own.is_file() else SHIPPED
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(8)
def _read(path: Path, _: int) -> Plan:
    try:
        told: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        return Plan(
            {str(state): int(days) for state, days in told["steps"].items()},
            {str(form): due for form, each in told["documents"].items() for due in _dues(each)},
            {str(form): int(each["opens"]) for form, each in told["documents"].items() if "opens" in each},
            tuple(sorted(int(days) for days in told["reminders"]["days"])),
            {str(form): tuple(map(int, each["reminders"])) for form, each in told["documents"].items() if "reminders" in each},
            {str(office): frozenset(map(_day, days)) for office, days in told.get("holidays", {}).items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadSettings(NOT_UNDERSTOOD, path=path, why=error) from error


def _dues(told: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """The one due date of a document: so many days before the start of its dates, or after their end."""
    if ("before" in told) == ("after" in told):
        raise ValueError("before or after")
    yield (str(told["before"]), -int(told["days"])) if "before" in told else (str(told["after"]), int(told["days"]))


def _day(value: object) -> date:
    if type(value) is not date:
        raise ValueError(f"{value!r} is not a date")
    return value


def working_days(start: date, days: int, holidays: Set[date] = frozenset()) -> date:
    """The day `days` working days after `start` (before, if negative): Monday to Friday, less the holidays. 0 is `start` itself."""
    step, day = timedelta(days=1 if days >= 0 else -1), start
    for _ in range(abs(days)):
        day += step
        while day.weekday() >= SATURDAY or day in holidays:
            day += step
    return day


def of(store: Store, document: Document, part: str = "") -> date | None:
    """When the whole document, or a part of it, is due; None where nothing is configured or the dates are not known yet."""
    known = plan(store.settings).documents
    named, days = known.get(f"{document.form}.{part.partition('.')[0]}") or known.get(document.form, ("", 0))
    told = _dates(store, document, named) if named else None
    day = str(mapping(told).get("start" if days < 0 else "end") or told or "")
    try:
        return working_days(date.fromisoformat(day), days, holidays(store, document))
    except ValueError:
        return None


def _dates(store: Store, document: Document, named: str) -> Json:
    """The dates of that name: the document's own, else another's of its dossier, else a fact."""
    if named in FORMS[document.form].keys:
        return dossiers.filled(store, document).get(named)
    view = dossiers.view_of(store, document)
    return next((answers[named] for answers in (*view.documents.values(), view.facts) if answers.get(named)), None)


def step(store: Store, document: Document, state: str = "", since: datetime | None = None) -> date | None:
    """When the state the document, or a part of it, is in `since` then should end; for a draft, when the document is due."""
    days = plan(store.settings).steps.get(state or document.state)
    begun = (since or document.state_at).date()
    return of(store, document) if days is None else working_days(begun, days, holidays(store, document))


def holidays(store: Store, document: Document) -> frozenset[date]:
    """The dates of the offices that accompany the document's unit, or its exchange."""
    dossier = store.dossiers.get(document.dossier_id)
    unit = store.units.get(dossier.unit_id) if dossier.unit_id else None
    offices = (unit.office_id if unit else None, dossier.host_office_id, dossier.visiting_office_id)
    known = plan(store.settings).holidays
    return frozenset(day for office_id in offices if office_id for day in known.get(store.offices.get(office_id).name, ()))
