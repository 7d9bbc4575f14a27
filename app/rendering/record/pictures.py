"""Photos as the archive takes them: JPEG in sRGB or grey, without anything else inside."""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image

from app.rendering.archive import File

QUALITY = 85


@lru_cache(maxsize=16)
def jpeg(data: bytes) -> tuple[bytes, int, int, str]:
    """A picture re-encoded: (JPEG, width, height, colour space). Raises OSError for what is no picture."""
    with Image.open(io.BytesIO(data)) as opened:
        grey = opened.mode in ("L", "1", "LA")
        image = opened.convert("L" if grey else "RGB")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue(), image.width, image.height, "DeviceGray" if grey else "DeviceRGB"


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height in pixels."""
    _, width, height, _ = jpeg(data)
    return width, height


def write_picture(file: File, data: bytes) -> int:
    """The picture as an image object; returns its number."""
    encoded, width, height, space = jpeg(data)
    return file.ready(
        f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/{space}/BitsPerComponent 8/Filter/DCTDecode", encoded
    )
