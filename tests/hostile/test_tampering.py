"""Every way to change a sealed file is found out, for both kinds of key; clean files are never blamed."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

import pytest
from asn1crypto import x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from app.rendering.record import record
from app.rendering.seal import sealed
from app.rendering.seal.sealing import stamped
from app.rendering.verify import verified
from tests.hostile import rewrites, updates  # noqa: F401 - they register their ways
from tests.hostile.tampering import WAYS, Case
from tests.rendering import samples, seals

FLIPS = 400
LOSES_ALL_MARKS = {"its pages without their fields taken into a new file"}
"""What is left is a file like any other; that it is not the one of a code, its hash says."""


@pytest.fixture(scope="module", params=seals.KINDS)
def case(request: pytest.FixtureRequest) -> Case:
    ours = seals.sealer(request.param)
    another = record(samples.report(3, imprint=seals.sealable()))
    other = sealed(another, ours, seals.REASON, seals.HEAD, seals.AT)
    forgers = (seals.sealer(request.param, number=number) for number in range(1, 100))
    fitting = next(forger for forger in forgers if forger.signer.room <= ours.signer.room)
    return Case(seals.finished(request.param), seals.plain(), other, fitting, ours)


def test_there_are_ways_enough() -> None:
    assert len(WAYS) >= 70


def test_a_clean_file_is_whole(case: Case) -> None:
    assert verified(case.sealed, [case.ours.certificates]).whole
    assert verified(case.other, [case.ours.certificates]).whole


@pytest.mark.parametrize("name", WAYS)
def test_a_change_is_found_out(case: Case, name: str) -> None:
    changed = WAYS[name](case)
    assert changed != case.sealed
    verdict = verified(changed, [case.ours.certificates])
    assert not verdict.whole
    assert verdict.state == ("foreign" if name in LOSES_ALL_MARKS else "altered")
    assert verdict.reason
    assert verdict.chain_head == verdict.before == verdict.signer == ""


def test_no_byte_of_the_file_is_free_to_be_another(case: Case) -> None:
    """Bytes of the signature, which it does not cover itself, as often as all the rest."""
    chance = random.Random(20210712)
    start, end = case.gap
    places = [chance.randrange(start, end) for _ in range(FLIPS // 2)] + [chance.randrange(len(case.sealed)) for _ in range(FLIPS // 2)]
    for at in places:
        changed = case.sealed[:at] + bytes([case.sealed[at] ^ 1 << chance.randrange(8)]) + case.sealed[at + 1 :]
        assert not verified(changed, [case.ours.certificates]).whole, at


def grown(data: bytes, work: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    writer, out = IncrementalPdfFileWriter(io.BytesIO(data)), io.BytesIO()
    work(writer)
    writer.write(out)
    return out.getvalue()


def with_field(writer: IncrementalPdfFileWriter) -> None:
    entries = {"/FT": pdf_name("/Tx"), "/T": generic.TextStringObject("alergia"), "/V": generic.TextStringObject("ninguna")}
    made = generic.DictionaryObject({pdf_name(key): value for key, value in entries.items()})
    writer.root["/AcroForm"]["/Fields"].append(writer.add_object(made))
    writer.update_container(writer.root["/AcroForm"]["/Fields"])


def fill(writer: IncrementalPdfFileWriter) -> None:
    field = writer.root["/AcroForm"]["/Fields"][1]
    field[pdf_name("/V")] = generic.TextStringObject("PENICILINA")
    writer.update_container(field)


def test_a_field_filled_after_the_seal_is_refused_though_the_library_takes_it(case: Case) -> None:
    """The library's own policy lets form fields be filled after signing."""
    done = stamped(grown(case.before, with_field), case.ours, seals.REASON, seals.HEAD, seals.AT)
    filled = grown(done, fill)
    seal = PdfFileReader(io.BytesIO(filled)).embedded_signatures[0]
    trust = ValidationContext(trust_roots=[x509.Certificate.load(case.ours.certificates[0])], allow_fetching=False)
    assert validate_pdf_signature(seal, trust).bottom_line
    assert verified(filled, [case.ours.certificates]).state == "altered"


def test_without_known_seals_nothing_is_whole(case: Case) -> None:
    assert verified(case.sealed, []).reason == "other_key"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n%%EOF\n", b"not a pdf", bytes(1000)])
def test_what_is_no_pdf_is_unreadable(data: bytes) -> None:
    assert verified(data, []).state == "unreadable"
