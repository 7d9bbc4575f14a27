"""One card for each row: a bold head, then the answers on the twelve columns, as narrow as fits and in line from card to card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Sheet:
    """What all cards of a table share: the columns shown, how many of the twelve each takes, those that keep their place, the view."""

    shown: tuple[Column, ...]
    spans: Mapping[str, int]
    kept: AbstractSet[str]
    view: Cards


def draw(rows: Rows, place: Place, inner: Inner) -> list[Piece]:
    """A card for each row, under a heading for each group where the view names one."""
    return [place.heading(rows.label), *entries(rows, place, inner)]


def entries(rows: Rows, place: Place, inner: Inner) -> list[Piece]:
    """The cards without the table's heading; rows that say no more than their names are a list."""
    assert isinstance(rows.view, Cards)
    view = rows.view
    shown = [column for column in rows.columns if column.key not in (*view.title, view.by)]
    if not shown and not view.by:
        return [*_listed(rows, place), Gap(BETWEEN)]
    kept = {column.key for column in shown if _often(column.key, rows.rows)}
    sheet = Sheet(tuple(shown), _spans(shown, rows.rows, place.width - HANG), kept, view)
    pieces: list[Piece] = [Gap(2)]
    for _, group in groupby(rows.rows, key=lambda row: text(row, view.by)):
        cards = list(group)
        pieces += _group(text(cards[0], view.by), place.below()) if view.by else []
        pieces += [_card(row, sheet, place.below().below() if view.by else place.below(), inner) for row in cards]
    return [*pieces, Gap(BETWEEN)]


def _listed(rows: Rows, place: Place) -> list[Piece]:
    """Each row's name after its number."""
    assert isinstance(rows.view, Cards)
    pieces: list[Piece] = []
    listed = place.inside("L")
    for number, row in enumerate(rows.rows, 1):
        item = listed.node.add("LI")
        count = Place.content(item.add("Lbl"), f"{number}. ", DAY, HANG)
        name = Place.content(item.add("LBody"), title(row, rows.view.title), VALUE, place.width - HANG)
        pieces += [Gap(3), Beside([(0, count), (HANG, name)])]
    return pieces


def _group(name: str, place: Place) -> list[Piece]:
    return [Gap(5), place.heading(name or place.empty, DAY), Gap(2)]


def _spans(shown: Sequence[Column], rows: Sequence[Row], width: float) -> Mapping[str, int]:
    """How many of the twelve columns each answer gets on every card, so that they stand in line: what most of them ask for."""
    asked = {column.key: sorted(_span(row, column, width) for row in rows if not empty(row, column.key)) for column in shown}
    return {key: spans[-(-len(spans) * 3 // 4) - 1] if spans else FULL for key, spans in asked.items()}


def _often(key: str, rows: Sequence[Row]) -> bool:
    """Whether at least half of the rows answer it: then it keeps its place where it is empty."""
    return sum(not empty(row, key) for row in rows) * 2 >= len(rows)


def _span(row: Row, column: Column, width: float) -> int:
    need = max(natural(called(column), LABEL), natural(text(row, column.key), VALUE))
    return next((span for span in SPANS if span_width(span, width) >= need), FULL) if _plain(row.cells[column.key].blocks) else FULL


def _card(row: Row, sheet: Sheet, place: Place, inner: Inner) -> Piece:
    """Short answers first, then what was written, and at the end, in one line, what was left empty."""
    within, head = place.below(place.width - HANG), _head(row, sheet.view, place)
    fits = {each.key for each in sheet.shown if _span(row, each, within.width) <= sheet.spans[each.key] < FULL}
    answered = [each for each in sheet.shown if not empty(row, each.key)]
    placed = [each for each in sheet.shown if each.key in fits and (each.key in sheet.kept or each in answered)]
    placed.sort(key=lambda each: each.key not in sheet.kept)
    told = [block for each in answered if each not in placed for block in _blocks(row, each)]
    left = [called(each) for each in sheet.shown if each not in answered and each not in placed]
    short = _filled([_line(row, each, sheet.spans[each.key]) for each in placed])
    body = [*inner(short, within), *inner(told, within), *left_empty(left, within)]
    return stacked([_rule(place.width), Gap(3), head, Gap(1.5), Beside([(HANG, Stack(body))])], whole=True)


def _filled(lines: Sequence[Line]) -> list[Line]:
    """In an order that leaves no holes: each answer in the first line that has room for it."""
    rows: list[list[Line]] = []
    for line in lines:
        row = next((row for row in rows if sum(each.span for each in row) + line.span <= FULL), None)
        if row is None:
            rows.append(row := [])
        row.append(line)
    return [line for row in rows for line in row]


def empty(row: Row, key: str) -> bool:
    """Whether a row says nothing in a column."""
    cell = row.cells[key]
    return not cell.text.strip() and (not cell.blocks or _plain(cell.blocks))


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


def _blocks(row: Row, column: Column) -> tuple[Block, ...]:
    """A list with ticks would fill a card with what was not chosen: here it is told in words."""
    cell = row.cells[column.key]
    return cell.blocks if cell.blocks and not _plain(cell.blocks) else (_line(row, column, FULL),)


def _line(row: Row, column: Column, span: int) -> Line:
    return Line(AnswerPath((row.id, column.key)), called(column), text(row, column.key), span)


def _plain(blocks: Sequence[Block]) -> bool:
    """Whether the cell's text says it all."""
    if len(blocks) != 1:
        return not blocks
    block = blocks[0]
    return isinstance(block, Line | Ticks) or (isinstance(block, Prose) and len(block.paragraphs) <= 1)
