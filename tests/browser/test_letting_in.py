"""Entering by mail and the pages about people in a real browser, with and without JavaScript; axe finds nothing there."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from axe_playwright_python.sync_playwright import Axe

from app.store import open_store
from app.workflow import mailing
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_pages import STANDARDS

pytestmark = pytest.mark.browser
ADMIN = "administracion@example.org"


@pytest.fixture(scope="module")
def admin(site):
    """Somebody who lets others in."""
    with open_store(site.world.settings) as store:
        person = store.people.add("Administración", "De Prueba", ADMIN)
        store.grants.give(person.id, "admin", "everything")
    return person


def link_to(site, email) -> str:
    """The path of the link in the mail that arrived last for an address."""
    mailing.deliver(site.world.settings)
    letters = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(site.world.settings.mail.glob("*.eml"))]
    said = [letter.get_content() for letter in letters if letter["To"] == email][-1]
    return "/entrar/" + next(word for word in said.split() if "/entrar/" in word).rpartition("/")[2]


def entered(page, site, email):
    page.goto("/entrar")
    page.fill("#email", email)
    page.click("text=Enviar el enlace")
    assert "Revise su correo" in page.inner_text("h1")
    page.goto(link_to(site, email))
    page.click("main button")
    page.wait_for_url("**/inicio")
    return page


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_somebody_is_invited_enters_and_is_shut_out(script, visits, site, admin):
    email = f"invitada.{'con' if script else 'sin'}@example.org"
    desk = entered(visits.open(script=script), site, ADMIN)
    desk.click("text=Personas")
    desk.click("text=Invitar a una persona")
    desk.fill("#email", email)
    desk.fill("#given_names", "Invitada")
    desk.select_option("#access", label="Edición de unidad, Unidad DPI")
    desk.click("text=Enviar la invitación")
    assert f"La invitación a {email} está en camino." in desk.inner_text("main")

    guest = visits.open(script=script)
    link = link_to(site, email)
    guest.goto(link)
    assert "Entrar como Invitada" in guest.inner_text("h1")
    guest.click("main button")
    guest.wait_for_url("**/inicio")
    assert "IAT-SLV-CONNA-DPI" in guest.inner_text("main")

    desk.click("text=Cerrar la entrada")
    assert "sus sesiones terminaron" in desk.inner_text("main")
    guest.goto("/inicio")
    assert "Entrar como" in guest.inner_text("main")
    guest.goto(link)
    assert "Este enlace no sirve" in guest.inner_text("main")
    assert [said for said in visits.complaints if "410" not in said] == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("path", ["/entrar", "/entrar/nada", "/personas", "/personas/nueva", "/personas/{person}", "/mi-cuenta"])
def test_axe_finds_nothing_on_these_pages(path, size, visits, site, admin):
    page = visits.open(size=size)
    if path.startswith("/entrar"):
        page.goto(path)
    else:
        with open_store(site.world.settings) as store:
            token = store.links.make(admin.id, timedelta(minutes=15), path.format(person=site.world.people["Edición"]))
        page.goto(f"/entrar/{token}")
        page.click("main button")
        page.wait_for_url(f"**{path.format(person=site.world.people['Edición'])}")
    found = Axe().run(page, options=STANDARDS)
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
