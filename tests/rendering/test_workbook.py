"""A document as a spreadsheet, read back as its XML."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from xml.etree import ElementTree as Xml

from app.rendering.workbook import Sheet, sheets_of, workbook
from forms.blocks import Bar, Bars, Cell, Column, Row, Rows
from tests.rendering import samples

MOMENT = datetime(2027, 4, 12, tzinfo=UTC)
NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _rows(file: bytes, number: int = 1) -> list[list[str]]:
    """What stands in the cells of a sheet; figures are marked by a leading #."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        texts = ["".join(each.itertext()) for each in Xml.fromstring(archive.read("xl/sharedStrings.xml")).iter(f"{NS}si")]
        page = Xml.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
    assert not list(page.iter(f"{NS}f")), "a formula"
    found = []
    for row in page.iter(f"{NS}row"):
        cells = [(cell.get("t"), cell.findtext(f"{NS}v") or "") for cell in row.iter(f"{NS}c")]
        found.append([texts[int(value)] if kind == "s" else f"#{value}" for kind, value in cells])
    return found


def _names(file: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return re.findall(r'<sheet name="([^"]+)"', archive.read("xl/workbook.xml").decode())


def test_single_answers_and_figures_stand_on_the_first_sheet_and_each_table_on_its_own() -> None:
    columns = (Column("what", "Qué se hizo"), Column("sessions", "Sesiones"))
    rows = Rows(samples.path("t"), "Asistencias", columns, (Row("K7Q2M9XB", {"what": Cell("a", "Taller"), "sessions": Cell(19, "19")}),))
    bars = Bars(samples.path("b"), "Por tipo", (Bar("Apoyo técnico", 7, "7"),))
    resolved = samples.document(samples.section("s", "1", "Sección", samples.line("n", "Unidad", "Primera Infancia"),
                                                samples.shown("b", "Por tipo", bars), samples.shown("t", "Asistencias", rows)))
    made = workbook(sheets_of(resolved, "Respuestas", ("Pregunta", "Respuesta")), "IAT", MOMENT)
    assert _names(made) == ["Respuestas", "Asistencias"]
    assert _rows(made) == [["Pregunta", "Respuesta"], ["Unidad", "Primera Infancia"], ["Por tipo · Apoyo técnico", "#7"]]
    assert _rows(made, 2) == [["Qué se hizo", "Sesiones"], ["Taller", "#19"]]


def test_an_answer_that_looks_like_a_formula_or_a_link_stays_an_answer() -> None:
    said = ("=1+1", "=HYPERLINK(\"http://example.org\")", "+999 0000 0001", "@SUM(A1)", "https://example.org")
    made = workbook([Sheet("Hoja", ("a",), tuple((each,) for each in said))], "x", MOMENT)
    assert [row[0] for row in _rows(made)[1:]] == list(said)


def test_names_a_spreadsheet_would_refuse_are_made_fit_and_told_apart() -> None:
    long = "¿Qué mecanismos o plataformas usarán para {}?"
    names = (long.format("revisar"), long.format("comentar"), "a/b[c]", "", "A B C ")
    made = _names(workbook([Sheet(name, ("a",), ()) for name in names], "x", MOMENT))
    assert len({name.casefold() for name in made}) == 5
    assert all(0 < len(name) <= 31 for name in made)


def test_equal_answers_make_equal_bytes() -> None:
    sheet = [Sheet("Hoja", ("a", "b"), (("año", 3),))]
    assert workbook(sheet, "x", MOMENT) == workbook(sheet, "x", MOMENT)
