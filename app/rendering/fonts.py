"""The shipped letters: which can be drawn, how wide they are, and the part of a font file a document needs."""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from fontTools import unicodedata as scripts
from fontTools.ttLib import TTFont

from forms.values import N_, Refused

FOLDER = Path(__file__).parents[2] / "annex_templates" / "_shared" / "fonts"
REGULAR, BOLD, ITALIC, FALLBACK = "SourceSans3-Regular", "SourceSans3-Bold", "SourceSans3-It", "DejaVuSans"
SCRIPTS = frozenset({"Latn", "Grek", "Copt", "Cyrl", "Zyyy", "Zinh", "Brai"})
"""Latin, Greek (with the letters Coptic shares its block with), Cyrillic and symbols."""
RIGHT_TO_LEFT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "PDF", "PDI"})
INVISIBLE = frozenset("\u00ad\u034f\u200b\u200c\u200d\u2060\ufeff") | frozenset(map(chr, range(0xFE00, 0xFE10)))
"""Letters that only advise a typesetter: nothing is drawn for them."""
LAYOUT = frozenset("\n\t")
PRIVATE = 0xE000
"""Letters above U+FFFF get codes from here on: a document's codes have two bytes."""
ROUND, MORE, INSTRUCTIONS = (0x01, 0x08, 0x40, 0x80), 0x20, 0x100


class Undrawable(Refused):
    """Letters no shipped font has; `label` says in which answer."""

    def __init__(self, label: str, letters: list[str]) -> None:
        super().__init__(
            N_("«{label}» tiene letras que no se pueden imprimir: {letters}. Cámbielas."), label=label, letters=" ".join(letters)
        )
        self.letters = letters


@dataclass(frozen=True)
class Face:
    """One font file. Widths are in thousandths of the type size; a letter's code in a document is its code point."""

    name: str

    @cached_property
    def font(self) -> TTFont:
        return TTFont(FOLDER / f"{self.name}.ttf", lazy=True)

    @cached_property
    def glyphs(self) -> dict[str, int]:
        """Letter to glyph number, only of letters that may be printed."""
        numbers = self.font.getReverseGlyphMap()
        return {chr(code): numbers[name] for code, name in self.font.getBestCmap().items() if _printable(chr(code))}

    @cached_property
    def letters(self) -> frozenset[str]:
        return frozenset(self.glyphs)

    @cached_property
    def widths(self) -> dict[str, int]:
        metrics, names = self.font["hmtx"].metrics, self.font.getGlyphOrder()
        scale = 1000 / self.font["head"].unitsPerEm
        return {letter: round(metrics[names[glyph]][0] * scale) for letter, glyph in self.glyphs.items()}

    @cached_property
    def known(self) -> dict[str, int]:
        """Widths of words met before; the same few thousand words fill most documents."""
        return {}

    def width(self, text: str) -> int:
        """Width in thousandths of the type size; letters of the fallback face count with theirs."""
        width = self.known.get(text)
        if width is None:
            own, other = self.widths, _fallback_widths()
            width = sum([own[letter] if letter in own else other.get(letter, 0) for letter in text])
            if len(self.known) < 50_000:
                self.known[text] = width
        return width

    @cached_property
    def _outlines(self) -> tuple[bytes, tuple[int, ...]]:
        return self.font.reader["glyf"], tuple(self.font["loca"])

    @cached_property
    def _bare(self) -> dict[int, bytes]:
        return {}

    def outline(self, glyph: int) -> bytes:
        """The outline without its hints, which no reader of documents needs."""
        if glyph not in self._bare:
            data, starts = self._outlines
            self._bare[glyph] = _without_hints(data[starts[glyph] : starts[glyph + 1]])
        return self._bare[glyph]


@cache
def face(name: str) -> Face:
    """The face of a shipped file; opened once in a process."""
    return Face(name)


@cache
def _fallback_widths() -> dict[str, int]:
    return face(FALLBACK).widths


def _printable(letter: str) -> bool:
    return (
        letter not in INVISIBLE
        and letter != "\ufffc"
        and unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")
        and unicodedata.bidirectional(letter) not in RIGHT_TO_LEFT
        and scripts.script(letter) in SCRIPTS
    )


@cache
def drawable() -> frozenset[str]:
    """Every letter a document may hold: Latin, Greek, Cyrillic and the symbols of the shipped fonts, plus line ends and tabs."""
    every = face(REGULAR).letters & face(BOLD).letters & face(ITALIC).letters | face(FALLBACK).letters
    return every | LAYOUT | INVISIBLE


def undrawable(text: str) -> list[str]:
    """The letters of `text` that no shipped font has, each once, in order of appearance."""
    return [] if drawable().issuperset(text) else list(dict.fromkeys(letter for letter in text if letter not in drawable()))


def runs(text: str, first: Face) -> Iterator[tuple[Face, str]]:
    """The text cut where the face changes: `first` wherever it has the letter, else the fallback."""
    start, own = 0, first.letters
    for end in range(1, len(text) + 1):
        if end == len(text) or (text[end] in own) != (text[start] in own):
            yield (first if text[start] in own else face(FALLBACK)), text[start:end]
            start = end


def wrapped(text: str, first: Face, limit: int, most: int = 1_000_000) -> list[str]:
    """Lines of at most `limit` thousandths and `most` letters, broken at blanks; a word wider than a line is broken inside.

    A line that breaks at a blank ends with it, so that words stay apart for those who read the file by ear.
    """
    lines: list[str] = []
    for paragraph in _clean(text).split("\n"):
        lines += _lines(paragraph.split(" "), first, limit, most)
    return lines


def _clean(text: str) -> str:
    text = text.replace("\t", "    ") if "\t" in text else text
    return text if INVISIBLE.isdisjoint(text) else "".join(letter for letter in text if letter not in INVISIBLE)


def _lines(words: list[str], first: Face, limit: int, most: int) -> list[str]:
    known, blank = first.known, first.width(" ")
    lines: list[str] = []
    start, width, letters = 0, -blank, -1
    for at, word in enumerate(words):
        long = known.get(word)
        if long is None:
            long = first.width(word)
        width += blank + long
        letters += 1 + len(word)
        if width > limit or letters > most:
            if at > start:
                lines.append(" ".join(words[start:at]) + " ")
            rest = word
            if long > limit or len(word) > most:
                *whole, rest = _pieces(word, first, limit, most)
                lines += whole
                words[at] = rest
            start, width, letters = at, first.width(rest), len(rest)
    lines.append(" ".join(words[start:]))
    return lines


def _pieces(word: str, first: Face, limit: int, most: int) -> list[str]:
    """A word too wide for a line, in pieces that fit; after a hyphen, slash, dot or at sign where that helps, else anywhere."""
    pieces, start, width = [], 0, 0
    own, other = first.widths, _fallback_widths()
    end = 0
    while end < len(word):
        letter = own.get(word[end]) or other.get(word[end], 0)
        if end > start and (width + letter > limit or end - start >= most):
            good = max(word.rfind(mark, start, end) for mark in "-/.@_&?=") + 1
            end = good if good > start + (end - start) // 2 else end
            pieces.append(word[start:end])
            start, width = end, 0
            continue
        width += letter
        end += 1
    return [*pieces, word[start:]]


# ── the part of a font that goes into a document ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Subset:
    """What a Type0 font with two-byte codes needs. `codes` maps each letter to the code it is written with."""

    name: str
    program: bytes
    map: bytes
    """CIDToGIDMap: two bytes for each code."""
    widths: str
    to_unicode: bytes
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    capitals: int
    angle: float


COMMON = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100)))) - INVISIBLE | frozenset("–—‘’“”…•€")
"""Always embedded, so that nearly all documents share one ready subset."""


def encoded(text: str) -> bytes:
    """Two bytes for each letter."""
    plain = text.encode("utf-16-be")
    return plain if len(plain) == 2 * len(text) else text.translate(_astral()).encode("utf-16-be")


@cache
def _astral() -> dict[int, int]:
    high = sorted(letter for letter in drawable() if letter > "\uffff")
    return {ord(letter): PRIVATE + number for number, letter in enumerate(high)}


def subset(name: str, used: Iterable[str]) -> Subset:
    """The face with the letters `used`, and for the main faces the common ones."""
    wanted = frozenset(used) if name == FALLBACK else COMMON | frozenset(used)
    return _subset(name, wanted & face(name).letters)


@lru_cache(maxsize=64)
def _subset(name: str, letters: frozenset[str]) -> Subset:
    own = face(name)
    kept = _kept(own, sorted({own.glyphs[letter] for letter in letters}))
    place = {glyph: number for number, glyph in enumerate(kept)}
    codes = {int.from_bytes(encoded(letter), "big"): letter for letter in sorted(letters)}
    program = _program(own, kept, place)
    table = bytearray(2 * (max(codes, default=0) + 1))
    for code, letter in codes.items():
        struct.pack_into(">H", table, 2 * code, place[own.glyphs[letter]])
    head, scale = own.font["head"], 1000 / own.font["head"].unitsPerEm
    box = tuple(round(each * scale) for each in (head.xMin, head.yMin, head.xMax, head.yMax))
    return Subset(
        f"{_tag(program)}+{name}",
        program,
        bytes(table),
        _widths(own, codes),
        _to_unicode(codes),
        (box[0], box[1], box[2], box[3]),
        round(own.font["hhea"].ascent * scale),
        round(own.font["hhea"].descent * scale),
        round(getattr(own.font["OS/2"], "sCapHeight", 1493) * scale),
        own.font["post"].italicAngle,
    )


def _tag(program: bytes) -> str:
    """Six capitals that tell this subset from others."""
    number = zlib.crc32(program)
    return "".join(chr(65 + number // 26**place % 26) for place in range(6))


def _widths(own: Face, codes: dict[int, str]) -> str:
    """The W array, consecutive codes together."""
    parts: list[str] = []
    last = -2
    for code, letter in sorted(codes.items()):
        parts.append(str(own.widths[letter]) if code == last + 1 else f"{']' if parts else ''}{code}[{own.widths[letter]}")
        last = code
    return " ".join(parts) + ("]" if parts else "")


def _to_unicode(codes: dict[int, str]) -> bytes:
    pairs = [f"<{code:04X}> <{letter.encode('utf-16-be').hex().upper()}>" for code, letter in sorted(codes.items())]
    chunks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    body = "".join(f"{len(chunk)} beginbfchar\n" + "\n".join(chunk) + "\nendbfchar\n" for chunk in chunks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        + body
        + "endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()


def _kept(own: Face, wanted: list[int]) -> list[int]:
    """Glyph 0, the wanted ones and the parts accented letters are made of."""
    kept = dict.fromkeys([0, *wanted])
    queue = list(kept)
    while queue:
        for _, part in _parts(own.outline(queue.pop())):
            if part not in kept:
                kept[part] = None
                queue.append(part)
    return list(kept)


def _parts(outline: bytes) -> Iterator[tuple[int, int]]:
    """Offset and glyph number of each component (OpenType `glyf`, composite glyph description)."""
    if not outline or struct.unpack_from(">h", outline)[0] >= 0:
        return
    at, flags = 10, MORE
    while flags & MORE:
        flags, glyph = struct.unpack_from(">HH", outline, at)
        yield at, glyph
        words, scale, scales, matrix = (bool(flags & bit) for bit in ROUND)
        at += 4 + (4 if words else 2) + (2 if scale else 4 if scales else 8 if matrix else 0)


def _without_hints(outline: bytes) -> bytes:
    if not outline:
        return b""
    contours = struct.unpack_from(">h", outline)[0]
    if contours >= 0:
        at = 10 + 2 * contours
        length = struct.unpack_from(">H", outline, at)[0]
        return outline[:at] + b"\0\0" + outline[at + 2 + length :]
    bare = bytearray(outline)
    for at, _ in _parts(outline):
        flags = struct.unpack_from(">H", outline, at)[0]
        struct.pack_into(">H", bare, at, flags & ~INSTRUCTIONS)
    return bytes(bare)


def _program(own: Face, kept: list[int], place: dict[int, int]) -> bytes:
    outlines = [_renumbered(own.outline(glyph), place) for glyph in kept]
    starts = [0]
    for outline in outlines:
        starts.append(starts[-1] + len(outline))
    metrics, names = own.font["hmtx"].metrics, own.font.getGlyphOrder()
    head, hhea, maxp = (bytearray(own.font.reader[tag]) for tag in ("head", "hhea", "maxp"))
    struct.pack_into(">L", head, 8, 0)
    struct.pack_into(">h", head, 50, 1)
    struct.pack_into(">H", hhea, 34, len(kept))
    struct.pack_into(">H", maxp, 4, len(kept))
    return _file(
        {
            "glyf": b"".join(outlines),
            "head": bytes(head),
            "hhea": bytes(hhea),
            "hmtx": b"".join(struct.pack(">Hh", *metrics[names[glyph]]) for glyph in kept),
            "loca": struct.pack(f">{len(starts)}L", *starts),
            "maxp": bytes(maxp),
        }
    )


def _renumbered(outline: bytes, place: dict[int, int]) -> bytes:
    moved = bytearray(outline)
    for at, glyph in _parts(outline):
        struct.pack_into(">H", moved, at + 2, place[glyph])
    return bytes(moved) + b"\0" * (-len(moved) % 4)


def _file(tables: dict[str, bytes]) -> bytes:
    """A TrueType file of these tables (OpenType 1.9, table directory)."""
    search = 1 << (len(tables).bit_length() - 1)
    directory = [struct.pack(">LHHHH", 0x00010000, len(tables), search * 16, search.bit_length() - 1, (len(tables) - search) * 16)]
    at, bodies = 12 + 16 * len(tables), []
    for tag, data in sorted(tables.items()):
        padded = data + b"\0" * (-len(data) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF
        directory.append(tag.encode() + struct.pack(">LLL", total, at, len(data)))
        bodies.append(padded)
        at += len(padded)
    return b"".join(directory + bodies)
