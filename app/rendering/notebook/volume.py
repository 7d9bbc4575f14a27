"""Days that may be shared, from many notebooks, as one small volume to read: cover, contents, pieces, bookmarks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from app.rendering.archive import name_string, text_string
from app.rendering.fonts import Undrawable, drawable, undrawable
from app.rendering.imposition import Saddle
from app.rendering.notebook.arc import Arc, horizon
from app.rendering.notebook.binding import MOMENT, Binding
from app.rendering.notebook.covers import fitting, shrunk
from app.rendering.notebook.flow import Item, running
from app.rendering.notebook.leaf import Leaf, height_of
from app.rendering.notebook.model import Paper, Photo
from app.rendering.notebook.sheet import (
    BLACK,
    BOOK,
    BOTTOM,
    CAPTIONED,
    FOLIO,
    GUTTER,
    HEAD,
    HELP,
    INNER,
    KEEPSAKE,
    OUTER,
    PLAIN,
    PROMPT,
    SIGN,
    SMALL,
    SMALL_BOLD,
    TITLE,
    TOP,
    TRIMS,
    VISIT,
    right,
)
from app.rendering.notebook.wording import Wording
from app.rendering.record.place import lines, natural
from app.rendering.record.sheet import MM
from app.rendering.spool import Bookmark

PICTURE = 62 * MM
"""Photos are at most this high."""
AIR = 3 * MM
ENTRY = 5.5 * MM
TOGETHER = 2


@dataclass(frozen=True)
class Piece:
    """One day of one author, as agreed for publication. `author` is how they are named: a name, or «Participante, país»."""

    title: str
    author: str
    date: str
    texts: tuple[tuple[str, str], ...]
    """(what was asked, what was written); an empty heading for running text."""
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True)
class Volume:
    """A publication: what stands on its cover, its presentation, and its pieces in order."""

    title: str
    subtitle: str
    words: Wording
    language: str
    pieces: tuple[Piece, ...]
    presentation: str = ""
    """Paragraphs after the cover; a line break starts a new one."""
    imprint: tuple[str, ...] = ()
    """Lines at the foot of the second page: licence, ISBN, who publishes."""
    countries: tuple[str, ...] = ()
    paper: Paper = "a4"


@dataclass
class Laid:
    """One page to be: the things on it from the top, and where it starts a piece."""

    items: list[Item] = field(default_factory=list)
    piece: Piece | None = None


def volume(work: Volume, out: BinaryIO, how: Saddle | None = None, moment: str = MOMENT) -> int:
    """Write it; returns its pages. In reading order, or as a booklet by `how`; equal input makes equal bytes.

    Raises Undrawable for a letter no font has, BadPhoto for a broken picture, OSError where the disk gives up.
    """
    _check(work)
    trim = TRIMS[work.paper]
    across, room = trim.width - INNER - OUTER, trim.height - TOP - BOTTOM
    body = [page for piece in work.pieces for page in _pages(_items(piece, across), room, piece)]
    front = 2 + _contents_pages(len(work.pieces), room)
    starts = {id(page.piece): front + number for number, page in enumerate(body, start=1) if page.piece}
    binding = Binding(out, how)
    leaves = [_cover(binding, work), _second(binding, work), *_contents(binding, work, starts, room)]
    for number, page in enumerate(body, start=front + 1):
        leaves.append(_leaf(binding, work, number))
        _stack(leaves[-1], page.items)
    numbers = binding.bind(leaves, work.paper)
    if how is None:
        marks = [Bookmark(f"{piece.title} · {piece.author}", numbers[starts[id(piece)] - 1]) for piece in work.pieces]
        told = f"{_labels(work)}{_destinations(sorted(starts.values()), numbers)}"
        binding.close(work.title, work.language, moment, [Bookmark(work.words.contents, numbers[2]), *marks], told)
    else:
        binding.close(work.title, work.language, moment)
    return len(leaves)


def _labels(work: Volume) -> str:
    """Pages are called what is printed on them; the outline is shown."""
    return f"/PageLabels<</Nums[0<</P{text_string(work.words.book)}>>1<</S/D/St 2>>]>>/PageMode/UseOutlines"


def _destinations(starts: Sequence[int], numbers: Sequence[int]) -> str:
    """Where the links of the contents lead."""
    named = sorted((_name(start), f"[{numbers[start - 1]} 0 R/Fit]") for start in starts)
    return f"/Names<</Dests<</Names[{' '.join(f'{name} {spot}' for name, spot in named)}]>>>>"


def _name(start: int) -> str:
    return name_string(f"p{start:05}")


def _check(work: Volume) -> None:
    own = [work.title, work.subtitle, work.presentation, *work.imprint, *work.countries]
    for name, texts in ((work.title, own), *((piece.title, _texts(piece)) for piece in work.pieces)):
        if not drawable().issuperset(text := "".join(texts)):
            raise Undrawable(name, undrawable(text))


def _texts(piece: Piece) -> list[str]:
    told = [text for pair in piece.texts for text in pair]
    return [piece.title, piece.author, piece.date, *told, *(photo.caption for photo in piece.photos)]


# ── pieces ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _items(piece: Piece, across: float) -> list[list[Item]]:
    """The piece as groups of things; a group's first ones stay together."""
    groups = [[_head(piece, across)]]
    for heading, text in piece.texts:
        if text.strip():
            group = [_said(heading, across)] if heading else []
            groups.append([*group, *running(text, across), Item(AIR, lambda leaf, x, top: None)])
    return [*groups, *([_photos(piece.photos[at : at + 2], across)] for at in range(0, len(piece.photos), 2))]


def _head(piece: Piece, across: float) -> Item:
    title, by = HEAD, " · ".join(filter(None, (piece.author, piece.date)))
    high = height_of(piece.title, title, across)

    def paint(leaf: Leaf, x: float, top: float) -> None:
        under = leaf.told(piece.title, title, x, top, across)
        under = leaf.told(by, SMALL, x, under - 1, across)
        leaf.line(x, under - 2 * MM, across, BLACK, 0.6)

    return Item(high + height_of(by, SMALL, across) + 7 * MM, paint)


def _said(heading: str, across: float) -> Item:
    high = height_of(heading, PROMPT, across) + 1
    return Item(high, lambda leaf, x, top: leaf.lines(lines(heading, PROMPT, across), PROMPT, x, top))


def _photos(photos: Sequence[Photo], across: float) -> Item:
    """One photo, or two side by side, with their captions."""
    width, height = (across, PICTURE) if len(photos) == 1 else ((across - GUTTER) / 2, KEEPSAKE[1])
    under = max(height_of(photo.caption, CAPTIONED, width) for photo in photos)

    def paint(leaf: Leaf, x: float, top: float) -> None:
        for place, photo in enumerate(photos):
            left = x + place * (across - width)
            leaf.picture(photo, left, top - height, width, height)
            leaf.lines(lines(photo.caption, CAPTIONED, width), CAPTIONED, left, top - height - 2)

    return Item(height + under + AIR, paint)


def _pages(groups: Sequence[Sequence[Item]], room: float, piece: Piece) -> list[Laid]:
    """Pages of one piece: it starts on a new one, and no heading stands alone at the foot."""
    pages, left = [Laid(piece=piece)], room
    for group in groups:
        start = sum(item.height for item in group[: TOGETHER + 1])
        for number, item in enumerate(group):
            if item.height > left or (number == 0 and min(start, room) > left):
                pages.append(Laid())
                left = room
            pages[-1].items.append(item)
            left -= item.height
    return pages


# ── what stands before them ──────────────────────────────────────────────────────────────────────────────────────────


def _leaf(binding: Binding, work: Volume, number: int) -> Leaf:
    """A page with its number at the outer foot and the title beside it."""
    trim = TRIMS[work.paper]
    leaf = binding.leaf((trim.width, trim.height), number)
    wide = natural(str(number), SMALL_BOLD) + 2 * MM
    title = fitting(work.title, SIGN, leaf.across * 0.8)
    if leaf.odd:
        leaf.say(str(number), right(SMALL_BOLD), leaf.left, FOLIO + SMALL_BOLD.rise, leaf.across)
        leaf.say(work.title, right(title), leaf.left, FOLIO + title.rise, leaf.across - wide)
    else:
        leaf.say(str(number), SMALL_BOLD, leaf.left, FOLIO + SMALL_BOLD.rise)
        leaf.say(work.title, title, leaf.left + wide, FOLIO + title.rise)
    return leaf


def _stack(leaf: Leaf, items: Iterable[Item]) -> None:
    top = leaf.top
    for item in items:
        item.paint(leaf, leaf.left, top)
        top -= item.height


def _cover(binding: Binding, work: Volume) -> Leaf:
    trim = TRIMS[work.paper]
    leaf = binding.leaf((trim.width, trim.height), 1)
    leaf.centred(work.words.book, SMALL, leaf.top, leaf.across)
    top = leaf.centred(work.title, shrunk(work.title, BOOK, leaf.across, 4 * BOOK.leading), leaf.top - 22 * MM, leaf.across) - 4 * MM
    leaf.centred(work.subtitle, shrunk(work.subtitle, VISIT, leaf.across, 3 * VISIT.leading), top, leaf.across)
    arc = Arc(16 * MM, 52 * MM, leaf.width - 32 * MM, 18 * MM)
    horizon(leaf, arc, max(1, len(work.countries) - 2) if len(work.countries) > 2 else 0)
    leaf.centred(" · ".join(work.countries), PLAIN, arc.y - 5 * MM, leaf.across)
    return leaf


def _second(binding: Binding, work: Volume) -> Leaf:
    """Presentation above, imprint at the foot."""
    leaf = _leaf(binding, work, 2)
    top, style = leaf.top, shrunk(work.presentation, PLAIN, leaf.across, leaf.top - leaf.foot - (len(work.imprint) + 2) * HELP.leading)
    for paragraph in work.presentation.split("\n"):
        top = leaf.told(paragraph, style, leaf.left, top, leaf.across) - 2
    foot = leaf.foot + sum(height_of(text, SIGN, leaf.across) for text in work.imprint)
    for text in work.imprint:
        foot = leaf.told(text, SIGN, leaf.left, foot, leaf.across)
    return leaf


def _per_page(room: float) -> int:
    return int((room - TITLE.leading - 4 * MM) / (2 * ENTRY))


def _contents_pages(pieces: int, room: float) -> int:
    return max(1, -(-pieces // _per_page(room)))


def _contents(binding: Binding, work: Volume, starts: dict[int, int], room: float) -> list[Leaf]:
    """The list of pieces with their pages."""
    leaves, many = [], _per_page(room)
    for number in range(_contents_pages(len(work.pieces), room)):
        leaf, links = _leaf(binding, work, 3 + number), list[str]()
        top = leaf.say(work.words.contents, TITLE, leaf.left, leaf.top) - 4 * MM
        for piece in work.pieces[number * many : (number + 1) * many]:
            style = fitting(piece.title, PLAIN, leaf.across - 12 * MM)
            leaf.say(piece.title, style, leaf.left, top)
            leaf.say(str(starts[id(piece)]), right(SMALL_BOLD), leaf.left, top - 1, leaf.across)
            leaf.say(piece.author, SIGN, leaf.left, top - ENTRY + 2)
            rectangle = f"{leaf.left:.0f} {top - 2 * ENTRY:.0f} {leaf.right:.0f} {top:.0f}"
            links.append(f"<</Type/Annot/Subtype/Link/Rect[{rectangle}]/Border[0 0 0]/Dest {_name(starts[id(piece)])}>>")
            top -= 2 * ENTRY
        leaf.more = f"/Annots[{' '.join(links)}]"
        leaves.append(leaf)
    return leaves
