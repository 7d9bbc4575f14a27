"""One entry for each row: day and place as its head, then what was written and its photos."""

from __future__ import annotations

from app.rendering.record.pieces import Drawing, Gap, Piece
from app.rendering.record.place import BETWEEN, Place
from app.rendering.record.sheet import DAY, RULE
from app.rendering.record.views.table import Inner, title
from forms.blocks import Diary, Row, Rows


def draw(rows: Rows, place: Place, inner: Inner) -> list[Piece]:
    """An entry for each row, its day as the head."""
    assert isinstance(rows.view, Diary)
    heading, view = place.heading(rows.label), rows.view
    return [heading, *(piece for row in rows.rows for piece in _entry(row, view, place.below(), inner)), Gap(BETWEEN)]


def _entry(row: Row, view: Diary, place: Place, inner: Inner) -> list[Piece]:
    rule = Drawing(0.6, lambda page, x, top: page.rule(x, top, place.width, RULE, 0.6)).kept()
    head = place.heading(title(row, (view.day, view.place) if view.place else (view.day,)) or place.empty, DAY)
    told = (block for key in (*view.prose, *view.pictures) for block in row.cells[key].blocks)
    return [Gap(6), rule, Gap(3), head, Gap(2), *inner(told, place.below())]
