"""Boxes to pieces: label above, help in small, white boxes as large as the longest answer; no kind known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.errors import N_
from app.rendering.fillable.desk import Desk
from app.rendering.fillable.paper import Paper, Slot
from app.rendering.fillable.questions import ONLINE, TICKED
from app.rendering.fillable.setting import height_of, lines_for
from app.rendering.record.ink import Page
from app.rendering.record.pieces import SHARE, Beside, Cut, Gap, Piece, Stack, Words
from app.rendering.record.place import Place, lines, natural, spaced
from app.rendering.record.sheet import BORDER, CELL, COLUMNS, GUTTER, INK, LABEL, MM, NOTE, PETROL, SMALL, STRONG_CELL, span_width
from forms.blocks import Asked, Box, Heading, Note

ASK, AID = replace(LABEL, colour=INK), replace(SMALL, size=7, leading=8.5)
TICK = 3.2 * MM
BETWEEN, UNDER = 5.0, 1.0
"""White between lines of boxes, and between a label and its box."""
TAGS, UNLIMITED = 4, 2
"""Lines of boxes whose answers have no limit as a whole."""
HEADED = 48.0
"""What a heading takes of a page."""
STEP = 2 * MM
"""White between the inputs of one answer."""
SIGNED, ATTACHED, OPTIONAL = N_("Se firma en línea"), N_("Se adjunta en línea"), N_("(opcional)")
FORMATS = {"date": N_("dd/mm/aaaa"), "time": N_("hh:mm"), "number": N_("solo cifras"), "tags": N_("una por línea")}
WRITTEN = ("date", "time", "tags")
"""Boxes that say how they are written, where no help does."""
ARROW = 2.6


@dataclass(eq=False)
class Answer(Piece):
    """A box to write or choose in."""

    slot: Slot
    width: float
    high: float

    def __post_init__(self) -> None:
        self.height = self.high

    def draw(self, page: Page, x: float, top: float) -> None:
        assert isinstance(page, Paper)
        rect = x, top - self.high, self.width, self.high
        with page.marked(None):
            page.square(rect)
            if self.slot.kind == "combo" and page.on and page.on.live:
                right, middle = x + self.width - 3 * ARROW, top - self.high / 2
                page.strokes(((right, middle + 1), (right + ARROW, middle - 1.6), (right + 2 * ARROW, middle + 1)), BORDER, 0.9)
        page.seat(self.slot, rect)


@dataclass(eq=False)
class Tick(Piece):
    """A small box to tick, round where one excludes the others."""

    slot: Slot

    def __post_init__(self) -> None:
        self.height = TICK

    def draw(self, page: Page, x: float, top: float) -> None:
        assert isinstance(page, Paper)
        with page.marked(None):
            if self.slot.kind == "radio":
                page.ring(x + TICK / 2, top - TICK / 2, TICK / 2)
            else:
                page.square((x, top - TICK, TICK, TICK), thick=0.6)
        page.seat(self.slot, (x, top - TICK, TICK, TICK))


@dataclass(eq=False)
class Whole(Stack):
    """Cut only if it is higher than a page with a heading holds, or if more than a `SHARE` of the page would stay white."""

    def cut(self, room: float, page: float) -> Cut:
        together = self.height <= page - HEADED and room * SHARE <= page
        return (None, self) if room < page and together else super().cut(room, page)


@dataclass(frozen=True)
class Cell:
    """A question on some of the twelve columns: what is said above, and where it is answered."""

    span: int
    head: Piece
    body: Piece


def asked_all(boxes: Iterable[Asked], desk: Desk) -> list[Piece]:
    """Boxes side by side on the twelve columns; headings and notes take the width."""
    pieces: list[Piece] = []
    run: list[Cell] = []
    for asked in boxes:
        if isinstance(asked, Box):
            run += cells(asked, desk)
            continue
        pieces += packed(run, desk.place.width)
        pieces += _said(asked, desk.place)
        run = []
    return pieces + packed(run, desk.place.width)


def _said(asked: Asked, place: Place) -> list[Piece]:
    if isinstance(asked, Heading):
        return [Gap(3), place.heading(asked.label), Gap(3)]
    assert isinstance(asked, Note)
    paragraphs = [Words(place.node.add("P"), [(NOTE, lines(text, NOTE, place.width, 105))]) for text in asked.paragraphs]
    return [*(piece for words in paragraphs for piece in (words, Gap(3))), Gap(BETWEEN - 3)]


def packed(run: Sequence[Cell], width: float) -> list[Piece]:
    """Lines of cells whose boxes start at one height; a new line when the next cell does not fit."""
    rows: list[list[Cell]] = [[]]
    for cell in run:
        if sum(each.span for each in rows[-1]) + cell.span > COLUMNS:
            rows.append([])
        rows[-1].append(cell)
    return [piece for row in rows if row for piece in (_line(row, width), Gap(BETWEEN))]


def _line(row: Sequence[Cell], width: float) -> Piece:
    above = max(cell.head.height for cell in row)
    left, columns = 0, []
    for cell in row:
        stack = Stack([Gap(above - cell.head.height), cell.head.kept(), Gap(UNDER), cell.body], whole=True)
        columns.append((left * (width + GUTTER) / COLUMNS, stack))
        left += cell.span
    return columns[0][1] if len(columns) == 1 else Beside(columns, split=False)


def cells(box: Box, desk: Desk) -> list[Cell]:
    """A box as a cell; options that are too long for its columns take more."""
    span = _span(box, desk.place.width) if box.type in TICKED else box.span
    width = span_width(span, desk.place.width)
    return [Cell(span, head(box, desk, width), body(box, desk, width))]


def body(box: Box, desk: Desk, width: float) -> Piece:
    """Where a question is answered."""
    if box.type in ONLINE:
        told = desk.words(SIGNED if box.type == "signature" else ATTACHED)
        return desk.place.words(f"‹ {told} ›", NOTE, width=width)
    if box.type in TICKED:
        return _options(box, desk, width)
    if not box.steps:
        kind, hint = ("combo", "") if box.type == "select" else ("text", desk.words(FORMATS[box.type]) if box.type in FORMATS else "")
        return Answer(desk.slot(box, 0, kind, desk.place.node, hint), width, height_of(lines_of(box, width)))
    return Beside([(left, _step(box, place, desk, wide)) for place, (left, wide) in enumerate(_shared(box, width))])


def lines_of(box: Box, width: float) -> int:
    """Lines an input needs."""
    if box.type in ("select", "date", "time", "datetime", "number", "tel"):
        return 1
    if box.type == "tags":
        return TAGS if box.span > COLUMNS / 2 else TAGS - 1
    return lines_for(box.limit or 0, width) if box.limit else UNLIMITED


def _shared(box: Box, width: float) -> list[tuple[float, float]]:
    """Left edge and width of each input of an answer."""
    wide = (width - STEP * (len(box.steps) - 1)) / len(box.steps)
    return [(place * (wide + STEP), wide) for place in range(len(box.steps))]


def _step(box: Box, place: int, desk: Desk, width: float) -> Answer:
    step, label = box.steps[place]
    kind = "combo" if box.options and place == len(box.steps) - 1 else "text"
    form = step if step in FORMATS else box.type
    hint = desk.words(FORMATS[form]) if form in FORMATS and kind == "text" else ""
    return Answer(desk.slot(box, place, kind, desk.place.node, " · ".join(filter(None, (label, hint)))), width, height_of(1))


def head(box: Box, desk: Desk, width: float) -> Piece:
    """Label, help and condition, above what they say; of an answer in several inputs, the label of each too."""
    label = box.label if box.required else f"{box.label} {desk.words(OPTIONAL)}"
    hint = desk.words(FORMATS[box.type]) if box.type in WRITTEN and not box.steps else ""
    aids = " · ".join(filter(None, (box.help or hint, desk.conditions.get(box.path, ""))))
    parts = [(ASK, spaced(lines(label, ASK, width)))]
    if aids:
        parts.append((AID, lines(aids, AID, width)))
    words = Words(desk.place.node.add("P"), parts, width)
    if not box.steps:
        return words
    shared = zip(_shared(box, width), box.steps, strict=True)
    return Stack([words, Gap(1), Beside([(left, desk.place.words(label, AID, width=wide)) for (left, wide), (_, label) in shared])])


def _span(box: Box, width: float) -> int:
    """The columns options ask for: those of the box, more if one of them would be broken."""
    longest = _longest(box)
    return next(span for span in range(box.span, COLUMNS + 1) if span_width(span, width) >= longest - GUTTER or span == COLUMNS)


def _longest(box: Box) -> float:
    return max(_wide(words) for _, words in box.options)


def _wide(words: str) -> float:
    """Width of an option with its tick, and white after it."""
    return natural(words, CELL) + TICK + 2.2 * MM + GUTTER


def _options(box: Box, desk: Desk, width: float) -> Piece:
    """Options to tick: on one line if they fit, else in columns as wide as the longest."""
    listed, longest = desk.at(desk.place.inside("L")), _longest(box)
    wide = [_wide(words) for _, words in box.options]
    if sum(wide) - GUTTER <= width:
        return Beside([(sum(wide[:number]), _option(box, number, listed, wide[number])) for number in range(len(wide))], pad=(0, 1.2))
    count = max(min(int((width + GUTTER) / longest), len(box.options)), 1)
    options = [_option(box, number, listed, min(longest, width)) for number in range(len(box.options))]
    rows = [options[start : start + count] for start in range(0, len(options), count)]
    beside = [Beside([(at * longest, piece) for at, piece in enumerate(row)]) for row in rows]
    return Stack([piece for row in beside for piece in (row, Gap(1.2))], whole=True)


def _option(box: Box, number: int, listed: Desk, width: float) -> Piece:
    item = listed.place.node.add("LI").add("LBody")
    words, left = box.options[number][1], TICK + 1.6 * MM
    slot = listed.slot(box, number, "radio" if box.type == "radio" else "check", item, words)
    return Beside([(0, Stack([Gap(0.9), Tick(slot)])), (left, Place.content(item, words, CELL, width - left - 1))])


def title(place: Place, text: str) -> Piece:
    """The head of a card."""
    return place.words(text, replace(STRONG_CELL, colour=PETROL), f"H{min(place.level, 6)}").kept()
