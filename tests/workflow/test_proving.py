"""What a code and a file tell anybody: four plain sentences, no names, no document."""

import hashlib
import io

import pytest

from app.errors import TooLarge
from app.rendering import seal
from app.workflow import auditing, life, proving, renditions, signing, verification
from tests.workflow import lives
from tests.workflow.house import ES


def checked(house, data):
    return proving.of_file(house.store, io.BytesIO(data), ES)


def test_a_signed_record_is_told_in_four_sentences(house):
    document = lives.signed(house)
    told = checked(house, signing.signed_record(house.store, house.ana, document).data)
    day = ES.date(house.store.signatures.of(document.id)[-1].at.date().isoformat())
    assert told.kind == "signed"
    assert told.sentences == (
        "Es el documento firmado y sellado «Informe semestral de asistencia técnica», IAT-SLV-CONNA-DPI-2021-1.",
        "La versión v1 está vigente.",
        f"La firmaron Edición de la unidad (CONNA) y Jefatura de la unidad (CONNA); la última firma es del {day}.",
        "No cambió ni un byte desde que se hizo.",
    )


def test_the_approved_record_and_a_working_copy_are_told_apart_from_it(house):
    document = house.real()
    draft = renditions.make(house.store, house.ana, document, "record", "es").data
    word = renditions.make(house.store, house.ana, document, "docx", "pt").data
    document = lives.approved(house, life.submit(house.store, house.ana, document))
    approved = signing.approved_record(house.store, house.ana, document).data
    assert [checked(house, data).kind for data in (draft, word, approved)] == ["draft", "draft", "approved"]
    assert checked(house, approved).sentences[1:3] == (
        "La versión v1 todavía no está firmada: su estado es «En firma».",
        "No tiene firmas.",
    )


def test_a_hash_is_enough(house):
    data = signing.signed_record(house.store, house.ana, lives.signed(house)).data
    sha256 = hashlib.sha256(data).hexdigest()
    assert proving.of_hash(house.store, f" {sha256.upper()} ", ES).kind == "signed"
    for other in ("", "0" * 64, "x", "' OR 1=1"):
        assert proving.of_hash(house.store, other, ES).kind == "unknown"


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda data: data + b"x", "altered"),
        (lambda data: data[:-7], "altered"),
        (lambda data: data[:9000] + bytes([data[9000] ^ 1]) + data[9001:], "altered"),
        (lambda data: b"x" + data, "altered"),
        (lambda data: b"", "unknown"),
        (lambda data: b"%PDF-1.7 nothing", "unreadable"),
        (lambda data: b"GIF89a", "unknown"),
    ],
)
def test_a_file_that_is_not_ours_to_the_byte_is_not_taken_for_ours(house, change, kind):
    data = signing.signed_record(house.store, house.ana, lives.signed(house)).data
    told = checked(house, change(data))
    assert (told.kind, told.found, len(told.sentences)) == (kind, None, 4)


def test_a_seal_of_ours_on_a_file_we_do_not_keep_proves_nothing(house):
    document = lives.signed(house)
    kept = house.store.events.told(document.dossier_id, "sealed")[0].payload
    unsealed, sealer = house.store.files.read(kept["unsealed"]), seal.load(house.store.settings)
    other = seal.sealed(unsealed, sealer, "Otro sello", "0" * 64, document.state_at)
    assert checked(house, other).kind == "altered"


def test_a_file_too_large_is_refused_while_it_is_read(house, monkeypatch):
    monkeypatch.setattr(proving, "LARGEST", 3 * proving.BLOCK)
    asked = []

    class Endless(io.RawIOBase):
        def read(self, size=-1):
            asked.append(size)
            return b"x" * size

    with pytest.raises(TooLarge):
        proving.of_file(house.store, Endless(), ES)
    assert asked == [proving.BLOCK] * 4


def test_a_code_says_whether_the_paper_still_counts(house):
    first = lives.superseded(house)
    [second] = [each for each in house.store.documents.of(first.dossier_id) if each.version == 2]
    old, new = (verification.look_up(house.store, each.verification) for each in (first, second))
    assert (old.standing, old.superseded_by, old.state, new.standing, new.version) == ("superseded", "v2", "Sustituido", "current", "v2")
    assert new.hash == signing.hash_of(house.store, second)[:16]
    assert new.signatures == (("Edición de la unidad", "CONNA"), ("Jefatura de la unidad", "CONNA"))
    life.void(house.store, house.secretariat, second, lives.REASON)
    assert verification.look_up(house.store, second.verification).standing == "void"


def test_what_is_told_in_public_holds_no_name(house):
    document = lives.signed(house)
    told = repr(verification.look_up(house.store, document.verification))
    told += repr(checked(house, signing.signed_record(house.store, house.ana, document).data))
    assert "de ejemplo" not in told
    assert "@" not in told


def test_signatures_are_told_once_the_last_is_there(house):
    document = lives.sign(house, house.ana, lives.approved(house))
    found = verification.look_up(house.store, document.verification)
    assert (found.standing, found.signatures, found.signed_on, found.hash) == ("draft", (), None, "")


def test_every_signed_record_kept_is_looked_at_again(house, settings):
    document = lives.superseded(house)
    assert [(each.code, each.wrong) for each in auditing.signed_records(house.store)] == [
        ("IAT-SLV-CONNA-DPI-2021-1/v1", ""),
        ("IAT-SLV-CONNA-DPI-2021-1/v2", ""),
    ]
    sha256 = signing.signed_record(house.store, house.ana, document).sha256
    path = settings.files / sha256[:2] / sha256
    path.write_bytes(path.read_bytes() + b"x")
    first, second = auditing.signed_records(house.store)
    assert (first.wrong, second.wrong) == ("Falta el documento firmado, o su contenido no es el que era", "")


def test_a_seal_that_names_another_chain_is_found(house):
    document = lives.signed(house)
    [event] = house.store.events.told(document.dossier_id, "sealed")
    sealer, unsealed = seal.load(house.store.settings), house.store.files.read(event.payload["unsealed"])
    other = house.store.files.put(seal.sealed(unsealed, sealer, "x", "f" * 64, event.at), "application/pdf")
    told = event.payload | {"sha256": other.sha256, "state": "signed", "head": "f" * 64}
    house.store.events.append(document.dossier_id, "sealed", house.ana.id, told)
    assert [each.wrong for each in auditing.signed_records(house.store)] == [
        "El sello nombra un suceso que no está en la cadena del expediente"
    ]
