"""What changed between two submissions, or between two versions, answer by answer and word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal, TypeAlias

from app.errors import N_
from app.store import Document, Person, Store
from app.workflow import access, dossiers, saving, seeing, states
from app.workflow.freezing import frozen
from app.workflow.naming import label_of, place_of
from app.workflow.saving import Now
from forms.path import AnswerPath
from forms.values import ORDER, Json
from forms.view import Formatter, Reading

Op: TypeAlias = Literal["equal", "delete", "insert"]
Words: TypeAlias = tuple[tuple[Op, str], ...]
WORD: Final = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
ADDED, REMOVED = N_("Fila nueva"), N_("Fila quitada")


@dataclass(frozen=True)
class Change:
    """One answer that reads otherwise than before; `words` without the inserted ones are `before`, without the deleted ones `after`."""

    path: AnswerPath
    label: str
    before: str
    after: str
    words: Words


def of(store: Store, document: Document) -> tuple[Document, ...]:
    """All versions of the same document, oldest first."""
    return states.versions(store, document)


def changes(store: Store, person: Person, document: Document, fmt: Formatter, before: int | None = None) -> tuple[Change, ...]:
    """What the last submission (or what is written now) changed against the one before, or against the version it was copied from.

    `before` is another revision to compare with. Nothing to compare with is no change. Raises NotFound.
    """
    access.require(store, person, "view", document)
    view = dossiers.view_of(store, document)
    base = before if before is not None else _base(store, document)
    if base is None:
        return ()
    then, now = saving.now(store, document, view, base), saving.now(store, document, view)
    reads = seeing.readable(store, person, document)
    return tuple(each for each in _changes(then, now, then.reading(fmt), now.reading(fmt)) if reads(each.path))


def submissions(store: Store, document: Document) -> tuple[int, ...]:
    """The revision of each submission, oldest first."""
    told = (event.payload for event in store.events.told(document.dossier_id, "submitted"))
    return tuple(int(str(each["revision"])) for each in told if each.get("document") == document.id)


def _base(store: Store, document: Document) -> int | None:
    """The submission before the last; the last one while it is being corrected; for a first one the copy it began as."""
    sent = submissions(store, document)
    earlier = sent[:-1] if frozen(store, document) else sent
    if earlier:
        return earlier[-1]
    return 1 if document.version > 1 and document.revision else None


def _changes(then: Now, now: Now, at_then: Reading, at_now: Reading) -> Iterator[Change]:
    old, new = then.shown, now.shown
    whole = _rows(old) ^ _rows(new)
    for path in [*new, *(path for path in old if path not in new)]:
        above = (AnswerPath(path.steps[:length]) for length in range(1, len(path.steps)))
        row = next((each for each in above if each in whole), None)
        if path.steps[-1] == ORDER and row is not None and row / ORDER == path:
            yield _row(then, now, row, at_then, at_now, gone=path not in new)
        elif path.steps[-1] != ORDER and row is None and old.get(path) != new.get(path):
            before, after = (_words(each, path, at) for each, at in ((then, at_then), (now, at_now)))
            if before != after:
                yield Change(path, label_of(now.form, path, now.answers, at_now.fmt), before, after, compared(before, after))


def _rows(shown: dict[AnswerPath, Json]) -> set[AnswerPath]:
    return {AnswerPath(path.steps[:-1]) for path in shown if path.steps[-1] == ORDER}


def _row(then: Now, now: Now, row: AnswerPath, at_then: Reading, at_now: Reading, gone: bool) -> Change:
    """A row that came or went, with all its words."""
    state, at = (then, at_then) if gone else (now, at_now)
    said = " · ".join(filter(None, (_words(state, path, at) for path in state.shown if path.steps[: len(row.steps)] == row.steps)))
    label = f"{label_of(state.form, row, state.answers, at.fmt)}: {at.fmt.words(REMOVED if gone else ADDED)}"
    return Change(row, label, said if gone else "", "" if gone else said, (("delete" if gone else "insert", said),))


def _words(state: Now, path: AnswerPath, at: Reading) -> str:
    place = place_of(state.form, path)
    return place.kind.line(state.shown.get(path), at) if place and not place.order else ""


def compared(before: str, after: str) -> Words:
    """Two texts as the words that stayed, went and came, in reading order; marks count as words."""
    old, new = WORD.findall(before), WORD.findall(after)
    found: list[tuple[Op, str]] = []
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            found.append(("equal", "".join(old[a:b])))
            continue
        found += [("delete", "".join(old[a:b]))] if b > a else []
        found += [("insert", "".join(new[c:d]))] if d > c else []
    return tuple(found)
