"""Rows down and the months along, each row's months as bars; landscape."""

from __future__ import annotations

from app.rendering.record.ink import Page
from app.rendering.record.pieces import Piece
from app.rendering.record.place import Place
from app.rendering.record.sheet import CELL, MM, TANGERINE
from app.rendering.record.views.matrix import Crossing, Meeting, crossed, options
from app.rendering.record.views.table import Inner
from forms.blocks import Gantt, Rows

BAR, INSET, YEAR = 3.2 * MM, 0.6 * MM, 12
SHORT = 3
"""Letters of a month's name in the head."""


def draw(rows: Rows, place: Place, inner: Inner) -> list[Piece]:
    """A line for each row over columns of months, its months filled."""
    assert isinstance(rows.view, Gantt)
    view, months = rows.view, options(rows, rows.view.months)
    months = months if len(months) == YEAR else tuple((str(number), str(number)) for number in range(1, YEAR + 1))
    short = tuple(words[:SHORT] for _, words in months)
    called = short if len(set(short)) == YEAR else tuple(words for _, words in months)
    return crossed(rows, Crossing(view.title, view.months, view.under, tuple(code for code, _ in months), called, _bar), place, inner)


def _bar(page: Page, x: float, top: float, month: Meeting) -> None:
    """A piece of bar that joins its neighbours'."""
    before, after = month.marks[: month.number], month.marks[month.number + 1 :]
    start = 0 if before and before[-1] else INSET
    end = month.width if after and after[0] else month.width - INSET
    page.box(x + start, top - CELL.leading / 2 - BAR / 2, end - start, BAR, TANGERINE)
