"""What the views share: tables with a repeated head, columns as wide as their words ask, titles of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from app.rendering.record.pieces import Beside, Gap, Grid, Piece, Words
from app.rendering.record.place import Place, lines, natural, spaced
from app.rendering.record.sheet import CELL, CELL_EMPTY, FIGURE, FIGURE_EMPTY, HEAD, HEAD_RIGHT, STRONG_CELL, TINT, Style
from app.rendering.tagging import Node
from forms.blocks import Block, Column, Row, Rows

Inner: TypeAlias = Callable[[Iterable[Block], Place], list[Piece]]
Cards: TypeAlias = Callable[[Rows, Place, Inner], list[Piece]]
"""Draws as cards what no page is wide enough for."""
PAD, ABOVE, HAIRLINE = 3.0, 2.6, 0.25
SHORT = 60
"""Letters up to which a cell is measured as one line."""
ACROSS = 10
"""Columns a landscape page can hold and still be read."""
WIDEST = 0.4
"""A single word makes a column at most this share of the table wide."""


@dataclass(frozen=True)
class Head:
    """A column of a table as drawn: where it starts and how wide it is, white included."""

    column: Column
    left: float
    width: float


@dataclass(frozen=True)
class Told:
    """A column that names what a row is, and those told under its words because they have no column of their own."""

    key: str = ""
    further: tuple[Column, ...] = ()


def text(row: Row, key: str) -> str:
    """A cell's text; '' for a column the row does not have."""
    return row.cells[key].text if key in row.cells else ""


def title(row: Row, keys: Sequence[str]) -> str:
    """What a row is called: the columns that name it."""
    return " · ".join(filter(None, (text(row, key) for key in keys)))


def called(column: Column) -> str:
    """A column's label, its group before it."""
    return f"{column.group}: {column.label}" if column.group else column.label


def laid(columns: Sequence[Column], rows: Sequence[Row], width: float) -> list[Head]:
    """Columns over `width` points: by weight, but none narrower than its longest word nor wider than its longest line."""
    shares = _shares([column.weight for column in columns], _needs(columns, rows, width * WIDEST), width)
    shares = _given(shares, _wants(columns, rows))
    lefts = [sum(shares[:number]) for number in range(len(shares))]
    return [Head(column, left, share) for column, left, share in zip(columns, lefts, shares, strict=True)]


def needed(columns: Sequence[Column], rows: Iterable[Row], width: float) -> float:
    """The width a table asks for so that no word is broken, in a place `width` points wide."""
    return sum(_needs(columns, rows, width * WIDEST))


def fits(columns: Sequence[Column], rows: Iterable[Row], across: float) -> bool:
    """Whether a landscape page, `across` points wide, holds the table without breaking words."""
    return len(columns) <= ACROSS and needed(columns, rows, across) <= across


def _needs(columns: Sequence[Column], rows: Iterable[Row], most: float) -> list[float]:
    needs = [_longest(called(column), HEAD, most) for column in columns]
    for row in rows:
        needs = [max(need, _longest(text(row, column.key), CELL, most)) for need, column in zip(needs, columns, strict=True)]
    return needs


def _longest(words: str, style: Style, most: float) -> float:
    width = style.face.width
    return min(max([width(word) for word in words.replace("\n", " ").split(" ")], default=0) * style.size / 1000 + 2 * PAD + 0.5, most)


def _wants(columns: Sequence[Column], rows: Iterable[Row]) -> list[float]:
    """The width at which no line of a column would break; long texts want all there is."""
    wants = [natural(called(column), HEAD) for column in columns]
    for row in rows:
        texts = [text(row, column.key) for column in columns]
        wants = [max(want, natural(words, CELL) if len(words) <= SHORT else float("inf")) for want, words in zip(wants, texts, strict=True)]
    return [want + 2 * PAD + 0.5 for want in wants]


def _shares(weights: Sequence[int], needs: Sequence[float], width: float) -> list[float]:
    """By weight; columns that would be too narrow get what they need first."""
    if sum(needs) >= width:
        return [need * width / sum(needs) for need in needs]
    tight: set[int] = set()
    while True:
        free = [0 if each in tight else max(weight, 1) for each, weight in enumerate(weights)]
        left = width - sum(needs[each] for each in tight)
        shares = [left * weight / sum(free) if weight else need for weight, need in zip(free, needs, strict=True)]
        more = {each for each, share in enumerate(shares) if free[each] and share < needs[each]}
        if not more:
            return shares
        tight |= more


def _given(shares: list[float], wants: Sequence[float]) -> list[float]:
    """What columns have beyond their wants goes to those that lack, as they lack it."""
    spare = [max(share - want, 0) for share, want in zip(shares, wants, strict=True)]
    lack = [min(max(want - share, 0), share * 4) for share, want in zip(shares, wants, strict=True)]
    given = min(sum(spare), sum(lack))
    if not given:
        return shares
    taken, got = given / sum(spare), given / sum(lack)
    return [share - more * taken + less * got for share, more, less in zip(shares, spare, lack, strict=True)]


def head_row(heads: Sequence[Head], node: Node, width: float) -> Callable[[bool], Piece]:
    """The head of a table; only the first is read aloud."""
    nodes = [node.add("TH", scope="Column") for _ in heads]
    return lambda first: tinted_row([labelled_cell(head, each if first else None) for head, each in zip(heads, nodes, strict=True)], width)


def tinted_row(columns: Sequence[tuple[float, Piece]], width: float) -> Piece:
    """The ground of a table's head."""
    return Beside(columns, (ABOVE, ABOVE), width, tint=TINT, split=False, low=True)


def labelled_cell(head: Head, node: Node | None) -> tuple[float, Piece]:
    """The head of a column."""
    return head.left + PAD, Place.content(
        node, called(head.column), HEAD_RIGHT if head.column.align == "right" else HEAD, head.width - 2 * PAD
    )


def body_row(columns: Sequence[tuple[float, Piece]], width: float) -> Beside:
    """A row over a hairline."""
    return Beside(columns, (ABOVE, ABOVE), width, HAIRLINE, split=False)


def _cell(node: Node, words: str, head: Head, empty: str) -> tuple[float, Piece]:
    right = head.column.align == "right"
    style = (FIGURE if right else CELL) if words.strip() else (FIGURE_EMPTY if right else CELL_EMPTY)
    return head.left + PAD, Place.content(node, words if words.strip() else empty, style, head.width - 2 * PAD)


def _telling(node: Node, row: Row, head: Head, told: Told, empty: str) -> tuple[float, Piece]:
    """A strong cell, and under it what no other column says, a line each."""
    width, words = head.width - 2 * PAD, text(row, head.column.key)
    further = [f"{called(column)}: {text(row, column.key)}" for column in told.further if text(row, column.key).strip()]
    broken = [lines(said, CELL, width) for said in further]
    parts = [(STRONG_CELL, lines(words if words.strip() else empty, STRONG_CELL, width)), *((CELL, some) for some in broken)]
    parts = [*((style, spaced(some)) for style, some in parts[:-1]), parts[-1]]
    return head.left + PAD, Words(node, parts, width)


def grid(heads: Sequence[Head], rows: Iterable[Row], place: Place, scoped: str = "", told: Told = Told()) -> Grid:
    """A table of text; `scoped` is the column that names its rows, `told` one that says more."""
    table = place.node.add("Table")
    top, width = head_row(heads, table.add("TR"), place.width), place.width
    return Grid(top, [body_row(cells(row, heads, table.add("TR"), place.empty, scoped, told), width) for row in rows])


def cells(row: Row, heads: Sequence[Head], node: Node, empty: str, scoped: str, told: Told = Told()) -> list[tuple[float, Piece]]:
    """A row's answers as text, in the columns of `heads`."""
    made = []
    for head in heads:
        inner = node.add("TH", scope="Row") if head.column.key == scoped else node.add("TD")
        telling = head.column.key == told.key
        made.append(_telling(inner, row, head, told, empty) if telling else _cell(inner, text(row, head.column.key), head, empty))
    return made


def after() -> Gap:
    """The space below a table, in points."""
    return Gap(8)
