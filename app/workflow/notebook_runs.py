"""Runs of the bitácora press: a notebook for each person, imposed and for reading; joined files for the printer; control list; ZIP."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app import clock, i18n
from app.errors import N_, Invalid, NotFound
from app.rendering.imposition import Saddle, sheets
from app.rendering.notebook import Notebook, Paper, Visit, pressing
from app.store import Dossier, Item, Job, Json, Person, Store
from app.workflow import jobs, notebook_lists, notebook_orders, notebooks
from app.workflow.jobs import File, Run, Work
from app.workflow.notebook_lists import Listed
from app.workflow.notebook_orders import Order
from app.workflow.notebooks import Owner
from app.workflow.packets import plain
from app.workflow.renditions import PDF, Rendition
from forms.values import mapping, rows_of

KIND: Final = "notebooks"
BOOK: Final = "notebook"
BOUND: Final = "notebooks_bound"
TITLE: Final = N_("Cuadernos de Bitácora")
PART_SHEETS: Final = 500
"""Sheets in a joined file: a ream, which a print shop takes as one job."""
READING, LIST_PDF, LIST_XLSX = "lectura", "lista_de_control.pdf", "lista_de_control.xlsx"
RENEWED: Final = 25
"""Notebooks drawn between two signs of life."""


@dataclass(frozen=True)
class Result:
    """A run and what came of it. `joined` and `lists` come last; `skipped` are those who get none."""

    run: Run
    order: Order
    started: Job
    books: tuple[Listed, ...]
    joined: tuple[File, ...]
    lists: tuple[File, ...]

    @property
    def dossiers(self) -> tuple[Dossier, ...]:
        return tuple({each.dossier.id: each.dossier for each in self.books}.values())


def start(store: Store, person: Person, order: Order, key: str = "") -> Run:
    """Start printing an order. Raises Invalid where nobody gets a notebook or something makes no sense, NotFound, Forbidden."""
    found = notebook_orders.estimate(store, person, order)
    if not found.count:
        raise Invalid(notebook_orders.NOBODY)
    items = [item for line in found.lines for book in line.books for item in _items(line, book)]
    skipped: list[Json] = [
        {"dossier": dossier.id, "subject": each.owner.subject, "reason": each.reason} for dossier, each in found.skipped
    ]
    about: dict[str, Json] = {**notebook_orders.written(order), "sheets": found.sheets, "skipped": skipped}
    only = found.lines[0].dossier.code if len(found.lines) == 1 else clock.today().isoformat()
    return jobs.start(
        store, person, KIND, f"{KIND}:{','.join(order.chosen)}", key, items, f"cuadernos_{plain(only)}.zip", bind=BOUND, about=about
    )


def _items(line: notebook_orders.Line, book: notebook_orders.Book) -> Iterator[Work]:
    """Imposed, and in reading order where it is somebody's own."""
    about: Work = {"dossier": line.dossier.id, "paper": line.paper, "language": line.language, "copies": book.copies}
    code, subject = plain(line.dossier.code), book.owner.subject if book.owner else ""
    number = (book.owner.number or subject) if book.owner else "reserva"
    yield {**about, "kind": BOOK, "subject": subject, "how": "", "name": f"{code}_{number}.pdf"}
    if book.owner:
        yield {**about, "kind": BOOK, "subject": subject, "how": READING, "name": f"{code}_{number}_{READING}.pdf"}


# ── making ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@jobs.step(BOOK)
def _book(store: Store, item: Item) -> dict[str, Json]:
    """Draw one notebook and keep it. Raises Told for what cannot be printed."""
    order = notebook_orders.read(store.jobs.get(item.job_id).payload)
    out, how = io.BytesIO(), None if item.payload["how"] else Saddle()
    drawn = _Books(store, order)
    book = drawn.of(item)
    with pressing(out, _title(book), book.visit.language, how) as press:
        made = press.add(book)
    kept = store.files.put(out.getvalue(), PDF)
    out_of = drawn.left_out(item) if order.mode == "filled" else 0
    return {"sha256": kept.sha256, "size": kept.size, "pages": made.pages, "sheets": made.sheets, "photos_out": out_of}


def _title(book: Notebook) -> str:
    return " · ".join(filter(None, (book.visit.words.book, book.visit.code, book.number)))


class _Books:
    """The notebooks of a run's items; what those of one exchange share is worked out once."""

    def __init__(self, store: Store, order: Order) -> None:
        self._store, self._order = store, order
        self._known: dict[str, tuple[Dossier, Visit, Mapping[str, Owner]]] = {}

    def of(self, item: Item) -> Notebook:
        """Raises NotFound for somebody who does not travel any more, BadPhoto."""
        dossier, visit, owners = self._around(item)
        owner = self._owner(item, owners)
        return notebooks.notebook(self._store, dossier, visit, owner, self._order.mode)

    def left_out(self, item: Item) -> int:
        """Photos of the person that are not printed."""
        dossier, _, owners = self._around(item)
        owner = self._owner(item, owners)
        return notebooks.left_out(self._store, dossier, owner) if owner else 0

    def listed(self, item: Item) -> Listed:
        """How the item stands on the control list."""
        dossier, _, owners = self._around(item)
        file, told = jobs.file_of(item), mapping(item.result)
        owner = owners.get(str(item.payload["subject"]))
        pages = file.pages or 0
        return Listed(
            item.number, dossier, owner, pages, sheets(pages), int(str(item.payload["copies"])), str(item.payload["paper"]), file,
            file.problem, int(str(told.get("photos_out") or 0)),
        )

    def skipped(self, told: Mapping[str, Json]) -> Listed:
        """The same of somebody who gets none."""
        dossier = self._store.dossiers.get(str(told["dossier"]))
        owners = {each.subject: each for each in notebooks.owners(self._store, dossier)}
        return Listed(0, dossier, owners.get(str(told["subject"])), 0, 0, 0, "", File(""), str(told["reason"]), 0)

    def _around(self, item: Item) -> tuple[Dossier, Visit, Mapping[str, Owner]]:
        dossier_id = str(item.payload["dossier"])
        if dossier_id not in self._known:
            dossier = self._store.dossiers.get(dossier_id)
            paper: Paper = "letter" if item.payload["paper"] == "letter" else "a4"
            visit = notebooks.visit_of(self._store, dossier, str(item.payload["language"]), paper)
            self._known[dossier_id] = dossier, visit, {each.subject: each for each in notebooks.owners(self._store, dossier)}
        return self._known[dossier_id]

    @staticmethod
    def _owner(item: Item, owners: Mapping[str, Owner]) -> Owner | None:
        subject = str(item.payload["subject"])
        if subject and subject not in owners:
            raise NotFound
        return owners.get(subject)


@jobs.step(BOUND)
def _bound(store: Store, item: Item) -> dict[str, Json]:
    """Join what was made for the printer, list it, and put everything in one ZIP."""
    items = jobs.settled(store, item)
    job = store.jobs.get(item.job_id)
    order, language = notebook_orders.read(job.payload), str(items[0].payload["language"])
    drawn = [each for each in items if each.state == "done"]
    joined = list(_joined(store, order, [each for each in drawn if not each.payload["how"]], lambda: store.jobs.renew(item)))
    lists = _lists(store, _listed(store, job, items), joined, language, job)
    kept = jobs.zipped(store, [*joined, *lists, *map(jobs.file_of, items)])
    return {"sha256": kept.sha256, "size": kept.size, "joined": [vars(each) for each in joined], "lists": [vars(each) for each in lists]}


def _joined(store: Store, order: Order, items: Sequence[Item], alive: Callable[[], None]) -> Iterator[File]:
    """Every copy of every notebook, by paper, in files a print shop takes; with the cover apart there are two of each."""
    for paper in dict.fromkeys(str(each.payload["paper"]) for each in items):
        for number, part in enumerate(_parts([each for each in items if each.payload["paper"] == paper]), 1):
            for name, how in _ways(order):
                yield _pressed(store, order, part, how, f"imprimir_{paper}_{number}{name}.pdf", alive)


def _ways(order: Order) -> tuple[tuple[str, Saddle], ...]:
    return (("_cubierta", Saddle(part="cover")), ("_interior", Saddle(part="inside"))) if order.cover else (("", Saddle()),)


def _parts(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Cut between notebooks, at PART_SHEETS sheets."""
    part: list[Item] = []
    total = 0
    for item in items:
        own = int(str(mapping(item.result)["sheets"])) * int(str(item.payload["copies"]))
        if part and total + own > PART_SHEETS:
            yield part
            part, total = [], 0
        part.append(item)
        total += own
    yield part


def _pressed(store: Store, order: Order, part: Sequence[Item], how: Saddle, name: str, alive: Callable[[], None]) -> File:
    """One joined file, drawn onto the disk."""
    books = _Books(store, order)
    with jobs.kept_open(store) as out:
        title, language = i18n.formatter(str(part[0].payload["language"])).words(TITLE), str(part[0].payload["language"])
        with pressing(out, title, language, how) as press:
            for count, item in enumerate(part, 1):
                press.add(books.of(item), int(str(item.payload["copies"])))
                if count % RENEWED == 0:
                    alive()
        out.seek(0)
        kept = store.files.put(out, PDF)
    return File(name, kept.sha256, kept.size, _sides(part, how))


def _sides(part: Sequence[Item], how: Saddle) -> int:
    """Pages of a joined file: both sides of each sheet it holds."""
    each = ((int(str(mapping(item.result)["sheets"])), int(str(item.payload["copies"]))) for item in part)
    return sum(2 * copies * {"whole": own, "cover": 1, "inside": own - 1}[how.part] for own, copies in each)


def _lists(store: Store, books: Sequence[Listed], joined: Sequence[File], language: str, job: Job) -> list[File]:
    """The control list as PDF and spreadsheet."""
    found = []
    for name, data, media_type in notebook_lists.drawn(books, joined, language, job.started_at, LIST_PDF, LIST_XLSX):
        kept = store.files.put(data, media_type)
        found.append(File(name, kept.sha256, kept.size))
    return found


def _listed(store: Store, job: Job, items: Sequence[Item]) -> tuple[Listed, ...]:
    """A line for each notebook, and then for those who get none."""
    books = _Books(store, notebook_orders.read(job.payload))
    own = [books.listed(each) for each in items if each.payload["kind"] == BOOK and not each.payload["how"]]
    return (*own, *(books.skipped(told) for told in rows_of(job.payload.get("skipped"))))


# ── looking at it and taking it away ─────────────────────────────────────────────────────────────────────────────────


def result(store: Store, person: Person, run_id: str) -> Result:
    """How far a run is and what came of it. Raises NotFound for a run that is not the person's, or of another kind."""
    run, job = jobs.progress(store, person, run_id), store.jobs.get(run_id)
    if job.kind != KIND:
        raise NotFound
    *items, last = store.jobs.items(run_id)
    told = mapping(last.result) if last.state == "done" else {}
    joined, lists = (tuple(_file(each) for each in rows_of(told.get(name))) for name in ("joined", "lists"))
    return Result(run, notebook_orders.read(job.payload), job, _listed(store, job, items), joined, lists)


def _file(told: Mapping[str, Json]) -> File:
    pages = told.get("pages")
    return File(str(told["name"]), str(told["sha256"]), int(str(told["size"])), pages if isinstance(pages, int) else None)


def file(store: Store, person: Person, run_id: str, name: str) -> Rendition:
    """One file of a run, by its name. Raises NotFound."""
    found = next((each for each in files(store, person, run_id) if each.name == name and each.sha256), None)
    if found is None:
        raise NotFound
    return Rendition(store.files.read(found.sha256), found.name, store.files.get(found.sha256).media_type, found.sha256)


def files(store: Store, person: Person, run_id: str) -> tuple[File, ...]:
    """Everything a run made: joined files first, lists, then each notebook. Raises NotFound."""
    found = result(store, person, run_id)
    return (*found.joined, *found.lists, *(jobs.file_of(each) for each in store.jobs.items(run_id)[:-1]))


def mine(store: Store, person: Person) -> tuple[Result, ...]:
    """The person's runs, newest first."""
    return tuple(result(store, person, job.id) for job in store.jobs.of(person.id, KIND)[:10])
