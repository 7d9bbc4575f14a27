"""A coordinator prints the notebooks of an exchange in a real browser, with and without JavaScript; axe finds nothing there."""

import threading

import pytest
from axe_playwright_python.sync_playwright import Axe

from app.store import open_store
from app.workflow import jobs
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_pages import STANDARDS
from tests.workflow.pressing import CODE, Press

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def press(site):
    """The worked exchange beside what the site holds already."""
    with open_store(site.world.settings) as store:
        return Press(store).written(1, 2).coordinator


def entered(visits, **how):
    """The coordinator's browser."""
    page = visits.open(**how)
    page.click("li:has-text('Coordinación de impresión') button")
    page.wait_for_url("**/inicio")
    return page


def worked(site, page):
    """What the worker does meanwhile."""
    thread = threading.Thread(target=jobs.work_at, args=(site.world.settings, page.url.rpartition("/")[2]))
    thread.start()
    return thread


@pytest.mark.parametrize(("script", "size"), [(True, DESK), (False, PHONE)], ids=["desk", "phone without JavaScript"])
def test_a_coordinator_prints_the_notebooks_of_an_exchange(script, size, visits, site, press):
    page = entered(visits, script=script, size=size)
    page.goto("/cuadernos")
    page.check("input[name=intercambio]")
    page.fill("#spare", "1")
    page.click("text=Calcular las hojas")
    assert "Son 18 hojas" in page.inner_text("main")
    accessible(page, script)
    page.click("text=Preparar los cuadernos")
    page.wait_for_url("**/cuadernos/*")
    working = worked(site, page)
    page.wait_for_selector("text=Descargar todo (ZIP)", timeout=30_000)
    working.join()
    page.reload()
    accessible(page, script)
    with page.expect_download() as taken:
        page.click("text=imprimir_letter_1.pdf")
    assert taken.value.path().read_bytes().startswith(b"%PDF-")
    page.click("text=Marcar todos como impresos")
    assert page.locator("button:has-text('Quitar')").count() >= 5
    assert CODE in page.inner_text("h1")
    assert visits.complaints == []


def accessible(page, script):
    """No finding of axe, which needs JavaScript, and nothing wider than the screen."""
    if script:
        found = Axe().run(page, options=STANDARDS).response["violations"]
        assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
