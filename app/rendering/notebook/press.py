"""Notebooks into one file, each as it comes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO

from app.rendering.fonts import Undrawable, drawable, undrawable
from app.rendering.imposition import Saddle, sheets
from app.rendering.notebook.binding import MOMENT, Binding
from app.rendering.notebook.book import arranged, check, visit_texts
from app.rendering.notebook.codes import folio
from app.rendering.notebook.covers import Back, Cover
from app.rendering.notebook.flow import BookPage
from app.rendering.notebook.leaf import Leaf
from app.rendering.notebook.model import EMPTY, Notebook, Visit
from app.rendering.notebook.opening import Owner
from app.rendering.notebook.sheet import TRIMS
from app.rendering.spool import Bookmark


@dataclass(frozen=True)
class Made:
    """What a notebook came to: its pages, and the sheets of paper one copy takes."""

    pages: int
    sheets: int


@dataclass
class Press:
    """Writes notebooks to `out`. `how` None: pages in reading order; else booklets on sheets, each starting on a new one."""

    out: BinaryIO
    how: Saddle | None = None
    sheets: int = field(init=False, default=0)
    """Of paper so far."""

    def __post_init__(self) -> None:
        self._binding = Binding(self.out, self.how)
        self._visits: dict[Visit, int] = {}
        self._marks: list[Bookmark] = []
        self._blank: tuple[Visit | None, list[BookPage]] = (None, [])

    def add(self, book: Notebook, copies: int = 1) -> Made:
        """Print one more. Raises Undrawable or BadPhoto before any page of it is written, OSError where the disk gives up."""
        self._enter(book.visit)
        check(book)
        leaves = [self._leaf(book, page) for page in self._pages(book)]
        made = Made(len(leaves), sheets(len(leaves)))
        for _ in range(copies):
            sides = self._binding.bind(leaves, book.visit.paper)
            if sides:
                self._marks.append(Bookmark(" ".join(filter(None, (book.number, book.name))) or book.visit.title, sides[0]))
            self.sheets += made.sheets
        return made

    def close(self, title: str, language: str, moment: str = MOMENT) -> None:
        """The end of the file; `out` stays open. `moment` (UTC, ISO 8601) is the date inside: equal input makes equal bytes."""
        self._binding.close(title, language, moment, self._marks if len(self._marks) > 1 else ())

    def _pages(self, book: Notebook) -> list[BookPage]:
        """A diary's pages; those without one are the visit's, arranged once."""
        if book.shown is not EMPTY:
            return arranged(book.visit, book.shown)
        if self._blank[0] is not book.visit:
            self._blank = book.visit, arranged(book.visit, EMPTY)
        return self._blank[1]

    def _enter(self, visit: Visit) -> None:
        if visit not in self._visits:
            text = "".join(visit_texts(visit))
            if not drawable().issuperset(text):
                raise Undrawable(visit.title, undrawable(text))
            self._visits[visit] = len(self._visits)
        self._binding.group = self._visits[visit]

    def _leaf(self, book: Notebook, page: BookPage) -> Leaf:
        trim = TRIMS[book.visit.paper]
        leaf = self._binding.leaf((trim.width, trim.height), page.folio)
        page.paint(leaf, book)
        if not isinstance(page, Cover):
            folio(leaf, book, short=not isinstance(page, Owner | Back))
        return leaf


@contextmanager
def pressing(out: BinaryIO, title: str, language: str, how: Saddle | None = None, moment: str = MOMENT) -> Iterator[Press]:
    """A press that closes its file at the end; after an error the file is left unfinished, to be thrown away."""
    press = Press(out, how)
    yield press
    press.close(title, language, moment)
