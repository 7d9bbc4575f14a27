"""Pieces onto pages: upright ones, and landscape ones for what is wide."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import dropwhile

from app.rendering.record.composing import Composition
from app.rendering.record.ink import Page, Resources
from app.rendering.record.pieces import Gap, Piece, Stack
from app.rendering.record.sheet import BOTTOM, PAPERS, SIDE, TOP
from forms.resolved import Imprint


def flowed(composition: Composition, imprint: Imprint) -> list[Page]:
    """The drawn pages; the structure's marks are noted on the way."""
    pages: list[Page] = []
    resources = Resources()
    width, height = PAPERS[imprint.paper]
    for wide, pieces in _runs(composition.pieces):
        size = (height, width) if wide else (width, height)
        poured(Stack(pieces), size, resources, pages)
    return pages


def poured(stack: Stack, size: tuple[float, float], resources: Resources, pages: list[Page]) -> None:
    """Adds the pages of one size, in points, that the stack fills."""
    for head in _cut(stack, size):
        page = Page(len(pages), *size, resources)
        pages.append(page)
        if head is not None:
            head.draw(page, SIDE, size[1] - TOP)


def counted(stack: Stack, size: tuple[float, float]) -> int:
    """How many pages of a size the stack fills; nothing is drawn."""
    return sum(1 for _ in _cut(stack, size))


def _cut(stack: Stack, size: tuple[float, float]) -> Iterator[Piece | None]:
    """What stands on each page."""
    room = size[1] - TOP - BOTTOM
    rest: Piece | None = stack
    while rest is not None:
        head, rest = rest.cut(room, room) if rest.height > room else (rest, None)
        yield head


def _runs(pieces: list[Piece]) -> Iterator[tuple[bool, list[Piece]]]:
    """Neighbours of one orientation, each wide thing for itself; a heading, and the white before it, goes with what follows."""
    wide = [piece.wide for piece in pieces]
    for number in range(len(pieces) - 2, -1, -1):
        if not wide[number] and (pieces[number].keep or isinstance(pieces[number], Gap)):
            wide[number] = wide[number + 1]
    start = 0
    for end in range(1, len(pieces) + 1):
        if end == len(pieces) or wide[end] != wide[start] or pieces[end - 1].wide:
            run = list(dropwhile(lambda piece: isinstance(piece, Gap), pieces[start:end]))
            if run:
                yield wide[start], run
            start = end
