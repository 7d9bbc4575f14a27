"""The seal as others see it: pyHanko, poppler and veraPDF; and the keys it needs."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import cms
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from app import clock, config
from app.config import Settings
from app.errors import BadSettings
from app.rendering.preview import page_count
from app.rendering.readback import missing_from_pdf, text_of_pdf
from app.rendering.record import record
from app.rendering.seal import demo_certificate, known, load, sealed
from app.rendering.seal.keys import read, self_signed
from app.rendering.verify import verified
from forms.resolved import Resolved
from forms.samples import maximal, minimal
from tests.contracts.specimen import SPECIMEN
from tests.rendering import samples, seals
from tests.rendering.test_record_forms import IAT, REPORT, resolved
from tests.verapdf import broken_rules

DOCUMENTS = {
    "empty": lambda: samples.minimal(),
    "every block and view": lambda: samples.everything(),
    "every block and view on Letter paper": lambda: samples.everything(replace(samples.IMPRINT, paper="Letter")),
    "real report": lambda: resolved(IAT, REPORT, paper="A4"),
    "real report in Portuguese on Letter paper": lambda: resolved(IAT, REPORT, "pt", "Letter"),
    "longest report": lambda: resolved(IAT, maximal(IAT)),
    "specimen at its least": lambda: resolved(SPECIMEN, minimal(SPECIMEN), paper="A4"),
    "specimen at its most": lambda: resolved(SPECIMEN, maximal(SPECIMEN)),
}


@pytest.fixture(scope="module", params=DOCUMENTS)
def document(request: pytest.FixtureRequest) -> Resolved:
    made = DOCUMENTS[request.param]()
    return replace(made, imprint=seals.sealable(made.imprint))


@pytest.fixture(scope="module", params=seals.KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def triple(document: Resolved, kind: str) -> tuple[Resolved, bytes, bytes]:
    before = record(document)
    return document, before, sealed(before, seals.sealer(kind), seals.REASON, seals.HEAD, seals.AT)


@pytest.mark.verapdf
@pytest.mark.parametrize("flavour", ["PDFUA_1", "PDFA_3_A"])
def test_verapdf_finds_nothing_before_or_after_sealing(triple: tuple[Resolved, bytes, bytes], flavour: str) -> None:
    _, before, after = triple
    assert broken_rules(before, flavour) == []
    assert broken_rules(after, flavour) == []


@pytest.mark.poppler
def test_poppler_finds_the_seal_valid_and_all_of_the_document_signed(triple: tuple[Resolved, bytes, bytes], tmp_path: Path) -> None:
    path = tmp_path / "sealed.pdf"
    path.write_bytes(triple[2])
    told = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert "ETSI.CAdES.detached" in told
    assert seals.NAME in told


def test_pyhanko_finds_the_seal_valid(triple: tuple[Resolved, bytes, bytes], kind: str) -> None:
    seal = PdfFileReader(io.BytesIO(triple[2])).embedded_signatures[0]
    trust = ValidationContext(trust_roots=[asn1.Certificate.load(seals.sealer(kind).certificates[0])], allow_fetching=False)
    assert validate_pdf_signature(seal, trust).bottom_line


def test_our_own_verification_finds_it_whole_and_tells_what_is_in_it(triple: tuple[Resolved, bytes, bytes], kind: str) -> None:
    _, before, after = triple
    own = seals.sealer(kind).certificates
    verdict = verified(after, [seals.sealer(kind, number=1).certificates, own])
    assert verdict.whole
    assert verdict.reason == ""
    assert verdict.before == hashlib.sha256(before).hexdigest()
    assert (verdict.sha256, verdict.size) == (hashlib.sha256(after).hexdigest(), len(after))
    assert (verdict.chain_head, verdict.told, verdict.sealed_at) == (seals.HEAD, seals.REASON, "2021-07-12T15:04:05+00:00")
    assert verdict.fingerprint == hashlib.sha256(own[0]).hexdigest()
    assert verdict.signer == seals.NAME


def test_nothing_the_file_said_is_lost_and_the_seal_says_who_and_when(triple: tuple[Resolved, bytes, bytes]) -> None:
    document, before, after = triple
    assert after.startswith(before)
    assert missing_from_pdf(after, document) == []
    assert page_count(after) == page_count(before)
    with pikepdf.open(io.BytesIO(after)) as pdf:
        seal = pdf.pages[-1].Annots[0]
        assert [str(each.T) for each in pdf.Root.AcroForm.Fields] == ["Seal"]
        assert str(seal.TU) == seals.REASON
        left, foot, right, top = map(float, seal.Rect)
        assert right - left == pytest.approx(float(seal.AP.N.BBox[2]), abs=0.1)
        assert 0 < foot < top < float(pdf.pages[-1].MediaBox[3])


def test_two_files_are_equal_up_to_the_seal(kind: str) -> None:
    first, second = (record(samples.everything(seals.sealable())) for _ in range(2))
    assert first == second
    done = [sealed(each, seals.sealer(kind), seals.REASON, seals.HEAD, seals.AT) for each in (first, second)]
    assert [each[: len(first)] for each in done] == [first, second]
    assert len({verified(each, [seals.sealer(kind).certificates]).before for each in done}) == 1


def test_sealing_and_verifying_work_where_a_loop_is_running_already(kind: str) -> None:
    async def served() -> bool:
        sealer = seals.opened(self_signed(seals.NAME, seals.key(kind)))
        made = sealed(record(samples.minimal(seals.sealable())), sealer, seals.REASON, seals.HEAD, seals.AT)
        return verified(made, [sealer.certificates]).whole

    assert asyncio.run(served())


def test_the_page_says_who_sealed_it_and_when() -> None:
    with pikepdf.open(io.BytesIO(seals.finished("P-256"))) as pdf:
        look = pdf.pages[-1].Annots[0].AP.N
        page = pdf.add_blank_page(page_size=(600, 20))
        page.Contents, page.Resources = pdf.make_stream(look.read_bytes()), look.Resources
        out = io.BytesIO()
        pdf.save(out)
    assert f"{seals.REASON} · {seals.NAME} · 12/07/2021 15:04 UTC" in text_of_pdf(out.getvalue())


def test_a_certificate_with_an_authority_above_it_seals_too(kind: str) -> None:
    sealer = seals.vouched(kind)
    done = sealed(seals.plain(), sealer, seals.REASON, seals.HEAD, seals.AT)
    assert len(sealer.certificates) == 2
    assert verified(done, [sealer.certificates]).whole
    assert not verified(done, [sealer.certificates[1:]]).whole
    assert not verified(done, [sealer.certificates[:1]]).whole


@pytest.mark.parametrize("bits", [3072, 4096])
def test_a_longer_key_and_a_long_name_find_their_room(bits: int) -> None:
    name = "Organización de nombre largo que se repite en su certificado"
    sealer = seals.opened(self_signed(name, rsa.generate_private_key(65537, bits)))
    assert verified(sealed(seals.plain(), sealer, seals.REASON, seals.HEAD, seals.AT), [sealer.certificates]).whole


def test_a_file_without_a_place_for_it_is_not_sealed() -> None:
    with pytest.raises(ValueError, match="no empty place"):
        sealed(record(samples.minimal()), seals.sealer("P-256"), seals.REASON, seals.HEAD, seals.AT)


def test_a_sealed_file_is_not_sealed_again() -> None:
    with pytest.raises(ValueError, match="no empty place"):
        sealed(seals.finished("P-256"), seals.sealer("P-256"), seals.REASON, seals.HEAD, seals.AT)


@pytest.mark.parametrize("head", ["", "ab", "AB" * 32, "zz" * 32])
def test_what_is_no_head_of_a_chain_is_not_sealed(head: str) -> None:
    with pytest.raises(ValueError, match="head"):
        sealed(seals.plain(), seals.sealer("P-256"), seals.REASON, head, seals.AT)


def test_a_long_reason_is_written_smaller_and_stays_in_its_place() -> None:
    done = sealed(seals.plain(), seals.sealer("P-256"), "Sello electrónico " * 20, seals.HEAD, seals.AT)
    assert verified(done, [seals.sealer("P-256").certificates]).whole


# ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_demo_makes_its_own_certificate_once_and_says_so(tmp_path: Path) -> None:
    first, second = demo_certificate(tmp_path), demo_certificate(tmp_path)
    assert first.read_bytes() == second.read_bytes()
    assert os.stat(first).st_mode & 0o777 == 0o600
    sealer = load(Settings(instance=tmp_path, demo=True))
    assert sealer.demo
    assert sealer.name == "Anexa demostración"


def test_the_demo_seals_wherever_its_clock_stands(tmp_path: Path) -> None:
    sealer = load(Settings(instance=tmp_path, demo=True))
    for year in (2010, 2021, 2049):
        done = sealed(seals.plain(), sealer, seals.REASON, seals.HEAD, datetime(year, 3, 1, tzinfo=UTC))
        assert verified(done, known(Settings(instance=tmp_path))).whole


def test_the_key_is_read_once(tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path, demo=True)
    assert load(settings) is load(replace(settings))


def test_seals_stay_known_after_the_certificate_is_renewed(tmp_path: Path) -> None:
    done = []
    for number in range(2):
        path = tmp_path / f"{number}.p12"
        path.write_bytes(self_signed(seals.NAME, seals.key("P-256")))
        sealer = load(Settings(instance=tmp_path / "instance", seal_p12=path))
        assert not sealer.demo
        done.append(sealed(seals.plain(), sealer, seals.REASON, seals.HEAD, seals.AT))
    assert [verified(each, known(Settings(instance=tmp_path / "instance"))).whole for each in done] == [True, True]


def test_the_environment_names_the_certificate(tmp_path: Path) -> None:
    settings = config.load({"ANEXA_SEAL_P12": "/etc/sello.p12", "ANEXA_SEAL_PASSWORD": "x"}, tmp_path / "no.env")
    assert (settings.seal_p12, settings.seal_password) == (Path("/etc/sello.p12"), "x")


def test_the_message_is_the_one_pyhanko_writes(kind: str) -> None:
    """Of RSA, whose signatures are always the same, to the last byte."""
    signer, digest = seals.sealer(kind).signer, hashlib.sha256(b"x").digest()
    ours, theirs = signer.message(digest), asyncio.run(signer.async_sign(digest, "sha256", use_pades=True)).dump()
    assert ours == theirs if kind == "RSA-2048" else cms.ContentInfo.load(ours, strict=True).native.keys() == {"content_type", "content"}


def test_without_a_certificate_it_says_which_setting_is_missing(tmp_path: Path) -> None:
    with pytest.raises(BadSettings) as told:
        load(Settings(instance=tmp_path))
    assert "ANEXA_SEAL_P12" in str(told.value)


def test_the_password_opens_the_file_and_is_never_shown(tmp_path: Path) -> None:
    own = seals.key("P-256")
    path = tmp_path / "sello.p12"
    issued = seals.certificate(seals.NAME, own, seals.NAME, own)
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"sello", own, issued, None, BestAvailableEncryption("contraseña".encode())))
    settings = Settings(instance=tmp_path, seal_p12=path, seal_password="contraseña")
    assert load(settings).name == seals.NAME
    assert "contraseña" not in repr(settings)
    with pytest.raises(BadSettings) as told:
        load(replace(settings, seal_password="otra"))
    assert "ANEXA_SEAL_PASSWORD" in str(told.value)
    assert "otra" not in str(told.value)


def container(name: str, own: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, **more: object) -> bytes:
    issued = seals.certificate(name, own, name, own, **more)  # type: ignore[arg-type]
    return pkcs12.serialize_key_and_certificates(b"sello", own, issued, None, NoEncryption())


UNFIT = {
    "expired": (lambda: container(seals.NAME, seals.key("P-256"), until=datetime(2020, 1, 1, tzinfo=UTC)), "renuévelo"),
    "short": (lambda: container(seals.NAME, rsa.generate_private_key(65537, 1024)), "2048"),
    "of another curve": (lambda: container(seals.NAME, ec.generate_private_key(ec.SECP384R1())), "P-256"),
    "not for signing": (lambda: container(seals.NAME, seals.key("RSA-2048"), signs=False), "firmar"),
    "with a name nobody can print": (lambda: container("組織", seals.key("P-256")), "組"),
    "no PKCS#12": (lambda: b"not a key", "PKCS#12"),
}


@pytest.mark.parametrize("case", UNFIT)
def test_a_certificate_that_should_not_seal_is_refused_in_words(case: str, tmp_path: Path) -> None:
    made, word = UNFIT[case]
    path = tmp_path / "sello.p12"
    path.write_bytes(made())
    with clock.stopped(datetime(2026, 1, 1, tzinfo=UTC)), pytest.raises(BadSettings, match=word):
        read(path, "")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSettings) as told:
        read(tmp_path / "no-hay.p12", "")
    assert "no-hay.p12" in str(told.value)
