"""A report from empty to the page of all answers, with a mouse, without JavaScript, by keyboard, on a phone, by two people at once."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visits

pytestmark = pytest.mark.browser
DONE = "Tiene todo lo que hace falta."


def started(visits: Visits, page: Page) -> str:
    """A new report of a new unit; returns the address of its document."""
    unit = visits.site.fresh_unit()
    page.goto("/informes/nuevo")
    page.select_option("#unit", label=unit)
    page.fill("#year", "2021")
    page.check("#semester")
    page.fill("#policy", "Política de ejemplo")
    page.click("text=Empezar el informe")
    page.wait_for_url("**/expedientes/*")
    return re.sub(r"/head$", "", page.get_attribute("a:has-text('Encabezado')", "href") or "")


def fill_head(page: Page) -> None:
    page.fill("#institution", "Consejo de ejemplo")
    page.fill("#unit", "Unidad de ejemplo")
    page.select_option("#country", "SLV")
    page.fill("#summary", "Un semestre de trabajo con las mesas técnicas.")


def fill_entry(page: Page) -> None:
    page.select_option("select[name$='-group']", index=1)
    page.select_option("select[name$='-kind']", index=2)
    page.check("text=Concluida")
    page.fill("textarea[name$='-description']", "Se acompañó la redacción del protocolo con tres equipos.")
    page.fill("input[name$='-product']", "Protocolo de atención")
    page.check("text=Presencial")
    page.check("text=San Salvador")


def complete(page: Page) -> None:
    """The three sections, from the first to the page of all answers."""
    page.click("text=Encabezado")
    fill_head(page)
    page.click("text=Guardar y seguir")
    page.click("button[value='add:groups']")
    page.fill("input[name$='-beneficiary']", "Mesa técnica intersectorial")
    page.click("button[value='add:entries']")
    fill_entry(page)
    page.click("text=Guardar y volver a la lista")
    expect(page.locator("tbody")).to_contain_text("Protocolo de atención")
    page.click("text=Guardar y seguir")
    page.fill("#achievements", "Se cumplió lo previsto.")
    page.click("text=Guardar y seguir")
    page.wait_for_url("**/revisar")


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_report_is_filled_from_empty_to_the_page_of_all_answers(script, visits):
    page = visits.open("Edición", script=script)
    started(visits, page)
    complete(page)
    expect(page.locator("main")).to_contain_text(DONE)
    expect(page.locator("main")).to_contain_text("Mesa técnica intersectorial")
    with page.expect_download() as handed:
        page.click("text=Descargar la constancia PDF")
    assert handed.value.suggested_filename.endswith(".pdf")
    assert visits.complaints == []


def test_what_is_missing_leads_to_its_field(visits):
    page = visits.open("Edición")
    document = started(visits, page)
    page.goto(f"{document}/entries")
    page.click("button[value='add:entries']")
    page.goto(f"{document}/revisar")
    page.click("text=Falta «Producto».")
    expect(page.locator("input[name$='-product']")).to_be_in_viewport()


def test_a_page_saves_itself_and_shows_the_printed_page_anew(visits):
    page = visits.open("Edición")
    document = started(visits, page)
    page.goto(f"{document}/head")
    before = page.get_attribute("#preview", "src")
    page.fill("#summary", "Se guarda sin tocar ningún botón.")
    expect(page.locator("#saved")).to_have_text(re.compile(r"Guardado a las \d\d:\d\d"), timeout=15_000)
    assert page.get_attribute("#preview", "src") != before
    page.fill("#summary", "Y otra vez.")
    expect(page.locator("#saved")).to_have_text("Cambios sin guardar")
    expect(page.locator("#saved")).to_have_text(re.compile("Guardado"), timeout=15_000)
    page.reload()
    expect(page.locator("#summary")).to_have_value("Y otra vez.")


def test_without_a_connection_the_text_stays_and_is_saved_when_it_is_back(visits):
    page = visits.open("Edición")
    document = started(visits, page)
    page.goto(f"{document}/head")
    page.context.set_offline(True)
    page.fill("#summary", "Escrito sin conexión.")
    expect(page.locator("#saved")).to_have_text(re.compile("Sin conexión"), timeout=15_000)
    expect(page.locator("#summary")).to_have_value("Escrito sin conexión.")
    page.context.set_offline(False)
    expect(page.locator("#saved")).to_have_text(re.compile("Guardado"), timeout=30_000)
    page.reload()
    expect(page.locator("#summary")).to_have_value("Escrito sin conexión.")


def test_leaving_with_unsaved_text_is_asked_about(visits):
    page = visits.open("Edición")
    document = started(visits, page)
    page.goto(f"{document}/head")
    page.locator("#summary").press_sequentially("A medias")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.click(".govuk-breadcrumbs a:text-is('Inicio')")
    page.wait_for_url("**/inicio")
    assert asked == ["beforeunload"]


def test_a_field_that_depends_on_another_shows_when_it_is_wanted(visits):
    page = visits.open("Edición")
    document = started(visits, page)
    page.goto(f"{document}/entries")
    page.click("button[value='add:entries']")
    unit = page.locator("[data-when]", has_text="De qué")
    expect(unit).to_be_hidden()
    page.fill("input[name$='-other_quantity']", "3")
    expect(unit).to_be_visible()
    page.fill("input[name$='-other_quantity']", "")
    expect(unit).to_be_hidden()


def test_characters_left_are_counted_in_the_readers_language(visits):
    page = visits.open("Edición")
    document = started(visits, page)
    page.goto(f"{document}/totals")
    page.fill("#difficulties", "x" * 805)
    expect(page.locator("#difficulties-info + .govuk-character-count__message")).to_have_text("Sobran 5 caracteres")
    page.click("text=Guardar y seguir")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.click(".govuk-error-summary a")
    expect(page.locator("#difficulties")).to_be_focused()
    expect(page.locator("#difficulties")).to_have_value("x" * 805)


def test_a_section_is_filled_and_saved_with_the_keyboard_alone(visits):
    page = visits.open("Edición")
    document = started(visits, page)
    page.goto(f"{document}/totals")
    page.keyboard.press("Tab")
    expect(page.locator(".govuk-skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "achievements":
            break
    page.keyboard.type("Escrito sin ratón.")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "next":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/revisar")
    expect(page.locator("main")).to_contain_text("Escrito sin ratón.")


def test_enter_in_a_field_saves_and_stays(visits):
    page = visits.open("Edición")
    document = started(visits, page)
    page.goto(f"{document}/head")
    page.fill("#institution", "Guardada con la tecla Intro")
    page.press("#institution", "Enter")
    page.wait_for_url(f"**{document}/head")
    expect(page.locator("#institution")).to_have_value("Guardada con la tecla Intro")


def test_two_people_who_change_the_same_see_both_texts(visits):
    one, other = visits.open("Edición"), visits.open("Suplencia")
    document = started(visits, one)
    one.goto(f"{document}/head")
    other.goto(f"{document}/head")
    one.fill("#summary", "El texto de la primera.")
    one.click("text=Guardar y seguir")
    other.fill("#summary", "El texto de la segunda.")
    expect(other.locator("#saved")).to_contain_text("Otra persona cambió lo mismo", timeout=15_000)
    other.click("text=Ver los dos textos")
    expect(other.locator("main")).to_contain_text("El texto de la primera.")
    expect(other.locator("main")).to_contain_text("El texto de la segunda.")
    other.check("text=Lo que escribió usted")
    other.click("text=Guardar lo elegido")
    one.goto(f"{document}/head")
    expect(one.locator("#summary")).to_have_value("El texto de la segunda.")


def test_what_a_page_that_saves_itself_finds_wrong_is_said_at_its_field_until_it_is_right(visits):
    page = visits.open("Edición")
    page.goto(f"{started(visits, page)}/head")
    page.fill("#year", "mil")
    expect(page.locator("#year-error")).to_contain_text("«Año»", timeout=15_000)
    expect(page.locator("#year")).to_be_focused()
    expect(page.locator("#year")).to_have_attribute("aria-describedby", re.compile("year-error"))
    expect(page.locator("#saved")).to_contain_text("«Año»")
    page.fill("#year", "2021")
    expect(page.locator("#year-error")).to_have_count(0, timeout=15_000)
    expect(page.locator(".govuk-form-group--error")).to_have_count(0)


def test_a_row_taken_away_is_brought_back(visits):
    page = visits.open("Edición", size=PHONE)
    document = started(visits, page)
    page.goto(f"{document}/entries")
    page.click("button[value='add:groups']")
    page.fill("input[name$='-beneficiary']", "Red de centros")
    page.locator("details.anexa-more").first.locator("summary").click()
    page.click("button[value^='remove:groups']")
    expect(page.locator("input[name$='-beneficiary']")).to_have_value("")
    page.click("text=Devolver la fila")
    expect(page.locator("input[name$='-beneficiary']")).to_have_value("Red de centros")
