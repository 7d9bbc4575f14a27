"""The pages called Notas: lines to write on, after whatever goes on there from other pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.rendering.notebook.flow import BookPage, Item, Spill
from app.rendering.notebook.leaf import Leaf
from app.rendering.notebook.model import Notebook
from app.rendering.notebook.sheet import BOTTOM, GAP, HEAD, NOTE_LINES, PITCH, PROMPT, SIGN, TITLE, TOP, Trim, right
from app.rendering.notebook.wording import Wording

HEADING = 14.5 * 72 / 25.4
"""From the upper edge of the text down to where lines begin."""
MARKER = SIGN.leading
TOGETHER = 2
"""Things that stand under their heading, at least."""


@dataclass
class Block:
    """A piece of a spill on one page; `before` is the page it comes from, `after` the one it goes on."""

    spill: Spill
    before: BookPage
    items: list[Item]
    after: BookPage | None = None


@dataclass(eq=False)
class Notes(BookPage):
    """One such page."""

    words: Wording
    blocks: list[Block] = field(default_factory=list)

    def paint(self, leaf: Leaf, book: Notebook) -> None:
        if not self.blocks:
            leaf.shared("notes", self._blank)
            return
        leaf.shared("notes head", lambda page: _title(page, self.words))
        top = leaf.top - HEADING
        for block in self.blocks:
            top = self._block(leaf, block, top) - GAP
        count = int((top - leaf.foot) / PITCH)
        leaf.ruled(leaf.left, leaf.foot + count * PITCH, leaf.across, count)

    def _blank(self, leaf: Leaf) -> None:
        _title(leaf, self.words)
        leaf.say(self.words.comes_from_blank, right(SIGN), leaf.left, leaf.top - TITLE.leading + SIGN.leading + 2, leaf.across)
        leaf.ruled(leaf.left, leaf.top - HEADING, leaf.across, NOTE_LINES)

    def _block(self, leaf: Leaf, block: Block, top: float) -> float:
        """One continuation; returns the height under it."""
        came = self.words.comes_from.format(page=block.before.folio)
        leaf.say(block.spill.label, PROMPT, leaf.left, top)
        leaf.say(came, right(SIGN), leaf.left, top - (PROMPT.rise - SIGN.rise), leaf.across)
        top -= HEAD.leading
        for item in block.items:
            item.paint(leaf, leaf.left, top)
            top -= item.height
        if block.after:
            leaf.say(self.words.goes_on.format(page=block.after.folio), right(SIGN), leaf.left, top, leaf.across)
            top -= MARKER
        return top


def _title(leaf: Leaf, words: Wording) -> None:
    leaf.say(words.notes, TITLE, leaf.left, leaf.top)


def noted(spills: Sequence[Spill], trim: Trim, words: Wording) -> list[Notes]:
    """The Notas pages that the spills fill, in order; each spill learns where it goes on."""
    room = trim.height - TOP - BOTTOM - HEADING
    pages: list[Notes] = []
    left = 0.0
    for spill in spills:
        items, before = list(spill.items), spill.source
        while items:
            count = _fitting(items, left - HEAD.leading)
            if not pages or count < min(TOGETHER, len(items)):
                pages.append(Notes(words))
                left = room
                count = max(1, _fitting(items, left - HEAD.leading))
            block = Block(spill, before, items[:count])
            items = items[count:]
            _place(pages, block)
            left -= HEAD.leading + sum(item.height for item in block.items) + GAP
            before = pages[-1]
    return pages


def _place(pages: list[Notes], block: Block) -> None:
    """On the last page; whoever sent it learns of that page."""
    page, spill = pages[-1], block.spill
    if spill.target is None:
        spill.target = page
    else:
        pages[-2].blocks[-1].after = page
    page.blocks.append(block)


def _fitting(items: Sequence[Item], room: float) -> int:
    """How many of the first ones have room, with the line under them that says where the others are."""
    if sum(item.height for item in items) <= room:
        return len(items)
    count, room = 0, room - MARKER
    while count < len(items) and items[count].height <= room:
        room -= items[count].height
        count += 1
    return count
