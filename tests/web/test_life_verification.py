"""Is this genuine? Asked by anybody, by code and by file, on signed, altered and foreign ones."""

import hashlib
import io

import pytest

from app.web import verification
from tests.web.site import Visitor, completed, page, text
from tests.web.test_life import REASON, press, signed
from tests.web.test_screens import code_of


@pytest.fixture
def head(app, world):
    return Visitor(app).enter(world, "Jefatura")


@pytest.fixture
def document(editor, head, world):
    """A signed and sealed report."""
    return signed(editor, head, world, completed(world))


def sent(stranger, data: bytes, name: str = "documento.pdf"):
    return stranger.post("/verificar", [("file", (io.BytesIO(data), name))], content_type="multipart/form-data")


def sentences(answer) -> list[str]:
    return [said.text_content().strip() for said in page(answer).xpath("//*[@role='status']/p")]


def test_a_code_says_what_it_is_whether_it_counts_and_who_signed(stranger, world, document):
    told = text(stranger.get(f"/v/{code_of(world)}"))
    assert "IAT-SLV-CONNA-DPI-2021-1" in told
    assert "La versión v1 está vigente." in told
    assert "Jefatura de la unidad" in told
    assert "De Prueba" not in told


def test_a_signed_file_is_known_by_its_hash_alone(stranger, editor, document):
    data = editor.get(f"{document}/constancia").data
    told = sentences(stranger.post("/verificar", {"sha256": hashlib.sha256(data).hexdigest(), "name": "informe.pdf"}))
    assert told[0] == "informe.pdf"
    assert len(told) == 5
    assert "firmado y sellado" in told[1]
    assert "No cambió ni un byte" in told[4]


def test_the_file_itself_is_taken_where_the_browser_cannot_hash(stranger, editor, document):
    assert "firmado y sellado" in text(sent(stranger, editor.get(f"{document}/constancia").data))


def test_one_byte_more_is_said(stranger, editor, document):
    data = editor.get(f"{document}/constancia").data + b"\n"
    assert "cambió después de hacerse" in text(sent(stranger, data))
    by_hash = text(stranger.post("/verificar", {"sha256": hashlib.sha256(data).hexdigest()}))
    assert "No está entre los archivos que guardamos" in by_hash
    assert "elíjalo otra vez y envíelo" in by_hash


@pytest.mark.parametrize("data", [b"%PDF-1.7\nbroken", b"%PDF-", b"PK\x03\x04nothing", b"\0" * 5000, b"x"], ids=repr)
def test_a_foreign_or_damaged_file_is_a_sentence(data, stranger):
    answer = sent(stranger, data)
    assert answer.status_code == 200
    assert "No es un archivo de Anexa" in text(answer)


@pytest.mark.parametrize("sha256", ["x", "0" * 64, "g" * 64, "ñ" * 200, "' OR 1=1 --"])
def test_a_hash_that_is_none_is_a_sentence(sha256, stranger):
    assert "No está entre los archivos que guardamos" in text(stranger.post("/verificar", {"sha256": sha256}))


def test_no_file_is_asked_again(stranger):
    answer = stranger.post("/verificar", {})
    assert answer.status_code == 422
    assert "Elija el archivo" in text(answer)


def test_more_than_the_limit_is_refused_before_it_is_read(stranger):
    length = {"CONTENT_LENGTH": str((verification.LARGEST_MB + 2) * 1024 * 1024)}
    sent = {"input_stream": io.BytesIO(b"--x"), "content_type": "multipart/form-data; boundary=x"}
    answer = stranger.send("POST", "/verificar", environ_overrides=length, **sent)
    assert answer.status_code == 413


def test_files_well_above_other_pages_limits_are_taken(stranger):
    assert "No es un archivo de Anexa" in text(sent(stranger, b"%PDF-1.7\n" + b"x" * 30 * 1024 * 1024))


def test_what_was_annulled_says_so(stranger, app, world, document):
    secretariat = Visitor(app).enter(world, "Secretaría")
    press(secretariat, f"{document}/anular", "Anular el documento", reason=REASON)
    assert "está anulada" in text(stranger.get(f"/v/{code_of(world)}"))


def test_it_hands_out_no_document_and_no_link_to_one(stranger, world, document):
    links = page(stranger.get(f"/v/{code_of(world)}")).xpath("//main//a/@href | //main//img/@src")
    assert links == []
    for path in ("constancia", "constancia/1.png", "descargar/pdf/es", "firma"):
        assert stranger.get(f"{document}/{path}").headers["Location"] == "/"


def test_too_many_questions_are_told_to_wait(stranger):
    answers = [stranger.post("/verificar", {"sha256": "0" * 64}) for _ in range(31)]
    assert answers[-1].status_code == 429
    assert "Espere" in text(answers[-1])
