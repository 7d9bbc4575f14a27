"""All dossiers a person sees at a glance: how far, what stands in the way, whom they wait for, what is due next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from app import clock, i18n
from app.errors import N_
from app.store import Document, Dossier, Person, Store, Unit
from app.workflow import access, deadlines, dossiers, editing, glance, programmes, slots, tasks
from app.workflow.completeness import checked_answers
from app.workflow.glance import Glance
from forms import FORMS
from forms.kinds.base import Problem
from forms.path import AnswerPath
from forms.view import Formatter


@dataclass(frozen=True)
class Row:
    """The current version of a dossier's document. `state` and `waiting` (roles) are msgids; `until` is the next deadline."""

    dossier: Dossier
    document: Document
    unit: Unit | None
    state: str
    blockers: tuple[Problem, ...]
    waiting: tuple[str, ...]
    since: datetime
    until: date | None

    @property
    def about(self) -> str:
        """The unit whose report it is, else what the dossier is called."""
        return self.unit.name if self.unit else self.dossier.title

    @property
    def late(self) -> bool:
        """Whether the next deadline has passed."""
        return self.until is not None and self.until < clock.today()


def rows(store: Store, person: Person, state: str = "", unit_id: str = "", country: str = "", programme: str = "") -> tuple[Row, ...]:
    """Every dossier of one document, the soonest due first; only those of a state, a unit, a country, a programme if asked."""
    found = (
        _row(store, dossier, document)
        for dossier in glance.dossiers(store, person, programme)
        if dossier.programme != programmes.EXCHANGE and unit_id in ("", dossier.unit_id) and country in ("", dossier.country)
        for document in store.documents.of(dossier.id)[-1:]
        if state in ("", document.state)
    )
    return tuple(sorted(found, key=lambda row: (row.until or date.max, row.dossier.code)))


def exchanges(store: Store, person: Person, fmt: Formatter, state: str = "", country: str = "") -> tuple[Glance, ...]:
    """Every exchange, the soonest due first; only those in a state, or of a country, host or visitor, if asked."""
    return tuple(
        each
        for each in glance.exchanges(store, person, fmt)
        if state in ("", each.dossier.state) and country in ("", *glance.countries(each.dossier))
    )


def _row(store: Store, dossier: Dossier, document: Document) -> Row:
    unit = store.units.get(dossier.unit_id) if dossier.unit_id else None
    waits = document.state in tasks.WAITING
    until = deadlines.step(store, document) if waits else None
    lacks, roles = tuple(_blockers(store, document)), tuple(waiting(store, document))
    return Row(dossier, document, unit, programmes.STATES[document.state], lacks, roles, tasks.since(store, document), until)


def _blockers(store: Store, document: Document) -> Iterator[Problem]:
    """What is to be done before it moves on, in a sentence for each kind of thing."""
    if document.state == "draft":
        found = checked_answers(
            FORMS[document.form], dossiers.typed(store, document), dossiers.view_of(store, document), i18n.formatter("es")
        )
        lacking, rules = len(found.problems), sum(rule.stops for rule in found.rules)
        if lacking:
            yield Problem(AnswerPath(), N_("Respuestas por completar: {count}."), {"count": lacking})
        if rules:
            yield Problem(AnswerPath(), N_("Reglas sin cumplir: {count}."), {"count": rules})
    if document.state == "observed" and (count := sum(not each.answer for each in editing.current(store, document))):
        yield Problem(AnswerPath(), N_("Observaciones por responder: {count}."), {"count": count})
    for slot in slots.of(store, document) if document.state == "signing" else ():
        if slot.signature is None:
            yield Problem(slot.path, N_("Falta la firma «{label}»."), {"label": slot.label})


def waiting(store: Store, document: Document) -> Iterator[str]:
    """The roles (msgids) a document waits for; none once it is settled."""
    if document.state == "signing":
        yield from (slot.role_words for slot in slots.of(store, document) if slot.standing == "turn")
    elif document.state in tasks.WAITING:
        waits = ((step, tasks.VERBS[step.state]) for step in tasks.steps(store, document))
        every = (role for step, verb in waits for role in access.roles_with(document.form, verb, step.part))
        yield from (programmes.ROLES.get(role, role) for role in dict.fromkeys(every))
