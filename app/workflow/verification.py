"""The code on every page: sixteen Crockford characters, the last a Luhn mod 32 check (forms.md §8), and who may ask about it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.store import Document, Packet, Store
from app.workflow import packet_plans, programmes
from forms import FORMS

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 16, 4
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": "", "\u00a0": "", "\u2013": "", "\u2014": ""})

DIGITS: Final = 16
STANDINGS: Final = {"signed": "current", "superseded": "superseded", "void": "void"}


@dataclass(frozen=True)
class Found:
    """What anybody holding the paper may know; no names, no answers. `title`, `state` and roles are msgids.

    `version`: 'v1', of a packet its variant (msgid).
    `standing`: draft (not signed yet), current, superseded (by `superseded_by`, 'v2') or void. `hash`: first 16 digits of the document's.
    """

    title: str
    code: str
    version: str
    state: str
    standing: str = "draft"
    superseded_by: str = ""
    signed_on: datetime | None = None
    signatures: tuple[tuple[str, str], ...] = ()
    """Role and institution of each."""
    hash: str = ""
    packet: str = ""
    """'P1' where it is a packet; then it stands as the documents it binds do."""


def new_code() -> str:
    """Fifteen random characters (75 bits) and their check character."""
    random = "".join(secrets.choice(CROCKFORD) for _ in range(LENGTH - 1))
    return random + check_character(random)


def check_character(characters: str) -> str:
    """Luhn mod N with N = 32: finds every single wrong character and nearly every swap of neighbours."""
    total = 0
    for place, character in enumerate(reversed(characters)):
        addend = CROCKFORD.index(character) * (2 if place % 2 == 0 else 1)
        total += addend // len(CROCKFORD) + addend % len(CROCKFORD)
    return CROCKFORD[-total % len(CROCKFORD)]


def parse(text: str) -> str | None:
    """The code somebody typed from paper, or None. Lower case, blanks, hyphens, O for 0 and I or L for 1 are forgiven."""
    code = text.strip().upper().translate(MISREAD)
    if len(code) != LENGTH or not set(code) <= set(CROCKFORD):
        return None
    return code if check_character(code[:-1]) == code[-1] else None


def grouped(code: str) -> str:
    """'K7Q2-M9XB-…' as it is printed."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def look_up(store: Store, text: str) -> Found | None:
    """The document or packet behind a code; None for a code that is misspelled or unknown, both alike."""
    code = parse(text)
    document = store.documents.by_verification(code) if code else None
    packet = store.packets.by_verification(code) if code and not document else None
    return found(store, document) if document else found_packet(store, packet) if packet else None


def found(store: Store, document: Document) -> Found:
    """What anybody may know of a document. Signatures count once the last one is there and the record is sealed."""
    sealed = document.state in ("signed", "superseded", "void")
    signatures = store.signatures.of(document.id) if sealed else ()
    return Found(
        FORMS[document.form].title,
        store.dossiers.get(document.dossier_id).code,
        f"v{document.version}",
        programmes.STATES[document.state],
        STANDINGS.get(document.state, "draft"),
        _superseded_by(store, document) if document.state == "superseded" else "",
        max((each.at for each in signatures), default=None),
        tuple((programmes.ROLES.get(each.role, each.role), each.institution) for each in signatures),
        max(signatures, key=lambda each: each.at).hash[:DIGITS] if signatures else "",
    )


def found_packet(store: Store, packet: Packet) -> Found:
    """The same of a packet. It counts as long as every document it binds does."""
    ids = [each.document_id for sha256 in packet.records for each in store.renditions.by_content(sha256)]
    documents = [store.documents.get(each) for each in dict.fromkeys(ids)]
    states = {each.state for each in documents}
    standing = next((each for each in ("void", "superseded") if each in states), "current") if packet.sealed else "draft"
    signatures = [signature for each in documents for signature in store.signatures.of(each.id)]
    who = dict.fromkeys((programmes.ROLES.get(each.role, each.role), each.institution) for each in signatures)
    return Found(
        packet_plans.PACKETS[packet.kind].title,
        f"{store.dossiers.get(packet.dossier_id).code}/{packet.kind}",
        packet_plans.VARIANTS[packet.variant].title,
        programmes.STATES.get(standing, programmes.STATES["signed"]),
        standing,
        signed_on=max((each.at for each in signatures), default=None),
        signatures=tuple(who),
        hash=packet.sealed[:DIGITS],
        packet=packet.kind,
    )


def _superseded_by(store: Store, document: Document) -> str:
    told = (event.payload for event in store.events.told(document.dossier_id, "superseded"))
    return next((f"v{each['version']}" for each in told if each.get("document") == document.id), "")
