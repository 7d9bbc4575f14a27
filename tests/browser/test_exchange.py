"""An exchange from nothing to its sealed packet: leaders, travellers, focal points and secretariat; the telling steps in a browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from app.demo import script
from app.demo.acting import Play
from app.rendering import seal, verify
from app.store import open_store
from app.workflow import jobs, signing, surroundings
from app.workflow.programmes import EXCHANGE
from forms import FORMS
from tests.browser.conftest import PHONE
from tests.browser.test_pages import STANDARDS

pytestmark = pytest.mark.browser


class Stage:
    """The worked exchange, played by its people except for what happens in a browser."""

    def __init__(self, visits, site, store):
        self.visits, self.site, self.store, self.pages = visits, site, store, {}
        secretary = store.people.by_email("secretaria@example.org")
        store.grants.give(secretary.id, "secretariat", "programme", EXCHANGE)
        taken = [each for each in store.dossiers.of_programme(EXCHANGE) if each.code.startswith("PE-2027-URY-SLV-")]
        self.play = Play(store, f"PE-2027-URY-SLV-{len(taken) + 1:02}")

    @property
    def dossier(self):
        return self.play.dossier

    def document(self, name):
        [found] = [each for each in surroundings.current(self.store, self.dossier) if f"/{name}/" in each.code]
        return found

    def address(self, name):
        return f"/documentos/{self.document(name).id}"

    def person(self, who):
        if who.startswith("traveller"):
            row = next(row for row in self.play.travellers if row["_id"].endswith(who.partition("-")[2]))
            return self.store.people.by_email(row["email"])
        return self.store.people.by_email(self.dossier.people[who]["email"])

    def page(self, who, **more):
        """Somebody's own browser, on the front page the first time."""
        if who not in self.pages:
            self.pages[who] = page = self.visits.open(**more)
            page.click(f"form:has(input[name='person'][value='{self.person(who).id}']) button")
            page.wait_for_url("**/inicio")
        return self.pages[who]

    def code(self, who, name):
        return signing.issue(self.store, self.person(who), self.document(name))

    def look(self, page):
        """Nothing to complain of on the page, and nothing sticks out."""
        found = Axe().run(page, options=STANDARDS).response["violations"]
        assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


@pytest.fixture
def stage(visits, site):
    with open_store(site.world.settings) as store:
        yield Stage(visits, site, store)


def leader_sends(stage):
    """From the task on the front page to the review."""
    page = stage.page("host_leader")
    stage.look(page)
    page.click(f"a[href^='{stage.address('A1')}']")
    stage.look(page)
    page.click(".govuk-button:has-text('Revisar las respuestas')")
    stage.look(page)
    page.click("button:has-text('Enviar a revisión')")
    expect(page.locator("main")).to_contain_text("Está enviado.")
    expect(page.locator("main")).to_contain_text("Parte A: país anfitrión Enviado")


def focal_shares(stage):
    page = stage.page("focal_host")
    page.goto(stage.address("A1"))
    page.click("button:has-text('Compartir')")
    expect(page.locator("main")).to_contain_text("La agenda está")
    stage.look(page)


def focal_approves(stage):
    page = stage.page("focal_visiting")
    page.goto("/inicio")
    page.click(f"a[href^='{stage.address('A3')}/revision']")
    stage.look(page)
    page.click("button:has-text('Aprobar')")
    expect(page.locator("main")).to_contain_text("Está aprobado.")


def leader_signs(stage):
    signed(stage, stage.page("visiting_leader"), "visiting_leader", "A3")


def signed(stage, page, who, name):
    page.goto("/inicio")
    page.click(f"a[href='{stage.address(name)}/firma']")
    page.fill("#code", stage.code(who, name))
    page.click("button:text-is('Firmar')")
    expect(page.locator("main")).to_contain_text("Su firma está puesta.")


def traveller_sends_card(stage):
    page = stage.page("traveller-04")
    page.goto(f"/expedientes/{stage.dossier.id}")
    expect(page.locator("h2", has_text="Lo suyo")).to_have_count(1)
    stage.look(page)
    page.click("ul.anexa-tasks a:has-text('Anexo II')")
    stage.look(page)
    page.click("text=Guardar y seguir")
    page.click("button:has-text('Enviar a revisión')")
    expect(page.locator("main")).to_contain_text("(usted)")
    expect(page.locator("main")).to_contain_text("Enviado")


def traveller_answers(stage):
    """The seventh annex on a telephone, without JavaScript: read, each question answered, sent."""
    page, here = stage.page("traveller-02", script=False, size=PHONE), stage.address("A7-02")
    page.goto(f"{here}/about")
    expect(page.locator("main")).to_contain_text("Aviso de protección de datos")
    for _section in FORMS["A7"].sections:
        for group in page.locator("main fieldset:has(input[type=radio])").all():
            group.locator("input[type=radio]").first.check()
        for box in page.locator("main input[type=checkbox]").all():
            box.check()
        for place in page.locator("main input[name$='place']").all():
            place.fill("San Salvador")
        page.click("text=Guardar y seguir")
    page.click("button:has-text('Enviar a revisión')")
    expect(page.locator("main")).to_contain_text("Está enviado.")


def traveller_signs(stage):
    signed(stage, stage.page("traveller-02"), "traveller-02", "A7-02")


def made_ready(stage):
    page = stage.page("secretariat")
    page.goto("/tablero?estado=referenced")
    stage.look(page)
    page.click(f"a:has-text('{stage.dossier.title}')")
    page.click("button:has-text('Dar por lista')")
    expect(page.locator("main")).to_contain_text("El intercambio está ahora: Lista.")
    stage.look(page)


HERE = {
    ("host_leader", "submit", "A1.a"): leader_sends, ("focal_host", "share", "A1"): focal_shares,
    ("focal_visiting", "approve", "A3"): focal_approves, ("visiting_leader", "sign", "A3"): leader_signs,
    ("traveller-04", "submit", "A2.travellers"): traveller_sends_card, ("traveller-02", "submit", "A7"): traveller_answers,
    ("traveller-02", "sign", "A7"): traveller_signs, ("secretariat", "move", "ready"): made_ready,
}
"""What is done in a browser instead of by the script."""


def each(step):
    """A step of all travellers, one by one."""
    many = [f"traveller-{number:02}" for number in range(1, 6)] if step.who == "travellers" else [step.who]
    return [script.replace(step, who=who) for who in many]


def test_two_leaders_and_two_travellers_take_an_exchange_to_its_sealed_packet(stage, visits):
    for step in (one for whole in script.steps("ready") for one in each(whole)):
        asked = step.who, step.verb, step.what
        if asked in HERE:
            HERE[asked](stage)
        elif asked not in (("traveller-02", "fill", "A7"), ("secretariat", "packet", "P1")):
            stage.play.act(step)
    page = stage.page("secretariat")
    page.click("form:has(input[value='P1']):has(input[value='completo']) button")
    page.wait_for_url("**/paquetes/*")
    run = page.url.rpartition("/")[2]
    jobs.work_at(stage.store.settings, run)
    page.reload()
    stage.look(page)
    with page.expect_download() as taken:
        page.click("a[href$='/pdf']")
    verdict = verify.verified(taken.value.path().read_bytes(), seal.known(stage.store.settings))
    assert verdict.whole, verdict
    assert visits.complaints == []


def test_the_pages_of_an_exchange_fit_a_telephone(stage):
    for step in script.steps("planning"):
        stage.play.act(step)
    page = stage.page("visiting_leader", size=PHONE)
    first, second, third, fourth = (stage.address(name) for name in ("A1", "A2", "A3", "A4"))
    here = f"/expedientes/{stage.dossier.id}"
    for address in ("/inicio", "/tablero", here, f"{here}/permisos", first, second, fourth, f"{first}/agreement", f"{second}/summary",
                    f"{third}/questions"):
        page.goto(address)
        stage.look(page)
