"""PDFs made to hang, swell or confuse whoever opens them."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from functools import cache

import pikepdf
from asn1crypto import core

from tests.rendering import seals

SWELL = 1536
"""Megabytes that come out of the bombs."""


def pdf(*bodies: bytes, trailer: bytes = b"") -> bytes:
    """A file of plain objects, numbered from 1; the first is the catalogue."""
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, body in enumerate(bodies, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = out.tell()
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    out.write(b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(bodies) + 1, table))
    out.write(b"trailer\n<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, trailer, start))
    return out.getvalue()


CATALOGUE, PAGES = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>>>"
FORM = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>"


@cache
def zeros(head: bytes = b"") -> bytes:
    """Something, and then a stream that swells a thousandfold."""
    packer = zlib.compressobj(1)
    block = bytes(1 << 20)
    return packer.compress(head) + b"".join(packer.compress(block) for _ in range(SWELL)) + packer.flush()


def stream(entries: bytes, data: bytes) -> bytes:
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data)


def packed_objects() -> bytes:
    """The catalogue stands at the head of a stream that swells."""
    out = b"%PDF-1.7\n"
    packed = len(out)
    out += b"2 0 obj\n" + stream(b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode", zeros(b"1 0 <</Type/Catalog>>")) + b"\nendobj\n"
    rows = b"".join(struct.pack(">BLH", *row) for row in ((0, 0, 65535), (2, 2, 0), (1, packed, 0), (1, len(out), 0)))
    place = len(out)
    out += b"3 0 obj\n" + stream(b"/Type/XRef/Size 4/W[1 4 2]/Root 1 0 R", rows) + b"\nendobj\n"
    return out + b"startxref\n%d\n%%%%EOF\n" % place


def table() -> bytes:
    """The cross-reference itself swells: nobody can open the file without unpacking it."""
    body = stream(b"/Type/XRef/Size 99999999/W[1 8 8]/Root 1 0 R/Filter/FlateDecode", zeros())
    head = b"%PDF-1.7\n"
    return head + b"1 0 obj\n" + body + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head)


def signed(contents: bytes, ranged: bytes = b"0 10 20 30") -> bytes:
    field = b"<</FT/Sig/T(Seal)/V 5 0 R/Type/Annot/Subtype/Widget/Rect[0 0 0 0]>>"
    value = b"/ByteRange[%b]/Contents<%b>" % (ranged, contents.hex().encode())
    return pdf(FORM, PAGES, PAGE, field, b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached" + value + b">>")


def before_itself() -> bytes:
    made = pdf(CATALOGUE, PAGES, PAGE)
    return pdf(CATALOGUE, PAGES, PAGE, trailer=b"/Prev %d" % made.index(b"xref\n"))


def nested_der(depth: int) -> bytes:
    data = b"\x05\x00"
    for _ in range(depth):
        data = core.Sequence(contents=data).dump() if len(data) < 100 else b"\x30\x83" + len(data).to_bytes(3, "big") + data
    return data


def encrypted() -> bytes:
    with pikepdf.open(io.BytesIO(seals.plain())) as file:
        out = io.BytesIO()
        file.save(out, encryption=pikepdf.Encryption(owner="x", user="y"))
        return out.getvalue()


BOMBS: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "one byte": lambda: b"%",
    "only a head": lambda: b"%PDF-1.7\n",
    "noise": lambda: bytes(range(256)) * 4000,
    "a zip archive": lambda: b"PK\x03\x04" + bytes(1000),
    "half a file": lambda: seals.plain()[: len(seals.plain()) // 2],
    "a file without its end": lambda: seals.finished("P-256")[:-800],
    "a password": encrypted,
    "objects that swell": packed_objects,
    "a table that swells": table,
    "pages that swell": lambda: pdf(CATALOGUE, PAGES, PAGE[:-2] + b"/Contents 4 0 R>>", stream(b"/Filter/FlateDecode", zeros())),
    "arrays a hundred thousand deep": lambda: pdf(CATALOGUE, PAGES, PAGE, b"[" * 100_000 + b"]" * 100_000),
    "dictionaries a hundred thousand deep": lambda: pdf(CATALOGUE, PAGES, PAGE, b"<</A" * 100_000 + b" 1" + b">>" * 100_000),
    "a catalogue a hundred thousand deep": lambda: pdf(CATALOGUE[:-2] + b"/A" + b"[" * 100_000 + b"]" * 100_000 + b">>", PAGES, PAGE),
    "a hundred thousand objects": lambda: pdf(CATALOGUE, PAGES, PAGE, *[b"<</A 1>>"] * 100_000),
    "a hundred thousand pages": lambda: pdf(CATALOGUE, b"<</Type/Pages/Kids[" + b"3 0 R " * 100_000 + b"]/Count 100000>>", PAGE),
    "pages in a circle": lambda: pdf(CATALOGUE, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
    "pages in a wider circle": lambda: pdf(CATALOGUE, PAGES, b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R 2 0 R]/Count 9>>"),
    "more pages than there are": lambda: pdf(CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 2147483647>>", PAGE),
    "updates in a circle": lambda: pdf(CATALOGUE, PAGES, PAGE, trailer=b"/Prev 9"),
    "a file before itself": before_itself,
    "an object that is itself": lambda: pdf(CATALOGUE, b"2 0 R"),
    "a length that is itself": lambda: pdf(CATALOGUE, PAGES, PAGE, b"<</Length 4 0 R>>\nstream\nx\nendstream"),
    "fields in a circle": lambda: pdf(FORM, PAGES, PAGE, b"<</T(a)/Kids[4 0 R 4 0 R]>>"),
    "a form in a circle": lambda: pdf(b"<</Type/Catalog/Pages 2 0 R/AcroForm 1 0 R/Fields[1 0 R]/Kids[1 0 R]>>", PAGES, PAGE),
    "an enormous number": lambda: pdf(CATALOGUE, PAGES, PAGE, b"9" * 5_000_000),
    "an enormous name": lambda: pdf(CATALOGUE, PAGES, PAGE, b"/" + b"A" * 5_000_000),
    "five million parentheses": lambda: pdf(CATALOGUE, PAGES, PAGE, b"(" * 5_000_000),
    "five million ends": lambda: pdf(CATALOGUE, PAGES, PAGE) + b"%%EOF\n" * 800_000,
    "a signature of nothing": lambda: signed(b""),
    "a signature of noise": lambda: signed(bytes(range(256)) * 30),
    "a signature ten thousand deep": lambda: signed(nested_der(10_000)),
    "a signature of an endless range": lambda: signed(b"\x30\x00", b"0 99999999999999999999 5 99999999999999999999"),
    "a signature of a negative range": lambda: signed(b"\x30\x00", b"0 -5 -10 3"),
    "a signature of many ranges": lambda: signed(b"\x30\x00", b"0 1 " * 200_000),
}
