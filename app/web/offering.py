"""The files of a document in one list: what each is for, in which languages and formats, and how large those are that were made."""
from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from app.store import Document
from app.web.guard import store
from app.web.language import _, fmt
from app.workflow import renditions
from forms.values import N_

LANGUAGES = (("es", N_("español")), ("pt", N_("portugués")))
FILES = (
    ("pdf", "record", "PDF", N_("Constancia PDF"), N_("Para leer, imprimir y archivar.")),
    ("docx", "docx", "DOCX", N_("Word"), N_("Para trabajarlo en un procesador de textos.")),
)
"""(ending in the address, kind, format, name, what it is for)"""
KB = 1024


@dataclass(frozen=True)
class Offer:
    """One kind of file; `links` are (address, language, format and size)."""

    name: str
    about: str
    links: tuple[tuple[str, str, str], ...]


def offered(document: Document) -> tuple[Offer, ...]:
    """What can be downloaded of a document."""
    known = renditions.sizes(store(), document)
    return tuple(
        Offer(_(name), _(about), tuple(
            (url_for("files.download", document_id=document.id, ending=ending, language=language), _(words),
             ", ".join(filter(None, (format_, size(known.get((kind, language)))))))
            for language, words in LANGUAGES
        ))
        for ending, kind, format_, name, about in FILES
    )  # fmt: skip


def size(length: int | None) -> str:
    """'312 KB', '1,4 MB'; '' for what was not made yet."""
    if length is None:
        return ""
    return f"{max(round(length / KB), 1)} KB" if length < KB * KB else f"{fmt().decimal(f'{length / KB / KB:.1f}')} MB"
