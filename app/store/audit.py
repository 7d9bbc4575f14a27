"""Does what is kept hold together? `audit` looks at everything, `rebuild` makes what events decide anew."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.errors import N_, Damaged
from app.store.dossiers import DOSSIER_STATE
from app.store.pointers import Pointers, keep, of

if TYPE_CHECKING:
    from app.store import Store


@dataclass(frozen=True)
class Finding:
    """Something that does not hold: `what` is a msgid, `id` and `number` say where; the number is 0 where there is none."""

    what: str
    id: str
    number: int = 0


CHAIN_CHANGED = N_("La cadena de sucesos del expediente está alterada")
CHAIN_MISSING = N_("A la cadena de sucesos del expediente le falta un suceso")
CHAIN_HEAD = N_("La cadena de sucesos no termina donde el expediente dice")
REVISION_CHANGED = N_("Las respuestas de una revisión no son las que se guardaron")
REVISION_MISSING = N_("Falta una revisión que un suceso nombra, o su marca es otra")
STATE_DIFFERS = N_("El estado del expediente no es el que dicen sus sucesos")
POINTERS_DIFFER = N_("El estado, la revisión o las asignaciones del documento no son los que dicen sus sucesos")
SIGNATURE_CHANGED = N_("Una firma no es la que se puso")
SIGNATURE_MISSING = N_("Falta una firma que un suceso nombra, o nadie la puso")
FILE_MISSING = N_("Falta un archivo guardado")
FILE_CHANGED = N_("El contenido de un archivo guardado no es el que era")
BROKEN = {"changed": CHAIN_CHANGED, "missing": CHAIN_MISSING, "head": CHAIN_HEAD}


def audit(store: Store) -> list[Finding]:
    """Everything that does not hold: chains, revisions, pointers, files. Reads every stored file; changes nothing."""
    chains = [Finding(BROKEN[link.why], link.dossier_id, link.number) for link in store.events.broken()]
    revisions = [Finding(REVISION_CHANGED, document_id, number) for document_id, number in store.revisions.wrong()]
    with store.snapshot():
        told = list(_told_revisions(store))
        pointers = [Finding(POINTERS_DIFFER, document_id) for document_id, kept, due in _pointers(store) if kept != due]
        states = [Finding(STATE_DIFFERS, dossier_id) for dossier_id, _ in _states(store)]
        signatures = list(_signatures(store))
    return [*chains, *revisions, *told, *pointers, *states, *signatures, *_files(store)]


def rebuild(store: Store) -> int:
    """Make states, current revisions and assignments anew from the events; returns how many documents and dossiers differed before."""
    with store.atomic():
        differing = [(document_id, due) for document_id, kept, due in _pointers(store) if kept != due]
        for document_id, due in differing:
            keep(store.db, document_id, due)
        moved = list(_states(store))
        for dossier_id, state in moved:
            store.db.run("UPDATE dossiers SET state = :state WHERE id = :id", id=dossier_id, state=state)
    return len(differing) + len(moved)


def _states(store: Store) -> Iterator[tuple[str, str]]:
    """Each dossier that is not as far as its events say, and what they say."""
    for dossier in store.dossiers.all():
        told = ["", *(str(event.payload[DOSSIER_STATE]) for event in store.events.of(dossier.id) if DOSSIER_STATE in event.payload)]
        if dossier.state != told[-1]:
            yield dossier.id, told[-1]


def _pointers(store: Store) -> Iterator[tuple[str, Pointers | None, Pointers]]:
    """Each document with its pointers as kept and as its events make them."""
    for dossier_id in store.events.dossiers():
        due = {document.id: Pointers() for document in store.documents.of(dossier_id)}
        for event in store.events.of(dossier_id):
            document_id = str(event.payload.get("document", ""))
            if document_id in due:
                due[document_id] = due[document_id].after(event.kind, event.payload, event.written_at)
        for document_id, pointers in due.items():
            yield document_id, of(store.db, document_id), pointers


def _told_revisions(store: Store) -> Iterator[Finding]:
    """Revisions that events name and that are not there with that mark, and revisions no event names."""
    kept = store.revisions.marks()
    events = (event for dossier_id in store.events.dossiers() for event in store.events.of(dossier_id))
    saves = [event.payload for event in events if {"revision", "base", "hmac"} <= event.payload.keys()]
    told = {(str(save["document"]), int(str(save["revision"]))): str(save["hmac"]) for save in saves}
    for document_id, number in sorted(kept.keys() | told.keys()):
        if kept.get((document_id, number)) != told.get((document_id, number)):
            yield Finding(REVISION_MISSING, document_id, number)


def _signatures(store: Store) -> Iterator[Finding]:
    """Signatures that are not what their event says, and events whose signature is not there."""
    kept = store.signatures.marks()
    events = (event for dossier_id in store.events.dossiers() for event in store.events.of(dossier_id))
    told = {str(event.payload["signature"]): str(event.payload["mark"]) for event in events if "signature" in event.payload}
    for signature_id in sorted(kept.keys() | told.keys()):
        if kept.get(signature_id) != told.get(signature_id):
            yield Finding(SIGNATURE_CHANGED if signature_id in kept.keys() & told.keys() else SIGNATURE_MISSING, signature_id)


def _files(store: Store) -> Iterator[Finding]:
    for file in store.files.all():
        if not store.files.present(file.sha256):
            yield Finding(FILE_MISSING, file.sha256)
            continue
        try:
            store.files.open(file.sha256).close()
        except Damaged:
            yield Finding(FILE_CHANGED, file.sha256)
