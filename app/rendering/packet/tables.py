"""The index, a timetable of documents with what is missing, and the pages that say who signed what."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from app.rendering.packet.plan import Certificate, Chapter, Plan
from app.rendering.record.drawing import TICK, tick
from app.rendering.record.ink import Page
from app.rendering.record.pieces import Drawing, Gap, Grid, Piece, Words
from app.rendering.record.place import Place, lines, spaced
from app.rendering.record.sheet import CELL, GROUP, HEAD, HEAD_RIGHT, MEASURE, NOTE, SMALL, STRONG_CELL, SUBTITLE, TITLE, Style
from app.rendering.record.views.table import PAD, body_row, grid, laid, tinted_row
from app.rendering.tagging import Node
from forms.blocks import Cell, Column, Row

DIGITS, GROUPED = 16, 4
"""Of a hash, as much as a person compares."""
TICKED, UNTICKED = "☒", "☐"
PAGE = Style(STRONG_CELL.font, 9.5, 11, align="right")
WIDTHS = (0.05, 0.43, 0.09, 0.15, 0.19, 0.09)
"""Shares of the columns: tick, document, version, signatures, hash, page."""
MISSING = (0.05, 0.43, 0.52)


@dataclass(frozen=True)
class Link:
    """Where a page leads on: page and rectangle in points, the node that is read, the name of the place it leads to."""

    page: int
    box: tuple[float, float, float, float]
    node: Node
    target: str
    told: str


@dataclass(eq=False)
class Linked(Words):
    """Words that lead somewhere; the whole row from here to the right does."""

    target: str = ""
    reach: float = 0
    told: str = ""
    made: list[Link] = field(default_factory=list)

    def draw(self, page: Page, x: float, top: float) -> None:
        super().draw(page, x, top)
        if self.node is not None:
            self.made.append(Link(page.number, (x, top - self.height, x + self.reach, top), self.node, self.target, self.told))


def index(plan: Plan, starts: tuple[int, ...], place: Place, links: list[Link]) -> list[Piece]:
    """The pieces of the index; `starts` are the true pages, `links` gets one for each chapter once drawn."""
    words, inside = plan.wording, place.inside("Sect")
    pieces: list[Piece] = [inside.words(words.contents, TITLE, "H1"), Gap(1), inside.words(words.told or plan.title, SUBTITLE), Gap(10)]
    table = inside.node.add("Table")
    top = _head(("", *words.columns), WIDTHS, table.add("TR"), inside.width)
    rows = [_row(*each, table.add("TR"), inside.width, links) for each in zip(range(len(starts)), plan.chapters, starts, strict=True)]
    pieces.append(Grid(top, rows))
    return pieces + list(_missing(plan, inside)) if plan.missing else pieces


def target(number: int) -> str:
    """How links call a chapter, counted from 0."""
    return f"chapter-{number + 1:03d}"


def short(hash: str) -> str:
    """The first digits of a hash in groups."""
    return " ".join(hash[at : at + GROUPED] for at in range(0, DIGITS, GROUPED)).strip()


def _lefts(shares: tuple[float, ...], width: float) -> list[float]:
    return [sum(shares[:number]) * width for number in range(len(shares) + 1)]


def _head(labels: tuple[str, ...], shares: tuple[float, ...], row: Node, width: float) -> Callable[[bool], Piece]:
    """Makes the head of a table; told whether it is the first, which is read aloud."""
    lefts = _lefts(shares, width)
    nodes = [row.add("TH", scope="Column") for _ in labels]

    def head(first: bool) -> Piece:
        cells: list[tuple[float, Piece]] = []
        for number, label in enumerate(labels):
            style = HEAD_RIGHT if number == len(WIDTHS) - 1 else HEAD
            wide = lefts[number + 1] - lefts[number] - 2 * PAD
            cells.append((lefts[number] + PAD, Place.content(nodes[number] if first else None, label, style, wide)))
        return tinted_row(cells, width)

    return head


def _row(number: int, chapter: Chapter, start: int, row: Node, width: float, links: list[Link]) -> Piece:
    lefts = _lefts(WIDTHS, width)
    wide = [right - left - 2 * PAD for left, right in itertools.pairwise(lefts)]
    sign, node = _tick(row, ticked=True), row.add("TH", scope="Row").add("Link")
    name = [(STRONG_CELL, spaced(lines(chapter.title, STRONG_CELL, wide[1])))]
    under = " · ".join(filter(None, (chapter.code, chapter.note)))
    parts = [*name, (SMALL, lines(under, SMALL, wide[1]))] if under else name
    linked = Linked(node, parts, wide[1], target(number), width - lefts[1] - 2 * PAD, chapter.title, links)
    told = ((chapter.version, CELL), (chapter.signed, CELL), (short(chapter.hash), CELL), (str(start), PAGE))
    cells = [(lefts[at] + PAD, Place.content(row.add("TD"), text, style, wide[at])) for at, (text, style) in enumerate(told, start=2)]
    return body_row([(lefts[0] + PAD, sign), (lefts[1] + PAD, linked), *cells], width)


def _tick(row: Node, *, ticked: bool) -> Piece:
    """What is in, or is not, as a cell of its own."""
    sign = row.add("TD").add("Span", actual=TICKED if ticked else UNTICKED)
    return Drawing(CELL.leading, lambda page, x, top: tick(page, x, top - (CELL.leading - TICK) / 2, ticked), sign)


def _missing(plan: Plan, place: Place) -> Iterator[Piece]:
    words, width, lefts = plan.wording, place.width, _lefts(MISSING, place.width)
    yield Gap(14)
    yield place.words(words.missing, GROUP, "H2").kept()
    yield Gap(3)
    table = place.node.add("Table")
    top = _head(("", words.columns[0], words.reason), MISSING, table.add("TR"), width)
    rows: list[Piece] = []
    for each in plan.missing:
        row = table.add("TR")
        cells = [(lefts[0] + PAD, _tick(row, ticked=False))]
        for at, (tag, text) in enumerate((("TH", each.title), ("TD", each.reason)), start=1):
            node = row.add(tag, scope="Row" if tag == "TH" else "")
            cells.append((lefts[at] + PAD, Place.content(node, text, CELL, lefts[at + 1] - lefts[at] - 2 * PAD)))
        rows.append(body_row(cells, width))
    yield Grid(top, rows)


def certificates(plan: Plan, place: Place) -> list[Piece]:
    """The pieces that say who signed each document, as what, when and how."""
    words, inside = plan.wording, place.inside("Sect")
    pieces: list[Piece] = [inside.words(words.certificate, TITLE, "H1"), Gap(4)]
    for text in words.promise:
        pieces += [Words(inside.node.add("P"), [(NOTE, lines(text, NOTE, inside.width, MEASURE + 10))]), Gap(3)]
    for each in plan.certificates:
        pieces += [Gap(12), *_signed(each, plan, inside)]
    return pieces


def _signed(certificate: Certificate, plan: Plan, place: Place) -> list[Piece]:
    columns = [Column(str(number), label) for number, label in enumerate(plan.wording.signers)]
    rows = [
        Row(str(number), {str(at): Cell(None, text) for at, text in enumerate(signed)}) for number, signed in enumerate(certificate.rows)
    ]
    head = place.words(certificate.title, GROUP, "H2").kept()
    hash = place.words(plan.wording.hash.format(hash=certificate.hash), SMALL).kept()
    return [head, Gap(1), hash, Gap(3), grid(laid(columns, rows, place.width), rows, place)]
