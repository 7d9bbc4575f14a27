"""Pages made elsewhere, as pictures: letters, scans, certificates. They are opened in the jail only."""

from __future__ import annotations

import base64
import io
from typing import Any, cast

import pypdfium2
from PIL import Image

from app.rendering import jail
from forms.values import Json

DPI = 200
POINTS = 72
MOST_PAGES = 40
"""Of one file; a longer one is not a letter."""
MOST_PIXELS = 40_000_000
FITS = 760_000
"""Bytes of a picture that the jail lets out."""
QUALITIES = (85, 70, 55, 40, 25)


def pages(data: bytes) -> list[bytes]:
    """Every page of a PDF or a picture as JPEG, 200 dots to the inch. Raises jail.Refused for what cannot be opened within the limits."""
    first = _asked(data, 0)
    return [_jpeg(first), *(_jpeg(_asked(data, number)) for number in range(1, int(first["pages"])))]


def _asked(data: bytes, page: int) -> dict[str, Any]:
    return cast("dict[str, Any]", jail.run("page", data, page=page))


def _jpeg(told: dict[str, Any]) -> bytes:
    return base64.b64decode(told["jpeg"])


def page_task(data: bytes, page: int) -> Json:
    """The jail's side of it: how many pages there are, and one of them."""
    image, count = _of_pdf(data, page) if data[:1024].find(b"%PDF-") >= 0 else (_of_picture(data), 1)
    return {"pages": count, "jpeg": base64.b64encode(_small(image)).decode()}


def _of_pdf(data: bytes, page: int) -> tuple[Image.Image, int]:
    document = pypdfium2.PdfDocument(data)
    if not 0 < len(document) <= MOST_PAGES:
        raise ValueError("too many pages")
    sheet = document[page]
    width, height = sheet.get_size()
    scale = min(DPI / POINTS, (MOST_PIXELS / (width * height)) ** 0.5)
    return sheet.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB"), len(document)


def _of_picture(data: bytes) -> Image.Image:
    opened = Image.open(io.BytesIO(data))
    if opened.width * opened.height > MOST_PIXELS:
        raise ValueError("too many pixels")
    opened.thumbnail((11 * DPI, 14 * DPI))
    return opened.convert("RGB")


def _small(image: Image.Image) -> bytes:
    """As good as fits."""
    for quality in QUALITIES:
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, dpi=(DPI, DPI))
        if out.tell() <= FITS:
            return out.getvalue()
    image.thumbnail((image.width // 2, image.height // 2))
    return _small(image)
