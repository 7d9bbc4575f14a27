"""A report from draft through a returned answer to signed, sealed and publicly checked: three people, with and without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from app.demo import HERE
from app.store import open_store
from app.workflow import intake, reports, verification
from tests.browser.conftest import DESK, PHONE, Site, Visits
from tests.browser.test_pages import STANDARDS
from tests.web.site import code_for

pytestmark = pytest.mark.browser
MODES = {"ids": ["with JavaScript", "without JavaScript"], "argvalues": [True, False]}


def complete_report(site: Site) -> str:
    """A report of a new unit with nothing missing; returns the address of its document."""
    site.opened += 1
    with open_store(site.world.settings) as store:
        unit = store.units.add(f"SLV-VIDA-{site.opened}", f"Unidad de vida {site.opened}", "Institución de ejemplo", "SLV")
        for name, role in (("Edición", "unit_editor"), ("Jefatura", "unit_head")):
            store.grants.give(site.world.people[name], role, "unit", unit.id)
        editor = store.people.get(site.world.people["Edición"])
        opened = reports.open_report(store, editor, unit.id, 2021, "1", "Política de ejemplo")
        document = store.documents.of(opened.id)[0]
        intake.fill(store, editor, document, intake.read((HERE / "iat_slv_2021_1.json").read_bytes(), "iat"))
    return f"/documentos/{document.id}"


def printed_code(site: Site, document: str) -> str:
    with open_store(site.world.settings) as store:
        return verification.grouped(store.documents.get(document.rpartition("/")[2]).verification)


def sends(page: Page, document: str) -> None:
    page.goto(f"{document}/revisar")
    page.click("button:has-text('Enviar a revisión')")
    expect(page.locator("main")).to_contain_text("Está enviado.")


def comments(page: Page, document: str, script: bool) -> None:
    page.goto(f"{document}/revision")
    page.click("#summary a:has-text('Comentar')")
    page.fill("textarea[name='text']", "Diga cuántas mesas se reunieron.")
    page.click(".anexa-writing button" if script else "main form button:has-text('Comentar')")
    expect(page.locator("#summary")).to_contain_text("Diga cuántas mesas")
    expect(page.locator("#decision")).to_contain_text("Observaciones de esta revisión: 1")
    page.click("button:has-text('Devolver solo esto')")
    expect(page.locator("main")).to_contain_text("Está devuelto.")


def corrects(page: Page, document: str) -> None:
    page.goto("/inicio")
    page.click(f"a[href='{document}/observaciones']")
    page.click("text=Ir a la respuesta")
    expect(page.locator("main")).to_contain_text("Diga cuántas mesas")
    expect(page.locator("#filling textarea")).to_have_count(1)
    page.fill("#summary", "Se reunieron doce mesas en el semestre, con actas firmadas.")
    page.click("text=Guardar y seguir")
    page.goto(f"{document}/observaciones")
    page.fill("textarea[name='text']", "Ya dice cuántas.")
    page.click("button:has-text('Responder')")
    page.click("button:has-text('Volver a enviar')")
    expect(page.locator("main")).to_contain_text("Está enviado.")


def approves(page: Page, document: str) -> None:
    page.goto("/inicio")
    page.click(f"a[href='{document}/revision']")
    expect(page.locator("ins", has_text="doce")).to_have_count(1)
    expect(page.locator("#decision .govuk-button")).to_have_count(1)
    page.click("button:has-text('Aprobar')")
    expect(page.locator("main")).to_contain_text("Está aprobado.")


def signs(page: Page, site: Site, name: str, document: str, draw: bool = False) -> None:
    page.goto("/inicio")
    page.click(f"a[href='{document}/firma']")
    page.click("button:has-text('Enviarme el código')")
    expect(page.locator("main")).to_contain_text("Enviamos un código")
    page.fill("#code", code_for(site.world, name, document))
    if draw:
        draws(page)
    page.click("#signature button:has-text('Firmar')")
    expect(page.locator("main")).to_contain_text("Su firma está puesta.")


def draws(page: Page) -> None:
    page.check("#method-drawn")
    page.locator("#drawing").scroll_into_view_if_needed()
    box = page.locator("#drawing").bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    page.mouse.down()
    for step in range(12):
        page.mouse.move(box["x"] + 40 + step * 25, box["y"] + 60 + (step % 3) * 30)
    page.mouse.up()


@pytest.mark.parametrize("script", **MODES)
def test_a_report_goes_from_draft_to_signed_sealed_and_checked(script, visits: Visits, tmp_path):
    site, document = visits.site, complete_report(visits.site)
    editor, head = visits.open("Edición", script=script), visits.open("Jefatura", script=script)
    sends(editor, document)
    comments(head, document, script)
    corrects(editor, document)
    approves(head, document)
    signs(editor, site, "Edición", document, draw=script)
    signs(head, site, "Jefatura", document)
    expect(head.locator("main")).to_contain_text("El documento está sellado.")
    with head.expect_download() as handed:
        head.click("text=Descargar la constancia firmada")
    handed.value.save_as(tmp_path / "constancia.pdf")
    anybody(visits, script, printed_code(site, document), tmp_path / "constancia.pdf")
    assert visits.complaints == []


def anybody(visits: Visits, script: bool, code: str, file) -> None:
    """Somebody without an account asks by code and by file; with JavaScript the file does not leave the browser."""
    page = visits.open(script=script)
    posted: list[int] = []
    page.on("request", lambda request: posted.append(len(request.post_data_buffer or b"")) if request.method == "POST" else None)
    page.goto("/verificar")
    page.fill("#codigo", code)
    page.click("text=Comprobar el código")
    expect(page.locator("[role=status]")).to_contain_text("está vigente")
    page.set_input_files("#file", file)
    page.click("text=Comprobar el archivo")
    expect(page.locator("[role=status]")).to_contain_text("firmado y sellado")
    expect(page.locator("[role=status]")).to_contain_text("No cambió ni un byte")
    assert not script or max(posted) < 5_000
    changed = {"name": "otra.pdf", "mimeType": "application/pdf", "buffer": file.read_bytes() + b"\n"}
    page.set_input_files("#file", changed)
    page.click("text=Comprobar el archivo")
    if script:
        expect(page.locator("[role=status]")).to_contain_text("No está entre los archivos que guardamos")
        page.set_input_files("#file", changed)
        page.click("text=Comprobar el archivo")
    expect(page.locator("[role=status]")).to_contain_text("El archivo cambió después de hacerse")


def test_a_signature_is_made_with_the_keyboard_alone(visits: Visits):
    document = complete_report(visits.site)
    editor, head = visits.open("Edición"), visits.open("Jefatura")
    sends(editor, document)
    head.goto(f"{document}/revision")
    head.click("button:has-text('Aprobar')")
    editor.goto(f"{document}/firma")
    editor.focus("#code")
    editor.keyboard.type(code_for(visits.site.world, "Edición", document))
    editor.keyboard.press("Enter")
    expect(editor.locator("main")).to_contain_text("Su firma está puesta.")


STEPS = {
    "draft": ("Edición", ["/inicio", "{document}/revisar", "{document}/versiones"]),
    "submitted": ("Jefatura", ["/tablero", "{document}/revision", "{document}/comentar/summary", "{document}/revisar"]),
    "observed": ("Edición", ["{document}/observaciones", "{document}/head", "{document}/entries", "/inicio"]),
    "signing": ("Edición", ["{document}/firma", "{document}/head"]),
    "signed": ("Secretaría", ["{document}/firma", "{document}/versiones", "{document}/anular", "{document}/historia", "/tablero"]),
    "public": ("", ["/verificar", "/v/{code}"]),
}


def brought_to(state: str, visits: Visits, document: str) -> None:
    """Walk a report to a state."""
    if state in ("submitted", "observed", "signing", "signed"):
        sends(visits.open("Edición"), document)
    if state == "observed":
        comments(visits.open("Jefatura"), document, script=True)
    if state in ("signing", "signed"):
        head = visits.open("Jefatura")
        head.goto(f"{document}/revision")
        head.click("button:has-text('Aprobar')")
        expect(head.locator("main")).to_contain_text("Está aprobado.")
    for name in ("Edición", "Jefatura") if state == "signed" else ():
        signs(visits.open(name), visits.site, name, document)


@pytest.mark.parametrize("state", STEPS)
def test_axe_finds_nothing_on_the_pages_of_a_life_and_they_fit_a_phone(state, visits: Visits):
    document = complete_report(visits.site)
    brought_to(state, visits, document)
    name, places = STEPS[state]
    page = visits.open(name)
    for place in places:
        page.goto(place.format(document=document, code=printed_code(visits.site, document)))
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            page.wait_for_load_state("networkidle")
            found = Axe().run(page, options=STANDARDS).response["violations"]
            assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == [], (place, size)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], (place, size)
    assert visits.complaints == []
