"""What one takes home: learnings and a first step; photos and contacts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.rendering.notebook.flow import BookPage, Item, Prompt, Spill, column, running
from app.rendering.notebook.leaf import Leaf, height_of
from app.rendering.notebook.model import Contact, Diary, Notebook, Photo, Visit
from app.rendering.notebook.sheet import (
    BLACK,
    BOTTOM,
    CAPTION,
    CAPTIONED,
    GUTTER,
    HAIR,
    HELP,
    INNER,
    KEEPSAKE,
    OUTER,
    PROMPT,
    SIGN,
    SMALL,
    TITLE,
    TOP,
    TRIMS,
)
from app.rendering.record.place import lines
from app.rendering.record.sheet import MM

HEADING = TITLE.leading + 2 * MM
CONTACTS, ROW = 5, 12 * MM
CELL_LINES = 3
COLUMNS = (0.32, 0.36, 0.32)


@dataclass(eq=False)
class Takeaways(BookPage):
    """The synthesis."""

    visit: Visit
    diary: Diary

    def __post_init__(self) -> None:
        words, diary, trim = self.visit.words, self.diary, TRIMS[self.visit.paper]
        across = trim.width - INNER - OUTER
        learned = (*diary.learnings, "", "", "")
        count = max(3, len(diary.learnings))
        asked = [
            *(Prompt("" if number else words.learnings, learned[number], 2, mark=str(number + 1)) for number in range(count)),
            Prompt(words.highlight, diary.highlight, 6, words.highlight_help),
            Prompt(words.first_step, diary.first_step, 2),
            Prompt(words.transfer, diary.transfer, 1),
        ]
        self._asked = column(self, asked, (across, trim.height - TOP - BOTTOM - HEADING), across, words.takeaways)
        self.spills += self._asked.spills

    def paint(self, leaf: Leaf, book: Notebook) -> None:
        if self._asked.written:
            self._body(leaf)
        else:
            leaf.shared("takeaways", self._body)

    def _body(self, leaf: Leaf) -> None:
        words = self.visit.words
        leaf.say(words.takeaways, TITLE, leaf.left, leaf.top)
        self._asked.paint(leaf, leaf.left, leaf.top - HEADING, words)


@dataclass(eq=False)
class Keepsakes(BookPage):
    """Photos that had no box on their day, and the people one met."""

    visit: Visit
    diary: Diary

    def __post_init__(self) -> None:
        visit, diary = self.visit, self.diary
        self._across = TRIMS[visit.paper].width - INNER - OUTER
        more = [(number, photo) for number in range(len(visit.days)) for photo in _others(visit, diary, number)]
        self._photos, rest = more[:2], more[2:]
        if rest:
            self.spills.append(
                Spill(visit.words.photos, self, [_pair(visit, rest[at : at + 2], self._across) for at in range(0, len(rest), 2)])
            )
        widths = [share * self._across for share in COLUMNS]
        rows = [number for number, contact in enumerate(diary.contacts) if _fits(contact, widths)][:CONTACTS]
        self._contacts = [diary.contacts[number] for number in rows]
        others = [contact for number, contact in enumerate(diary.contacts) if number not in rows]
        if others:
            told = "\n".join(" · ".join(filter(None, (each.name, each.institution, each.email))) for each in others)
            self.spills.append(Spill(visit.words.contacts, self, running(told, self._across)))

    def paint(self, leaf: Leaf, book: Notebook) -> None:
        if self._photos or self._contacts:
            self._body(leaf)
        else:
            leaf.shared("keepsakes", self._body)

    def _body(self, leaf: Leaf) -> None:
        words = self.visit.words
        leaf.say(words.keepsakes, TITLE, leaf.left, leaf.top)
        top = leaf.top - HEADING - 1 * MM
        width, height = _box(leaf.across)
        for number in range(2):
            x = leaf.left + number * (leaf.across - width)
            if number < len(self._photos):
                _captioned(leaf, self.visit, self._photos[number], (x, top))
            else:
                leaf.dashed(x, top - height, width, height)
                leaf.say(words.photo, HELP, x + 2 * MM, top - 1.5 * MM)
                leaf.line(x, top - height - CAPTION - 2 * MM, width)
        self._table(leaf, top - height - 4 * CAPTIONED.leading - 10 * MM)

    def _table(self, leaf: Leaf, top: float) -> None:
        words, x = self.visit.words, leaf.left
        top = leaf.say(words.contacts, PROMPT, x, top) - 2 * MM
        for name, share in zip((words.name, words.institution, words.email), COLUMNS, strict=True):
            leaf.say(name, SIGN, x, top)
            x += share * leaf.across
        top -= SIGN.leading + 2
        leaf.line(leaf.left, top, leaf.across, BLACK, 0.6)
        for number in range(CONTACTS):
            if number < len(self._contacts):
                _contact(leaf, self._contacts[number], top)
            top -= ROW
            leaf.line(leaf.left, top, leaf.across, thick=HAIR)


def _others(visit: Visit, diary: Diary, number: int) -> Sequence[Photo]:
    """A day's photos but the first; none where no photos are allowed."""
    return diary.entry(number).photos[1:] if visit.days[number].photos else ()


def _box(across: float) -> tuple[float, float]:
    return min(KEEPSAKE[0], (across - GUTTER) / 2), KEEPSAKE[1]


def _captioned(leaf: Leaf, visit: Visit, found: tuple[int, Photo], at: tuple[float, float]) -> None:
    """A photo, and under it its day and caption."""
    (number, photo), (x, top) = found, at
    width, height = _box(leaf.across)
    leaf.picture(photo, x, top - height, width, height)
    leaf.told(_legend(visit, number, photo), CAPTIONED, x, top - height - 2, width)


def _legend(visit: Visit, number: int, photo: Photo) -> str:
    return ". ".join(filter(None, (visit.words.day.format(number=number + 1), photo.caption)))


def _pair(visit: Visit, found: Sequence[tuple[int, Photo]], across: float) -> Item:
    """Two photos side by side."""
    width, height = _box(across)
    under = max(height_of(_legend(visit, *each), CAPTIONED, width) for each in found)

    def paint(leaf: Leaf, x: float, top: float) -> None:
        for place, each in enumerate(found):
            _captioned(leaf, visit, each, (x + place * (across - width), top))

    return Item(height + under + 4 * MM, paint)


def _fits(contact: Contact, widths: Sequence[float]) -> bool:
    cells = (contact.name, contact.institution, contact.email)
    return all(len(lines(text, SMALL, width - GUTTER)) <= CELL_LINES for text, width in zip(cells, widths, strict=True))


def _contact(leaf: Leaf, contact: Contact, top: float) -> None:
    x = leaf.left
    for text, share in zip((contact.name, contact.institution, contact.email), COLUMNS, strict=True):
        leaf.told(text, SMALL, x, top - 1 * MM, share * leaf.across - GUTTER)
        x += share * leaf.across
