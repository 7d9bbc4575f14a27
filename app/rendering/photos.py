"""Photos somebody sends, made anew before they are kept: upright, of a size to print, without where, when and with what they were taken."""

from __future__ import annotations

import io
import tempfile
from typing import Final

from PIL import Image, ImageOps

from app.errors import N_, BadFile
from app.rendering import jail
from forms.values import Json, mapping

FORMATS: Final = {"image/jpeg": "JPEG", "image/png": "PNG"}
MOST: Final = 40_000_000
"""Pixels of a photo, above which it is not opened."""
SIDE: Final = 2000
"""Pixels of the shorter side that are kept."""
THUMBNAIL: Final = 320
QUALITY: Final = 88
BROKEN: Final = N_("No podemos abrir esta foto: está dañada o no es JPG ni PNG. Guárdela otra vez y súbala de nuevo.")
LARGE: Final = N_("Esta foto tiene {have} megapíxeles y el máximo son {most}: guárdela más pequeña y súbala de nuevo.")
SMALL: Final = N_("Esta foto tiene {width} × {height} píxeles: para imprimirla, el lado más corto necesita {least}. Suba el original.")


def for_keeping(data: bytes, media_type: str, least: int = 0) -> bytes:
    """The same picture, of our own making; `least` are the pixels its shorter side needs. Raises BadFile with one sentence."""
    try:
        size = mapping(jail.run("app.rendering.photos:size_task", data, format=FORMATS[media_type]))
        width, height = int(str(size["width"])), int(str(size["height"]))
        if width * height > MOST:
            raise BadFile(LARGE, have=-(-width * height // 1_000_000), most=MOST // 1_000_000)
        if min(width, height) < least:
            raise BadFile(SMALL, width=width, height=height, least=least)
        return _made("app.rendering.photos:kept_task", data, media_type)
    except jail.Refused as refused:
        raise BadFile(BROKEN) from refused


def thumbnail(data: bytes, media_type: str) -> bytes:
    """A small picture of one that is kept, in the same format. Raises BadFile."""
    try:
        return _made("app.rendering.photos:thumbnail_task", data, media_type)
    except jail.Refused as refused:
        raise BadFile(BROKEN) from refused


def _made(task: str, data: bytes, media_type: str) -> bytes:
    with tempfile.TemporaryFile() as out:
        jail.made(task, data, out, format=FORMATS[media_type])
        out.seek(0)
        return out.read()


def size_task(data: bytes, format: str) -> Json:
    """The jail's side: what its head says, before a pixel is decoded."""
    with _opened(data, format) as image:
        return {"width": image.width, "height": image.height}


def kept_task(data: bytes, format: str) -> bytes:
    """The jail's side: the whole picture, decoded and written anew."""
    with _opened(data, format) as image:
        image.load()
        upright = ImageOps.exif_transpose(image)
        shrink = SIDE / min(upright.size)
        return _written(upright.resize((round(upright.width * shrink), round(upright.height * shrink))) if shrink < 1 else upright, format)


def thumbnail_task(data: bytes, format: str) -> bytes:
    """The jail's side."""
    with _opened(data, format) as image:
        image.draft("RGB", (THUMBNAIL, THUMBNAIL))
        image.thumbnail((THUMBNAIL, THUMBNAIL))
        return _written(image, format)


def _opened(data: bytes, format: str) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # the size is looked at before anything is decoded, and memory has a limit here
    return Image.open(io.BytesIO(data), formats=[format])


def _written(image: Image.Image, format: str) -> bytes:
    """Its pixels and nothing else: a fresh picture takes no data along."""
    clear = format == "PNG" and (image.mode in ("RGBA", "LA") or "transparency" in image.info)
    plain = image.convert("RGBA" if clear else "RGB")
    bare, out = Image.new(plain.mode, plain.size), io.BytesIO()
    bare.paste(plain)
    bare.save(out, format, quality=QUALITY)
    return out.getvalue()
