"""What waits for whom, since when, until when: each part of a document, each copy of it, each signature."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app import clock, i18n
from app.errors import N_
from app.store import Document, Dossier, Person, Store
from app.workflow import access, deadlines, dossiers, editing, programmes, resolving, slots, states
from app.workflow.permissions import PARTICIPANT
from forms import FORMS
from forms.spec import Part

WAITING: Final = ("draft", "observed", "submitted", "signing")
"""States in which a document waits for somebody."""
VERBS: Final = {"draft": "submit", "observed": "submit", "submitted": "approve", "signing": "sign"}
KINDS: Final = {"draft": "fill", "observed": "correct", "submitted": "review", "signing": "sign"}
SENTENCES: Final = {
    "fill": N_("Complete «{title}» ({code}) y envíelo a revisión."),
    "correct": N_("Responda las observaciones de «{title}» ({code}) y envíelo otra vez."),
    "review": N_("Revise «{title}» ({code})."),
    "sign": N_("Firme «{title}» ({code})."),
}
OF_PARTS: Final = {
    "fill": N_("Complete «{part}» de «{title}» ({code}) y envíelo a revisión."),
    "correct": N_("Responda las observaciones de «{part}» de «{title}» ({code}) y envíelo otra vez."),
    "review": N_("Revise «{part}» de «{title}» ({code})."),
}
"""Of a document in several parts."""
OF_COPIES: Final = {
    "fill": N_("Complete «{part}» de {whose} en «{title}» ({code}) y envíelo a revisión."),
    "correct": N_("Responda las observaciones de «{part}» de {whose} en «{title}» ({code}) y envíelo otra vez."),
    "review": N_("Revise «{part}» de {whose} en «{title}» ({code})."),
}
"""Of a part with a copy for each person, for somebody else."""
OWN: Final = {
    "fill": N_("Complete su ficha «{part}» de «{title}» ({code}) y envíela."),
    "correct": N_("Responda las observaciones de su ficha «{part}» de «{title}» ({code}) y envíela otra vez."),
}
"""Of the copy that is one's own."""
ASKED: Final = N_("Complete lo que le toca en «{title}» ({code}).")
"""For a role that fills some answers of another's part."""


@dataclass(frozen=True)
class Task:
    """Something one person can do now. `kind`: fill, correct, review or sign; `until` None: no deadline; `sentence` is a msgid.

    `part` is 'key' or 'key.subject', '' for the whole document; the places 'title' and 'part' are msgids too.
    """

    kind: str
    document: Document
    dossier: Dossier
    sentence: str
    places: Mapping[str, object]
    since: datetime
    until: date | None
    part: str = ""
    subject: str = ""

    @property
    def late(self) -> bool:
        """Whether it should have been done before today."""
        return self.until is not None and self.until < clock.today()


@dataclass(frozen=True)
class Step:
    """What of a document waits: a part in its state, or with part '' the next signature."""

    document: Document
    part: str
    state: str

    @property
    def subject(self) -> str:
        return self.part.partition(".")[2] or self.document.subject

    @property
    def spec(self) -> Part:
        """The part, the first where the whole document waits."""
        parts = FORMS[self.document.form].parts
        return next((each for each in parts if each.key == self.part.partition(".")[0]), parts[0])


def mine(store: Store, person: Person) -> tuple[Task, ...]:
    """What waits for this person, the soonest due first."""
    found = [task for document in waiting(store) for task in of(store, person, document)]
    return tuple(sorted(found, key=lambda each: (each.until or date.max, each.since)))


def of(store: Store, person: Person, document: Document) -> Iterator[Task]:
    """What of one document waits for a person."""
    if not access.can(store, person, "view", document):
        return
    for step in steps(store, document):
        if waits_for(store, step, person):
            yield task(store, step, person)
        elif asked(store, step, person):
            yield _task(store, step, "fill", ASKED, {})


def waiting(store: Store) -> tuple[Document, ...]:
    """Every document that waits for somebody."""
    return tuple(each for each in store.documents.in_states(WAITING) if each.form in FORMS)


def steps(store: Store, document: Document) -> tuple[Step, ...]:
    """What of a document waits for somebody."""
    if document.state == "signing":
        return (Step(document, "", "signing"),)
    if document.state not in editing.OPEN:
        return ()
    closed = editing.closed(store, document)
    every = (each for each in states.parts(store, document) if each.part not in closed)
    return tuple(Step(document, each.part, each.state) for each in every if each.state in VERBS)


def waits_for(store: Store, step: Step, person: Person) -> bool:
    """Whether it is this person's turn."""
    if step.state == "signing":
        return slots.turn(store, person, step.document) is not None
    if step.state == "submitted":
        return _decides(store, step, person) and person.id not in states.authors(store, step.document, step.part)
    if not access.can(store, person, "submit", step.document, step.part):
        return False
    roles = access.roles_on(store, person, step.document, step.subject)
    return step.spec.filler != PARTICIPANT or PARTICIPANT in roles or not _has_owner(store, step)


def _decides(store: Store, step: Step, person: Person) -> bool:
    """Who approves, and who reviews for them."""
    if access.can(store, person, "approve", step.document, step.part):
        return True
    reviews = access.can(store, person, "review", step.document, step.part)
    return reviews and step.spec.reviewer in access.roles_on(store, person, step.document, step.subject)


def _has_owner(store: Store, step: Step) -> bool:
    """Whether the person a copy or document is about has come to the house: then nobody else is asked to fill it."""
    return bool(store.grants.within("subject", f"{step.document.dossier_id}:{step.subject}"))


def roles(store: Store, step: Step) -> Iterator[str]:
    """The roles (msgids) whose turn it is."""
    if step.state == "signing":
        yield from (slot.role_words for slot in slots.of(store, step.document) if slot.standing == "turn")
    elif role := {"submitted": step.spec.reviewer}.get(step.state, step.spec.filler):
        yield programmes.ROLES.get(role, role)


def asked(store: Store, step: Step, person: Person) -> bool:
    """Whether answers this person's role fills in another's part still lack."""
    if step.state == "signing" or not _names_others(step.spec):
        return False
    form, hand = FORMS[step.document.form], editing.hand_of(store, person, step.document)
    lacking = states.decided(store, step.document, step.part) if hand.roles else ()
    return any(editing.filler_of(form, each.path) and hand.holds(form, each.path) for each in lacking)


def _names_others(part: Part) -> bool:
    """Whether something in a part is filled by another role."""
    return any(section.filler for section in part.sections) or any(kind.filler for kind in part.every)


def task(store: Store, step: Step, person: Person) -> Task:
    """What is to be done with what waits for this person."""
    kind = KINDS[step.state]
    several = len(FORMS[step.document.form].parts) > 1
    own = PARTICIPANT in access.roles_on(store, person, step.document, step.subject) and bool(step.subject)
    if own and kind in OWN:
        return _task(store, step, kind, OWN[kind], {})
    if step.part and step.spec.subject:
        return _task(store, step, kind, OF_COPIES[kind], {"whose": whose(store, step.document, step.subject)})
    return _task(store, step, kind, OF_PARTS[kind] if several and kind in OF_PARTS else SENTENCES[kind], {})


def _task(store: Store, step: Step, kind: str, sentence: str, more: Mapping[str, object]) -> Task:
    document, dossier = step.document, store.dossiers.get(step.document.dossier_id)
    places = {
        "title": FORMS[document.form].title,
        "part": step.spec.title,
        "code": f"{dossiers.code_of(store, document)} v{document.version}",
        "count": len(list(states.unanswered(store, document, step.part))) if kind == "correct" else 0,
        **more,
    }
    moment = since(store, document, step.part)
    until = deadlines.step(store, document, step.state, None if step.state == "signing" else moment)
    return Task(kind, document, dossier, sentence, places, moment, until, step.part, step.subject)


def since(store: Store, document: Document, part: str = "") -> datetime:
    """When it began to wait: for a signer, when the one before had signed."""
    if document.state == "signing":
        return max([document.state_at, *(each.at for each in store.signatures.of(document.id) if not each.carried)])
    if len(FORMS[document.form].parts) == 1 and not part.partition(".")[2]:
        return document.state_at
    told = (event for event in store.events.told(document.dossier_id, "submitted", "returned", "refused") if part)
    moved = [event.at for event in told if event.payload.get("document") == document.id and event.payload.get("part") in (part, "*")]
    return moved[-1] if moved else document.opened_at


def whose(store: Store, document: Document, subject: str) -> str:
    """How the person, or the row, a copy or a document is about is called; '' if nobody says."""
    form, view = FORMS[document.form], dossiers.view_of(store, document)
    table = form.subject or next((part.subject for part in form.parts if part.subject), "")
    at = resolving.reading(form, dossiers.filled(store, document), view, i18n.formatter("es"))
    return at.names(table).get(subject, "") if table else ""
