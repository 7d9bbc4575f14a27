"""One page as it is drawn: content-stream operators and the marks that tie them to the structure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise

from app.rendering.fonts import encoded, runs
from app.rendering.record.sheet import Style
from app.rendering.tagging import Node

BEZIER = 0.5523


@dataclass
class Resources:
    """What the pages of a document share: the letters used of each face, pictures, and their names."""

    used: dict[str, set[str]] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)
    """Face → resource name."""
    pictures: dict[str, str] = field(default_factory=dict)
    """Content hash → resource name."""

    def font(self, name: str, text: str) -> str:
        """The resource name of a face that `text` is about to be set in."""
        if name not in self.used:
            self.used[name] = set()
            self.fonts[name] = f"F{len(self.fonts)}"
        self.used[name].update(text)
        return self.fonts[name]

    def picture(self, sha256: str) -> str:
        """The resource name of a picture."""
        return self.pictures.setdefault(sha256, f"I{len(self.pictures)}")


@dataclass(eq=False)
class Page:
    """`number` counts from 0; coordinates are points from the lower left corner."""

    number: int
    width: float
    height: float
    resources: Resources
    code: list[str] = field(default_factory=list)
    marks: int = 0
    _colour: str = ""
    _font: tuple[str, float] = ("", 0)

    @contextmanager
    def marked(self, node: Node | None) -> Iterator[None]:
        """Draw as content of `node`; without one, as furniture nobody reads aloud."""
        if node is None:
            self.code.append("/Artifact BMC")
        else:
            self.code.append(f"/{node.tag}<</MCID {self.marks}>>BDC")
            node.marks.append((self.number, self.marks))
            self.marks += 1
        yield
        self.code.append("EMC")

    def fill(self, colour: str) -> None:
        if colour != self._colour:
            self.code.append(f"{colour} rg")
            self._colour = colour

    def lines(self, lines: list[str], style: Style, x: float, top: float, width: float = 0) -> None:
        """Lines of text down from `top`; right-aligned ones end at x + width."""
        self.fill(style.colour)
        self.code.append("BT")
        baseline, left = top - style.rise, 0.0
        for number, line in enumerate(lines):
            start = x if style.align == "left" else x + width - style.face.width(line.rstrip()) * style.size / 1000
            self.code.append(f"{start - left:.2f} {baseline if not number else -style.leading:.2f} Td")
            left = start
            self._show(line, style)
        self.code.append("ET")

    def turned(self, lines: list[str], style: Style, x: float, y: float) -> None:
        """Lines that read upwards, the first one at the left; x, y is the lower left corner."""
        with self.isolated():
            self.code.append(f"0 1 -1 0 {x:.2f} {y:.2f} cm")
            self.lines(lines, style, 0, 0)

    @contextmanager
    def isolated(self) -> Iterator[None]:
        """Changes of the drawing state in here end here."""
        before = self._colour, self._font
        self.code.append("q")
        yield
        self.code.append("Q")
        self._colour, self._font = before

    def _show(self, line: str, style: Style) -> None:
        first = style.face
        if first.letters.issuperset(line):
            self._type(first.name, style.size, line)
            return
        for face, text in runs(line, first):
            self._type(face.name, style.size, text)

    def _type(self, font: str, size: float, text: str) -> None:
        short = self.resources.font(font, text)
        if self._font != (font, size):
            self._font = font, size
            self.code.append(f"/{short} {size:g} Tf")
        self.code.append(f"({literal(text)})Tj")

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle with its lower left corner at x, y."""
        self.fill(colour)
        self.code.append(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")

    def frame(self, x: float, y: float, width: float, height: float, colour: str, *, thick: float = 0.5) -> None:
        self.code.append(f"{colour} RG {thick:g} w {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S")

    def rule(self, x: float, y: float, width: float, colour: str, thick: float) -> None:
        self.box(x, y - thick / 2, width, thick, colour)

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        """A filled circle around x, y."""
        self.fill(colour)
        self.code.append(circle(x, y, radius) + " f")

    def strokes(self, points: tuple[tuple[float, float], ...], colour: str, thick: float) -> None:
        """A line through points."""
        path = " ".join(f"{x:.2f} {y:.2f} {'l' if number else 'm'}" for number, (x, y) in enumerate(points))
        self.code.append(f"{colour} RG {thick:g} w 1 J 1 j {path} S 0 J 0 j")

    def placed(self, resource: str, x: float, y: float, width: float, height: float) -> None:
        """A picture or form of the unit square, scaled into a box."""
        self.code.append(f"q {width:.2f} 0 0 {height:.2f} {x:.2f} {y:.2f} cm /{resource} Do Q")


def circle(x: float, y: float, radius: float) -> str:
    """The path of a circle, of four Bézier curves."""
    turns = ((1, 0), (0, 1), (-1, 0), (0, -1), (1, 0))
    parts = [f"{x + radius:.2f} {y:.2f} m"]
    for (a, b), (c, d) in pairwise(turns):
        near, far = (a + c * BEZIER, b + d * BEZIER), (c + a * BEZIER, d + b * BEZIER)
        parts.append(" ".join(f"{x + radius * h:.2f} {y + radius * v:.2f}" for h, v in (near, far, (c, d))) + " c")
    return " ".join(parts)


def literal(text: str) -> str:
    """The inside of a literal string, one character for each byte (ISO 32000-1, 7.3.4.2)."""
    raw = encoded(text).decode("latin-1")
    return raw.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").replace("\r", "\\r")
