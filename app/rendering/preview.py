"""Pages of a PDF as pictures, and where its sections start."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import pypdfium2
from pypdfium2 import raw

LOCK = Lock()
"""PDFium works for one thread at a time."""
LARGEST = 3000
"""Pixels across, at most."""


def page_count(pdf: bytes) -> int:
    """Number of pages."""
    with _opened(pdf) as document:
        return len(document)


def page_png(pdf: bytes, page: int, width_px: int) -> bytes:
    """Page `page`, counted from 0, as a PNG `width_px` pixels wide (3,000 at most). Raises IndexError if there is no such page."""
    with _opened(pdf) as document:
        if not 0 <= page < len(document):
            raise IndexError(page)
        sheet = document[page]
        picture = sheet.render(scale=min(max(width_px, 1), LARGEST) / sheet.get_width()).to_pil()
        out = io.BytesIO()
        picture.save(out, "PNG", compress_level=3)
        return out.getvalue()


def page_of_section(pdf: bytes, name: str) -> int:
    """The page, counted from 0, on which a section of a record starts; 0 if there is none of that name.

    `name` is the section's key; the copy of a subject is called part.subject.key.
    """
    with _opened(pdf) as document:
        found = raw.FPDF_GetNamedDestByName(document, name.encode())
        return max(raw.FPDFDest_GetDestPageIndex(document, found), 0) if found else 0


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    with LOCK:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()
