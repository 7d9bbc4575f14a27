"""What a change in an exchange does to documents that were sent or signed before it: they open again, or get their next version."""

from __future__ import annotations

from typing import Final

from app.store import Document, Dossier, Person, Store
from app.workflow import life, surroundings
from forms import FORMS

DATED: Final = ("A1", "A4")
"""The forms that say the dates of the visit (R-29); days of logbooks follow the agenda by themselves."""
OVER: Final = frozenset({"superseded", "void"})


def dates_changed(store: Store, person: Person, dossier: Dossier) -> tuple[Document, ...]:
    """The next version of what was signed with the old dates (R-29); inside the write that changes them."""
    documents = surroundings.current(store, dossier)
    return tuple(life.next_version(store, person, each) for each in documents if each.form in DATED and each.state == "signed")


def opened(store: Store, person: Person, document: Document, subject: str = "") -> Document:
    """A document in which something is to be written again: the next version of a signed one, else itself with the parts that are of
    everybody open, and the copy of `subject`; inside the write that asks for it."""
    if document.state == "signed":
        return life.next_version(store, person, document, subject)
    parts = FORMS[document.form].parts
    copies = [f"{part.key}.{subject}" for part in parts if part.subject and subject]
    return life.reopen(store, person, document, [*(part.key for part in parts if not part.subject), *copies])


def someone_left(store: Store, person: Person, dossier: Dossier, subject: str, table: str, reason: str) -> None:
    """Void the documents of somebody who does not go any more; open again those that have a copy of a part for them."""
    for document in surroundings.current(store, dossier):
        if document.subject == subject and document.state not in OVER:
            life.annul(store, person, document, reason)
        elif any(part.subject == table and not part.own_table(document.form) for part in FORMS[document.form].parts):
            opened(store, person, document, subject)
