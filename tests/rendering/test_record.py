"""The record as its readers get it: standards, words, margins, attachments, bytes."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from app.rendering.readback import missing_from_pdf, squeezed, text_as_heard, text_of_pdf, words_of
from app.rendering.record import record
from forms.blocks import Cell, Column, Line, Picture, Plain, Prose, Row, Rows, SignatureBox
from forms.resolved import Resolved
from tests.rendering import samples
from tests.verapdf import broken_rules

MM = 72 / 25.4
DOCUMENTS = {
    "empty": samples.minimal,
    "typical": samples.report,
    "at its maximum": lambda: samples.report(120, most=True),
    "with every block and view": samples.everything,
    "on Letter paper": lambda: samples.everything(replace(samples.IMPRINT, paper="Letter")),
    "as a draft": lambda: samples.everything(samples.drafted()),
    "without a verification code": lambda: samples.minimal(replace(samples.IMPRINT, verification="", verification_url="")),
}
HOSTILE = [
    "<b>negrita</b> & <img src='/etc/passwd'/> &lt;para&gt; {{ 7*7 }} %(x)s \\n (paréntesis) \\ [x]",
    "<!DOCTYPE x [<!ENTITY a 'b'>]> ]]> <?xml version='1.0'?>",
    "palabramuylargasinblancos" * 60,
    "https://example.org/" + "tramo/" * 80,
    "línea\n" * 2000,
    "Ωμέγα αβγ Ждать ѐ ў ỹ g̃ é ñ ☒ ☐ ✓ → € № ﬁ",
    "e\u0301 n\u0303 u\u0308 y\u0303",
    "oculto\u00ad\u200b\ufeff aquí\u200d",
    "\ttabulado\t\tdos",
    "😀 𝔸𝕏",
    "()" * 200 + "\\" * 50,
]


@pytest.fixture(scope="module", params=DOCUMENTS)
def pair(request: pytest.FixtureRequest) -> tuple[Resolved, bytes]:
    resolved = DOCUMENTS[request.param]()
    return resolved, record(resolved)


@pytest.mark.verapdf
@pytest.mark.parametrize("flavour", ["PDFUA_1", "PDFA_3_A"])
def test_verapdf_finds_nothing(pair: tuple[Resolved, bytes], flavour: str) -> None:
    assert broken_rules(pair[1], flavour) == []


@pytest.mark.verapdf
def test_verapdf_would_find_a_lost_structure_and_a_lost_profile() -> None:
    with pikepdf.open(io.BytesIO(record(samples.minimal()))) as pdf:
        del pdf.Root.StructTreeRoot
        del pdf.Root.OutputIntents
        out = io.BytesIO()
        pdf.save(out)
    assert broken_rules(out.getvalue(), "PDFUA_1")
    assert broken_rules(out.getvalue(), "PDFA_3_A")


def test_every_answer_is_read_back(pair: tuple[Resolved, bytes]) -> None:
    assert missing_from_pdf(pair[1], pair[0]) == []


def test_who_listens_hears_every_answer(pair: tuple[Resolved, bytes]) -> None:
    heard, told = squeezed(text_as_heard(pair[1])), squeezed(text_of_pdf(pair[1]))
    answers = [answer for section in pair[0].sections for answer in section.answers]
    assert all(squeezed(text) in heard for answer in answers for text in words_of(answer.blocks) if squeezed(text) in told)
    assert "página 1 de" not in text_as_heard(pair[1])


def test_nothing_stands_outside_the_margins(pair: tuple[Resolved, bytes]) -> None:
    for width, height, boxes in _letters(pair[1]):
        for left, bottom, right, top in boxes:
            assert left >= 18 * MM - 1.5
            assert right <= width - 18 * MM + 1.5
            assert bottom >= 4 * MM
            assert top <= height - 7 * MM
            assert not 16.5 * MM < bottom < 20 * MM - 3
            assert not height - 16 * MM + 1 < top < height - 13 * MM


def _letters(pdf: bytes) -> Iterator[tuple[float, float, list[tuple[float, float, float, float]]]]:
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        text = page.get_textpage()
        words = text.get_text_range()
        boxes = [text.get_charbox(at) for at in range(text.count_chars()) if at < len(words) and words[at].strip()]
        yield page.get_width(), page.get_height(), boxes
    document.close()


def test_qpdf_finds_a_sound_file(pair: tuple[Resolved, bytes]) -> None:
    with pikepdf.open(io.BytesIO(pair[1])) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_the_answers_are_attached_as_json() -> None:
    resolved = replace(samples.report(), data={"summary": "ñandú", "entries": [{"_id": "ROW00001", "sessions": 19}]})
    with pikepdf.open(io.BytesIO(record(resolved))) as pdf:
        spec = pdf.attachments["answers.json"]
        held = json.loads(spec.get_file().read_bytes())
        assert pdf.Root.AF[0].AFRelationship == "/Data"
    assert held == {"form": "IAT", "edition": "2027-1", "language": "es", "code": "IAT-SLV-CONNA-DPI-2021-1", "answers": resolved.data}


def test_the_document_says_its_title_language_and_sections() -> None:
    with pikepdf.open(io.BytesIO(record(samples.report()))) as pdf:
        assert str(pdf.Root.Lang) == "es"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.open_metadata()["dc:title"] == "Informe semestral de asistencia técnica"
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["A. Encabezado", "B. Grupos y asistencias", "C. Totales y cierre"]


def test_headings_never_skip_a_level() -> None:
    with pikepdf.open(io.BytesIO(record(samples.everything()))) as pdf:
        levels = [int(tag[1]) for tag in _tags(pdf.Root.StructTreeRoot.K) if tag[0] == "H" and tag[1:].isdigit()]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_typed_signature_is_written_in_its_box_and_told_once() -> None:
    box = SignatureBox(samples.path("editor_signature"), "Elaboró", "Edición de la unidad", "Técnica", "Con código")
    made = record(samples.document(samples.section("c", "C", "Cierre", samples.shown("editor_signature", "Elaboró", box))))
    assert sum(page.count("Edición de la unidad") for page in _pages(made)) == 2
    assert text_as_heard(made).count("Edición de la unidad") == 1


@pytest.mark.parametrize("lines_before", range(30, 60))
def test_a_signature_never_opens_a_page_alone(lines_before: int) -> None:
    before = tuple(f"Línea {n}" for n in range(lines_before))
    notes = samples.shown("notes", "Notas", Prose(samples.path("notes"), "Notas", before))
    signed = samples.section("c", "C", "Cierre", notes, *samples.signatures())
    with pypdfium2.PdfDocument(record(samples.document(signed))) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    assert "Línea" in next(page for page in pages if "Elaboró" in page)


def test_every_row_of_a_table_has_as_many_cells_as_its_head() -> None:
    with pikepdf.open(io.BytesIO(record(samples.everything()))) as pdf:
        tables = [element for element in _elements(pdf.Root.StructTreeRoot.K) if element.S == "/Table"]
        counts = [{len(row.K) for row in table.K} for table in tables]
    assert len(counts) == 5
    assert all(len(count) == 1 for count in counts)


def _elements(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _elements(kid)


def _tags(root: pikepdf.Object) -> list[str]:
    return [str(element.S)[1:] for element in _elements(root)]


def test_equal_answers_make_equal_bytes_in_every_process() -> None:
    imports = "import hashlib; from tests.rendering import samples; from app.rendering.record import record"
    script = f"{imports}; print(hashlib.sha256(record(samples.everything())).hexdigest())"
    root = Path(__file__).parents[2]
    runs = [
        subprocess.run(
            [sys.executable, "-c", script], cwd=root, env={"PYTHONPATH": str(root), "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_printed_as_it_was_written(text: str) -> None:
    columns = (Column("a", "A", 1), Column("b", "B", 9))
    rows = Rows(samples.path("rows"), "Filas", columns, (Row("ROW00001", {"a": Cell(text, text), "b": Cell(1, "1")}),), Plain())
    resolved = samples.document(
        samples.section(
            "s",
            "A",
            "Sección",
            samples.line("line", "Línea", text, 4),
            samples.shown("prose", "Texto", Prose(samples.path("prose"), "Texto", (text,))),
            samples.shown("rows", "Filas", rows),
        )
    )
    made = record(resolved)
    assert missing_from_pdf(made, resolved) == []
    assert squeezed(text_of_pdf(made)).count(squeezed(text)[:40]) >= 3


def test_a_row_higher_than_a_page_goes_on() -> None:
    tall = "\n".join(f"renglón {n} del relato" for n in range(200))
    columns = (Column("a", "Qué", 2), Column("b", "Cuándo", 1))
    rows = Rows(samples.path("rows"), "Filas", columns, (Row("ROW00001", {"a": Cell(tall, tall), "b": Cell(1, "ayer")}),), Plain())
    made = record(samples.document(samples.section("s", "A", "Sección", samples.shown("rows", "Filas", rows))))
    text = text_of_pdf(made)
    assert all(f"renglón {n} del relato" in text for n in range(200))
    assert text.count("Cuándo") == len(pypdfium2.PdfDocument(made)) >= 3


def test_a_table_head_higher_than_a_page_ends() -> None:
    columns = (Column("a", "cabeza " * 3000, 1), Column("b", "B", 1))
    rows = Rows(samples.path("rows"), "Filas", columns, (Row("ROW00001", {"a": Cell(1, "uno"), "b": Cell(1, "dos")}),), Plain())
    made = record(samples.document(samples.section("s", "A", "Sección", samples.shown("rows", "Filas", rows))))
    assert "dos" in text_of_pdf(made)


def test_forty_columns_still_end() -> None:
    columns = tuple(Column(f"c{n}", f"Columna {n} larguísima", n % 3) for n in range(40))
    row = Row("ROW00001", {column.key: Cell(1, "incomprensiblemente") for column in columns})
    resolved = samples.document(
        samples.section(
            "s", "A", "Sección", samples.shown("rows", "Filas", Rows(samples.path("rows"), "Filas", columns, (row,) * 5, Plain()))
        )
    )
    assert missing_from_pdf(record(resolved), resolved) == []


def test_long_prose_has_at_most_95_letters_in_a_line() -> None:
    prose = Prose(samples.path("p"), "", ("i l t j , . " * 300 + "palabras corrientes de un informe " * 60,))
    made = record(samples.document(samples.section("s", "A", "Sección", samples.shown("p", "", prose))))
    lines = [line.strip() for line in text_of_pdf(made).splitlines()]
    assert max(map(len, lines)) <= 95


def test_a_heading_is_never_the_last_thing_of_a_page() -> None:
    for filled in range(20, 60):
        lines = [samples.line(f"l{n}", "Etiqueta", f"valor {n}") for n in range(filled)]
        made = record(
            samples.document(
                samples.section("a", "A", "Primera", *lines),
                samples.section("b", "B", "Segunda", samples.line("x", "Después", "de la cabeza")),
            )
        )
        page = next(page for page in _pages(made) if "B. Segunda" in page)
        assert "de la cabeza" in page


def _pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


def test_wide_tables_stand_on_landscape_pages_with_their_heading() -> None:
    document = pypdfium2.PdfDocument(record(samples.everything()))
    wide = [page.get_textpage().get_text_bounded() for page in document if page.get_width() > page.get_height()]
    assert len(wide) == 2
    assert all(title in page for title, page in zip(("C. Plan", "D. Matriz"), wide, strict=True))


def test_a_signature_after_a_wide_table_leaves_the_table_on_its_landscape_page() -> None:
    made = record(samples.document(samples.section("b", "B", "Plan", samples.plan(), *samples.signatures())))
    with pypdfium2.PdfDocument(made) as pdf:
        turned = [page.get_width() > page.get_height() for page in pdf]
    assert turned[-2:] == [True, False]


def test_an_agenda_no_page_is_wide_enough_for_reads_as_cards_by_day() -> None:
    (answer,) = samples.agenda().blocks
    further = tuple(Column(f"more{n}", f"Columna{n}") for n in range(9))
    rows = tuple(replace(row, cells={**row.cells, **{column.key: Cell("x", "algo") for column in further}}) for row in answer.rows)
    view = replace(answer.view, under=("kind", *(column.key for column in further)))
    wide = replace(answer, columns=(*answer.columns, *further), rows=rows, view=view)
    made = record(samples.document(samples.section("b", "B", "Agenda", samples.shown("agenda", "Agenda", wide))))
    assert all("13 de abril" in page or "12 de abril" in page for page in _pages(made)[:1])
    with pypdfium2.PdfDocument(made) as pdf:
        assert not any(page.get_width() > page.get_height() for page in pdf)


def test_a_photo_is_drawn_and_described() -> None:
    photo = Picture(samples.path("photo"), "Foto", "ab" * 32, "Un patio", "El patio de la escuela")
    resolved = samples.document(samples.section("s", "A", "Fotos", samples.shown("photo", "Foto", photo)))
    made = record(resolved, {"ab" * 32: _photo()})
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert "Figure" in _tags(pdf.Root.StructTreeRoot.K)
        assert [str(image.Filter) for image in pdf.pages[0].get_images().values()] == ["/DCTDecode"]
    assert missing_from_pdf(made, resolved) == []


@pytest.mark.verapdf
def test_verapdf_finds_nothing_in_a_record_with_a_photo() -> None:
    made = record(samples.everything(), {name * 64: _photo() for name in "012"})
    assert [broken_rules(made, flavour) for flavour in ("PDFUA_1", "PDFA_3_A")] == [[], []]


def _photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (400, 300), (200, 80, 40, 128)).save(out, "PNG")
    return out.getvalue()


def test_optional_and_empty_prints_a_dash() -> None:
    made = record(samples.document(samples.section("s", "A", "Sección", samples.shown("x", "Vacío", Line(samples.path("x"), "Vacío", "")))))
    assert "—" in text_of_pdf(made)


def test_a_draft_says_so_on_every_page() -> None:
    pages = _pages(record(samples.report(imprint=samples.drafted())))
    assert len(pages) > 2
    strips = [f"v1 · BORRADOR · 12/07/2021 · Uso interno · página {n} de {len(pages)}" for n in range(1, len(pages) + 1)]
    assert all(strip in page for strip, page in zip(strips, pages, strict=True))
    assert all(page.count("BORRADOR") == 2 for page in pages)
