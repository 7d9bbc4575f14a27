"""Rows as a table with repeated head."""

from __future__ import annotations

from app.rendering.record.pieces import Gap, Piece
from app.rendering.record.place import Place
from app.rendering.record.views.table import Inner, after, grid, laid
from forms.blocks import Rows


def draw(rows: Rows, place: Place, _inner: Inner) -> list[Piece]:
    heading = place.heading(rows.label)
    return [heading, Gap(2), grid(laid(rows.columns, rows.rows, place.width), rows.rows, place), after()]
