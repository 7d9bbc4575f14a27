"""The states of documents and of their parts, and what moves them: one table (forms.md §3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from app import i18n
from app.errors import N_, Forbidden, Moved, NotFound, NotReady, OwnWork
from app.store import Document, Person, Store
from app.workflow import access, dossiers, editing, programmes, slots
from app.workflow.completeness import checked_answers
from forms import FORMS
from forms.kinds.base import Problem
from forms.path import AnswerPath
from forms.spec import Part
from forms.values import ID, rows_of

Guard: TypeAlias = Callable[[Store, Document, str], Iterator[Problem]]
"""What lacks before a document, or a part of it, may move."""
HOUSE: Final = ""
"""In place of a verb: nobody does it, it follows."""
STATES: Final = tuple(programmes.STATES)
OF_PARTS: Final = frozenset({"submit", "return", "approve"})
"""Actions on a part; the document is as far as the part that is least far."""
ORDER: Final = ("draft", "observed", "submitted", "approved")


def complete(store: Store, document: Document, part: str) -> Iterator[Problem]:
    """Required answers, validation, and the rules that block submission."""
    form, view = FORMS[document.form], dossiers.view_of(store, document)
    found = checked_answers(form, dossiers.typed(store, document), view, i18n.formatter("es"))
    mine = part.partition(".")[0]
    for section in found.sections:
        if section.part == mine and section.subject == part.partition(".")[2]:
            yield from section.problems
    for rule in found.rules:
        if rule.blocks and rule.owner is None:
            yield Problem(AnswerPath(), rule.message, dict(rule.places))


def answered(store: Store, document: Document, part: str) -> Iterator[Problem]:
    """Every comment of the last review has an answer."""
    open_now = [comment for comment in editing.current(store, document) if not comment.answer]
    if open_now:
        yield Problem(AnswerPath(), N_("Observaciones por responder: {count}."), {"count": len(open_now)})


def commented(store: Store, document: Document, part: str) -> Iterator[Problem]:
    """A review that returns says why."""
    if not editing.current(store, document):
        yield Problem(AnswerPath(), N_("Para devolver, escriba al menos una observación junto a una respuesta."), {})


def all_signed(store: Store, document: Document, part: str) -> Iterator[Problem]:
    """Nobody is left to sign."""
    for slot in slots.of(store, document):
        if slot.signature is None:
            yield Problem(slot.path, N_("Falta la firma «{label}»."), {"label": slot.label})


def last_version(store: Store, document: Document, part: str) -> Iterator[Problem]:
    """There is no later version that still counts."""
    later = [each for each in versions(store, document) if each.version > document.version and each.state != "void"]
    if later:
        yield Problem(AnswerPath(), N_("Ya hay una versión {version}: siga con ella."), {"version": later[-1].version})


@dataclass(frozen=True)
class Move:
    """`verb`: who may, by the matrix of roles; `to`: the state it leads to; `event`: what is told; `guards`: what must hold before."""

    verb: str
    to: str
    event: str
    label: str = ""
    guards: tuple[Guard, ...] = ()


VOID: Final = Move("void", "void", "voided", N_("Anular"))
RENEW: Final = N_("Hacer una versión nueva")
TRANSITIONS: Final[Mapping[tuple[str, str], Move]] = MappingProxyType(
    {
        ("draft", "submit"): Move("fill", "submitted", "submitted", N_("Enviar a revisión"), (complete,)),
        ("observed", "submit"): Move("fill", "submitted", "submitted", N_("Enviar otra vez"), (answered, complete)),
        ("submitted", "return"): Move("review", "observed", "returned", N_("Devolver solo lo observado"), (commented,)),
        ("submitted", "approve"): Move("approve", "approved", "approved", N_("Aprobar")),
        ("approved", "call"): Move(HOUSE, "signing", "signers_called"),
        ("signing", "sign"): Move("sign", "signing", "signed", N_("Firmar")),
        ("signing", "seal"): Move(HOUSE, "signed", "sealed", guards=(all_signed,)),
        ("signing", "refuse"): Move("sign", "observed", "refused", N_("No firmar")),
        ("signed", "supersede"): Move(HOUSE, "superseded", "superseded"),
        ("signed", "renew"): Move("fill", "signed", "version_opened", RENEW, (last_version,)),
        ("void", "renew"): Move("fill", "void", "version_opened", RENEW, (last_version,)),
        **{(state, "void"): VOID for state in STATES if state != "void"},
    }
)
"""(state, action) → move. What is not here cannot be done."""
APART: Final = frozenset({"approve"})
"""Not by somebody who filled the document."""
IN_TURN: Final = frozenset({"sign", "refuse"})
"""Only by who is to sign now."""
NOT_TURN: Final = N_("Ahora no le toca firmar este documento.")


@dataclass(frozen=True)
class Offer:
    """Something a person may do with a document now; `lacks` says what is missing before."""

    action: str
    label: str
    lacks: tuple[Problem, ...]

    @property
    def ready(self) -> bool:
        return not self.lacks


@dataclass(frozen=True)
class PartState:
    """A part, or one copy of it: `part` as actions take it."""

    part: str
    title: str
    subject: str
    state: str


def parts(store: Store, document: Document) -> tuple[PartState, ...]:
    """The document's parts with their states, copies by subject."""
    states, form = store.documents.parts(document.id), FORMS[document.form]
    answers = dossiers.filled(store, document) if any(part.subject for part in form.parts) else {}
    copies = [(part, str(row[ID])) for part in form.parts if part.subject for row in rows_of(answers.get(part.key))]
    every = [*((part, "") for part in form.parts if not part.subject), *copies]
    return tuple(PartState(key, part.title, subject, states.get(key, "draft")) for part, subject in every for key in [_key(part, subject)])


def _key(part: Part, subject: str) -> str:
    return f"{part.key}.{subject}" if subject else part.key


def part_named(store: Store, document: Document, part: str) -> PartState:
    """The part of that name, or the only one. Raises NotFound."""
    found = parts(store, document)
    if not part and len(found) == 1:
        return found[0]
    for each in found:
        if each.part == part:
            return each
    raise NotFound


def state_of(store: Store, document: Document, action: str, part: str) -> str:
    """The state that decides about an action: that of the part, as long as the document is filled and reviewed in parts."""
    if action in OF_PARTS and document.state in editing.OPEN:
        return part_named(store, document, part).state
    return document.state


def together(states: Mapping[str, str], every: tuple[PartState, ...]) -> str:
    """The state of a document whose parts are in these states: that of the part that is least far."""
    return min((states.get(each.part, "draft") for each in every), key=ORDER.index)


def actions(store: Store, person: Person, document: Document, part: str = "") -> tuple[Offer, ...]:
    """What this person may do with the document now, in the order of the table."""
    document = store.documents.get(document.id)
    found = []
    for state, action in TRANSITIONS:
        if state == state_of(store, document, action, part) and _may(store, person, document, action, state):
            lacks = tuple(_lacks(store, person, document, action, part, state))
            found.append(Offer(action, TRANSITIONS[state, action].label, lacks))
    return tuple(found)


def _may(store: Store, person: Person, document: Document, action: str, state: str) -> bool:
    verb = TRANSITIONS[state, action].verb
    if verb == HOUSE or not access.can(store, person, verb, document):
        return False
    return action not in IN_TURN or slots.turn(store, person, document) is not None


def _lacks(store: Store, person: Person, document: Document, action: str, part: str, state: str) -> Iterator[Problem]:
    if action in APART and person.id in authors(store, document):
        yield Problem(AnswerPath(), OwnWork.message, {})
    name = part_named(store, document, part).part if action in OF_PARTS else ""
    for guard in TRANSITIONS[state, action].guards:
        yield from guard(store, document, name)


def require(store: Store, person: Person, document: Document, action: str, part: str = "") -> Move:
    """The move, if it may be made now by this person. Raises NotFound, Forbidden, OwnWork, Moved, NotReady."""
    access.require(store, person, "view", document)
    verbs = {move.verb for (_, each), move in TRANSITIONS.items() if each == action}
    if not any(access.can(store, person, verb, document) for verb in verbs):
        raise Forbidden
    state = state_of(store, document, action, part)
    move = TRANSITIONS.get((state, action))
    if move is None:
        raise Moved(state=programmes.STATES[state])
    if action in IN_TURN and slots.turn(store, person, document) is None:
        raise Moved(NOT_TURN)
    if action in APART and person.id in authors(store, document):
        raise OwnWork
    if lacks := tuple(_lacks(store, person, document, action, part, state)):
        raise NotReady(lacks)
    return move


def authors(store: Store, document: Document) -> frozenset[str]:
    """Ids of everybody who filled the document, or an earlier version it was copied from."""
    earlier = (each for each in versions(store, document) if each.version <= document.version)
    return frozenset(person_id for each in earlier for person_id in store.revisions.authors(each.id))


def versions(store: Store, document: Document) -> tuple[Document, ...]:
    """All versions of the same document, oldest first."""
    place = (document.form, document.part, document.subject)
    return tuple(each for each in store.documents.of(document.dossier_id) if (each.form, each.part, each.subject) == place)
