"""Files of one revision: Word and record, made once for equal content, and pictures of their pages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal, TypeAlias

from app import i18n
from app.errors import N_, Damaged, Invalid, NotFound
from app.rendering import preview as pages
from app.rendering import readback
from app.rendering.fonts import Undrawable
from app.rendering.record import check, record
from app.rendering.record.composing import section_name
from app.rendering.word import word
from app.rendering.workbook import sheets_of, workbook
from app.store import Document, Person, Store
from app.store import Rendition as Kept
from app.store.values import canonical
from app.workflow import access, dossiers, fillables, resolving, seeing, slots, templates
from app.workflow.lately import Lately
from app.workflow.resolving import Audience
from forms import FORMS
from forms.blocks import Block, Picture, Rows, SignatureBox
from forms.resolved import Resolved

Kind: TypeAlias = Literal["docx", "record", "xlsx", "fillable", "filled"]
OFFICE: Final = "application/vnd.openxmlformats-officedocument"
PDF: Final = "application/pdf"
MEDIA: Final = {
    "docx": f"{OFFICE}.wordprocessingml.document", "record": PDF, "xlsx": f"{OFFICE}.spreadsheetml.sheet", "fillable": PDF, "filled": PDF
}
ENDINGS: Final = {"docx": ".docx", "record": ".pdf", "xlsx": ".xlsx", "fillable": "_rellenable.pdf", "filled": "_formulario.pdf"}
ZIPPED: Final = ("docx", "record")
"""What «Descargar todo» holds of each document."""
TO_FILL: Final = ("fillable", "filled")
"""PDF forms: with live fields, and flat."""
LANGUAGES: Final = ("es", "pt")
AUDIENCE: Final = resolving.DOSSIER
"""What is handed out carries no restricted or health value (forms.md §3)."""
LOST: Final = N_("El PDF no muestra «{label}» como se respondió: no se entrega. Avise a la secretaría técnica.")
SETTLED: Final = {"approved": "approved", "signing": "approved", "signed": "signed", "superseded": "signed", "void": "signed"}
"""State → which record is kept and handed out as it was drawn then."""
LARGEST: Final = 2000
"""Pixels across a page picture."""


@dataclass(frozen=True)
class Rendition:
    """A file as it is handed out."""

    data: bytes
    filename: str
    media_type: str
    sha256: str


@dataclass(frozen=True)
class Preview:
    """A page as a picture; `page` counts from 1."""

    png: bytes
    page: int
    pages: int


def make(store: Store, person: Person, document: Document, kind: str, language: str) -> Rendition:
    """The current revision as Word or record. Raises Invalid naming a letter nobody can print, NotFound for another kind or language."""
    access.require(store, person, "download", document)
    return made(store, document, kind, language)


def made(store: Store, document: Document, kind: str, language: str) -> Rendition:
    """The same for the house itself: a file once made is never made again for equal content."""
    if kind not in MEDIA or language not in LANGUAGES:
        raise NotFound
    if kind == "record" and (kept_then := settled(store, document, language)):
        return kept_then
    if kind in TO_FILL:
        return _to_fill(store, document, kind, language)
    resolved = resolved_of(store, document, language)
    template = templates.template_for(document.form, language, store.settings, resolved.imprint.paper) if kind == "docx" else b""
    edition = _digest(resolved, template)
    return _once(store, document, (kind, language, edition), lambda: _new(store, resolved, kind, template), keep=not _secret(resolved))


def _to_fill(store: Store, document: Document, kind: str, language: str) -> Rendition:
    """The form with what is typed so far: as live fields, or flat."""
    form = fillables.of_document(store, document, language, templates.foreign_for(document.form, language, store.settings))
    return _once(store, document, (kind, language, form.digest), lambda: form.drawn(live=kind == "fillable"), keep=True)


def _once(store: Store, document: Document, which: tuple[str, str, str], draw: Callable[[], bytes], *, keep: bool) -> Rendition:
    """The file of a kind, language and edition: as it is kept, else drawn now and kept."""
    kind, language, edition = which
    place = (document.id, document.revision, kind, language, AUDIENCE.name)
    known = store.renditions.find(*place, template=edition)
    data = store.files.read(known.sha256) if known else draw()
    if known is None and keep:
        kept = store.files.put(data, MEDIA[kind])
        store.renditions.add(*place, template=edition, sha256=kept.sha256)
    return Rendition(data, filename(store, document, kind, language), MEDIA[kind], hashlib.sha256(data).hexdigest())


def settled(store: Store, document: Document, language: str = "") -> Rendition | None:
    """The record that was approved or signed, as it was drawn then; None before, and in another language than the document's."""
    if language not in ("", language_of(store, document)):
        return None
    kept = record_of(store, document, SETTLED.get(document.state, ""))
    if kept is None:
        return None
    name = filename(store, document, "record", language_of(store, document))
    return Rendition(store.files.read(kept.sha256), name, MEDIA["record"], kept.sha256)


def record_of(store: Store, document: Document, kind: str) -> Kept | None:
    """The 'approved' or 'signed' record of the last submission, as it is kept."""
    return next((each for each in store.renditions.of(document.id) if each.kind == kind and each.revision == document.revision), None)


def sizes(store: Store, document: Document) -> dict[tuple[str, str], int]:
    """Bytes of the files of the current revision that were made and kept, by kind and language."""
    made = (each for each in store.renditions.of(document.id) if each.revision == document.revision)
    return {(each.kind, each.language): store.files.get(each.sha256).size for each in made}


def language_of(store: Store, document: Document) -> str:
    """The language the document is signed in: that of the dossier's locale."""
    return store.dossiers.get(document.dossier_id).locale.partition("_")[0]


def filename(store: Store, document: Document, kind: str, language: str) -> str:
    """'IAT-SLV-CONNA-DPI-2021-1_v1_es.pdf': letters any file system takes."""
    plain = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "-_.") else "-" for letter in dossiers.code_of(store, document)
    )
    return f"{plain}_v{document.version}_{language}{ENDINGS[kind]}"


def resolved_of(store: Store, document: Document, language: str, seal: str = "", audience: Audience = AUDIENCE) -> Resolved:
    """What renderers read: the current revision for the dossier's audience, or another, in a document language.

    Once all have signed, the places to sign are filled; `seal` are the words of a place for the seal, '' for none.
    """
    view = dossiers.view_of(store, document)
    fmt = i18n.formatter(language, view.country)
    imprint = replace(dossiers.imprint(store, document, fmt, view), seal=fmt.words(seal) if seal else "")
    made = store.signatures.of(document.id) if SETTLED.get(document.state) == "signed" else ()
    answers = slots.signed_into(FORMS[document.form], dossiers.typed(store, document), made)
    return resolving.resolve(FORMS[document.form], answers, view, audience, fmt, imprint)


def preview(
    store: Store, person: Person, document: Document, language: str, section: str = "", page: int = 1, width: int = 900, subject: str = ""
) -> Preview:
    """A page of the record as a picture: where `section` starts, or page number `page`. Raises NotFound for a page that is not there.

    What was approved or signed is shown as it is kept; who does not see all of it is shown pages of what they see.
    """
    access.require(store, person, "view", document)
    if language not in LANGUAGES:
        raise NotFound
    whole = access.can(store, person, "download", document)
    audience = AUDIENCE if whole else seeing.reader(store, person, document, record=True)
    resolved, kept = resolved_of(store, document, language, audience=audience), settled(store, document, language) if whole else None
    content = kept.sha256 if kept else _digest(resolved, b"")
    pdf = kept.data if kept else PAPERS.get((document.id, content), lambda: _drawn(store, resolved, b""))
    number = pages.page_of_section(pdf, _name(resolved, section, subject)) if section else page - 1
    count, width = pages.page_count(pdf), min(max(width, 50), LARGEST)
    if not 0 <= number < count:
        raise NotFound
    png = PICTURES.get((document.id, content, number, width), lambda: pages.page_png(pdf, number, width))
    return Preview(png, number + 1, count)


PAPERS: Final[Lately[bytes]] = Lately(24)
"""Records as they were drawn for a preview, never written to disk."""
PICTURES: Final[Lately[bytes]] = Lately(64)


def _name(resolved: Resolved, section: str, subject: str) -> str:
    """How the record names the place where a section starts. Raises NotFound for a section it does not have."""
    for shown in resolved.sections:
        if (shown.key, shown.subject) == (section, subject):
            return section_name(shown)
    raise NotFound


def drawn(store: Store, resolved: Resolved) -> bytes:
    """The record, read back: every answer stands in it as it was given. Raises Invalid naming a letter nobody can print, Damaged."""
    pdf = _drawn(store, resolved, b"")
    if lost := readback.missing_from_pdf(pdf, resolved):
        raise Damaged(LOST, label=lost[0].label)
    return pdf


def _drawn(store: Store, resolved: Resolved, template: bytes) -> bytes:
    """Word over `template`, or the record if there is none; every letter is looked up in the fonts before."""
    try:
        check(resolved)
        return word(template, resolved.texts) if template else record(resolved, dict(_pictures(store, resolved)))
    except Undrawable as refused:
        raise Invalid(refused.message, **refused.places) from refused


def _new(store: Store, resolved: Resolved, kind: str, template: bytes) -> bytes:
    return _spreadsheet(resolved) if kind == "xlsx" else _drawn(store, resolved, template)


def _spreadsheet(resolved: Resolved) -> bytes:
    """A sheet of answers and one for each table, headed in the document's language."""
    words = i18n.words(resolved.language)
    sheets = sheets_of(resolved, words(N_("Respuestas")), (words(N_("Pregunta")), words(N_("Respuesta"))))
    return workbook(sheets, resolved.title, datetime.fromisoformat(resolved.imprint.moment))


def _pictures(store: Store, resolved: Resolved) -> Iterator[tuple[str, bytes]]:
    for section in resolved.sections:
        for answer in section.answers:
            yield from ((sha256, store.files.read(sha256)) for sha256 in _hashes(answer.blocks))


def _hashes(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Picture):
            yield block.sha256
        if isinstance(block, SignatureBox) and block.picture:
            yield block.picture
        if isinstance(block, Rows):
            yield from (sha256 for row in block.rows for cell in row.cells.values() for sha256 in _hashes(cell.blocks))


def _secret(resolved: Resolved) -> bool:
    """Whether something restricted stands in it: then it is streamed and kept nowhere."""
    form = FORMS[resolved.form]
    secret = {kind.key for kind in form.every if kind.sensitivity in ("restricted", "health")}
    return bool(secret) and not secret.isdisjoint(_keys(resolved.data))


def _keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _keys(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _keys(inner)


def _digest(resolved: Resolved, template: bytes) -> str:
    """The same for equal content in an equal template: prefilled values may change without a new revision."""
    told = [resolved.form, resolved.edition, resolved.language, vars(resolved.imprint), resolved.texts, resolved.data]
    return hashlib.blake2s(canonical(told).encode() + b"\0" + template).hexdigest()
