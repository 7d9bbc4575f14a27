"""Packets of signed documents: refused with what lacks, made whatever happens to the worker, known again as files."""

import csv
import hashlib
import io
import zipfile
from datetime import timedelta

import pikepdf
import pytest

from app import clock, i18n
from app.errors import Forbidden, NotFound, NotReady
from app.rendering import seal
from app.rendering.preview import page_count
from app.rendering.readback import text_of_pdf
from app.rendering.verify import verified
from app.workflow import intake, jobs, life, packet_plans, packets, proving, renditions, verification
from app.workflow.packet_plans import Item, Plan
from app.workflow.programmes import ASSISTANCE
from tests.workflow import lives

CODE = "IAT-SLV-CONNA-DPI-2021-1"
PLAN = Plan(
    "Paquete de prueba",
    "internal",
    {"completo": (Item("IAT"), Item("A7")), "publico": (Item("IAT", "extract", sections=("head",)),)},
)


@pytest.fixture(autouse=True)
def plans(monkeypatch):
    """Units' reports in a packet, where the forms of exchanges would be; one form of it is not registered."""
    monkeypatch.setattr(packet_plans, "PACKETS", {"P1": PLAN})
    monkeypatch.setattr(packet_plans, "PROGRAMMES", frozenset({ASSISTANCE}))
    monkeypatch.delitem(packet_plans.FORMS, "A7", raising=False)


@pytest.fixture
def signed(house):
    return lives.signed(house)


def dossier(house, document):
    return house.store.dossiers.get(document.dossier_id)


def start(house, *documents, variant="completo", key=""):
    return packets.start(house.store, house.secretariat, [each.dossier_id for each in documents], "P1", variant, key=key)


def done(house, settings, *documents, **more):
    run = start(house, *documents, **more)
    jobs.work_at(settings, run.id)
    assert jobs.progress(house.store, house.secretariat, run.id).state == "done"
    return run


def unzipped(house, run):
    with zipfile.ZipFile(io.BytesIO(jobs.result(house.store, house.secretariat, run.id).data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def another_signed(house, year=2020):
    document = house.report(year, "2")
    intake.fill(house.store, house.ana, document, {**house.real_answers(), "year": year, "semester": "2"})
    return lives.signed(house, life.submit(house.store, house.ana, house.now(document)))


def test_a_packet_is_refused_with_what_lacks_who_must_act_and_the_document(house):
    document = lives.submitted(house)
    [lack] = packets.check(house.store, house.secretariat, dossier(house, document), "P1", "completo")
    said = lack.message.format(**lack.places)
    assert (lack.document, lack.places["state"], lack.places["who"]) == (document.id, "Enviado", "Jefatura de la unidad")
    assert "Informe semestral" in said
    with pytest.raises(NotReady) as refused:
        start(house, document)
    assert refused.value.problems == (lack,)
    assert house.store.packets.of(document.dossier_id) == ()


def test_a_form_of_which_there_is_no_document_lacks(house, monkeypatch):
    monkeypatch.setitem(packet_plans.FORMS, "TWO", lives.TWO)
    monkeypatch.setattr(packet_plans, "PACKETS", {"P1": Plan("Prueba", "internal", {"completo": (Item("TWO"),)})})
    [lack] = packets.check(house.store, house.secretariat, dossier(house, house.report()), "P1", "completo")
    assert "todavía no existe" in lack.message
    assert lack.document == ""


def test_the_packet_binds_the_signed_record_and_carries_it(house, settings, signed):
    run = done(house, settings, signed)
    made = packets.result(house.store, house.secretariat, run.id)
    assert (made.filename, made.media_type) == (f"{CODE}_P1.pdf", "application/pdf")
    verdict = verified(made.data, seal.known(settings))
    [row] = house.store.packets.of(signed.dossier_id)
    assert verdict.whole
    assert (row.sealed, row.unsealed, row.person_id) == (verdict.sha256, verdict.before, house.secretariat.id)
    kept = renditions.record_of(house.store, signed, "signed")
    assert row.records == (kept.sha256,)
    with pikepdf.open(io.BytesIO(made.data)) as file:
        [record] = [each for name, each in file.attachments.items() if name.endswith(".pdf")]
        assert hashlib.sha256(record.get_file().read_bytes()).hexdigest() == kept.sha256
        assert len(file.pages) == row.pages
    text = " ".join(text_of_pdf(made.data).split())
    assert all(words in text for words in ("Índice y lista de control", "Constancia de firmas", "Edición de ejemplo", "Paquete de prueba"))


def test_beside_the_packet_stands_a_zip_of_every_document_and_their_hashes(house, settings, signed):
    run = done(house, settings, signed)
    files = unzipped(house, run)
    assert jobs.result(house.store, house.secretariat, run.id).filename == f"{CODE}_P1.zip"
    assert {f"{CODE}_P1.pdf", f"{CODE}_v1_es.docx", "MANIFEST.csv"} <= files.keys()
    listed = list(csv.DictReader(io.StringIO(files["MANIFEST.csv"].decode("utf-8-sig"))))
    assert {line["archivo"] for line in listed} == files.keys() - {"MANIFEST.csv"}
    assert all(line["sha256"] == hashlib.sha256(files[line["archivo"]]).hexdigest() for line in listed)
    assert next(int(line["paginas"]) for line in listed if line["archivo"].endswith("_P1.pdf")) == page_count(files[f"{CODE}_P1.pdf"])


def test_several_dossiers_are_one_zip_with_a_folder_for_each(house, settings, signed):
    run = done(house, settings, signed, another_signed(house))
    assert {f"{code}/{code}_P1.pdf" for code in (CODE, "IAT-SLV-CONNA-DPI-2020-2")} <= unzipped(house, run).keys()
    with pytest.raises(NotFound):
        packets.result(house.store, house.secretariat, run.id)


def test_one_unfit_dossier_refuses_all_and_says_which(house, signed):
    open_still = house.report(2022, "1")
    with pytest.raises(NotReady) as refused:
        start(house, signed, open_still)
    assert [lack.document for lack in refused.value.problems] == [open_still.id]


def test_building_again_gives_the_same_bytes_and_asking_again_the_same_file(house, settings, signed):
    first = packets.result(house.store, house.secretariat, done(house, settings, signed).id)
    with clock.stopped(clock.now() + timedelta(days=3)):
        [row] = house.store.packets.of(signed.dossier_id)
        assert hashlib.sha256(packets.build(house.store, row).data).hexdigest() == row.unsealed
        again = packets.result(house.store, house.secretariat, done(house, settings, signed).id)
    assert again.data == first.data
    assert len(house.store.packets.of(signed.dossier_id)) == 1


def test_bytes_that_come_out_otherwise_are_not_sealed(house, settings, signed):
    run = start(house, signed)
    [row] = house.store.packets.of(signed.dossier_id)
    house.store.packets.built(row.id, "0" * 64, 9)
    jobs.work_at(settings, run.id)
    assert jobs.progress(house.store, house.secretariat, run.id).failed == (f"{CODE}_P1.pdf",)
    assert house.store.packets.get(row.id).sealed == ""


def test_documents_that_changed_meanwhile_are_said_and_not_bound(house, settings, signed):
    run = start(house, signed)
    lives.signed(house, life.submit(house.store, house.ana, life.supersede(house.store, house.ana, signed)))
    jobs.work_at(settings, run.id)
    [packet] = [item for item in house.store.jobs.items(run.id) if item.payload["kind"] == "packet"]
    assert (packet.state, "cambiaron" in packet.problem) == ("failed", True)


def test_a_second_version_is_another_packet(house, settings, signed):
    done(house, settings, signed)
    lives.signed(house, life.submit(house.store, house.ana, life.supersede(house.store, house.ana, signed)))
    done(house, settings, signed)
    newer, older = house.store.packets.of(signed.dossier_id)
    assert newer.unsealed != older.unsealed
    assert newer.verification != older.verification


STEPS = {
    "claimed": lambda store, item: None,
    "built": lambda store, item: _built(store, item),
    "file kept": lambda store, item: _kept(store, item),
    "sealed, not said": lambda store, item: packets._made(store, item),
}
"""What a worker had done when it was killed."""


def _built(store, item):
    row = store.packets.get(item.payload["packet"])
    made = packets.build(store, row)
    return store.packets.built(row.id, hashlib.sha256(made.data).hexdigest(), made.pages)


def _kept(store, item):
    row = _built(store, item)
    done = seal.sealed(packets.build(store, row).data, seal.load(store.settings), "Paquete", "ab" * 32, clock.now())
    store.files.put(done, "application/pdf")


@pytest.mark.parametrize("step", STEPS)
def test_a_worker_killed_at_any_step_is_taken_up_and_leaves_one_packet(house, settings, signed, step):
    run = start(house, signed)
    item = house.store.jobs.claim(run.id)
    assert item.payload["kind"] == "packet"
    STEPS[step](house.store, item)
    with clock.stopped(item.lease_until):
        jobs.work_at(settings, run.id)
    assert jobs.progress(house.store, house.secretariat, run.id).state == "done"
    [row] = house.store.packets.of(signed.dossier_id)
    assert verified(packets.result(house.store, house.secretariat, run.id).data, seal.known(settings)).sha256 == row.sealed
    assert len(house.store.events.told(signed.dossier_id, "packet_bound")) == 1


def test_a_cancelled_run_makes_nothing_and_can_be_asked_again(house, settings, signed):
    run = start(house, signed)
    assert jobs.cancel(house.store, house.secretariat, run.id).state == "cancelled"
    jobs.work_at(settings, run.id)
    assert [each.sealed for each in house.store.packets.of(signed.dossier_id)] == [""]
    done(house, settings, signed)


def test_the_same_button_pressed_twice_is_one_run(house, signed):
    assert start(house, signed, key="k").id == start(house, signed, key="k").id


def test_a_variant_binds_extracts_only_and_names_nobody(house, settings, signed):
    run = done(house, settings, signed, variant="publico")
    made = packets.result(house.store, house.secretariat, run.id)
    text = " ".join(text_of_pdf(made.data).split())
    assert f"extracto de {CODE}/v1" in text
    assert "Edición de ejemplo" not in text
    assert "Asistencias" not in text
    with pikepdf.open(io.BytesIO(made.data)) as file:
        assert list(file.attachments) == ["MANIFEST.csv"]
    assert unzipped(house, run).keys() == {f"{CODE}_P1_publico.pdf", "MANIFEST.csv"}


def test_the_code_on_its_pages_and_the_file_itself_say_which_packet_it_is(house, settings, signed):
    made = packets.result(house.store, house.secretariat, done(house, settings, signed).id)
    [row] = house.store.packets.of(signed.dossier_id)
    assert verification.grouped(row.verification) in text_of_pdf(made.data)
    fmt = i18n.formatter("es")
    told = proving.of_hash(house.store, made.sha256, fmt)
    assert told.kind == "packet"
    assert "Es el paquete P1" in told.sentences[0]
    assert CODE in told.sentences[0]
    assert told.sentences[-1] == proving.SAME
    found = verification.look_up(house.store, row.verification)
    assert (found.code, found.standing) == (f"{CODE}/P1", "current")
    changed = proving.of_file(house.store, io.BytesIO(made.data + b" "), fmt)
    assert changed.kind == "altered"


def test_the_code_of_a_packet_says_that_a_document_of_it_was_replaced(house, settings, signed):
    done(house, settings, signed)
    [row] = house.store.packets.of(signed.dossier_id)
    lives.signed(house, life.submit(house.store, house.ana, life.supersede(house.store, house.ana, signed)))
    assert verification.look_up(house.store, row.verification).standing == "superseded"


def test_only_who_may_take_packets_starts_one(house, signed):
    for person in (house.ana, house.head):
        with pytest.raises(Forbidden):
            packets.start(house.store, person, [signed.dossier_id], "P1", "completo")
    for person in (house.stranger, house.nobody):
        with pytest.raises(NotFound):
            packets.start(house.store, person, [signed.dossier_id], "P1", "completo")


def test_a_packet_or_variant_nobody_defined_is_not_found(house, signed):
    for packet, variant in (("P9", "completo"), ("P1", "compartido")):
        with pytest.raises(NotFound):
            packets.start(house.store, house.secretariat, [signed.dossier_id], packet, variant)
