"""Signing: in order, with a code, everybody the same hash; refused with a reason; sealed after the last."""

import base64
import hashlib
import io

import pytest
from PIL import Image, ImageDraw

from app import clock
from app.errors import BadFile, Invalid, Moved, NoCode, NotFound, Stale, TooMany, WrongCode
from app.rendering import seal, verify
from app.rendering.readback import text_of_pdf, text_of_word
from app.store import audit
from app.store.codes import LASTS
from app.workflow import life, mailing, renditions, signing
from tests.verapdf import broken_rules
from tests.workflow import lives


def hash_of(house, document):
    return signing.hash_of(house.store, document)


def mails(house, kind=""):
    """(kind, who) of everything in the outbox."""
    rows = house.store.db.all("SELECT kind, person_id FROM outbox ORDER BY added_at, id")
    return {(row["kind"], row["person_id"]) for row in rows if kind in ("", row["kind"])}


def drawing(size=(400, 150), ink=True):
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    if ink:
        ImageDraw.Draw(picture).line([(20, 100), (120, 30), (200, 110), (360, 40)], fill=(0, 0, 90, 255), width=4)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def standings(house, document):
    return [(slot.role, slot.standing) for slot in signing.slots_of(house.store, house.now(document))]


def test_signers_are_called_in_the_order_of_the_form(house):
    document = lives.approved(house)
    assert standings(house, document) == [("unit_editor", "turn"), ("unit_head", "waiting")]
    assert mails(house, "signature_asked") == {("signature_asked", house.ana.id), ("signature_asked", house.beto.id)}
    with pytest.raises(Moved):
        lives.sign(house, house.head, document)
    document = lives.sign(house, house.ana, document)
    assert standings(house, document) == [("unit_editor", "signed"), ("unit_head", "turn")]
    assert ("signature_asked", house.head.id) in mails(house)
    assert lives.sign(house, house.head, document).state == "signed"
    assert audit(house.store) == []


def test_one_person_signs_in_one_place(house):
    house.store.grants.give(house.ana.id, "unit_head", "unit", house.unit.id)
    document = lives.sign(house, house.ana, lives.approved(house))
    with pytest.raises(Moved):
        lives.sign(house, house.ana, document)
    assert signing.turn(house.store, house.head, document).role == "unit_head"


def test_the_documents_hash_is_that_of_the_record_everybody_reads(house):
    document = lives.approved(house)
    record = signing.approved_record(house.store, house.head, document)
    assert hash_of(house, document) == hashlib.sha256(record.data).hexdigest() == record.sha256
    with pytest.raises(NotFound):
        signing.signed_record(house.store, house.head, document)
    with pytest.raises(Stale):
        signing.sign(house.store, house.ana, document, "typed", signing.issue(house.store, house.ana, document), "0" * 64)
    assert standings(house, document)[0] == ("unit_editor", "turn")


def test_the_signed_record_says_who_how_and_when_and_is_sealed_with_the_chains_head(house):
    document = lives.signed(house)
    record = signing.signed_record(house.store, house.secretariat, document)
    text = " ".join(text_of_pdf(record.data).split())
    for said in ("Edición de ejemplo", "Jefatura de ejemplo", "Firma electrónica simple con código", hash_of(house, document)[:16]):
        assert said in text
    verdict = verify.verified(record.data, seal.known(house.store.settings))
    [sealed] = house.store.events.told(document.dossier_id, "sealed")
    assert (verdict.whole, verdict.chain_head, verdict.before) == (True, sealed.previous, sealed.payload["unsealed"])
    assert record.data.startswith(house.store.files.read(verdict.before)), "the same bytes up to the seal"


@pytest.mark.parametrize(("kind", "language"), [("docx", "es"), ("docx", "pt"), ("record", "pt")])
def test_the_other_files_of_a_signed_document_name_its_signers_too(house, kind, language):
    document = lives.signed(house)
    data = renditions.make(house.store, house.secretariat, document, kind, language).data
    text = text_of_word(data) if kind == "docx" else text_of_pdf(data)
    assert "Edición de ejemplo" in text
    assert "Jefatura de ejemplo" in text


def test_the_same_signatures_make_the_same_bytes_up_to_the_seal(house):
    document = lives.signed(house)
    [sealed] = house.store.events.told(document.dossier_id, "sealed")
    house.store.db.run("UPDATE documents SET state = 'signing' WHERE id = :id", id=document.id)
    signing.complete(house.store, document)
    assert house.store.events.told(document.dossier_id, "sealed")[1].payload["unsealed"] == sealed.payload["unsealed"]


def test_a_name_that_changes_later_stays_on_the_signature(house):
    document = lives.signed(house)
    house.store.db.run("UPDATE people SET family_names = 'otra' WHERE id = :id", id=house.ana.id)
    assert signing.slots_of(house.store, document)[0].signature.name == "Edición de ejemplo"


def test_five_wrong_codes_lock_until_another_is_asked_for(house):
    document = lives.approved(house)
    code = signing.issue(house.store, house.ana, document)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongCode) as told:
            signing.sign(house.store, house.ana, document, "typed", wrong, hash_of(house, document))
        assert told.value.left == left
    for tried in (wrong, code, "", "abc", "１２３４５６"):
        with pytest.raises(NoCode):
            signing.sign(house.store, house.ana, document, "typed", tried, hash_of(house, document))
    assert lives.sign(house, house.ana, document).state == "signing"


def test_a_code_is_for_ten_minutes_one_person_and_one_document(house):
    document = lives.approved(house)
    with clock.stopped(clock.now()):
        code = signing.issue(house.store, house.ana, document)
        moment = clock.now()
    with pytest.raises(NoCode):
        signing.sign(house.store, house.beto, document, "typed", code, hash_of(house, document))
    with clock.stopped(moment + LASTS), pytest.raises(NoCode):
        signing.sign(house.store, house.ana, document, "typed", code, hash_of(house, document))
    assert signing.sign(house.store, house.ana, document, "typed", code, hash_of(house, document)).state == "signing"


def test_a_code_is_made_when_the_mail_is_written_and_lies_nowhere(house, settings):
    document = lives.approved(house)
    sent = signing.send_code(house.store, house.ana, document)
    assert sent.to == "e…@example.org"
    mailing.deliver(settings)
    lines = [line for path in settings.mail.glob("*.eml") for line in path.read_text().splitlines()]
    [code] = [line for line in lines if line.isdecimal() and len(line) == 6]
    kept = b"".join(path.read_bytes() for path in settings.instance.glob("anexa.db*"))
    assert code.encode() not in kept.replace(document.id.encode(), b"")
    assert signing.sign(house.store, house.ana, document, "typed", code, hash_of(house, document)).state == "signing"


def test_codes_cannot_be_asked_for_without_end_nor_by_who_does_not_sign(house):
    document = lives.approved(house)
    with pytest.raises(Moved):
        signing.send_code(house.store, house.head, document)
    with clock.stopped(clock.read("2026-03-02T09:10:00.000000+00:00")):
        for _ in range(signing.CODES_AN_HOUR):
            signing.send_code(house.store, house.ana, document)
        with pytest.raises(TooMany):
            signing.send_code(house.store, house.ana, document)


def test_a_drawn_signature_is_drawn_anew_and_kept(house):
    document = lives.sign(house, house.ana, lives.approved(house), "drawn", drawing=drawing())
    [signature] = house.store.signatures.of(document.id)
    with Image.open(io.BytesIO(house.store.files.read(signature.image))) as kept:
        assert (kept.format, kept.mode, kept.width > 300, kept.height < 120) == ("PNG", "1", True, True)
    assert signature.method == "drawn"


@pytest.mark.parametrize(
    "given",
    [
        "",
        "data:image/png;base64,",
        "data:image/png;base64,////",
        "data:image/png;base64,no es base64",
        "data:image/svg+xml;base64,PHN2Zy8+",
        drawing(ink=False),
        drawing(size=(5000, 5000)),
        "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"x" * 500).decode(),
        "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"x" * 300_000).decode(),
    ],
)
def test_a_drawing_that_is_none_is_refused_and_costs_no_try(house, given):
    document = lives.approved(house)
    with pytest.raises(BadFile):
        lives.sign(house, house.ana, document, "drawn", drawing=given)
    assert house.store.signatures.of(document.id) == ()
    assert lives.sign(house, house.ana, document, "drawn", drawing=drawing()).state == "signing"


def test_another_way_of_signing_is_not_understood(house):
    with pytest.raises(Invalid):
        lives.sign(house, house.ana, lives.approved(house), "wet_scan")


def test_a_refusal_voids_the_signatures_there_were_and_keeps_them_in_the_log(house):
    document = lives.sign(house, house.ana, lives.approved(house))
    document = life.refuse(house.store, house.head, document, lives.REASON)
    assert (document.state, house.store.signatures.of(document.id)) == ("observed", ())
    [void] = house.store.signatures.all(document.id)
    assert (void.person_id, void.void_at is None) == (house.ana.id, False)
    assert hash_of(house, document) == ""
    assert audit(house.store) == []


def test_the_same_post_twice_signs_once(house):
    document = lives.approved(house)
    code = signing.issue(house.store, house.ana, document)
    for _ in range(2):
        signing.sign(house.store, house.ana, document, "typed", code, hash_of(house, document), key="k")
    assert len(house.store.signatures.of(document.id)) == 1


def test_a_seal_that_could_not_be_made_is_made_by_the_sweep(house, settings):
    document = lives.sign(house, house.ana, lives.approved(house))
    p12 = seal.demo_certificate(settings.instance)
    kept = p12.read_bytes()
    p12.write_bytes(b"not a certificate")
    seal.load.cache_clear()
    assert lives.sign(house, house.head, document).state == "signing"
    assert signing.finish(house.store) == 0
    p12.write_bytes(kept)
    signing.finish_at(settings)
    assert house.now(document).state == "signed"
    assert (signing.finish(house.store), len(house.store.events.told(document.dossier_id, "sealed"))) == (0, 1)


def test_two_that_seal_at_once_leave_one_seal(house, monkeypatch):
    document = lives.sign(house, house.ana, lives.approved(house))
    monkeypatch.setattr(signing, "_completed", lambda store, document: False)
    document = lives.sign(house, house.head, document)
    kept, _ = signing.records.signed(house.store, document, house.dossier(document).head)
    assert signing.complete(house.store, document)
    assert not signing.complete(house.store, document)
    [sealed] = house.store.events.told(document.dossier_id, "sealed")
    assert sealed.payload["sha256"] != kept.sha256
    assert audit(house.store) == []


def test_a_signature_changed_behind_our_back_is_found(house):
    document = lives.signed(house)
    house.store.db.run("UPDATE signatures SET name = 'Otra persona' WHERE document_id = :id AND role = 'unit_head'", id=document.id)
    [finding] = audit(house.store)
    assert finding.what == "Una firma no es la que se puso"
    house.store.db.run("DELETE FROM signatures WHERE role = 'unit_head'")
    assert [each.what for each in audit(house.store)] == ["Falta una firma que un suceso nombra, o nadie la puso"]


def test_the_new_version_ends_the_old_one_only_when_it_is_signed(house):
    first = lives.signed(house)
    second = life.submit(house.store, house.ana, life.supersede(house.store, house.ana, first))
    document = lives.sign(house, house.ana, lives.approved(house, second))
    assert house.now(first).state == "signed"
    lives.sign(house, house.head, document)
    assert (house.now(first).state, house.now(second).state) == ("superseded", "signed")
    assert signing.signed_record(house.store, house.ana, house.now(first)).sha256 != hash_of(house, house.now(first))


def test_what_is_downloaded_is_the_sealed_file_and_another_language_is_drawn(house):
    document = lives.signed(house)
    made = renditions.make(house.store, house.ana, document, "record", "es")
    assert made.data == signing.signed_record(house.store, house.ana, document).data
    other = renditions.make(house.store, house.ana, document, "record", "pt")
    assert other.data != made.data
    assert not verify.verified(other.data, seal.known(house.store.settings)).whole


@pytest.mark.verapdf
def test_the_sealed_record_with_a_drawing_keeps_the_standards(house):
    document = lives.sign(house, house.ana, lives.approved(house), "drawn", drawing=drawing())
    document = lives.sign(house, house.head, document)
    data = signing.signed_record(house.store, house.ana, document).data
    assert [broken_rules(data, flavour) for flavour in ("PDFUA_1", "PDFA_3_A")] == [[], []]
