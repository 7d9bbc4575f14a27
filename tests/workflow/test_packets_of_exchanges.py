"""The packets of the worked exchange, with the forms as they are: in every variant, for every reader."""

import hashlib
import io
from datetime import UTC, datetime

import pikepdf
import pytest

from app import clock
from app.config import Settings
from app.errors import Forbidden, Invalid, NotFound
from app.rendering import seal
from app.rendering.readback import text_of_pdf
from app.rendering.verify import verified
from app.store import init, open_store
from app.workflow import jobs, packets, reserved_sheets
from tests.verapdf import broken_rules
from tests.workflow.walking import Walk

VARIANTS = ("completo", "compartido", "publico")
VISIT = datetime(2027, 4, 13, 12, tzinfo=UTC)
REASON = "Un vuelo se demoró: hay que avisar al hotel."


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    """Everything before the visit is signed."""
    folder = tmp_path_factory.mktemp("exchange")
    settings = Settings(instance=folder / "instance", generated=folder / "generated", demo=True)
    init(settings)
    with open_store(settings) as store:
        walk = Walk(store)
        walk.prepare()
        yield walk


@pytest.fixture(scope="module")
def made(walk):
    """Variant → the packet before the visit."""
    found = {}
    for variant in VARIANTS:
        run = packets.start(walk.store, walk.secretariat, [walk.dossier.id], "P1", variant)
        jobs.work_at(walk.store.settings, run.id)
        assert jobs.progress(walk.store, walk.secretariat, run.id).failed == ()
        found[variant] = packets.result(walk.store, walk.secretariat, run.id).data
    return found


def text(pdf):
    return " ".join(text_of_pdf(pdf).split())


@pytest.mark.verapdf
@pytest.mark.parametrize("flavour", ["PDFUA_1", "PDFA_3_A"])
@pytest.mark.parametrize("variant", VARIANTS)
def test_verapdf_accepts_every_variant_sealed(made, variant, flavour):
    assert broken_rules(made[variant], flavour) == []


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_variant_is_sealed_and_built_again_the_same(walk, made, variant):
    verdict = verified(made[variant], seal.known(walk.store.settings))
    row = walk.store.packets.by_content(verdict.sha256)
    assert verdict.whole
    assert hashlib.sha256(packets.build(walk.store, row).data).hexdigest() == row.unsealed == verdict.before


def test_the_whole_one_holds_the_annexes_in_order_with_their_letters(made):
    with pikepdf.open(io.BytesIO(made["completo"])) as file, file.open_outline() as outline:
        titles = [item.title for item in outline.root][2:-1]
        attached = list(file.attachments)
    starts = ["Anexo I ", "Acta", "Anexo II ", "Anexo III ", "Anexo IV ", *["Anexo VII "] * 5, "Carta oficial", "Nota oficial"]
    assert [title.startswith(start) for title, start in zip(titles, starts, strict=True)] == [True] * len(starts)
    people = [title.rpartition(" · ")[2] for title in titles if title.startswith("Anexo VII ")]
    assert len(people) == len(set(people)) == 5
    assert len(attached) == len(titles) + 1


def test_the_shared_one_tells_permissions_instead_of_what_each_person_signed(made):
    with pikepdf.open(io.BytesIO(made["compartido"])) as file, file.open_outline() as outline:
        titles = [item.title for item in outline.root]
        assert not [name for name in file.attachments if name.endswith("_es.pdf")]
    assert "Permisos que dio cada persona" in titles
    assert not [title for title in titles if title.startswith("Anexo VII ")]
    assert "extracto de" in text(made["compartido"])


@pytest.mark.parametrize("variant", VARIANTS)
def test_nothing_restricted_and_no_health_value_is_in_any_of_them(made, variant):
    for secret in ("EJEMPLO01", "POL-2027-01", "+99900000041", "Maní", "4 de marzo de 1979"):
        assert secret not in text(made[variant])
        assert secret.encode() not in made[variant]


def test_the_public_one_has_no_contacts_and_names_nobody(walk, made):
    said = text(made["publico"])
    emails = [person.email for person in walk.people(walk.documents("A1")[0])]
    assert not [email for email in emails if email in said]
    assert "+999" not in said
    assert "Pública" in said


def test_results_are_refused_before_the_visit_with_what_lacks(walk):
    lacks = packets.check(walk.store, walk.secretariat, walk.dossier, "P2", "completo")
    said = " ".join(lack.message.format(**lack.places) for lack in lacks)
    assert "Balance de cierre" in said
    assert "Anexo VI " not in said, "diaries are named on the index, they do not hold the packet back"


def test_reserved_sheets_are_a_page_for_each_traveller_with_who_reads_them_across(walk):
    focal = walk.one("focal_host")
    before = len(walk.store.files.all())
    with clock.stopped(VISIT):
        sheets = reserved_sheets.sheets(walk.store, focal, walk.dossier, REASON)
    said = text(sheets.data)
    assert sheets.filename == "PE-2027-URY-SLV-01_P4.pdf"
    assert f"Abierta por {focal.name}, 13 de abril de 2027" in said
    assert all(f"EJEMPLO{number:02}" in said for number in range(1, 6))
    assert len(walk.store.files.all()) == before, "they are kept nowhere"
    with pikepdf.open(io.BytesIO(sheets.data)) as file:
        assert len(file.pages) == 5
        assert list(file.attachments) == []
    told = [event for event in walk.store.events.told(walk.dossier.id, "health_viewed") if event.actor_id == focal.id]
    assert {event.payload["subject"] for event in told} == {f"TRV0000{number}" for number in range(1, 6)}


@pytest.mark.verapdf
@pytest.mark.parametrize("flavour", ["PDFUA_1", "PDFA_3_A"])
def test_verapdf_accepts_reserved_sheets(walk, flavour):
    with clock.stopped(VISIT):
        assert broken_rules(reserved_sheets.sheets(walk.store, walk.one("focal_host"), walk.dossier, REASON).data, flavour) == []


def test_reserved_sheets_are_for_the_hosts_focal_point_with_a_reason_while_the_visit_lasts(walk):
    focal = walk.one("focal_host")
    with clock.stopped(VISIT):
        for role in ("host_leader", "visiting_leader", "focal_visiting"):
            with pytest.raises((Forbidden, NotFound)):
                reserved_sheets.sheets(walk.store, walk.one(role), walk.dossier, REASON)
        with pytest.raises(Forbidden):
            reserved_sheets.sheets(walk.store, walk.secretariat, walk.dossier, REASON)
        with pytest.raises(Invalid):
            reserved_sheets.sheets(walk.store, focal, walk.dossier, "sí")
    for day in (1, 20):
        with clock.stopped(VISIT.replace(day=day)), pytest.raises(Forbidden):
            reserved_sheets.sheets(walk.store, focal, walk.dossier, REASON)
