"""What somebody wants printed: whose notebooks, how, on which paper; how many sheets that is, and who gets none and why (forms.md §9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, get_args

from app.errors import N_, Invalid, NotFound
from app.rendering.imposition import sheets
from app.rendering.notebook import Mode, Notebook, Paper, Visit, page_count
from app.store import Dossier, Json, Person, Store
from app.workflow import access, notebooks, programmes
from app.workflow.notebooks import Owner
from forms.values import mapping

MODES: Final[Mapping[Mode, str]] = {
    "blank": N_("En blanco, para antes del viaje"),
    "mixed": N_("Mixto: lo de antes del viaje escrito, los días en blanco"),
    "filled": N_("Lleno, con lo que escribió cada persona"),
}
PAPERS: Final[Mapping[Paper, str]] = {"a4": N_("A4"), "letter": N_("Carta")}
MOST_COPIES: Final = 50
MOST_BOOKS: Final = 5000
LANGUAGES: Final = ("es", "pt")
NO_MODE: Final = N_("Diga cómo van los cuadernos: en blanco, mixtos o llenos.")
NO_PAPER: Final = N_("Diga en qué papel se imprime.")
COPIES: Final = N_("Las copias van de 1 a {most}.")
SPARE: Final = N_("Los cuadernos de reserva van de 0 a {most}.")
TOO_MANY: Final = N_("Son más de {most} cuadernos de una vez. Elija menos intercambios.")
NOBODY: Final = N_("No hay ningún cuaderno que imprimir con lo que eligió.")


@dataclass(frozen=True)
class Order:
    """`chosen`: dossier → rows of those who travel, () for all of them. `paper` '' is that of the country that travels; `language` '' the
    exchange's own. `cover`: its sheet apart, on thicker paper."""

    chosen: Mapping[str, Sequence[str]]
    mode: Mode = "blank"
    copies: int = 1
    spare: int = 0
    paper: Paper | str = ""
    language: str = ""
    cover: bool = False


@dataclass(frozen=True)
class Skipped:
    """Somebody who gets no notebook, and why (msgid)."""

    owner: Owner
    reason: str


@dataclass(frozen=True)
class Book:
    """One notebook to print; without an owner a spare one."""

    owner: Owner | None
    pages: int
    copies: int
    photos_out: int = 0

    @property
    def sheets(self) -> int:
        """Of paper, all copies together."""
        return sheets(self.pages) * self.copies


@dataclass(frozen=True)
class Line:
    """One exchange of an order."""

    dossier: Dossier
    paper: Paper
    language: str
    books: tuple[Book, ...]
    skipped: tuple[Skipped, ...] = field(default=())

    @property
    def sheets(self) -> int:
        return sum(book.sheets for book in self.books)

    @property
    def count(self) -> int:
        """Notebooks, copies and spare ones included."""
        return sum(book.copies for book in self.books)


@dataclass(frozen=True)
class Estimate:
    """What an order comes to."""

    lines: tuple[Line, ...]

    @property
    def sheets(self) -> int:
        """Σ copies × pages / 4, spare ones included (forms.md §9)."""
        return sum(line.sheets for line in self.lines)

    @property
    def count(self) -> int:
        return sum(line.count for line in self.lines)

    @property
    def skipped(self) -> tuple[tuple[Dossier, Skipped], ...]:
        return tuple((line.dossier, each) for line in self.lines for each in line.skipped)


@dataclass(frozen=True)
class Choice:
    """An exchange whose notebooks the person may print, and who travels in it."""

    dossier: Dossier
    owners: tuple[Owner, ...]
    start: str
    """First day of the visit, ISO; '' while it has no dates."""
    countries: tuple[str, str]
    """Host's and visitor's codes."""


def prints(store: Store, person: Person) -> bool:
    """Whether the person prints notebooks of any exchange."""
    if not {grant.role for grant in access.roles(store, person)} & set(access.roles_with(notebooks.DIARY, "print")):
        return False
    return any(access.can(store, person, "print", each) for each in store.dossiers.of_programme(programmes.EXCHANGE))


def choices(store: Store, person: Person, state: str = "", country: str = "", since: str = "", until: str = "") -> tuple[Choice, ...]:
    """The exchanges whose notebooks the person may print, by first day: of one state, with one country, starting within two days (ISO)."""
    every = (each for each in store.dossiers.of_programme(programmes.EXCHANGE) if access.can(store, person, "print", each))
    found = [_choice(store, each) for each in every if state in ("", each.state)]
    wanted = (each for each in found if country in ("", *each.countries) and _within(each.start, since, until))
    return tuple(sorted(wanted, key=lambda each: (each.start, each.dossier.code)))


def _choice(store: Store, dossier: Dossier) -> Choice:
    facts = dossier.facts
    start = str(mapping(facts.get("visit_period")).get("start") or "")
    return Choice(dossier, notebooks.owners(store, dossier), start, (str(facts.get("host_country")), str(facts.get("visiting_country"))))


def _within(start: str, since: str, until: str) -> bool:
    return (not since or start >= since) and (not until or start <= until)


def called(paper: str) -> str:
    """What a paper is called (msgid)."""
    return next((words for code, words in PAPERS.items() if code == paper), "")


def paper_of(dossier: Dossier) -> Paper:
    """The paper of the country that travels, where notebooks are usually printed."""
    return paper_in(str(dossier.facts.get("visiting_country") or dossier.country))


def paper_in(country: str) -> Paper:
    """The paper of a country of printing (ISO alpha-3)."""
    return "letter" if programmes.paper(country) == "Letter" else "a4"


def estimate(store: Store, person: Person, order: Order) -> Estimate:
    """Sheets, notebooks, and who gets none. Raises Invalid for what cannot be printed, NotFound, Forbidden."""
    _check(order)
    lines = tuple(_line(store, person, dossier_id, order) for dossier_id in order.chosen)
    found = Estimate(lines)
    if found.count > MOST_BOOKS:
        raise Invalid(TOO_MANY, most=MOST_BOOKS)
    return found


def _check(order: Order) -> None:
    if order.mode not in MODES:
        raise Invalid(NO_MODE)
    if order.paper not in ("", *PAPERS) or order.language not in ("", *LANGUAGES):
        raise Invalid(NO_PAPER)
    if not 1 <= order.copies <= MOST_COPIES:
        raise Invalid(COPIES, most=MOST_COPIES)
    if not 0 <= order.spare <= MOST_COPIES:
        raise Invalid(SPARE, most=MOST_COPIES)


def _line(store: Store, person: Person, dossier_id: str, order: Order) -> Line:
    dossier = access.dossier(store, person, dossier_id, "print")
    paper: Paper = "letter" if (order.paper or paper_of(dossier)) == "letter" else "a4"
    language = order.language or dossier.locale.partition("_")[0]
    visit = notebooks.visit_of(store, dossier, language, paper)
    owners = _chosen(store, dossier, order)
    skipped = tuple(Skipped(owner, reason) for owner in owners if (reason := notebooks.refused(owner, order.mode)))
    left = {each.owner.subject for each in skipped}
    books = [_book(store, dossier, visit, owner, order) for owner in owners if owner.subject not in left]
    spare = [Book(None, page_count(Notebook(visit)), order.spare)] if order.spare else []
    return Line(dossier, paper, language, (*books, *spare), skipped)


def _chosen(store: Store, dossier: Dossier, order: Order) -> tuple[Owner, ...]:
    """Raises NotFound for somebody who does not travel."""
    owners = {each.subject: each for each in notebooks.owners(store, dossier)}
    wanted = order.chosen[dossier.id] or owners
    if any(subject not in owners for subject in wanted):
        raise NotFound
    return tuple(owners[subject] for subject in owners if subject in wanted)


def _book(store: Store, dossier: Dossier, visit: Visit, owner: Owner, order: Order) -> Book:
    pages = page_count(notebooks.notebook(store, dossier, visit, owner, order.mode, pictures=False))
    out = notebooks.left_out(store, dossier, owner) if order.mode == "filled" else 0
    return Book(owner, pages, order.copies, out)


def written(order: Order) -> dict[str, Json]:
    """An order as a run keeps it."""
    kept: dict[str, Json] = {"mode": order.mode, "copies": order.copies, "spare": order.spare, "paper": order.paper}
    return kept | {"language": order.language, "cover": order.cover}


def read(about: Mapping[str, Json]) -> Order:
    """What a run keeps of its order; whose notebooks they are is in its items."""
    mode = next(each for each in get_args(Mode) if each == about["mode"])
    counts = {key: int(str(about[key])) for key in ("copies", "spare")}
    return Order({}, mode, **counts, paper=str(about["paper"]), language=str(about["language"]), cover=about["cover"] is True)


def is_day(text: str) -> bool:
    """Whether somebody typed a day (ISO)."""
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
