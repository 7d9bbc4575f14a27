"""The page that sets a report beside the one before it, and the report as a spreadsheet."""

from app.store import open_store
from app.workflow import reports
from tests.web.site import completed, page, text


def test_a_first_report_says_what_will_stand_here(editor, world):
    assert "primer informe" in text(editor.get(f"/documentos/{world.document}/comparacion"))


def test_the_second_report_shows_what_both_count(editor, world):
    completed(world)
    with open_store(world.settings) as store:
        unit, who = world.units["SLV-CONNA-DPI"], store.people.get(world.people["Edición"])
        second = store.documents.of(reports.open_report(store, who, unit, 2021, "2").id)[0]
    seen = page(editor.get(f"/documentos/{second.id}/comparacion"))
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in seen.xpath("//tbody/tr[count(*)=4]")]
    assert ["En todo el informe", "17", "3", "−14"] in rows
    assert ["Sesiones", "45", "—", "−45"] in rows


def test_a_report_downloads_as_a_spreadsheet(editor, world):
    made = editor.get(completed(world) + "/descargar/xlsx/es")
    assert made.status_code == 200
    assert made.headers["Content-Disposition"].endswith(".xlsx")
    assert made.data.startswith(b"PK")
