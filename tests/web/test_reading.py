"""How answers and moments read on the pages: cards and tables, hours of the unit's country, where a value came from."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app import clock
from app.i18n import formatter
from app.store import open_store
from forms.blocks import Cell, Column, Row, Rows
from forms.catalogues import MEMBERS, ZONES
from forms.path import AnswerPath
from forms.resolved import Shown
from tests.web.site import HOST, Visitor, page, text

GROUP, OTHER = "AAAAAAAA", "BBBBBBBB"
LONG = "Preparación de insumos, conducción, memorias y seguimiento de acuerdos de la Mesa Técnica."


@pytest.fixture
def document(world):
    return f"/documentos/{world.document}"


def written(world, section: str, leaves: dict) -> None:
    """Answers saved by the first editor."""
    with open_store(world.settings) as store:
        now = store.documents.get(world.document).revision
        store.revisions.append(world.document, now, world.people["Edición"], section, leaves)


def entry(row: str, order: int, group: str, product: str, **more) -> dict:
    said = {"_order": order, "group": group, "product": product, "description": LONG, "session_mode": "virtual", **more}
    return {f"entries.{row}.{key}": value for key, value in said.items()}


@pytest.fixture
def entered(world):
    """Two groups and three entries, those of the groups by turns."""
    names = {GROUP: "Mesa técnica", OTHER: "Otras dependencias"}
    groups = {f"groups.{row}.{key}": said for number, (row, name) in enumerate(names.items()) for key, said in
              (("_order", number), ("beneficiary", name))}
    rows = entry("C0000001", 0, GROUP, "Plan de acción", sessions=19) | entry("C0000002", 1, OTHER, "Protocolo")
    written(world, "entries", groups | rows | entry("C0000003", 2, GROUP, ""))


def test_rows_read_as_cards_under_what_groups_them(entered, editor, document):
    seen = page(editor.get(f"{document}/revisar"))
    assert seen.xpath("//h4/text()") == ["1 · Mesa técnica", "2 · Otras dependencias"]
    lists = seen.xpath("//h4/following-sibling::ol[1]")
    assert [each.xpath(".//p[contains(@class, 'title')]/text()") for each in lists] == [["1 · Plan de acción", "2"], ["3 · Protocolo"]]


def test_a_card_has_what_was_answered_and_one_way_to_change_it(entered, editor, document):
    (card,) = page(editor.get(f"{document}/revisar")).xpath("//li[@id='entries-C0000001']")
    facts, told = ([each.text_content() for each in part.xpath("./div/dt")] for part in card.xpath("./dl"))
    assert facts == ["Número de sesiones", "Modalidad"]
    assert told == ["Qué se hizo"]
    assert card.xpath(".//a/@href") == [f"{document}/ir/entries-C0000001"]


def test_a_narrow_table_reads_as_a_table(entered, editor, document):
    seen = page(editor.get(f"{document}/revisar"))
    cells = [cell.text_content() for cell in seen.xpath("//table[caption='Grupos por beneficiario']//td")]
    assert cells == ["1", "Mesa técnica", "2", "Otras dependencias"]


def test_counts_are_in_the_order_of_the_groups_and_codes_the_most_frequent_first(entered, editor, world, document):
    """Whatever order they were kept in: groups here come with ids that run against their places."""
    written(world, "entries", {f"groups.{GROUP}._order": 5, "entries.C0000001.kind": "workshop", "entries.C0000002.session_mode": "mixed"})
    seen = page(editor.get(f"{document}/revisar"))
    told = {table.findtext("caption"): table.xpath(".//th/text()") for table in seen.xpath("//table[contains(@class, 'bars')]")}
    assert told["Por grupo"] == ["1 · Otras dependencias", "2 · Mesa técnica"]
    assert told["Por modalidad"] == ["Virtual", "Mixta"]


def test_only_what_has_a_source_can_go_back_to_it(editor, document):
    """A unit's first report knows its year and nothing of an earlier report."""
    editor.form(f"{document}/head").fill(year="2020", institution="Institución de ejemplo").press("stay")
    assert page(editor.get(f"{document}/head")).xpath("//button[starts-with(@value, 'restore:')]/@value") == ["restore:year"]


def test_rows_of_a_first_report_come_from_nowhere(entered, editor, document):
    assert "Cambiado aquí" not in text(editor.get(f"{document}/entries"))


LATE = datetime(2027, 4, 13, 2, 5, tzinfo=UTC)
"""Five past eight in the evening of the day before, in El Salvador."""


@pytest.fixture
def late(app, world, document):
    """The editor on that evening, and what the page said when it saved itself."""
    with clock.stopped(LATE):
        editor = Visitor(app).enter(world, "Edición")
        yield editor, text(editor.form(f"{document}/head").fill(summary="Lo que se hizo.").autosave())


def test_hours_are_those_of_the_unit(late, document):
    editor, saved = late
    assert saved.startswith("Guardado a las 20:05")
    assert "12 de abril de 2027, 20:05" in text(editor.get(f"{document}/historia"))
    assert "12/04/2027 20:05" in text(editor.get("/inicio"))


def test_who_sees_several_countries_is_told_the_hours_of_each_report(late, app, world):
    with open_store(world.settings) as store:
        for unit in world.units.values():
            store.grants.give(world.people["Nadie"], "unit_head", "unit", unit)
    seen = page(Visitor(app).enter(world, "Nadie").get("/inicio"))
    assert seen.xpath("//tr[th//a[contains(., 'SLV')]]/td[last()]/text()") == ["12/04/2027 20:05"]


@pytest.mark.parametrize(
    ("country", "told"),
    [
        ("SLV", "12 de abril de 2027, 20:05 (hora de El Salvador)"), ("URY", "12 de abril de 2027, 23:05 (hora de Uruguay)"),
        ("GNQ", "13 de abril de 2027, 03:05 (hora de Guinea Ecuatorial)"), ("", "13 de abril de 2027, 02:05 UTC"),
    ],
)
def test_on_paper_a_moment_says_whose_hour_it_is(country, told):
    assert formatter("es", country).moment(LATE.isoformat()) == told


def test_each_member_has_a_zone_this_python_knows():
    assert set(ZONES) == set(MEMBERS)
    assert all(ZoneInfo(zone).key == zone for zone in ZONES.values())


def test_the_front_door_of_a_demonstration_names_those_of_one_role_who_came_first_first(stranger, world):
    seen = page(stranger.get("/"))
    names = seen.xpath("//ul/li//h4/text()")
    assert names == ["Secretaría De Prueba", "Edición De Prueba", "Suplencia De Prueba", "Ajena De Prueba", "Jefatura De Prueba"]


def test_a_table_nobody_types_is_read_where_it_stands(app):
    columns = (Column("action", "Acción"), Column("light", "Semáforo"))
    row = Row("K7Q2M9XB", {"action": Cell("a", "PT-01"), "light": Cell("green", "Verde")})
    lights = Shown(AnswerPath(("light",)), "Semáforo", None, (Rows(AnswerPath(("light",)), "Semáforo", columns, (row,)),))
    with app.test_request_context(base_url=HOST):
        told = app.jinja_env.get_template("blocks.html").make_module({}).every(lights, "Sin dato")
    assert "PT-01" in told
    assert "Verde" in told
    assert "Sin dato" not in told
