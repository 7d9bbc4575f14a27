"""What a notebook is made of: the visit, which its participants share, and what is one person's own. Plain values, in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from app.rendering.notebook.wording import Wording

Mode = Literal["blank", "filled", "mixed"]
Paper = Literal["a4", "letter"]
Publish = Literal["", "no", "anonymous", "named"]


@dataclass(frozen=True)
class Photo:
    """A JPEG, cleaned and scaled by the caller, who also saw to its rights; bytes, or the file they lie in until they are drawn."""

    source: bytes | Path
    caption: str = ""

    def read(self) -> bytes:
        """The bytes. Raises OSError for a file that is gone."""
        return self.source.read_bytes() if isinstance(self.source, Path) else self.source


@dataclass(frozen=True)
class Host:
    """An institution that receives the delegation on a day; `photos`: whether it allows any."""

    name: str
    photos: bool = True


@dataclass(frozen=True)
class Day:
    """A working day; `date` in words with its weekday. Without hosts or city the page leaves lines for them."""

    date: str
    city: str = ""
    hosts: tuple[Host, ...] = ()

    @property
    def photos(self) -> bool:
        """Whether any photo may be taken that day: False where no host allows one."""
        return not self.hosts or any(host.photos for host in self.hosts)


@dataclass(frozen=True)
class AgendaRow:
    """One line of the agenda's summary; `day` short, printed where it changes."""

    day: str
    hours: str
    title: str


@dataclass(frozen=True)
class Visit:
    """What the notebooks of one exchange have in common. The trim follows `paper`, that of the country of printing."""

    title: str
    countries: tuple[str, ...]
    """Who receives first."""
    dates: str
    code: str
    """The short code beside page numbers: the exchange's."""
    days: tuple[Day, ...]
    words: Wording
    language: str
    """'es' or 'pt'."""
    agenda: tuple[AgendaRow, ...] = ()
    paper: Paper = "a4"
    programme: str = ""
    of: str = ""
    """How many notebooks the delegation has: the «05» of «N.º 03 de 05»."""
    contact: tuple[str, ...] = ()
    """Whom to tell if it is found: the office, never the person."""
    institutions: tuple[str, ...] = ()
    """OEI and ministries, named at the foot of the covers."""


@dataclass(frozen=True)
class Contact:
    """One row of the table of contacts."""

    name: str
    institution: str = ""
    email: str = ""


@dataclass(frozen=True)
class DayEntry:
    """What somebody wrote of one day."""

    saw: str = ""
    learned: str = ""
    at_home: str = ""
    voice: str = ""
    contact: str = ""
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True)
class Diary:
    """What somebody wrote (forms.md A6); `days` in the order of the visit's days. What is empty leaves lines to write on."""

    expectations: str = ""
    questions: str = ""
    starting_point: str = ""
    days: tuple[DayEntry, ...] = ()
    learnings: tuple[str, ...] = ()
    highlight: str = ""
    first_step: str = ""
    transfer: str = ""
    """The line of transfer the person takes part in."""
    thanks: str = ""
    publish: Publish = ""
    contacts: tuple[Contact, ...] = ()

    def entry(self, day: int) -> DayEntry:
        """What was written of a day, counted from 0."""
        return self.days[day] if day < len(self.days) else NOTHING


@dataclass(frozen=True)
class Notebook:
    """One person's notebook. Without a name it is a spare one, with lines to write it on."""

    visit: Visit
    name: str = ""
    number: str = ""
    """'03'."""
    position: str = ""
    institution: str = ""
    verification: str = ""
    """Sixteen characters in four groups; '' prints neither code nor QR."""
    verification_url: str = ""
    mode: Mode = "blank"
    diary: Diary = field(default_factory=Diary)
    cover: Photo | None = None

    @property
    def shown(self) -> Diary:
        """What of the diary this mode prints: all, what stands before the trip, or nothing."""
        if self.mode == "filled":
            return self.diary
        if self.mode == "mixed":
            return Diary(expectations=self.diary.expectations, questions=self.diary.questions)
        return EMPTY


EMPTY, NOTHING = Diary(), DayEntry()
