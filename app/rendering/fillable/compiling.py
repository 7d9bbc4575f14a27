"""A form drawn once: everything that is equal in all documents of one shape, as bytes; only answers are written for each."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pikepdf

from app.i18n import formatter
from app.rendering.archive import File, deflated, write_font, write_intent
from app.rendering.fillable import asking, tables
from app.rendering.fillable.desk import Desk
from app.rendering.fillable.paper import Canvases, Slot
from app.rendering.fillable.questions import conditions, questions
from app.rendering.fonts import COMMON, FALLBACK, REGULAR, face, subset
from app.rendering.record.ink import Page
from app.rendering.record.pieces import Drawing, Gap, Piece, Stack
from app.rendering.record.place import Place
from app.rendering.record.sheet import BOTTOM, PAPERS, PETROL, SECTION, SIDE, SUBTITLE, TITLE, TOP
from app.rendering.tagging import Node, write_tree
from forms.blocks import BoxRows
from forms.resolved import AskedSection

TYPED = ((0x20, 0x7E), (0xA0, 0x24F), (0x2B0, 0x36F), (0x1E00, 0x1EFF), (0x2010, 0x206F), (0x20A0, 0x20BF), (0x2100, 0x214F))
"""What people type: Latin and its extensions, accents, punctuation, currencies."""
OURS = ("/Catalog", "/Pages", "/Page", "/Outlines")
"""Objects of reportlab's that are written anew."""


@dataclass(frozen=True)
class Written:
    """A file so far."""

    data: bytes
    places: tuple[tuple[int, int, int], ...]

    def reopened(self) -> File:
        """A file that goes on from here."""
        return File([self.data], len(self.data), list(self.places))


@dataclass(frozen=True)
class Template:
    """A form of one shape. Object numbers lie ready for what each document writes; `slots` say where answers go."""

    whole: Written
    """With its structure, for answers that fit."""
    bare: Written
    """Without, for a document that has sheets more."""
    tree: Node
    structure: int
    """Object number of the structure in `whole`."""
    size: tuple[float, float]
    live: bool
    root: int
    parent: int
    resources: int
    pages: tuple[int, ...]
    contents: tuple[int, ...]
    fonts: str
    """Entries of the page resources: what reportlab used."""
    intent: int
    field_font: int
    slots: tuple[Slot, ...]
    widgets: tuple[int, ...]
    """The object number of each slot's widget, and its place among them as they are read aloud."""
    order: tuple[int, ...]


def compiled(sections: tuple[AskedSection, ...], title: str, subtitle: str, language: str, paper: str, live: bool) -> Template:
    """The form these sections ask, empty."""
    tree, on = Node("Document"), Canvases(*PAPERS[paper], live)
    _poured(Stack(_pieces(sections, title, subtitle, language, tree, on)), on)
    file = File()
    fonts, contents = _taken(file, on)
    root, parent, resources = (file.reserve() for _ in range(3))
    pages = [file.reserve() for _ in on.papers]
    widgets = [file.reserve() for _ in on.slots] if live else []
    for slot, number in zip(on.slots, widgets, strict=False):
        slot.node.widget = slot.page, number
    intent, field_font = write_intent(file), write_font(file, subset(REGULAR, field_letters())) if live else 0
    bare = _written(file)
    structure = write_tree(file, tree, pages)
    read = {number: place for place, number in enumerate(_widgets(tree))}
    order = tuple(read[number] for number in widgets)
    return Template(_written(file), bare, tree, structure, (on.width, on.height), live, root, parent, resources, tuple(pages),
                    contents, fonts, intent, field_font, tuple(on.slots), tuple(widgets), order)


@cache
def field_letters() -> frozenset[str]:
    """The letters of the fields' own font: what people type, and what no other shipped font has."""
    own, other = face(REGULAR).letters, face(FALLBACK).letters
    return COMMON | {letter for letter in own if letter not in other or any(a <= ord(letter) <= z for a, z in TYPED)}


def _pieces(sections: tuple[AskedSection, ...], title: str, subtitle: str, language: str, tree: Node, on: Canvases) -> list[Piece]:
    """Title and sections, one under another."""
    words = formatter(language).words
    asked = {each.box.path: (number, each) for number, each in enumerate(questions(sections))}
    place = Place(tree, on.width - 2 * SIDE, on.height - 2 * SIDE, "")
    desk = Desk(place, words, asked, conditions(sections, words), on.live)
    pieces: list[Piece] = [place.words(title, TITLE, "H1")]
    if subtitle:
        pieces += [Gap(1), place.words(subtitle, SUBTITLE)]
    for section in sections:
        pieces += _section(section, desk.at(replace(place.inside("Sect"), said=section.title)))
    return pieces


def _section(section: AskedSection, desk: Desk) -> list[Piece]:
    place = desk.place
    heading = place.words(". ".join(filter(None, (section.number, section.title))), SECTION, "H2").kept()
    pieces: list[Piece] = [Gap(13), heading, _rule(), Gap(5)]
    run: list[Any] = []
    for box in section.boxes:
        if not isinstance(box, BoxRows):
            run.append(box)
            continue
        pieces += [*asking.asked_all(run, desk), *tables.drawn(box, desk)]
        run = []
    return pieces + asking.asked_all(run, desk)


def _rule() -> Piece:
    return Drawing(2, lambda page, x, top: page.rule(x, top - 1.7, page.width - 2 * SIDE, PETROL, 0.6)).kept()


def _poured(stack: Stack, on: Canvases) -> None:
    room = on.height - TOP - BOTTOM
    rest: Piece | None = stack
    while rest is not None:
        head, rest = rest.cut(room, room) if rest.height > room else (rest, None)
        page: Page = on.page()
        if head is not None:
            head.draw(page, SIDE, on.height - TOP)


# ── from reportlab's file into ours ──────────────────────────────────────────────────────────────────────────────────


def _taken(file: File, on: Canvases) -> tuple[str, tuple[int, ...]]:
    """Reportlab's fonts and page contents, under their numbers, as the first objects of our file."""
    with pikepdf.open(io.BytesIO(on.closed())) as pdf:
        for each in pdf.objects:
            number = file.reserve()
            if isinstance(each, pikepdf.Stream):
                _stream(file, each, number)
            elif not isinstance(each, pikepdf.Dictionary) or each.get("/Type") not in OURS:
                file.put(each.unparse(resolved=True).decode("ascii"), number)
        fonts = "".join(f"{name} {font.objgen[0]} 0 R" for name, font in pdf.pages[0].Resources.Font.items())
        return fonts, tuple(page.Contents.objgen[0] for page in pdf.pages)


def _stream(file: File, each: pikepdf.Stream, number: int) -> None:
    """Its map of letters gives code 0, which stands for no letter, a letter no standard admits."""
    data = each.read_bytes().replace(b"<00> <0000>", b"<00> <FFFD>")
    length = f"/Length1 {each.Length1}" if "/Length1" in each else ""
    file.ready(f"{length}/Filter/FlateDecode", deflated(data), number)


def _written(file: File) -> Written:
    return Written(file.settled(), tuple(file.places))


def _widgets(node: Node) -> Iterator[int]:
    """As `write_tree` counts them."""
    if node.widget:
        yield node.widget[1]
    for kid in node.present:
        yield from _widgets(kid)
