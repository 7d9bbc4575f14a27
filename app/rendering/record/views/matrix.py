"""Rows down, the options of one column along, a mark where they meet; landscape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from app.rendering.record.ink import Page
from app.rendering.record.pieces import Drawing, Gap, Grid, Piece, Words
from app.rendering.record.place import Place, lines, natural, stacked
from app.rendering.record.sheet import CELL, HEAD, MM, TANGERINE
from app.rendering.record.views.cards import entries
from app.rendering.record.views.table import Head, Inner, body_row, cells, labelled_cell, laid, tinted_row, title
from app.rendering.tagging import Node
from forms.blocks import Cards, Column, Matrix, Row, Rows
from forms.values import Json

NAME, MARK, DOT = "_name", "●", 2.6 * MM
NARROWEST, WIDEST = 5 * MM, 15 * MM
SHORTEST, TALLEST = 12 * MM, 42 * MM


@dataclass(frozen=True)
class Meeting:
    """Where row and option meet: the width there is, the row's marks, and which of them this is."""

    width: float
    marks: Sequence[bool]
    number: int


Paint: TypeAlias = Callable[[Page, float, float, Meeting], None]
"""Draws one meeting from its left edge and top."""


@dataclass(frozen=True)
class Crossing:
    """What a table of meetings shows: the columns that name a row, those under it, and the one whose options stand along."""

    names: tuple[str, ...]
    across: str
    under: tuple[str, ...]
    along: tuple[str, ...]
    """Codes of the options."""
    called: tuple[str, ...]
    """How they head their columns."""
    paint: Paint


def draw(rows: Rows, place: Place, inner: Inner) -> list[Piece]:
    """A line for each row over columns of options, a dot where one was chosen."""
    assert isinstance(rows.view, Matrix)
    along = options(rows, rows.view.across)
    codes, called = tuple(code for code, _ in along), tuple(words for _, words in along)
    return crossed(rows, Crossing(rows.view.title, rows.view.across, rows.view.under, codes, called, _dot), place, inner)


def options(rows: Rows, key: str) -> tuple[tuple[str, str], ...]:
    """(code, words) of what stands along: the options of the column, or else the codes met."""
    known = next((column.options for column in rows.columns if column.key == key), ())
    return known or tuple((code, code) for code in dict.fromkeys(code for row in rows.rows for code in _codes(row.cells[key].value)))


def _codes(value: Json) -> list[str]:
    return [str(code) for code in value] if isinstance(value, list | tuple) else []


def crossed(rows: Rows, cross: Crossing, place: Place, inner: Inner) -> list[Piece]:
    """A landscape table of names, further columns and one narrow column for each option; what else the rows say, as cards after it."""
    told = (*cross.names, *cross.under, cross.across)
    rest = tuple(column for column in rows.columns if column.key not in told)
    named = tuple(column for column in rows.columns if column.key in cross.names)
    grid = _crossed(rows, cross, place)  # before the cards: what is drawn first is read first
    return [grid, *(entries(replace(rows, columns=(*named, *rest), view=Cards(cross.names)), place, inner) if rest else ())]


def _crossed(rows: Rows, cross: Crossing, place: Place) -> Piece:
    wide = replace(place, width=place.across)
    heading, table = wide.heading(rows.label), wide.node.add("Table")
    count = max(len(cross.along), 1)
    narrow = min(max(wide.width * 0.55 / count, NARROWEST), WIDEST, wide.width * 0.7 / count)
    by_key = {column.key: column for column in rows.columns}
    name = Column(NAME, " · ".join(by_key[key].label for key in cross.names), max(4, *(by_key[key].weight for key in cross.names)))
    named = [Row(row.id, {**row.cells, NAME: replace(row.cells[cross.names[0]], text=title(row, cross.names))}) for row in rows.rows]
    heads = laid([name, *(by_key[key] for key in cross.under)], named, wide.width - narrow * len(cross.along))
    top = _head(heads, cross, narrow, table.add("TR"), wide.width)
    body = [_row(row, cross, heads, table.add("TR"), wide) for row in named]
    return stacked([heading, Gap(2), Grid(top, body)], wide=True)


def _head(heads: Sequence[Head], cross: Crossing, narrow: float, node: Node, width: float) -> Callable[[bool], Piece]:
    left, nodes = width - narrow * len(cross.called), [node.add("TH", scope="Column") for _ in (*heads, *cross.called)]
    turned = max((natural(words, HEAD) for words in cross.called), default=0) > narrow - 2
    high = _height(cross.called, int((narrow - 2) / HEAD.leading)) if turned else 0

    def make(first: bool) -> Piece:
        given = nodes if first else [None] * len(nodes)
        columns = [labelled_cell(head, each) for head, each in zip(heads, given, strict=False)]
        for number, (words, each) in enumerate(zip(cross.called, given[len(heads) :], strict=True)):
            at = left + number * narrow
            columns.append(_turned(words, at, narrow, high, each) if turned else _centred(words, at, narrow, each))
        return tinted_row(columns, width)

    return make


def _height(called: Sequence[str], count: int) -> float:
    """The least height at which every turned label takes at most `count` lines."""
    word = max(natural(word, HEAD) for words in called for word in words.split())
    steps = range(int(max(SHORTEST, word + 1)), int(TALLEST), 6)
    return next((high for high in steps if all(len(lines(words, HEAD, high)) <= count for words in called)), TALLEST)


def _centred(words: str, left: float, narrow: float, node: Node | None) -> tuple[float, Piece]:
    return left + (narrow - natural(words, HEAD)) / 2, Words(node, [(HEAD, [words])])


def _turned(words: str, left: float, narrow: float, high: float, node: Node | None) -> tuple[float, Piece]:
    rows = lines(words, HEAD, high)
    leading = min(HEAD.leading, (narrow - 1) / len(rows))
    style = replace(HEAD, size=min(HEAD.size, leading), leading=leading)
    return left, Drawing(high, lambda page, x, top: page.turned(rows, style, x + (narrow - len(rows) * leading) / 2, top - high), node)


def _row(row: Row, cross: Crossing, heads: Sequence[Head], node: Node, place: Place) -> Piece:
    columns = cells(row, heads, node, place.empty, NAME)
    held = set(_codes(row.cells[cross.across].value))
    left, marks = heads[-1].left + heads[-1].width, [code in held for code in cross.along]
    narrow = (place.width - left) / max(len(marks), 1)
    for number, mark in enumerate(marks):
        meeting = node.add("TD", actual=MARK if mark else "")
        if mark:
            columns.append((left + number * narrow, _meeting(cross.paint, Meeting(narrow, marks, number), meeting)))
    return body_row(columns, place.width)


def _meeting(paint: Paint, meeting: Meeting, node: Node) -> Piece:
    return Drawing(CELL.leading, lambda page, x, top: paint(page, x, top, meeting), node)


def _dot(page: Page, x: float, top: float, meeting: Meeting) -> None:
    page.dot(x + meeting.width / 2, top - CELL.leading / 2, DOT / 2, TANGERINE)
