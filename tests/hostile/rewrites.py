"""The sealed file signed by somebody else too, or written anew by another program."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pypdf
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from app.rendering.seal.sealing import stamped
from tests.hostile.tampering import WAYS, Case, way
from tests.rendering.seals import AT, HEAD, REASON


def signed_again(case: Case, signer: Any, **more: Any) -> bytes:
    """An approval signature in a field of its own."""
    meta = signers.PdfSignatureMetadata(field_name="Otra", subfilter=fields.SigSeedSubFilter.PADES, **more)
    return signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(case.sealed)), meta, signer=signer).getvalue()


@way("sealed from the start by a key of the same name")
def forged(case: Case) -> bytes:
    return stamped(case.before, case.forger, REASON, HEAD, AT)


@way("signed by somebody else too")
def theirs(case: Case) -> bytes:
    return signed_again(case, case.forger.signer)


@way("signed by ourselves too")
def ours(case: Case) -> bytes:
    return signed_again(case, case.ours.signer)


@way("signed by ourselves in another field instead")
def elsewhere(case: Case) -> bytes:
    meta = signers.PdfSignatureMetadata(field_name="Otra", subfilter=fields.SigSeedSubFilter.PADES)
    return signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(case.before)), meta, signer=case.ours.signer).getvalue()


@way("signed by ourselves with the habits of another program")
def otherwise(case: Case) -> bytes:
    meta = signers.PdfSignatureMetadata(field_name="Seal", subfilter=fields.SigSeedSubFilter.PADES, reason=REASON)
    return signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(case.before)), meta, signer=case.ours.signer).getvalue()


def rewritten(work: Callable[[pikepdf.Pdf], None] = lambda pdf: None, **how: Any) -> Callable[[Case], bytes]:
    """By qpdf, after a change."""

    def anew(case: Case) -> bytes:
        with pikepdf.open(io.BytesIO(case.sealed)) as pdf:
            work(pdf)
            out = io.BytesIO()
            pdf.save(out, **how)
            return out.getvalue()

    return anew


def _flattened(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AcroForm
    del pdf.pages[-1].Annots


def _bare(pdf: pikepdf.Pdf) -> None:
    _flattened(pdf)
    del pdf.Root.Names


MODES = pikepdf.ObjectStreamMode
WAYS |= {
    "written anew with a plain table": rewritten(object_stream_mode=MODES.disable),
    "written anew with packed objects": rewritten(object_stream_mode=MODES.generate),
    "written anew for the web": rewritten(linearize=True),
    "written anew, unpacked": rewritten(compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized),
    "written anew with a password": rewritten(encryption=pikepdf.Encryption(owner="x", user="")),
    "written anew without its form": rewritten(_flattened),
    "written anew without form and attachment": rewritten(_bare),
    "written anew without its last page": rewritten(lambda pdf: pdf.pages.__delitem__(-1)),
}


@way("written anew by another library")
def copied(case: Case) -> bytes:
    writer, out = pypdf.PdfWriter(clone_from=io.BytesIO(case.sealed)), io.BytesIO()
    writer.write(out)
    return out.getvalue()


@way("its pages taken into a new file")
def taken(case: Case) -> bytes:
    return collected(case.sealed, lambda page: None)


@way("its pages without their fields taken into a new file")
def stripped(case: Case) -> bytes:
    return collected(case.sealed, lambda page: page.pop("/Annots", None))


def collected(data: bytes, work: Callable[[pypdf.PageObject], object]) -> bytes:
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        work(page)
        writer.add_page(page)
    writer.write(out)
    return out.getvalue()
