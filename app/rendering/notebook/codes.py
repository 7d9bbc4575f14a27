"""What tells one notebook from all others: its verification code, the code to scan, and the short code beside page numbers."""

from __future__ import annotations

from app.rendering.notebook.leaf import Leaf
from app.rendering.notebook.model import Notebook
from app.rendering.notebook.sheet import FOLIO, QR, SIGN, SMALL_BOLD, TINY
from app.rendering.qr import stencil
from app.rendering.record.ink import literal
from app.rendering.record.sheet import MM


def codes(leaf: Leaf, book: Notebook, x: float, top: float) -> None:
    """The verification code with the code to scan before it, from x and down from `top`; nothing without one."""
    if book.verification_url:
        size, rows = stencil(book.verification_url)
        leaf.fill("0")
        leaf.code.append(
            f"q {QR:.2f} 0 0 {QR:.2f} {x:.2f} {top - QR:.2f} cm BI/W {size}/H {size}/IM true/BPC 1 ID {rows.decode('latin-1')}\nEI Q"
        )
        x += QR + 3 * MM
    if book.verification:
        leaf.say(book.visit.words.verification, SIGN, x, top - 1)
        leaf.say(book.verification, SMALL_BOLD, x, top - 1 - SIGN.leading)


def folio(leaf: Leaf, book: Notebook, *, short: bool) -> None:
    """The page number at the outer foot; `short`: beside it which notebook and page this is, unless the page has the whole code."""
    number = str(leaf.folio)
    wide = SMALL_BOLD.face.width(number) * SMALL_BOLD.size / 1000
    x = leaf.right - wide if leaf.odd else leaf.left
    leaf.fill("0")
    leaf.code.append(f"BT /{leaf.resources.font(SMALL_BOLD.font, number)} 8 Tf {x:.2f} {FOLIO:.2f} Td ({literal(number)})Tj")
    if short:
        _short(leaf, book, wide)
    leaf.code.append("ET")


def _short(leaf: Leaf, book: Notebook, wide: float) -> None:
    """Exchange, notebook and page in small type, on the inner side of a page number so wide; measured by what others share."""
    words = book.visit.words
    parts = [f"{book.visit.code} · "] if book.visit.code else []
    parts += [f"{words.number.format(number=book.number)} · "] if book.number else []
    parts.append(words.page.format(page=leaf.folio))
    width = sum([TINY.face.width(part) for part in parts]) * TINY.size / 1000
    told, step = "".join(parts), -width - 1.5 * MM if leaf.odd else wide + 1.5 * MM
    leaf.code.append(f"{TINY.colour} g /{leaf.resources.font(TINY.font, told)} 6 Tf {step:.2f} 0 Td ({literal(told)})Tj")
