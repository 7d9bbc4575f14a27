"""A volume of chosen days of several diaries, as their authors let them be published and still do (forms.md §6.5, R-16 to R-18)."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from app import i18n
from app.errors import N_, Invalid, NotFound
from app.rendering.notebook import Paper, Piece, Volume, volume, worded
from app.store import Document, Dossier, Person, Store
from app.workflow import access, notebook_photos, notebooks, packet_content
from app.workflow.packets import plain
from app.workflow.renditions import PDF, Rendition
from forms import FORMS
from forms.values import ID, Answers, rows_of
from forms.view import DossierView, Formatter

DIARY: Final = "A6"
ASKED: Final = ("saw", "learned", "at_home", "voice")
"""What of a day is published; whom somebody met is not."""
ANONYMOUS: Final = N_("Participante, {country}")
SUBTITLE: Final = N_("Días de los cuadernos de quienes viajaron")
PRESENTATION: Final = N_("Lo escribieron quienes viajaron. Se publica con su permiso.")
NOTHING: Final = N_("Elija al menos un día.")


@dataclass(frozen=True)
class Shareable:
    """A day that may be published: 'row of the traveller:row of the day', its date, and how its author is named."""

    key: str
    date: str
    author: str
    beginning: str


def shareable(store: Store, person: Person, dossier: Dossier, language: str = "") -> tuple[Shareable, ...]:
    """The days of signed diaries that their authors share and let be published, by date. Raises NotFound, Forbidden."""
    access.require(store, person, "print", dossier)
    view, fmt = notebooks.view_of(store, dossier), _formatter(dossier, language)
    found = [
        Shareable(f"{document.subject}:{row[ID]}", str(row.get("date")), _author(store, dossier, document.subject, view, fmt),
                  str(row.get("saw") or ""))
        for document, row in _days(store, dossier, view)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: (each.date, each.author)))


def made(store: Store, person: Person, dossier: Dossier, keys: Collection[str], paper: Paper, language: str = "") -> Rendition:
    """The chosen days as one volume with contents. Raises Invalid for none, NotFound for a day that may not be published."""
    known = {each.key: each for each in shareable(store, person, dossier, language)}
    if not keys:
        raise Invalid(NOTHING)
    if not known.keys() >= set(keys):
        raise NotFound
    view, fmt = notebooks.view_of(store, dossier), _formatter(dossier, language)
    title, countries, dates = packet_content.about(dossier, view, fmt)
    rows = {f"{document.subject}:{row[ID]}": (document, row) for document, row in _days(store, dossier, view)}
    pieces = tuple(_piece(store, view, *rows[key], known[key], fmt) for key in known if key in keys)
    work = Volume(
        title, " · ".join(filter(None, (fmt.words(SUBTITLE), dates))), worded(fmt.words), fmt.language, pieces, fmt.words(PRESENTATION),
        (notebooks.OFFICE,), countries, paper,
    )  # fmt: skip
    out = io.BytesIO()
    volume(work, out)
    return Rendition(out.getvalue(), f"{plain(dossier.code)}_volumen.pdf", PDF, hashlib.sha256(out.getvalue()).hexdigest())


def _formatter(dossier: Dossier, language: str) -> Formatter:
    return i18n.formatter(language or dossier.locale.partition("_")[0], dossier.country)


def _days(store: Store, dossier: Dossier, view: DossierView) -> Iterator[tuple[Document, Answers]]:
    for owner in notebooks.owners(store, dossier):
        if owner.diary and owner.diary.state == "signed" and notebooks.published(view, owner.subject) in ("anonymous", "named"):
            days = rows_of(view.answers(DIARY, subject=owner.subject).get("days"))
            yield from ((owner.diary, row) for row in days if row.get("shareable") is True)


def _author(store: Store, dossier: Dossier, subject: str, view: DossierView, fmt: Formatter) -> str:
    country = fmt.country(str(view.answers("A1").get("visiting_country") or view.facts.get("visiting_country") or dossier.country))
    if notebooks.published(view, subject) == "anonymous":
        return fmt.words(ANONYMOUS, country=country)
    return next(f"{each.name}, {country}" for each in notebooks.owners(store, dossier) if each.subject == subject)


def _piece(store: Store, view: DossierView, document: Document, row: Answers, about: Shareable, fmt: Formatter) -> Piece:
    form, date = FORMS[DIARY].field("days"), str(row.get("date"))
    labels = {each.key: fmt.words(each.label) for each in getattr(form, "fields", ())}
    photos = notebook_photos.of(store, view, document.subject, printed=True).days.get(date, ())
    texts = tuple((labels[key], str(row[key])) for key in ASKED if row.get(key))
    return Piece(fmt.weekday(date).capitalize(), about.author, fmt.date(date), texts, photos)
