"""Ids of rows: eight Crockford base32 characters, given once and never reused."""
from __future__ import annotations

import re
import secrets
from hashlib import blake2s

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ROW = "^[0-9A-HJKMNP-TV-Z]{8}$"
ROW_ID = re.compile(ROW.replace("^", "").replace("$", ""))


def row_id(seed: str) -> str:
    """The same id for the same seed, so that a blank page read twice gives the same rows."""
    return _spelled(int.from_bytes(blake2s(seed.encode(), digest_size=5).digest(), "big"))


def new_row_id() -> str:
    """An id for a row somebody adds."""
    return _spelled(secrets.randbits(40))


def _spelled(number: int) -> str:
    return "".join(CROCKFORD[number >> shift & 31] for shift in range(35, -1, -5))
