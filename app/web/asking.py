"""WTForms' only adapter: a section's fields bound to a post. `BaseForm` takes fields as a mapping, so a key may be called `data`."""
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any, TypeAlias

from wtforms.fields import Field
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm
from wtforms.meta import DefaultMeta

from forms.blocks import Asked, Box, BoxRow, BoxRows
from forms.kinds import Group, Kind, Table
from forms.path import AnswerPath
from forms.values import EMPTY, ID, N_, Answers, Json, Refused, mapping, rows_of
from forms.view import Reading

ROWS = "_rows"
"""Last step of the inputs that name the rows a page shows."""
TOP = AnswerPath()
ROW_ID = re.compile(r"[0-9A-HJKMNP-TV-Z]{8}\Z")


@dataclass(frozen=True)
class Refusal:
    """The sentence that says what to do, and what the person wrote; None if that is what stands in the box anyway."""

    sentence: str
    said: tuple[str, ...] | None = None


Refusals: TypeAlias = Mapping[str, Refusal]
"""By HTML name."""


class Asking(BaseForm):  # type: ignore[misc]
    """The fields of one section, group or row, bound to a path and a Reading."""

    def __init__(self, fields: tuple[Kind, ...], at: Reading, base: AnswerPath) -> None:
        super().__init__(_unbound(fields), prefix=f"{base.html}-" if base.steps else "", meta=_Meta(at))

    @property
    def answers(self) -> dict[str, Json]:
        """The values by key, also of what was not asked."""
        return {key: field.data for key, field in self._fields.items()}

    def leaves(self) -> Iterator[tuple[AnswerPath, Json]]:
        """Only what this page asked and the kinds accepted: rows of other pages, files and refused texts are not in it."""
        for field in self:
            yield from field.leaves()

    def refusals(self) -> Iterator[tuple[str, Refusal]]:
        for field in self:
            yield from field.refusals()


def posted(fields: tuple[Kind, ...], answers: Answers, sent: Any, at: Reading, base: AnswerPath = TOP) -> Asking:
    """What came back from a page that asked `fields`, parsed and, once all of it is in, settled."""
    form = Asking(fields, at, base)
    form.process(sent, data=dict(answers))
    form.validate()
    return form


def boxes(fields: Iterable[Kind], answers: Answers, at: Reading, base: AnswerPath = TOP) -> tuple[tuple[Kind, tuple[Asked, ...]], ...]:
    """How each field is asked, with what stands in it now."""
    return tuple((kind, kind.boxes(AnswerPath((*base.steps, kind.key)), answers.get(kind.key), at)) for kind in fields)


def retyped(asked: Asked, refused: Refusals) -> Asked:
    """The same with the person's own text where it was refused."""
    if isinstance(asked, Box):
        said = refused[asked.path.html].said if asked.path.html in refused else None
        return asked if said is None else replace(asked, raw=said)
    if isinstance(asked, BoxRows):
        return replace(asked, rows=tuple(_row_retyped(row, refused) for row in asked.rows))
    return asked


def _row_retyped(row: BoxRow, refused: Refusals) -> BoxRow:
    return replace(row, boxes=tuple(retyped(each, refused) for each in row.boxes))


def sentences(refused: Refusals) -> dict[str, str]:
    """What to say at each field."""
    return {name: refusal.sentence for name, refusal in refused.items()}


class _Bound(Field):  # type: ignore[misc]
    """Hands the Reading to every field, the one thing WTForms does not carry down."""

    def __init__(self, kind: Kind, at: Reading, **options: Any) -> None:
        super().__init__(label=kind.label, **options)
        self.kind, self.at = kind, at

    @property
    def path(self) -> AnswerPath:
        return AnswerPath(tuple(self.name.split("-")))


class AnswerField(_Bound):
    """Any kind of one answer: it asks the kind to parse, and keeps the person's text when refused."""

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.data, self.wrong, self.sent = _known(data), "", self._sent(formdata)
        if self.sent is not None:
            self._try(lambda: self.kind.parse(self.sent or (), self.at))

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        if self.sent is not None and not self.wrong:
            self._try(lambda: self.kind.settled(self.data, self.at))
        return not self.wrong

    def _sent(self, formdata: Any) -> tuple[str, ...] | None:
        """What stood in the box's inputs; None if the page did not ask it, or it is a file, which is put there by its upload."""
        box = _box(self.kind, self.path, self.at)
        if box is None or formdata is None or box.type == "file":
            return None
        if box.steps:
            names = [f"{self.name}-{step}" for step, _ in box.steps]
            return tuple(formdata.get(name, "") for name in names) if any(name in formdata for name in names) else None
        raw = formdata.getlist(self.name)
        return (tuple(each for each in raw if each) if len(raw) > 1 else tuple(raw)) if raw else None

    def _try(self, made: Any) -> None:
        try:
            self.data = made()
        except Refused as refused:
            self.wrong = self.at.fmt.words(refused.message, **refused.places)

    def leaves(self) -> Iterator[tuple[AnswerPath, Json]]:
        if self.sent is not None and not self.wrong:
            yield from self.kind.leaves(self.data, self.path)

    def refusals(self) -> Iterator[tuple[str, Refusal]]:
        if self.wrong:
            yield self.name, Refusal(self.wrong, self.sent or ())


class GroupField(_Bound):
    kind: Group

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.inner = Asking(self.kind.fields, self.at, self.path)
        self.inner.process(formdata, data=dict(mapping(_known(data))))

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        return bool(self.inner.validate())

    @property
    def data(self) -> dict[str, Json]:
        return self.inner.answers

    def leaves(self) -> Iterator[tuple[AnswerPath, Json]]:
        return self.inner.leaves()

    def refusals(self) -> Iterator[tuple[str, Refusal]]:
        return self.inner.refusals()


class RowsField(_Bound):
    """Rows addressed by their id (WTForms' FieldList knows only numbers and drops what exceeds max_entries)."""

    kind: Table

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        stored = {str(row[ID]): row for row in rows_of(_known(data))}
        named = formdata.getlist(f"{self.name}-{ROWS}") if formdata is not None else ()
        shown = [row for row in dict.fromkeys(named) if ROW_ID.match(row)][: self.kind.high + 1]
        rows = {row: self._row(row, formdata, stored.get(row, {})) for row in shown}
        self.rows = {row: form for row, form in rows.items() if row in stored or _typed(form)}
        self.stored = stored

    def _row(self, row: str, formdata: Any, stored: Answers) -> Asking:
        form = Asking(self.kind.fields, self.at, self.path / row)
        form.process(formdata, data=dict(stored))
        return form

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        right = [row.validate() for row in self.rows.values()]
        return all(right) and not self._excess

    @property
    def data(self) -> list[Mapping[str, Json]]:
        posted = {row: {ID: row, **form.answers} for row, form in self.rows.items()}
        known = [posted.get(row, answers) for row, answers in self.stored.items()]
        return known + [answers for row, answers in posted.items() if row not in self.stored]

    @property
    def _excess(self) -> list[str]:
        """Rows beyond the last one the table takes, which are named and not saved."""
        return [str(row[ID]) for row in self.data][self.kind.high :]

    def leaves(self) -> Iterator[tuple[AnswerPath, Json]]:
        excess = set(self._excess)
        for row, form in self.rows.items():
            if row not in excess:
                yield from form.leaves()

    def refusals(self) -> Iterator[tuple[str, Refusal]]:
        for number, row in enumerate(self._excess, self.kind.high + 1):
            places = self.kind.places | {"high": self.kind.high, "count": number}
            yield f"{self.name}-{row}", Refusal(self.at.fmt.words(N_("«{label}» admite {high} filas; esta es la {count}."), **places))
        for form in self.rows.values():
            yield from form.refusals()


def _known(data: Any) -> Any:
    """WTForms hands over a marker where nothing is stored."""
    return data if data is None or isinstance(data, (str, int, bool, Sequence, Mapping)) else None


def _typed(form: Asking) -> bool:
    """Whether anything stands in an added row; untouched ones are not rows yet."""
    return any(value not in EMPTY for _, value in form.leaves()) or any(True for _ in form.refusals())


def _box(kind: Kind, path: AnswerPath, at: Reading) -> Box | None:
    return next((box for box in kind.boxes(path, None, at) if isinstance(box, Box)), None)


@cache
def _unbound(fields: tuple[Kind, ...]) -> Mapping[str, UnboundField[Any]]:
    asked = {kind.key: UnboundField(_field(kind), kind) for kind in fields if kind.stored}
    return MappingProxyType(asked)


def _field(kind: Kind) -> type[Field]:
    """The binding of a kind: rows for a table, inner fields for a group, else one answer."""
    return next((field for nest, field in NESTS if isinstance(kind, nest)), AnswerField)


NESTS: tuple[tuple[type[Kind], type[Field]], ...] = ((Group, GroupField), (Table, RowsField))


class _Meta(DefaultMeta):  # type: ignore[misc]
    def __init__(self, at: Reading) -> None:
        self.at = at

    def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
        return unbound_field.bind(form=form, at=self.at, **options)
