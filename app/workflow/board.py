"""All dossiers a person sees at a glance: how far, what stands in the way, whom they wait for, what is due next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from app import clock, i18n
from app.errors import N_
from app.store import Document, Dossier, Person, Store, Unit
from app.workflow import access, deadlines, dossiers, editing, programmes, slots, tasks
from app.workflow.completeness import checked_answers
from forms import FORMS
from forms.kinds.base import Problem
from forms.path import AnswerPath


@dataclass(frozen=True)
class Row:
    """The current version of a dossier's document. `state` and `waiting` (roles) are msgids; `until` is the next deadline."""

    dossier: Dossier
    document: Document
    unit: Unit
    state: str
    blockers: tuple[Problem, ...]
    waiting: tuple[str, ...]
    since: datetime
    until: date | None

    @property
    def late(self) -> bool:
        """Whether the next deadline has passed."""
        return self.until is not None and self.until < clock.today()


def rows(store: Store, person: Person, state: str = "", unit_id: str = "") -> tuple[Row, ...]:
    """The board, the soonest due first; of one state or one unit if asked."""
    found = (
        _row(store, unit, dossier, document)
        for unit in access.units(store, person, "view")
        if unit_id in ("", unit.id)
        for dossier in store.dossiers.of_unit(unit.id)
        for document in store.documents.of(dossier.id)[-1:]
        if state in ("", document.state)
    )
    return tuple(sorted(found, key=lambda row: (row.until or date.max, row.dossier.code)))


def _row(store: Store, unit: Unit, dossier: Dossier, document: Document) -> Row:
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
