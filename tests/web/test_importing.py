"""Working offline, over HTTP: uploading a filled form, reading its differences, accepting some, giving them back."""

import io

import pytest

from app.store import open_store
from app.web import importing
from tests.web.site import Visitor, completed, page, text
from tests.workflow import filled

SUMMARY, OTHER = "Lo que se hizo, escrito en el avión.", "Otros logros."


@pytest.fixture
def document(world):
    """The address of a report with every answer."""
    return completed(world)


def row(world):
    with open_store(world.settings) as store:
        return store.documents.get(world.document)


def uploaded(visitor, document, data: bytes, name: str = "informe.pdf", key: str = "K"):
    sent = [("file", (io.BytesIO(data), name)), ("key", key)]
    return visitor.post(f"{document}/sin-conexion", sent, content_type="multipart/form-data")


def told(world, fields=None, **more) -> bytes:
    return filled.pdf(fields or {"summary": SUMMARY, "achievements": OTHER, "next_steps": "Otros pasos."}, filled.about(row(world)), **more)


def accepted(visitor, address, *marked, do="chosen", key="A"):
    revision = page(visitor.get(address)).xpath("//input[@name='revision']/@value")[0]
    return visitor.post(address, [("do", do), ("revision", revision), ("key", key), *(("take", each) for each in marked)])


@pytest.fixture
def compared(editor, document, world):
    """The address of the differences of a form with three of them."""
    return uploaded(editor, document, told(world)).location


def test_the_document_says_where_to_work_offline(editor, world):
    links = page(editor.get(f"/expedientes/{world.dossier}")).xpath("//a[contains(., 'Trabajar sin conexión')]/@href")
    assert links == [f"/documentos/{world.document}/sin-conexion"]
    assert "Subir y comparar" in text(editor.get(links[0]))


@pytest.mark.parametrize("language", ["es", "pt"])
def test_the_form_is_taken_away_filled_and_brought_back(editor, document, language):
    links = page(editor.get(f"{document}/sin-conexion")).xpath(f"//a[contains(@href, '/rellenable/{language}')]/@href")
    taken = editor.get(links[0])
    assert taken.headers["Content-Disposition"] == f"attachment; filename=IAT-SLV-CONNA-DPI-2021-1_v1_{language}_rellenable.pdf"
    told = filled.fill(taken.data, {"summary": SUMMARY})
    seen = page(editor.get(uploaded(editor, document, told).location))
    assert seen.xpath("//input[@name='take']/@value") == ["summary"]


def test_a_form_in_another_language_does_not_exist(editor, document):
    assert editor.get(f"{document}/rellenable/fr").status_code == 404


def test_who_does_not_fill_is_not_offered_it(app, world):
    head = Visitor(app).enter(world, "Jefatura")
    assert "sin-conexion" not in head.get(f"/expedientes/{world.dossier}").get_data(as_text=True)


def test_the_differences_are_grouped_by_section_and_marked(editor, compared):
    seen = page(editor.get(compared))
    assert [each.text_content() for each in seen.xpath("//form[@id='differences']//h2")] == ["Encabezado", "Totales automáticos y cierre"]
    assert seen.xpath("//input[@name='take']/@value") == ["summary", "achievements", "next_steps"]
    assert len(seen.xpath("//input[@name='take'][@checked]")) == 3
    assert SUMMARY in text(editor.get(compared))


def test_what_is_marked_is_saved_and_the_page_says_what_was_taken_and_left(editor, compared, document):
    assert accepted(editor, compared, "summary", "achievements").location == compared
    said = text(editor.get(compared))
    assert "Respuestas tomadas del PDF: 2. Sin tomar: 1." in said
    assert "Próximo semestre" in said
    assert SUMMARY in text(editor.get(f"{document}/revisar"))
    assert "Otros pasos." not in text(editor.get(f"{document}/revisar"))


def test_all_are_taken_at_once(editor, compared, document):
    accepted(editor, compared, do="all")
    assert "No queda ninguna diferencia." in text(editor.get(compared))
    assert "Otros pasos." in text(editor.get(f"{document}/revisar"))


def test_what_was_taken_can_be_undone(editor, compared, document):
    before = text(editor.get(f"{document}/revisar"))
    accepted(editor, compared, do="all")
    assert editor.post(f"{compared}/deshacer", {"key": "U"}).location == compared
    assert "Diferencias: 3." in text(editor.get(compared))
    assert text(editor.get(f"{document}/revisar")) == before


def test_nothing_marked_is_asked_again_and_nothing_is_saved(editor, compared, world):
    revision = row(world).revision
    answer = accepted(editor, compared)
    assert answer.status_code == 422
    assert "Marque al menos una diferencia" in text(answer)
    assert row(world).revision == revision


def test_a_path_that_is_no_difference_is_not_saved(editor, compared, world):
    revision = row(world).revision
    assert accepted(editor, compared, "policy", "../x", "_order").status_code == 422
    assert row(world).revision == revision


def test_what_changed_after_the_download_is_marked_and_not_checked(editor, colleague, document, world):
    old = told(world, {"summary": SUMMARY})
    colleague.form(f"{document}/head").fill(summary="Cambiado en la página.").press("stay")
    seen = editor.get(uploaded(editor, document, old).location)
    assert "Cambió aquí después de descargar el PDF." in text(seen)
    assert page(seen).xpath("//input[@name='take'][@checked]") == []


def test_what_somebody_changes_while_the_page_is_read_is_left_and_told(editor, colleague, compared, document):
    revision = page(editor.get(compared)).xpath("//input[@name='revision']/@value")[0]
    colleague.form(f"{document}/head").fill(summary="Cambiado mientras tanto.").press("stay")
    editor.post(compared, {"do": "all", "revision": revision, "key": "A"})
    said = text(editor.get(compared))
    assert "alguien cambió aquí 1 de esas respuestas" in said
    assert "Cambiado mientras tanto." in text(editor.get(f"{document}/revisar"))


def test_a_form_that_says_the_same_has_nothing_to_accept(editor, document, world):
    seen = editor.get(uploaded(editor, document, told(world, {"year": "2021"})).location)
    assert "no hay nada que aceptar" in text(seen)
    assert page(seen).xpath("//form[@id='differences']") == []


def test_what_cannot_be_taken_is_shown_with_its_sentence_and_the_persons_text(editor, document, world):
    said = text(editor.get(uploaded(editor, document, told(world, {"unit": "a" * 161, "semester": "7"})).location))
    assert "Esto no se puede tomar" in said
    assert "Unidad que informa" in said
    assert "a" * 161 in said
    assert "Elija «Semestre» de la lista." in said


def test_long_texts_that_are_alike_are_told_apart_word_by_word(editor, document, world):
    old = text(editor.get(f"{document}/revisar"))
    summary = "Entre enero y junio de 2021 el Departamento de Primera Infancia dio diecisiete asistencias técnicas"
    assert summary in old
    with open_store(world.settings) as store:
        said = str(store.revisions.leaves(world.document)["summary"]).replace("diecisiete", "dieciocho")
    seen = page(editor.get(uploaded(editor, document, told(world, {"summary": said})).location))
    assert [each.text_content().strip() for each in seen.xpath("//del")] == ["[quitado: diecisiete ]"]
    assert [each.text_content().strip() for each in seen.xpath("//ins")] == ["[agregado: dieciocho ]"]


@pytest.mark.parametrize(("data", "said"), [
    (b"", "está vacío"), (b"PK\x03\x04" + bytes(500), "no es un PDF"), (b"%PDF-1.7\nnada", "dañado"),
    (filled.pdf({"summary": SUMMARY}), "no es un formulario descargado de aquí"),
])
def test_a_file_that_cannot_be_taken_gets_one_sentence_beside_it(editor, document, world, data, said):
    revision = row(world).revision
    answer = uploaded(editor, document, data)
    assert answer.status_code == 422
    [sentence] = page(answer).xpath("//*[@id='file-error']")
    assert said in sentence.text_content()
    assert row(world).revision == revision


def test_no_file_is_asked_for(editor, document):
    answer = editor.post(f"{document}/sin-conexion", {"key": "K"})
    assert answer.status_code == 422
    assert "Elija el PDF que llenó." in text(answer)


def test_a_file_above_the_limit_is_turned_away(editor, document):
    assert uploaded(editor, document, b"%PDF-" + bytes(12 * 1024 * 1024)).status_code == 413


def test_uploads_are_counted(editor, document, world):
    with open_store(world.settings) as store:
        for _ in range(importing.UPLOADS_AN_HOUR):
            store.limits.hit("import", world.people["Edición"], importing.UPLOADS_AN_HOUR, 3600)
    assert uploaded(editor, document, told(world)).status_code == 429


def test_what_one_uploaded_is_not_the_colleagues(colleague, compared):
    assert colleague.get(compared).status_code == 404
    assert colleague.post(compared, {"do": "all", "revision": "1"}).status_code == 404


def test_a_sent_document_shows_the_differences_locked(editor, compared, document):
    editor.post(f"{document}/enviar", {"key": "S"})
    seen = editor.get(compared)
    assert "Usted no puede cambiarla ahora." in text(seen)
    assert page(seen).xpath("//input[@name='take'] | //button[@name='do']") == []
