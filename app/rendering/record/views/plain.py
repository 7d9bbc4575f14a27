"""Rows as a table with repeated head: upright, or landscape if its words ask for it, or as cards if that is too narrow as well."""

from __future__ import annotations

from dataclasses import replace

from app.rendering.record.pieces import Gap, Piece
from app.rendering.record.place import Place, stacked
from app.rendering.record.views.table import Cards, Inner, after, fits, grid, laid, needed
from forms import blocks
from forms.blocks import Rows

UPRIGHT = 8
"""Columns an upright page can hold and still be read."""


def draw(rows: Rows, place: Place, inner: Inner, cards: Cards) -> list[Piece]:
    """The table; `cards` draws one that no page is wide enough for."""
    need, count = needed(rows.columns, rows.rows, place.across), len(rows.columns)
    if need <= place.width and count <= UPRIGHT:
        return [*_table(rows, place), after()]
    if fits(rows.columns, rows.rows, place.across):
        return [stacked(_table(rows, replace(place, width=place.across)), wide=True)]
    return cards(replace(rows, view=blocks.Cards(_names(rows))), place, inner)


def _table(rows: Rows, place: Place) -> list[Piece]:
    return [place.heading(rows.label), Gap(2), grid(laid(rows.columns, rows.rows, place.width), rows.rows, place)]


def _names(rows: Rows) -> tuple[str, ...]:
    """The first two columns head a card: a number and what comes after it."""
    return tuple(column.key for column in rows.columns[:2])
