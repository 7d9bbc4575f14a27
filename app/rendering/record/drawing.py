"""Blocks to pieces: one function per block, no kind known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import singledispatch
from itertools import groupby

from app.rendering.record import views
from app.rendering.record.ink import Page
from app.rendering.record.pictures import size_of
from app.rendering.record.pieces import Beside, Drawing, Gap, Piece, Stack, Words
from app.rendering.record.place import BETWEEN, Place, lines, natural, packed, spaced
from app.rendering.record.sheet import (
    BORDER,
    CELL,
    CELL_EMPTY,
    DAY,
    EMPTY,
    GUTTER,
    LABEL,
    MEASURE,
    MM,
    NOTE,
    PETROL,
    RULE,
    SMALL,
    STRONG,
    STRONG_CELL,
    TANGERINE,
    TINT,
    VALUE,
    WHITE,
    WRITTEN,
    span_width,
)
from app.rendering.record.views.cards import left_empty
from forms.blocks import Bar, Bars, Block, Heading, Line, Note, Picture, Prose, Rows, SignatureBox, Ticks
from forms.path import AnswerPath

SIGNATURE = (70 * MM, 22 * MM)
PHOTO = 60 * MM
"""Photos are at most this high."""
HALF = 6
TICK = 2.7 * MM
BROKEN = 1.5
"""Options a little longer than half the width stand in two columns all the same, broken."""
BAR = 2.8 * MM
SIGNED_LINES = 3
"""Lines of a name that a place to sign holds; the whole name stands under it."""
STEPS = (38 * MM, 56 * MM)
"""Where bars start, so that those of neighbouring charts stand in line."""
TICKED, UNTICKED = "☒", "☐"


def draw_all(blocks: Iterable[Block], place: Place) -> list[Piece]:
    """Blocks with a span share the twelve columns, signatures with each other only; every other block takes the width."""
    blocks = tuple(blocks)
    place = replace(place, bars=_start(blocks, place))
    pieces: list[Piece] = []
    run: list[tuple[int, Piece]] = []
    signing = False
    for block in _told(blocks):
        if isinstance(block, SignatureBox) != signing:
            pieces, run, signing = [*pieces, *_line_of(run, place, signing)], [], not signing
        if isinstance(block, Line | SignatureBox | Picture):
            if signing:
                _lead(pieces)
            span = HALF if isinstance(block, Picture) else block.span
            run.append((span, spanned(block, place, span_width(span, place.width))))
            continue
        pieces += packed(run, place.width)
        pieces += draw(block, place)
        run = []
    return pieces + _line_of(run, place, signing)


@dataclass(frozen=True)
class Unsaid:
    """What a group asks of which nothing was answered."""

    labels: tuple[str, ...]


def _told(blocks: Sequence[Block]) -> Iterator[Block | Unsaid]:
    """The blocks; where nothing stands in a group, its labels together."""
    for _, held in groupby(blocks, key=_group):
        heading, *rest = held
        lines = [block for block in rest if isinstance(block, Line) and not block.text.strip()]
        if isinstance(heading, Heading) and len(lines) == len(rest) > 1:
            yield from (heading, Unsaid(tuple(line.label for line in lines)))
        else:
            yield from (heading, *rest)


def _group(block: Block) -> AnswerPath | None:
    """The group a heading or a line belongs to."""
    return block.path if isinstance(block, Heading) else AnswerPath(block.path.steps[:-1]) if len(block.path.steps) > 1 else None


def _line_of(run: list[tuple[int, Piece]], place: Place, signing: bool) -> list[Piece]:
    """The pieces of a run side by side; places to sign stay together on a page."""
    pieces = packed(run, place.width)
    return [Stack(pieces[:-1], whole=True), *pieces[-1:]] if signing else pieces


def _start(blocks: Sequence[Block], place: Place) -> float:
    """Where the bars of all charts of a section start: after the longest of their labels."""
    longest = max((natural(bar.label, CELL) for block in blocks if isinstance(block, Bars) for bar in block.bars), default=0)
    return next((step for step in STEPS if step >= longest + GUTTER), place.width * 0.45) if longest else 0


def _lead(pieces: list[Piece]) -> None:
    """A signature never opens a page alone: the last words before it go along."""
    for piece in reversed(pieces):
        if not isinstance(piece, Gap):
            piece.kept()
            return


@singledispatch
def spanned(block: Block, place: Place, width: float) -> Piece:
    """A block on some of the twelve columns."""
    raise TypeError(type(block))


@spanned.register
def _(block: Line, place: Place, width: float) -> Piece:
    said = place.spoken if block.spoken else place.labelled
    return said(block.label, block.text, width)


@spanned.register
def _(block: SignatureBox, place: Place, width: float) -> Piece:
    node, (wide, high) = place.node.add("P"), SIGNATURE
    told = ((block.role, STRONG), (block.name, VALUE), (block.position, CELL), (block.note, SMALL))
    parts = [(style, spaced(lines(text, style, min(width, wide)))) for text, style in told if text]
    data = place.pictures.get(block.picture)
    figure = place.node.add("Figure", alt=f"{block.role}: {block.name}") if data else None

    written = lines(block.name, WRITTEN, min(width, wide) - 8 * MM)[:SIGNED_LINES] if block.name else []

    def paint(page: Page, x: float, top: float) -> None:
        page.frame(x, top - high, min(width, wide), high, BORDER)
        if data:
            _inside(page, block.picture, data, (x + 2 * MM, top - high + 2 * MM, min(width, wide) - 4 * MM, high - 4 * MM))
        else:
            page.lines(written, WRITTEN, x + 4 * MM, top - (high - len(written) * WRITTEN.leading) / 2, min(width, wide) - 8 * MM)

    return Stack([Gap(BETWEEN), Drawing(high, paint, figure), Gap(3), Words(node, parts)], whole=True)


def _inside(page: Page, sha256: str, data: bytes, box: tuple[float, float, float, float]) -> None:
    """A picture as large as fits into a box, in its middle."""
    (x, y, width, high), (wide, tall) = box, size_of(data)
    scale = min(width / wide, high / tall)
    left, foot = x + (width - wide * scale) / 2, y + (high - tall * scale) / 2
    page.placed(page.resources.picture(sha256), left, foot, wide * scale, tall * scale)


@singledispatch
def draw(block: Block | Unsaid, place: Place) -> list[Piece]:
    """A block over the full width."""
    raise TypeError(type(block))


@draw.register
def _(block: Unsaid, place: Place) -> list[Piece]:
    return left_empty(block.labels, place)


@draw.register
def _(block: Heading, place: Place) -> list[Piece]:
    """What stands inside a group has a heading of the next level."""
    inner = len(block.path.steps) > 1
    return [Gap(BETWEEN), place.below().heading(block.label, DAY) if inner else place.heading(block.label)]


@draw.register
def _(block: Prose, place: Place) -> list[Piece]:
    first, *rest = block.paragraphs or ("",)
    more: list[Piece] = [
        piece for text in rest for piece in (Words(place.node.add("P"), [(VALUE, lines(text, VALUE, place.width, MEASURE))]), Gap(3))
    ]
    return [place.labelled(block.label, first), Gap(3), *more, Gap(BETWEEN - 3)]


@draw.register
def _(block: Note, place: Place) -> list[Piece]:
    paragraphs = [Words(place.node.add("P"), [(NOTE, lines(text, NOTE, place.width, MEASURE + 10))]) for text in block.paragraphs]
    pieces: list[Piece] = [piece for words in paragraphs for piece in (words, Gap(3))]
    return [*pieces, Gap(BETWEEN - 3)]


@draw.register
def _(block: Ticks, place: Place) -> list[Piece]:
    if not block.options:
        return [place.labelled(block.label, ""), Gap(BETWEEN)]
    label = place.words(block.label, LABEL).kept()
    listed = place.inside("L")
    longest = max(natural(words, VALUE) for words, _ in block.options) + TICK + 2 * MM
    spare = {2: 1.0, 3: 1.0, 4: 1.0, HALF: BROKEN}
    span = next((span for span, most in spare.items() if span_width(span, place.width) * most >= longest), 12)
    options = [(span, _option(words, chosen, listed, span_width(span, place.width))) for words, chosen in block.options]
    return [label, *packed(options, place.width)]


def _option(words: str, chosen: bool, listed: Place, width: float) -> Piece:
    item = listed.node.add("LI")
    sign, left = item.add("Lbl", actual=TICKED if chosen else UNTICKED), TICK + 1.5 * MM
    style = VALUE if chosen else EMPTY
    return Beside(
        [
            (0, Drawing(style.leading, lambda page, x, top: tick(page, x, top - 1.8 * MM / 2, chosen), sign)),
            (left, Place.content(item.add("LBody"), words, style, width - left)),
        ]
    )


def tick(page: Page, x: float, top: float, chosen: bool) -> None:
    """A small box, ticked or not."""
    page.box(x, top - TICK, TICK, TICK, WHITE)
    page.frame(x, top - TICK, TICK, TICK, PETROL if chosen else BORDER, thick=0.6)
    if chosen:
        page.strokes(
            ((x + 0.2 * TICK, top - 0.55 * TICK), (x + 0.42 * TICK, top - 0.78 * TICK), (x + 0.82 * TICK, top - 0.22 * TICK)), PETROL, 1.1
        )


@draw.register
def _(block: Bars, place: Place) -> list[Piece]:
    if not block.bars:
        return [place.labelled(block.label, ""), Gap(BETWEEN)]
    most = max(block.most, *(bar.value for bar in block.bars), 1)
    left = place.bars if any(bar.label for bar in block.bars) else 0
    full = min(place.width - left - max(natural(bar.text, STRONG) for bar in block.bars) - GUTTER, (95 if left else 50) * MM)
    track = full if block.most else 0
    label, listed = place.words(block.label, LABEL).kept(), place.inside("L")
    rows = [_bar(bar, (left, bar.value / most * full, track), listed) for bar in block.bars]
    return [label, Gap(2), Stack(rows, whole=True), Gap(BETWEEN)]


def _bar(bar: Bar, sizes: tuple[float, float, float], listed: Place) -> Piece:
    """A bar that starts at `left`, its words before and its number after it, over a pale track of what it could be."""
    body, (left, length, track) = listed.node.add("LI").add("LBody"), sizes
    words = Words(body, [(CELL, spaced(lines(bar.label, CELL, left - GUTTER + 1)))]) if bar.label else Gap(0)
    number, end = Place.content(body, bar.text, STRONG_CELL, listed.width), max(length, track)

    def paint(page: Page, x: float, top: float) -> None:
        foot = top - CELL.leading / 2 - BAR / 2
        page.box(x, foot, track, BAR, TINT)
        page.box(x, foot, length, BAR, TANGERINE)

    return Beside([(0, words), (left, Drawing(CELL.leading, paint)), (left + (end and end + 2 * MM), number)], pad=(0.7, 0.7))


@spanned.register
def _(block: Picture, place: Place, width: float) -> Piece:
    label = [place.words(block.label, LABEL, width=width)] if block.label else []
    data = place.pictures.get(block.sha256)
    body = _photo(block, place, data, width) if data else _described(block, place, width)
    caption = [Gap(2), place.words(block.caption, SMALL, width=width)] if block.caption else []
    return Stack([*label, body, *caption, Gap(2)], whole=True)


def _photo(block: Picture, place: Place, data: bytes, width: float) -> Piece:
    wide, high = size_of(data)
    scale = min(width / wide, PHOTO / high)

    def paint(page: Page, x: float, top: float) -> None:
        page.placed(page.resources.picture(block.sha256), x, top - high * scale, wide * scale, high * scale)

    return Drawing(high * scale, paint, place.node.add("Figure", alt=block.alt or block.caption or block.label))


def _described(block: Picture, place: Place, width: float) -> Piece:
    """Without the file, what it shows in a frame."""
    if not block.alt:
        return place.words(place.empty, EMPTY)
    words = Place.content(place.node.add("P"), block.alt, CELL_EMPTY, width - 4 * MM)
    high = words.height + 4 * MM
    frame = Drawing(0, lambda page, x, top: page.frame(x, top - high, width, high, RULE))
    return Beside([(0, frame), (2 * MM, Stack([Gap(2 * MM), words, Gap(2 * MM)]))])


@draw.register
def _(block: Rows, place: Place) -> list[Piece]:
    if not block.rows:
        return [place.labelled(block.label, ""), Gap(BETWEEN)]
    label, place = place.unless_said(block.label)
    return views.draw(replace(block, label=label), place, draw_all)
