"""Rows grouped by day, the hours in a narrow first column: upright, or landscape, or as cards if no page is wide enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from app.rendering.record.pieces import Gap, Piece
from app.rendering.record.place import Place, stacked
from app.rendering.record.sheet import DAY
from app.rendering.record.views.table import Cards, Inner, Told, after, fits, grid, laid, needed, text
from forms import blocks
from forms.blocks import Cell, Column, Row, Rows, Timetable

HOURS = "_hours"
UPRIGHT = 5
"""Columns an upright page holds beside what a row says in full."""


def draw(rows: Rows, place: Place, inner: Inner, cards: Cards) -> list[Piece]:
    """The rows by day and hour, the hours in a narrow first column; `cards` draws one too wide for that."""
    assert isinstance(rows.view, Timetable)
    view, by_key = rows.view, {column.key: column for column in rows.columns}
    hours = Column(HOURS, f"{by_key[view.start].label}\u00a0–\u00a0{by_key[view.end].label}", 1)
    stops = [_stop(row, view) for row in rows.rows]
    shown = (view.day, view.start, view.end, view.what, *view.under)
    told = Told(view.what, tuple(column for column in rows.columns if column.key not in shown))
    columns = [hours, *(by_key[key] for key in (view.what, *view.under))]
    if len(columns) <= UPRIGHT and needed(columns, stops, place.width) <= place.width:
        return _days(rows, place, columns, stops, told)
    if fits(columns, stops, place.across):
        return [stacked(_days(rows, replace(place, width=place.across), columns, stops, told), wide=True)]
    further = (by_key[view.day], *columns, *told.further)
    return cards(replace(rows, columns=further, rows=tuple(stops), view=blocks.Cards((HOURS, view.what), view.day)), place, inner)


def _days(rows: Rows, place: Place, columns: Sequence[Column], stops: Sequence[Row], told: Told) -> list[Piece]:
    """A heading and a table for each day, with the same columns."""
    assert isinstance(rows.view, Timetable)
    view, heads = rows.view, laid(columns, [_measured(row, told) for row in stops], place.width)
    pieces: list[Piece] = [place.heading(rows.label)]
    for _, day in groupby(stops, key=lambda row: text(row, view.day)):
        held = list(day)
        head = place.below().heading(text(held[0], view.day) or place.empty, DAY)
        pieces += [Gap(7), head, Gap(3), grid(heads, held, place.below(), HOURS, told)]
    return [*pieces, after()]


def _measured(row: Row, told: Told) -> Row:
    """The row as wide as the longest line that stands under its name."""
    longest = max((text(row, key) for key in (told.key, *(column.key for column in told.further))), key=len)
    return replace(row, cells={**row.cells, told.key: Cell(None, longest)})


def _stop(row: Row, view: Timetable) -> Row:
    """The row with start and end as one answer."""
    hours = "\u00a0–\u00a0".join(filter(None, (text(row, view.start), text(row, view.end))))
    return Row(row.id, {**row.cells, HOURS: Cell(None, hours)})
