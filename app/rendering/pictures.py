"""Photos for paper: whatever was uploaded as a plain JPEG of a few hundred pixels, without anything else it carried."""

from __future__ import annotations

import io
import tempfile

from PIL import Image, ImageOps

from app.rendering import jail

TASK = "app.rendering.pictures:scaled_task"
MOST_PIXELS = 60_000_000
QUALITY = 82


def for_paper(data: bytes, longest: int) -> bytes:
    """The picture upright, on white, at most `longest` pixels on its longer side. Raises jail.Refused for what cannot be opened."""
    with tempfile.TemporaryFile() as out:
        jail.made(TASK, data, out, longest=longest)
        out.seek(0)
        return out.read()


def scaled_task(data: bytes, longest: int) -> bytes:
    """The jail's side of it."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    out = io.BytesIO()
    with Image.open(io.BytesIO(data), formats=["JPEG", "PNG"]) as image:
        image.draft("RGB", (longest, longest))
        small = image if image.mode == "RGB" else image.convert("RGBA")
        small.thumbnail((longest, longest))
        upright = ImageOps.exif_transpose(small)
        flat = Image.new("RGB", upright.size, "white")
        flat.paste(upright, mask=upright.getchannel("A") if upright.mode == "RGBA" else None)
        flat.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
