"""The code on every page: sixteen Crockford characters, the last a Luhn mod 32 check (forms.md §8), and who may ask about it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from app.store import Store
from app.workflow import programmes
from forms import FORMS

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 16, 4
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": "", "\u00a0": "", "\u2013": "", "\u2014": ""})


@dataclass(frozen=True)
class Found:
    """What anybody holding the paper may know; no names, no answers. `title` and `state` are msgids."""

    title: str
    code: str
    version: str
    state: str


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
    """The document behind a code; None for a code that is misspelled or unknown, both alike."""
    code = parse(text)
    document = store.documents.by_verification(code) if code else None
    if document is None:
        return None
    dossier = store.dossiers.get(document.dossier_id)
    return Found(FORMS[document.form].title, dossier.code, f"v{document.version}", programmes.STATES[document.state])
