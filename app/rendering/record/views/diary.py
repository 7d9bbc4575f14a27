"""One entry for each row: day and place as its head, what was written and its photos, and in one line what was left empty."""

from __future__ import annotations

from collections.abc import Mapping

from app.rendering.record.pieces import Drawing, Gap, Piece
from app.rendering.record.place import BETWEEN, Place
from app.rendering.record.sheet import DAY, RULE
from app.rendering.record.views.cards import empty, left_empty
from app.rendering.record.views.table import Inner, called, title
from forms.blocks import Diary, Row, Rows


def draw(rows: Rows, place: Place, inner: Inner) -> list[Piece]:
    """An entry for each row, its day as the head."""
    assert isinstance(rows.view, Diary)
    heading, view, labels = place.heading(rows.label), rows.view, {column.key: called(column) for column in rows.columns}
    return [heading, *(piece for row in rows.rows for piece in _entry(row, view, labels, place.below(), inner)), Gap(BETWEEN)]


def _entry(row: Row, view: Diary, labels: Mapping[str, str], place: Place, inner: Inner) -> list[Piece]:
    rule = Drawing(0.6, lambda page, x, top: page.rule(x, top, place.width, RULE, 0.6)).kept()
    head = place.heading(title(row, (view.day, view.place) if view.place else (view.day,)) or place.empty, DAY)
    told = (block for key in (*view.prose, *view.pictures) if not empty(row, key) for block in row.cells[key].blocks)
    left = left_empty([labels[key] for key in view.prose if empty(row, key)], place)
    return [Gap(6), rule, Gap(3), head, Gap(2), *inner(told, place.below()), *left]
