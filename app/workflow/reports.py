"""Semiannual reports of a unit: opening and listing them, and what each reads in the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from app import clock, i18n
from app.errors import N_, AlreadyThere, Invalid
from app.store import Document, Dossier, Person, Store, Unit
from app.store.values import canonical
from app.workflow import access, freezing, programmes, resolving, surroundings, verification
from app.workflow.completeness import checked_answers
from app.workflow.lately import Lately
from app.workflow.surroundings import typed
from forms import FORMS
from forms.values import Answers, Json, Refused
from forms.view import DossierView

FORM: Final = "IAT"
FIRST_YEAR: Final = 2000
SEMESTERS: Final = ("1", "2")


class WrongPolicy(Invalid):
    """A policy the form would not take as an answer, told in the form's words."""


@dataclass(frozen=True)
class Term:
    """What tells a unit's reports apart (R-35)."""

    year: int
    semester: str
    policy: str = ""

    @property
    def place(self) -> tuple[int, str]:
        """Sorts by time."""
        return self.year, self.semester


@dataclass(frozen=True)
class Report:
    """One report of a unit: dossier, document, and its answers with everything read through."""

    dossier: Dossier
    document: Document
    answers: Answers

    @property
    def term(self) -> Term:
        return replace(_term(self.dossier), policy=str(self.answers.get("policy") or ""))


@dataclass(frozen=True)
class Listed:
    """One line of the list of reports; `done` of `total` sections have all they need."""

    dossier: Dossier
    unit: Unit
    document: Document
    done: int
    total: int
    changed_at: datetime


def listed(store: Store, person: Person) -> tuple[Listed, ...]:
    """The reports the person sees, by unit, the latest term first, each with how far it is."""
    units = access.units(store, person, "view")
    return tuple(_listed(store, unit, report) for unit in units for report in reversed(reports(store, unit.id)))


def _listed(store: Store, unit: Unit, report: Report) -> Listed:
    document = report.document
    view = replace(around(store, report.dossier), frozen=freezing.frozen(store, document))
    found = checked_answers(FORMS[document.form], typed(store, document), view, i18n.formatter("es"))
    last = store.revisions.last(document.id)
    return Listed(report.dossier, unit, document, found.done, len(found.sections), last.at if last else document.opened_at)


def open_report(store: Store, person: Person, unit_id: str, year: int, semester: str, policy: str = "", key: str = "") -> Dossier:
    """A unit's report for a semester, with an empty draft. An empty `policy` is that of the previous report.

    Raises AlreadyThere (R-35) leading to the one there is, WrongPolicy, Invalid, NotFound, Forbidden.
    """
    unit = access.unit(store, person, unit_id, "open")
    term = Term(year, semester, _policy(policy))
    if semester not in SEMESTERS or not FIRST_YEAR <= year <= clock.today().year:
        raise Invalid(N_("Elija un semestre y un año entre {first} y {last}."), first=FIRST_YEAR, last=clock.today().year)
    dossier_id = store.requests.once(key, person.id, f"open:{unit.id}", lambda: _opened(store, person, unit, term).id)
    return store.dossiers.get(str(dossier_id))


def _policy(said: str) -> str:
    try:
        return str(FORMS[FORM].field("policy").check(said) or "")
    except Refused as refused:
        raise WrongPolicy(refused.message, **refused.places) from None


def _opened(store: Store, person: Person, unit: Unit, term: Term) -> Dossier:
    earlier = [report for report in reports(store, unit.id) if report.term.place <= term.place]
    policy = term.policy or next((report.term.policy for report in reversed(earlier)), "")
    same = [report for report in earlier if report.term.place == term.place]
    for report in same:
        if _alike(report.term.policy, policy):
            raise AlreadyThere(report.dossier.id, report.dossier.code)
    serial = f"-{len(same) + 1}" if same else ""
    code = f"{FORM}-{unit.code}-{term.year}-{term.semester}{serial}"
    facts: dict[str, Json] = {
        "unit_code": unit.code,
        "year": term.year,
        "semester": term.semester,
        "unit": unit.name,
        "institution": unit.institution,
        "country": unit.country,
    }
    form, locale = FORMS[FORM], programmes.locale_of(unit.country)
    dossier = store.dossiers.add(
        code, programmes.ASSISTANCE, form.title, unit.country, locale, actor_id=person.id, unit_id=unit.id, facts=facts
    )
    document = store.documents.add(dossier.id, FORM, form.edition, f"{code}/v1", verification.new_code(), actor_id=person.id)
    known: dict[str, Json] = {} if earlier else {"institution": unit.institution, "unit": unit.name, "country": unit.country}
    store.revisions.append(document.id, 0, person.id, "", known | ({"policy": term.policy} if term.policy else {}), kind="report_started")
    return dossier


def reports(store: Store, unit_id: str, before: Term | None = None) -> tuple[Report, ...]:
    """The unit's reports by time, each filled with what the one before it carries over. Those before `before`, or all."""
    found = sorted(_documents(store, unit_id), key=lambda each: (_term(each[0]).place, each[0].code))
    chain: list[Report] = []
    for dossier, document in found:
        place = _term(dossier).place
        if before is None or place < before.place:
            chain.append(_report(store, dossier, document, [each for each in chain if each.term.place < place]))
    return tuple(chain)


def report_before(store: Store, document: Document) -> Report | None:
    """The unit's last earlier report; None if this is its first, or no report of a unit."""
    dossier = store.dossiers.get(document.dossier_id)
    return next(iter(reversed(reports(store, dossier.unit_id, _term(dossier)))), None) if dossier.unit_id else None


def _documents(store: Store, unit_id: str) -> Iterator[tuple[Dossier, Document]]:
    for dossier in store.dossiers.of_unit(unit_id):
        yield from ((dossier, document) for document in store.documents.of(dossier.id)[-1:] if document.form == FORM)


def _report(store: Store, dossier: Dossier, document: Document, earlier: list[Report]) -> Report:
    previous = earlier[-1] if earlier else None
    view = replace(
        surroundings.bare(dossier), previous=previous.answers if previous else {}, frozen=freezing.frozen(store, document)
    )
    chain = tuple((each.document.id, each.document.revision) for each in earlier)
    key = (id(FORMS), document.id, document.revision, chain, canonical(dossier.facts), view.today, view.frozen)
    return Report(dossier, document, _FILLED.get(key, lambda: resolving.filled(FORMS[document.form], typed(store, document), view)))


_FILLED: Final[Lately[Answers]] = Lately(200)


def around(store: Store, dossier: Dossier) -> DossierView:
    """A unit's dossier with the last earlier report and all the unit's other ones; any other dossier as it is."""
    others = [each for each in reports(store, dossier.unit_id) if each.dossier.id != dossier.id] if dossier.unit_id else []
    earlier = [each for each in others if each.term.place < _term(dossier).place]
    previous = earlier[-1].answers if earlier else {}
    return replace(surroundings.bare(dossier), previous=previous, siblings=tuple(each.answers for each in others))


def _alike(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _term(dossier: Dossier) -> Term:
    return Term(_number(dossier.facts.get("year")), str(dossier.facts.get("semester", "")))


def _number(value: Json) -> int:
    return value if isinstance(value, int) else 0
