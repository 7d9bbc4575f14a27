"""Where a block is set: the node that receives it and the width it has, with the ways to set words there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.rendering.fonts import wrapped
from app.rendering.record.pieces import Beside, Gap, Piece, Stack, Words
from app.rendering.record.sheet import COLUMNS, EMPTY, GROUP, GUTTER, LABEL, MEASURE, STRONG, VALUE, Style
from app.rendering.tagging import Node

BETWEEN = 5
"""White between answers, in points."""
BRIEF, ASIDE = 0.25, 0.75
"""Of the width: a brief answer to a sentence takes at most so much, and starts there."""


@dataclass(frozen=True)
class Place:
    """`across` is the width of a landscape page, `level` that of the next heading, `pictures` the photos by content hash.

    `said` is the title just above, `bars` where the bars of neighbouring charts start.
    """

    node: Node
    width: float
    across: float
    empty: str
    level: int = 3
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    said: str = ""
    bars: float = 0

    def inside(self, tag: str, width: float = 0) -> Place:
        """A place in a new child."""
        return replace(self, node=self.node.add(tag), width=width or self.width)

    def below(self, width: float = 0) -> Place:
        """The same place under a heading."""
        return replace(self, level=self.level + 1, width=width or self.width)

    def words(self, text: str, style: Style = VALUE, tag: str = "P", width: float = 0) -> Words:
        """A paragraph of its own."""
        return self.content(self.node.add(tag), text, style, width or self.width)

    @staticmethod
    def content(node: Node | None, text: str, style: Style, width: float) -> Words:
        """More content of a node that exists; of none, furniture."""
        return Words(node, [(style, lines(text, style, width))], width)

    def unless_said(self, label: str) -> tuple[str, Place]:
        """The label and the place under it; what the title just above says is not said again, and takes no level."""
        return ("", replace(self, level=self.level - 1)) if label.casefold() == self.said.casefold() else (label, self)

    def heading(self, text: str, style: Style = GROUP) -> Piece:
        """A heading of the place's level, none without words; stays with what follows."""
        return self.words(text, style, f"H{min(self.level, 6)}").kept() if text else Gap(0).kept()

    def labelled(self, label: str, text: str, width: float = 0) -> Words:
        """An answer under its label, both in one paragraph."""
        width = width or self.width
        answer = (VALUE, lines(text, VALUE, width, MEASURE)) if text.strip() else (EMPTY, [self.empty])
        parts = [(LABEL, spaced(above)), answer] if (above := lines(label, LABEL, width)) != [""] else [answer]
        return Words(self.node.add("P"), parts, width)

    def spoken(self, sentence: str, text: str, width: float) -> Piece:
        """A sentence and the brief answer that completes it, at its right, both in one paragraph; a long answer stands under its label."""
        if natural(text, STRONG) > width * BRIEF:
            return self.labelled(sentence, text, width)
        node, said = self.node.add("P"), spaced(lines(sentence, VALUE, width * ASIDE - GUTTER, MEASURE))
        answer = (STRONG, [text]) if text.strip() else (EMPTY, [self.empty])
        return Beside([(0, Words(node, [(VALUE, said)])), (width * ASIDE, Words(node, [answer]))], split=False)


def lines(text: str, style: Style, width: float, most: int = 1_000_000) -> list[str]:
    """The text broken for a width in points."""
    return wrapped(text, style.face, int(width * 1000 / style.size), most)


def spaced(some: list[str]) -> list[str]:
    """The lines with a blank at the end, where more of the same paragraph follows elsewhere."""
    return [*some[:-1], f"{some[-1]} "]


def natural(text: str, style: Style) -> float:
    """Width in points of the longest line of a text left unbroken."""
    return max(style.face.width(line) for line in text.split("\n")) * style.size / 1000


def packed(cells: list[tuple[int, Piece]], width: float) -> list[Piece]:
    """Pieces side by side on the twelve columns, a new line when the next does not fit."""
    pieces: list[Piece] = []
    line: list[tuple[float, Piece]] = []
    taken = 0
    for span, piece in cells:
        if taken + span > COLUMNS:
            pieces += [_line(line), Gap(BETWEEN)]
            line, taken = [], 0
        line.append((taken * (width + GUTTER) / COLUMNS, piece))
        taken += span
    return [*pieces, _line(line), Gap(BETWEEN)] if line else pieces


def _line(line: list[tuple[float, Piece]]) -> Piece:
    return line[0][1] if len(line) == 1 and line[0][0] == 0 else Beside(line)


def stacked(pieces: list[Piece], *, whole: bool = False, wide: bool = False) -> Stack:
    """Pieces under one another as one."""
    stack = Stack(pieces, whole)
    stack.wide = wide
    return stack
