"""What may be written now: all of a draft, the returned answers of an observed document, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from app.errors import Locked
from app.store import Comment, Document, Store
from app.workflow.freezing import FROZEN
from app.workflow.naming import place_of
from forms import FORMS
from forms.path import AnswerPath
from forms.spec import Form

OPEN: Final = frozenset({"draft", "submitted", "observed"})
"""States of a document in which a part of it may still be open."""


@dataclass(frozen=True)
class Opening:
    """`states` are those of the parts that were submitted once; of one that was returned `paths` are open, with all below them."""

    form: Form
    ended: bool
    states: Mapping[str, str]
    paths: frozenset[AnswerPath] = frozenset()

    @property
    def everything(self) -> bool:
        """Whether every answer may be written."""
        return not self.ended and (not set(self.states.values()) - {"draft"} or (self._whole and not FROZEN & set(self.states.values())))

    @property
    def anything(self) -> bool:
        """Whether some answer may be written."""
        return not self.ended and any(part.subject or self.states.get(part.key) not in FROZEN for part in self.form.parts)

    def allows(self, path: AnswerPath) -> bool:
        """Whether the answer at `path` may change: its part is a draft, it was returned, or its condition depends on what was."""
        if self.ended:
            return False
        state = self.states.get(part_of(self.form, path), "draft")
        return state == "draft" or (state == "observed" and (self._whole or self._within(path) or self._depends(path)))

    @property
    def _whole(self) -> bool:
        return AnswerPath() in self.paths

    def _within(self, path: AnswerPath) -> bool:
        return any(AnswerPath(path.steps[:length]) in self.paths for length in range(1, len(path.steps) + 1))

    def _depends(self, path: AnswerPath) -> bool:
        place = place_of(self.form, path)
        key = place.kind.when.key if place and place.kind.when else ""
        return bool(key) and any(self._within(AnswerPath((*path.steps[:length], key))) for length in range(len(path.steps)))


def part_of(form: Form, path: AnswerPath) -> str:
    """The part a path lies in, or the copy of it, as events spell it: 'key' or 'key.subject'; '' where the form asks nothing."""
    for part in form.parts:
        if part.subject and path.steps[:1] == (part.key,):
            return ".".join(path.steps[:2])
    place = place_of(form, path)
    return place.part.key if place else ""


def opening(store: Store, document: Document) -> Opening:
    """What of a document may be written as it stands now."""
    state = store.documents.get(document.id).state
    paths = (AnswerPath.read(each.path) if each.path else AnswerPath() for each in current(store, document)) if state in OPEN else ()
    return Opening(FORMS[document.form], state not in OPEN, store.documents.parts(document.id), frozenset(paths))


def current(store: Store, document: Document) -> tuple[Comment, ...]:
    """The comments about the last submission."""
    known = store.comments.of(document.id)
    last = submission(store, document) if known else 0
    return tuple(comment for comment in known if comment.submission == last)


def submission(store: Store, document: Document) -> int:
    """The number of the event of the last submission; 0 before the first."""
    told = store.events.told(document.dossier_id, "submitted")
    return next((event.number for event in reversed(told) if event.payload.get("document") == document.id), 0)


def check(store: Store, document: Document, paths: Iterable[AnswerPath]) -> None:
    """Raises Locked if one of these answers may not be written now."""
    now = opening(store, document)
    if not all(now.allows(path) for path in paths):
        raise Locked
