"""The arc that joins the countries, with a station for each day: horizon of the cover, and how far one has come on each day's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.rendering.notebook.leaf import Leaf

SWELL = 0.24
"""How far in the arc's handles stand, as a part of its width."""


@dataclass(frozen=True)
class Arc:
    """From x, y rising to `height` in the middle of `width` and back."""

    x: float
    y: float
    width: float
    height: float

    @property
    def curve(self) -> tuple[float, ...]:
        """The four points of a Bézier curve."""
        up, inward = self.y + self.height * 4 / 3, self.width * SWELL
        return self.x, self.y, self.x + inward, up, self.x + self.width - inward, up, self.x + self.width, self.y

    def at(self, part: float) -> tuple[float, float]:
        """The point at a part of the way, 0 to 1."""
        weights = ((1 - part) ** 3, 3 * part * (1 - part) ** 2, 3 * part**2 * (1 - part), part**3)
        points = self.curve
        return sum(w * p for w, p in zip(weights, points[::2], strict=True)), sum(w * p for w, p in zip(weights, points[1::2], strict=True))

    def stations(self, count: int) -> list[tuple[float, float]]:
        """So many points between the two ends."""
        return [self.at((number + 1) / (count + 1)) for number in range(count)]


def horizon(leaf: Leaf, arc: Arc, days: int, ends: Sequence[float] = (4.2, 4.2), thick: float = 1.4) -> None:
    """The arc with its two shores and a small station for each day."""
    leaf.curve(arc.curve, "0", thick)
    for x, y in arc.stations(days):
        leaf.ring(x, y, 1.7 * thick / 1.4, filled=False, thick=0.6 * thick)
    for (x, y), radius in zip((arc.at(0), arc.at(1)), ends, strict=True):
        leaf.ring(x, y, radius)


def progress(leaf: Leaf, arc: Arc, day: int, days: int) -> None:
    """The same, small: stations up to `day` (from 1) are filled."""
    leaf.curve(arc.curve, "0", 0.6)
    radius = min(2.0, arc.width / (days + 1) * 0.34)
    for number, (x, y) in enumerate(arc.stations(days), start=1):
        leaf.ring(x, y, radius, filled=number <= day, thick=0.6)
