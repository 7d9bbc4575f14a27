"""Pages of a form, drawn with reportlab; they note where answers go."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app.rendering.fonts import BOLD, FALLBACK, FOLDER, ITALIC, REGULAR, runs
from app.rendering.record.ink import Page, Resources
from app.rendering.record.sheet import BORDER, WHITE, Style
from app.rendering.tagging import Node


@dataclass(eq=False)
class Slot:
    """A place on paper for one input, or one option, of an answer."""

    question: int
    """Which of the questions, in reading order."""
    part: int
    """Which of its inputs or options."""
    kind: Literal["text", "combo", "check", "radio"]
    tooltip: str
    node: Node
    """The element it belongs to."""
    page: int = 0
    rect: tuple[float, float, float, float] = (0, 0, 0, 0)
    """Left, bottom, width, height."""
    mark: int = -1
    """Of the flat form: the marked content the answer is drawn as."""


@dataclass(eq=False)
class Canvases:
    """The reportlab file a form is drawn on, page by page; equal drawings give equal bytes."""

    width: float
    height: float
    live: bool
    """Whether fields will stand in the slots; else the answers are drawn there."""
    slots: list[Slot] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)

    def __post_init__(self) -> None:
        _register()
        self._out = io.BytesIO()
        drawn: Any = {"pagesize": (self.width, self.height), "pageCompression": 0, "invariant": 1, "initialFontName": REGULAR}
        self.canvas: Any = Canvas(self._out, **drawn)

    def page(self) -> Paper:
        """The next page."""
        if self.papers:
            self.canvas.showPage()
        self.papers.append(Paper(len(self.papers), self.width, self.height, Resources(), self.canvas._code, on=self))
        return self.papers[-1]

    def closed(self) -> bytes:
        """The file."""
        self.canvas.showPage()
        self.canvas.save()
        return self._out.getvalue()


@dataclass(eq=False)
class Paper(Page):
    """A page whose ink is reportlab's; everything that can be drawn on a record's page can be drawn on it."""

    on: Canvases | None = None

    @property
    def canvas(self) -> Any:
        assert self.on is not None
        return self.on.canvas

    def seat(self, slot: Slot, rect: tuple[float, float, float, float]) -> None:
        """An answer goes here: into a field, or into content of its own."""
        assert self.on is not None
        slot.page, slot.rect = self.number, rect
        self.on.slots.append(slot)
        node = slot.node.add("Form" if self.on.live else "Span" if slot.node.tag == "LBody" else "P")
        if self.on.live:
            slot.node = node
            return
        slot.mark = self.marks
        node.marks.append((self.number, self.marks))
        self.marks += 1

    def square(self, rect: tuple[float, float, float, float], *, thick: float = 0.5) -> None:
        """A box to write in: white inside."""
        x, y, width, height = rect
        self.box(x, y, width, height, WHITE)
        self.frame(x, y, width, height, BORDER, thick=thick)

    def ring(self, x: float, y: float, radius: float) -> None:
        """A round box, around x, y."""
        self._stroke(BORDER, 0.6)
        self.fill(WHITE)
        self.canvas.circle(x, y, radius, stroke=1, fill=1)

    def fill(self, colour: str) -> None:
        self.canvas.setFillColorRGB(*map(float, colour.split()))

    def _stroke(self, colour: str, thick: float) -> None:
        self.canvas.setStrokeColorRGB(*map(float, colour.split()))
        self.canvas.setLineWidth(thick)

    def lines(self, lines: list[str], style: Style, x: float, top: float, width: float = 0) -> None:
        self.fill(style.colour)
        text, baseline = self.canvas.beginText(), top - style.rise
        for number, line in enumerate(lines):
            start = x if style.align == "left" else x + width - style.face.width(line.rstrip()) * style.size / 1000
            text.setTextOrigin(start, baseline - number * style.leading)
            for face, run in runs(line, style.face):
                text.setFont(face.name, style.size)
                text.textOut(run)
        self.canvas.drawText(text)

    @contextmanager
    def isolated(self) -> Iterator[None]:
        self.canvas.saveState()
        yield
        self.canvas.restoreState()

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        self.fill(colour)
        self.canvas.rect(x, y, width, height, stroke=0, fill=1)

    def frame(self, x: float, y: float, width: float, height: float, colour: str, *, thick: float = 0.5) -> None:
        self._stroke(colour, thick)
        self.canvas.rect(x, y, width, height, stroke=1, fill=0)

    def strokes(self, points: tuple[tuple[float, float], ...], colour: str, thick: float) -> None:
        self._stroke(colour, thick)
        path = self.canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        self.canvas.drawPath(path, stroke=1, fill=0)


@cache
def _register() -> None:
    """Without the readable letters reportlab puts into every subset, whose controls no standard of archives admits."""
    for name in (REGULAR, BOLD, ITALIC, FALLBACK):
        pdfmetrics.registerFont(TTFont(name, str(FOLDER / f"{name}.ttf"), asciiReadable=0))
