"""The other pages: entering, reports, the dossier, all answers, files, history, checking a code."""

import io
import zipfile

import pytest

from app.store import open_store
from app.workflow import jobs, verification
from tests.contracts.tree import ROOT
from tests.web.site import Visitor, page, text


@pytest.fixture
def document(world):
    return f"/documentos/{world.document}"


def code_of(world) -> str:
    with open_store(world.settings) as store:
        return verification.grouped(store.documents.get(world.document).verification)


def test_the_front_door_offers_only_people_with_something_to_do(stranger, world):
    seen = stranger.get("/").get_data(as_text=True)
    assert world.people["Edición"] in seen
    assert world.people["Nadie"] not in seen
    assert stranger.post("/entrar-como", {"person": world.people["Nadie"]}).status_code == 404
    assert stranger.post("/entrar-como", {"person": "x" * 26}).status_code == 404


def test_who_is_in_goes_straight_to_their_reports_and_can_leave(editor):
    assert editor.get("/").headers["Location"] == "/inicio"
    editor.post("/salir")
    assert editor.get("/inicio").status_code == 302


def test_reports_show_state_progress_and_the_last_change(editor, world):
    seen = text(editor.get("/inicio"))
    assert "IAT-SLV-CONNA-DPI-2021-1" in seen
    assert "Borrador" in seen
    assert "de 3 secciones" in seen
    assert "IAT-URY" not in seen


def test_no_reports_yet_says_what_to_do(app, world):
    with open_store(world.settings) as store:
        unit = store.units.add("SLV-NUEVA", "Unidad nueva", "Institución de ejemplo", "SLV")
        store.grants.give(world.people["Nadie"], "unit_editor", "unit", unit.id)
    seen = Visitor(app).enter(world, "Nadie").get("/inicio")
    assert "Para empezar, elija «Empezar un informe»." in text(seen)


def test_a_report_is_started_for_a_unit_a_year_and_a_semester(editor, world):
    answer = editor.post("/informes/nuevo", {"unit": world.units["SLV-CONNA-DPI"], "year": "2022", "semester": "2", "key": "k"})
    seen = text(editor.get(answer.headers["Location"]))
    assert "IAT-SLV-CONNA-DPI-2022-2" in seen
    assert "El informe está abierto" in seen


def test_a_report_that_exists_is_said_with_a_way_to_it(editor, world):
    answer = editor.post("/informes/nuevo", {"unit": world.units["SLV-CONNA-DPI"], "year": "2021", "semester": "1"})
    assert answer.status_code == 409
    assert "Ya existe un informe de ese semestre." in text(answer)
    assert page(answer).xpath("//main//a/@href") == ["/inicio", f"/expedientes/{world.dossier}"][1:]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"unit": ""}, "Elija la unidad."), ({"semester": ""}, "Elija el semestre."), ({"semester": "9"}, "semestre"),
        ({"year": "veintiuno"}, "cuatro cifras"), ({"year": "1999"}, "2000"), ({"year": "9999"}, "2000"),
        ({"policy": "漢字"}, "no se puede imprimir"), ({"policy": "x" * 161}, "admite 160 caracteres"),
    ],
)
def test_what_is_wrong_with_a_new_report_is_said_and_kept(changes, told, editor, world):
    sent = {"unit": world.units["SLV-CONNA-DPI"], "year": "2023", "semester": "1", "policy": "Mi política"} | changes
    answer = editor.post("/informes/nuevo", sent)
    assert answer.status_code == 422
    assert told in text(answer)
    assert page(answer).xpath("//input[@id='policy']/@value") == [sent["policy"]]


def test_nobody_starts_a_report_of_another_unit(editor, world):
    answer = editor.post("/informes/nuevo", {"unit": world.units["URY-MIDES-UCC"], "year": "2022", "semester": "1"})
    assert answer.status_code == 404


def test_the_dossier_lists_its_sections_with_how_far_they_are(editor, world):
    seen = page(editor.get(f"/expedientes/{world.dossier}"))
    links = seen.xpath("//ul[contains(@class, 'govuk-task-list')]//a/@href")
    assert links == [f"/documentos/{world.document}/{section}" for section in ("head", "entries", "totals")]
    assert len(seen.xpath("//*[contains(@class, 'govuk-task-list__status')]")) == 3


def test_what_is_missing_leads_to_its_field(editor, world, document):
    seen = page(editor.get(f"{document}/revisar"))
    links = seen.xpath("//*[contains(@class, 'govuk-error-summary')]//a/@href")
    assert links
    for link in links:
        answer = editor.get(link)
        there, _, anchor = answer.headers["Location"].partition("#")
        assert page(editor.get(there)).xpath(f"//*[@id='{anchor}']"), link


def test_an_answer_that_does_not_exist_leads_nowhere(editor, document):
    for path in ("nada", "entries-XXXXXXXX-nada", "a b", "-"):
        assert editor.get(f"{document}/ir/{path}").status_code in (400, 404)


def test_all_answers_read_with_a_way_to_change_each(editor, document):
    editor.form(f"{document}/head").fill(summary="Lo que se hizo en el semestre.").press("stay")
    seen = page(editor.get(f"{document}/revisar"))
    assert "Lo que se hizo en el semestre." in seen.text_content()
    assert f"{document}/ir/summary" in seen.xpath("//dl//a/@href")
    assert f"{document}/ir/report_code" not in seen.xpath("//dl//a/@href")


@pytest.mark.parametrize(("ending", "kind", "starts"), [("docx", "wordprocessingml", b"PK"), ("pdf", "application/pdf", b"%PDF-")])
@pytest.mark.parametrize("language", ["es", "pt"])
def test_the_document_is_handed_out_as_a_download(ending, kind, starts, language, editor, document):
    answer = editor.get(f"{document}/descargar/{ending}/{language}")
    assert answer.status_code == 200
    assert kind in answer.content_type
    assert answer.data.startswith(starts)
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=IAT-SLV-CONNA-DPI-2021-1")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["exe/es", "docx/fr", "record/es", "pdf/../../x"])
def test_another_ending_or_language_does_not_exist(path, editor, document):
    assert editor.get(f"{document}/descargar/{path}").status_code == 404


def test_pages_are_pictures(editor, document):
    addresses = page(editor.get(f"{document}/vista")).xpath("//main//img/@src")
    assert addresses
    for address in (addresses[0], f"{document}/vista/totals.png"):
        answer = editor.get(address)
        assert answer.mimetype == "image/png"
        assert answer.data.startswith(b"\x89PNG")
    assert editor.get(f"{document}/vista/999.png").status_code == 404
    assert editor.get(f"{document}/vista/nada.png").status_code == 404


def test_history_tells_who_changed_what_without_the_values(editor, document):
    editor.form(f"{document}/head").fill(summary="Un secreto a voces.").press("stay")
    seen = text(editor.get(f"{document}/historia"))
    assert "Edición De Prueba cambió una respuesta en «Encabezado»." in seen
    assert "secreto" not in seen


def test_anybody_may_ask_about_a_code(stranger, world):
    code = code_of(world)
    for spelled in (code, code.lower(), code.replace("-", "")):
        seen = text(stranger.get(f"/v/{spelled}"))
        assert "IAT-SLV-CONNA-DPI-2021-1" in seen
        assert "todavía no está firmada" in seen
    assert stranger.get("/v", query_string={"codigo": code}).headers["Location"] == f"/v/{code}"


@pytest.mark.parametrize("code", ["AAAA-AAAA-AAAA-AAAA", "corto", "<script>alert(1)</script>", "%00", "é" * 50])
def test_a_code_that_is_none_says_so(code, stranger):
    answer = stranger.get(f"/v/{code}")
    assert answer.status_code == 404
    assert page(answer).xpath("//main//script") == []


def test_everything_is_downloaded_as_one_file(editor, world):
    state = editor.post(f"/expedientes/{world.dossier}/zip", {"key": "k"}).headers["Location"]
    assert "Preparando" in text(editor.get(state))
    assert editor.get(f"{state}/archivo").status_code == 404


def finished(world, editor) -> bytes:
    """The ZIP once the worker has done its part."""
    state = editor.post(f"/expedientes/{world.dossier}/zip", {"key": "otra"}).headers["Location"]
    jobs.work_at(world.settings, state.rpartition("/")[2])
    assert page(editor.get(state, headers={"HX-Request": "true"})).xpath("//a[contains(@href, '/archivo')]")
    return editor.get(f"{state}/archivo").data


def test_the_finished_file_holds_word_and_record_in_both_languages(editor, world):
    with zipfile.ZipFile(io.BytesIO(finished(world, editor))) as made:
        endings = sorted(name.rpartition("_")[2] for name in made.namelist() if name.endswith((".docx", ".pdf")))
    assert endings == ["es.docx", "es.pdf", "pt.docx", "pt.pdf"]


@pytest.mark.parametrize(("language", "heading"), [("es", "Ayuda"), ("pt-BR", "Ajuda"), ("en", "Help")])
def test_pages_speak_the_readers_language(language, heading, app):
    seen = page(Visitor(app, language).get("/ayuda"))
    assert seen.get("lang") == language
    assert seen.xpath("string(//h1)").strip() == heading


@pytest.mark.parametrize("language", ["pt-BR", "en"])
def test_a_form_is_asked_in_the_readers_language(language, app, world, document):
    spanish = text(Visitor(app).enter(world, "Edición").get(f"{document}/head"))
    other = text(Visitor(app, language).enter(world, "Edición").get(f"{document}/head"))
    assert "Unidad que informa" in spanish
    assert "Unidad que informa" not in other


def test_the_mark_is_the_one_that_is_printed(stranger):
    (address,) = page(stranger.get("/")).xpath("//header//img/@src")
    assert stranger.get(address).data == (ROOT / "annex_templates" / "_shared" / "mark.svg").read_bytes()
