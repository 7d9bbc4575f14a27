"""Made files read back: is every answer there?"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from functools import singledispatch
from typing import Any
from xml.etree import ElementTree as Xml

import pikepdf
import pypdfium2
from pypdfium2 import raw

from app.rendering.fonts import INVISIBLE
from app.rendering.preview import LOCK
from forms.blocks import Bars, Block, Cards, Cell, Diary, Gantt, Heading, Line, Matrix, Note, Picture, Prose, Rows, SignatureBox, Ticks
from forms.resolved import Resolved, Shown

TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
DROPPED = re.compile(f"[\\s{''.join(sorted(INVISIBLE))}\\u2800\\ufffe]+")
"""White space and letters that are never drawn."""

ALIKE = str.maketrans(
    {2: "-"}
    | {code: "".join(chr(int(part, 16)) for part in unicodedata.decomposition(chr(code)).split()[1:]) for code in range(0xFB00, 0xFB07)}
)
"""PDFium reads the letters ﬀ to ﬆ as what they join, and a hyphen at the end of a line as U+0002."""


def missing_from_pdf(pdf: bytes, resolved: Resolved) -> list[Shown]:
    """The answers of which some word cannot be found in the text of the file.

    What is not found as it is drawn, because a page or a column ends inside it, is looked for as it is read aloud.
    """
    return _missing(text_of_pdf(pdf), resolved) and _missing(text_as_heard(pdf), resolved)


def missing_from_word(docx: bytes, resolved: Resolved) -> list[Shown]:
    """The answers of which some word cannot be found in the body of a Word file."""
    return _missing(text_of_word(docx), resolved)


def text_of_pdf(pdf: bytes) -> str:
    """The text of all pages, in the order it is drawn."""
    with LOCK:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return "\n".join(page.get_textpage().get_text_bounded() for page in document)
        finally:
            document.close()


def text_as_heard(pdf: bytes) -> str:
    """The text of a tagged file in the order of its structure, without page furniture."""
    with LOCK:
        document = pypdfium2.PdfDocument(pdf)
        try:
            spoken = [_marked_text(page) for page in document]
        finally:
            document.close()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        pages = {page.obj.objgen: number for number, page in enumerate(file.pages)}
        root = file.Root.get("/StructTreeRoot")
        marks = _marks(root.K, 0, pages) if root is not None else iter(())
        return "\n".join(spoken[page].get(mcid, "") for page, mcid in marks)


def _marked_text(page: pypdfium2.PdfPage) -> dict[int, str]:
    """The text of each piece of marked content."""
    told: dict[int, str] = {}
    text = page.get_textpage()
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        mcid = raw.FPDFPageObj_GetMarkedContentID(drawn)
        length = raw.FPDFTextObj_GetText(drawn, text, None, 0)
        buffer = (raw.FPDF_WCHAR * length)()
        raw.FPDFTextObj_GetText(drawn, text, buffer, length)
        told[mcid] = told.get(mcid, "") + bytes(buffer).decode("utf-16-le").rstrip("\0")
    return told


def _marks(element: pikepdf.Object, page: int, pages: Mapping[tuple[int, int], int]) -> Iterator[tuple[int, int]]:
    """(page, mcid) of all content below a structure element, in its order (ISO 32000-1, 14.7.4)."""
    page = pages[element.Pg.objgen] if "/Pg" in element else page
    kids: Any = element.get("/K", ())
    for kid in [kids] if isinstance(kids, int | pikepdf.Dictionary) else kids:
        if isinstance(kid, int):
            yield page, kid
        elif "/MCID" in kid:
            yield pages[kid.Pg.objgen], int(kid.MCID)
        else:
            yield from _marks(kid, page, pages)


def text_of_word(docx: bytes) -> str:
    """The text of the body, runs of a paragraph joined as they are read."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        body = archive.read("word/document.xml")
    return "".join(each.text or "" for each in Xml.fromstring(body).iter(TEXT))  # noqa: S314 - a file we made


def _missing(text: str, resolved: Resolved) -> list[Shown]:
    page, at, missing = squeezed(text), 0, []
    for section in resolved.sections:
        for answer in section.answers:
            found, at = _found(page, at, words_of(answer.blocks))
            if not found:
                missing.append(answer)
    return missing


def squeezed(text: str) -> str:
    """The text without its white space: where lines break is the page's business."""
    return DROPPED.sub("", text).translate(ALIKE)


def _found(page: str, at: int, told: Iterable[str]) -> tuple[bool, int]:
    """Whether all is on the page; looked for from `at` on, since answers mostly follow each other."""
    for text in told:
        words = squeezed(text)
        spot = page.find(words, at)
        if spot < 0 and page.find(words) < 0 and not all(squeezed(word) in page for word in text.split()):
            return False, at
        at = spot if spot >= 0 else at
    return True, at


def words_of(blocks: Iterable[Block]) -> Iterator[str]:
    """The answers' own words in blocks, the form's labels left out. Marks in a grid are no words."""
    for block in blocks:
        yield from filter(None, _words(block))


@singledispatch
def _words(block: Block) -> Iterable[str]:
    raise TypeError(type(block))


@_words.register
def _(block: Line) -> Iterable[str]:
    return (block.text,)


@_words.register
def _(block: Prose) -> Iterable[str]:
    return block.paragraphs


@_words.register
def _(block: Ticks) -> Iterable[str]:
    return (words for words, chosen in block.options if chosen)


@_words.register
def _(block: Bars) -> Iterable[str]:
    return (text for bar in block.bars for text in (bar.label, bar.text))


@_words.register
def _(block: Picture) -> Iterable[str]:
    return (block.caption,)


@_words.register
def _(block: SignatureBox) -> Iterable[str]:
    return block.name, block.position, block.note


@_words.register
def _(block: Heading | Note) -> Iterable[str]:
    return ()


@_words.register
def _(block: Rows) -> Iterable[str]:
    drawn = isinstance(block.view, Cards | Diary)
    keys = [column.key for column in block.columns if column.key != _marked(block)]
    return (text for row in block.rows for key in keys for text in _cell(row.cells[key], drawn))


def _marked(rows: Rows) -> str:
    """The column that is told by marks."""
    view = rows.view
    return view.across if isinstance(view, Matrix) else view.months if isinstance(view, Gantt) else ""


def _cell(cell: Cell, drawn: bool) -> Iterable[str]:
    return words_of(cell.blocks) if drawn and cell.blocks else (cell.text,)
