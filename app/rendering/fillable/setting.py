"""Words into boxes: wrapped with the font's real widths, shrunk to 8 points at most, the rest for a sheet at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from app.rendering.fonts import wrapped
from app.rendering.record.sheet import VALUE, Style

PAD, ABOVE = 3.0, 1.6
"""White beside and above what is written, in points."""
AVERAGE = 0.49
"""Width of a letter of running text, in the type size: that of Spanish, and what lines lose at their ends."""
MOST = 46
"""Lines of a box, at most: what a page holds."""
STYLES = tuple(replace(VALUE, size=size, leading=leading) for size, leading in ((9.5, 12.5), (9, 11.5), (8.5, 10.5), (8, 9.6)))
"""From the largest to the smallest type."""


@dataclass(frozen=True)
class Fitted:
    """Lines as they are set, and what did not fit."""

    style: Style
    lines: list[str]
    rest: str = ""
    narrow: bool = False
    """One line: where it goes on is said at its end."""


def lines_for(limit: int, width: float) -> int:
    """Lines the longest text allowed needs at full size in a box `width` points wide."""
    a_line = (width - 2 * PAD) / (AVERAGE * VALUE.size)
    return min(max(ceil(limit / a_line), 1), MOST)


def height_of(lines: int) -> float:
    """Of a box for so many lines."""
    return lines * VALUE.leading + 2 * ABOVE


def fitted(text: str, width: float, height: float) -> Fitted:
    """The text in the largest type that holds it."""
    lines: list[str] = []
    for style in STYLES:
        lines = broken(text, style, width)
        if len(lines) <= held(style, height):
            return Fitted(style, lines)
    style = STYLES[-1]
    kept = held(style, height) - 1
    if not kept:
        return _narrow(lines, style, width)
    return Fitted(style, lines[:kept], joined(lines[kept:]))


def held(style: Style, height: float) -> int:
    """Lines a box holds; one always."""
    return max(int((height - 2 * ABOVE + 0.1) // style.leading), 1)


def broken(text: str, style: Style, width: float) -> list[str]:
    """Lines for a box."""
    return wrapped(text, style.face, int((width - 2 * PAD) * 1000 / style.size))


def _narrow(lines: list[str], style: Style, width: float) -> Fitted:
    """A box of one line: as many letters as leave room for the mark."""
    first, rest = lines[0], lines[1:]
    room = (width - 2 * PAD) * 1000 / style.size - style.face.width("… 000")
    kept = first
    while kept and style.face.width(kept) > room:
        kept = kept[:-1]
    return Fitted(style, [kept], joined([first[len(kept) :], *rest]), narrow=True)


def joined(lines: Sequence[str]) -> str:
    """Broken lines as one text again: those that broke at a blank end with it."""
    return "".join(line if line.endswith(" ") else f"{line}\n" for line in lines).rstrip("\n")
