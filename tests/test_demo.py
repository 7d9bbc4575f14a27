"""`make demo` twice: the same files, all of them named, every address at example.org."""

from pathlib import Path

import pytest

from app import cli
from app.config import Settings
from app.demo import HERE, PEOPLE
from app.rendering.readback import text_of_word
from app.store import audit, open_store
from app.web import create_app
from app.workflow import dossiers


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
    assert named == set((settings.generated / "demo").iterdir())
    reports = {"IAT-SLV-CONNA-DPI-2020-2", "IAT-SLV-CONNA-DPI-2021-1", "IAT-SLV-CONNA-DPI-2021-2", "IAT-URY-EJEMPLO-UPI-2021-1"}
    assert {path.name for path in named} == {
        f"{code}_v1_{language}.{ending}" for code in reports for language in ("es", "pt") for ending in ("docx", "pdf")
    }


def test_demo_again_writes_the_same_bytes(first, run, settings):
    before = {path: path.read_bytes() for path in (settings.generated / "demo").iterdir()}
    assert run().stdout == first.stdout
    assert {path: path.read_bytes() for path in (settings.generated / "demo").iterdir()} == before


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
        assert len(store.people.all()) == len(PEOPLE)


def test_what_is_invented_says_so(first, settings):
    for name in ("IAT-SLV-CONNA-DPI-2020-2_v1_es.docx", "IAT-SLV-CONNA-DPI-2021-2_v1_es.docx", "IAT-URY-EJEMPLO-UPI-2021-1_v1_es.docx"):
        assert "jemplo" in text_of_word((settings.generated / "demo" / name).read_bytes())
    assert "jemplo" not in (HERE / "iat_slv_2021_1.json").read_text()


def test_the_started_report_carries_over_from_the_real_one(first, settings):
    with open_store(settings) as store:
        answers = dossiers.filled(store, store.documents.by_code("IAT-SLV-CONNA-DPI-2021-2/v1"))
    assert answers["policy"] == "Crecer Juntos"
    assert len(answers["groups"]) == 2


def test_the_real_report_ends_signed_sealed_and_verified(first, verify, settings):
    result = verify("verify", settings.generated / "demo" / "IAT-SLV-CONNA-DPI-2021-1_v1_es.pdf")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1::2] == ["La versión v1 está vigente.", "No cambió ni un byte desde que se hizo."]
    result = verify("verify", "--all")
    assert (result.exit_code, result.stdout) == (0, "Documentos firmados: 1; con algo mal: 0.\n")


def test_a_file_that_was_touched_is_not_taken_for_the_one_that_was_signed(first, verify, settings, tmp_path):
    touched = tmp_path / "touched.pdf"
    touched.write_bytes((settings.generated / "demo" / "IAT-SLV-CONNA-DPI-2021-1_v1_es.pdf").read_bytes() + b"\n")
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
