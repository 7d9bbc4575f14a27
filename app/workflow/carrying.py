"""Signatures that stay when a document gets a new version: those about what did not change are carried, with their date."""

from __future__ import annotations

from app.store import Document, Store
from app.workflow import slots, states
from app.workflow.naming import place_of
from app.workflow.slots import Slot
from forms import FORMS
from forms.kinds.files import signatures
from forms.path import AnswerPath
from forms.values import EMPTY, ORDER, READ


def part_hash(store: Store, document: Document, slot: Slot) -> str:
    """The keyed hash of what a signature is about, as it was frozen: the copy of a part it stands in, or the sections its place names.

    '' for one about the whole document: every version of that is signed anew.
    """
    covers = _covers(document, slot)
    if not covers and "." not in slot.part:
        return ""
    leaves = store.revisions.leaves(document.id, document.revision)
    paths = {path: AnswerPath.read(path) for path, value in leaves.items() if value not in EMPTY}
    return store.signatures.digest({path: leaves[path] for path, read in paths.items() if _about(document, slot, covers, read)})


def _covers(document: Document, slot: Slot) -> tuple[str, ...]:
    """The sections a place to sign names."""
    every = (place for part in FORMS[document.form].parts for place in signatures(part.fields))
    return next((place.covers for place in every if place.key == slot.key), ())


def _about(document: Document, slot: Slot, covers: tuple[str, ...], path: AnswerPath) -> bool:
    if path.steps[-1] == ORDER or path.steps[0] == READ:
        return False
    place = place_of(FORMS[document.form], path) if covers else None
    return place.section.key in covers if place else not covers and ".".join(path.steps[:2]) == slot.part


def carry(store: Store, actor_id: str, document: Document) -> int:
    """Put the signatures of the version before in their places where what they are about is the same; returns how many."""
    earlier = [each for each in states.versions(store, document) if each.version < document.version and each.state == "signed"]
    made = {signature.path: signature for each in earlier[-1:] for signature in store.signatures.of(each.id)}
    carried = 0
    for slot in slots.of(store, document) if made else ():
        before = made.get(slot.path.pdf)
        same = before and before.part_hash and (before.role, before.part_hash) == (slot.role, part_hash(store, document, slot))
        if before and same and slot.signature is None:
            store.signatures.carry(before, document.id, actor_id)
            carried += 1
    return carried
