"""A seal on a file made here: PAdES B-B (ETSI EN 319 142-1), an update after the file's own bytes, in the field placed beforehand."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, datetime
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from app.errors import Damaged
from app.rendering.record.sealing import FIELD, stamp
from app.rendering.seal.keys import Sealer
from app.rendering.verify import CHAIN_HEAD, DIGEST, SHA256, verified

DIGITS = 2
"""A byte is written as two hexadecimal digits."""


class _Writer(IncrementalPdfFileWriter):
    """pyHanko writes the XMP packet anew on saving, without the extension schema PDF/A asks for: here it stays as it is."""

    def _update_meta(self) -> None:
        """Nothing: the record's dates are those of its revision, the seal has its own."""


def sealed(pdf: bytes, sealer: Sealer, reason: str, chain_head: str, at: datetime) -> bytes:
    """The file with its seal, already verified: its bytes as they were, and an update after them.

    `reason` stands in the signature and, with the certificate's name and the time, on the page. `chain_head` (SHA-256 in lower-case
    hexadecimal) is the entry /AnexaChainHead of the signature's dictionary, which the signature covers.
    Raises ValueError if that is something else or the file has no empty place for a seal (`Imprint.seal`), Damaged if the result
    does not verify.
    """
    done = stamped(pdf, sealer, reason, chain_head, at)
    verdict = verified(done, [sealer.certificates])
    if not verdict.whole or verdict.before != hashlib.sha256(pdf).hexdigest():
        raise Damaged
    return done


def stamped(pdf: bytes, sealer: Sealer, reason: str, chain_head: str, at: datetime) -> bytes:
    """As `sealed`, the result not looked at."""
    if not SHA256.match(chain_head):
        raise ValueError("the head of a chain is a SHA-256 in lower-case hexadecimal")
    writer = _Writer(io.BytesIO(pdf))
    embedding = PdfCMSEmbedder().write_cms(FIELD, writer, existing_fields_only=True)
    try:
        place = next(embedding).get_object()
    except SigningError as error:
        raise ValueError("the file has no empty place for a seal") from error
    moment = at.astimezone(UTC)
    _draw(writer, place, f"{reason} · {sealer.name} · {moment:%d/%m/%Y %H:%M} UTC")
    signature = SignatureObject(moment, SigSeedSubFilter.PADES, reason=reason, bytes_reserved=DIGITS * sealer.signer.room)
    signature[pdf_name(CHAIN_HEAD)] = generic.TextStringObject(chain_head)
    embedding.send(SigObjSetup(signature))
    prepared, output = embedding.send(SigIOSetup(DIGEST))
    embedding.send(sealer.signer.message(prepared.document_digest))
    return bytes(output.getbuffer())


def _draw(writer: _Writer, place: Any, text: str) -> None:
    """Lays a line of text into the field as its appearance."""
    left, foot, right, top = map(float, place["/Rect"])
    page = PdfFileReader(io.BytesIO(stamp(text, right - left, top - foot))).root["/Pages"]["/Kids"][0]
    look = generic.StreamObject(stream_data=page["/Contents"].data)
    look[pdf_name("/Type")], look[pdf_name("/Subtype")] = pdf_name("/XObject"), pdf_name("/Form")
    look[pdf_name("/BBox")] = generic.ArrayObject(map(generic.FloatObject, page["/MediaBox"]))
    look[pdf_name("/Resources")] = writer.import_object(page["/Resources"])
    place[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(look)})
