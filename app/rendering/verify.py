"""Is this file sealed by us and whole? pyHanko's checks, under a policy of our own that takes nothing a seal of ours never has."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import io
import re
from collections.abc import Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

import pikepdf
from asn1crypto import cms, x509
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import ExternalSigner
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from app.rendering import jail
from app.rendering.record.sealing import FIELD
from forms.values import Json

CHAIN_HEAD = "/AnexaChainHead"
DIGEST = "sha256"
SHA256 = re.compile(r"[0-9a-f]{64}\Z")
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
OWN_MARKS = (CHAIN_HEAD.encode(), b'pdf:Producer="Anexa"')
ENTRIES = {"/Type", "/Filter", "/SubFilter", "/M", "/Reason", "/Contents", "/ByteRange", CHAIN_HEAD}
"""Of our signature's dictionary: all of them, no others."""

Chain = Sequence[bytes]
"""Certificates, DER: that of the seal first, then those that vouch for it, as its PKCS#12 has them."""
Result = TypeVar("Result")
State = Literal["whole", "altered", "foreign", "unreadable"]
Reason = Literal["", "no_seal", "several_seals", "other_seal", "coverage", "other_key", "signature", "unreadable"]


@dataclass(frozen=True)
class Verdict:
    """What a file says of itself, believable only if `whole`. Which document it is, stored hashes say.

    altered: it bears marks of this house and its seal does not hold. foreign: it bears none. unreadable: no PDF that opens.
    """

    state: State
    sha256: str
    size: int
    """Bytes."""
    reason: Reason = ""
    before: str = ""
    """SHA-256 of the bytes before the seal."""
    signer: str = ""
    """Common name in the certificate."""
    fingerprint: str = ""
    """SHA-256 of the certificate."""
    sealed_at: str = ""
    """As the seal says, ISO 8601, UTC."""
    told: str = ""
    """Why it was sealed, in its own words."""
    chain_head: str = ""

    @property
    def whole(self) -> bool:
        """Sealed with one of our keys, and not a byte is different."""
        return self.state == "whole"


class _NotOurs(Exception):  # noqa: N818 - it is what was found
    """The first thing that is not as in a seal of ours."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def verified(pdf: bytes, known: Iterable[Chain]) -> Verdict:
    """The verdict on a file. `known` are the chains of our seals; anything that goes wrong means not whole. Raises nothing.

    For files made here; those from outside go through `verified_from_outside`.
    """
    verdict = Verdict("whole", hashlib.sha256(pdf).hexdigest(), len(pdf))
    try:
        return _judged(pdf, tuple(known), verdict)
    except _NotOurs as found:
        reason = found.reason
    except Exception:  # noqa: BLE001 - libraries raise anything on foreign files
        reason = "unreadable"
    state: State = "altered" if _claims(pdf) else "unreadable" if reason == "unreadable" else "foreign"
    return replace(verdict, state=state, reason=reason)


def verified_from_outside(data: bytes | Path, known: Iterable[Chain]) -> Verdict:
    """As `verified`, inside the jail: for files somebody sends. Raises jail.Refused if it breaks its limits."""
    told = jail.run("verify", data, known=[[base64.b64encode(each).decode() for each in chain] for chain in known])
    return Verdict(**cast("dict[str, Any]", told))


def verify_task(data: bytes, known: list[list[str]]) -> Json:
    """The jail's side of it."""
    return cast("Json", asdict(verified(data, [[base64.b64decode(each) for each in chain] for chain in known])))


def _judged(pdf: bytes, known: Sequence[Chain], verdict: Verdict) -> Verdict:
    seal = _only_seal(PdfFileReader(io.BytesIO(pdf)))
    chain = next((chain for chain in known if chain[0] == seal.signer_cert.dump()), None)
    if chain is None:
        raise _NotOurs("other_key")
    own, *others = map(x509.Certificate.load, chain)
    _check_spelling(pdf, seal, own, others)
    moment = cast("datetime", seal.self_reported_timestamp)
    _check_signature(seal, own, moment)
    return replace(
        verdict,
        before=hashlib.sha256(_before(pdf, seal.reader)).hexdigest(),
        signer=common_name(own),
        fingerprint=own.sha256.hex(),
        sealed_at=moment.astimezone(UTC).isoformat(),
        told=str(seal.sig_object["/Reason"]),
        chain_head=_chain_head(seal),
    )


def _only_seal(reader: PdfFileReader) -> EmbeddedPdfSignature:
    """The one signature there is, in our field, with the entries ours has."""
    signatures = reader.embedded_signatures
    if not signatures:
        raise _NotOurs("no_seal")
    if len(signatures) > 1:
        raise _NotOurs("several_seals")
    seal: EmbeddedPdfSignature = signatures[0]
    if seal.field_name != FIELD or set(seal.sig_object) != ENTRIES or reader.encrypted:
        raise _NotOurs("other_seal")
    return seal


def _check_spelling(pdf: bytes, seal: EmbeddedPdfSignature, own: x509.Certificate, others: Sequence[x509.Certificate]) -> None:
    """The range is the file but for the signature, and that is written as we write it: no byte is free to be another.

    What stands in the gap is not signed. So it is made again from its signed parts and compared.
    """
    start, length, after, rest = map(int, seal.byte_range)
    if (start, after + rest) != (0, len(pdf)) or not 0 < length < after < len(pdf):
        raise _NotOurs("coverage")
    if pdf[length:after] != b"<" + _made_again(seal, own, others).hex().upper().encode().ljust(after - length - 2, b"0") + b">":
        raise _NotOurs("coverage")


def waited(work: Coroutine[Any, Any, Result]) -> Result:
    """What a coroutine of pyHanko comes to. Its loop runs in a thread of its own, for whoever calls may have one running already."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, work).result()


def _made_again(seal: EmbeddedPdfSignature, own: x509.Certificate, others: Sequence[x509.Certificate]) -> bytes:
    attributes = cms.CMSAttributes.load(seal.signer_info["signed_attrs"].untag().dump(force=True))
    signature = seal.signer_info["signature"].native
    if own.public_key.algorithm == "ec" and decode_dss_signature(signature)[1] > P256_ORDER // 2:
        raise _NotOurs("signature")
    signer = ExternalSigner(own, SimpleCertificateStore.from_certs(others), signature_value=signature)
    return bytes(waited(signer.async_sign_prescribed_attributes(DIGEST, attributes)).dump())


def _check_signature(seal: EmbeddedPdfSignature, own: x509.Certificate, moment: datetime) -> None:
    """pyHanko's judgement, our certificate being the one it trusts, at the moment the seal names."""
    trust = ValidationContext(trust_roots=[own], moment=moment, allow_fetching=False)
    status = waited(async_validate_pdf_signature(seal, trust))
    if status.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        raise _NotOurs("coverage")
    if not (status.bottom_line and status.intact and status.valid and status.trusted):
        raise _NotOurs("signature")


def _before(pdf: bytes, reader: PdfFileReader) -> bytes:
    """The file as it was: up to the end of the update before the last."""
    if reader.total_revisions != 2:
        raise _NotOurs("coverage")
    end = b"startxref\n%d\n%%%%EOF\n" % int(reader.trailer["/Prev"])
    return pdf[: pdf.index(end) + len(end)]


def _chain_head(seal: EmbeddedPdfSignature) -> str:
    head = str(seal.sig_object[CHAIN_HEAD])
    if not SHA256.match(head):
        raise _NotOurs("other_seal")
    return head


def common_name(certificate: x509.Certificate) -> str:
    """Whose certificate it is; the whole subject if it has no such name."""
    return str(certificate.subject.native.get("common_name", certificate.subject.human_friendly))


def _claims(pdf: bytes) -> bool:
    """Whether it bears marks of this house, though perhaps another program wrote it anew."""
    if any(mark in pdf for mark in OWN_MARKS):
        return True
    try:
        with pikepdf.open(io.BytesIO(pdf)) as file:
            described: Any = file.Root.get("/Metadata")
            marked = described is not None and OWN_MARKS[1] in described.read_bytes()
            return marked or str(file.docinfo.get("/Producer", "")) == "Anexa"
    except Exception:  # noqa: BLE001 - libraries raise anything on foreign files
        return False
