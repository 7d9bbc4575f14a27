"""Sheets at the end for what did not fit into its box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import N_
from app.rendering.fillable.questions import Words
from app.rendering.record.ink import Page, Resources
from app.rendering.record.pieces import Anchor, Drawing, Gap, Piece, Stack
from app.rendering.record.place import Place
from app.rendering.record.sheet import BOTTOM, GROUP, PETROL, SECTION, SIDE, SMALL, TOP, VALUE
from app.rendering.tagging import Node

TITLE, FROM = N_("Continuación"), N_("Viene de la hoja {page}")


@dataclass(frozen=True)
class Rest:
    """What is left of an answer: whose it is, and the page it comes from (from 0)."""

    label: str
    text: str
    page: int


@dataclass(frozen=True)
class Sheets:
    """The pages, the structure with them in it, and the page each rest starts on (from 0)."""

    pages: list[Page]
    tree: Node
    where: list[int]


def sheets(rests: Sequence[Rest], tree: Node, size: tuple[float, float], first: int, resources: Resources, words: Words) -> Sheets:
    """Each rest under the name of its field; `first` is the number of the first sheet."""
    last = Node("Sect")
    place = Place(last, size[0] - 2 * SIDE, size[1] - 2 * SIDE, "")
    rule = Drawing(2, lambda page, x, top: page.rule(x, top - 1.7, page.width - 2 * SIDE, PETROL, 0.6)).kept()
    pieces: list[Piece] = [place.words(words(TITLE), SECTION, "H2").kept(), rule, Gap(5)]
    anchors = [Anchor() for _ in rests]
    for anchor, rest in zip(anchors, rests, strict=True):
        origin = place.words(words(FROM, page=rest.page + 1), SMALL).kept()
        told = [place.words(text, VALUE) for text in rest.text.split("\n")]
        pieces += [anchor, place.words(rest.label, GROUP, "H3").kept(), origin, Gap(2), *told, Gap(8)]
    pages = _poured(Stack(pieces), size, first, resources)
    return Sheets(pages, Node("Document", [*tree.kids, last]), [anchor.at[0] for anchor in anchors])


def _poured(stack: Stack, size: tuple[float, float], first: int, resources: Resources) -> list[Page]:
    room = size[1] - TOP - BOTTOM
    pages: list[Page] = []
    rest: Piece | None = stack
    while rest is not None:
        head, rest = rest.cut(room, room) if rest.height > room else (rest, None)
        pages.append(Page(first + len(pages), *size, resources))
        if head is not None:
            head.draw(pages[-1], SIDE, size[1] - TOP)
    return pages
