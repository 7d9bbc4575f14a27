"""PAdES B-B seals on the real report: ours beside pyHanko as its documentation shows it, with RSA-2048 and P-256."""

import io
import json
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from shutil import which

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from app.i18n import formatter
from app.rendering.record import record
from app.rendering.record.sealing import FIELD
from app.rendering.seal import Sealer, sealed
from app.rendering.seal.keys import read, self_signed
from app.rendering.seal.sealing import stamped
from app.rendering.verify import verified
from app.workflow.resolving import DOSSIER, resolve
from benchmarks.bench_record import IMPRINT, REPORT
from benchmarks.common import Candidate, Result, compare
from forms import FORMS
from forms.view import DossierView

NAME, REASON, HEAD, AT = "Organización de Prueba", "Sello electrónico de la organización", "ab" * 32, datetime(2021, 7, 12, tzinfo=UTC)
PEER = ("pyhanko",)


def results() -> Iterable[Result]:
    """Every output is found valid by pyHanko, and by poppler if it is there, before the clock starts."""
    dossier = DossierView(code=IMPRINT.code, programme=IMPRINT.programme, country="SLV", today="2021-07-12")
    answers = json.loads(REPORT.read_text("utf-8"))
    imprint = replace(IMPRINT, seal=REASON)
    pdf = record(resolve(FORMS["IAT"], answers, dossier, DOSSIER, formatter("es", "SLV"), imprint))
    yield from _timed("seal, RSA-2048", pdf, self_signed(NAME, rsa.generate_private_key(65537, 2048)))
    yield from _timed("seal, P-256", pdf, self_signed(NAME, ec.generate_private_key(ec.SECP256R1())))


def _timed(task: str, pdf: bytes, p12: bytes) -> tuple[Result, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "seal.p12")
        path.write_bytes(p12)
        sealer = read(path, "")
    stock = signers.SimpleSigner.load_pkcs12_data(p12, other_certs=[])
    candidates = [
        Candidate("seal drawn and signed", partial(stamped, pdf, sealer, REASON, HEAD, AT), PEER),
        Candidate("the same, verified too", partial(sealed, pdf, sealer, REASON, HEAD, AT), PEER),
        Candidate("pyHanko as documented", partial(documented, pdf, stock), PEER),
        Candidate("pyHanko as documented, nothing drawn", partial(documented, pdf, stock, field="Otra"), PEER),
    ]
    return compare(task, candidates, partial(_check, pdf, sealer))


def documented(pdf: bytes, signer: signers.SimpleSigner, field: str = FIELD) -> bytes:
    """With its own stamp in the field placed beforehand, or unseen in a new one."""
    meta = signers.PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES, reason=REASON)
    return signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), meta, signer=signer).getvalue()


def _check(pdf: bytes, sealer: Sealer, outputs: Mapping[str, object]) -> None:
    for name, output in outputs.items():
        assert isinstance(output, bytes)
        assert output.startswith(pdf), name
        seal = PdfFileReader(io.BytesIO(output)).embedded_signatures[0]
        trust = ValidationContext(trust_roots=[sealer.signer.signing_cert], allow_fetching=False)
        assert validate_pdf_signature(seal, trust).bottom_line, name
        assert verified(output, [sealer.certificates]).whole is not name.startswith("pyHanko"), name
        if which("pdfsig"):
            _check_with_poppler(output)


def _check_with_poppler(output: bytes) -> None:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(output)
        file.flush()
        told = subprocess.run(["pdfsig", "-nocert", file.name], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid" in told
