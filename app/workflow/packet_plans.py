"""What a packet holds, and in which order (forms.md §8): data by form code. What is not registered is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from app.errors import N_
from app.workflow.programmes import EXCHANGE
from app.workflow.resolving import DOSSIER, HOST, PUBLIC, Audience
from forms import FORMS

What: TypeAlias = Literal["record", "extract", "consents", "letters"]
"""record: the signed record; extract: pages drawn for the variant's audience; consents: a table of them; letters: files attached."""


@dataclass(frozen=True)
class Item:
    """One kind of thing in a packet. Without `needed`, what is not signed yet is named on the index and the rest is bound."""

    form: str
    what: What = "record"
    needed: bool = True
    sections: tuple[str, ...] = ()
    """Of an extract, or the one whose answers make the table of consents; () is all."""
    shared: tuple[str, str] = ("", "")
    """A table and the column that says whether a row may be shared: with any that may not, an extract without them is bound."""
    files: tuple[str, ...] = ()
    """The answers that hold letters."""


@dataclass(frozen=True)
class Variant:
    """For whom a packet is made. `audience` reads its extracts; `named`: whether people stand in it by name."""

    title: str
    audience: Audience = DOSSIER
    named: bool = True


@dataclass(frozen=True)
class Plan:
    """A packet: its items for each variant it comes in."""

    title: str
    classification: str
    items: Mapping[str, tuple[Item, ...]]


PROGRAMMES: Final = frozenset({EXCHANGE})
"""Whose dossiers have packets."""
WHOLE: Final = "completo"
"""The variant that binds the records themselves."""
VARIANTS: Final[Mapping[str, Variant]] = MappingProxyType(
    {
        WHOLE: Variant(N_("Completo")),
        "compartido": Variant(N_("Compartido con el anfitrión"), HOST),
        "publico": Variant(N_("Público"), PUBLIC, named=False),
    }
)
LETTERS: Final = Item("A4", "letters", files=("invitation_letter", "mission_letter"))
LOG: Final = Item("A6", needed=False, shared=("days", "shareable"))
PREPARED: Final = (Item("A1"), Item("F3R"), Item("A2"), Item("A3"), Item("A4"), Item("A7"), LETTERS)
RESULTS: Final = (Item("F4C"), Item("A5"), Item("PTA"), LOG)
PREPARED_SHARED: Final = (
    *(Item(form, "extract") for form in ("A1", "F3R", "A2", "A3", "A4")),
    Item("A7", "consents", sections=("permissions",)),
    LETTERS,
)
RESULTS_SHARED: Final = (*(Item(form, "extract") for form in ("F4C", "A5", "PTA")), Item("A6", "extract", False, shared=LOG.shared))
PACKETS: Final[dict[str, Plan]] = {
    "P1": Plan(
        N_("Paquete de preparación"),
        "internal",
        {WHOLE: PREPARED, "compartido": PREPARED_SHARED, "publico": (Item("A1", "extract"),)},
    ),
    "P2": Plan(
        N_("Paquete de resultados"),
        "internal",
        {
            WHOLE: RESULTS,
            "compartido": RESULTS_SHARED,
            "publico": (Item("A5", "extract", sections=("actions",)), Item("PTA", "extract")),
        },
    ),
}
"""P4, the reserved sheets, is never bound nor kept: see `reserved_sheets`."""


def items(packet: str, variant: str) -> tuple[Item, ...]:
    """What the packet holds in this variant, of the forms that are registered; () for one that does not exist."""
    found = PACKETS[packet].items.get(variant, ()) if packet in PACKETS else ()
    return tuple(item for item in found if item.form in FORMS)


def variants(packet: str) -> tuple[str, ...]:
    """The variants it comes in, of which something is registered."""
    return tuple(variant for variant in PACKETS[packet].items if items(packet, variant))
