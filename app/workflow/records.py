"""The records a document's life leaves: the approved one with empty places to sign, and the signed one with its seal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from app import clock, i18n
from app.errors import N_
from app.rendering import seal
from app.store import Document, Signature, Store, StoredFile
from app.workflow import dossiers, programmes, renditions
from forms.resolved import Resolved

REASON: Final = N_("Documento firmado y sellado")
PDF: Final = "application/pdf"


def approved(store: Store, document: Document, at: datetime) -> StoredFile:
    """Draw the approved record and keep it; its SHA-256 is the document's hash. Outside any transaction. Raises Invalid, Damaged."""
    language = renditions.language_of(store, document)
    resolved = renditions.resolved_of(store, replace(document, state="approved", state_at=at), language)
    return store.files.put(renditions.drawn(store, resolved), PDF)


def signed(store: Store, document: Document, head: str) -> tuple[StoredFile, str]:
    """Draw the signed record, seal it and keep it: the file, and its SHA-256 before the seal. Outside any transaction.

    `head` is the last hash of the dossier's chain, which the seal covers. The same signatures make the same bytes up to the seal.
    Raises Damaged if what was made does not verify, BadSettings without a certificate.
    """
    made = store.signatures.of(document.id)
    pdf = renditions.drawn(store, _signed(store, document, made))
    unsealed = store.files.put(pdf, PDF)
    sealer = seal.load(store.settings)
    done = seal.sealed(pdf, sealer, _reason(store, document), head, clock.now())
    return store.files.put(done, PDF), unsealed.sha256


def _signed(store: Store, document: Document, made: tuple[Signature, ...]) -> Resolved:
    at = max(signature.at for signature in made)
    drawn_as = replace(document, state="signed", state_at=at)
    return renditions.resolved_of(store, drawn_as, renditions.language_of(store, document), programmes.SEAL)


def _reason(store: Store, document: Document) -> str:
    fmt = i18n.formatter(renditions.language_of(store, document))
    return f"{dossiers.code_of(store, document)} v{document.version} · {fmt.words(REASON)}"


def remember(store: Store, document: Document, kind: str, sha256: str) -> None:
    """Write down that a kept file is the document's 'approved' or 'signed' record."""
    language, audience = renditions.language_of(store, document), renditions.AUDIENCE.name
    store.renditions.add(document.id, document.revision, kind, language, audience, template=sha256, sha256=sha256)
