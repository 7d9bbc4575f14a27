"""Which file is this, does its document still count, who signed it when, did a byte change: four plain sentences for anybody."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from app.errors import N_, TooLarge
from app.rendering import jail, seal, verify
from app.store import Document, Packet, Store
from app.workflow import verification
from app.workflow.verification import Found
from forms.view import Formatter

LARGEST: Final = 100 * 1024 * 1024
BLOCK: Final = 1 << 20
PDF: Final = b"%PDF-"
HEAD: Final = 1024
"""Bytes within which readers look for the mark of a PDF."""
KINDS: Final = {"signed": "signed", "approved": "approved", "unsealed": "approved"}
"""Kind of rendition → what it is for who asks; every other one is a working copy."""
WHICH: Final = {
    "signed": N_("Es el documento firmado y sellado «{title}», {code}."),
    "approved": N_("Es el documento aprobado «{title}», {code}: el que se leyó para firmar, todavía sin firmas ni sello."),
    "draft": N_("Es una copia de trabajo de «{title}», {code}: no es el documento firmado."),
    "packet": N_("Es el paquete {packet} «{title}» ({variant}), {code}, con el sello de la organización."),
    "altered": N_("Lleva las marcas de un documento de Anexa, pero no es ninguno de los que guardamos."),
    "unknown": N_("No es un archivo de Anexa."),
    "unreadable": N_("No es un archivo de Anexa, o está tan dañado que no se puede abrir."),
}
STANDS: Final = {
    "draft": N_("La versión {version} todavía no está firmada: su estado es «{state}»."),
    "current": N_("La versión {version} está vigente."),
    "superseded": N_("La versión {version} ya no vale: la sustituyó la {by}."),
    "void": N_("La versión {version} está anulada."),
}
PACKET_STANDS: Final = {
    "draft": N_("El paquete todavía se está preparando."),
    "current": N_("Los documentos que reúne están vigentes."),
    "superseded": N_("Alguno de los documentos que reúne fue sustituido por una versión nueva: pida el paquete otra vez."),
    "void": N_("Alguno de los documentos que reúne fue anulado: pida el paquete otra vez."),
}
SIGNED: Final = N_("La firmaron {roles}; la última firma es del {day}.")
UNSIGNED: Final = N_("No tiene firmas.")
NOBODY: Final = N_("De un archivo así no podemos decir quién lo firmó.")
NO_VERSION: Final = N_("No podemos decir qué versión es: busque el documento por el código impreso en sus páginas.")
SAME: Final = N_("No cambió ni un byte desde que se hizo.")
CHANGED: Final = N_("El archivo cambió después de hacerse: no lo dé por bueno.")
UNKNOWN: Final = N_("No sabemos si cambió: no está entre los archivos que guardamos.")


@dataclass(frozen=True)
class Checked:
    """`kind`: signed, approved, draft, packet, altered, unknown or unreadable. `sentences` are worded for the reader."""

    kind: str
    found: Found | None
    sentences: tuple[str, ...]


def of_hash(store: Store, sha256: str, fmt: Formatter) -> Checked:
    """The file with this SHA-256 (hexadecimal); 'unknown' if no document has one."""
    sha256 = sha256.strip().lower()
    if packet := store.packets.by_content(sha256):
        return _packet(store, packet, fmt)
    known = store.renditions.by_content(sha256)
    if not known:
        return _other("unknown", fmt)
    kinds = [KINDS.get(each.kind, "draft") for each in known]
    kind = next(each for each in ("signed", "approved", "draft") if each in kinds)
    return _ours(store, kind, store.documents.get(known[kinds.index(kind)].document_id), fmt)


def of_file(store: Store, stream: IO[bytes], fmt: Formatter) -> Checked:
    """A file somebody sends, read as a stream: its hash first; only one that is not known is opened, in the jail. Raises TooLarge."""
    with tempfile.NamedTemporaryFile(prefix="anexa-") as copy:
        start, sha256 = _copied(stream, copy)
        copy.flush()
        known = of_hash(store, sha256, fmt)
        if known.kind != "unknown" or PDF not in start:
            return known
        return _other(_opened(store, Path(copy.name)), fmt)


def _copied(stream: IO[bytes], copy: IO[bytes]) -> tuple[bytes, str]:
    """The first bytes and the SHA-256."""
    digest, size, start = hashlib.sha256(), 0, b""
    while block := stream.read(BLOCK):
        size, start = size + len(block), start or block[:HEAD]
        if size > LARGEST:
            raise TooLarge(most=f"{LARGEST // (1024 * 1024)} MB")
        digest.update(block)
        copy.write(block)
    return start, digest.hexdigest()


def _opened(store: Store, path: Path) -> str:
    """What a PDF that is none of those kept is. Even a seal that holds proves nothing then: the stored hash has to be equal."""
    try:
        state = verify.verified_from_outside(path, seal.known(store.settings)).state
    except jail.Refused:
        return "unreadable"
    return {"whole": "altered", "altered": "altered", "unreadable": "unreadable"}.get(state, "unknown")


def _other(kind: str, fmt: Formatter) -> Checked:
    said = (WHICH[kind], NO_VERSION, NOBODY, CHANGED if kind == "altered" else UNKNOWN)
    return Checked(kind, None, tuple(map(fmt.words, said)))


def _ours(store: Store, kind: str, document: Document, fmt: Formatter) -> Checked:
    found = verification.found(store, document)
    sentences = (
        fmt.words(WHICH[kind], title=fmt.words(found.title), code=found.code),
        stands(found, fmt),
        signers(found, fmt),
        fmt.words(SAME),
    )
    return Checked(kind, found, sentences)


def _packet(store: Store, packet: Packet, fmt: Formatter) -> Checked:
    found = verification.found_packet(store, packet)
    places = {"packet": found.packet, "title": fmt.words(found.title), "variant": fmt.words(found.version), "code": found.code}
    return Checked("packet", found, (fmt.words(WHICH["packet"], **places), stands(found, fmt), signers(found, fmt), fmt.words(SAME)))


def stands(found: Found, fmt: Formatter) -> str:
    """Whether the document, or what the packet binds, still counts."""
    if found.packet:
        return fmt.words(PACKET_STANDS[found.standing])
    return fmt.words(STANDS[found.standing], version=found.version, state=fmt.words(found.state), by=found.superseded_by)


def signers(found: Found, fmt: Formatter) -> str:
    """Who signed, by role, and when the last one did; nobody by name."""
    if found.signed_on is None:
        return fmt.words(UNSIGNED)
    roles = fmt.listed([f"{fmt.words(role)} ({institution})" if institution else fmt.words(role) for role, institution in found.signatures])
    return fmt.words(SIGNED, roles=roles, day=fmt.date(found.signed_on.date().isoformat()))
