"""Dossiers at a glance: which ones a person sees, and how an exchange stands: what stands in its way, whom it waits for, until when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from app import clock
from app.errors import N_
from app.store import Document, Dossier, Person, Store
from app.workflow import access, deadlines, exchange_states, programmes, surroundings, tasks
from app.workflow.lately import Lately
from forms import FORMS
from forms.kinds.base import Problem
from forms.path import AnswerPath
from forms.view import Formatter


@dataclass(frozen=True)
class Glance:
    """How an exchange stands. `state` and `waiting` (the roles of what is due first) are msgids; `late` counts what is overdue."""

    dossier: Dossier
    state: str
    blockers: tuple[Problem, ...]
    waiting: tuple[str, ...]
    until: date | None
    late: int


def dossiers(store: Store, person: Person, programme: str = "") -> tuple[Dossier, ...]:
    """Every dossier the person sees, of one programme if asked, by code."""
    every = store.dossiers.of_programme(programme) if programme else store.dossiers.all()
    return tuple(sorted((each for each in every if access.can(store, person, "view", each)), key=lambda each: each.code))


def countries(dossier: Dossier) -> tuple[str, ...]:
    """Whose it is (ISO alpha-3): host and visitor of an exchange, else its one country."""
    sides = (str(dossier.facts.get(f"{side}_country") or "") for side in ("host", "visiting"))
    return tuple(filter(None, sides)) or (dossier.country,)


def given(store: Store, person: Person) -> tuple[Document, ...]:
    """The documents a person was let in to one by one: a commission's sheet, what an answer names them to sign."""
    ids = dict.fromkeys(grant.scope_id for grant in access.roles(store, person) if grant.scope_kind == "document")
    found = (store.documents.get(document_id) for document_id in ids)
    return tuple(each for each in found if access.can(store, person, "view", each))


def exchanges(store: Store, person: Person, fmt: Formatter) -> tuple[Glance, ...]:
    """The exchanges the person sees, what is due first before the rest."""
    every = (of(store, each, fmt) for each in dossiers(store, person, programmes.EXCHANGE))
    return tuple(sorted(every, key=lambda each: (each.until or date.max, each.dossier.code)))


def of(store: Store, dossier: Dossier, fmt: Formatter) -> Glance:
    """An exchange as it stands today, worked out again only after something happened in it."""
    key = (dossier.id, dossier.head, clock.today(), fmt.language, tuple(map(id, FORMS.values())))
    return _GLANCES.get(key, lambda: _of(store, dossier, fmt))


_GLANCES: Final[Lately[Glance]] = Lately(500)


def _of(store: Store, dossier: Dossier, fmt: Formatter) -> Glance:
    due = [each for document in surroundings.current(store, dossier) for each in _due(store, document)]
    first = min((until for until, _ in due if until), default=None)
    roles = (role for until, who in due if until == first and first for role in who)
    late = sum(bool(who) and until is not None and until < clock.today() for until, who in due)
    state = exchange_states.STATES.get(dossier.state, dossier.state)
    return Glance(dossier, state, tuple(_blockers(store, dossier, fmt)), tuple(dict.fromkeys(roles)), first, late)


def _due(store: Store, document: Document) -> Iterator[tuple[date | None, tuple[str, ...]]]:
    """What of a document waits: until when, and for which roles."""
    for step in tasks.steps(store, document):
        if step.state == "draft":
            until = deadlines.of(store, document, step.part)
        else:
            until = deadlines.step(store, document, step.state, tasks.since(store, document, step.part))
        yield until, tuple(tasks.roles(store, step))


def _blockers(store: Store, dossier: Dossier, fmt: Formatter) -> Iterator[Problem]:
    """What lacks before its next move; rules that say no are counted."""
    moves = (move for (state, _), move in exchange_states.TRANSITIONS.items() if state == dossier.state and not move.reason)
    lacks = [each for move in moves for each in exchange_states.lacking(store, dossier, move, fmt)]
    rules = sum("rule" in each.places for each in lacks)
    yield from (each for each in lacks if "rule" not in each.places)
    if rules:
        yield Problem(AnswerPath(), N_("Reglas sin cumplir: {count}."), {"count": rules})
