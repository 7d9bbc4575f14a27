"""Rows to fill: narrow tables as a grid, wide ones one card per row, with free rows at the end."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.errors import N_
from app.rendering.fillable.asking import AID, Answer, Whole, answer, asked_all, lines_of, title
from app.rendering.fillable.desk import Desk
from app.rendering.fillable.setting import height_of
from app.rendering.record.pieces import Beside, Gap, Grid, Piece, Stack, Words
from app.rendering.record.place import lines
from app.rendering.record.sheet import CELL, GROUP, HEAD, TINT
from app.rendering.tagging import Node
from forms.blocks import Box, BoxRow, BoxRows

NARROW, TALLEST = 5, 4
"""Columns of a grid, at most, and lines of its boxes."""
NUMBER, INNER = 16.0, 3.0
"""Width of the row's number; white between boxes of a row."""
LINE = {"text", "number", "date", "time", "email", "tel", "url", "select", "multiline"}
UP_TO = N_("Hasta {high} filas. Deje en blanco las que no use.")
CARD, NO = N_("{label} · {number}"), N_("N.º")


@dataclass(frozen=True)
class Column:
    """Of a grid: where its boxes start and how wide they are."""

    left: float
    width: float


def drawn(table: BoxRows, desk: Desk) -> list[Piece]:
    """A table with its label, and how many rows it takes."""
    place = desk.place
    told = " · ".join(filter(None, (table.help, desk.conditions.get(table.path, ""), desk.words(UP_TO, high=table.high))))
    head = [Gap(3), place.heading(table.label, GROUP), Words(place.node.add("P"), [(AID, lines(told, AID, place.width))]).kept(), Gap(4)]
    columns = _columns(table, place.width)
    rows = [_grid(table, columns, desk)] if columns else _cards(table, desk)
    return [*head, *rows, Gap(6)]


def _columns(table: BoxRows, width: float) -> list[Column]:
    """The columns of a grid; none if it would be too narrow for what is asked."""
    boxes = table.rows[0].boxes if table.rows else ()
    if not 0 < len(boxes) <= NARROW or not all(isinstance(box, Box) and box.type in LINE and not box.steps for box in boxes):
        return []
    single = [box for box in boxes if isinstance(box, Box)]
    room, total = width - NUMBER - INNER * (len(single) - 1), sum(box.span for box in single)
    columns, left = [], NUMBER
    for box in single:
        columns.append(Column(left, room * box.span / total))
        left += columns[-1].width + INNER
    fits = all(lines_of(box, column.width) <= TALLEST for box, column in zip(single, columns, strict=True))
    return columns if fits else []


def _grid(table: BoxRows, columns: list[Column], desk: Desk) -> Piece:
    node = desk.place.node.add("Table")
    asked = [box for box in table.rows[0].boxes if isinstance(box, Box)]

    def head(first: bool) -> Piece:
        row = node.add("TR") if first else None
        cells = [(3.0, _words(row, desk.words(NO), NUMBER - 3))]
        cells += [(column.left, _head(row, box, column.width, desk)) for box, column in zip(asked, columns, strict=True)]
        return Beside(cells, pad=(2.6, 2.6), width=desk.place.width, tint=TINT, low=True)

    return Grid(head, [_row(row, number, columns, desk, node.add("TR")) for number, row in enumerate(table.rows, 1)])


def _words(row: Node | None, text: str, width: float) -> Piece:
    return Words(row.add("TH", scope="Column") if row else None, [(HEAD, lines(text, HEAD, width))], width)


def _head(row: Node | None, box: Box, width: float, desk: Desk) -> Piece:
    aids = " · ".join(filter(None, (box.help, desk.conditions.get(box.path, ""))))
    parts = [(HEAD, [f"{line} " for line in lines(box.label, HEAD, width - 2)])]
    parts += [(AID, lines(aids, AID, width - 2))] if aids else []
    return Words(row.add("TH", scope="Column") if row else None, parts, width)


def _row(row: BoxRow, number: int, columns: list[Column], desk: Desk, node: Node) -> Piece:
    asked = [box for box in row.boxes if isinstance(box, Box)]
    high = max(height_of(lines_of(box, column.width)) for box, column in zip(asked, columns, strict=True))
    count = Words(node.add("TH", scope="Row"), [(CELL, [str(number)])], NUMBER)
    cells: list[tuple[float, Piece]] = [(3, Stack([Gap(3), count]))]
    for box, column in zip(asked, columns, strict=True):
        found = answer(box, desk.at(replace(desk.place, node=node.add("TD"))), column.width)
        cells.append((column.left, Answer(found.slot, column.width, high)))
    return Beside(cells, pad=(1.5, 1.5), width=desk.place.width, split=False)


def _cards(table: BoxRows, desk: Desk) -> list[Piece]:
    return [piece for number, row in enumerate(table.rows, 1) for piece in (_card(table, row, number, desk), Gap(5))]


def _card(table: BoxRows, row: BoxRow, number: int, desk: Desk) -> Piece:
    place = desk.place.below().inside("Sect")
    name = desk.words(CARD, label=table.label, number=number)
    top = Beside([(4, title(place, name))], pad=(2.5, 2.5), width=place.width, tint=TINT)
    top.keep = True
    return Whole([top, Gap(4), *asked_all(row.boxes, desk.at(place)), Beside([], width=place.width, rule=0.4, pad=(0.4, 0))])

