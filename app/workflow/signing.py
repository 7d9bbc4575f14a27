"""Signing: in the form's order, by a code sent by mail, everybody the same hash; then the seal, which a sweep finishes if need be."""

from __future__ import annotations

import base64
import binascii
import logging
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app import clock
from app.config import Settings
from app.errors import N_, BadFile, Invalid, NoCode, NotFound, Stale, Told, WrongCode
from app.rendering import handwriting
from app.store import Document, Json, Message, Person, Signature, Store, open_store
from app.store.codes import LASTS, MOST_WRONG
from app.workflow import access, agenda, carrying, mailing, notices, opening, programmes, records, renditions, slots, states
from app.workflow.renditions import Rendition
from app.workflow.slots import Slot, turn

__all__ = [
    "Sent",
    "Slot",
    "approved_record",
    "complete",
    "finish",
    "finish_at",
    "hash_of",
    "issue",
    "send_code",
    "sign",
    "signed_record",
    "slots_of",
    "turn",
]

METHODS: Final = ("typed", "drawn")
CODE: Final = re.compile(r"[0-9]{6}\Z")
DRAWING: Final = "data:image/png;base64,"
KIND: Final = "signing_code"
CODES_AN_HOUR, HOUR = 8, 3600
OTHER_HASH: Final = N_("El documento cambió mientras lo leía. Vuelva a abrirlo antes de firmar.")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sent:
    """Where a code went, and until when it serves once it is there."""

    to: str
    until: datetime


def slots_of(store: Store, document: Document) -> tuple[Slot, ...]:
    """The places to sign, in the order of the form."""
    return slots.of(store, document)


def hash_of(store: Store, document: Document) -> str:
    """The document's hash: SHA-256 of its approved record; '' before there is one."""
    kept = renditions.record_of(store, document, "approved") if document.state not in programmes.UNSETTLED else None
    return kept.sha256 if kept else ""


def approved_record(store: Store, person: Person, document: Document) -> Rendition:
    """The record everybody signs. Raises NotFound before it is approved."""
    return _record(store, person, document, "approved")


def signed_record(store: Store, person: Person, document: Document) -> Rendition:
    """The sealed record. Raises NotFound before it is signed."""
    return _record(store, person, document, "signed")


def _record(store: Store, person: Person, document: Document, kind: str) -> Rendition:
    access.require(store, person, "download", document)
    kept = renditions.record_of(store, document, kind)
    if kept is None or document.state in programmes.UNSETTLED:
        raise NotFound
    name = renditions.filename(store, document, "record", kept.language)
    return Rendition(store.files.read(kept.sha256), name, records.PDF, kept.sha256)


def send_code(store: Store, person: Person, document: Document) -> Sent:
    """Mail a code to who may sign now; it is made when the mail is written. Raises TooMany, Moved, Forbidden, NotFound."""
    _my_turn(store, person, document)
    store.limits.hit("signing code", person.id, CODES_AN_HOUR, HOUR)
    mailing.post(store, KIND, person, {"document": document.id}, lasts=LASTS)
    name, _, domain = (person.email or "").partition("@")
    return Sent(f"{name[:1]}…@{domain}", clock.now() + LASTS)


def issue(store: Store, person: Person, document: Document) -> str:
    """A new code for a person and a document: six digits, shown this once."""
    code = f"{secrets.randbelow(10**6):06d}"
    store.codes.put(person.id, document.id, code)
    return code


@mailing.letter(KIND)
def _written(store: Store, message: Message) -> mailing.Draft | None:
    """The code is made here. Who lost the role meanwhile gets none."""
    assert message.person_id is not None  # a code is for somebody
    person, document = store.people.get(message.person_id), store.documents.get(str(message.payload["document"]))
    if document.state != "signing" or turn(store, person, document) is None:
        return None
    say, places = mailing.words_of(person), notices.places_of(store, person, document)
    paragraphs = (
        say(N_("Su código para firmar «{title}» ({code}) es:"), **places),
        issue(store, person, document),
        say(N_("Sirve durante {minutes} minutos y solo para este documento."), minutes=int(LASTS.total_seconds()) // 60),
        say(N_("Si no pensaba firmar, no lo escriba en ninguna parte.")),
    )
    return mailing.Draft(person, say(N_("Código para firmar {code}"), **places), paragraphs)


def sign(
    store: Store, person: Person, document: Document, method: str, code: str, hash: str, drawing: str = "", key: str = ""
) -> Document:
    """Sign the document's hash in the place whose turn it is; after the last signature the sealed record is made.

    `drawing` is what the person drew (PNG as a data address), for the method 'drawn'.
    Raises WrongCode, NoCode, BadFile, Stale for another hash, Moved, Forbidden, NotFound.
    """
    known = bool(key) and store.requests.answer(key, person.id) is not None
    image = "" if known else _checked(store, person, document, method, code, drawing)

    def work() -> str:
        now = store.documents.get(document.id)
        slot = _my_turn(store, person, now)
        if not hash or hash != hash_of(store, now):
            raise Stale(OTHER_HASH)
        if not store.codes.use(person.id, document.id, code):
            raise NoCode
        called = frozenset(each.path for each in slots.of(store, now) if each.standing == "turn")
        _add(store, person, now, slot, method, hash, image)
        notices.call(store, now, called)
        return now.id

    store.requests.once(key, person.id, f"sign:{document.id}", work)
    _completed(store, document)
    return store.documents.get(document.id)


def _checked(store: Store, person: Person, document: Document, method: str, code: str, drawing: str) -> str:
    """The SHA-256 of the drawing kept, or '', once the code is known to be right."""
    _my_turn(store, person, document)
    if method not in METHODS:
        raise Invalid
    picture = _drawn(drawing) if method == "drawn" else b""
    left = store.codes.tried(person.id, document.id, code) if CODE.match(code) else store.codes.tried(person.id, document.id, "")
    if left is None:
        raise NoCode
    if left < MOST_WRONG:
        raise WrongCode(left) if left else NoCode
    return store.files.put(picture, "image/png").sha256 if picture else ""


def _drawn(drawing: str) -> bytes:
    try:
        data = base64.b64decode(drawing.removeprefix(DRAWING), validate=True)
    except (binascii.Error, ValueError):
        raise BadFile(handwriting.EMPTY) from None
    return handwriting.clean(data)


def _my_turn(store: Store, person: Person, document: Document) -> Slot:
    """The place this person signs now. Raises NotFound, Forbidden, Moved."""
    now = store.documents.get(document.id)
    states.require(store, person, now, "sign")
    slot = turn(store, person, now)
    assert slot is not None  # the table asks for it
    return slot


def _add(store: Store, person: Person, document: Document, slot: Slot, method: str, hash: str, image: str) -> Signature:
    return store.signatures.add(
        document.id,
        slot.path.pdf,
        person.id,
        slot.role,
        name=person.name,
        position=person.position,
        institution=person.institution or _institution(store, document),
        method=method,
        hash=hash,
        image=image,
        part_hash=carrying.part_hash(store, document, slot),
    )


def _institution(store: Store, document: Document) -> str:
    """That of the unit whose report it is."""
    unit_id = store.dossiers.get(document.dossier_id).unit_id
    return store.units.get(unit_id).institution if unit_id else ""


def complete(store: Store, document: Document) -> bool:
    """Draw, seal, verify and keep the signed record of a document nobody is left to sign; true if this call did it.

    Safe to repeat and to be killed at any point: nothing counts before the last transaction, and only one of several comes first.
    """
    document = store.documents.get(document.id)
    if document.state != "signing" or any(slot.signature is None for slot in slots.of(store, document)):
        return False
    head = store.dossiers.get(document.dossier_id).head
    kept, unsealed = records.signed(store, document, head)
    last = max(store.signatures.of(document.id), key=lambda signature: signature.at)
    try:
        with store.atomic():
            told = {"sha256": kept.sha256, "unsealed": unsealed, "hash": last.hash, "head": head}
            store.documents.move(document.id, "sealed", "signing", "signed", last.person_id, payload=told)
            opening.ensured(store, document.dossier_id, last.person_id)
            records.remember(store, document, "signed", kept.sha256)
            _replace(store, document, last.person_id)
            agenda.settle_dossier(store, last.person_id, document.dossier_id)
            notices.tell(store, "document_signed", "view", document)
    except Stale:
        return False
    return True


def _replace(store: Store, document: Document, person_id: str) -> None:
    """The version before ends with the new one signed."""
    for earlier in states.versions(store, document):
        if earlier.version < document.version and earlier.state == "signed":
            payload: dict[str, Json] = {"by": document.id, "version": document.version}
            store.documents.move(earlier.id, "superseded", "signed", "superseded", person_id, payload=payload)


def finish(store: Store) -> int:
    """Complete what a killed process left signed and not sealed; returns how many."""
    return sum(_completed(store, document) for document in store.documents.in_states(["signing"]))


def finish_at(settings: Settings, what: str = "") -> None:
    """The same for a worker."""
    with open_store(settings) as store:
        finish(store)


def _completed(store: Store, document: Document) -> bool:
    """The signature stands whatever becomes of the seal: that is tried again every minute, and the log says why it failed."""
    try:
        return complete(store, document)
    except Told:
        logger.exception("document %s is signed and could not be sealed", document.id)
        return False
