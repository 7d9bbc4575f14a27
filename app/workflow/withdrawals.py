"""Taking a permission back: an event of the person's own document, which stays as it was signed (forms.md §4, A7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app import clock
from app.errors import N_, Forbidden, Invalid, Moved, NotFound
from app.store import Document, Dossier, Event, Json, Person, Store
from app.workflow import access, consents, deadlines, dossiers, life, surroundings
from app.workflow.consents import FORM, HEALTH, ITEMS, WITHDRAWN
from app.workflow.permissions import PARTICIPANT
from app.workflow.programmes import STATES
from forms import FORMS
from forms.path import AnswerPath
from forms.values import Answers

ERASED: Final = "health_erased"
TERM: Final = 10
"""Working days within which what follows from it is done (forms.md §10)."""
NOT_ONE: Final = N_("Esto no es un permiso que se pueda retirar.")
NOT_GIVEN: Final = N_("Este permiso no está dado: no hay nada que retirar.")


@dataclass(frozen=True)
class Withdrawal:
    """`item` is the field; `done` says what was done at once ('health_erased'); `until` is when the rest must be; `note` of who did it."""

    item: str
    at: datetime
    person_id: str
    done: tuple[str, ...]
    until: date
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One person of the consents table: what they allow now, and what they withdrew."""

    document: Document
    subject: str
    answers: Answers
    withdrawals: tuple[Withdrawal, ...]


def withdraw(store: Store, person: Person, document: Document, item: str, key: str = "", note: str = "") -> Withdrawal:
    """Withdraw a permission: by its person, or by the secretariat on their behalf, which says so in a note of 20 letters.

    Withdrawing health makes every health value of the person in the dossier unreadable in the same write.
    Raises Invalid, Moved if it is not signed, Forbidden, NotFound.
    """
    own = _allowed(store, person, document)
    if item not in ITEMS:
        raise Invalid(NOT_ONE)
    text = "" if own else life.reason_of(note)

    def work() -> Json:
        now = store.documents.get(document.id)
        if now.state != "signed":
            raise Moved(state=STATES[now.state])
        if _said(store, now).get(item) in (None, "", consents.refused(item)):
            raise Invalid(NOT_GIVEN)
        done = [ERASED] if item == HEALTH and _erase(store, person, now) else []
        remark = {"remark": store.remarks.add(now.id, person.id, text)} if text else {}
        until = deadlines.working_days(clock.today(), TERM, deadlines.holidays(store, now)).isoformat()
        payload: dict[str, Json] = {"document": now.id, "item": item, "done": list(done), "until": until, **remark}
        return store.events.append(now.dossier_id, WITHDRAWN, person.id, payload).number

    number = store.requests.once(key, person.id, f"withdraw:{item}:{document.id}", work)
    return next(_withdrawal(store, event) for event in store.events.told(document.dossier_id, WITHDRAWN) if event.number == number)


def of(store: Store, document: Document) -> tuple[Withdrawal, ...]:
    """What was withdrawn from a document, oldest first."""
    return tuple(_withdrawal(store, event) for event in consents.told(store, document.dossier_id).get(document.id, ()))


def table(store: Store, dossier: Dossier) -> tuple[Row, ...]:
    """What each person of a dossier allows now, by their document."""
    return tuple(row(store, each) for each in surroundings.current(store, dossier) if each.form == FORM)


def row(store: Store, document: Document) -> Row:
    """What one person allows now. Raises NotFound for a document that holds no permissions."""
    if document.form != FORM:
        raise NotFound
    return Row(document, document.subject, _said(store, document), of(store, document))


def speaks(store: Store, person: Person, document: Document) -> str:
    """'own' for the person whose permissions they are, 'for' for who may withdraw on their behalf, '' for the others."""
    roles = access.roles_on(store, person, document, document.subject)
    return "own" if PARTICIPANT in roles else "for" if "secretariat" in roles else ""


def _allowed(store: Store, person: Person, document: Document) -> bool:
    """Whether it is the person's own document. Raises Forbidden for who may not speak for them, NotFound."""
    access.require(store, person, "view", document)
    who = speaks(store, person, document)
    if document.form != FORM or not who:
        raise Forbidden
    return who == "own"


def _said(store: Store, document: Document) -> Answers:
    """The permissions as they count now."""
    known = consents.effective(dossiers.filled(store, document), consents.told(store, document.dossier_id).get(document.id, ()))
    return {item: known.get(item) for item in ITEMS}


def _erase(store: Store, person: Person, document: Document) -> bool:
    """Destroy the keys that seal the person's health values in this dossier; whether there were any."""
    owners = {owner for each in store.documents.of(document.dossier_id) for owner in _owners(store, each, document.subject)}
    gone = [store.people.forget_dossier_key(*owner.split(":")) for owner in sorted(owners)]
    if any(gone):
        store.events.append(document.dossier_id, ERASED, person.id, {"document": document.id, "subject": document.subject})
    return any(gone)


def _owners(store: Store, document: Document, subject: str) -> set[str]:
    """The owners of a subject's health values in a document, in any revision."""
    form, found = FORMS.get(document.form), set()
    copies = {part.key for part in form.parts if part.subject} if form else set()
    for path, owners in store.revisions.sealed_with(document.id).items():
        steps = AnswerPath.read(path).steps
        theirs = steps[1] == subject if steps[0] in copies and len(steps) > 1 else document.subject == subject
        found |= {owner for owner in owners if theirs and ":" in owner}
    return found


def _withdrawal(store: Store, event: Event) -> Withdrawal:
    told: Mapping[str, Json] = event.payload
    done = told.get("done")
    note = store.remarks.get(str(told["remark"])).text if told.get("remark") else ""
    said = tuple(map(str, done)) if isinstance(done, list | tuple) else ()
    return Withdrawal(str(told["item"]), event.at, event.actor_id, said, date.fromisoformat(str(told["until"])), note)
