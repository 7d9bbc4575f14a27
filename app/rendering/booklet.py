"""A PDF made elsewhere as a booklet: its pages in order, scaled to fit, imposed on sheets. It is opened in the jail only."""

from __future__ import annotations

import io
from dataclasses import asdict, replace
from pathlib import Path
from typing import IO, Any

import pikepdf

from app.rendering import jail
from app.rendering.imposition import Placing, Saddle, Side, placing, sides
from app.rendering.notebook.model import Paper
from app.rendering.notebook.sheet import TRIMS

MOST_PAGES = 2000
TASK = "app.rendering.booklet:imposed_task"


def impose(data: bytes | Path, paper: Paper, out: IO[bytes], how: Saddle = Saddle()) -> None:
    """The booklet of a PDF, on sheets of `paper`, into an empty file on disk. Raises jail.Refused for what cannot be opened.

    Pages are shrunk or enlarged to the trim as they are, whatever their size; what forms and notes show is kept as drawn.
    """
    how = how if how.sheet else replace(how, sheet=paper)
    jail.made(TASK, data, out, most=jail.LARGEST_FILE, paper=paper, how=asdict(how))


def imposed_task(data: bytes, paper: Paper, how: dict[str, Any]) -> bytes:
    """The jail's side of it."""
    saddle, trim = Saddle(**how), TRIMS[paper]
    with pikepdf.open(io.BytesIO(data)) as source, pikepdf.new() as booklet:
        if not 0 < len(source.pages) <= MOST_PAGES:
            raise ValueError("pages")
        source.flatten_annotations("print")
        place = placing(saddle.sheet, (trim.width, trim.height))
        forms = [booklet.copy_foreign(page.as_form_xobject()) for page in source.pages]
        for side in sides(len(forms), saddle):
            _add(booklet, forms, side, place, marks=saddle.marks)
        out = io.BytesIO()
        booklet.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def _add(booklet: pikepdf.Pdf, forms: list[Any], side: Side, place: Placing, *, marks: bool) -> None:
    """One side of a sheet."""
    booklet.add_blank_page(page_size=(place.width, place.height))
    page = booklet.pages[-1]
    code = []
    for number, x in ((side.left, place.left(side.creep)), (side.right, place.right(side.creep))):
        if number:
            name = page.add_resource(forms[number - 1], pikepdf.Name.XObject)
            room, form = pikepdf.Rectangle(x, place.foot, x + place.page[0], place.foot + place.page[1]), forms[number - 1]
            code.append(
                page.calc_form_xobject_placement(form, name, room, invert_transformations=True, allow_shrink=True, allow_expand=True)
            )
    if marks:
        code.append(place.marks(side).encode())
    page.Contents = booklet.make_stream(b"\n".join(code))
