"""What a person may write now: their parts of a draft, the returned answers of an observed document, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from app.errors import Locked
from app.store import Comment, Document, Person, Store
from app.workflow import access, permissions
from app.workflow.freezing import FROZEN
from app.workflow.naming import place_of
from app.workflow.opening import far_enough
from app.workflow.permissions import PARTICIPANT
from forms import FORMS
from forms.kinds.base import Kind
from forms.kinds.nested import nested_fields
from forms.path import AnswerPath
from forms.spec import Form, Part, Section

OPEN: Final = frozenset({"draft", "submitted", "observed"})
"""States of a document in which a part of it may still be open."""


@dataclass(frozen=True)
class Hand:
    """What one person fills: `parts` ('key' or 'key.subject'), what names one of their `roles`, and their own `rows`."""

    parts: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    rows: frozenset[AnswerPath] = frozenset()

    def holds(self, form: Form, path: AnswerPath) -> bool:
        """Whether this person is who fills the answer at `path`."""
        part = part_of(form, path)
        key, _, subject = part.partition(".")
        if other := filler_of(form, path):
            return other in self.roles and (other != PARTICIPANT or subject in self.subjects)
        return not {key, part}.isdisjoint(self.parts) or any(path.steps[: len(row.steps)] == row.steps for row in self.rows)


@dataclass(frozen=True)
class Opening:
    """`states` are those of the parts that were submitted once; of one that was returned `paths` are open, with all below them."""

    form: Form
    ended: bool
    states: Mapping[str, str]
    hand: Hand
    paths: frozenset[AnswerPath] = frozenset()
    closed: frozenset[str] = frozenset()
    """Copies that may not be filled yet: something of their subject's comes first."""

    @property
    def everything(self) -> bool:
        """Whether every answer may be written."""
        open_now = not self.ended and not self.closed
        return self._all_theirs and open_now and (self._fresh or (self._whole and not FROZEN & set(self.states.values())))

    @property
    def anything(self) -> bool:
        """Whether some answer may be written."""
        return not self.ended and any(self._some(part) for part in self.form.parts)

    def within(self, base: AnswerPath, section: Section) -> bool:
        """Whether some answer of a section, of the copy that starts at `base`, may be written."""
        return any(self.allows(path) or self._inner(path, field) for field in section.fields for path in [base / field.key])

    def allows(self, path: AnswerPath) -> bool:
        """Whether this person may change the answer at `path` now.

        Its part is a draft, it was returned, or its condition depends on what was; what another role than the part's fills stays open
        until the part is approved.
        """
        if self.ended or not self.hand.holds(self.form, path) or part_of(self.form, path) in self.closed:
            return False
        state = self.states.get(part_of(self.form, path), "draft")
        if filler_of(self.form, path):
            return state != "approved"
        return state == "draft" or (state == "observed" and (self._whole or self._within(path) or self._depends(path)))

    @property
    def _fresh(self) -> bool:
        return not set(self.states.values()) - {"draft"}

    @property
    def _whole(self) -> bool:
        return AnswerPath() in self.paths

    @property
    def _all_theirs(self) -> bool:
        """Whether nobody else fills anything in it."""
        return {part.key for part in self.form.parts} <= self.hand.parts and not any(
            kind.filler for kind in self.form.every
        ) and not any(section.filler for section in self.form.sections)

    def _some(self, part: Part) -> bool:
        """Whether some answer of a part, or of a copy of it, may be open."""
        subjects = {name.partition(".")[2] for name in self.hand.parts if name.startswith(f"{part.key}.")}
        bases = [part.base(subject) for subject in sorted(subjects)] if part.subject else [part.base()]
        if part.subject and part.key in self.hand.parts:
            return True
        return any(self.within(base, section) for base in bases for section in part.sections)

    def _inner(self, path: AnswerPath, field: Kind) -> bool:
        """Whether a column of the table at `path` is open although the table is not."""
        state = self.states.get(part_of(self.form, path), "draft")
        named = any(kind.filler in self.hand.roles for kind in nested_fields(field) if kind.filler) and state != "approved"
        return not self.ended and (named or self._returned_below(path) or any(row.steps[:-1] == path.steps for row in self.hand.rows))

    def _returned_below(self, path: AnswerPath) -> bool:
        """Whether something inside was returned to this person."""
        below = (each for each in self.paths if each.steps[: len(path.steps)] == path.steps and each != path)
        return any(self.allows(each) for each in below)

    def _within(self, path: AnswerPath) -> bool:
        return any(AnswerPath(path.steps[:length]) in self.paths for length in range(1, len(path.steps) + 1))

    def _depends(self, path: AnswerPath) -> bool:
        place = place_of(self.form, path)
        key = place.kind.when.key if place and place.kind.when else ""
        return bool(key) and any(self._within(AnswerPath((*path.steps[:length], key))) for length in range(len(path.steps)))


def filler_of(form: Form, path: AnswerPath) -> str:
    """The role that fills the answer at a path, where it is another than its part's; else ''."""
    place = place_of(form, path)
    if place is None:
        return ""
    named = next((kind.filler for kind in reversed(place.kinds) if kind.filler), place.section.filler)
    return named if named != place.part.filler else ""


def part_of(form: Form, path: AnswerPath) -> str:
    """The part a path lies in, or the copy of it, as events spell it: 'key' or 'key.subject'; '' where the form asks nothing."""
    for part in form.parts:
        if part.subject and path.steps[:1] == (part.key,):
            return ".".join(path.steps[:2])
    place = place_of(form, path)
    return place.part.key if place else ""


def opening(store: Store, person: Person, document: Document) -> Opening:
    """What of a document this person may write as it stands now."""
    state = store.documents.get(document.id).state
    paths = (AnswerPath.read(each.path) if each.path else AnswerPath() for each in current(store, document)) if state in OPEN else ()
    form, hand = FORMS[document.form], hand_of(store, person, document)
    return Opening(form, state not in OPEN, store.documents.parts(document.id), hand, frozenset(paths), closed(store, document))


def closed(store: Store, document: Document) -> frozenset[str]:
    """The copies that may not be filled yet, 'key.subject': another document of their subject comes first."""
    return frozenset(_closed(store, document))


def _closed(store: Store, document: Document) -> Iterator[str]:
    for part in FORMS[document.form].parts:
        form, _, wanted = part.opens.partition(".")
        if form in FORMS:
            every = [each for each in store.documents.of(document.dossier_id) if each.form == form]
            far = {each.subject for each in every if far_enough(each.state, wanted)}
            yield from (f"{part.key}.{each.subject}" for each in every if each.subject not in far)


def hand_of(store: Store, person: Person, document: Document) -> Hand:
    """What a person fills in a document, whatever its state."""
    form, reach = FORMS[document.form], access.reach_of(store, person, document)
    copies = [f"{part.key}.{subject}" for part in form.parts if part.subject for subject in sorted(reach.subjects)]
    names = [*(part.key for part in form.parts), *copies]
    parts = frozenset(name for name in names if access.can(store, person, "submit", document, name))
    table = permissions.OWN_ROWS[document.form][0] if document.form in permissions.OWN_ROWS else ""
    rows = frozenset(AnswerPath((table, row)) for row in access.own_rows(store, person, document)) if reach.subjects else frozenset()
    subjects = reach.subjects | ({""} if document.subject in reach.subjects else frozenset())
    return Hand(parts, reach.roles, subjects, rows)


def current(store: Store, document: Document) -> tuple[Comment, ...]:
    """The comments about the last submission of their part; those about the whole document stay until all of it was sent again."""
    known, form = store.comments.of(document.id), FORMS[document.form]
    last = submissions(store, document) if known else {}
    since = {"": min(last.values(), default=0)}
    for comment in known:
        if comment.path and comment.path not in since:
            since[comment.path] = last.get(part_of(form, AnswerPath.read(comment.path)), 0)
    return tuple(comment for comment in known if comment.submission >= since[comment.path])


def submissions(store: Store, document: Document) -> dict[str, int]:
    """Part → the number of the event of its last submission."""
    told = (event for event in store.events.told(document.dossier_id, "submitted") if event.payload.get("document") == document.id)
    return {str(event.payload.get("part", "")): event.number for event in told}


def submission(store: Store, document: Document, part: str = "") -> int:
    """The number of the event of a part's last submission, of the document's for ''; 0 before the first."""
    last = submissions(store, document)
    return last.get(part, 0) if part else max(last.values(), default=0)


def check(store: Store, person: Person, document: Document, paths: Iterable[AnswerPath]) -> None:
    """Raises Locked if one of these answers is not this person's to write now."""
    now = opening(store, person, document)
    if not all(now.allows(path) for path in paths):
        raise Locked
