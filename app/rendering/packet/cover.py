"""The first page: an arc, thin and large, that joins two countries; what it is under it, and white."""

from __future__ import annotations

from app.rendering.fonts import BOLD, REGULAR, wrapped
from app.rendering.packet.plan import Plan
from app.rendering.record.ink import Page
from app.rendering.record.sheet import INK, LABEL, MM, PETROL, SECONDARY, SIDE, TANGERINE, Style
from app.rendering.tagging import Node

TITLE = Style(BOLD, 24, 30)
NAME, NAME_RIGHT = Style(BOLD, 13, 17, PETROL), Style(BOLD, 13, 17, PETROL, "right")
DATES = Style(REGULAR, 13, 18, SECONDARY)
FACT = Style(REGULAR, 11, 16, INK)
DOT, THIN, AIR = 3.6, 1.1, 5 * MM
FOOT_OF_ARC, TITLE_AT, FACTS_AT = 0.64, 0.48, 0.26
"""Heights as shares of the page."""
RUN, RISE = 6 / 34, 17 / 34
"""Of the mark's own arc: how far its handles reach in, and how high they stand, as shares of its span."""
COLUMN = 44 * MM
WIDEST_TITLE = 150 * MM


def draw(page: Page, node: Node, plan: Plan) -> None:
    """Draws it; countries, title and facts are read aloud in this order."""
    with page.marked(None):
        _arc(page)
    _names(page, node, plan.names)
    lines = wrapped(plan.title, TITLE.face, int(min(WIDEST_TITLE, page.width - 2 * SIDE) * 1000 / TITLE.size))
    top = page.height * TITLE_AT
    _said(page, node.add("H1"), lines, TITLE, SIDE, top)
    if plan.dates:
        _said(page, node.add("P"), [plan.dates], DATES, SIDE, top - len(lines) * TITLE.leading - 3 * MM)
    top = min(page.height * FACTS_AT, top - len(lines) * TITLE.leading - 3 * MM - DATES.leading - 12 * MM)
    for number, (label, value) in enumerate(plan.facts):
        at = SIDE + number % 2 * 2 * COLUMN, top - number // 2 * (LABEL.leading + FACT.leading + 4 * MM)
        paragraph = node.add("P")
        _said(page, paragraph, [f"{label} "], LABEL, *at)
        _said(page, paragraph, [value], FACT, at[0], at[1] - LABEL.leading)


def _arc(page: Page) -> None:
    """The mark of the house, as large as the page: its two dots are the two countries."""
    left, right, foot = SIDE + DOT, page.width - SIDE - DOT, page.height * FOOT_OF_ARC
    span = right - left
    near, far, top = left + RUN * span, right - RUN * span, foot + RISE * span
    path = f"{left:.2f} {foot:.2f} m {near:.2f} {top:.2f} {far:.2f} {top:.2f} {right:.2f} {foot:.2f} c"
    page.code.append(f"q {PETROL} RG {THIN} w {path} S Q")
    page.dot(left, foot, DOT, PETROL)
    page.dot(right, foot, DOT, TANGERINE)


def _names(page: Page, node: Node, names: tuple[str, ...]) -> None:
    """Under the dots: the first at the left, the last at the right."""
    half = (page.width - 2 * SIDE) / 2 - AIR
    top = page.height * FOOT_OF_ARC - AIR
    for name, style, x in zip(names, (NAME, NAME_RIGHT), (SIDE, page.width - SIDE - half), strict=False):
        lines = wrapped(name, style.face, int(half * 1000 / style.size))
        _said(page, node.add("P"), lines, style, x, top, half)


def _said(page: Page, node: Node, lines: list[str], style: Style, x: float, top: float, width: float = 0) -> None:
    with page.marked(node):
        page.lines(lines, style, x, top, width)
