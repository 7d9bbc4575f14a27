"""`make demo` twice: the exchange at five moments, the same files, all of them named, every address at example.org."""

import csv
import hashlib
import io
import re
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

from app import cli
from app.config import Settings
from app.demo import HERE, building, script
from app.demo.acting import OutOfScriptError, Play
from app.rendering.readback import text_of_word
from app.store import audit, open_store
from app.web import create_app
from app.workflow import dossiers
from app.workflow.programmes import EXCHANGE
from forms import FORMS

REAL = Path("IAT-SLV-CONNA-DPI-2021-1", "IAT-SLV-CONNA-DPI-2021-1_v1_es.pdf")
WHOLE = "PE-2027-URY-SLV-01"
MOMENTS = {
    WHOLE: "following",
    "PE-2027-URY-SLV-02": "running",
    "PE-2027-URY-SLV-03": "ready",
    "PE-2027-URY-SLV-04": "referenced",
    "PE-2027-URY-SLV-05": "planning",
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    return Settings(instance=folder / "instance", generated=folder / "generated", demo=True)


@pytest.fixture(scope="module")
def run(settings):
    app = create_app(settings)
    cli.register(app)
    return lambda: app.test_cli_runner().invoke(args=["demo"])


@pytest.fixture(scope="module")
def verify(settings):
    app = create_app(settings)
    cli.register(app)
    return lambda *args: app.test_cli_runner().invoke(args=[str(each) for each in args])


@pytest.fixture(scope="module")
def first(run):
    return run()


def test_demo_names_every_file_it_wrote(first, settings):
    assert first.exit_code == 0, first.output
    named = {Path(line) for line in first.stdout.splitlines()}
    assert named == {path for path in (settings.generated / "demo").rglob("*") if path.is_file()}
    folders = {path.parent.name for path in named}
    reports = {"IAT-SLV-CONNA-DPI-2020-2", "IAT-SLV-CONNA-DPI-2021-1", "IAT-SLV-CONNA-DPI-2021-2", "IAT-URY-EJEMPLO-UPI-2021-1"}
    assert folders == {*reports, "FC-PPI-2019-04", *MOMENTS, "formularios-en-blanco"}


def test_every_form_is_there_blank_and_filled_in_word_and_as_a_record(first, settings):
    folder = settings.generated / "demo"
    assert {path.name for path in (folder / "formularios-en-blanco").iterdir()} == {
        f"{code}_{language}.pdf" for code in FORMS for language in ("es", "pt")
    }
    forms = {code: sorted((folder / WHOLE).glob(f"{WHOLE}-{code}*")) for code in FORMS if code not in ("IAT", "FC")}
    forms |= {"IAT": sorted((folder / "IAT-SLV-CONNA-DPI-2021-1").iterdir()), "FC": sorted((folder / "FC-PPI-2019-04").iterdir())}
    for code, files in forms.items():
        endings = {re.sub(r".*_v1_", "", path.name) for path in files}
        assert endings == {"es.docx", "pt.docx", "es.pdf", "pt.pdf", "es_rellenable.pdf", "es_formulario.pdf"}, code


def test_demo_again_writes_the_same_bytes(first, run, settings):
    def written():
        return {path: path.read_bytes() for path in (settings.generated / "demo").rglob("*") if path.is_file()}

    before = written()
    assert run().stdout == first.stdout
    assert written() == before


def test_the_exchange_is_seen_at_five_moments_of_its_life(first, settings):
    with open_store(settings) as store:
        found = {dossier.code: dossier for dossier in store.dossiers.of_programme(EXCHANGE)}
        assert {code: dossier.state for code, dossier in found.items()} == MOMENTS
        states = {code: _states(store, dossier) for code, dossier in found.items()}
    assert states["PE-2027-URY-SLV-05"]["A1"] == "draft"
    assert states["PE-2027-URY-SLV-04"]["F3R"] == "signed"
    prepared = {"A1", "A2", "A3", "A4", "F3R", *(f"A7-{number:02}" for number in range(1, 6))}
    assert all(states["PE-2027-URY-SLV-03"][name] == "signed" for name in prepared)
    diaries = {f"A6-{number:02}" for number in range(1, 6)}
    assert {states["PE-2027-URY-SLV-02"][name] for name in diaries} == {"draft"}
    ended = {*prepared, *diaries, "A5", "F4C", "PTA", "F5S-03"}
    assert {states[WHOLE][name] for name in ended} == {"signed"}


def _states(store, dossier):
    return {document.code.split("/")[1]: document.state for document in store.documents.of(dossier.id)}


def test_the_worked_totals_come_out_of_the_code(first, settings):
    with open_store(settings) as store:
        said = {
            name: dossiers.filled(store, store.documents.by_code(f"{WHOLE}/{name}/v1")) for name in ("A1", "A4", "A5", "F5S-03")
        }
    assert said["A1"]["agenda_hours"] == "27.75"
    totals = {payer: money["amount"] for payer, money in said["A4"]["cost_totals"].items()}
    assert totals == {"oei_visiting": 745000, "visiting": 139000, "host": 93000, "oei_host": 1500, "total": 978500}
    averages = said["A5"]["rating_averages"]
    told = {item: each["average"] for item, each in (averages["ratings"] | averages["recommend"]).items()}
    assert told == {
        "q_relevance": "4.6", "q_objectives": "4.2", "q_experiences": "4.6", "q_depth": "4.0", "q_time": "3.2", "q_preparation": "4.2",
        "q_host": "5.0", "q_oei": "4.6", "q_logistics": "4.2", "q_closing": "4.6", "q_applicable": "4.0", "q_network": "4.6",
        "knowledge_before": "2.0", "knowledge_after": "4.2", "recommend": "9.2",
    }  # fmt: skip
    assert said["F5S-03"]["weighted_progress"] == "24.2"
    assert {row["light"] for row in said["F5S-03"]["light"]} == {"green"}


@pytest.mark.parametrize(("code", "packet"), [(WHOLE, "P1"), (WHOLE, "P2"), ("PE-2027-URY-SLV-03", "P1")])
def test_packets_are_sealed_and_their_zip_holds_what_its_list_says(first, verify, settings, code, packet):
    folder = settings.generated / "demo" / code
    result = verify("verify", folder / f"{code}_{packet}.pdf")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "No cambió ni un byte desde que se hizo."
    with zipfile.ZipFile(folder / f"{code}_{packet}.zip") as file:
        listed = list(csv.DictReader(io.StringIO(file.read("MANIFEST.csv").decode("utf-8-sig"))))
        for row in listed:
            assert hashlib.sha256(file.read(row["archivo"])).hexdigest() == row["sha256"]
    assert {f"{code}_{packet}.pdf"} < {row["archivo"] for row in listed}


def test_everybody_acts_at_their_moment_and_in_their_own_name(first, settings):
    with open_store(settings) as store:
        dossier = store.dossiers.by_code(WHOLE)
        document = store.documents.by_code(f"{WHOLE}/A2/v1")
        made = store.signatures.of(document.id)
        assert [signature.role for signature in made] == ["participant"] * 5 + ["sending_authority", "visiting_leader"]
        assert len({signature.person_id for signature in made}) == 6, "the leader is one of the five"
        events = store.events.of(dossier.id)
        approvals = [event for event in events if event.kind == "approved" and event.payload["document"] == document.id]
        assert approvals
        assert {store.people.get(event.actor_id).email for event in approvals} == {"ministerio.visitante@example.org"}
        assert all(earlier.at <= later.at for earlier, later in pairwise(events))
        assert (events[0].at.date().isoformat(), events[-1].at.date().isoformat()) == ("2027-02-08", "2027-08-05")


def test_one_enters_as_somebody_of_a_group_with_what_each_does(first, settings):
    found = html.fromstring(create_app(settings).test_client().get("/", headers={"Accept-Language": "es"}).data)
    assert found.xpath("//h3/text()") == ["Intercambios", "Informes de asistencia técnica", "Comisiones del Pacto", "El sistema"]
    cards = found.xpath("//h3[.='Intercambios']/following-sibling::ul[1]/li")
    names = [" ".join(card.xpath(".//h4//text()")) for card in cards]
    assert names[:3] == ["Secretaría técnica", "Punto focal OEI anfitrión", "Jefatura de delegación anfitriona"]
    assert len(names) == len(set(names)) == 12
    assert all(card.xpath(".//p[contains(@class, 'anexa-when')]") for card in cards)


def test_the_script_stops_where_it_says():
    lengths = [len(script.steps(example.upto)) for example in building.EXAMPLES]
    assert lengths == sorted(lengths, reverse=True)
    with pytest.raises(KeyError):
        script.steps("nowhere")


def test_a_script_that_does_not_fit_its_data_says_so(first, settings):
    with open_store(settings) as store:
        play = Play(store, "PE-2027-URY-SLV-05")
        [step] = [each for each in script.steps("planning") if each.what == "A1.a"]
        with pytest.raises(OutOfScriptError):
            play.act(replace(step, number=999, what="A9"))


def test_what_somebody_changed_in_the_demo_stays(first, run, settings):
    with open_store(settings) as store:
        document = store.documents.by_code("IAT-SLV-CONNA-DPI-2021-2/v1")
        store.revisions.append(
            document.id, document.revision, store.people.all()[0].id, "totals", {"achievements": "Cambiado a mano en la demostración."}
        )
    run()
    with open_store(settings) as store:
        assert dossiers.typed(store, store.documents.get(document.id))["achievements"] == "Cambiado a mano en la demostración."
        assert audit(store) == []


def test_nobody_in_the_demo_is_real(first, settings):
    with open_store(settings) as store:
        assert {person.email.rpartition("@")[2] for person in store.people.all()} <= {
            "example.org",
            "conna.example.org",
            "unidad.example.org",
        }


def test_what_is_invented_says_so(first, settings):
    for code in ("IAT-SLV-CONNA-DPI-2020-2", "IAT-SLV-CONNA-DPI-2021-2", "IAT-URY-EJEMPLO-UPI-2021-1"):
        assert "jemplo" in text_of_word((settings.generated / "demo" / code / f"{code}_v1_es.docx").read_bytes())
    assert "jemplo" not in (HERE / "iat_slv_2021_1.json").read_text()


def test_the_started_report_carries_over_from_the_real_one(first, settings):
    with open_store(settings) as store:
        answers = dossiers.filled(store, store.documents.by_code("IAT-SLV-CONNA-DPI-2021-2/v1"))
    assert answers["policy"] == "Crecer Juntos"
    assert len(answers["groups"]) == 2


def test_the_real_report_ends_signed_sealed_and_verified(first, verify, settings):
    result = verify("verify", settings.generated / "demo" / REAL)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1::2] == ["La versión v1 está vigente.", "No cambió ni un byte desde que se hizo."]
    result = verify("verify", "--all")
    assert (result.exit_code, result.stdout) == (0, "Documentos firmados: 42; con algo mal: 0.\n")


def test_a_file_that_was_touched_is_not_taken_for_the_one_that_was_signed(first, verify, settings, tmp_path):
    touched = tmp_path / "touched.pdf"
    touched.write_bytes((settings.generated / "demo" / REAL).read_bytes() + b"\n")
    result = verify("verify", touched)
    assert result.exit_code == 9
    assert result.stdout.splitlines()[-1] == "El archivo cambió después de hacerse: no lo dé por bueno."


def test_verify_wants_a_file_or_all(first, verify, settings):
    for args in (("verify",), ("verify", "--all", settings.database), ("verify", settings.instance / "nothing.pdf")):
        assert verify(*args).exit_code == 2


def test_audit_names_the_first_broken_link_of_a_chain(first, verify, settings):
    with open_store(settings) as store:
        store.db.run("DROP TRIGGER events_stay_as_they_are")
        document = store.documents.by_code("IAT-SLV-CONNA-DPI-2021-1/v1")
        store.db.run("UPDATE events SET actor_id = 'x' WHERE dossier_id = :id AND number >= 5", id=document.dossier_id)
    result = verify("audit")
    assert result.exit_code == 9
    assert "La cadena de sucesos del expediente está alterada: IAT-SLV-CONNA-DPI-2021-1, n.º 5" in result.stderr
    assert "n.º 6" not in result.stderr
