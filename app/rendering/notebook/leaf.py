"""One page of a notebook as it is drawn, in black alone: words, lines to write on, boxes, pictures, the arc."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Protocol

from app.rendering.notebook.model import Photo
from app.rendering.notebook.sheet import BOTTOM, GREY, HAIR, HELP, INNER, OUTER, PITCH, PROMPT, TOP
from app.rendering.record.ink import Page, circle
from app.rendering.record.place import lines, natural
from app.rendering.record.sheet import Style


class Designs(Protocol):
    """Where a page finds what it shares with others, and pictures."""

    def design(self, key: Hashable, paint: Callable[[Leaf], None], like: Leaf) -> int:
        """The object number of a form that is drawn once in a file."""

    def photo(self, photo: Photo) -> tuple[int, int, int]:
        """Object number, width and height in pixels of a picture that is embedded once."""


@dataclass(eq=False)
class Leaf(Page):
    """`folio` is the page's number, from 1; odd pages lie at the right of the fold."""

    folio: int = 1
    designs: Designs = field(kw_only=True)
    used: set[int] = field(default_factory=set)
    """Object numbers of the forms and pictures on it."""
    more: str = ""
    """Further entries of the page's dictionary, where it stands in reading order."""

    @property
    def odd(self) -> bool:
        return self.folio % 2 == 1

    @property
    def left(self) -> float:
        """Left edge of the text."""
        return INNER if self.odd else OUTER

    @property
    def across(self) -> float:
        """Width of the text."""
        return self.width - INNER - OUTER

    @property
    def right(self) -> float:
        """Right edge of the text."""
        return self.left + self.across

    @property
    def top(self) -> float:
        """Upper edge of the text."""
        return self.height - TOP

    @property
    def foot(self) -> float:
        """Lower edge of the text."""
        return BOTTOM

    def fill(self, colour: str) -> None:
        if colour != self._colour:
            self.code.append(f"{colour} g")
            self._colour = colour

    def shared(self, key: Hashable, paint: Callable[[Leaf], None]) -> None:
        """Draw what other pages of the file have too; `key` says what it is and which side of the fold it is for."""
        number = self.designs.design((key, self.odd), paint, self)
        self.used.add(number)
        self.code.append(f"/X{number} Do")

    def say(self, text: str, style: Style, x: float, top: float, width: float = 0) -> float:
        """One line; ends at x + width where the style says so. Returns the height under it."""
        self.lines([text], style, x, top, width)
        return top - style.leading

    def told(self, text: str, style: Style, x: float, top: float, width: float) -> float:
        """A paragraph; returns the height under it."""
        some = lines(text, style, width)
        self.lines(some, style, x, top)
        return top - len(some) * style.leading

    def centred(self, text: str, style: Style, top: float, width: float) -> float:
        """A paragraph about the middle of the page; returns the height under it."""
        for line in lines(text, style, width):
            self.say(line, style, (self.width - natural(line.rstrip(), style)) / 2, top)
            top -= style.leading
        return top

    def prompt(self, label: str, hint: str, x: float, top: float) -> None:
        """What is asked, within the five millimetres above its lines."""
        self.say(label, PROMPT, x, top)
        if hint:
            self.say(hint, HELP, x + natural(label, PROMPT) + 5, top - (PROMPT.rise - HELP.rise))

    def line(self, x: float, y: float, width: float, grey: str = GREY, thick: float = HAIR) -> None:
        """A level line."""
        self.code.append(f"{grey} G {thick:g} w {x:.2f} {y:.2f} m {x + width:.2f} {y:.2f} l S")

    def ruled(self, x: float, top: float, width: float, count: int, pitch: float = PITCH) -> float:
        """Lines to write on, the first one a pitch below `top`; returns the height of the last."""
        spots = (top - pitch * (number + 1) for number in range(count))
        path = " ".join(f"{x:.2f} {y:.2f} m {x + width:.2f} {y:.2f} l" for y in spots)
        self.code.append(f"{GREY} G {HAIR} w {path} S")
        return top - pitch * count

    def boxed(self, x: float, y: float, width: float, height: float, grey: str = GREY, thick: float = 0.5) -> None:
        """A frame with its lower left corner at x, y."""
        self.code.append(f"{grey} G {thick:g} w {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S")

    def dashed(self, x: float, y: float, width: float, height: float) -> None:
        """A frame for something to be put in."""
        self.code.append(f"q {GREY} G 0.5 w [2 2] 0 d {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S Q")

    def ring(self, x: float, y: float, radius: float, *, filled: bool = True, thick: float = 0.8) -> None:
        """A dot, or a circle of white with an edge."""
        if filled:
            self.dot(x, y, radius, "0")
        else:
            self.code.append(f"q 1 g 0 G {thick:g} w {circle(x, y, radius)} B Q")

    def curve(self, points: tuple[float, ...], grey: str, thick: float) -> None:
        """A Bézier curve of four points, x and y of each."""
        a, b, *rest = points
        self.code.append(f"q {grey} G {thick:g} w 1 J {a:.2f} {b:.2f} m {' '.join(f'{each:.2f}' for each in rest)} c S Q")

    def picture(self, photo: Photo, x: float, y: float, width: float, height: float, part: float = 0) -> None:
        """The whole picture as large as it fits into the box, with a hair around it; `part` of the white left over lies to its left."""
        number, wide, high = self.designs.photo(photo)
        self.used.add(number)
        scale = min(width / wide, height / high)
        w, h = wide * scale, high * scale
        left, foot = x + (width - w) * part, y + (height - h) * (part or 1)
        self.placed(f"X{number}", left, foot, w, h)
        self.boxed(left, foot, w, h, GREY, HAIR)

    def no_photos(self, x: float, y: float, size: float) -> None:
        """The sign of a camera struck through, in a square with its lower left corner at x, y."""
        self.code.append(f"q {size / 24:.4f} 0 0 {size / 24:.4f} {x:.2f} {y:.2f} cm {CAMERA} Q")


def height_of(text: str, style: Style, width: float) -> float:
    """Points a paragraph takes."""
    return len(lines(text, style, width)) * style.leading


CAMERA = (
    "0 G 1.5 w 1 j 1 J 2 5 20 13 re S 8 18 m 9.5 21 l 14.5 21 l 16 18 l S "
    f"{circle(12, 11.2, 3.8)} S 1 G 4.4 w 3 2 m 21.5 22.5 l S 0 G 1.7 w 3 2 m 21.5 22.5 l S"
)
"""On a square of 24 units."""
