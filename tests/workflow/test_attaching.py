"""Evidence beside an answer."""

import io

import pytest

from app.errors import BadFile, Forbidden, Invalid, NotFound, TooLarge
from app.workflow import answering
from app.workflow.attaching import clean_name
from forms.path import AnswerPath

PDF = b"%PDF-1.7\n%%EOF\n"
MEDIA = "application/pdf"


@pytest.fixture
def document(house):
    return house.real()


@pytest.fixture
def path(house, document):
    return AnswerPath(("entries", house.answers(document)["entries"][0]["_id"], "evidence"))


def attach(house, document, path, data=PDF, name="memoria.pdf", media=MEDIA, **more):
    return answering.attach(house.store, more.pop("person", house.ana), document, path, io.BytesIO(data), name, media, **more)


def test_what_was_attached_is_handed_back(house, document, path):
    attach(house, document, path)
    kept = answering.attachment(house.store, house.head, house.now(document), path)
    assert (kept.data, kept.filename, kept.media_type) == (PDF, "memoria.pdf", MEDIA)


def test_taking_a_file_away_is_saving_nothing_there(house, document, path):
    attach(house, document, path)
    house.save(document, {path.pdf: None}, "entries")
    with pytest.raises(NotFound):
        answering.attachment(house.store, house.ana, house.now(document), path)


@pytest.mark.parametrize(
    ("data", "media"), [(b"<html>", MEDIA), (b"", MEDIA), (PDF, "image/png"), (PDF, "text/html"), (b" %PDF-1.7", MEDIA)]
)
def test_what_is_no_pdf_is_refused_and_nothing_is_kept(house, document, path, data, media):
    with pytest.raises(BadFile):
        attach(house, document, path, data, media=media)
    assert house.store.files.all() == ()


def test_a_file_above_ten_megabytes_is_refused_with_the_limit(house, document, path):
    with pytest.raises(TooLarge) as error:
        attach(house, document, path, PDF + b"0" * (10 * 1024 * 1024))
    assert error.value.places == {"most": "10 MB"}
    assert house.store.files.all() == ()


def test_a_file_of_exactly_ten_megabytes_is_taken(house, document, path):
    attach(house, document, path, PDF.ljust(10 * 1024 * 1024, b"0"))
    assert answering.attachment(house.store, house.ana, house.now(document), path).filename == "memoria.pdf"


@pytest.mark.parametrize("spelled", ["summary", "entries", "nothing", "entries.ZZZZZZZZ.evidence"])
def test_a_file_has_its_place(house, document, spelled):
    with pytest.raises(NotFound):
        attach(house, document, AnswerPath.read(spelled))


def test_only_who_fills_attaches_and_strangers_read_nothing(house, document, path):
    with pytest.raises(Forbidden):
        attach(house, document, path, person=house.head)
    attach(house, document, path)
    with pytest.raises(NotFound):
        answering.attachment(house.store, house.stranger, house.now(document), path)


def test_the_same_upload_sent_twice_is_one_revision(house, document, path):
    assert attach(house, document, path, key="k") == attach(house, document, path, key="k")


def test_an_attached_file_cannot_be_borrowed_for_another_answer(house, document, path):
    attach(house, document, path)
    held = house.answers(document)["entries"][0]["evidence"]
    other = house.answers(document)["entries"][1]["_id"]
    with pytest.raises(Invalid):
        house.save(document, {f"entries.{other}.evidence": held}, "entries")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\x\\lista de asistencia.pdf", "lista de asistencia.pdf"),
        ("../../etc/passwd", "passwd"),
        ("gpj\u202efdp.exe\u202c.pdf", "gpjfdp.exe.pdf"),
        ("a\x00b\nc.pdf", "abc.pdf"),
        ("", "archivo"),
        ("...", "archivo"),
        ("漢字.pdf", "pdf"),
        ("ñandú n\u0303.pdf", "ñandú ñ.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_lose_paths_controls_and_what_reads_backwards(given, kept):
    assert clean_name(given) == kept
