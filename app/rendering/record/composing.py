"""A document as pieces and structure, before it has pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.rendering.record.drawing import draw_all
from app.rendering.record.pieces import Anchor, Drawing, Gap, Piece, Stack
from app.rendering.record.place import Place
from app.rendering.record.sheet import PAPERS, PETROL, SECTION, SIDE, SUBTITLE, TITLE
from app.rendering.tagging import Node
from forms.resolved import Resolved, ShownSection


@dataclass(frozen=True)
class Chapter:
    """A section's name in links, its title in the outline, and where it starts."""

    name: str
    title: str
    anchor: Anchor


@dataclass(frozen=True)
class Composition:
    tree: Node
    pieces: list[Piece]
    chapters: list[Chapter]


def composed(resolved: Resolved, pictures: Mapping[str, bytes]) -> Composition:
    """Title and sections, one under another."""
    tree = Node("Document")
    width, height = PAPERS[resolved.imprint.paper]
    place = Place(tree, width - 2 * SIDE, height - 2 * SIDE, resolved.imprint.empty, pictures=pictures)
    pieces: list[Piece] = [place.words(resolved.title, TITLE, "H1")]
    if resolved.imprint.subtitle:
        pieces += [Gap(1), place.words(resolved.imprint.subtitle, SUBTITLE)]
    chapters: list[Chapter] = []
    for section in resolved.sections:
        chapter = Chapter(section_name(section), ". ".join(filter(None, (section.number, section.title))), Anchor())
        chapters.append(chapter)
        drawn = _section(section, chapter, place.inside("Sect"))
        pieces += _together(drawn) if section.subject else drawn
    return Composition(tree, pieces, chapters)


def section_name(section: ShownSection) -> str:
    """How links call a section: by its key, which is unique in a form; a subject's copy as part.subject.key."""
    return f"{section.part}.{section.subject}.{section.key}" if section.subject else section.key


def _together(pieces: list[Piece]) -> list[Piece]:
    """What one person filled, on one page where it fits and nothing in it is wide."""
    white, *rest = pieces
    return pieces if any(piece.wide for piece in rest) else [white, Stack(rest, whole=True, share=1)]


def _section(section: ShownSection, chapter: Chapter, place: Place) -> list[Piece]:
    head = [Gap(13), chapter.anchor, place.words(chapter.title, SECTION, "H2").kept(), _rule(), Gap(5)]
    return [*head, *draw_all((block for answer in section.answers for block in answer.blocks), replace(place, said=section.title))]


def _rule() -> Piece:
    """Under a section's head, as wide as the page it lands on allows."""
    return Drawing(2, lambda page, x, top: page.rule(x, top - 1.7, page.width - 2 * SIDE, PETROL, 0.6)).kept()
