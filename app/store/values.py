"""What the store keeps and how it spells it: JSON in one canonical form, random ids."""
from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, Union

from app.errors import Invalid

Json: TypeAlias = Union[bool, int, str, Sequence["Json"], Mapping[str, "Json"], None]

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
ID_LETTERS = 26
"""26 letters of 5 bits hold 128 random bits."""


def new_id() -> str:
    """A random id fit for an address: 128 bits, lower-case Crockford base32, never starting with a dash."""
    number = secrets.randbits(128)
    return "".join(CROCKFORD[(number >> (5 * place)) & 31] for place in reversed(range(ID_LETTERS)))


def canonical(value: object) -> str:
    """JSON with sorted keys and no blanks: the same value always makes the same text. Raises Invalid for text that is no Unicode."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Invalid from None
    return text


def from_json(text: str) -> Any:
    """The value behind `canonical`."""
    return json.loads(text)
