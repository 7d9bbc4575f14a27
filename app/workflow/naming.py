"""Which field a path leads to, and how a person calls it: «Asistencias, fila 3: Producto»."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.store import Document
from app.workflow import resolving
from forms import FORMS
from forms.kinds.base import Kind
from forms.kinds.nested import nested_fields
from forms.path import AnswerPath
from forms.spec import Form, Part, Section
from forms.values import ID, N_, ORDER, Answers, Json, mapping, rows_of
from forms.view import DossierView, Formatter


@dataclass(frozen=True)
class Place:
    """A path understood: its section, the fields from the outermost in, and the row it stands in."""

    part: Part
    section: Section
    kinds: tuple[Kind, ...]
    row: str = ""
    subject: str = ""
    order: bool = False
    """Whether the path is the place of a row (`_order`), not an answer."""
    copies: bool = False
    """Whether the row is a copy of the part, which is itself the table of its subjects."""

    @property
    def field(self) -> Kind:
        return self.kinds[0]

    @property
    def kind(self) -> Kind:
        return self.kinds[-1]

    @property
    def top(self) -> AnswerPath:
        """The path of the outermost field."""
        return AnswerPath((self.part.key,)) if self.copies else self.part.base(self.subject) / self.field.key


def place_of(form: Form, path: AnswerPath) -> Place | None:
    """What the form asks at `path`; None if it asks nothing there."""
    for part in form.parts:
        subject = path.steps[1] if part.subject and path.steps[:1] == (part.key,) and len(path.steps) > 2 else ""
        steps = path.steps[2:] if subject else path.steps
        for section in part.sections if bool(part.subject) == bool(subject) else ():
            found = _descend(section.fields, steps)
            if found:
                kinds, row, order = found
                return Place(part, section, kinds, row, subject, order)
    return _copy(form, path)


def _copy(form: Form, path: AnswerPath) -> Place | None:
    """The rows of a part that is the table of its own subjects: they come and go like those of any table."""
    for part in form.parts:
        if path.steps[:1] == (part.key,) and part.own_table(form.code) and path.steps[2:] in ((), (ORDER,)):
            row = path.steps[1] if len(path.steps) > 1 else ""
            return Place(part, part.sections[0], part.kinds, row, row, path.steps[2:] == (ORDER,), copies=True)
    return None


def _descend(fields: Iterable[Kind], steps: tuple[str, ...]) -> tuple[tuple[Kind, ...], str, bool] | None:
    """Fields along the steps, the row met on the way, and whether the last step is the row's place."""
    kind = next((each for each in fields if steps and each.key == steps[0]), None)
    if kind is None:
        return None
    rest, inner = steps[1:], nested_fields(kind)
    if not rest:
        return (kind,), "", False
    if not inner:
        return None
    row = "" if any(each.key == rest[0] for each in inner) else rest[0]
    if row and rest[1:] in ((), (ORDER,)):
        return (kind,), row, rest[1:] == (ORDER,)
    below = _descend(inner, rest[1:] if row else rest)
    return ((kind, *below[0]), row or below[1], below[2]) if below else None


def value_at(answers: Answers, path: AnswerPath) -> Json:
    """The answer at a path; rows are found by their id. None where there is none."""
    value: Json = answers
    for step in path.steps:
        rows = {str(row.get(ID)): row for row in rows_of(value)}
        value = rows.get(step) if rows else mapping(value).get(step)
    return value


def label_of(form: Form, path: AnswerPath, answers: Answers, fmt: Formatter) -> str:
    """The labels along a path in the reader's words; rows are counted as they stand in `answers`."""
    place = place_of(form, path)
    if place is None:
        return path.pdf
    names = [fmt.words(kind.label) for kind in place.kinds]
    if not place.row:
        return ": ".join(names)
    ids = [str(row.get(ID)) for row in rows_of(value_at(answers, place.top))]
    row = fmt.words(N_("fila {number}"), number=ids.index(place.row) + 1) if place.row in ids else fmt.words(N_("fila quitada"))
    return ": ".join([f"{names[0]}, {row}", *names[1:]])


def subject_of(document: Document, view: DossierView, fmt: Formatter) -> str:
    """Whom or what a document is for, where its form has one for each: a person's number and name, a day, a milestone. '' elsewhere."""
    form, subject = FORMS[document.form], document.subject
    if form.subjects and subject:
        return fmt.words(N_("mes {number}"), number=subject)
    owner, _, key = form.subject.partition(".")
    if not subject or owner not in FORMS:
        return ""
    answers = view.answers(owner)
    names = FORMS[owner].names(key, answers, resolving.reading(FORMS[owner], answers, view, fmt))
    return names.get(subject) or (fmt.date(f"{subject[:4]}-{subject[4:6]}-{subject[6:]}") if subject.isdecimal() else "")


def title_of(document: Document, view: DossierView, fmt: Formatter) -> str:
    """What a document is called among those of its dossier: its form's title, and whom it is for."""
    return " · ".join(filter(None, (fmt.words(FORMS[document.form].title), subject_of(document, view, fmt))))
