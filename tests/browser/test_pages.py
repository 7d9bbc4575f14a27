"""Every page: axe finds nothing, nothing sticks out at 360 px, nothing is refused by the policy, whatever the language."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE

pytestmark = pytest.mark.browser
PAGES = {
    "front door": "/?otra=1",
    "reports": "/inicio",
    "new report": "/informes/nuevo",
    "dossier": "/expedientes/{dossier}",
    "fields": "/documentos/{document}/head",
    "tables": "/documentos/{document}/entries",
    "totals": "/documentos/{document}/totals",
    "one row": "/documentos/{document}/entries/entries/{row}",
    "all answers": "/documentos/{document}/revisar",
    "history": "/documentos/{document}/historia",
    "printed pages": "/documentos/{document}/vista",
    "code": "/v/AAAA-AAAA-AAAA-AAAA",
    "help": "/ayuda",
    "nothing there": "/nada",
}
STANDARDS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


@pytest.fixture(scope="module")
def reader(chromium, site):
    """Somebody signed in, in a report that has a row in each table; the row's id is remembered."""
    context = chromium.new_context(viewport=DESK, locale="es-SV", base_url=site.address)
    page = context.new_page()
    page.goto("/")
    page.click("li:has(h4:text-is('Edición De Prueba')) button")
    page.goto(f"/documentos/{site.world.document}/entries")
    page.click("button[value='add:groups']")
    page.fill("input[name$='-beneficiary']", "Mesa técnica intersectorial de una comunidad con un nombre bastante largo")
    page.click("button[value='add:entries']")
    page.fill("input[name$='-product']", "Protocolo-de-atención-con-una-palabra-larguísima-que-no-se-parte")
    page.click("text=Guardar y volver a la lista")
    page.row = page.url.rpartition("#")[2][-8:]
    yield page
    context.close()


def opened(reader: Page, site, name: str, size: dict) -> list[str]:
    """Goes to a page; returns what the browser complained about."""
    said: list[str] = []
    listen = lambda message: said.append(message.text) if message.type == "error" else None  # noqa: E731
    reader.on("console", listen)
    reader.set_viewport_size(size)
    reader.goto(PAGES[name].format(document=site.world.document, dossier=site.world.dossier, row=reader.row))
    reader.wait_for_load_state("networkidle")
    reader.remove_listener("console", listen)
    return [each for each in said if "404" not in each]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_sticks_out(name, size, reader, site):
    complaints = opened(reader, site, name, size)
    found = Axe().run(reader, options=STANDARDS)
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found.response["violations"]] == []
    assert reader.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert complaints == []


@pytest.mark.parametrize("language", ["pt_BR", "en"])
def test_the_widest_pages_fit_a_phone_in_every_language(language, reader, site):
    opened(reader, site, "reports", PHONE)
    reader.click(f"button[value='{language}']")
    for name in ("reports", "tables", "one row", "all answers"):
        opened(reader, site, name, PHONE)
        assert reader.evaluate("document.documentElement.lang") == language.replace("_", "-")
        assert reader.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
    reader.click("button[value='es']")


def test_every_page_can_be_printed_without_what_only_a_screen_needs(reader, site):
    opened(reader, site, "all answers", DESK)
    reader.emulate_media(media="print")
    assert not reader.locator(".anexa-foot").is_visible()
    assert not reader.locator(".govuk-breadcrumbs").is_visible()
    assert reader.locator("main").is_visible()
    reader.emulate_media(media="screen")


def test_what_is_in_focus_is_never_hidden_behind_the_save_bar(reader, site):
    opened(reader, site, "one row", DESK)
    covered = reader.evaluate(
        """() => [...document.querySelectorAll('#filling input:not([type=hidden]), #filling textarea, #filling select')].filter((input) => {
            if (!input.offsetParent) return false;
            input.focus();
            const box = input.getBoundingClientRect();
            const bar = document.querySelector('.anexa-save').getBoundingClientRect();
            return box.top >= bar.top && box.bottom <= bar.bottom;
        }).map((input) => input.id)"""
    )
    assert covered == []
