"""Paper, type and colours of identity.md, in named millimetres and points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.rendering.fonts import BOLD, ITALIC, REGULAR, Face, face

MM = 72 / 25.4
PAPERS = {"A4": (210 * MM, 297 * MM), "Letter": (215.9 * MM, 279.4 * MM)}
SIDE, TOP, BOTTOM = 18 * MM, 16 * MM, 20 * MM
COLUMNS, GUTTER = 12, 4 * MM
MEASURE = 95
"""Letters in a line of running text, at most."""


def rgb(colour: str) -> str:
    """Colour operands of six hexadecimal digits."""
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3f}".rstrip("0").rstrip(".") for at in (0, 2, 4))


INK, SECONDARY, RULE = rgb("1C2326"), rgb("505A5F"), rgb("C9D1D3")
PETROL, TINT, TANGERINE, WHITE, BORDER = rgb("14505C"), rgb("E3EEEE"), rgb("E07A2F"), rgb("FFFFFF"), rgb("7E969B")
PALE = rgb("EEF3F3")
"""The diagonal of a draft: seen, and never in the way of what is read."""


@dataclass(frozen=True)
class Style:
    """Type of one kind of words; sizes in points."""

    font: str
    size: float
    leading: float
    colour: str = INK
    align: Literal["left", "right"] = "left"

    @property
    def face(self) -> Face:
        return face(self.font)

    @property
    def rise(self) -> float:
        """From the top of a line down to its baseline."""
        return self.leading / 2 + self.size * 0.33


TITLE = Style(BOLD, 16, 20)
SUBTITLE = Style(REGULAR, 10, 13, SECONDARY)
SECTION = Style(BOLD, 11, 14, PETROL)
GROUP = Style(BOLD, 9.5, 12.5)
DAY = Style(BOLD, 9.5, 12.5, PETROL)
LABEL = Style(REGULAR, 7.5, 9.5, SECONDARY)
VALUE = Style(REGULAR, 9.5, 12.5)
EMPTY = Style(REGULAR, 9.5, 12.5, SECONDARY)
STRONG = Style(BOLD, 9.5, 12.5)
STRONG_CELL = Style(BOLD, 8.5, 11)
NOTE = Style(REGULAR, 9, 12)
HEAD = Style(BOLD, 8, 10)
HEAD_RIGHT = Style(BOLD, 8, 10, align="right")
CELL = Style(REGULAR, 8.5, 11)
FIGURE = Style(REGULAR, 8.5, 11, align="right")
CELL_EMPTY = Style(REGULAR, 8.5, 11, SECONDARY)
FIGURE_EMPTY = Style(REGULAR, 8.5, 11, SECONDARY, "right")
SMALL = Style(REGULAR, 7, 9, SECONDARY)
WRITTEN = Style(ITALIC, 15, 18, PETROL)
"""A signature typed instead of drawn."""
FURNITURE = Style(REGULAR, 8, 10, SECONDARY)


def span_width(span: int, width: float) -> float:
    """Width of `span` of the twelve columns of a sheet `width` points wide."""
    return (width + GUTTER) * span / COLUMNS - GUTTER
