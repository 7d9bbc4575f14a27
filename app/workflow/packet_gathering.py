"""Which signed documents go into a packet and what lacks: nothing is drawn here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Final

from app import i18n
from app.errors import N_
from app.store import Document, Dossier, Store
from app.store.values import canonical
from app.workflow import board, dossiers, packet_plans, programmes, renditions, resolving, slots
from app.workflow.packet_plans import Item
from forms import FORMS
from forms.kinds.base import Problem
from forms.path import AnswerPath
from forms.values import ID, mapping, rows_of
from forms.view import Formatter

NOT_SIGNED: Final = N_("«{title}» todavía no está firmado: su estado es «{state}». Falta que actúe: {who}.")
STOPPED: Final = N_("«{title}» no está firmado: su estado es «{state}». Hay que hacer una versión nueva.")
NOT_OPEN: Final = N_("«{title}» todavía no existe en este expediente.")
NO_SEAL: Final = N_("«{title}» está firmado y espera su sello; estará en un momento.")
MONTH: Final = N_("mes {number}")
DAY: Final = 8
"""Letters of a subject that is a day: '20270412'."""


@dataclass(frozen=True)
class Lack(Problem):
    """What a packet lacks; `document` is the id of the one to be moved on, '' if there is none."""

    document: str = ""


@dataclass(frozen=True)
class Letter:
    """A file attached to an answer: what the answer is called (msgid), and the file, under a name of ours: no two are alike."""

    label: str
    sha256: str
    name: str
    media_type: str


@dataclass(frozen=True)
class Entry:
    """One thing to bind: an item of the plan, the documents it is made of, and how it is called."""

    item: Item
    documents: tuple[Document, ...]
    title: str
    extract: bool = False
    letter: Letter | None = None


@dataclass(frozen=True)
class Gathered:
    """What a packet would hold now. `lacks` forbids it, `absent` is named on its index."""

    entries: tuple[Entry, ...]
    lacks: tuple[Lack, ...]
    absent: tuple[Lack, ...]

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every document that is in it, each once."""
        return tuple({each.id: each for entry in self.entries for each in entry.documents}.values())


def gathered(store: Store, dossier: Dossier, packet: str, variant: str, fmt: Formatter) -> Gathered:
    """What the packet holds and lacks, its titles in the language of `fmt`."""
    entries: list[Entry] = []
    lacks: list[Lack] = []
    absent: list[Lack] = []
    for item in packet_plans.items(packet, variant):
        found = _found(store, dossier, item, fmt)
        if item.what != "letters":
            (lacks if item.needed else absent).extend(_lacks(store, item, found, fmt))
        entries += _entries(store, item, tuple(each for each in found if settled(store, each)), fmt)
    return Gathered(tuple(entries), tuple(lacks), tuple(absent))


def settled(store: Store, document: Document) -> bool:
    """Whether a document is as it stays: signed, or approved where nobody signs."""
    return document.state == "signed" or (document.state == "approved" and not slots.of(store, document))


def digest(found: Gathered, *more: str) -> str:
    """The same for packets of the same content."""
    told = [[entry.item.what, entry.title, entry.extract, [each.id for each in entry.documents]] for entry in found.entries]
    letters = [entry.letter.sha256 for entry in found.entries if entry.letter]
    absent = [[lack.message, {key: str(value) for key, value in lack.places.items()}] for lack in found.absent]
    return hashlib.blake2s(canonical([told, letters, absent, list(more)]).encode()).hexdigest()


def title_of(store: Store, document: Document, fmt: Formatter) -> str:
    """The form's title, and whom or which day the document is about."""
    title, subject = fmt.words(FORMS[document.form].title), _subject(store, document, fmt)
    return f"{title} · {subject}" if subject else title


def _subject(store: Store, document: Document, fmt: Formatter) -> str:
    form = FORMS[document.form]
    if form.subjects:
        return fmt.words(MONTH, number=document.subject) if document.subject else ""
    if not form.subject or not document.subject:
        return ""
    names = resolving.reading(form, {}, dossiers.view_of(store, document), fmt).names(form.subject)
    day = document.subject
    return names.get(day) or (fmt.date(f"{day[:4]}-{day[4:6]}-{day[6:]}") if len(day) == DAY and day.isdecimal() else day)


def _found(store: Store, dossier: Dossier, item: Item, fmt: Formatter) -> tuple[Document, ...]:
    """Of each document of the form the version that is signed, else the last one; those of a subject that were annulled do not count."""
    last: dict[str, Document] = {}
    for each in (each for each in store.documents.of(dossier.id) if each.form == item.form):
        if each.subject not in last or last[each.subject].state != "signed" or each.state == "signed":
            last[each.subject] = each
    found = [each for each in last.values() if not (each.subject and each.state == "void")]
    return tuple(sorted(found, key=lambda each: _place(store, each)))


def _place(store: Store, document: Document) -> tuple[str, str]:
    """By family name where the form makes a document for each person, else by subject."""
    table, _, key = FORMS[document.form].subject.partition(".")
    if not table or not document.subject:
        return "", document.subject.zfill(2)
    rows = rows_of(dossiers.view_of(store, document).answers(table).get(key))
    names = next((mapping(row) for row in rows if str(row[ID]) == document.subject), {})
    return f"{names.get('family_names', '')} {names.get('given_names', '')}".casefold(), document.subject


def _lacks(store: Store, item: Item, found: tuple[Document, ...], fmt: Formatter) -> Iterator[Lack]:
    if not found:
        yield Lack(AnswerPath(), NOT_OPEN, {"title": fmt.words(FORMS[item.form].title)})
    for each in found:
        title, state = title_of(store, each, fmt), fmt.words(programmes.STATES[each.state])
        who = fmt.listed([fmt.words(role) for role in dict.fromkeys(board.waiting(store, each))])
        if not settled(store, each):
            yield Lack(AnswerPath(), NOT_SIGNED if who else STOPPED, {"title": title, "state": state, "who": who}, each.id)
        elif renditions.record_of(store, each, each.state) is None:
            yield Lack(AnswerPath(), NO_SEAL, {"title": title}, each.id)


def _entries(store: Store, item: Item, signed: tuple[Document, ...], fmt: Formatter) -> Iterator[Entry]:
    if item.what == "consents":
        if signed:
            yield Entry(item, signed, fmt.words(FORMS[item.form].title))
        return
    for each in signed:
        if item.what == "letters":
            yield from _letters(store, item, each, fmt)
        else:
            extract = item.what == "extract" or _keeps_back(store, item, each)
            yield Entry(item, (each,), title_of(store, each, fmt), extract)


def _letters(store: Store, item: Item, document: Document, fmt: Formatter) -> Iterator[Entry]:
    answers, form = dossiers.filled(store, document), FORMS[document.form]
    for key in item.files:
        if held := mapping(answers.get(key)):
            label = form.field(key).label
            name = f"{document.code.replace('/', '-')}_{key}{PurePath(str(held['name'])).suffix.lower()}"
            letter = Letter(label, str(held["sha256"]), name, str(held["type"]))
            yield Entry(item, (document,), fmt.words(label), letter=letter)


def _keeps_back(store: Store, item: Item, document: Document) -> bool:
    """Whether its author does not share all of it."""
    table, column = item.shared
    return bool(table) and not all(mapping(row).get(column) is True for row in rows_of(dossiers.filled(store, document).get(table)))


def signed_dates(store: Store, documents: Iterable[Document], country: str) -> list[str]:
    """The days, ISO, on which documents were signed (or approved where nobody signs), in order, each once."""
    every = (at for each in documents for at in moments(store, each))
    return sorted({i18n.local(at, country).date().isoformat() for at in every})


def moments(store: Store, document: Document) -> list[datetime]:
    """When it was signed, or approved where nobody signs."""
    return [signature.at for signature in store.signatures.of(document.id)] or [document.state_at]
