"""A unit's report beside the one before it: what was counted then, what is counted now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.store import Document, Person, Store
from app.workflow import access, dossiers, reports, resolving
from forms import FORMS
from forms.blocks import Bars
from forms.kinds.base import Kind
from forms.path import AnswerPath
from forms.values import Answers, Json
from forms.view import DossierView, Formatter, Reading


@dataclass(frozen=True)
class Figure:
    """One thing that is counted; None where one of the reports has nothing to say of it."""

    group: str
    label: str
    before: int | None
    now: int | None

    @property
    def change(self) -> int:
        """By how much it grew."""
        return (self.now or 0) - (self.before or 0)


@dataclass(frozen=True)
class Comparison:
    """`before` is the code of the earlier report."""

    before: str
    figures: tuple[Figure, ...]


def compared(store: Store, person: Person, document: Document, fmt: Formatter) -> Comparison | None:
    """The report beside the one before it, in the reader's words; None for a unit's first report. Raises NotFound."""
    access.require(store, person, "view", document)
    earlier = reports.report_before(store, document)
    if earlier is None:
        return None
    view = dossiers.view_of(store, document)
    before = _figures(document, earlier.answers, view, fmt)
    now = _figures(document, dossiers.filled(store, document), view, fmt)
    figures = tuple(Figure(*name, before.get(name), now.get(name)) for name in dict.fromkeys((*now, *before)))
    return Comparison(dossiers.code_of(store, earlier.document), figures)


def _figures(document: Document, known: Answers, view: DossierView, fmt: Formatter) -> Mapping[tuple[str, str], int]:
    """What the form counts, by group and label, in the order it is read."""
    form = FORMS[document.form]
    at = resolving.reading(form, known, view, fmt)
    return {name: number for kind in form.kinds if not kind.stored for name, number in _counted(kind, known.get(kind.key), at)}


def _counted(kind: Kind, value: Json, at: Reading) -> Iterator[tuple[tuple[str, str], int]]:
    columns, title = {column.key: column.label for column in kind.columns(at)}, at.fmt.words(kind.label)
    for key, cell in kind.cells(AnswerPath((kind.key,)), value, at).items():
        bars = [bar for block in cell.blocks if isinstance(block, Bars) for bar in block.bars]
        yield from (((columns[key], bar.label), bar.value) for bar in bars)
        if isinstance(cell.value, int):
            yield (title, columns[key]), cell.value
