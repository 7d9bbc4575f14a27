"""The QR code of a verification address: as vector squares, or by the thousand as a small stencil."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache

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


# ── thousands of codes ───────────────────────────────────────────────────────────────────────────────────────────────

MASK = 0
"""Any of the eight is read (ISO/IEC 18004, 7.8); choosing the prettiest is what takes the time."""


@dataclass
class Codes:
    """Codes of addresses of one length, without encoding each: under one mask a code is an affine function of its bits.

    `table` holds what a set bit changes, found once by encoding it alone.
    """

    length: int
    table: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.size, self.zero = _encoded(bytes(self.length))

    def bits(self, address: bytes) -> int:
        """All modules, row by row, dark ones set; the first module is the highest bit."""
        found, number, place = self.zero, int.from_bytes(address, "big"), 0
        while number:
            if number & 1:
                found ^= self._change(place)
            number >>= 1
            place += 1
        return found

    def _change(self, place: int) -> int:
        if place not in self.table:
            alone = (1 << place).to_bytes(self.length, "big")
            self.table[place] = _encoded(alone)[1] ^ self.zero
        return self.table[place]


@cache
def _codes(length: int) -> Codes:
    return Codes(length)


def _encoded(data: bytes) -> tuple[int, int]:
    rows = segno.make_qr(data, error="m", boost_error=False, mode="byte", mask=MASK).matrix
    return len(rows), int("".join("1" if module else "0" for row in rows for module in row), 2)


@lru_cache(maxsize=16)
def stencil(address: str) -> tuple[int, bytes]:
    """A code as a one-bit image: modules on a side, and its rows, dark modules 0, each row filled up to whole bytes."""
    data = address.encode()
    codes = _codes(len(data))
    size, bits = codes.size, codes.bits(data)
    row, wide = (1 << size) - 1, -(-size // 8)
    light = ((~bits >> (size * (size - 1 - number))) & row for number in range(size))
    return size, b"".join([(each << (wide * 8 - size)).to_bytes(wide, "big") for each in light])
