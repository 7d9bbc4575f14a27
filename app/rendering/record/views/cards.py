"""One card for each row: a bold head, then the answers on the twelve columns, each as narrow as fits in one line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from app.rendering.record.pieces import Beside, Drawing, Gap, Piece, Stack
from app.rendering.record.place import BETWEEN, Place, natural, spaced, stacked
from app.rendering.record.sheet import DAY, GROUP, LABEL, MM, RULE, VALUE, span_width
from app.rendering.record.views.table import Inner, called, text, title
from forms.blocks import Block, Cards, Column, Line, Prose, Row, Rows, Ticks
from forms.path import AnswerPath

HANG = 8 * MM
"""Room for a card's number, left of everything else."""
SPANS, FULL = (2, 3, 4, 6), 12
FACT = 3
"""An answer of at most so many columns is a short fact."""


def draw(rows: Rows, place: Place, inner: Inner) -> list[Piece]:
    """A card for each row, under a heading for each group where the view names one."""
    return [place.heading(rows.label), *entries(rows, place, inner)]


def entries(rows: Rows, place: Place, inner: Inner) -> list[Piece]:
    """The cards without the table's heading."""
    assert isinstance(rows.view, Cards)
    view = rows.view
    shown = [column for column in rows.columns if column.key not in (*view.title, view.by)]
    pieces: list[Piece] = [Gap(2)]
    for _, group in groupby(rows.rows, key=lambda row: text(row, view.by)):
        cards = list(group)
        pieces += _group(text(cards[0], view.by), place.below()) if view.by else []
        pieces += [_card(row, shown, view, place.below().below() if view.by else place.below(), inner) for row in cards]
    return [*pieces, Gap(BETWEEN)]


def _group(name: str, place: Place) -> list[Piece]:
    return [Gap(5), place.heading(name or place.empty, DAY), Gap(2)]


def _card(row: Row, shown: Sequence[Column], view: Cards, place: Place, inner: Inner) -> Piece:
    """Short facts first, then what was written, and at the end, in one line, what was left empty."""
    within, head = place.below(place.width - HANG), _head(row, view, place)
    answered = [_blocks(row, column, within.width) for column in shown if not empty(row, column.key)]
    facts = [block for blocks in answered for block in blocks if _fact(blocks)]
    told = [block for blocks in answered for block in blocks if not _fact(blocks)]
    body = [
        *inner(facts, within),
        *inner(told, within),
        *left_empty([called(column) for column in shown if empty(row, column.key)], within),
    ]
    return stacked([_rule(place.width), Gap(3), head, Gap(1.5), Beside([(HANG, Stack(body))])], whole=True)


def empty(row: Row, key: str) -> bool:
    """Whether a row says nothing in a column."""
    cell = row.cells[key]
    return not cell.text.strip() and (not cell.blocks or _plain(cell.blocks))


def _fact(blocks: Sequence[Block]) -> bool:
    return len(blocks) == 1 and isinstance(blocks[0], Line) and blocks[0].span <= FACT


def left_empty(labels: Sequence[str], place: Place) -> list[Piece]:
    """One small line that names what was left empty."""
    told = (5 * " ").join(f"{label} {place.empty}".replace(" ", "\u00a0") for label in labels)
    return [place.words(told, LABEL), Gap(BETWEEN)] if labels else []


def _head(row: Row, view: Cards, place: Place) -> Piece:
    """The row's number hanging, then what it is called."""
    first, *rest = [key for key in view.title if text(row, key)] or [""]
    number = text(row, first) if rest and len(text(row, first)) <= 4 else ""
    node, width = place.node.add(f"H{min(place.level, 6)}"), place.width - HANG
    name = Place.content(node, title(row, rest if number else view.title) or place.empty, GROUP, width)
    if not number:
        return Beside([(0, name)]).kept()
    hanging = Place.content(node, number, DAY, HANG)
    hanging.parts = [(DAY, spaced(some)) for _, some in hanging.parts]
    return Beside([(0, hanging), (HANG, name)]).kept()


def _rule(width: float) -> Piece:
    return Drawing(0.25, lambda page, x, top: page.rule(x, top, width, RULE, 0.25)).kept()


def _blocks(row: Row, column: Column, width: float) -> tuple[Block, ...]:
    """A list with ticks would fill a card with what was not chosen: here it is told in words."""
    cell = row.cells[column.key]
    if cell.blocks and not _plain(cell.blocks):
        return cell.blocks
    need = max(natural(called(column), LABEL), natural(cell.text, VALUE))
    span = next((span for span in SPANS if span_width(span, width) >= need), FULL)
    return (Line(AnswerPath((row.id, column.key)), called(column), cell.text, span),)


def _plain(blocks: Sequence[Block]) -> bool:
    """Whether the cell's text says it all."""
    return len(blocks) == 1 and (isinstance(blocks[0], Line | Ticks) or (isinstance(blocks[0], Prose) and len(blocks[0].paragraphs) <= 1))
