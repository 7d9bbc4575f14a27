"""A day's page: a large number, where one is, three questions, a picture, a phrase, a contact."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from app.rendering.notebook.arc import Arc, progress
from app.rendering.notebook.flow import BookPage, Column, Prompt, Spill, column, cut, running
from app.rendering.notebook.leaf import Leaf
from app.rendering.notebook.model import Day, Diary, Notebook, Visit
from app.rendering.notebook.sheet import (
    BAND,
    BLACK,
    BOTTOM,
    CAPTION,
    CAPTIONED,
    GAP,
    GUTTER,
    HEAD,
    HELP,
    INNER,
    NUMERAL,
    OUTER,
    PICTURE,
    PROMPT,
    SIGN,
    SMALL,
    TOP,
    TRIMS,
    right,
)
from app.rendering.notebook.wording import Wording
from app.rendering.record.place import natural
from app.rendering.record.sheet import MM, Style

ARC = (26 * MM, 5.5 * MM)
PLACE_LINES = ((8, 2), (7, 3), (6.5, 3))
"""Type sizes for where one is, and the lines there is room for."""
CAPTION_LINES = 6
CAMERA = 9 * MM


@dataclass(eq=False)
class DayPage(BookPage):
    """The page of one day, counted from 0."""

    visit: Visit
    diary: Diary
    number: int

    def __post_init__(self) -> None:
        visit, entry, words = self.visit, self.diary.entry(self.number), self.visit.words
        trim = TRIMS[visit.paper]
        across, about = trim.width - INNER - OUTER, words.day.format(number=self.number + 1)
        width = across - _numeral(len(visit.days)) - ARC[0] - GUTTER
        self._place, self._place_style, rest = _placed(self.day, words.no_photos.lower(), width)
        self._elsewhere = Spill(f"{about} · {words.place}", self, running(rest, across)) if rest else None
        self.spills += [self._elsewhere] if self._elsewhere else []
        self._photo = entry.photos[0] if entry.photos and self.day.photos else None
        self._caption = self._captioned(across, about)
        self._below = PICTURE[1] + max(CAPTION, len(self._caption) * CAPTIONED.leading + 3)
        asked = [
            Prompt(words.saw, entry.saw, 4, words.saw_help),
            Prompt(words.learned, entry.learned, 4),
            Prompt(words.at_home, entry.at_home, 4),
        ]
        self._asked = column(self, asked, (across, trim.height - TOP - BOTTOM - BAND - 2 * GAP - self._below), across, about)
        self._beside = self._beside_column(across, about)
        self.spills += [*self._asked.spills, *self._beside.spills]

    def _beside_column(self, across: float, about: str) -> Column:
        """Phrase and contact beside the picture; over the whole width where there is none and they need it."""
        entry, words = self.diary.entry(self.number), self.visit.words
        beside = [Prompt(words.voice, entry.voice, 2, words.voice_help), Prompt(words.contact, entry.contact, 2)]
        narrow = column(self, beside, (across - PICTURE[0] - GUTTER, self._below), across, about)
        if not narrow.spills or self._photo:
            return narrow
        return column(self, beside, (across, self._below), across, about)

    @property
    def day(self) -> Day:
        return self.visit.days[self.number]

    @property
    def _written(self) -> bool:
        return self._asked.written or self._beside.written or self._photo is not None

    def _captioned(self, across: float, about: str) -> list[str]:
        if not self._photo or not self._photo.caption:
            return []
        shown, rest = cut(self._photo.caption, CAPTIONED, PICTURE[0], CAPTION_LINES)
        if rest:
            self.spills.append(Spill(f"{about} · {self.visit.words.caption}", self, running(rest, across)))
        return shown

    def paint(self, leaf: Leaf, book: Notebook) -> None:
        leaf.shared(("band", self.number), self._band)
        if self._elsewhere and self._elsewhere.target:
            told = self.visit.words.goes_on.format(page=self._elsewhere.target.folio)
            leaf.say(told, right(SIGN), leaf.left, leaf.top - BAND + SIGN.leading + 1, leaf.across)
        if self._written:
            self._body(leaf)
        else:
            leaf.shared(("day", self.day.photos), self._body)

    def _band(self, leaf: Leaf) -> None:
        words, visit, x = self.visit.words, self.visit, leaf.left
        number = str(self.number + 1)
        leaf.say(number, NUMERAL, x - 1.5, leaf.top + NUMERAL.rise - 11.6 * MM)
        inside = x + _numeral(len(visit.days))
        top = leaf.say(words.day.format(number=number), SIGN, inside, leaf.top)
        date = self.day.date[:1].upper() + self.day.date[1:]
        style = HEAD if natural(date, HEAD) <= leaf.right - inside - ARC[0] - GUTTER else replace(HEAD, size=9.5)
        top = leaf.say(date, style, inside, top)
        if self._place:
            leaf.lines(self._place, self._place_style, inside, top - 0.5)
        else:
            leaf.say(words.place, SIGN, inside, leaf.top - BAND + SIGN.leading + 5)
            leaf.line(inside + natural(words.place, SIGN) + 4, leaf.top - BAND + 7, leaf.right - inside - natural(words.place, SIGN) - 4)
        progress(leaf, Arc(leaf.right - ARC[0], leaf.top - 8.5 * MM, *ARC), self.number + 1, len(visit.days))
        leaf.line(x, leaf.top - BAND, leaf.across, BLACK, 0.8)

    def _body(self, leaf: Leaf) -> None:
        words = self.visit.words
        self._asked.paint(leaf, leaf.left, leaf.top - BAND - GAP, words)
        top = leaf.foot + self._below
        beside = leaf.right - self._beside.width
        if beside > leaf.left:
            self._pictured(leaf, leaf.left, top, words)
        self._beside.paint(leaf, beside, top, words)

    def _pictured(self, leaf: Leaf, x: float, top: float, words: Wording) -> None:
        """The photo with its caption, else the box for one."""
        foot = top - PICTURE[1]
        if self._photo:
            leaf.picture(self._photo, x, foot, *PICTURE)
            leaf.lines(self._caption, CAPTIONED, x, foot - 2)
            return
        leaf.dashed(x, foot, *PICTURE)
        if self.day.photos:
            leaf.say(words.photo, HELP, x + 2 * MM, top - 1.5 * MM)
        else:
            leaf.no_photos(x + 3 * MM, top - 3 * MM - CAMERA, CAMERA)
            under = leaf.say(words.no_photos, PROMPT, x + CAMERA + 6 * MM, top - 3 * MM)
            leaf.told(words.draw, HELP, x + CAMERA + 6 * MM, under, PICTURE[0] - CAMERA - 8 * MM)
        leaf.line(x, foot - CAPTION + 1, PICTURE[0])


@lru_cache(maxsize=64)
def _placed(day: Day, no_photos: str, width: float) -> tuple[list[str], Style, str]:
    """City and hosts in the largest type that has room for them, and the words that have none even in the smallest."""
    hosts = [host.name if host.photos or not day.photos else f"{host.name} ({no_photos})" for host in day.hosts]
    text = " · ".join(filter(None, (day.city, *hosts)))
    shown, rest, style = [""], text, SMALL
    for size, most in PLACE_LINES:
        style = replace(SMALL, size=size, leading=size * 1.22)
        shown, rest = cut(text, style, width, most)
        if not rest:
            break
    return shown if text else [], style, rest


@lru_cache(maxsize=32)
def _numeral(days: int) -> float:
    """Width of the large numbers of a visit, with the white after them."""
    return natural("8" * len(str(days)), NUMERAL) + 3 * MM
