"""The files of a document in one list: what each is for, in which languages and formats, and how large those are that were made."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from app.store import Document
from app.web.guard import person, store
from app.web.language import _, fmt
from app.workflow import access, renditions
from forms.values import N_

LANGUAGES = (("es", N_("español")), ("pt", N_("portugués")))
FILES = (
    ("pdf", "record", "PDF", N_("Constancia PDF"), N_("Para leer, imprimir y archivar.")),
    ("docx", "docx", "DOCX", N_("Word"), N_("Para trabajarlo en un procesador de textos.")),
    ("xlsx", "xlsx", "XLSX", N_("Hoja de cálculo"), N_("Las respuestas y cada tabla, para contar y filtrar.")),
    ("formulario", "filled", "PDF", N_("Formulario PDF"), N_("El formulario con lo escrito, para imprimir y leer.")),
)
"""(ending in the address, kind, format, name, what it is for)"""
KB = 1024


@dataclass(frozen=True)
class Offer:
    """One kind of file; `links` are (address, language, format and size)."""

    name: str
    about: str
    links: tuple[tuple[str, str, str], ...]
    upload: str = ""
    """Where it is brought back, if it is."""


def offered(document: Document, fillable: bool) -> tuple[Offer, ...]:
    """What who reads may download of a document; the form to fill offline only where something in it is open to them."""
    ready = FILES if access.can(store(), person(), "download", document) else ()
    known = renditions.sizes(store(), document) if ready else {}
    made = tuple(_offer(document, file, known) for file in ready)
    return (*made, _to_fill(document)) if fillable else made


def _offer(document: Document, file: tuple[str, str, str, str, str], known: Mapping[tuple[str, str], int]) -> Offer:
    ending, kind, format_, name, about = file
    links = (
        (url_for("files.download", document_id=document.id, ending=ending, language=language), _(words), (kind, language))
        for language, words in LANGUAGES
    )
    told = ((address, words, ", ".join(filter(None, (format_, size(known.get(which)))))) for address, words, which in links)
    return Offer(_(name), _(about), tuple(told))


def _to_fill(document: Document) -> Offer:
    """Made anew each time, so its size is not known."""
    addresses = ((url_for("importing.download", document_id=document.id, language=language), words) for language, words in LANGUAGES)
    upload = url_for("importing.place", document_id=document.id)
    about = _("Para llenarlo sin conexión, con lo escrito hasta hoy.")
    return Offer(_("PDF rellenable"), about, tuple((address, _(words), "PDF") for address, words in addresses), upload)


def size(length: int | None) -> str:
    """'312 KB', '1,4 MB'; '' for what was not made yet."""
    if length is None:
        return ""
    return f"{max(round(length / KB), 1)} KB" if length < KB * KB else f"{fmt().decimal(f'{length / KB / KB:.1f}')} MB"
