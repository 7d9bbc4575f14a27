"""The product's mark on paper, read from the one drawing that page, letterhead and cover share."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as Xml

from app.rendering.record.ink import circle
from app.rendering.record.sheet import rgb

DRAWING = Path(__file__).parents[3] / "annex_templates" / "_shared" / "mark.svg"
NAMESPACE = "{http://www.w3.org/2000/svg}"


@cache
def mark() -> tuple[str, float]:
    """Operators that draw the mark one unit high from the origin up, and its width.

    Knows circles and paths of M and C: that is what the drawing has.
    """
    root = Xml.parse(DRAWING).getroot()  # noqa: S314 - our own file
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    shapes = [_circle(each) if each.tag == f"{NAMESPACE}circle" else _path(each) for each in root]
    return f"{1 / height:.6f} 0 0 {-1 / height:.6f} 0 1 cm " + " ".join(shapes), width / height


def _circle(shape: Xml.Element) -> str:
    x, y, radius = (float(shape.attrib[key]) for key in ("cx", "cy", "r"))
    return f"{rgb(shape.attrib['fill'][1:])} rg {circle(x, y, radius)} f"


def _path(shape: Xml.Element) -> str:
    commands = re.findall(r"([MC])([^MC]+)", shape.attrib["d"])
    path = " ".join(f"{' '.join(numbers.split())} {letter.lower()}" for letter, numbers in commands)
    return f"{rgb(shape.attrib['stroke'][1:])} RG {shape.attrib['stroke-width']} w 1 J {path} S"
