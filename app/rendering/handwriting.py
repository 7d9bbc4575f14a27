"""A signature drawn on a screen, drawn anew: ink on nothing, small, without whatever else the file held. Runs in the jail."""

from __future__ import annotations

import base64
import io
from typing import Final

from PIL import Image

from app.errors import N_, BadFile
from app.rendering import jail
from forms.values import Json

START: Final = b"\x89PNG\r\n\x1a\n"
LARGEST: Final = 200_000
"""Bytes of a drawing as the screen sends it."""
WIDEST, HIGHEST = 1200, 500
"""Pixels it may have, and those it keeps at most."""
KEPT: Final = (700, 220)
DARK: Final = 128
LEAST: Final = 60
"""Dots of ink, less than which nobody signed."""
EMPTY: Final = N_("Dibuje su firma en el recuadro, o fírmelo escribiendo solo el código.")
TASK: Final = "app.rendering.handwriting:redrawn"


def clean(data: bytes) -> bytes:
    """The drawing as a PNG of our own making. Raises BadFile for anything that is not one, or has no ink."""
    if len(data) > LARGEST or not data.startswith(START):
        raise BadFile(EMPTY)
    told = jail.run(TASK, data)
    if not isinstance(told, str) or not told:
        raise BadFile(EMPTY)
    return base64.b64decode(told)


def redrawn(data: bytes) -> Json:
    """The jail's side: the ink of a PNG as a one-bit picture, cut to its edges, base64; '' if there is none."""
    with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
        if picture.width > WIDEST or picture.height > HIGHEST:
            return ""
        sheet = Image.new("RGBA", picture.size, "white")
        sheet.alpha_composite(picture.convert("RGBA"))
    ink = sheet.convert("L").point(lambda level: 255 if level < DARK else 0)
    edges = ink.getbbox()
    if edges is None or ink.histogram()[255] < LEAST:
        return ""
    cut = ink.crop(edges).point(lambda level: 255 - level)
    cut.thumbnail(KEPT)
    out = io.BytesIO()
    cut.convert("1").save(out, "PNG", optimize=True)
    return base64.b64encode(out.getvalue()).decode()
