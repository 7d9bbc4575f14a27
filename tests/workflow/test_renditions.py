"""Word, record and page pictures of a report."""

import io
import zipfile

import pytest
from PIL import Image

from app.errors import NotFound
from app.rendering.readback import missing_from_pdf, missing_from_word, text_of_word
from app.workflow import renditions
from tests.workflow.house import row

FILES = [(kind, language) for kind in ("docx", "record") for language in ("es", "pt")]


def make(house, document, kind="record", language="es", person=None):
    return renditions.make(house.store, person or house.ana, house.now(document), kind, language)


@pytest.mark.parametrize(("kind", "language"), FILES)
def test_every_answer_of_the_real_report_is_in_the_file(house, kind, language):
    document = house.real()
    made = make(house, document, kind, language)
    resolved = renditions.resolved_of(house.store, document, language)
    missing = missing_from_word if kind == "docx" else missing_from_pdf
    assert missing(made.data, resolved) == []


@pytest.mark.parametrize(
    ("kind", "language", "name"),
    [("record", "es", "IAT-SLV-CONNA-DPI-2021-1_v1_es.pdf"), ("docx", "pt", "IAT-SLV-CONNA-DPI-2021-1_v1_pt.docx")],
)
def test_files_have_names_any_system_takes(house, kind, language, name):
    assert make(house, house.report(), kind, language).filename == name


def test_a_name_never_leaves_its_folder(house):
    unit = house.store.units.add("SLV/../N.1", "Unidad rara", "CONNA", "SLV")
    house.store.grants.give(house.ana.id, "unit_editor", "unit", unit.id)
    assert make(house, house.report(unit=unit)).filename == "IAT-SLV-..-N.1-2021-1_v1_es.pdf"


@pytest.mark.parametrize("kind", ["docx", "record"])
def test_equal_content_is_made_once_and_kept(house, kind):
    document = house.real()
    first, files = make(house, document, kind), len(house.store.files.all())
    assert make(house, document, kind) == first
    assert len(house.store.files.all()) == files
    assert house.store.files.read(first.sha256) == first.data


def test_what_is_carried_over_and_changes_makes_a_new_file(house):
    previous = house.real()
    document = house.report(2021, "2", policy="")
    before = make(house, document, "docx")
    house.save(previous, {"unit": "Unidad renombrada"})
    after = make(house, document, "docx")
    assert house.now(document).revision == 0
    assert "Unidad renombrada" in text_of_word(after.data)
    assert "Unidad renombrada" not in text_of_word(before.data)


def test_hostile_text_is_printed_as_it_is(house):
    document = house.report()
    hostile = "{{ 7*7 }} {% raw %} <b>&amp;</w:t> <img src='/etc/passwd'/> ☒ Ỹ"
    house.save(document, {"summary": hostile})
    house.save(document, row("groups", "AAAAAAAA", beneficiary=hostile), "entries")
    resolved = renditions.resolved_of(house.store, house.now(document), "es")
    assert missing_from_word(make(house, document, "docx").data, resolved) == []
    assert missing_from_pdf(make(house, document).data, resolved) == []


def test_the_portuguese_file_speaks_portuguese(house):
    document = house.real()
    assert "Relatório semestral de assistência técnica" in text_of_word(make(house, document, "docx", "pt").data)


@pytest.mark.parametrize(("kind", "language"), [("exe", "es"), ("docx", "en"), ("record", "../es"), ("", "")])
def test_other_files_are_not_made(house, kind, language):
    with pytest.raises(NotFound):
        make(house, house.report(), kind, language)


def test_strangers_get_no_file_and_no_picture(house):
    document = house.report()
    with pytest.raises(NotFound):
        make(house, document, person=house.stranger)
    with pytest.raises(NotFound):
        renditions.preview(house.store, house.stranger, document, "es")


def test_a_page_picture_is_as_wide_as_asked(house):
    found = renditions.preview(house.store, house.head, house.real(), "es", page=2, width=300)
    assert (found.page, found.pages > 2, Image.open(io.BytesIO(found.png)).width) == (2, True, 300)


def test_a_section_is_shown_on_the_page_where_it_starts(house):
    document = house.real()
    pages = [
        renditions.preview(house.store, house.ana, document, "es", section=key, width=100).page for key in ("head", "entries", "totals")
    ]
    assert pages[0] == 1
    assert pages == sorted(pages)
    assert pages[2] > 1


@pytest.mark.parametrize("asked", [{"page": 0}, {"page": 99}, {"section": "nothing"}])
def test_a_page_that_is_not_there_is_not_found(house, asked):
    with pytest.raises(NotFound):
        renditions.preview(house.store, house.ana, house.real(), "es", **asked)


def test_the_word_file_is_a_whole_zip(house):
    with zipfile.ZipFile(io.BytesIO(make(house, house.real(), "docx").data)) as archive:
        assert archive.testzip() is None
