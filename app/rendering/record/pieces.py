"""Things that stand one under another: each has a height, draws itself, and can say where it may be cut."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Self, TypeAlias

from app.rendering.record.ink import Page
from app.rendering.record.sheet import RULE, Style
from app.rendering.tagging import Node

WIDOW = 2
"""Lines of a paragraph that stay together at the foot and the head of a page."""
SHARE = 3
"""A row higher than a page's third may be split."""


@dataclass(eq=False)
class Piece:
    """Something `height` points high. `keep`: never the last thing of a page."""

    height: float = field(init=False, default=0)
    keep: bool = field(init=False, default=False)
    wide: bool = field(init=False, default=False)
    """Stands on landscape pages of its own."""

    def draw(self, page: Page, x: float, top: float) -> None:
        raise NotImplementedError

    def cut(self, room: float, page: float) -> Cut:
        """What fits in `room` and what goes on over the page; (None, all) if nothing should stay.

        `page` is the room of an empty page. With room == page something must stay, or the page would never fill.
        """
        return (self, None) if room >= page else (None, self)

    def kept(self) -> Self:
        """The same, staying with what follows."""
        self.keep = True
        return self


Cut: TypeAlias = tuple[Piece | None, Piece | None]


@dataclass(eq=False)
class Gap(Piece):
    """White space; it vanishes at the head of a page."""

    space: float

    def __post_init__(self) -> None:
        self.height = self.space

    def draw(self, page: Page, x: float, top: float) -> None:
        """Nothing is drawn."""


@dataclass(eq=False)
class Anchor(Piece):
    """A spot to jump to; knows page and height once drawn."""

    at: tuple[int, float] = (0, 0)

    def __post_init__(self) -> None:
        self.keep = True

    def draw(self, page: Page, x: float, top: float) -> None:
        self.at = page.number, top


@dataclass(eq=False)
class Words(Piece):
    """Lines of text in one or more styles, the content of one node: a paragraph, or a label over its answer."""

    node: Node | None
    parts: list[tuple[Style, list[str]]]
    width: float = 0

    def __post_init__(self) -> None:
        self.height = sum([style.leading * len(lines) for style, lines in self.parts])

    def draw(self, page: Page, x: float, top: float) -> None:
        with page.marked(self.node):
            for style, lines in self.parts:
                page.lines(lines, style, x, top, self.width)
                top -= style.leading * len(lines)

    def cut(self, room: float, page: float) -> Cut:
        forced = room >= page
        lines = [(style, line) for style, some in self.parts for line in some]
        count, used = 0, 0.0
        while count < len(lines) and used + lines[count][0].leading <= room + 0.01:
            used += lines[count][0].leading
            count += 1
        if not forced:
            count = min(count, len(lines) - WIDOW)
            if count < WIDOW + len(self.parts) - 1:
                return None, self
        count = max(count, 1)
        return self._some(lines[:count]), self._some(lines[count:])

    def _some(self, lines: list[tuple[Style, str]]) -> Words | None:
        parts: list[tuple[Style, list[str]]] = []
        for style, line in lines:
            if not parts or parts[-1][0] is not style:
                parts.append((style, []))
            parts[-1][1].append(line)
        return Words(self.node, parts, self.width) if parts else None


@dataclass(eq=False)
class Drawing(Piece):
    """A vector drawing of fixed size; `paint` gets the page, the left edge and the top."""

    size: float
    paint: Callable[[Page, float, float], None]
    node: Node | None = None

    def __post_init__(self) -> None:
        self.height = self.size

    def draw(self, page: Page, x: float, top: float) -> None:
        with page.marked(self.node):
            self.paint(page, x, top)


@dataclass(eq=False)
class Stack(Piece):
    """Pieces one under another. `whole`: kept on one page, unless it fills more than a `share` of one."""

    pieces: Sequence[Piece]
    whole: bool = False
    share: float = 0.5

    def __post_init__(self) -> None:
        self.height = sum([piece.height for piece in self.pieces])

    def draw(self, page: Page, x: float, top: float) -> None:
        for piece in self.pieces:
            piece.draw(page, x, top)
            top -= piece.height

    def cut(self, room: float, page: float) -> Cut:
        if self.whole and room < page and self.height <= page * self.share:
            return None, self
        used, at = 0.0, 0
        while at < len(self.pieces) and used + self.pieces[at].height <= room + 0.01:
            used += self.pieces[at].height
            at += 1
        if at == len(self.pieces):
            return self, None
        head, tail = self.pieces[at].cut(room - used, page)
        return self._parted(at, head, tail, room >= page)

    def _clings(self, number: int) -> bool:
        """Whether a piece stays with the next; white space does if what is above it does."""
        piece = self.pieces[number]
        return piece.keep or (isinstance(piece, Gap) and number > 0 and self._clings(number - 1))

    def _parted(self, at: int, head: Piece | None, tail: Piece | None, forced: bool) -> Cut:
        before = at
        if head is None:
            while before and self._clings(before - 1):
                before -= 1
            if before == 0:
                before = at if forced else 0
        stay = [*self.pieces[:before], *([head] if head else [])]
        go = [*self.pieces[before:at], *([tail] if tail else []), *self.pieces[at + 1 :]]
        while go and isinstance(go[0], Gap):
            go.pop(0)
        return (Stack(stay) if stay else None), (Stack(go) if go else None)


@dataclass(eq=False)
class Beside(Piece):
    """Columns side by side: (left edge, piece). `pad` is white above and below; `rule` a line under it, `tint` a ground.

    `low`: the columns stand on their feet instead of hanging from the top.
    """

    columns: Sequence[tuple[float, Piece]]
    pad: tuple[float, float] = (0, 0)
    width: float = 0
    rule: float = 0
    tint: str = ""
    split: bool = True
    """False: split only if higher than a third of a page."""
    low: bool = False

    def __post_init__(self) -> None:
        self.height = max([piece.height for _, piece in self.columns], default=0) + sum(self.pad)

    def draw(self, page: Page, x: float, top: float) -> None:
        if self.tint or self.rule:
            with page.marked(None):
                if self.tint:
                    page.box(x, top - self.height, self.width, self.height, self.tint)
                if self.rule:
                    page.rule(x, top - self.height, self.width, RULE, self.rule)
        for left, piece in self.columns:
            piece.draw(page, x + left, top - self.pad[0] - (self.height - sum(self.pad) - piece.height if self.low else 0))

    def cut(self, room: float, page: float) -> Cut:
        forced, inner = room >= page, room - sum(self.pad)
        if not forced and (inner <= 0 or (not self.split and self.height <= page / SHARE)):
            return None, self
        empty = max(inner, 1) if forced else max(inner + 1, page)
        cuts = [(left, (piece, None) if piece.height <= inner else piece.cut(max(inner, 1), empty)) for left, piece in self.columns]
        heads = [(left, head) for left, (head, _) in cuts if head]
        tails = [(left, tail) for left, (_, tail) in cuts if tail]
        if not forced and any(head is None for _, (head, _) in cuts):
            return None, self
        return (replace(self, columns=heads) if heads else None), (replace(self, columns=tails) if tails else None)


@dataclass(eq=False)
class Grid(Piece):
    """Rows under a head that is repeated on each page; repeated heads are furniture."""

    head: Callable[[bool], Piece]
    """Makes the head: told whether it is the first, which is read aloud."""
    rows: Sequence[Piece]
    first: bool = True

    def __post_init__(self) -> None:
        self.top = self.head(self.first)
        self.height = self.top.height + sum([row.height for row in self.rows])

    def draw(self, page: Page, x: float, top: float) -> None:
        Stack([self.top, *self.rows]).draw(page, x, top)

    def cut(self, room: float, page: float) -> Cut:
        if self.top.height > page / SHARE:
            return Stack([self.top, *self.rows]).cut(room, page)
        left, forced = room - self.top.height, room >= page
        if left <= 0:
            return None, self
        stay, go = Stack(self.rows).cut(left, left if forced else page - self.top.height + 1)
        if not isinstance(stay, Stack):
            return None, self
        rest = Grid(self.head, go.pieces, first=False) if isinstance(go, Stack) else None
        return Stack([self.top, *stay.pieces]), rest
