"""The QR code of a verification address as vector squares."""

from __future__ import annotations

from functools import lru_cache

import segno

QUIET = 2
"""White modules around; the paper adds the rest."""


@lru_cache(maxsize=256)
def squares(address: str) -> str:
    """Path operators of the dark modules in the unit square, runs of a row joined."""
    rows = [bytes(row) for row in segno.make_qr(address, error="m", boost_error=False).matrix]
    size = len(rows) + 2 * QUIET
    parts = [f"{1 / size:.6f} 0 0 {1 / size:.6f} 0 0 cm"]
    for number, row in enumerate(rows):
        parts += [f"{start + QUIET} {size - QUIET - 1 - number} {length} 1 re" for start, length in _dark(row)]
    return " ".join([*parts, "f"])


def _dark(row: bytes) -> list[tuple[int, int]]:
    """(start, length) of each run of dark modules."""
    runs, at = [], row.find(1)
    while at >= 0:
        end = row.find(0, at)
        end = len(row) if end < 0 else end
        runs.append((at, end - at))
        at = row.find(1, end)
    return runs
