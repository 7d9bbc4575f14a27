"""A year of transfer at a glance: its actions by month, how far it was planned to be and is, and its dates for a calendar."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from app import i18n
from app.errors import N_, NotFound
from app.rendering.icalendar import MEDIA_TYPE, Event, calendar
from app.store import Document, Person, Store
from app.workflow import access, dossiers, surroundings
from app.workflow.renditions import Rendition
from forms import FORMS
from forms.catalogues import LIGHT
from forms.plan import progress
from forms.plan.calendar import YEAR, end_of
from forms.values import ID, Answers, Json, rows_of
from forms.view import Address, Formatter

PLAN, FOLLOWUP = "PTA", "F5S"
FORMS_OF_A_PLAN: Final = (PLAN, FOLLOWUP)
ACTION, SHARING, DUE = N_("{code} · {words}"), N_("Réplica · {words}"), N_("Seguimiento del mes {month}: fecha de corte")


@dataclass(frozen=True)
class Bar:
    """An action: the months it is worked in (1–12), and its weight in percent."""

    code: str
    words: str
    months: tuple[int, ...]
    weight: int
    light: str = ""
    """Of the last follow-up handed in (msgid), '' before the first."""


@dataclass(frozen=True)
class Point:
    """A milestone: the percent planned by then, and that reached; None while its follow-up was not handed in."""

    month: int
    planned: str
    reached: str | None


@dataclass(frozen=True)
class Year:
    """`months` are called as the reader calls them, from the first of the plan; none while it has no start."""

    title: str
    months: tuple[str, ...]
    bars: tuple[Bar, ...]
    points: tuple[Point, ...]


def has_year(document: Document) -> bool:
    """Whether a document is a plan, or says how far one is."""
    return document.form in FORMS_OF_A_PLAN


def year(store: Store, person: Person, document: Document, fmt: Formatter) -> Year:
    """The plan of the document's exchange. Raises NotFound where there is none, or it is not the person's to see."""
    plan = _plan(store, person, document)
    said, start = dossiers.filled(store, plan), _start(store, plan)
    lights = _lights(store, document)
    bars = tuple(_bar(row, lights.get(str(row[ID]), "")) for row in rows_of(said.get("actions")))
    months = tuple(f"{fmt.month(first.month)} {first.year}" for first, _ in _months(start)) if start else ()
    return Year(str(said.get("plan_title") or ""), months, bars, tuple(_points(store, document, rows_of(said.get("actions")))))


def _plan(store: Store, person: Person, document: Document) -> Document:
    """The plan a document belongs to, if the person sees both."""
    access.require(store, person, "view", document)
    if not has_year(document):
        raise NotFound
    dossier = store.dossiers.get(document.dossier_id)
    plan = next((each for each in surroundings.current(store, dossier) if each.form == PLAN), None)
    if plan is None or not access.can(store, person, "view", plan):
        raise NotFound
    return plan


def _start(store: Store, plan: Document) -> str:
    return str(dossiers.filled(store, plan).get("plan_start") or "")


def _bar(row: Answers, light: str) -> Bar:
    months = tuple(sorted(int(str(month)) for month in _listed(row.get("months"))))
    return Bar(str(row.get("code") or ""), str(row.get("action") or ""), months, int(str(row.get("weight") or 0)), light)


def _listed(value: Json) -> tuple[Json, ...]:
    return tuple(value) if isinstance(value, list | tuple) else ()


def _followups(store: Store, document: Document) -> Iterator[tuple[str, Answers]]:
    """(month, answers) of each follow-up that was handed in, in order."""
    around = surroundings.of(store, store.dossiers.get(document.dossier_id))
    for month in progress.MILESTONES:
        place = Address(FOLLOWUP, subject=month)
        if around.states.get(place) in progress.DONE_WITH:
            yield month, around.documents.get(place, {})


def _lights(store: Store, document: Document) -> dict[str, str]:
    """Row → the light of the last follow-up, in words (msgid)."""
    last = list(_followups(store, document))[-1:]
    words = dict(LIGHT.pairs)
    return {str(row[ID]): words.get(str(row.get("light")), "") for _, said in last for row in rows_of(said.get("light"))}


def _points(store: Store, document: Document, actions: list[Answers]) -> Iterator[Point]:
    handed_in = dict(_followups(store, document))
    for month in progress.MILESTONES:
        reached = handed_in.get(month, {}).get("weighted_progress")
        yield Point(int(month), str(progress.planned(actions, int(month))), str(reached) if reached is not None else None)


def _months(start: str) -> list[tuple[date, date]]:
    """First and last day of each of the twelve months."""
    firsts = [date.fromisoformat(start), *(date.fromisoformat(str(end_of(start, month))) + timedelta(1) for month in range(1, YEAR + 1))]
    return [(first, after - timedelta(1)) for first, after in pairwise(firsts)]


def feed(store: Store, person: Person, document: Document) -> Rendition:
    """Its dates as a calendar: each stretch of months of an action, each sharing, each follow-up. No person is named in it."""
    plan = _plan(store, person, document)
    fmt, said, start = i18n.formatter(person.locale.partition("_")[0]), dossiers.filled(store, plan), _start(store, plan)
    dossier = store.dossiers.get(plan.dossier_id)
    events = sorted(_events(dossier.code, said, start, fmt), key=lambda each: (each.first, each.uid)) if start else []
    saved = store.revisions.last(plan.id)
    stamp = max(plan.state_at, saved.at) if saved else plan.state_at
    data = calendar(str(said.get("plan_title") or dossier.title), events, stamp)
    return Rendition(data, f"{dossier.code}_{PLAN}.ics", MEDIA_TYPE, hashlib.sha256(data).hexdigest())


def _events(code: str, said: Answers, start: str, fmt: Formatter) -> Iterator[Event]:
    months = _months(start)
    for row in rows_of(said.get("actions")):
        words = fmt.words(ACTION, code=row.get("code") or "", words=row.get("action") or "")
        for first, last in stretches(_bar(row, "").months):
            yield Event(f"{row[ID]}-{first}.{code}@anexa", months[first - 1][0], months[last - 1][1], words, str(row.get("product") or ""))
    for row in rows_of(said.get("sharing")):
        if row.get("month"):
            month = months[int(str(row["month"])) - 1]
            words = fmt.words(SHARING, words=row.get("activity") or "")
            yield Event(f"{row[ID]}.{code}@anexa", *month, words, str(row.get("audience") or ""))
    for milestone in progress.MILESTONES:
        day = months[int(milestone) - 1][1]
        yield Event(f"{FOLLOWUP}-{milestone}.{code}@anexa", day, day, fmt.words(DUE, month=milestone), fmt.words(FORMS[FOLLOWUP].title))


def stretches(months: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """First and last of each run of months that follow each other."""
    for first in (month for month in months if month - 1 not in months):
        last = first
        while last + 1 in months:
            last += 1
        yield first, last


def token(store: Store, person: Person, document: Document) -> str:
    """The private address of a person's calendar of a plan: who has it reads those dates, as long as that person sees the plan."""
    plan = _plan(store, person, document)
    return f"{person.id}.{plan.dossier_id}.{_mark(store, person.id, plan.dossier_id)}"


def of_token(store: Store, told: str) -> Rendition:
    """What stands at a private address. Raises NotFound for one that never was, and for who does not see the plan any more."""
    person_id, _, rest = told.partition(".")
    dossier_id, _, mark = rest.partition(".")
    if not hmac.compare_digest(mark.encode(), _mark(store, person_id, dossier_id).encode()):
        raise NotFound
    person, dossier = store.people.get(person_id), store.dossiers.get(dossier_id)
    plan = next((each for each in surroundings.current(store, dossier) if each.form == PLAN), None)
    if person.disabled_at or person.forgotten_at or plan is None:
        raise NotFound
    return feed(store, person, plan)


def _mark(store: Store, person_id: str, dossier_id: str) -> str:
    said = f"calendar:{person_id}:{dossier_id}".encode()
    return hmac.new(store.settings.secret_key, said, hashlib.sha256).hexdigest()[:40]
