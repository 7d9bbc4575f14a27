"""«Deshacer», «Rehacer» and «volver al dato de origen». What others changed since is left alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app import clock
from app.errors import NotFound
from app.store import Document, Person, Store
from app.workflow import merging, saving
from app.workflow.grouping import Strokes
from app.workflow.naming import place_of
from app.workflow.saving import REDONE, UNDONE, Now, Saved
from forms.path import AnswerPath
from forms.values import Json

HORIZON: Final = 500
"""How many of the dossier's events undo looks back over."""


def strokes(store: Store, document: Document, person: Person, section_key: str) -> Strokes:
    """The person's saves of a section as undo sees them; the `base` of an undo says what it went back to. What was submitted stays."""
    found = Strokes()
    events = store.dossiers.get(document.dossier_id).events
    for event in store.events.of(document.dossier_id, after=max(events - HORIZON, 0)):
        told = event.payload
        if event.kind == "submitted" and told.get("document") == document.id:
            found = Strokes()
        if event.actor_id != person.id or told.get("document") != document.id or told.get("section") != section_key or "base" not in told:
            continue
        if event.kind == UNDONE:
            found.undo(revision for revision, _ in tuple(found.done) if revision > int(str(told["base"])))
        elif event.kind == REDONE:
            found.redo()
        else:
            found.save(int(str(told["revision"])), clock.written(event.at))
    return found


def undo(store: Store, person: Person, document: Document, section_key: str, key: str = "") -> Saved | None:
    """Back to before the person's last saves of the section (those within fifteen minutes); None if there are none."""

    def act(current: Now) -> Saved:
        mine = strokes(store, document, person, section_key)
        while mine.last:
            revisions = mine.last
            changes = as_before(store, document, current, revisions)
            if changes:
                return saving.write(store, person, document, section_key, changes, current, UNDONE, base=revisions[0] - 1)
            mine.undo(revisions)
        return Saved(current.revision)

    saved = saving.once(store, person, document, f"undo:{section_key}", key, act)
    return saved if saved.changed else None


def as_before(store: Store, document: Document, current: Now, revisions: list[int]) -> dict[AnswerPath, Json]:
    """What the revisions wrote and still stands, as it was before them."""
    before = store.revisions.leaves(document.id, revisions[0] - 1)
    return {
        path: before.get(path.pdf)
        for path, value in _written(store, document, revisions).items()
        if current.leaves.get(path) == value != before.get(path.pdf)
    }


def _written(store: Store, document: Document, revisions: list[int]) -> dict[AnswerPath, Json]:
    found: dict[str, Json] = {}
    for number in revisions:
        found |= store.revisions.get(document.id, number).changes
    return {AnswerPath.read(path): value for path, value in found.items()}


def redo(store: Store, person: Person, document: Document, section_key: str, key: str = "") -> Saved | None:
    """Bring back what the last undo took away, where nobody wrote since; None if there is nothing."""

    def act(current: Now) -> Saved:
        revisions = strokes(store, document, person, section_key).next
        if not revisions:
            return Saved(current.revision)
        before = store.revisions.leaves(document.id, revisions[0] - 1)
        changes = {
            path: value
            for path, value in _written(store, document, revisions).items()
            if current.leaves.get(path) == before.get(path.pdf) != value
        }
        return saving.write(store, person, document, section_key, changes, current, REDONE)

    saved = saving.once(store, person, document, f"redo:{section_key}", key, act)
    return saved if saved.changed else None


def restore_source(store: Store, person: Person, document: Document, path: AnswerPath, key: str = "") -> Saved:
    """Forget what was typed over an answer that is read through from elsewhere. Raises NotFound for an answer that has no source."""

    def act(current: Now) -> Saved:
        place = place_of(current.form, path)
        if place is None or not any(kind.prefill for kind in place.kinds):
            raise NotFound
        changes: Mapping[AnswerPath, Json] = {
            each: None for each, value in current.leaves.items() if merging.within(each, path) and value is not None
        }
        return saving.write(store, person, document, place.section.key, changes, current)

    return saving.once(store, person, document, f"source:{path.pdf}", key, act)
