"""The matrix of roles as data (forms.md §2): who does what with which part, and how much of it each one is shown."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.workflow.programmes import COMMISSION, EXCHANGE

LETTERS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "F": frozenset({"fill", "submit"}),
        "f": frozenset({"fill"}),
        "R": frozenset({"review"}),
        "A": frozenset({"approve"}),
        "S": frozenset({"sign"}),
        "V": frozenset({"view"}),
        "D": frozenset({"packet"}),
        "P": frozenset({"print"}),
    }
)
"""F fill and send, f fill only what names the role, R review, A approve, S sign, V view, D download packet, P print.

A star means one's own: the copy, the document or the rows of who has the grant for that subject.
"""
MATRIX: Final[dict[str, dict[str, str]]] = {
    "A1.a": {
        "host_leader": "F S",
        "visiting_leader": "V R",
        "participant": "V",
        "focal_host": "R A S",
        "focal_visiting": "V",
        "ministry_rep": "V",
        "ministry_rep_host": "V S",
        "secretariat": "V D",
    },
    "A1.b": {
        "host_leader": "V R f",
        "visiting_leader": "F S",
        "participant": "V",
        "focal_host": "V",
        "focal_visiting": "R A S",
        "ministry_rep": "V",
        "ministry_rep_visiting": "V S",
        "secretariat": "V D",
    },
    "A2.list": {
        "host_leader": "V",
        "visiting_leader": "F S",
        "focal_host": "V",
        "focal_visiting": "R",
        "ministry_rep_visiting": "A",
        "secretariat": "V D",
        "coordinator": "V",
    },
    "A2.travellers": {
        "host_leader": "V",
        "visiting_leader": "F",
        "participant": "F* S*",
        "focal_host": "V",
        "focal_visiting": "R",
        "ministry_rep_visiting": "A",
        "secretariat": "V D",
        "coordinator": "V",
    },
    "A3": {
        "host_leader": "V f",
        "visiting_leader": "F S",
        "participant": "V",
        "focal_host": "V",
        "focal_visiting": "R A",
        "ministry_rep": "V",
        "secretariat": "V D",
    },
    "A4.logistics": {
        "host_leader": "V",
        "visiting_leader": "F S",
        "focal_host": "V f R S",
        "focal_visiting": "R A",
        "secretariat": "V D",
    },
    "A4.travel": {
        "host_leader": "V",
        "visiting_leader": "F",
        "participant": "F*",
        "focal_host": "V R",
        "focal_visiting": "R A",
        "secretariat": "V D",
    },
    "A4.reserved": {"participant": "F*", "focal_host": "V", "focal_visiting": "V", "secretariat": "V"},
    "A5.questionnaire": {
        "host_leader": "V",
        "visiting_leader": "V",
        "participant": "F*",
        "focal_host": "V",
        "focal_visiting": "R A",
        "ministry_rep": "V",
        "secretariat": "V D",
    },
    "A5.collective": {
        "host_leader": "V S",
        "visiting_leader": "F S",
        "focal_host": "V",
        "focal_visiting": "R A S",
        "ministry_rep": "V",
        "secretariat": "V D",
    },
    "A6": {
        "host_leader": "V",
        "visiting_leader": "V",
        "participant": "F* S*",
        "focal_host": "V",
        "focal_visiting": "R A",
        "secretariat": "V D",
        "coordinator": "R V P",
    },
    "A7": {
        "host_leader": "V",
        "visiting_leader": "V",
        "participant": "F* S*",
        "focal_host": "V",
        "focal_visiting": "R A",
        "secretariat": "V D",
        "coordinator": "V",
    },
    "PTA": {
        "host_leader": "V",
        "visiting_leader": "F",
        "participant": "V f*",
        "focal_host": "V",
        "focal_visiting": "R S",
        "ministry_rep": "V",
        "secretariat": "V A D",
    },
    "F5S": {
        "host_leader": "V",
        "visiting_leader": "F",
        "participant": "V f*",
        "focal_host": "V",
        "focal_visiting": "R",
        "ministry_rep": "V",
        "secretariat": "V A D",
    },
    **{
        form: {
            "host_leader": "V S",
            "visiting_leader": "V S",
            "participant": "V",
            "focal_host": "F S",
            "focal_visiting": "F S",
            "ministry_rep": "V",
            "secretariat": "R A D",
        }
        for form in ("F3R", "F4L", "F4C")
    },
    "IAT": {"unit_editor": "F S", "unit_head": "R A S", "secretariat": "V D"},
    "FC": {"commission_focal": "F S", "commission_deputy": "F S", "pact_coordination": "R A S D"},
}
"""Form, or form and part → role → letters. A ministry's representative is one of a side too: 'ministry_rep_host'."""
SIGNATORIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"A2": ("sending_authority",), "PTA": ("plan_coordinator", "sponsor"), "F5S": ("plan_coordinator",)}
)
"""Form → the PERSON fields whose person signs; a grant of that name on the document lets them see it and sign."""
SIGNATORY: Final = "V S"
OWN_ROWS: Final[Mapping[str, tuple[str, str, str]]] = MappingProxyType(
    {"PTA": ("actions", "PTA.actions", "responsible_email"), "F5S": ("progress", "PTA.actions", "responsible_email")}
)
"""Form → the table of which a starred role fills its own rows, and the table and column that say by e-mail whose a row is."""
SHOWN: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "A2.list": {"coordinator": "names"},
        "A2.travellers": {"coordinator": "names"},
        "A5.questionnaire": {"host_leader": "aggregate", "visiting_leader": "aggregate"},
        "A6": {"host_leader": "published", "visiting_leader": "shared", "focal_host": "shared"},
        "A7": {"host_leader": "yes_no", "visiting_leader": "yes_no", "focal_host": "consents", "coordinator": "consents"},
    }
)
"""As MATRIX: role → the audience that sees less than the dossier's record. Who fills sees everything, the others what is not in here
as the record has it: without restricted and health values, which are opened one by one (`reserved`)."""
APART: Final = frozenset({"A4.reserved"})
"""Parts that are drawn on their own and never stand in the document's record."""
OVER: Final[Mapping[str, frozenset[str]]] = MappingProxyType({"secretariat": frozenset({"void"})})
"""What a role may do with every document it has to do with."""
ANYWHERE: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {"admin": frozenset({"administer", "invite"}), "secretariat": frozenset({"invite"})}
)
"""What a role may do without an object: let people in, keep catalogues and templates; never an answer."""
OPENS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {EXCHANGE: frozenset({"secretariat"}), COMMISSION: frozenset({"pact_coordination"})}
)
"""Programme → the roles that open a dossier in it; a unit's reports are opened by who fills them."""
SIDES: Final[Mapping[str, str]] = MappingProxyType(
    {"host_leader": "host", "focal_host": "host", "visiting_leader": "visiting", "focal_visiting": "visiting"}
)
"""Roles of one side only: a grant on the other side, or for the office of the other country, does not reach."""
EITHER: Final = "ministry_rep"
"""A role of the side its grant says: it is called 'ministry_rep_host' or 'ministry_rep_visiting' where the side matters."""
PARTICIPANT: Final = "participant"
"""The role of a grant for one subject."""


def key_of(form: str, part: str) -> str:
    """The row of the matrix that decides about a part."""
    return f"{form}.{part}" if f"{form}.{part}" in MATRIX else form


def letters(form: str, part: str, role: str) -> tuple[str, ...]:
    """The letters of a role in a part: 'F', 'F*'; a signatory's are those of the whole document."""
    if role in SIGNATORIES.get(form, ()):
        return tuple(SIGNATORY.split())
    return tuple(MATRIX.get(key_of(form, part), {}).get(role, "").split())


def audience(form: str, part: str, role: str) -> str:
    """The audience a role belongs to when it reads a part it does not fill."""
    return SHOWN.get(key_of(form, part), {}).get(role, "dossier")
