"""What a kind hands to paper and screen: blocks say how an answer reads, boxes how it is asked. Nobody here draws."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Literal, TypeAlias

from forms.path import AnswerPath
from forms.values import Json, RowId


@dataclass(frozen=True)
class Line:
    """A label and one line of text on `span` of the twelve columns. An empty answer has an empty text; the sheet says how that looks."""

    path: AnswerPath
    label: str
    text: str
    span: int = 12
    spoken: bool = False
    """Whether the label is a sentence that the answer completes (a permission, a promise), rather than a name."""


@dataclass(frozen=True)
class Prose:
    """A label and paragraphs over the full width."""

    path: AnswerPath
    label: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Ticks:
    """All options of a list with those chosen; (words, chosen)."""

    path: AnswerPath
    label: str
    options: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Bar:
    """`value` gives the length, `text` is printed beside it."""

    label: str
    value: int
    text: str


@dataclass(frozen=True)
class Bars:
    """Figures as horizontal bars with the number beside them; `most` is the full length, by default the largest value."""

    path: AnswerPath
    label: str
    bars: tuple[Bar, ...]
    most: int = 0


@dataclass(frozen=True)
class Picture:
    """A photo by content hash; `alt` is read aloud, `caption` printed under it."""

    path: AnswerPath
    label: str
    sha256: str
    alt: str
    caption: str = ""


@dataclass(frozen=True)
class SignatureBox:
    """A place to sign: `role` is who signs; name, method and moment are empty until it is signed."""

    path: AnswerPath
    role: str
    name: str = ""
    position: str = ""
    note: str = ""
    span: int = 6
    picture: str = ""
    """SHA-256 of what was drawn on a screen."""


@dataclass(frozen=True)
class Heading:
    """A title over the blocks or boxes of a group."""

    path: AnswerPath
    label: str


@dataclass(frozen=True)
class Note:
    """Fixed words of the form: a notice, an instruction, a promise."""

    path: AnswerPath
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """`weight` is its share of the width; `group` the label of the Group it belongs to inside a table.

    `options` are the (code, words) a several-choice column may hold: a matrix sets them along.
    """

    key: str
    label: str
    weight: int = 1
    align: Literal["left", "right"] = "left"
    group: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Cell:
    """A view sorts and groups by `value`, prints `text` in a narrow place and draws `blocks` in a wide one."""

    value: Json
    text: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Row:
    """A row of a table: its id and a cell for each column."""

    id: RowId
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Plain:
    """Rows as a table with repeated head."""

    order: ClassVar[tuple[str, ...]] = ()
    """Columns by whose values the rows are read."""

    def within(self, keys: frozenset[str]) -> View:
        """The view an audience gets that sees only the columns `keys`."""
        return self


@dataclass(frozen=True)
class Cards:
    """One card per row; `title` names the columns of the card's head, `by` the column whose value groups the cards under a subheading."""

    title: tuple[str, ...]
    by: str = ""

    @property
    def order(self) -> tuple[str, ...]:
        """Columns by whose values the rows are read."""
        return (self.by,) if self.by else ()

    def within(self, keys: frozenset[str]) -> View:
        return Cards(tuple(key for key in self.title if key in keys), self.by if self.by in keys else "")


@dataclass(frozen=True)
class Timetable:
    """Rows grouped by `day`, hours in a narrow first column; `under` are further columns."""

    day: str
    start: str
    end: str
    what: str
    under: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[str, ...]:
        """Columns by whose values the rows are read."""
        return self.day, self.start

    def within(self, keys: frozenset[str]) -> View:
        if not {self.day, self.start, self.end, self.what} <= keys:
            return Plain()
        return replace(self, under=tuple(key for key in self.under if key in keys))


@dataclass(frozen=True)
class Matrix:
    """Rows down, the codes of `across` (a several-choice column) along, a mark where they meet; `under` are further columns."""

    title: tuple[str, ...]
    across: str
    under: tuple[str, ...] = ()

    order: ClassVar[tuple[str, ...]] = ()
    """Columns by whose values the rows are read."""

    def within(self, keys: frozenset[str]) -> View:
        if self.across not in keys or not set(self.title) <= keys:
            return Plain()
        return replace(self, under=tuple(key for key in self.under if key in keys))


@dataclass(frozen=True)
class Gantt:
    """Rows down and months along; `months` holds the numbers 1–12 ticked, `title` names the row, `under` are further columns."""

    title: tuple[str, ...]
    months: str
    under: tuple[str, ...] = ()

    order: ClassVar[tuple[str, ...]] = ()
    """Columns by whose values the rows are read."""

    def within(self, keys: frozenset[str]) -> View:
        if self.months not in keys or not set(self.title) <= keys:
            return Plain()
        return replace(self, under=tuple(key for key in self.under if key in keys))


@dataclass(frozen=True)
class Diary:
    """One page-like entry per row: `day` and `place` as its head, `prose` as running text, `pictures` as photos."""

    day: str
    place: str
    prose: tuple[str, ...]
    pictures: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[str, ...]:
        """Columns by whose values the rows are read."""
        return (self.day,)

    def within(self, keys: frozenset[str]) -> View:
        if self.day not in keys:
            return Plain()
        kept = tuple(key for key in self.prose if key in keys), tuple(key for key in self.pictures if key in keys)
        return Diary(self.day, self.place if self.place in keys else "", *kept)


View: TypeAlias = Plain | Cards | Timetable | Matrix | Gantt | Diary


@dataclass(frozen=True)
class Rows:
    """The rows of a table and the view that says how they read."""

    path: AnswerPath
    label: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    view: View = Plain()


BoxType: TypeAlias = Literal["text", "multiline", "number", "date", "time", "datetime", "email", "tel", "url",
                             "radio", "checks", "select", "tags", "file", "signature", "note"]


@dataclass(frozen=True)
class Condition:
    """Show a box only if the first of `paths` that is on the page holds one of `values` (raw, as a browser sends them).

    Without values: if it holds anything.
    """

    paths: tuple[AnswerPath, ...]
    """The answer beside it, then those around it, the document's last."""
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Box:
    """One question to answer, on a page or on paper.

    `limit` counts characters; how many lines that needs is the drawer's business. `options` are (code, words).
    `steps` names the inputs of an answer typed in several (a range's start and end): each is sent as path/step, in this order.
    `raw` is what stands in the box, one string per input, or per tick: days are dd/mm/yyyy, hours hh:mm, figures in the locale's way.
    A box with steps and options (an amount and its currency) has the options in its last step.
    A file box sends no value: what is attached is put there by the upload, so that nobody names a file that is not theirs.
    """

    path: AnswerPath
    type: BoxType
    label: str
    help: str = ""
    limit: int | None = None
    span: int = 12
    options: tuple[tuple[str, str], ...] = ()
    steps: tuple[tuple[str, str], ...] = ()
    """(step, label) of each input."""
    required: bool = False
    raw: tuple[str, ...] = ()
    condition: Condition | None = None
    source: str = ""
    """Where a value read through comes from («viene de …»), and still does."""
    changed: str = ""
    """Where a value came from before it was typed over here («cambiado aquí»)."""
    accept: tuple[str, ...] = ()
    """Media types a file box takes."""


@dataclass(frozen=True)
class BoxRow:
    """A row to fill."""

    id: RowId
    boxes: tuple[Asked, ...]
    fresh: bool = False
    """A free row of a paper form, or one just added: not a row until something stands in it."""
    summary: tuple[str, ...] = ()
    """What stands for the row in a list: the texts of the table's summary columns."""


@dataclass(frozen=True)
class BoxRows:
    """A table to fill. `summary` are the columns that stand for a row in a list; a wide one is edited one row to a page."""

    path: AnswerPath
    label: str
    help: str
    columns: tuple[Column, ...]
    rows: tuple[BoxRow, ...]
    low: int = 0
    high: int = 12
    summary: tuple[Column, ...] = ()
    source: str = ""
    changed: str = ""
    condition: Condition | None = None
    fixed: bool = False
    """Whether its rows are given: none is added, moved or taken away."""
    view: View = Plain()
    """How its rows read, and so how they stand on a form to fill."""


Block: TypeAlias = Line | Prose | Ticks | Bars | Picture | SignatureBox | Heading | Note | Rows
Asked: TypeAlias = Box | BoxRows | Heading | Note
