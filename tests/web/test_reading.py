"""How answers and moments read on the pages: cards and tables, hours of the unit's country, where a value came from."""

import pytest

from app.store import open_store
from tests.web.site import page

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
