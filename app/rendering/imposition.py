"""Saddle stitch: which pages share a side of a sheet, where they lie on it, and the marks for folding, stapling and cutting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from app.rendering.record.sheet import MM

Part = Literal["whole", "cover", "inside"]
SHEETS = {
    "a4": (297 * MM, 210 * MM),
    "letter": (279.4 * MM, 215.9 * MM),
    "sra4": (320 * MM, 225 * MM),
    "a3": (420 * MM, 297 * MM),
    "tabloid": (431.8 * MM, 279.4 * MM),
}
"""Landscape, in points; the last three leave room for cutting."""
NO_CREEP = 5
"""Sheets folded together up to which nothing is corrected (forms.md §9)."""
SECTION = 40
"""Pages folded together at most; more are gathered in sections."""
CUT, CLEAR, MARK, HAIR = 4 * MM, 2 * MM, 2 * MM, 0.25
"""Length of a cutting mark and its distance from the trim; half a fold's or staple's mark; thickness."""


@dataclass(frozen=True)
class Saddle:
    """How booklets lie on sheets, printed on both sides and turned on the short edge.

    `sheet` is one of SHEETS; '' takes the notebook's own paper. `part`: 'cover' the outermost sheet alone, 'inside' all others.
    `thickness` of the paper in points; `marks` draws folds, staples and, where the sheet is larger than the pages, cuts.
    """

    sheet: str = ""
    part: Part = "whole"
    section: int = SECTION
    thickness: float = 0.1 * MM
    marks: bool = True


@dataclass(frozen=True)
class Side:
    """One side of a sheet: pages counted from 1, 0 for an empty half; `creep` moves both halves towards the fold, in points."""

    sheet: int
    back: bool
    left: int
    right: int
    creep: float = 0
    outer: bool = False
    """The outside of what is folded together, where staples enter."""


def padded(pages: int) -> int:
    """The next multiple of four."""
    return -(-pages // 4) * 4


def sheets(pages: int) -> int:
    """Sheets of paper a booklet takes."""
    return padded(pages) // 4


def sides(pages: int, how: Saddle = Saddle()) -> Iterator[Side]:
    """Fronts and backs in the order they are printed; every front has its back, empty or not.

    In one section of n pages sheet k carries n−2(k−1) | 2k−1 in front and 2k | n−2k+1 behind (forms.md §9).
    A separate cover is the first sheet; what is inside it makes its own sections.
    """
    total = padded(pages)
    if how.part == "whole":
        runs = _sections(1, total, how.section)
    else:
        runs = [(1, total)] if how.part == "cover" else _sections(3, total - 4, how.section)
    number = 0 if how.part != "inside" else 1
    for first, count in runs:
        for k in range(1, (1 if how.part == "cover" else count // 4) + 1):
            number += 1
            creep = how.thickness * (k - 1) if count // 4 > NO_CREEP else 0.0
            for back, left, right in _pair(k, count):
                shown = [page if page <= pages else 0 for page in (first + left - 1, first + right - 1)]
                yield Side(number, back, shown[0], shown[1], creep, k == 1 and not back and how.part != "inside")


def _pair(k: int, n: int) -> tuple[tuple[bool, int, int], tuple[bool, int, int]]:
    return (False, n - 2 * (k - 1), 2 * k - 1), (True, 2 * k, n - 2 * k + 1)


def _sections(first: int, pages: int, most: int) -> list[tuple[int, int]]:
    """(first page, pages) of sections as equal as multiples of four allow, the thicker ones first."""
    leaves = pages // 4
    count = -(-pages // max(4, most // 4 * 4))
    runs = []
    for number in range(count):
        own = 4 * (leaves // count + (number < leaves % count))
        runs.append((first, own))
        first += own
    return runs


@dataclass(frozen=True)
class Placing:
    """Where pages of one trim lie on a sheet; all in points, from the lower left corner."""

    width: float
    height: float
    page: tuple[float, float]

    @property
    def foot(self) -> float:
        """The lower edge of both pages."""
        return (self.height - self.page[1]) / 2

    def left(self, creep: float = 0) -> float:
        """Left edge of the left page."""
        return self.width / 2 - self.page[0] + creep

    def right(self, creep: float = 0) -> float:
        """Left edge of the right page."""
        return self.width / 2 - creep

    def marks(self, side: Side) -> str:
        """Operators of the marks: folds on every side, staples where they enter, cuts where the sheet is larger on all sides."""
        return _drawn(self, outer=side.outer)

    def lines(self, *, outer: bool) -> list[tuple[float, float, float, float]]:
        """The marks from point to point."""
        lines = self._folds()
        if outer:
            lines += self._staples()
        if min(self.foot, self.left()) > CLEAR + CUT:
            lines += self._cuts()
        return lines

    def _folds(self) -> list[tuple[float, float, float, float]]:
        middle, foot = self.width / 2, max(self.foot, MARK)
        return [(middle, foot - MARK, middle, foot), (middle, self.height - foot, middle, self.height - foot + MARK)]

    def _staples(self) -> list[tuple[float, float, float, float]]:
        """Two, at a quarter and three quarters of the fold, short enough to vanish under the wire."""
        middle, spots = self.width / 2, (self.foot + self.page[1] / 4, self.foot + self.page[1] * 3 / 4)
        return [(middle, spot - MARK, middle, spot + MARK) for spot in spots]

    def _cuts(self) -> list[tuple[float, float, float, float]]:
        """Outside the trim, clear of it."""
        across = (self.left(), self.width / 2 + self.page[0])
        up = (self.foot, self.foot + self.page[1])
        upright = [(x, y, x, y + step) for x in across for y, step in ((up[0] - CLEAR, -CUT), (up[1] + CLEAR, CUT))]
        level = [(x, y, x + step, y) for y in up for x, step in ((across[0] - CLEAR, -CUT), (across[1] + CLEAR, CUT))]
        return upright + level


@lru_cache(maxsize=32)
def _drawn(place: Placing, *, outer: bool) -> str:
    lines = " ".join(f"{a:.2f} {b:.2f} m {c:.2f} {d:.2f} l" for a, b, c, d in place.lines(outer=outer))
    return f"q 0.6 G {HAIR} w {lines} S Q"


def placing(sheet: str, page: tuple[float, float]) -> Placing:
    """Pages of this size on a sheet of SHEETS. Raises ValueError if two do not fit side by side."""
    width, height = SHEETS[sheet]
    if page[0] * 2 > width + 0.5 or page[1] > height + 0.5:
        raise ValueError(sheet)
    return Placing(width, height, page)
