"""import-pdf and inspect-pdf, as somebody types them."""

import tomllib

import pytest

from app.demo import HERE
from app.store import open_store
from app.workflow import intake, offline, reports
from tests.workflow import filled

SUMMARY = "Lo que se hizo, escrito en el avión."
EMAIL = "edicion@example.org"


@pytest.fixture
def report(settings):
    """The document of a complete report and its form to fill offline."""
    with open_store(settings) as store:
        unit = store.units.add("SLV-CONNA-DPI", "Unidad de ejemplo", "Institución de ejemplo", "SLV")
        person = store.people.add("Edición", "De Prueba", email=EMAIL)
        store.people.add("Nadie", "De Prueba", email="nadie@example.org")
        store.grants.give(person.id, "unit_editor", "unit", unit.id)
        opened = reports.open_report(store, person, unit.id, 2021, "1", "Política de ejemplo")
        document = store.documents.of(opened.id)[0]
        intake.fill(store, person, document, intake.read((HERE / "iat_slv_2021_1.json").read_bytes(), "iat"))
        document = store.documents.get(document.id)
        return document, offline.made(store, person, document, "es").data


@pytest.fixture
def pdf(tmp_path, report):
    """Writes the form, filled by another program."""

    def write(fields):
        path = tmp_path / "informe.pdf"
        path.write_bytes(filled.fill(report[1], fields))
        return path

    return write


def answer(settings, report, path):
    with open_store(settings) as store:
        return store.revisions.leaves(report[0].id)[path]


def test_the_differences_are_printed_and_nothing_is_saved(run, settings, report, pdf):
    said = run("import-pdf", pdf({"summary": SUMMARY, "next_steps": "Otros pasos."}), "--as", EMAIL)
    assert said.exit_code == 0, said.output
    lines = said.output.splitlines()
    assert [line.split()[0] for line in lines] == ["Respuesta", "summary", "next_steps"]
    assert SUMMARY in lines[1]
    assert answer(settings, report, "summary") != SUMMARY


def test_what_is_accepted_is_saved(run, settings, report, pdf):
    said = run("import-pdf", pdf({"summary": SUMMARY, "next_steps": "Otros pasos."}), "--accept", "summary", "--as", EMAIL)
    assert said.exit_code == 0, said.output
    assert "Guardadas: 1." in said.output
    assert (answer(settings, report, "summary"), answer(settings, report, "next_steps") == "Otros pasos.") == (SUMMARY, False)


def test_everything_is_accepted_from_the_input_for_a_named_document(run, settings, report, pdf):
    data = pdf({"summary": SUMMARY, "next_steps": "Otros pasos."}).read_bytes()
    said = run("import-pdf", "-", "--document", report[0].code, "--accept", "all", "--as", EMAIL, input=data)
    assert said.exit_code == 0, said.output
    assert (answer(settings, report, "summary"), answer(settings, report, "next_steps")) == (SUMMARY, "Otros pasos.")


def test_a_form_that_says_the_same_is_told_so(run, pdf):
    assert "El PDF dice lo mismo que el documento." in run("import-pdf", pdf({}), "--as", EMAIL).output


def test_what_cannot_be_taken_is_told_beside(run, pdf):
    said = run("import-pdf", pdf({"year": "dos mil"}), "--as", EMAIL)
    assert "Año: " in said.stderr


@pytest.mark.parametrize(("more", "code", "sentence"), [
    (["--accept", "policy", "--as", EMAIL], 2, "El PDF no cambia «policy»"),
    (["--as", "otra@example.org"], 2, "No hay nadie con el correo"),
    (["--as", "nadie@example.org"], 4, "No encontramos"),
    (["--document", "IAT-NADA", "--as", EMAIL], 4, "No hay ningún documento"),
    ([], 2, "Falta --as"),
])
def test_what_cannot_be_done_is_one_line_and_an_exit_code(run, pdf, more, code, sentence):
    said = run("import-pdf", pdf({"summary": SUMMARY}), *more)
    assert said.exit_code == code
    assert sentence in said.stderr
    assert len(said.stderr.splitlines()) == 1


def test_a_file_that_is_no_form_is_one_line(run, report, tmp_path):
    path = tmp_path / "informe.pdf"
    for data, sentence in ((b"", "está vacío"), (b"PK\x03\x04" + bytes(100), "no es un PDF"), (b"%PDF-1.7", "dañado")):
        path.write_bytes(data)
        said = run("import-pdf", path, "--as", EMAIL)
        assert (said.exit_code, len(said.stderr.splitlines())) == (2, 1)
        assert sentence in said.stderr
    assert run("import-pdf", tmp_path / "no-hay.pdf", "--as", EMAIL).exit_code == 2


def test_the_fields_of_anothers_form_are_written_as_a_map_to_start_from(run, tmp_path):
    path = tmp_path / "otro.pdf"
    path.write_bytes(filled.pdf({"Nombre completo": "", "Datos.Pais": ""}))
    said = run("inspect-pdf", path)
    assert said.exit_code == 0, said.output
    assert "Nombre completo" in said.output
    assert "Datos.Pais" in str(tomllib.loads(said.output))
