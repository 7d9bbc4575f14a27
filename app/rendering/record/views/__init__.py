"""One module for each view of a table; a view reads Rows and its own role names, never a form."""

from __future__ import annotations

from collections.abc import Callable

from app.rendering.record.pieces import Piece
from app.rendering.record.place import Place
from app.rendering.record.views import cards, diary, gantt, matrix, plain, timetable
from app.rendering.record.views.table import Inner
from forms.blocks import Cards, Diary, Gantt, Matrix, Plain, Rows, Timetable

VIEWS: dict[type, Callable[[Rows, Place, Inner], list[Piece]]] = {
    Plain: lambda rows, place, inner: plain.draw(rows, place, inner, cards.draw),
    Cards: cards.draw,
    Timetable: lambda rows, place, inner: timetable.draw(rows, place, inner, cards.draw),
    Matrix: matrix.draw,
    Gantt: gantt.draw,
    Diary: diary.draw,
}


def draw(rows: Rows, place: Place, inner: Inner) -> list[Piece]:
    """The pieces of a table that has rows; `inner` draws the blocks of a cell."""
    return VIEWS[type(rows.view)](rows, place, inner)
