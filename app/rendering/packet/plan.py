"""What a packet is made of: plain values, already worded, and pages, already drawn."""

from __future__ import annotations

from dataclasses import dataclass

from forms.resolved import Imprint


@dataclass(frozen=True)
class Attached:
    """A file the packet carries."""

    name: str
    data: bytes
    media_type: str
    told: str
    """What it is, in words."""


@dataclass(frozen=True)
class Figure:
    """A page from outside, drawn as a picture."""

    jpeg: bytes
    alt: str
    """«Carta oficial de invitación, página 1 de 2»."""


@dataclass(frozen=True)
class Chapter:
    """One thing bound into the packet: the pages of a record made here, or pictures of pages made elsewhere."""

    title: str
    code: str = ""
    version: str = ""
    signed: str = ""
    """Dates of its signatures."""
    hash: str = ""
    """SHA-256 of what is attached, hexadecimal; '' for what has no record."""
    note: str = ""
    """What else to know: «extracto de …»."""
    record: bytes = b""
    """As it was before its seal."""
    figures: tuple[Figure, ...] = ()
    attached: Attached | None = None


@dataclass(frozen=True)
class Missing:
    """Something the packet could hold and does not."""

    title: str
    reason: str


@dataclass(frozen=True)
class Certificate:
    """The signatures of one document; each row: who, role, date, method, first digits of the hash."""

    title: str
    hash: str
    rows: tuple[tuple[str, str, str, str, str], ...]


@dataclass(frozen=True)
class Wording:
    """The fixed words of the packet's own pages."""

    cover: str = "Carátula"
    contents: str = "Índice y lista de control"
    told: str = ""
    """Under the title of the index: how many documents, how many are missing."""
    columns: tuple[str, str, str, str, str] = ("Documento", "Versión", "Firmas", "Huella SHA-256", "Página")
    missing: str = "Lo que falta"
    reason: str = "Por qué"
    certificate: str = "Constancia de firmas"
    promise: tuple[str, ...] = ()
    signers: tuple[str, str, str, str, str] = ("Quién", "Función", "Fecha", "Cómo firmó", "Huella firmada")
    hash: str = "Huella del documento: {hash}"
    folio: str = "{code} · página {page} de {pages}"
    """Stamped on every bound page."""
    manifest: str = "Huellas de los documentos de este paquete"


@dataclass(frozen=True)
class Plan:
    """A whole packet. Equal plans give equal bytes."""

    title: str
    """Of the activity."""
    names: tuple[str, ...]
    """The countries it joins, host first; or the one place a report is about."""
    dates: str
    facts: tuple[tuple[str, str], ...]
    """What stands below on the cover: label and value."""
    language: str
    imprint: Imprint
    chapters: tuple[Chapter, ...]
    missing: tuple[Missing, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    wording: Wording = Wording()


@dataclass(frozen=True)
class Bound:
    """A packet made. `starts` are the pages, from 1, on which its chapters begin."""

    data: bytes
    pages: int
    starts: tuple[int, ...]
