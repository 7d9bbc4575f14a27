"""Templates drawn from blocks: real Word styles, heads that repeat, words for those who listen, names for those who fill."""
from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from docx import Document
from lxml import etree

from app.rendering.word import word
from app.rendering.word.checking import check_template, names_used
from app.rendering.word.template import names, template
from forms.blocks import (
    Bars,
    Cards,
    Column,
    Diary,
    Gantt,
    Heading,
    Line,
    Matrix,
    Note,
    Picture,
    Plain,
    Prose,
    Rows,
    SignatureBox,
    Ticks,
    Timetable,
)
from forms.path import AnswerPath
from forms.resolved import Resolved, Shown
from tests.rendering.samples import document, section
from tests.rendering.word_files import W, paragraphs, parts

MONTHS = tuple((str(number), name) for number, name in enumerate(
    ["Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio", "Julio", "Agosto", "Septiembre", "Octubre", "Noviembre", "Diciembre"], 1))
DAYS = (Column("day", "Día", 3), Column("start", "Desde", 2), Column("end", "Hasta", 2), Column("what", "Actividad", 6),
        Column("months", "Meses", 6, options=MONTHS), Column("note", "Nota", 6), Column("hours", "Horas", 2, "right"))
ROW = {"day": "lunes 12 de abril", "start": "09:00", "end": "10:30", "what": "Bienvenida", "months": "Marzo y Mayo", "note": "Con\nsalto",
       "hours": "1.234"}
NEXT = ROW | {"start": "11:00", "what": "Taller", "months": "Enero", "note": ""}
OTHER = ROW | {"day": "martes 13 de abril", "what": "Cierre", "months": "Diciembre", "note": "fin"}
DOC = {"title": "T", "code": "IAT-1", "version": "v1", "state": "Borrador", "date": "30/06/2021", "classification": "Uso interno",
       "verification": "4T7K-9QXM", "programme": "Programa", "subtitle": "El Salvador"}


def blank(*blocks: Any, **answers: Any) -> Resolved:
    """An empty document of these blocks, whose context is `answers`."""
    told = tuple(Shown(block.path, "", None, (block,)) for block in blocks)
    return replace(document(section("s", "1", "Sección", *told)), texts={"iat": answers, "doc": DOC})


def at(*steps: str) -> AnswerPath:
    return AnswerPath(steps)


def filled(*blocks: Any, **answers: Any) -> list[str]:
    """The paragraphs of the template drawn for these blocks and filled."""
    made = blank(*blocks, **answers)
    source = template(made)
    assert [str(fault) for fault in check_template(source, names(made))] == []
    return paragraphs(word(source, made.texts))


def tree(source: bytes, part: str = "word/document.xml") -> Any:
    return etree.fromstring(parts(source, part)[part])


def rows(view: Any) -> Rows:
    return Rows(at("rows"), "Tabla de días", DAYS, (), view)


def test_lines_stand_side_by_side_on_twelve_columns():
    told = [Line(at("one"), "Una", "", 8), Line(at("two"), "Dos", "", 4), Line(at("three"), "Tres", "", 6)]
    source = template(blank(*told))
    spans = [[int(span.get(W + "val")) for span in row.iter(W + "gridSpan")] for row in tree(source).iter(W + "tr")]
    assert spans == [[8, 4], [6, 6]]


def test_each_answer_stands_under_its_label():
    blocks = (Line(at("one"), "Una", "", 6), Prose(at("long"), "Larga", ()), Ticks(at("ticks"), "Varias", ()), Heading(at("g"), "Grupo"),
              Line(at("g", "in"), "Dentro", ""), Picture(at("photo"), "Foto", "", ""), Note(at("note"), ("Lea antes.", "Gracias.")))
    said = filled(*blocks, one="1", long="dos\nlíneas", ticks="a y b", g={"in": "x"}, photo="foto.jpg")
    body = said[said.index("1. Sección") + 1:]
    answers = ["Una", "1", "Larga", "dos\nlíneas", "Varias", "a y b", "Grupo", "Dentro", "x", "Foto", "foto.jpg"]
    assert [each for each in body if each] == [*answers, "Lea antes.", "Gracias."]


def test_what_is_not_answered_is_a_dash():
    assert filled(Line(at("one"), "Una", ""), Prose(at("two"), "Dos", ()), one="", two="").count("—") == 2


def test_a_figure_is_told_and_drawn():
    bar = {"label": "Talleres", "count": "6", "bar": "\u2003" * 24}
    said = filled(Bars(at("tally"), "Por tipo", ()), tally=[bar, bar | {"label": "Visitas", "count": "1", "bar": "\u2003" * 4}])
    assert said[-8:] == ["Por tipo", "Talleres", "6", "\u2003" * 24, "Visitas", "1", "\u2003" * 4, ""]
    assert filled(Bars(at("tally"), "Por tipo", ()), tally=[])[-3:] == ["Por tipo", "—", ""]


def test_a_signature_has_its_frame_role_and_name():
    boxes = [SignatureBox(at("one"), "Elaboró"), SignatureBox(at("two"), "Revisó")]
    heights = [(each.get(W + "hRule"), int(each.get(W + "val"))) for each in tree(template(blank(*boxes))).iter(W + "trHeight")]
    assert heights == [("atLeast", 1247)]
    assert [each for each in filled(*boxes, one="Ana", two="") if each][-3:] == ["Elaboró", "Ana", "Revisó"]


@pytest.mark.parametrize("before", [Line(at("before"), "Antes", ""), Prose(at("before"), "Antes", ())], ids=["line", "prose"])
def test_a_signature_stays_with_what_stands_before_it(before):
    body = tree(template(blank(before, SignatureBox(at("one"), "Elaboró"))))
    said = list(body.iter(W + "p"))
    label = next(number for number, each in enumerate(said) if "Antes" in "".join(each.itertext()))
    frame = next(number for number, each in enumerate(said) if each.getparent().find(f"{W}tcPr/{W}tcBorders") is not None)
    between = [each for each in said[label:frame + 1] if not _fills(each)]
    assert len(between) >= 4
    assert all(each.find(f"{W}pPr/{W}keepNext") is not None for each in between)


def _fills(paragraph: Any) -> bool:
    """Whether it is the room left in a row."""
    return paragraph.getparent().tag == W + "tc" and not "".join(paragraph.itertext()) and paragraph.find(f"{W}pPr/{W}keepNext") is None


def test_a_plain_table_has_all_rows_under_its_head():
    said = filled(Rows(at("rows"), "Tabla", DAYS[:3], ()), rows=[ROW, OTHER])
    rows_said = ["lunes 12 de abril", "09:00", "10:30", "martes 13 de abril", "09:00", "10:30"]
    assert said[-11:-1] == ["Tabla", "Día", "Desde", "Hasta", *rows_said]


def test_a_timetable_names_each_day_once():
    said = filled(rows(Timetable("day", "start", "end", "what", ("hours",))), rows=[ROW, NEXT, OTHER])
    assert [said.count(day) for day in ("lunes 12 de abril", "martes 13 de abril")] == [1, 1]
    assert said.index("09:00–10:30") < said.index("Bienvenida") < said.index("11:00–10:30") < said.index("martes 13 de abril")
    assert said.count("Nota: Con\nsalto") == 1
    assert said.count("Nota: fin") == 1


def test_cards_stand_under_the_group_they_belong_to():
    said = filled(rows(Cards(("what", "start"), "day")), rows=[ROW, NEXT, OTHER])
    order = ["lunes 12 de abril", "Bienvenida · 09:00", "Taller · 11:00", "martes 13 de abril", "Cierre · 09:00"]
    assert [each for each in said if each in order] == order
    assert said.count("Hasta") == 3


CARD = (Column("no", "N.º", 1, "right"), Column("name", "Nombre", 12), Column("when", "Cuándo", 3), Column("where", "Dónde", 3),
        Column("cost", "Costo", 3), Column("pay", "Paga", 3), Column("kind", "Clase", 3), Column("why", "Por qué", 12),
        Column("who", "Quién", 6))
FULL = {"no": "1", "name": "Taller", "when": "mayo", "where": "", "cost": "", "pay": "", "kind": "", "why": "porque\nsí", "who": ""}


def test_a_card_says_its_answers_under_their_labels_and_names_what_is_empty_in_one_line():
    said = [each for each in filled(Rows(at("rows"), "Fichas", CARD, (), Cards(("no", "name"))), rows=[FULL]) if each]
    facts = ["Cuándo", "mayo", "Dónde", "—", "Costo", "—", "Paga", "—"]
    assert said[said.index("1\tTaller"):] == ["1\tTaller", *facts, "Por qué", "porque\nsí", "Clase —\u2003Quién —\u2003"]


def test_a_card_with_every_answer_names_nothing_as_empty():
    whole = {key: value or "x" for key, value in FULL.items()}
    said = filled(Rows(at("rows"), "Fichas", CARD, (), Cards(("no", "name"))), rows=[whole])
    assert not any("—" in each for each in said)
    assert {"Clase", "Quién"} <= set(said)


@pytest.mark.parametrize("after", [(), (SignatureBox(at("one"), "Elaboró"),)], ids=["at the end", "before a signature"])
def test_a_card_stays_whole_and_lets_go_of_the_next(after):
    made = blank(Rows(at("rows"), "Fichas", CARD, (), Cards(("no", "name"))), *after, rows=[FULL, FULL], one="")
    cards = list(tree(word(template(made), made.texts)).iter(W + "tbl"))
    assert len(cards) == 2 + len(after)
    for drawn in cards[:2]:
        *rows_, last = drawn.findall(W + "tr")
        assert all(each.find(f"{W}tc/{W}p/{W}pPr/{W}keepNext") is not None or "Heading4" in etree.tostring(each).decode() for each in rows_)
        assert last.find(f"{W}tc/{W}p/{W}pPr/{W}keepNext") is None


def test_a_table_too_wide_for_the_page_reads_as_cards():
    wide = tuple(Column(f"c{n}", f"Columna {n}", 1) for n in range(9))
    said = filled(Rows(at("rows"), "Ancha", wide, ()), rows=[{f"c{n}": f"v{n}" for n in range(9)}])
    assert "v0 · v1" in said
    assert {"Columna 8", "v8"} <= set(said)


def test_a_plan_marks_its_months():
    said = filled(rows(Gantt(("what",), "months", ("note",))), rows=[ROW, OTHER])
    marks = [each for each in said[said.index("Bienvenida"):said.index("Cierre")] if each in ("", "■")][-12:]
    assert [number for number, mark in enumerate(marks, 1) if mark] == [3, 5]
    assert said[said.index("Cierre"):].count("■") == 1


THEMES = ("Salud", "Juego", "Derechos", "1", "11", "Normas y leyes")


@pytest.mark.parametrize(("said", "marked"), [
    ("Salud", [0]), ("Salud y Derechos", [0, 2]), ("Juego, 11 y Normas y leyes", [1, 4, 5]), ("1, 11 e Juego", [1, 3, 4]), ("", [])])
def test_a_matrix_marks_what_crosses(said, marked):
    told = crossed(THEMES, said)
    marks = [each for each in told[told.index("Taller") + 2:] if each in ("", "■")][:len(THEMES)]
    assert [number for number, mark in enumerate(marks) if mark] == marked


@pytest.mark.parametrize("options", [(*THEMES, "Salud y nutrición"), ('"Salud"', "Juego & Derechos"), ("Uno, dos", "Tres"), ()])
def test_a_matrix_is_told_in_words_where_marks_could_be_mistaken(options):
    told = crossed(options, "Salud y Derechos")
    assert told.count("■") == 0
    assert told.count("Salud y Derechos") == 1


def crossed(options: tuple[str, ...], said: str) -> list[str]:
    across = Column("across", "Temas", 6, options=tuple((words, words) for words in options))
    rows = Rows(at("rows"), "Cruce", (DAYS[3], across, DAYS[5]), (), Matrix(("what",), "across", ("note",)))
    return filled(rows, rows=[{"what": "Taller", "across": said, "note": "n"}])


def test_a_diary_has_an_entry_for_each_row():
    said = filled(rows(Diary("day", "what", ("note",), ())), rows=[ROW, OTHER])
    assert [each for each in said if " · " in each] == ["lunes 12 de abril · Bienvenida", "martes 13 de abril · Cierre"]


def test_an_entry_of_a_diary_names_what_is_empty_in_one_line():
    said = filled(rows(Diary("day", "what", ("note",), ())), rows=[NEXT | {"end": "", "start": "", "hours": "", "months": ""}])
    assert [each for each in said if "—" in each] == ["Nota —\u2003Desde —\u2003Hasta —\u2003Horas —\u2003Meses —\u2003"]


@pytest.mark.parametrize("view", [Plain(), Cards(("what",)), Timetable("day", "start", "end", "what"), Matrix(("what",), "months"),
                                  Gantt(("what",), "months"), Diary("day", "what", ("note",))], ids=lambda view: type(view).__name__)
def test_every_view_says_every_column_and_a_dash_without_rows(view):
    used = names_used(template(blank(rows(view))))
    assert {f"iat.rows[].{column.key}" for column in DAYS} <= used
    assert "—" in filled(rows(view), rows=[])


def test_a_group_in_a_table_names_its_answers():
    columns = (Column("who.name", "Nombres", 6, "left", "Persona"), Column("no", "N.º", 1))
    said = filled(Rows(at("rows"), "Tabla", columns, ()), rows=[{"no": "1", "who": {"name": "Ana"}}])
    assert {"Persona · Nombres", "Ana"} <= set(said)


def test_a_part_with_subjects_is_said_once_for_each():
    line = Line(at("consents", "00000000", "share"), "¿Comparte?", "")
    shown = replace(section("c", "1", "Autorizaciones", Shown(line.path, "", None, (line,))), part="consents", subject="00000000")
    made = replace(document(shown), texts={"iat": {"consents": [{"share": "Sí"}, {"share": "No"}]}, "doc": DOC})
    said = paragraphs(word(template(made), made.texts))
    assert [each for each in said if each in ("Sí", "No")] == ["Sí", "No"]
    assert said.count("1. Autorizaciones") == 2
    assert "iat.consents[].share" in names(made)


def test_keys_that_are_no_words_and_labels_with_braces_are_kept():
    said = filled(Line(at("2nd"), "¿{{ x }} o {% y %}?", ""), Line(at("items"), "if", ""), **{"2nd": "segundo", "items": "cosas"})
    assert {"segundo", "¿{{ x }} o {% y %}?", "cosas"} <= set(said)


def everything() -> bytes:
    blocks = (Line(at("one"), "Una", ""), rows(Plain()), rows(Cards(("what",), "day")), rows(Timetable("day", "start", "end", "what")),
              Bars(at("tally"), "Por tipo", ()), SignatureBox(at("sign"), "Firma"))
    return template(blank(*blocks, one="", rows=[], tally=[], sign=""))


def test_the_styles_are_words_own_with_spanish_names():
    source = everything()
    styles = Document(io.BytesIO(source)).styles
    assert {"Title", "Heading 1", "Heading 2", "Etiqueta", "Valor", "Tabla", "Nota"} <= {style.name for style in styles}
    aliases = {each.get(W + "val") for each in tree(source, "word/styles.xml").iter(W + "aliases")}
    assert {"Título", "Sección", "Grupo", "Ficha"} <= aliases
    known = {style.style_id for style in styles}
    used = {each.get(W + "val") for each in tree(source).iter(W + "pStyle", W + "rStyle", W + "tblStyle")}
    assert used <= known


def test_heads_repeat_rows_stay_whole_and_no_height_is_exact():
    body = tree(everything())
    captioned = [table for table in body.iter(W + "tbl") if table.find(f"{W}tblPr/{W}tblCaption") is not None]
    assert len(captioned) == 3
    for table in captioned:
        assert table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in body.iter(W + "tr"))
    assert not any(each.get(W + "hRule") == "exact" for each in body.iter(W + "trHeight"))


def test_head_and_foot_have_real_fields_and_the_mark_an_alternative_text():
    source = everything()
    fields = [each.get(W + "instr").strip() for each in tree(source, "word/footer1.xml").iter(W + "fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]
    assert all(each.get("descr") for each in tree(source, "word/header1.xml").iter("{*}docPr", "{*}cNvPr"))
    assert names_used(source) >= {f"doc.{key}" for key in DOC if key != "title"}


@pytest.mark.parametrize(("language", "tag"), [("es", "es-ES"), ("pt", "pt-BR")])
def test_language_and_title_are_told(language, tag):
    source = template(replace(blank(Line(at("one"), "Una", ""), one=""), language=language))
    told = Document(io.BytesIO(source)).core_properties
    assert (told.language, told.title) == (tag, "Informe semestral de asistencia técnica")
    assert {each.get(W + "val") for each in tree(source, "word/styles.xml").iter(W + "lang")} == {tag}


def test_the_same_definition_makes_the_same_bytes():
    assert everything() == everything()
    with zipfile.ZipFile(io.BytesIO(everything())) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml"
