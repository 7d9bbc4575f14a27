"""Packets of signed documents (forms.md §8): what lacks, making them as a run, handing them out, saying later which packet a file is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app import clock, i18n
from app.errors import N_, Moved, NotFound, NotReady
from app.rendering import seal
from app.rendering.packet import Bound
from app.rendering.packet import packet as bound
from app.store import Dossier, Item, Json, Packet, Person, Store
from app.workflow import access, consents, dossiers, jobs, packet_content, packet_gathering, packet_plans, renditions, verification
from app.workflow.jobs import Run, Work
from app.workflow.packet_content import Edition
from app.workflow.packet_gathering import Gathered, Lack
from app.workflow.renditions import Rendition
from forms.view import Formatter

KIND: Final = "packet"
PDF: Final = "application/pdf"
REASON: Final = N_("Paquete sellado")
CHANGED: Final = N_("Los documentos de {code} cambiaron mientras se preparaba el paquete. Pídalo otra vez.")
EDITABLE: Final = ("docx", "filled")
"""Kinds of file that travel beside the packet, of those there are."""


@dataclass(frozen=True)
class Standing:
    """A packet of a dossier in one variant: what it lacks, and the last one made of it."""

    packet: str
    title: str
    """Msgid."""
    variant: str
    variant_title: str
    lacks: tuple[Lack, ...]
    absent: tuple[Lack, ...]
    made: Packet | None

    @property
    def ready(self) -> bool:
        return not self.lacks


@dataclass(frozen=True)
class Choice:
    """A dossier among those of which a person may take packets."""

    dossier: Dossier
    standings: tuple[Standing, ...]


def choices(store: Store, person: Person, fmt: Formatter) -> tuple[Choice, ...]:
    """The dossiers of which the person may take packets, by code, each with how its packets stand; sentences in the language of `fmt`."""
    every = (dossier for programme in sorted(packet_plans.PROGRAMMES) for dossier in store.dossiers.of_programme(programme))
    return tuple(Choice(each, standings(store, person, each, fmt)) for each in every if access.can(store, person, "packet", each))


def standings(store: Store, person: Person, dossier: Dossier, fmt: Formatter) -> tuple[Standing, ...]:
    """Every packet the dossier may have, for a page; sentences in the language of `fmt`. Raises NotFound, Forbidden."""
    access.require(store, person, "packet", dossier)
    made = store.packets.of(dossier.id)
    found = []
    for packet, variant in offered(dossier):
        now = packet_gathering.gathered(store, dossier, packet, variant, fmt)
        last = next((each for each in made if (each.kind, each.variant) == (packet, variant) and each.sealed), None)
        titles = packet_plans.PACKETS[packet].title, packet_plans.VARIANTS[variant].title
        found.append(Standing(packet, titles[0], variant, titles[1], now.lacks, now.absent, last))
    return tuple(found)


def offered(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    """The packets and variants of a dossier's programme."""
    every = packet_plans.PACKETS if dossier.programme in packet_plans.PROGRAMMES else {}
    return tuple((packet, variant) for packet in every for variant in packet_plans.variants(packet))


def check(store: Store, person: Person, dossier: Dossier, packet: str, variant: str) -> tuple[Lack, ...]:
    """What is missing: which document, in what state, who must act. Raises NotFound, Forbidden."""
    access.require(store, person, "packet", dossier)
    return _gathered(store, dossier, packet, variant).lacks


def start(store: Store, person: Person, dossier_ids: Sequence[str], packet: str, variant: str, language: str = "", key: str = "") -> Run:
    """Start making a packet of each dossier and one ZIP of all, with every document as Word and filled form.

    `language` is that of the packet's own pages, by default each dossier's. The same content is the same packet, byte for byte up to the
    seal. Raises NotReady saying what each one lacks, NotFound, Forbidden.
    """
    chosen = [access.dossier(store, person, dossier_id, "packet") for dossier_id in dict.fromkeys(dossier_ids)]
    if not chosen:
        raise NotFound
    if known := store.requests.answer(key, person.id) if key else None:
        return jobs.progress(store, person, str(known))
    lacks = [lack for dossier in chosen for lack in _gathered(store, dossier, packet, variant).lacks]
    if lacks:
        raise NotReady(lacks)
    work = [item for dossier in chosen for item in _work(store, person, dossier, packet, variant, language, alone=len(chosen) == 1)]
    name = f"{plain(chosen[0].code)}_{packet}.zip" if len(chosen) == 1 else f"{packet}_{clock.today().isoformat()}.zip"
    return jobs.start(store, person, KIND, f"packet:{packet}:{variant}", key, work, name)


def _work(store: Store, person: Person, dossier: Dossier, packet: str, variant: str, language: str, *, alone: bool) -> list[Work]:
    """The packet, then each of its documents to go on working with."""
    language = language or language_of(dossier)
    found = _gathered(store, dossier, packet, variant, language)
    row = store.packets.add(
        dossier.id, packet, variant, language, _content(store, dossier, found, language), records=_records(store, found),
        verification=verification.new_code(), person_id=person.id,
    )  # fmt: skip
    folder = "" if alone else f"{plain(dossier.code)}/"
    own: Work = {"kind": KIND, "packet": row.id, "name": f"{folder}{filename(dossier, packet, variant)}"}
    if variant != packet_plans.WHOLE:
        return [own]
    kinds = [kind for kind in EDITABLE if kind in renditions.MEDIA]
    spoken = language_of(dossier)
    return [own, *(jobs.file_item(store, each, kind, spoken, folder) for each in found.documents for kind in kinds)]


@jobs.step(KIND)
def _made(store: Store, item: Item) -> dict[str, Json]:
    """Draw, seal, verify and keep one packet. Safe to repeat and to be killed at any point.

    Raises Moved if its documents changed, Damaged if it came out otherwise than the first time.
    """
    row = store.packets.get(str(item.payload["packet"]))
    if not row.sealed:
        row = _sealed(store, row, store.jobs.get(item.job_id).person_id)
    kept = store.files.get(row.sealed)
    return {"sha256": row.sealed, "size": kept.size, "pages": row.pages}


def _sealed(store: Store, row: Packet, person_id: str) -> Packet:
    dossier, made = store.dossiers.get(row.dossier_id), build(store, row)
    row = store.packets.built(row.id, hashlib.sha256(made.data).hexdigest(), made.pages)
    reason = f"{dossier.code} {row.kind} · {i18n.formatter(row.language).words(REASON)}"
    done = seal.sealed(made.data, seal.load(store.settings), reason, dossier.head, clock.now())
    return store.packets.seal(row.id, store.files.put(done, PDF).sha256, person_id)


def build(store: Store, row: Packet) -> Bound:
    """The packet's bytes before the seal, the same each time. Raises Moved if its documents are not the same any more."""
    dossier = store.dossiers.get(row.dossier_id)
    found = _gathered(store, dossier, row.kind, row.variant, row.language)
    if found.lacks or _content(store, dossier, found, row.language) != row.content:
        raise Moved(CHANGED, code=dossier.code)
    edition = Edition(dossier, row.kind, row.variant, row.verification, i18n.formatter(row.language, dossier.country))
    return bound(packet_content.plan_of(store, edition, found))


def result(store: Store, person: Person, run_id: str) -> Rendition:
    """The packet of a run that makes one. Raises NotFound until it is there, and for a run of several."""
    return jobs.made(store, person, run_id, KIND, PDF)


def latest(store: Store, person: Person, dossier: Dossier, packet: str, variant: str) -> Rendition:
    """The last packet made of a dossier in a variant. Raises NotFound, Forbidden."""
    access.require(store, person, "packet", dossier)
    for each in store.packets.of(dossier.id):
        if (each.kind, each.variant) == (packet, variant) and each.sealed:
            return Rendition(store.files.read(each.sealed), filename(dossier, packet, variant), PDF, each.sealed)
    raise NotFound


def language_of(dossier: Dossier) -> str:
    """The language the dossier's documents are signed in."""
    return dossier.locale.partition("_")[0]


def filename(dossier: Dossier, packet: str, variant: str) -> str:
    """'PE-2027-URY-SLV-01_P1.pdf'; a variant says so."""
    return f"{plain(dossier.code)}_{packet}{'' if variant == packet_plans.WHOLE else f'_{variant}'}.pdf"


def plain(text: str) -> str:
    """Letters any file system takes."""
    return re.sub(r"[^A-Za-z0-9_.-]", "-", text)


def _gathered(store: Store, dossier: Dossier, packet: str, variant: str, language: str = "") -> Gathered:
    """Raises NotFound for a packet or a variant that does not exist."""
    if (packet, variant) not in offered(dossier):
        raise NotFound
    fmt = i18n.formatter(language or language_of(dossier), dossier.country)
    return packet_gathering.gathered(store, dossier, packet, variant, fmt)


def _records(store: Store, found: Gathered) -> list[str]:
    """SHA-256 of the sealed records it is made of."""
    kept = (renditions.record_of(store, each, each.state) for each in found.documents)
    return [each.sha256 for each in kept if each]


def _content(store: Store, dossier: Dossier, found: Gathered, language: str) -> str:
    """Everything that decides about its bytes but its own code."""
    view = dossiers.view_of(store, found.documents[0])
    title, names, dates = packet_content.about(dossier, view, i18n.formatter(language, dossier.country))
    return packet_gathering.digest(found, title, *names, dates, *_records(store, found), *_withdrawn(store, dossier, found))


def _withdrawn(store: Store, dossier: Dossier, found: Gathered) -> list[str]:
    """Permissions taken back since, where the packet tells permissions."""
    if not any(entry.item.what == "consents" for entry in found.entries):
        return []
    return [f"{document}:{event.payload['item']}" for document, events in consents.told(store, dossier.id).items() for event in events]


def titles(row: Packet) -> tuple[str, str]:
    """Msgids of what a packet is, and for whom."""
    return packet_plans.PACKETS[row.kind].title, packet_plans.VARIANTS[row.variant].title
