"""A file written to disk while it grows: pages go out as they are made, only the places of objects are remembered."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from app.rendering.archive import PACKED, File, deflated, text_string

SHORT = 8192
"""Bytes up to which a small window compresses as well, without the memory a whole one takes and gives back each time."""
KIDS = 64
HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@dataclass(frozen=True)
class Bookmark:
    """A line of the outline, at the top of a page (its object number)."""

    title: str
    page: int


@dataclass
class Spool(File):
    """A PDF that goes to `out` piece by piece; equal calls write equal bytes. Raises what `out` raises."""

    out: BinaryIO = field(kw_only=True)
    pages: int = 0
    root: int = 0
    _seen: hashlib._Hash = field(init=False, default_factory=hashlib.sha256)
    _nodes: list[tuple[int, list[int]]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.parts, self.length = [], 0
        self._append(HEADER)
        self.root, self._tree = self.reserve(), self.reserve()

    def _append(self, *parts: bytes) -> None:
        data = b"".join(parts)
        self.out.write(data)
        self._seen.update(data)
        self.length += len(data)

    def put(self, body: str, number: int = 0) -> int:
        """A plain object, written with its neighbours."""
        number = super().put(body, number)
        if len(self.waiting) >= PACKED:
            self._pack()
        return number

    def stream(self, entries: str, data: bytes, level: int = 6) -> int:
        """A compressed stream."""
        return self.ready(f"{entries}/Filter/FlateDecode", _squeezed(data) if len(data) <= SHORT else deflated(data, level))

    def page(self, box: tuple[float, float], contents: bytes, resources: str, more: str = "") -> int:
        """A page of this width and height in points; returns its object number."""
        if not self._nodes or len(self._nodes[-1][1]) == KIDS:
            self._nodes.append((self.reserve(), []))
        node, kids = self._nodes[-1]
        body = self.stream("", contents)
        size = f"/MediaBox[0 0 {box[0]:.2f} {box[1]:.2f}]"
        kids.append(self.put(f"<</Type/Page/Parent {node} 0 R{size}/Resources<<{resources}>>/Contents {body} 0 R{more}>>"))
        self.pages += 1
        return kids[-1]

    def finish(self, catalogue: str, info: int) -> None:
        """The page tree, the catalogue (its further entries) and the end of the file."""
        for node, kids in self._nodes:
            self.put(f"<</Type/Pages/Parent {self._tree} 0 R/Count {len(kids)}/Kids[{_references(kids)}]>>", node)
        self.put(f"<</Type/Pages/Count {self.pages}/Kids[{_references([node for node, _ in self._nodes])}]>>", self._tree)
        self.put(f"<</Type/Catalog/Pages {self._tree} 0 R{catalogue}>>", self.root)
        self._pack()
        start, number = self.length, self.reserve()
        self.places[number] = (1, start, 0)
        digest = self._seen.hexdigest()[:32]
        table = deflated(b"".join([struct.pack(">BLH", *place) for place in self.places]))
        entries = f"/Type/XRef/Size {len(self.places)}/W[1 4 2]/Root {self.root} 0 R/Info {info} 0 R/ID[<{digest}><{digest}>]"
        self.ready(f"{entries}/Filter/FlateDecode", table, number)
        self._append(f"startxref\n{start}\n%%EOF\n".encode())

    def outline(self, marks: Sequence[Bookmark]) -> str:
        """The catalogue's entry for the bookmarks; '' without any."""
        if not marks:
            return ""
        root, items = self.reserve(), [self.reserve() for _ in marks]
        for before, (number, mark), after in zip([0, *items], zip(items, marks, strict=True), [*items[1:], 0], strict=False):
            beside = (f"/Prev {before} 0 R" if before else "") + (f"/Next {after} 0 R" if after else "")
            self.put(f"<</Title {text_string(mark.title)}/Parent {root} 0 R{beside}/Dest[{mark.page} 0 R/Fit]>>", number)
        self.put(f"<</Type/Outlines/First {items[0]} 0 R/Last {items[-1]} 0 R/Count {len(items)}>>", root)
        return f"/Outlines {root} 0 R"


def _squeezed(data: bytes) -> bytes:
    """Deflated with a window of 2 KB: thousands of small streams spend their time in memory otherwise."""
    squeezer = zlib.compressobj(6, zlib.DEFLATED, 11, 4)
    return squeezer.compress(data) + squeezer.flush()


def _references(numbers: Sequence[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)
