"""Rows grouped by day, the hours in a narrow first column; landscape, or as cards if no page is wide enough."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from app.rendering.record.pieces import Gap, Piece
from app.rendering.record.place import Place, stacked
from app.rendering.record.sheet import DAY
from app.rendering.record.views.table import Cards, Head, Inner, fits, grid, laid, text
from forms import blocks
from forms.blocks import Cell, Column, Row, Rows, Timetable

HOURS = "_hours"


def draw(rows: Rows, place: Place, inner: Inner, cards: Cards) -> list[Piece]:
    """The rows by day and hour, the hours in a narrow first column, across a landscape page; `cards` draws one too wide for that."""
    assert isinstance(rows.view, Timetable)
    view, wide = rows.view, replace(place, width=place.across)
    by_key = {column.key: column for column in rows.columns}
    hours = Column(HOURS, f"{by_key[view.start].label} – {by_key[view.end].label}", 1)
    columns = [hours, *(by_key[key] for key in (view.what, *view.under))]
    stops = [_stop(row, view) for row in rows.rows]
    if not fits(columns, stops, place.across):
        told = replace(rows, columns=(by_key[view.day], *columns), rows=tuple(stops), view=blocks.Cards((HOURS, view.what), view.day))
        return cards(told, place, inner)
    heads = laid(columns, stops, wide.width)
    pieces: list[Piece] = [wide.heading(rows.label)]
    for _, day in groupby(stops, key=lambda row: text(row, view.day)):
        pieces += _day(list(day), view, heads, wide.below())
    return [stacked(pieces, wide=True)]


def _day(day: list[Row], view: Timetable, heads: list[Head], place: Place) -> list[Piece]:
    return [Gap(7), place.heading(text(day[0], view.day) or place.empty, DAY), Gap(3), grid(heads, day, place, HOURS)]


def _stop(row: Row, view: Timetable) -> Row:
    """The row with start and end as one answer."""
    hours = "–".join(filter(None, (text(row, view.start), text(row, view.end))))
    return Row(row.id, {**row.cells, HOURS: Cell(None, hours)})
