"""Files for the archive: objects written straight down, with what PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) ask of them."""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

from app.rendering.fonts import Subset
from forms.values import Json

SHARED = Path(__file__).parents[2] / "annex_templates" / "_shared"
PACKED = 200
"""Objects in one object stream: few streams, yet a reader need not unpack the whole file for one page."""


def text_string(text: str) -> str:
    """A PDF text string (ISO 32000-1, 7.9.2.2)."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def name_string(text: str) -> str:
    """A byte string, for keys of name trees."""
    return f"<{text.encode().hex().upper()}>"


def deflated(data: bytes, level: int = 6) -> bytes:
    """The data as a Flate stream holds it."""
    return zlib.compress(data, level)


@dataclass
class File:
    """A PDF 1.7 file being written: numbered objects, small ones packed and compressed together. Equal objects make equal bytes."""

    parts: list[bytes] = field(default_factory=lambda: [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"])
    length: int = 15
    places: list[tuple[int, int, int]] = field(default_factory=lambda: [(0, 0, 65535)])
    """For each object number: (1, offset, 0) or (2, stream, index)."""
    waiting: list[tuple[int, bytes]] = field(default_factory=list)

    def reserve(self) -> int:
        """A number for an object that others point to before it is written."""
        self.places.append((0, 0, 65535))
        return len(self.places) - 1

    def put(self, body: str, number: int = 0) -> int:
        """A plain object; ASCII only. Returns its number."""
        number = number or self.reserve()
        self.waiting.append((number, body.encode("ascii")))
        return number

    def stream(self, entries: str, data: bytes, level: int = 6) -> int:
        """A compressed stream; `entries` are further entries of its dictionary."""
        return self.ready(f"{entries}/Filter/FlateDecode", deflated(data, level))

    def ready(self, entries: str, data: bytes, number: int = 0) -> int:
        """A stream whose data are as they shall stand in the file."""
        number = number or self.reserve()
        self.places[number] = (1, self.length, 0)
        self._append(f"{number} 0 obj\n<<{entries}/Length {len(data)}>>\nstream\n".encode("ascii"), data, b"\nendstream\nendobj\n")
        return number

    def _append(self, *parts: bytes) -> None:
        self.parts += parts
        self.length += sum(map(len, parts))

    def _pack(self) -> None:
        for start in range(0, len(self.waiting), PACKED):
            chunk = self.waiting[start : start + PACKED]
            offsets, at = [], 0
            for number, body in chunk:
                offsets.append(f"{number} {at}")
                at += len(body) + 1
            index = " ".join(offsets).encode() + b"\n"
            stream = self.stream(f"/Type/ObjStm/N {len(chunk)}/First {len(index)}", index + b"\n".join(body for _, body in chunk))
            for place, (number, _) in enumerate(chunk):
                self.places[number] = (2, stream, place)
        self.waiting = []

    def settled(self) -> bytes:
        """What is written so far, the waiting objects too, for files that go on from here."""
        self._pack()
        return b"".join(self.parts)

    def closed(self, root: int, info: int) -> bytes:
        """The whole file. Its identifier is a hash of its content."""
        self._pack()
        start, number = self.length, self.reserve()
        self.places[number] = (1, start, 0)
        table = b"".join([struct.pack(">BLH", *place) for place in self.places])
        digest = hashlib.sha256(b"".join(self.parts)).hexdigest()[:32]
        self.ready(
            f"/Type/XRef/Size {len(self.places)}/W[1 4 2]/Root {root} 0 R/Info {info} 0 R/ID[<{digest}><{digest}>]/Filter/FlateDecode",
            deflated(table),
            number,
        )
        self._append(f"startxref\n{start}\n%%EOF\n".encode())
        return b"".join(self.parts)


# ── what the standards ask ───────────────────────────────────────────────────────────────────────────────────────────


@cache
def _profile() -> bytes:
    return deflated((SHARED / "srgb.icc").read_bytes(), 9)


def write_intent(file: File) -> int:
    """The output intent: colours are sRGB."""
    profile = file.ready("/N 3/Filter/FlateDecode", _profile())
    return file.put(f"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)/DestOutputProfile {profile} 0 R>>")


def pdf_date(moment: str) -> str:
    """A UTC moment in ISO 8601 as a PDF date."""
    return f"D:{''.join(filter(str.isdigit, moment[:19]))}Z"


def write_info(file: File, title: str, moment: str) -> int:
    """The information dictionary, which must say what the XMP packet says (ISO 19005-3, 6.6.3); returns its number."""
    when = pdf_date(moment)
    return file.put(f"<</Title {text_string(title)}/Producer(Anexa)/CreationDate({when})/ModDate({when})>>")


@cache
def _packet() -> str:
    return (SHARED / "metadata.xmp").read_text(encoding="utf-8")


def write_metadata(file: File, title: str, language: str, moment: str) -> int:
    """The XMP packet, in clear as PDF/A asks; with the description of the PDF/UA mark without which PDF/A refuses it."""
    filled = _packet().format(title=escape(title), language=escape(language), moment=f"{moment[:19]}Z")
    return file.ready("/Type/Metadata/Subtype/XML", filled.encode())


def write_attachment(file: File, name: str, data: Json, title: str, moment: str) -> int:
    """A JSON file the document carries as its data (ISO 19005-3, 6.8)."""
    payload = json.dumps(data, ensure_ascii=False, sort_keys=True).encode()
    embedded = file.stream(
        f"/Type/EmbeddedFile/Subtype/application#2Fjson/Params<</Size {len(payload)}/ModDate({pdf_date(moment)})>>", payload
    )
    called = text_string(name)
    return file.put(
        f"<</Type/Filespec/F {called}/UF {called}/Desc {text_string(title)}/AFRelationship/Data/EF<</F {embedded} 0 R/UF {embedded} 0 R>>>>"
    )


def write_font(file: File, font: Subset) -> int:
    """A composite font with its letters embedded, every one of them readable back (ISO 32000-1, 9.7)."""
    program, codes, letters = _compressed(font)
    outlines = file.ready(f"/Length1 {len(font.program)}/Filter/FlateDecode", program)
    places = file.ready("/Filter/FlateDecode", codes)
    unicode = file.ready("/Filter/FlateDecode", letters)
    descriptor = file.put(
        f"<</Type/FontDescriptor/FontName/{font.name}/Flags 4/FontBBox[{' '.join(map(str, font.box))}]/ItalicAngle {font.angle:g}"
        f"/Ascent {font.ascent}/Descent {font.descent}/CapHeight {font.capitals}/StemV 80/FontFile2 {outlines} 0 R>>"
    )
    child = file.put(
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{font.name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/FontDescriptor {descriptor} 0 R/DW 0/W[{font.widths}]/CIDToGIDMap {places} 0 R>>"
    )
    return file.put(
        f"<</Type/Font/Subtype/Type0/BaseFont/{font.name}/Encoding/Identity-H/DescendantFonts[{child} 0 R]/ToUnicode {unicode} 0 R>>"
    )


@lru_cache(maxsize=64)
def _compressed(font: Subset) -> tuple[bytes, bytes, bytes]:
    return deflated(font.program), deflated(font.map), deflated(font.to_unicode)
