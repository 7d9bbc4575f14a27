"""Ways to change a sealed file so that it still looks sealed, or looks like another one; each a function of the sealed bytes."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass

from asn1crypto import cms
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from app.rendering.seal import Sealer
from app.rendering.verify import P256_ORDER


@dataclass(frozen=True)
class Case:
    """What a forger has: the sealed file, the file before its seal, another sealed file, a seal of the same name by another key."""

    sealed: bytes
    before: bytes
    other: bytes
    forger: Sealer
    ours: Sealer

    @property
    def gap(self) -> tuple[int, int]:
        """Where the signature stands, its angle brackets included."""
        _, start, end, _ = map(int, re.search(rb"/ByteRange *\[(\d+) (\d+) (\d+) (\d+)\]", self.sealed).groups())  # type: ignore[union-attr]
        return start, end

    @property
    def content(self) -> cms.ContentInfo:
        """The signature, decoded."""
        start, end = self.gap
        return cms.ContentInfo.load(bytes.fromhex(self.sealed[start + 1 : end - 1].decode()))


Way = Callable[[Case], bytes]
WAYS: dict[str, Way] = {}


def way(name: str) -> Callable[[Way], Way]:
    """Registers a way by what is done."""

    def register(work: Way) -> Way:
        assert name not in WAYS
        WAYS[name] = work
        return work

    return register


# ── bytes ────────────────────────────────────────────────────────────────────────────────────────────────────────────

WAYS |= {
    "a byte after the end": lambda case: case.sealed + b"x",
    "an empty line after the end": lambda case: case.sealed + b"\n",
    "a second end": lambda case: case.sealed + b"%%EOF\n",
    "zeros after the end": lambda case: case.sealed + bytes(4096),
    "another document after the end": lambda case: case.sealed + case.other,
    "a zip archive after the end": lambda case: case.sealed + b"PK\x05\x06" + bytes(18),
    "a byte before the head": lambda case: b"\n" + case.sealed,
    "another document before the head": lambda case: case.other + case.sealed,
    "the last byte cut off": lambda case: case.sealed[:-1],
    "cut off inside the seal": lambda case: case.sealed[: case.gap[1] + 20],
    "cut off inside the signature": lambda case: case.sealed[: case.gap[0] + 200],
    "cut off near the end of the document": lambda case: case.before[:-200],
    "the seal cut off": lambda case: case.before,
    "the seal of another document laid after it": lambda case: case.before + case.other[case.other.index(b"%%EOF\n") + 6 :],
    "a byte of a page changed": lambda case: flipped(case.sealed, case.sealed.index(b"stream\n") + 40),
    "a byte taken out": lambda case: case.sealed[:500] + case.sealed[501:],
    "the version in the head changed": lambda case: case.sealed.replace(b"%PDF-1.7", b"%PDF-1.4", 1),
    "lines ended another way": lambda case: case.sealed.replace(b"\n", b"\r\n"),
    "the time of the seal changed": lambda case: swapped(case.sealed, b"07220210712", b"07220200712"),
    "the head of the chain changed": lambda case: swapped(case.sealed, b"abababab", b"acababab"),
    "the last cross-reference pointed at the one before": lambda case: redirected(case.sealed),
}


def flipped(data: bytes, at: int, bit: int = 1) -> bytes:
    return data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :]


def swapped(data: bytes, old: bytes, new: bytes) -> bytes:
    assert old in data
    return data.replace(old, new)


def redirected(data: bytes) -> bytes:
    first, last = (match.group(1) for match in re.finditer(rb"startxref\n(\d+)\n", data))
    return data[: data.rindex(last)] + first.rjust(len(last), b"0") + data[data.rindex(last) + len(last) :]


# ── the range and the signature ──────────────────────────────────────────────────────────────────────────────────────


def ranged(case: Case, *numbers: int) -> bytes:
    """The byte range overwritten, every other byte where it was."""
    found = re.search(rb"\[0 \d+ \d+ \d+\] *", case.sealed)
    assert found
    fresh = (b"[%d %d %d %d]" % numbers).ljust(len(found.group()))
    return case.sealed[: found.start()] + fresh + case.sealed[found.end() :]


def signed_with(case: Case, der: bytes) -> bytes:
    """The signature replaced."""
    start, end = case.gap
    return case.sealed[: start + 1] + der.hex().upper().encode().ljust(end - start - 2, b"0") + case.sealed[end - 1 :]


@way("the range shortened at the end")
def shortened(case: Case) -> bytes:
    start, end = case.gap
    return ranged(case, 0, start, end, len(case.sealed) - end - 10)


@way("the range begun later")
def later(case: Case) -> bytes:
    start, end = case.gap
    return ranged(case, 10, start - 10, end, len(case.sealed) - end)


@way("the range with a wider gap")
def wider(case: Case) -> bytes:
    start, end = case.gap
    return ranged(case, 0, start - 4, end + 4, len(case.sealed) - end - 4)


@way("the range of nothing")
def nothing(case: Case) -> bytes:
    return ranged(case, 0, 0, 0, 0)


@way("the range shortened and bytes put after it")
def tail(case: Case) -> bytes:
    start, end = case.gap
    return ranged(case, 0, start, end, len(case.sealed) - end) + b"% more\n%%EOF\n"


@way("the signature emptied")
def emptied(case: Case) -> bytes:
    return signed_with(case, b"")


@way("a byte of the signature changed")
def broken(case: Case) -> bytes:
    return signed_with(case, flipped(case.content.dump(), len(case.content.dump()) - 5))


@way("something put after the signature in its place")
def padded(case: Case) -> bytes:
    return signed_with(case, case.content.dump() + b"\0hidden")


@way("the signature written in small letters")
def lower(case: Case) -> bytes:
    start, end = case.gap
    return case.sealed[:start] + case.sealed[start:end].lower() + case.sealed[end:]


@way("the signature of another sealed document put in")
def transplanted(case: Case) -> bytes:
    return signed_with(case, Case(case.other, b"", b"", case.forger, case.ours).content.dump())


@way("a valid signature by a key of the same name put in")
def resigned(case: Case) -> bytes:
    attributes = case.content["content"]["signer_infos"][0]["signed_attrs"]
    digest = next(each["values"][0].native for each in attributes if each["type"].native == "message_digest")
    return signed_with(case, asyncio.run(case.forger.signer.async_sign(digest, "sha256", use_pades=True)).dump())


@way("an attribute that is not signed added")
def unsigned(case: Case) -> bytes:
    content = case.content
    extra = cms.CMSAttribute({"type": "1.2.3.4", "values": []})
    content["content"]["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([extra])
    return signed_with(case, content.dump(force=True))


@way("another certificate put into the signature")
def crowded(case: Case) -> bytes:
    content = case.content
    content["content"]["certificates"].append(cms.CertificateChoices("certificate", case.forger.signer.signing_cert))
    return signed_with(case, content.dump(force=True))


@way("the number in the signature mirrored, or its version changed")
def mirrored(case: Case) -> bytes:
    """Of an ECDSA signature (r, s) every verifier takes (r, n - s) too."""
    content = case.content
    info = content["content"]["signer_infos"][0]
    if info["signature_algorithm"]["algorithm"].native == "sha256_ecdsa":
        r, s = decode_dss_signature(info["signature"].native)
        info["signature"] = encode_dss_signature(r, P256_ORDER - s)
    else:
        content["content"]["version"] = "v3"
    return signed_with(case, content.dump(force=True))
