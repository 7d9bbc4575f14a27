"""The little page: trims, margins, lines and type of forms.md §9, in named millimetres; black ink only."""

from __future__ import annotations

from dataclasses import dataclass

from app.rendering.fonts import BOLD, ITALIC, REGULAR
from app.rendering.record.sheet import MM, Style


@dataclass(frozen=True)
class Trim:
    """A page as it is after cutting, in points."""

    width: float
    height: float


TRIMS = {"a4": Trim(148 * MM, 210 * MM), "letter": Trim(139.7 * MM, 215.9 * MM)}
"""A5, and half a Letter, by the paper they are printed on."""
INNER, OUTER, TOP, BOTTOM = 14 * MM, 10 * MM, 11 * MM, 13 * MM
PITCH, ZONE_LINES = 8 * MM, 4
LABEL, BAND, GAP = 5 * MM, 18 * MM, 2.5 * MM
PICTURE = (60 * MM, 40 * MM)
CAPTION = 5 * MM
KEEPSAKE = (60 * MM, 45 * MM)
"""A little narrower on half a Letter, so that two stand side by side."""
FRAME = (110 * MM, 70 * MM)
QR = 12 * MM
NOTE_LINES = 20
AGENDA_LINES = 18
GUTTER = 4 * MM
INDENT = 7 * MM
FOLIO = 8 * MM
"""Baseline of page numbers above the trim."""

BLACK, GREY, PALE = "0", "0.4", "0.75"
"""DeviceGray; GREY is 60 % of black."""
HAIR = 0.25

BOOK = Style(BOLD, 30, 33, BLACK)
VISIT = Style(REGULAR, 13, 16.5, BLACK)
DATES = Style(REGULAR, 9.5, 12, BLACK)
TITLE = Style(BOLD, 20, 24, BLACK)
NUMERAL = Style(BOLD, 46, 46, BLACK)
WHO = Style(BOLD, 15, 18, BLACK)
HEAD = Style(BOLD, 11, 14, BLACK)
PLAIN = Style(REGULAR, 9.5, 12.5, BLACK)
"""Running text of filled notebooks."""
PROMPT = Style(BOLD, 9, 11, BLACK)
HELP = Style(ITALIC, 7.5, 9.5, GREY)
SMALL = Style(REGULAR, 8, 10, BLACK)
SMALL_BOLD = Style(BOLD, 8, 10, BLACK)
CAPTIONED = Style(ITALIC, 7.5, 9, BLACK)
TINY = Style(REGULAR, 6, 8, GREY)
SIGN = Style(REGULAR, 7, 9, GREY)


def right(style: Style) -> Style:
    """The same, ending at the right edge."""
    return Style(style.font, style.size, style.leading, style.colour, "right")


def day_height() -> float:
    """Points a day page takes: band, three prompts with four lines each, the picture with its caption, and the white between (§9)."""
    return BAND + 3 * (LABEL + ZONE_LINES * PITCH) + PICTURE[1] + CAPTION + 4 * GAP
