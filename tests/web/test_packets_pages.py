"""Packets on pages: what lacks, preparing one and several, how far it is, taking it away."""

import io
import zipfile

import pytest

from app.demo import HERE
from app.store import open_store
from app.workflow import intake, jobs, life, packet_plans, reports, signing
from app.workflow.packet_plans import Item, Plan
from app.workflow.programmes import ASSISTANCE
from tests.web.site import Visitor, completed, page

PLAN = Plan("Paquete de prueba", "internal", {"completo": (Item("IAT"),)})


@pytest.fixture(autouse=True)
def plans(monkeypatch):
    monkeypatch.setattr(packet_plans, "PACKETS", {"P1": PLAN})
    monkeypatch.setattr(packet_plans, "PROGRAMMES", frozenset({ASSISTANCE}))


@pytest.fixture
def secretariat(app, world):
    return Visitor(app).enter(world, "Secretaría")


def signed(world, document_id):
    with open_store(world.settings) as store:
        editor, head = (store.people.get(world.people[name]) for name in ("Edición", "Jefatura"))
        document = life.submit(store, editor, store.documents.get(document_id))
        document = life.approve(store, head, document, document.revision)
        for person in (editor, head):
            code = signing.issue(store, person, document)
            document = signing.sign(store, person, document, "typed", code, signing.hash_of(store, document))


def second(world):
    """Another report of the unit, signed."""
    with open_store(world.settings) as store:
        editor = store.people.get(world.people["Edición"])
        dossier = reports.open_report(store, editor, world.units["SLV-CONNA-DPI"], 2020, "2", "Política de ejemplo")
        [document] = store.documents.of(dossier.id)
        answers = intake.read((HERE / "iat_slv_2021_1.json").read_bytes(), "iat")
        intake.fill(store, editor, document, {**answers, "year": 2020, "semester": "2"})
    signed(world, document.id)
    return dossier.id


def text(answer):
    return " ".join(page(answer).text_content().split())


def start(visitor, address, *dossiers):
    data = [("packet", "P1"), ("variant", "completo"), ("key", "llave"), *(("dossier", each) for each in dossiers)]
    return visitor.post(address, data)


def test_the_page_says_what_lacks_and_leads_to_the_document(secretariat, world):
    seen = page(secretariat.get(f"/expedientes/{world.dossier}/paquetes"))
    [link] = seen.xpath("//main//a[contains(@href, '/documentos/')]")
    assert "todavía no está firmado: su estado es «Borrador»" in link.text_content()
    assert world.document in link.get("href")
    assert not seen.xpath("//button[contains(., 'Preparar paquete')]")


def test_asking_for_one_that_lacks_something_says_what(secretariat, world):
    answer = start(secretariat, f"/expedientes/{world.dossier}/paquetes")
    assert answer.status_code == 409
    assert "todavía no está firmado" in text(answer)


def test_a_packet_is_prepared_watched_and_taken_away(secretariat, world):
    completed(world)
    signed(world, world.document)
    assert page(secretariat.get(f"/expedientes/{world.dossier}/paquetes")).xpath("//button[contains(., 'Preparar paquete')]")
    there = start(secretariat, f"/expedientes/{world.dossier}/paquetes").location
    assert "Preparando 0 de" in text(secretariat.get(there))
    assert page(secretariat.get(there)).xpath("//noscript/meta[@http-equiv='refresh']")
    jobs.work_at(world.settings, there.rpartition("/")[2])
    done = page(secretariat.get(there, headers={"HX-Request": "true"}))
    assert "Está listo." in done.text_content()
    pdf, archive = (secretariat.get(each) for each in done.xpath("//a[contains(@class, 'govuk-button')]/@href"))
    assert pdf.data.startswith(b"%PDF-")
    assert "P1.pdf" in pdf.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(archive.data)) as held:
        assert "MANIFEST.csv" in held.namelist()
    [again] = page(secretariat.get(f"/expedientes/{world.dossier}/paquetes")).xpath("//a[contains(., 'Descargar el último')]/@href")
    assert secretariat.get(again).data == pdf.data


def test_several_are_chosen_and_come_as_one_zip(secretariat, world):
    completed(world)
    signed(world, world.document)
    other = second(world)
    seen = page(secretariat.get("/paquetes"))
    assert set(seen.xpath("//input[@name='dossier']/@value")) == {world.dossier, other}
    assert "todavía no está firmado" in seen.text_content(), "the report of the other unit waits"
    there = start(secretariat, "/paquetes", world.dossier, other).location
    jobs.work_at(world.settings, there.rpartition("/")[2])
    links = page(secretariat.get(there)).xpath("//main//a[contains(@class, 'govuk-button')]/@href")
    assert [link.rpartition("/")[2] for link in links] == ["zip"]
    with zipfile.ZipFile(io.BytesIO(secretariat.get(links[0]).data)) as held:
        assert len([name for name in held.namelist() if name.endswith("_P1.pdf")]) == 2


def test_choosing_none_shows_the_list_again(secretariat):
    assert start(secretariat, "/paquetes").location.endswith("/paquetes")


def test_a_run_can_be_stopped(secretariat, world):
    completed(world)
    signed(world, world.document)
    there = start(secretariat, f"/expedientes/{world.dossier}/paquetes").location
    assert secretariat.post(f"{there}/cancelar").location == there
    assert "Se detuvo." in text(secretariat.get(there))
    assert secretariat.get(f"{there}/pdf").status_code == 404


def test_packets_and_runs_are_for_who_may_take_them(secretariat, editor, world):
    assert editor.get(f"/expedientes/{world.dossier}/paquetes").status_code == 403
    assert editor.get("/paquetes").status_code == 200
    assert "Aquí aparecerán" in text(editor.get("/paquetes"))
    completed(world)
    signed(world, world.document)
    there = start(secretariat, f"/expedientes/{world.dossier}/paquetes").location
    assert editor.get(there).status_code == 404
    assert editor.post(f"{there}/cancelar").status_code == 404


def test_the_sealed_packet_is_known_on_the_verification_page(secretariat, stranger, world):
    completed(world)
    signed(world, world.document)
    there = start(secretariat, f"/expedientes/{world.dossier}/paquetes").location
    jobs.work_at(world.settings, there.rpartition("/")[2])
    pdf = secretariat.get(f"{there}/pdf").data
    answer = stranger.post("/verificar", {"file": [(io.BytesIO(pdf), "paquete.pdf")]}, content_type="multipart/form-data")
    assert "Es el paquete P1" in text(answer)
    with open_store(world.settings) as store:
        [row] = store.packets.of(world.dossier)
    found = text(stranger.get(f"/v/{row.verification}"))
    assert "Paquete de prueba" in found
    assert "Los documentos que reúne están vigentes." in found
