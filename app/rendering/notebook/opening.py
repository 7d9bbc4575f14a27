"""Whose it is and how it is used; what one takes along before leaving."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from app.rendering.fonts import BOLD
from app.rendering.notebook.codes import codes
from app.rendering.notebook.flow import BookPage, Item, Prompt, Spill, column, running
from app.rendering.notebook.leaf import Leaf, height_of
from app.rendering.notebook.model import AgendaRow, Diary, Notebook, Visit
from app.rendering.notebook.sheet import (
    AGENDA_LINES,
    BLACK,
    GAP,
    INNER,
    LABEL,
    OUTER,
    PITCH,
    PLAIN,
    PROMPT,
    QR,
    SIGN,
    SMALL,
    SMALL_BOLD,
    TITLE,
    TRIMS,
    right,
)
from app.rendering.record.place import lines
from app.rendering.record.sheet import MM, Style

FIELD = 11 * MM
"""A line with its name under it."""
ROW = 5 * MM
NAME = Style(BOLD, 12, 14, BLACK)
DAY, HOURS = 14 * MM, 22 * MM


@dataclass(eq=False)
class Owner(BookPage):
    """Page 2."""

    visit: Visit

    def paint(self, leaf: Leaf, book: Notebook) -> None:
        leaf.shared("owner", self._design)
        for number, (text, style) in enumerate(((book.name, NAME), (book.position, PLAIN), (book.institution, PLAIN))):
            _on_line(leaf, number, text, style)
        codes(leaf, book, leaf.left, leaf.foot + QR)

    def _design(self, leaf: Leaf) -> None:
        words = self.visit.words
        leaf.say(words.mine, TITLE, leaf.left, leaf.top)
        for number, name in enumerate((words.name, words.position, words.institution, words.lost)):
            leaf.line(leaf.left, _line(leaf, number), leaf.across)
            leaf.say(name, SIGN, leaf.left, _line(leaf, number) - 1)
        _on_line(leaf, number, " · ".join(self.visit.contact), PLAIN)
        top = _line(leaf, number) - SIGN.leading - 2 * MM
        top = leaf.say(words.use, PROMPT, leaf.left, top - 3 * MM) - 1.2 * MM
        told = (words.use_before, words.use_day, words.use_voice, words.use_notes, words.use_after)
        for number, text in enumerate(told, start=1):
            leaf.say(str(number), SMALL_BOLD, leaf.left, top - 1)
            top = leaf.told(text, PLAIN, leaf.left + 5 * MM, top, leaf.across - 5 * MM) - 1
        top = self._rule(leaf, top - 4 * MM) - 4 * MM
        top = leaf.say(words.readers, PROMPT, leaf.left, top) - 0.8 * MM
        leaf.told(words.readers_rule, PLAIN, leaf.left, top, leaf.across)

    def _rule(self, leaf: Leaf, top: float) -> float:
        """The children's rule in its box; returns the height under it."""
        words, inside = self.visit.words, leaf.across - 8 * MM
        height = PROMPT.leading + height_of(words.children_rule, PLAIN, inside) + 6 * MM
        leaf.boxed(leaf.left, top - height, leaf.across, height, BLACK, 1)
        under = leaf.say(words.children, PROMPT, leaf.left + 4 * MM, top - 2.6 * MM) - 0.6 * MM
        leaf.told(words.children_rule, PLAIN, leaf.left + 4 * MM, under, inside)
        return top - height


def _line(leaf: Leaf, number: int) -> float:
    """Height of one of the lines that say whose it is."""
    return leaf.top - TITLE.leading - 2 * MM - FIELD + SIGN.leading - number * (FIELD + 2 * MM)


def _on_line(leaf: Leaf, number: int, text: str, style: Style) -> None:
    """Words that stand on such a line, smaller where there are many."""
    some = lines(text, style, leaf.across)
    while len(some) * style.leading > FIELD - SIGN.leading and style.size > 6.5:
        style = replace(style, size=style.size - 0.5, leading=style.leading - 0.6)
        some = lines(text, style, leaf.across)
    if text:
        leaf.lines(some, style, leaf.left, _line(leaf, number) + 1.5 + len(some) * style.leading)


@dataclass(eq=False)
class Before(BookPage):
    """Page 3."""

    visit: Visit
    diary: Diary

    def __post_init__(self) -> None:
        visit, diary = self.visit, self.diary
        self._across = TRIMS[visit.paper].width - INNER - OUTER
        self._rows = self._agenda(visit.agenda)
        prompts = [Prompt(visit.words.expectations, diary.expectations, 4), Prompt(visit.words.questions, diary.questions, 3)]
        height = 2 * LABEL + 7 * PITCH + GAP
        self._asked = column(self, prompts, (self._across, height), self._across)
        self.spills += self._asked.spills
        if diary.starting_point.strip():
            self.spills.append(Spill(visit.words.starting_point, self, running(diary.starting_point, self._across)))

    def _agenda(self, agenda: tuple[AgendaRow, ...]) -> list[Item]:
        """The rows that have room; the others become a spill."""
        rows, room = _rows(agenda, self._across), AGENDA_LINES
        shown: list[Item] = []
        for item in rows:
            room -= round(item.height / ROW)
            if room < 0:
                break
            shown.append(item)
        if rest := rows[len(shown) :]:
            self.spills.append(Spill(self.visit.words.agenda, self, list(rest)))
        return shown

    def paint(self, leaf: Leaf, book: Notebook) -> None:
        leaf.shared("before head", self._head)
        if self._asked.written:
            self._prompts(leaf)
        else:
            leaf.shared("before", self._prompts)

    def _prompts(self, leaf: Leaf) -> None:
        self._asked.paint(leaf, leaf.left, leaf.foot + self._asked.height + 1, self.visit.words)

    def _head(self, leaf: Leaf) -> None:
        words, visit = self.visit.words, self.visit
        leaf.say(words.before, TITLE, leaf.left, leaf.top)
        top = leaf.top - TITLE.leading - 2.5 * MM
        if not visit.agenda:
            leaf.say(words.no_agenda, SMALL, leaf.left, top)
            leaf.ruled(leaf.left, top - ROW, leaf.across, 9)
            return
        leaf.line(leaf.left, top, leaf.across, BLACK, 0.8)
        for item in self._rows:
            item.paint(leaf, leaf.left, top)
            top -= item.height
        spill = next((each for each in self.spills if each.label == words.agenda), None)
        if spill and spill.target:
            leaf.say(words.goes_on.format(page=spill.target.folio), right(SIGN), leaf.left, leaf.top - 9, leaf.across)


@lru_cache(maxsize=32)
def _rows(agenda: tuple[AgendaRow, ...], across: float) -> tuple[Item, ...]:
    """The agenda's lines; participants of a visit have the same."""
    before = ("", *(row.day for row in agenda))
    return tuple(_row(row, row.day if row.day != last else "", across) for row, last in zip(agenda, before, strict=False))


def _row(row: AgendaRow, day: str, across: float) -> Item:
    some = lines(row.title, SMALL, across - DAY - HOURS)
    height = len(some) * ROW

    def paint(leaf: Leaf, x: float, top: float) -> None:
        if day and top < leaf.top - 2 * TITLE.leading:
            leaf.line(x, top, across)
        middle = top - (ROW - SMALL.leading) / 2
        leaf.say(day, SMALL_BOLD, x, middle)
        leaf.say(row.hours, SMALL, x + DAY, middle)
        for number, line in enumerate(some):
            leaf.say(line, SMALL, x + DAY + HOURS, middle - number * ROW)

    return Item(height, paint)
