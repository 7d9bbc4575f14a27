"""The place for the organisation's seal: a tagged signature field on the last page, and what is drawn in it when it is filled."""

from __future__ import annotations

from dataclasses import replace

from app.rendering.archive import File, text_string, write_font
from app.rendering.fonts import subset
from app.rendering.record.furniture import QR, STRIP_TOP
from app.rendering.record.ink import Page, Resources
from app.rendering.record.sheet import MM, SIDE, SMALL
from app.rendering.tagging import Node

FIELD = "Seal"
GAP, HIGH = 0.5 * MM, 3.6 * MM
"""Between the control strip and what is written: one line."""


def place_for_seal(file: File, tree: Node, page: Page, page_number: int, widget: int, key: int, words: str) -> str:
    """Writes the empty field as object `widget` of a page, the last thing read aloud; returns the catalogue's entry for it.

    `key` is its StructParent: widgets count on from the pages, in reading order.
    """
    width = page.width - 2 * SIDE - QR - 4 * MM
    left, foot = SIDE, STRIP_TOP + GAP
    node = tree.add("Form", alt=words)
    node.widget = page.number, widget
    empty = file.stream(f"/Type/XObject/Subtype/Form/BBox[0 0 {width:.2f} {HIGH:.2f}]/Resources<<>>", b"")
    file.put(
        f"<</Type/Annot/Subtype/Widget/FT/Sig/T({FIELD})/TU {text_string(words)}/F 132/P {page_number} 0 R/StructParent {key}"
        f"/Rect[{left:.2f} {foot:.2f} {left + width:.2f} {foot + HIGH:.2f}]/AP<</N {empty} 0 R>>>>",
        widget,
    )
    return f"/AcroForm {file.put(f'<</Fields[{widget} 0 R]>>')} 0 R"


def stamp(text: str, width: float, height: float) -> bytes:
    """A small file of one page, drawn to be laid into the field: a line of text, its letters embedded, smaller if it is long."""
    drawn = SMALL.face.width(text) * SMALL.size / 1000
    style = replace(SMALL, size=round(SMALL.size * min(1, width / drawn), 2))
    page = Page(0, width, height, Resources())
    page.lines([text], style, 0, (height + style.leading) / 2)
    file = File()
    root, parent = file.reserve(), file.reserve()
    used = page.resources
    fonts = "".join(f"/{short} {write_font(file, subset(name, used.used[name]))} 0 R" for name, short in used.fonts.items())
    content = file.stream("", "\n".join(page.code).encode("latin-1"))
    leaf = file.put(
        f"<</Type/Page/Parent {parent} 0 R/MediaBox[0 0 {width:.2f} {height:.2f}]/Resources<</Font<<{fonts}>>>>/Contents {content} 0 R>>"
    )
    file.put(f"<</Type/Pages/Count 1/Kids[{leaf} 0 R]>>", parent)
    file.put(f"<</Type/Catalog/Pages {parent} 0 R>>", root)
    return file.closed(root, file.put("<<>>"))
