"""What stands around the answers on every page: letterhead, control strip, code to scan, the diagonal of a draft."""

from __future__ import annotations

from math import atan, cos, hypot, sin

from app.rendering.fonts import BOLD, wrapped
from app.rendering.record.ink import Page
from app.rendering.record.mark import mark
from app.rendering.record.sheet import FURNITURE, INK, MM, PALE, SIDE, SMALL, Style
from forms.resolved import Imprint

QR, QR_FOOT = 14 * MM, 4 * MM
HEAD_LINE, MARK_HIGH = 8 * MM, 4.2 * MM
STRIP_TOP = 15.5 * MM
CODE = Style(BOLD, 8, 10, INK)


def furnish(page: Page, imprint: Imprint, pages: int) -> list[str]:
    """The operators to stand before the page's own: the diagonal lies under the words."""
    around = Page(page.number, page.width, page.height, page.resources)
    with around.marked(None):
        if imprint.draft:
            _diagonal(around, imprint.draft)
        _letterhead(around, imprint)
        _foot(around, imprint, pages)
    return around.code


def foot(page: Page, imprint: Imprint, pages: int) -> list[str]:
    """The control strip alone, for a page that has no letterhead."""
    around = Page(page.number, page.width, page.height, page.resources)
    with around.marked(None):
        _foot(around, imprint, pages)
    return around.code


def _letterhead(page: Page, imprint: Imprint) -> None:
    drawing, width = mark()
    top = page.height - HEAD_LINE
    with page.isolated():
        page.code.append(f"{MARK_HIGH:.2f} 0 0 {MARK_HIGH:.2f} {SIDE:.2f} {top - MARK_HIGH:.2f} cm {drawing}")
    left = SIDE + width * MARK_HIGH + 2.2 * MM
    words = top - MARK_HIGH / 2 + FURNITURE.leading / 2 - 0.6
    page.lines(wrapped(imprint.programme, FURNITURE.face, 40_000)[:1], FURNITURE, left, words)
    page.lines([imprint.code], Style(CODE.font, CODE.size, CODE.leading, INK, "right"), SIDE, words, page.width - 2 * SIDE)


def _foot(page: Page, imprint: Imprint, pages: int) -> None:
    """The control strip; a draft's state is said once, in the draft's capitals."""
    number = imprint.page_of.format(page=page.number + 1, pages=pages)
    told = (imprint.code, imprint.version, imprint.state, imprint.draft, imprint.date, imprint.classification, number)
    once = {text.casefold(): text for text in told if text}
    width = page.width - 2 * SIDE - QR - 4 * MM
    strip = [" · ".join(once.values()), " · ".join(filter(None, (imprint.verification, imprint.verification_url)))]
    lines = [line for text in strip for line in wrapped(text, SMALL.face, int(width * 1000 / SMALL.size))]
    page.lines(lines[:4], SMALL, SIDE, STRIP_TOP)
    if imprint.verification_url:
        page.placed("Q", page.width - SIDE - QR, QR_FOOT, QR, QR)


def _diagonal(page: Page, word: str) -> None:
    """Across the page from lower left to upper right, as large as it fits, pale."""
    angle = atan(page.height / page.width)
    size = min(0.62 * hypot(page.width, page.height) * 1000 / CODE.face.width(word), 110)
    style = Style(BOLD, size, size, PALE)
    half = CODE.face.width(word) * size / 2000
    x, y = page.width / 2 - half * cos(angle), page.height / 2 - half * sin(angle)
    with page.isolated():
        page.code.append(f"{cos(angle):.4f} {sin(angle):.4f} {-sin(angle):.4f} {cos(angle):.4f} {x:.2f} {y:.2f} cm")
        page.lines([word], style, 0, style.rise - size * 0.33)
