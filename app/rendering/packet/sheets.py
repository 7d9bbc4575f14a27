"""The packet's own pages as one file: cover, index, pictures of foreign pages, white pages between, who signed, a place for the seal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from app.rendering.archive import File, name_string, text_string, write_info, write_intent, write_metadata
from app.rendering.fonts import BOLD
from app.rendering.packet import cover, tables
from app.rendering.packet.plan import Chapter, Plan
from app.rendering.packet.tables import Link
from app.rendering.record.flowing import counted, poured
from app.rendering.record.furniture import foot, furnish
from app.rendering.record.ink import Page, Resources
from app.rendering.record.pictures import size_of
from app.rendering.record.pieces import Piece, Stack
from app.rendering.record.place import Place
from app.rendering.record.sealing import place_for_seal
from app.rendering.record.sheet import BOTTOM, PAPERS, SIDE, TOP
from app.rendering.record.writing import write_page, write_resources
from app.rendering.tagging import Node, write_tree

WHITE = -1
"""In place of a chapter: a white page, so that the next begins on an odd one."""


@dataclass(frozen=True)
class Order:
    """Which page comes where. Each stretch: (chapter or WHITE or a name, first page from 1, pages)."""

    index: int
    """Pages the index takes."""
    starts: tuple[int, ...]
    whites: tuple[int, ...]
    """Numbers, from 1, of white pages."""
    certificate: int
    """The page the certificates begin on."""
    pages: int


def ordered(index: int, lengths: tuple[int, ...], certificates: int) -> Order:
    """Everything begins on an odd page; the cover is the first."""
    at, starts, whites = 1, [], []
    for length in (1, index, *lengths, certificates):
        if at % 2 == 0:
            whites.append(at)
            at += 1
        starts.append(at)
        at += length
    return Order(index, tuple(starts[2:-1]), tuple(whites), starts[-1], at - 1)


@dataclass(eq=False)
class Sheets:
    """The packet's own pages while they are drawn. `shown` are their true numbers, from 1."""

    plan: Plan
    tree: Node = field(default_factory=lambda: Node("Document"))
    resources: Resources = field(default_factory=Resources)
    pages: list[Page] = field(default_factory=list)
    shown: list[int] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)

    @property
    def size(self) -> tuple[float, float]:
        return PAPERS[self.plan.imprint.paper]

    def place(self) -> Place:
        width, height = self.size
        return Place(self.tree, width - 2 * SIDE, height - 2 * SIDE, self.plan.imprint.empty)

    def page(self, shown: int) -> Page:
        """A new page that will stand as number `shown`."""
        made = Page(len(self.pages), *self.size, self.resources)
        self.pages.append(made)
        self.shown.append(shown)
        return made

    def pour(self, pieces: list[Piece], shown: int) -> int:
        """Pieces onto pages from number `shown` on; returns how many."""
        before = len(self.pages)
        poured(Stack(pieces), self.size, self.resources, self.pages)
        self.shown += range(shown, shown + len(self.pages) - before)
        return len(self.pages) - before


def lengths_of_tables(plan: Plan) -> tuple[int, int]:
    """Pages that index and certificates will take; what number stands in a line changes nothing."""
    trial = Sheets(plan)
    index = tables.index(plan, tuple(0 for _ in plan.chapters), trial.place(), [])
    return counted(Stack(index), trial.size), counted(Stack(tables.certificates(plan, trial.place())), trial.size)


def drawn(plan: Plan, order: Order) -> Sheets:
    """All own pages, in the order they are met in the packet, each section of the structure in its turn."""
    sheets = Sheets(plan)
    cover.draw(sheets.page(1), sheets.tree.add("Sect"), plan)
    for number in order.whites:
        sheets.page(number)
    sheets.pour(tables.index(plan, order.starts, sheets.place(), sheets.links), 3)
    for chapter, start in zip(plan.chapters, order.starts, strict=True):
        if chapter.figures:
            _figures(sheets, chapter, start)
    sheets.pour(tables.certificates(plan, sheets.place()), order.certificate)
    sheets.resources.font(BOLD, plan.wording.folio.format(code=plan.imprint.code, page=0, pages=0) + "0123456789")
    return sheets


def _figures(sheets: Sheets, chapter: Chapter, start: int) -> None:
    """Pages from outside, each as large as the margins allow."""
    section = sheets.tree.add("Sect")
    for number, figure in enumerate(chapter.figures, start=start):
        page = sheets.page(number)
        name = hashlib.sha256(figure.jpeg).hexdigest()
        sheets.pictures[name] = figure.jpeg
        wide, high = size_of(figure.jpeg)
        room = page.width - 2 * SIDE, page.height - TOP - BOTTOM
        scale = min(room[0] / wide, room[1] / high)
        left, foot_at = (page.width - wide * scale) / 2, page.height - TOP - high * scale
        with page.marked(section.add("Figure", alt=figure.alt)):
            page.placed(page.resources.picture(name), left, foot_at, wide * scale, high * scale)


def written(sheets: Sheets, order: Order) -> bytes:
    """The own pages as a file of the archive, to which the records are added."""
    plan, imprint, file = sheets.plan, sheets.plan.imprint, File()
    root, parent = file.reserve(), file.reserve()
    around = [_around(page, shown, plan, order) for page, shown in zip(sheets.pages, sheets.shown, strict=True)]
    shared = write_resources(file, sheets.resources, imprint.verification_url, sheets.pictures)
    annotations: list[list[int]] = [[] for _ in sheets.pages]
    for link in sheets.links:
        link.node.widget = link.page, file.reserve()
        annotations[link.page].append(link.node.widget[1])
    seal = file.reserve()
    annotations[-1].append(seal)
    numbers = [write_page(file, *each, parent, shared) for each in zip(sheets.pages, around, annotations, strict=True)]
    for key, link in enumerate(sheets.links, start=len(sheets.pages)):
        _link(file, link, key)
    file.put(f"<</Type/Pages/Count {len(numbers)}/Kids[{' '.join(f'{number} 0 R' for number in numbers)}]>>", parent)
    form = place_for_seal(file, sheets.tree, sheets.pages[-1], numbers[-1], seal, len(numbers) + len(sheets.links), imprint.seal)
    file.put(f"<</Type/Catalog/Pages {parent} 0 R{form}{''.join(_catalogue(file, sheets, numbers))}>>", root)
    return file.closed(root, write_info(file, plan.title, imprint.moment))


def _around(page: Page, shown: int, plan: Plan, order: Order) -> list[str]:
    """The strip says the true number; the cover has no letterhead, a white page nothing but its folio, stamped later."""
    imprint = replace(plan.imprint, page_of=plan.imprint.page_of.format(page=shown, pages=order.pages))
    if shown in order.whites:
        return []
    return foot(page, imprint, order.pages) if shown == 1 else furnish(page, imprint, order.pages)


def _link(file: File, link: Link, key: int) -> None:
    assert link.node.widget is not None  # given when its page was written
    box = " ".join(f"{each:.2f}" for each in link.box)
    file.put(
        f"<</Type/Annot/Subtype/Link/Rect[{box}]/Border[0 0 0]/F 4/Contents {text_string(link.told)}/StructParent {key}"
        f"/Dest {name_string(link.target)}>>",
        link.node.widget[1],
    )


def _catalogue(file: File, sheets: Sheets, numbers: list[int]) -> Iterator[str]:
    plan = sheets.plan
    yield f"/Lang {text_string(plan.language)}/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>/PageMode/UseOutlines"
    yield f"/StructTreeRoot {write_tree(file, sheets.tree, numbers)} 0 R/OutputIntents[{write_intent(file)} 0 R]"
    yield f"/Metadata {write_metadata(file, plan.title, plan.language, plan.imprint.moment)} 0 R"
