"""Which notebooks were printed and handed over, said by people; and sending them to a printer of the house."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from app import printing
from app.errors import Invalid, NotFound
from app.printing import Printed
from app.store import Dossier, Json, Person, Store
from app.workflow import access, notebook_orders, notebook_runs, notebooks
from app.workflow.notebook_runs import Result

EVENTS: Final = {"printed": "notebook_printed", "delivered": "notebook_delivered"}
UNMARKED: Final = "notebook_unmarked"


def marks(store: Store, dossier: Dossier) -> Mapping[tuple[str, str, str], datetime]:
    """(row of the traveller, mode, 'printed' or 'delivered') → since when."""
    found: dict[tuple[str, str, str], datetime] = {}
    for event in store.events.told(dossier.id, *EVENTS.values(), UNMARKED):
        told = event.payload
        place = str(told["subject"]), str(told["mode"]), str(told["what"])
        if event.kind == UNMARKED:
            found.pop(place, None)
        else:
            found[place] = event.at
    return found


def mark(
    store: Store, person: Person, dossier: Dossier, subject: str, mode: str, what: str, *, done: bool = True, key: str = ""
) -> None:
    """Say that somebody's notebook in a mode was printed or handed over, or that it was not. Raises Invalid, NotFound, Forbidden."""
    access.require(store, person, "print", dossier)
    if what not in EVENTS or mode not in notebook_orders.MODES:
        raise Invalid
    if all(owner.subject != subject for owner in notebooks.owners(store, dossier)):
        raise NotFound

    def work() -> Json:
        if ((subject, mode, what) in marks(store, dossier)) != done:
            told: dict[str, Json] = {"subject": subject, "mode": mode, "what": what}
            store.events.append(dossier.id, EVENTS[what] if done else UNMARKED, person.id, told)
        return done

    store.requests.once(f"{key}:{subject}:{what}" if key else "", person.id, f"notebook:{what}:{dossier.id}", work)


def mark_all(store: Store, person: Person, found: Result, what: str, key: str = "") -> None:
    """The same of every notebook of a run that was made."""
    for book in found.books:
        if book.owner and book.file.sha256:
            mark(store, person, book.dossier, book.owner.subject, found.order.mode, what, key=key)


def send(store: Store, person: Person, run_id: str, name: str, queue: str, key: str = "") -> Printed:
    """Print a file of a run on a printer of the house, once for each key. Raises NotPrinted, NotFound."""
    printer = next((each for each in store.settings.printers if each.queue == queue), None)
    found = notebook_runs.result(store, person, run_id)
    books = {book.file.name: (book.paper, book.copies) for book in found.books if book.file.sha256}
    joined = {each.name: ("letter" if "_letter_" in each.name else "a4", 1) for each in found.joined}
    if printer is None or name not in {**books, **joined}:
        raise NotFound
    paper, copies = {**books, **joined}[name]
    data = notebook_runs.file(store, person, run_id, name).data
    job = store.requests.answer(key, person.id) if key else None
    if job is None:  # the printer is slow: nobody else waits for it, so the answer is kept afterwards
        job = printing.send(printer, data, name, paper, copies).job
        store.requests.once(key, person.id, f"print:{run_id}:{name}", lambda: job)
    return Printed(printer, str(job))
