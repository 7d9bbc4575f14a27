"""Filling: what a page asks, and saving what it sent. Disjoint changes merge; one answer changed twice is a conflict with both values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from app import i18n
from app.errors import N_, Invalid, NotFound
from app.store import Document, Person, Revision, Store
from app.workflow import access, dossiers, editing, merging, saving, seeing
from app.workflow.attaching import Attachment, attach, attachment
from app.workflow.editing import Opening
from app.workflow.naming import label_of, place_of, value_at
from app.workflow.resolving import titled
from app.workflow.rows import Added, add_row, duplicate_row, move_row, remove_row, restore_row
from app.workflow.saving import Changes, Now, Saved
from app.workflow.undoing import redo, restore_source, strokes, undo
from forms import FORMS
from forms.kinds.base import Kind, Problem
from forms.path import AnswerPath
from forms.spec import Form, Part, Section
from forms.values import ORDER, Answers, Json
from forms.view import Formatter, Reading

__all__ = [
    "Added",
    "Attachment",
    "Clash",
    "Conflict",
    "Saved",
    "SectionPage",
    "add_row",
    "attach",
    "attachment",
    "duplicate_row",
    "move_row",
    "page",
    "redo",
    "remove_row",
    "restore_row",
    "restore_source",
    "save",
    "section_of",
    "undo",
]

REMOVED, NOTHING = N_("Fila quitada"), N_("Sin respuesta")


@dataclass(frozen=True)
class SectionPage:
    """What a page shows. `answers` are filled, `at.stored` says which were typed here; `problems` are by path.pdf."""

    document: Document
    form: Form
    part: Part
    section: Section
    subject: str
    answers: Answers
    at: Reading
    revision: int
    problems: Mapping[str, Problem]
    can_undo: bool
    can_redo: bool
    fillable: bool
    """Whether this person may write something in it now."""
    opening: Opening
    """Which answers are open: of a returned document only those that were."""

    @property
    def title(self) -> str:
        return titled(self.part, self.section, self.subject, self.at)


@dataclass(frozen=True)
class Clash:
    """One answer two people changed: both in words, and mine as a value to save again. `who` and `at` are of the other change."""

    path: AnswerPath
    label: str
    mine: str
    theirs: str
    who: str
    at: datetime | None
    value: Json


@dataclass(frozen=True)
class Conflict:
    """What clashed was not saved; everything else of the page was, and is in `revision`."""

    revision: int
    clashes: tuple[Clash, ...]
    refused: tuple[Problem, ...] = ()


def page(store: Store, person: Person, document: Document, section_key: str, fmt: Formatter, subject: str = "") -> SectionPage:
    """One section as it stands, with what the person is shown of it.

    Raises NotFound for a section the form does not have, for a subject where its part has none or none where it has, and for what is
    not theirs to see.
    """
    access.require(store, person, "view", document)
    form = FORMS[document.form]
    part, section = section_of(form, section_key)
    shown = seeing.section_for(store, person, document, part, section, subject)
    if shown is None or bool(subject) != bool(part.subject):
        raise NotFound
    section = shown
    current = saving.now(store, document, dossiers.view_of(store, document))
    at, base = current.reading(fmt), part.base(subject)
    wrong = (
        problem for each in section.fields for problem in each.problems(value_at(current.answers, base / each.key), base / each.key, at)
    )
    mine, open_now = strokes(store, document, person, section_key), editing.opening(store, person, document)
    return SectionPage(
        document,
        form,
        part,
        section,
        subject,
        current.answers,
        at,
        current.revision,
        {problem.path.pdf: problem for problem in wrong},
        can_undo=bool(mine.last) and open_now.anything,
        can_redo=bool(mine.next) and open_now.anything,
        fillable=open_now.within(base, section) and access.can(store, person, "fill", document),
        opening=open_now,
    )


def save(
    store: Store,
    person: Person,
    document: Document,
    section_key: str,
    base_revision: int,
    leaves: Changes,
    key: str = "",
    fmt: Formatter | None = None,
    subject: str = "",
) -> Saved | Conflict:
    """Save what a page sent, seen against the revision it was opened from; section '' is the whole form.

    Answers of a wrong type or too long are refused by name and the rest is saved; so are rows beyond the table's limit.
    Raises Invalid for a revision the document never had or an answer the section does not ask.
    """
    form = FORMS[document.form]
    merging.belongs(form, section_of(form, section_key)[1] if section_key else None, subject, leaves)
    saved = saving.once(
        store,
        person,
        document,
        f"save:{section_key}",
        key,
        lambda current: _write(store, person, document, section_key, base_revision, leaves, current),
    )
    return _conflict(store, document, base_revision, leaves, saved, fmt or i18n.formatter("es")) if saved.clashed else saved


def _write(store: Store, person: Person, document: Document, section_key: str, base_revision: int, posted: Changes, current: Now) -> Saved:
    if not 0 <= base_revision <= current.revision:
        raise Invalid
    base = current if base_revision == current.revision else saving.now(store, document, current.view, base_revision)
    outcome = merging.merged(posted, base, current)
    written = saving.write(store, person, document, section_key, outcome.changes, current, base=base_revision)
    return replace(written, merged=base_revision < current.revision, refused=(*outcome.refused, *written.refused), clashed=outcome.clashed)


def _conflict(store: Store, document: Document, base_revision: int, posted: Changes, saved: Saved, fmt: Formatter) -> Conflict:
    current = saving.now(store, document, dossiers.view_of(store, document))
    at, since = current.reading(fmt), store.revisions.since(document.id, base_revision)
    mine = [
        path for clashed in saved.clashed for path in posted if path.steps[-1] != ORDER and merging.within(path, merging.owner(clashed))
    ]
    clashes = (_clash(store, current, path, posted[path], since, at) for path in mine)
    return Conflict(current.revision, tuple(clashes), saved.refused)


def _clash(store: Store, current: Now, path: AnswerPath, value: Json, since: tuple[Revision, ...], at: Reading) -> Clash:
    place = place_of(current.form, path)
    if place is None:
        raise Invalid
    order = (place.top / place.row / ORDER) if place.row else path
    theirs = current.shown.get(path)
    gone = order != path and order not in current.shown
    other = next((each for each in reversed(since) if {path.pdf, order.pdf} & each.changes.keys()), None)
    return Clash(
        path,
        label_of(current.form, path, current.answers, at.fmt),
        _words(place.kind, value, at),
        at.fmt.words(REMOVED) if gone else _words(place.kind, theirs, at),
        store.people.get(other.person_id).name if other else "",
        other.at if other else None,
        value,
    )


def _words(kind: Kind, value: Json, at: Reading) -> str:
    return kind.line(value, at) or at.fmt.words(NOTHING)


def section_of(form: Form, section_key: str) -> tuple[Part, Section]:
    """Raises NotFound for a section the form does not have."""
    try:
        return form.part_of(section_key)
    except KeyError:
        raise NotFound from None
