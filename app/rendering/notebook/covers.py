"""The outside: the cover one keeps, and the back that says thanks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.rendering.notebook.arc import Arc, horizon
from app.rendering.notebook.codes import codes
from app.rendering.notebook.flow import BookPage, Prompt, column
from app.rendering.notebook.leaf import Leaf, height_of
from app.rendering.notebook.model import Diary, Notebook, Publish, Visit
from app.rendering.notebook.sheet import (
    BLACK,
    BOOK,
    BOTTOM,
    DATES,
    FRAME,
    GAP,
    HEAD,
    HELP,
    INNER,
    LABEL,
    OUTER,
    PITCH,
    PLAIN,
    QR,
    SIGN,
    SMALL,
    TRIMS,
    VISIT,
    WHO,
    right,
)
from app.rendering.notebook.wording import Wording
from app.rendering.record.place import natural
from app.rendering.record.sheet import MM, Style

COVER_FRAME, COVER_TEXT = 60 * MM, 112 * MM
"""From the top of the cover to its frame; how wide its words are set."""
SHORE, SHORE_ROOM = 16 * MM, 14 * MM
NAME, NAME_LINE = 25 * MM, 90 * MM
"""Foot of the name above the trim; a line to write it on."""
WATER = (0.46, 0.3, 0.14, 0.05)
"""Lines between the shores, as parts of the arc's width."""
CLOSING = 64 * MM
TICK = 3.2 * MM
LEAST = 0.6
"""How small, as a part of its size, words may become to stay on their lines."""


@dataclass(eq=False)
class Cover(BookPage):
    """Page 1."""

    visit: Visit

    def paint(self, leaf: Leaf, book: Notebook) -> None:
        words = self.visit.words
        pictured, named = bool(book.cover), bool(book.name)
        leaf.shared(("cover", pictured, named), lambda page: self._design(page, pictured=pictured, named=named))
        if book.cover:
            leaf.picture(book.cover, *_frame(leaf), part=0.5)
        if book.number or book.visit.of:
            number = book.number or "____"
            of = words.number_of.format(number=number, of=book.visit.of) if book.visit.of else words.number.format(number=number)
            leaf.centred(of, SMALL, NAME - 3.5 * MM, leaf.across)
        if book.name:
            style = shrunk(book.name, WHO, leaf.across, 2 * WHO.leading)
            leaf.centred(book.name, style, NAME + WHO.leading + height_of(book.name, style, leaf.across) / 2, leaf.across)

    def _design(self, leaf: Leaf, *, pictured: bool, named: bool) -> None:
        visit, words = self.visit, self.visit.words
        leaf.centred(visit.programme, SMALL, leaf.top, leaf.across)
        top = leaf.centred(words.book, fitting(words.book, BOOK, leaf.across), leaf.top - 8.5 * MM, leaf.across) - 1.5 * MM
        leaf.centred(visit.title, shrunk(visit.title, VISIT, COVER_TEXT, top - (leaf.height - COVER_FRAME) - 4 * MM), top, COVER_TEXT)
        if not pictured:
            left, foot, width, height = _frame(leaf)
            leaf.boxed(left, foot, width, height, BLACK, 0.6)
            leaf.say(words.drawing, right(HELP), left, foot + HELP.leading + 1.5 * MM, width - 2.5 * MM)
        self._horizon(leaf)
        leaf.centred(words.mine, SMALL, NAME + (2 * WHO.leading if named else 12 * MM) + SMALL.leading, leaf.across)
        if not named:
            leaf.line(leaf.width / 2 - NAME_LINE / 2, NAME + 1 * MM, NAME_LINE, BLACK, 0.6)
        _institutions(leaf, visit.institutions, BOTTOM - 5 * MM)

    def _horizon(self, leaf: Leaf) -> None:
        """The arc under the frame, a country on either shore, and the water between them."""
        visit, frame = self.visit, _frame(leaf)
        arc = Arc(SHORE, frame[1] - 22 * MM, leaf.width - 2 * SHORE, 18 * MM)
        horizon(leaf, arc, len(visit.days))
        under, middle = arc.y - 3.2 * MM, leaf.width / 2
        first, *others = visit.countries or ("",)
        reach, step = arc.width / 2 - 15 * MM, min(HEAD.leading, SHORE_ROOM / max(1, len(others)))
        leaf.say(first, fitting(first, HEAD, reach), arc.x - 1.5 * MM, under)
        for number, name in enumerate(others):
            style = fitting(name, replace(right(HEAD), size=min(HEAD.size, step)), reach)
            leaf.say(name, style, middle, under - number * step, arc.width / 2 + 1.5 * MM)
        leaf.centred(visit.dates, fitting(visit.dates, DATES, arc.width * 0.6), arc.y + 7.5 * MM, leaf.across)
        for number, part in enumerate(WATER):
            width = arc.width * part
            leaf.line(middle - width / 2, arc.y - (0.5 + 2.4 * number) * MM, width, BLACK, 0.4)


def _frame(leaf: Leaf) -> tuple[float, float, float, float]:
    width, height = FRAME
    return (leaf.width - width) / 2, leaf.height - COVER_FRAME - height, width, height


def _institutions(leaf: Leaf, names: tuple[str, ...], foot: float) -> None:
    """Under everything, in one or two lines."""
    text = " · ".join(names)
    style = shrunk(text, SIGN, leaf.across, 2 * SIGN.leading)
    leaf.centred(text, style, foot + height_of(text, style, leaf.across), leaf.across)


def fitting(text: str, style: Style, width: float) -> Style:
    """The style, smaller where one line would not fit."""
    wide = natural(text, style)
    return style if wide <= width else replace(style, size=max(style.size * LEAST, style.size * width / wide))


def shrunk(text: str, style: Style, width: float, height: float) -> Style:
    """The style, smaller where a paragraph would not fit in the height."""
    while height_of(text, style, width) > height and style.size > 6:
        style = replace(style, size=style.size - 0.5, leading=style.leading * (style.size - 0.5) / style.size)
    return style


@dataclass(eq=False)
class Back(BookPage):
    """The last page."""

    visit: Visit
    diary: Diary

    def __post_init__(self) -> None:
        words, across = self.visit.words, TRIMS[self.visit.paper].width - INNER - OUTER
        thanks = Prompt(words.thanks, self.diary.thanks, 3)
        self._thanks = column(self, [thanks], (across, LABEL + 3 * PITCH), across)
        self.spills += self._thanks.spills

    def paint(self, leaf: Leaf, book: Notebook) -> None:
        chosen = self.diary.publish
        if self._thanks.written or chosen:
            leaf.shared("back foot", self._foot)
            self._asked(leaf, chosen)
        else:
            leaf.shared("back", self._blank)
        codes(leaf, book, leaf.left, leaf.foot + 12 * MM + QR)

    def _blank(self, leaf: Leaf) -> None:
        self._foot(leaf)
        self._asked(leaf, "")

    def _foot(self, leaf: Leaf) -> None:
        visit = self.visit
        horizon(leaf, Arc((leaf.width - CLOSING) / 2, leaf.foot + 42 * MM, CLOSING, 10 * MM), len(visit.days), (3, 3), 1)
        _institutions(leaf, visit.institutions, leaf.foot + 1 * MM)

    def _asked(self, leaf: Leaf, chosen: Publish) -> None:
        words, top = self.visit.words, leaf.top
        self._thanks.paint(leaf, leaf.left, top, words)
        top -= LABEL + 3 * PITCH + 14 * MM
        leaf.prompt(words.publish, "", leaf.left, top)
        top -= LABEL + GAP
        for key, text in _choices(words):
            _tick(leaf, leaf.left, top - PLAIN.leading / 2 - TICK / 2, key == chosen)
            leaf.say(text, PLAIN, leaf.left + TICK + 2.5 * MM, top)
            top -= 7 * MM
        leaf.say(words.publish_online, HELP, leaf.left, top)


def _choices(words: Wording) -> tuple[tuple[Publish, str], ...]:
    return ("no", words.publish_no), ("anonymous", words.publish_anonymous), ("named", words.publish_named)


def _tick(leaf: Leaf, x: float, y: float, chosen: bool) -> None:
    leaf.boxed(x, y, TICK, TICK, BLACK, 0.7)
    if chosen:
        a, b, c = (x + 0.18 * TICK, y + 0.5 * TICK), (x + 0.42 * TICK, y + 0.2 * TICK), (x + 0.95 * TICK, y + 1.05 * TICK)
        leaf.code.append(f"q 0 G 1.5 w 1 J 1 j {a[0]:.2f} {a[1]:.2f} m {b[0]:.2f} {b[1]:.2f} l {c[0]:.2f} {c[1]:.2f} l S Q")
