"""Every signed record that is kept, looked at again: is it the one that was sealed, does its seal hold, is its chain this one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.errors import N_, Damaged, NotFound
from app.rendering import seal, verify
from app.store import Event, Finding, Store

LOST = N_("Falta el documento firmado, o su contenido no es el que era")
NOT_WHOLE = N_("El sello del documento firmado no vale")
OTHER_BYTES = N_("El documento firmado no es el que se selló")
OTHER_CHAIN = N_("El sello nombra un suceso que no está en la cadena del expediente")
NOT_SEALED = N_("El documento está firmado y ningún suceso dice con qué archivo")


@dataclass(frozen=True)
class Looked:
    """A signed document and what is wrong with its record, '' if nothing (a msgid)."""

    code: str
    sha256: str
    wrong: str


def signed_records(store: Store) -> Iterator[Looked]:
    """Every document that was ever sealed, in the order of dossiers and events. Reads every file; changes nothing."""
    known = tuple(seal.known(store.settings))
    for dossier_id in store.events.dossiers():
        sealed = {str(event.payload["document"]): event for event in store.events.told(dossier_id, "sealed")}
        heads = {event.hash for event in store.events.of(dossier_id)} if sealed else set()
        for document in store.documents.of(dossier_id):
            if document.id in sealed:
                event = sealed[document.id]
                yield Looked(document.code, str(event.payload["sha256"]), _wrong(store, event, heads, known))
            elif document.state in ("signed", "superseded"):
                yield Looked(document.code, "", NOT_SEALED)


def _wrong(store: Store, event: Event, heads: set[str], known: tuple[verify.Chain, ...]) -> str:
    try:
        pdf = store.files.read(str(event.payload["sha256"]))
    except (Damaged, NotFound):
        return LOST
    verdict = verify.verified(pdf, known)
    if not verdict.whole:
        return NOT_WHOLE
    if verdict.before != event.payload["unsealed"]:
        return OTHER_BYTES
    return "" if verdict.chain_head == event.payload["head"] and verdict.chain_head in heads else OTHER_CHAIN


def named(store: Store, finding: Finding) -> str:
    """What a finding is about, as people call it: the code of a dossier or a document, else its id."""
    try:
        return store.dossiers.get(finding.id).code
    except NotFound:
        pass
    try:
        return store.documents.get(finding.id).code
    except NotFound:
        return finding.id
