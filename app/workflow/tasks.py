"""What waits for whom, since when, until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app import clock
from app.errors import N_
from app.store import Document, Dossier, Person, Store
from app.workflow import access, deadlines, dossiers, editing, slots, states
from forms import FORMS

WAITING: Final = ("draft", "observed", "submitted", "signing")
"""States in which a document waits for somebody."""
VERBS: Final = {"draft": "fill", "observed": "fill", "submitted": "approve", "signing": "sign"}
KINDS: Final = {"draft": "fill", "observed": "correct", "submitted": "review", "signing": "sign"}
SENTENCES: Final = {
    "fill": N_("Complete «{title}» ({code}) y envíelo a revisión."),
    "correct": N_("Responda las observaciones de «{title}» ({code}) y envíelo otra vez."),
    "review": N_("Revise «{title}» ({code})."),
    "sign": N_("Firme «{title}» ({code})."),
}


@dataclass(frozen=True)
class Task:
    """Something one person can do now. `kind`: fill, correct, review or sign; `until` None: no deadline; `sentence` is a msgid."""

    kind: str
    document: Document
    dossier: Dossier
    sentence: str
    places: Mapping[str, object]
    since: datetime
    until: date | None

    @property
    def late(self) -> bool:
        """Whether it should have been done before today."""
        return self.until is not None and self.until < clock.today()


def mine(store: Store, person: Person) -> tuple[Task, ...]:
    """What waits for this person, the soonest due first."""
    found = [task(store, document) for document in waiting(store) if waits_for(store, document, person)]
    return tuple(sorted(found, key=lambda each: (each.until or date.max, each.since)))


def waiting(store: Store) -> tuple[Document, ...]:
    """Every document that waits for somebody."""
    return store.documents.in_states(WAITING)


def waits_for(store: Store, document: Document, person: Person) -> bool:
    """Whether it is this person's turn."""
    if not access.can(store, person, VERBS[document.state], document):
        return False
    if document.state == "signing":
        return slots.turn(store, person, document) is not None
    return document.state != "submitted" or person.id not in states.authors(store, document)


def people(store: Store, document: Document) -> tuple[Person, ...]:
    """Everybody a document waits for."""
    return tuple(each for each in access.people(store, VERBS[document.state], document) if waits_for(store, document, each))


def task(store: Store, document: Document) -> Task:
    """What is to be done with a document that waits."""
    kind, dossier = KINDS[document.state], store.dossiers.get(document.dossier_id)
    to_answer = sum(not comment.answer for comment in editing.current(store, document)) if kind == "correct" else 0
    places = {"title": FORMS[document.form].title, "code": f"{dossiers.code_of(store, document)} v{document.version}", "count": to_answer}
    return Task(kind, document, dossier, SENTENCES[kind], places, since(store, document), deadlines.step(store, document))


def since(store: Store, document: Document) -> datetime:
    """When it began to wait: for a signer, when the one before had signed."""
    return max([document.state_at, *(each.at for each in store.signatures.of(document.id) if document.state == "signing")])
