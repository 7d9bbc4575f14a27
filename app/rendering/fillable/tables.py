"""Rows to fill: narrow tables as a grid, wide ones one card per row, with free rows at the end."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.errors import N_
from app.rendering.fillable.asking import AID, Answer, Whole, asked_all, body, lines_of, title
from app.rendering.fillable.desk import Desk
from app.rendering.fillable.questions import ONLINE, TICKED
from app.rendering.record.pieces import Beside, Drawing, Gap, Grid, Piece, Stack, Words
from app.rendering.record.place import lines, spaced
from app.rendering.record.sheet import CELL, COLUMNS, GROUP, GUTTER, HEAD, MM, PETROL, TINT
from app.rendering.tagging import Node
from forms.blocks import Asked, Box, BoxRow, BoxRows, Heading, Timetable

NARROW, TALLEST = 5, 4
"""Columns of a grid, at most, and lines of its boxes."""
NUMBER, INNER = 16.0, 4.0
"""Width of the row's number; white between boxes of a row."""
HOURS = 28 * MM
"""Width of the days and hours of a timetable."""
UP_TO = N_("Hasta {high} filas. Deje en blanco las que no use.")
CARD, NO = N_("{label} · {number}"), N_("N.º")


def fits(box: Box, width: float) -> bool:
    """Whether a box is low enough for a grid."""
    return (len(box.options) <= TALLEST - 1 if box.type in TICKED else bool(box.steps) or lines_of(box, width) <= TALLEST)


@dataclass(frozen=True)
class Column:
    """Of a grid: where its boxes start and how wide they are."""

    left: float
    width: float


def drawn(table: BoxRows, desk: Desk) -> list[Piece]:
    """A table with its label, and how many rows it takes."""
    label, place = desk.place.unless_said(table.label)
    desk = desk.at(place)
    told = " · ".join(filter(None, (table.help, desk.conditions.get(table.path, ""), desk.words(UP_TO, high=table.high))))
    head = [Gap(3), place.heading(label, GROUP), Words(place.node.add("P"), [(AID, lines(told, AID, place.width))]).kept(), Gap(4)]
    columns = _columns(table, place.width)
    rows = [_grid(table, columns, desk)] if columns else _cards(table, desk)
    return [*head, *rows, Gap(6)]


def _columns(table: BoxRows, width: float) -> list[Column]:
    """The columns of a grid; none if it would be too narrow for what is asked."""
    single = [box for box in (table.rows[0].boxes if table.rows else ()) if isinstance(box, Box)]
    if table.fixed or not 0 < len(single) <= NARROW or len(single) < len(table.rows[0].boxes) or any(box.type in ONLINE for box in single):
        return []
    room, total = width - NUMBER - INNER * (len(single) - 1), sum(box.span for box in single)
    columns, left = [], NUMBER
    for box in single:
        columns.append(Column(left, room * box.span / total))
        left += columns[-1].width + INNER
    return columns if all(fits(box, column.width) for box, column in zip(single, columns, strict=True)) else []


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
    aids = " · ".join(filter(None, (*(label for _, label in box.steps), box.help, desk.conditions.get(box.path, ""))))
    parts = [(HEAD, spaced(lines(box.label, HEAD, width - 2)))]
    parts += [(AID, lines(aids, AID, width - 2))] if aids else []
    return Words(row.add("TH", scope="Column") if row else None, parts, width)


def _row(row: BoxRow, number: int, columns: list[Column], desk: Desk, node: Node) -> Piece:
    count = Words(node.add("TH", scope="Row"), [(CELL, [str(number)])], NUMBER)
    cells: list[tuple[float, Piece]] = [(3, Stack([Gap(3), count]))]
    asked = [box for box in row.boxes if isinstance(box, Box)]
    places = [desk.at(replace(desk.place, node=node.add("TD"))) for _ in asked]
    bodies = [body(box, place, column.width) for box, place, column in zip(asked, places, columns, strict=True)]
    high = max(each.height for each in bodies)
    for column, each in zip(columns, bodies, strict=True):
        cells.append((column.left, replace(each, high=high) if isinstance(each, Answer) else each))
    return Beside(cells, pad=(1.5, 1.5), width=desk.place.width, split=False)


def _cards(table: BoxRows, desk: Desk) -> list[Piece]:
    made = _hours if isinstance(table.view, Timetable) else _card
    return [piece for number, row in enumerate(table.rows, 1) for piece in (made(table, row, number, desk), Gap(5))]


def _card(table: BoxRows, row: BoxRow, number: int, desk: Desk) -> Piece:
    place, (name, boxes) = desk.place.below().inside("Sect"), _named(table, row, number, desk)
    top = Beside([(4, title(place, name))], pad=(2, 2), width=place.width, tint=TINT)
    return Whole([top.kept(), Gap(3), *asked_all(boxes, desk.at(place))])


def _hours(table: BoxRows, row: BoxRow, number: int, desk: Desk) -> Piece:
    """A row of a timetable: day and hours in a narrow first column, what happens beside them."""
    assert isinstance(table.view, Timetable)
    hours = (table.view.day, table.view.start, table.view.end)
    when = [replace(box, span=COLUMNS) for box in row.boxes if isinstance(box, Box) and box.path.steps[-1] in hours]
    what = [box for box in row.boxes if not isinstance(box, Box) or box.path.steps[-1] not in hours]
    place = desk.place.below().inside("Sect")
    left, right = replace(place, width=HOURS - 3 * MM), replace(place, width=place.width - HOURS - GUTTER)
    name, _ = _named(table, row, number, desk)
    first = Stack([title(left, name), Gap(3), *asked_all(when, desk.at(left))])
    second = Stack(asked_all(what, desk.at(right)))
    rule = Beside([(0, first), (HOURS + GUTTER, second)], pad=(4, 0), width=place.width)
    return Whole([Drawing(0.6, lambda page, x, top: page.rule(x, top, place.width, PETROL, 0.6)), rule])


def _named(table: BoxRows, row: BoxRow, number: int, desk: Desk) -> tuple[str, tuple[Asked, ...]]:
    """Which row it is, and what it asks; one that is given is called by what it is about."""
    if row.boxes and isinstance(row.boxes[0], Heading):
        return row.boxes[0].label, row.boxes[1:]
    given = " · ".join(filter(None, row.summary)) if table.fixed else ""
    return given or desk.words(CARD, label=table.label, number=number), row.boxes
