"""Reports and what surrounds them: opening, listing, the dossier as forms may read it, the imprint of every page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from app import clock, i18n
from app.errors import N_, AlreadyThere, Invalid
from app.store import Document, Dossier, Person, Store, Unit
from app.store.values import canonical
from app.workflow import access, freezing, programmes, resolving, verification
from app.workflow.completeness import checked_answers
from app.workflow.lately import Lately
from forms import FORMS
from forms.changes import assembled
from forms.path import AnswerPath
from forms.resolved import Imprint
from forms.spec import Form
from forms.values import Answers, Json, Refused
from forms.view import DossierView, Formatter

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
    found = checked_answers(FORMS[document.form], typed(store, document), view_of(store, document), i18n.formatter("es"))
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


def _documents(store: Store, unit_id: str) -> Iterator[tuple[Dossier, Document]]:
    for dossier in store.dossiers.of_unit(unit_id):
        yield from ((dossier, document) for document in store.documents.of(dossier.id)[-1:] if document.form == FORM)


def _report(store: Store, dossier: Dossier, document: Document, earlier: list[Report]) -> Report:
    previous = earlier[-1] if earlier else None
    view = _view(dossier, previous.answers if previous else {}, (), freezing.frozen(store, document))
    chain = tuple((each.document.id, each.document.revision) for each in earlier)
    key = (id(FORMS), document.id, document.revision, chain, canonical(dossier.facts), view.today, view.frozen)
    return Report(dossier, document, _FILLED.get(key, lambda: resolving.filled(FORMS[document.form], typed(store, document), view)))


_FILLED: Final[Lately[Answers]] = Lately(200)


def typed(store: Store, document: Document, upto: int | None = None) -> dict[str, Json]:
    """The answers somebody typed, put together, without prefill and totals."""
    leaves = store.revisions.leaves(document.id, document.revision if upto is None else upto)
    return assembled({AnswerPath.read(path): value for path, value in leaves.items()})


def view_of(store: Store, document: Document) -> DossierView:
    """The dossier around a document: its facts, the last earlier report of the unit, and all the unit's other ones."""
    dossier = store.dossiers.get(document.dossier_id)
    others = [each for each in reports(store, dossier.unit_id) if each.dossier.id != dossier.id] if dossier.unit_id else []
    earlier = [each for each in others if each.term.place < _term(dossier).place]
    answers = earlier[-1].answers if earlier else {}
    return _view(dossier, answers, tuple(each.answers for each in others), freezing.frozen(store, document))


def _view(dossier: Dossier, previous: Answers, siblings: tuple[Answers, ...], frozen: frozenset[str]) -> DossierView:
    return DossierView(
        code=dossier.code,
        programme=dossier.programme,
        country=dossier.country,
        today=i18n.local(clock.now(), dossier.country).date().isoformat(),
        facts=dossier.facts,
        previous=previous,
        siblings=siblings,
        frozen=frozen,
    )


def code_of(store: Store, document: Document) -> str:
    """What the document is called on paper: 'IAT-SLV-CONNA-DPI-2021-1'."""
    return document.code.rpartition("/")[0]


def documents(store: Store, dossier: Dossier) -> tuple[Document, ...]:
    """The dossier's documents."""
    return store.documents.of(dossier.id)


def filled(store: Store, document: Document) -> Answers:
    """The document's answers with prefill and totals, as they are printed."""
    return resolving.filled(FORMS[document.form], typed(store, document), view_of(store, document))


def imprint(store: Store, document: Document, fmt: Formatter, view: DossierView | None = None) -> Imprint:
    """What stands around the answers on every page, in the language of `fmt`; `view` as `view_of` gives it."""
    form, words, view = FORMS[document.form], fmt.words, view or view_of(store, document)
    moment = _moment(store, document)
    return Imprint(
        programme=words(form.programme),
        code=code_of(store, document),
        version=f"v{document.version}",
        state=words(programmes.STATES[document.state]),
        date=fmt.date_short(i18n.local(moment, view.country).date().isoformat()),
        classification=words(programmes.classification(form)),
        verification=verification.grouped(document.verification),
        verification_url=f"{store.settings.base_url}/v/{document.verification}",
        subtitle=" · ".join(_subtitle(form, typed(store, document), view, fmt)),
        page_of=words(programmes.PAGE_OF),
        draft=words(programmes.DIAGONAL) if document.state in programmes.UNSETTLED else "",
        paper=programmes.paper(view.country),
        moment=moment.isoformat(),
    )


def _moment(store: Store, document: Document) -> datetime:
    """The date of the state: while answers may change, that of the last of them."""
    if document.state in programmes.UNSETTLED:
        return store.revisions.get(document.id, document.revision).at if document.revision else document.opened_at
    return document.state_at


def _subtitle(form: Form, answers: Answers, view: DossierView, fmt: Formatter) -> Iterator[str]:
    known = resolving.filled(form, answers, view)
    at = resolving.reading(form, known, view, fmt)
    lines = (form.field(key).line(known.get(key), at) for key in programmes.SUBTITLES.get(form.code, ()))
    return (line for line in lines if line)


def _alike(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _term(dossier: Dossier) -> Term:
    return Term(_number(dossier.facts.get("year")), str(dossier.facts.get("semester", "")))


def _number(value: Json) -> int:
    return value if isinstance(value, int) else 0
