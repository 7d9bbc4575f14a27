"""The states of documents and of their parts, and what moves them: one table (forms.md §3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from app import i18n
from app.errors import N_, Forbidden, Moved, NotFound, NotReady, OwnWork
from app.store import Comment, Document, Person, Store
from app.workflow import access, dossiers, editing, programmes, slots
from app.workflow.completeness import BEFORE_SENDING, Check, checked_answers
from forms import FORMS
from forms.kinds.base import Problem
from forms.path import AnswerPath
from forms.spec import Form, Part
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
    """Required answers, validation, and the rules that block submission; what another role fills may still lack."""
    found, form = _checked(store, document), FORMS[document.form]
    yield from (each for each in found.problems if editing.part_of(form, each.path) == part and not editing.filler_of(form, each.path))
    yield from _against(found, form, part, BEFORE_SENDING)


def decided(store: Store, document: Document, part: str) -> Iterator[Problem]:
    """What another role fills in the part is there too, and no rule stands in the way of approving it."""
    found, form = _checked(store, document), FORMS[document.form]
    yield from (each for each in found.problems if editing.part_of(form, each.path) == part and editing.filler_of(form, each.path))
    yield from _against(found, form, part, frozenset({"approve"}))


def _checked(store: Store, document: Document) -> Check:
    return checked_answers(FORMS[document.form], dossiers.typed(store, document), dossiers.view_of(store, document), i18n.formatter("es"))


def _against(found: Check, form: Form, part: str, gates: frozenset[str]) -> Iterator[Problem]:
    """What blocking rules of these gates say about a part."""
    for rule in found.rules:
        at = editing.part_of(form, rule.owner) if rule.owner and "." in part else part
        if rule.blocks and rule.gate in gates and rule.part in ("", part.partition(".")[0]) and at == part:
            yield Problem(rule.owner or AnswerPath(), rule.message, dict(rule.places))


def answered(store: Store, document: Document, part: str) -> Iterator[Problem]:
    """Every comment of the last review of the part has an answer."""
    open_now = unanswered(store, document, part)
    if open_now:
        yield Problem(AnswerPath(), N_("Observaciones por responder: {count}."), {"count": len(open_now)})


def commented(store: Store, document: Document, part: str) -> Iterator[Problem]:
    """A review that returns says why."""
    if not _about(store, document, part):
        yield Problem(AnswerPath(), N_("Para devolver, escriba al menos una observación junto a una respuesta."), {})


def unanswered(store: Store, document: Document, part: str) -> list[Comment]:
    """The current comments about a part that wait for an answer."""
    return [comment for comment in _about(store, document, part) if not comment.answer]


def _about(store: Store, document: Document, part: str) -> list[Comment]:
    """The current comments about a part, or about the whole document."""
    form, every = FORMS[document.form], editing.current(store, document)
    return [each for each in every if not each.path or editing.part_of(form, AnswerPath.read(each.path)) == part]


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
        ("draft", "submit"): Move("submit", "submitted", "submitted", N_("Enviar a revisión"), (complete,)),
        ("observed", "submit"): Move("submit", "submitted", "submitted", N_("Enviar otra vez"), (answered, complete)),
        ("submitted", "return"): Move("review", "observed", "returned", N_("Devolver solo lo observado"), (commented,)),
        ("submitted", "approve"): Move("approve", "approved", "approved", N_("Aprobar"), (decided,)),
        ("approved", "call"): Move(HOUSE, "signing", "signers_called"),
        ("signing", "sign"): Move("sign", "signing", "signed", N_("Firmar")),
        ("signing", "seal"): Move(HOUSE, "signed", "sealed", guards=(all_signed,)),
        ("signing", "refuse"): Move("sign", "observed", "refused", N_("No firmar")),
        ("signed", "supersede"): Move(HOUSE, "superseded", "superseded"),
        ("signed", "renew"): Move("submit", "signed", "version_opened", RENEW, (last_version,)),
        ("void", "renew"): Move("submit", "void", "version_opened", RENEW, (last_version,)),
        **{(state, "void"): VOID for state in STATES if state != "void"},
    }
)
"""(state, action) → move. What is not here cannot be done."""
APART: Final = frozenset({"approve"})
"""Not by somebody who filled the part."""
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
    waits: bool = True
    """Whether the document waits for it."""


def parts(store: Store, document: Document) -> tuple[PartState, ...]:
    """The document's parts with their states, copies by subject."""
    states, form = store.documents.parts(document.id), FORMS[document.form]
    answers = dossiers.filled(store, document) if any(part.subject for part in form.parts) else {}
    copies = [(part, str(row[ID])) for part in form.parts if part.subject for row in rows_of(answers.get(part.key)) if part.asks(row)]
    every = [*((part, "") for part in form.parts if not part.subject), *copies]
    named = ((_key(part, subject), part, subject) for part, subject in every)
    return tuple(PartState(key, part.title, subject, states.get(key, "draft"), part.waits) for key, part, subject in named)


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
    """The state of a document whose parts are in these states: that of the part that is least far of those it waits for."""
    return min((states.get(each.part, "draft") for each in every if each.waits), key=ORDER.index, default="draft")


def actions(store: Store, person: Person, document: Document, part: str = "") -> tuple[Offer, ...]:
    """What this person may do with the document now, in the order of the table."""
    document = store.documents.get(document.id)
    found = []
    for state, action in TRANSITIONS:
        if state == state_of(store, document, action, part) and _may(store, person, document, action, part, state):
            lacks = tuple(_lacks(store, person, document, action, part, state))
            found.append(Offer(action, TRANSITIONS[state, action].label, lacks))
    return tuple(found)


def _may(store: Store, person: Person, document: Document, action: str, part: str, state: str) -> bool:
    verb = TRANSITIONS[state, action].verb
    if verb == HOUSE or not access.can(store, person, verb, document, part if action in OF_PARTS else ""):
        return False
    return action not in IN_TURN or slots.turn(store, person, document) is not None


def _lacks(store: Store, person: Person, document: Document, action: str, part: str, state: str) -> Iterator[Problem]:
    name = part_named(store, document, part).part if action in OF_PARTS else ""
    if action in APART and person.id in authors(store, document, name):
        yield Problem(AnswerPath(), OwnWork.message, {})
    for guard in TRANSITIONS[state, action].guards:
        yield from guard(store, document, name)


def require(store: Store, person: Person, document: Document, action: str, part: str = "") -> Move:
    """The move, if it may be made now by this person. Raises NotFound, Forbidden, OwnWork, Moved, NotReady."""
    access.require(store, person, "view", document)
    name = part_named(store, document, part).part if action in OF_PARTS else ""
    verbs = {move.verb for (_, each), move in TRANSITIONS.items() if each == action}
    if not any(access.can(store, person, verb, document, name) for verb in verbs):
        raise Forbidden
    state = state_of(store, document, action, part)
    move = TRANSITIONS.get((state, action))
    if move is None:
        raise Moved(state=programmes.STATES[state])
    if action in IN_TURN and slots.turn(store, person, document) is None:
        raise Moved(NOT_TURN)
    if action in APART and person.id in authors(store, document, name):
        raise OwnWork
    if lacks := tuple(_lacks(store, person, document, action, part, state)):
        raise NotReady(lacks)
    return move


def authors(store: Store, document: Document, part: str) -> frozenset[str]:
    """Ids of everybody who filled a part of the document, or of an earlier version it was copied from."""
    form = FORMS[document.form]
    earlier = (each for each in versions(store, document) if each.version <= document.version)
    written = {pair for each in earlier for pair in store.revisions.writers(each.id)}
    whole = len(form.parts) == 1 and not form.parts[0].subject
    return frozenset(person_id for person_id, path in written if whole or editing.part_of(form, AnswerPath.read(path)) == part)


def versions(store: Store, document: Document) -> tuple[Document, ...]:
    """All versions of the same document, oldest first."""
    place = (document.form, document.part, document.subject)
    return tuple(each for each in store.documents.of(document.dossier_id) if (each.form, each.part, each.subject) == place)
