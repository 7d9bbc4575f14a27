"""Taken away, filled by another program, brought back: three differences, two accepted; on a desk, on a telephone, without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.test_life_browser import complete_report
from tests.browser.test_pages import STANDARDS
from tests.workflow import filled

pytestmark = pytest.mark.browser
SUMMARY, STEPS, KIND = "Lo que se hizo, escrito en el avión.", "Otros pasos, escritos en el avión.", "20"
ROW = "Q3YDRT8H"


def take_away(page, document) -> bytes:
    page.goto(f"{document}/sin-conexion")
    with page.expect_download() as taken:
        page.click("text=Descargar PDF rellenable en español")
    return taken.value.path().read_bytes()


def bring_back(page, document, data: bytes) -> None:
    page.goto(f"{document}/sin-conexion")
    page.set_input_files("#file", {"name": "informe.pdf", "mimeType": "application/pdf", "buffer": data})
    page.click("text=Subir y comparar")


@pytest.mark.parametrize(("script", "size"), [(True, DESK), (False, PHONE)], ids=["desk", "telephone without JavaScript"])
def test_three_differences_two_accepted_and_given_back(visits, site, script, size):
    document = complete_report(site)
    page = visits.open("Edición", script, size)
    written = filled.fill(take_away(page, document), {"summary": SUMMARY, f"entries.{ROW}.sessions": KIND, "next_steps": STEPS})
    bring_back(page, document, written)
    expect(page.locator("input[name=take]")).to_have_count(3)
    expect(page.locator("input[name=take]:checked")).to_have_count(3)
    assert complaints(page, script) == []
    page.uncheck("#take-next_steps")
    page.click("text=Aceptar lo marcado")
    expect(page.locator("main")).to_contain_text("Respuestas tomadas del PDF: 2. Sin tomar: 1.")
    expect(page.locator("input[name=take]")).to_have_count(1)
    assert complaints(page, script) == []
    page.goto(f"{document}/revisar")
    expect(page.locator("main")).to_contain_text(SUMMARY)
    expect(page.locator("main")).not_to_contain_text(STEPS)
    page.go_back()
    page.click("button:has-text('Deshacer')")
    expect(page.locator("input[name=take]")).to_have_count(3)
    page.goto(f"{document}/revisar")
    expect(page.locator("main")).not_to_contain_text(SUMMARY)
    assert visits.complaints == []


def test_a_file_that_is_not_the_form_is_told_beside_it(visits, site):
    document = complete_report(site)
    page = visits.open("Edición")
    bring_back(page, document, b"PK\x03\x04 un documento de Word")
    expect(page.locator("#file-error")).to_contain_text("no es un PDF")
    assert complaints(page, script=True) == []


def complaints(page, script: bool) -> list[str]:
    """What axe finds; it is a program itself, so it looks where programs run. Also, nothing sticks out of the page."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") if script else True
    found = Axe().run(page, options=STANDARDS).response["violations"] if script else []
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
