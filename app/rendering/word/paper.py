"""The paper of a drawn template: its pages are A4, and become Letter where the document's country prints on Letter."""
from __future__ import annotations

import io
import re
import zipfile
from functools import lru_cache

from app.rendering.word.package import Package

SIZES = {"A4": (11906, 16838), "Letter": (12240, 15840)}
"""Width and height in twentieths of a point."""
BODY = "word/document.xml"
SIDES = re.compile(r'w:(right|left)="(\d+)"')
PAGE = re.compile(r'<w:pgSz w:w="11906" w:h="16838"/><w:pgMar [^>]*>')


@lru_cache(maxsize=64)
def on_paper(template: bytes, paper: str) -> bytes:
    """The template on `paper` ('A4' or 'Letter', forms.md §9). The sides take the difference, so that lines break as they did."""
    if paper == "A4":
        return template
    with zipfile.ZipFile(io.BytesIO(template)) as archive:
        body = archive.read(BODY).decode()
    return Package(template, (BODY,)).written({BODY: PAGE.sub(lambda page: _resized(page[0], *SIZES[paper]), body).encode()})


def _resized(page: str, width: int, height: int) -> str:
    more = (width - SIZES["A4"][0]) // 2
    wider = SIDES.sub(lambda side: f'w:{side[1]}="{int(side[2]) + more}"', page)
    return wider.replace('w:w="11906" w:h="16838"', f'w:w="{width}" w:h="{height}"')
