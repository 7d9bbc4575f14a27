"""Building the demonstration: everything in place, the exchange stopped at five moments, and every file it leaves, by folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import product
from multiprocessing import get_context
from typing import Final, TypeAlias

from app import clock, demo
from app.config import Settings
from app.demo import script
from app.demo.acting import PACKED, Play
from app.rendering import seal
from app.store import Document, Dossier, Person, Store, open_store
from app.workflow import jobs, packet_plans, packets, renditions, surroundings, templates
from app.workflow.renditions import Rendition
from forms import FORMS
from forms.spec import Form

Made: TypeAlias = Callable[[], Rendition]

PLAYED: Final = "example_played"
"""The event after the last step; from then on the exchange is whoever's who tries it."""
AT_ONCE: Final = 2
BLANKS: Final = "formularios-en-blanco"
BOTH: Final = ("docx", "record")
DRAWN: Final = (*product(BOTH, renditions.LANGUAGES), *product(renditions.TO_FILL, ("es",)))
"""Kind and language of what is written of a document; of the exchanges that stop halfway, the record."""
SECRETARY: Final = "secretaria@example.org"


@dataclass(frozen=True)
class Example:
    """An exchange by its code, and where its script stops."""

    code: str
    upto: str
    whole: bool = False


EXAMPLES: Final = (
    Example("PE-2027-URY-SLV-01", "following", whole=True),
    Example("PE-2027-URY-SLV-02", "running"),
    Example("PE-2027-URY-SLV-03", "ready"),
    Example("PE-2027-URY-SLV-04", "referenced"),
    Example("PE-2027-URY-SLV-05", "planning"),
)
"""In the order they are opened, which makes their codes; the longest first."""


def prepare(settings: Settings) -> None:
    """Put everything in place, once; two processes at a time play the exchanges, each to its moment. Raises OutOfScriptError."""
    seal.load(settings)
    with open_store(settings) as store:
        for _ in demo.load(store):
            pass
        for example in EXAMPLES:
            if store.dossiers.by_code(example.code) is None:
                Play(store, example.code).act(script.steps(example.upto)[0])
        waiting = [example for example in EXAMPLES if not _over(store, example)]
    if waiting:
        with ProcessPoolExecutor(AT_ONCE, get_context("spawn")) as pool:
            list(pool.map(_played, [settings] * len(waiting), waiting))


def _over(store: Store, example: Example) -> bool:
    found = store.dossiers.by_code(example.code)
    return found is not None and bool(store.events.told(found.id, PLAYED))


def _played(settings: Settings, example: Example) -> None:
    """In a process of its own: every step but the first, then the files, so that they are at hand."""
    steps = script.steps(example.upto)
    with open_store(settings) as store:
        play = Play(store, example.code)
        for step in steps[1:]:
            play.act(step)
        with clock.stopped(steps[-1].at):
            store.events.append(play.dossier.id, PLAYED, "", {})
        for document, kind, language in wanted(store, play.dossier, example):
            renditions.made(store, document, kind, language)


def wanted(store: Store, dossier: Dossier, example: Example) -> Iterator[tuple[Document, str, str]]:
    """The files to write of an exchange: of each document in which something stands."""
    drawn = DRAWN if example.whole else (("record", packets.language_of(dossier)),)
    filled = (document for document in surroundings.current(store, dossier) if document.revision)
    yield from ((document, *each) for document in filled for each in drawn)


def files(store: Store) -> Iterator[tuple[str, Made]]:
    """Every file: the folder it goes in, and what makes it."""
    for form, language in product(FORMS.values(), renditions.LANGUAGES):
        yield BLANKS, partial(_blank, form, language)
    for document in demo.load(store):
        folder = store.dossiers.get(document.dossier_id).code
        yield from ((folder, partial(renditions.made, store, document, *each)) for each in DRAWN)
    secretary = store.people.by_email(SECRETARY)
    for example in EXAMPLES:
        dossier = store.dossiers.by_code(example.code)
        assert dossier is not None  # it was opened just before
        assert secretary is not None  # so was she
        yield from ((dossier.code, partial(renditions.made, store, *each)) for each in wanted(store, dossier, example))
        yield from ((dossier.code, made) for made in _bound(store, secretary, dossier))


def _blank(form: Form, language: str) -> Rendition:
    """An empty form as it is shipped, to fill by hand or with any program: 'A1_es.pdf'."""
    data = (templates.FOLDER / form.code / form.edition / language / f"{form.code}.pdf").read_bytes()
    return Rendition(data, f"{form.code}_{language}.pdf", renditions.PDF, hashlib.sha256(data).hexdigest())


def _bound(store: Store, person: Person, dossier: Dossier) -> Iterator[Made]:
    """The packets made of an exchange and the ZIP of each."""
    for event in store.events.told(dossier.id, PACKED):
        yield partial(packets.latest, store, person, dossier, str(event.payload["packet"]), packet_plans.WHOLE)
        yield partial(jobs.result, store, person, str(event.payload["run"]))
