"""A small installation to walk through over HTTP: one unit, its editors and head, somebody from another unit."""

from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import normalize

from lxml import html
from werkzeug.datastructures import MultiDict

from app.config import Settings
from app.demo import HERE
from app.store import init, open_store
from app.web import create_app
from app.workflow import intake, reports, signing
from app.workflow.programmes import ASSISTANCE

HOST = "http://127.0.0.1:5000"
YEAR, SEMESTER = 2021, "1"
GRANTS = (
    ("Edición", "unit_editor", "SLV-CONNA-DPI"), ("Suplencia", "unit_editor", "SLV-CONNA-DPI"),
    ("Jefatura", "unit_head", "SLV-CONNA-DPI"), ("Ajena", "unit_editor", "URY-MIDES-UCC"),
)


def settings_in(folder: Path, **more) -> Settings:
    return Settings(instance=folder / "instance", generated=folder / "generated", **{"demo": True, **more})


@dataclass
class World:
    """Ids of what the installation holds."""

    settings: Settings
    people: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    dossier: str = ""
    document: str = ""
    other_document: str = ""
    other_dossier: str = ""


def furnished(folder: Path, **more) -> World:
    """People by role, two units, one report each."""
    world = World(settings_in(folder, **more))
    init(world.settings)
    with open_store(world.settings) as store:
        for code in ("SLV-CONNA-DPI", "URY-MIDES-UCC"):
            world.units[code] = store.units.add(code, f"Unidad {code[-3:]}", "Institución de ejemplo", code[:3]).id
        for name, role, code in GRANTS:
            email = f"{normalize('NFD', name.casefold()).encode('ascii', 'ignore').decode()}@example.org"
            world.people[name] = store.people.add(name, "De Prueba", position="Puesto de ejemplo", email=email).id
            store.grants.give(world.people[name], role, "unit", world.units[code])
        world.people["Secretaría"] = store.people.add("Secretaría", "De Prueba", email="secretaria@example.org").id
        store.grants.give(world.people["Secretaría"], "secretariat", "programme", ASSISTANCE)
        world.people["Nadie"] = store.people.add("Nadie", "De Prueba").id
        world.dossier, world.document = opened(store, world, "Edición", "SLV-CONNA-DPI")
        world.other_dossier, world.other_document = opened(store, world, "Ajena", "URY-MIDES-UCC")
    return world


def opened(store, world: World, name: str, code: str) -> tuple[str, str]:
    dossier = reports.open_report(store, store.people.get(world.people[name]), world.units[code], YEAR, SEMESTER, "Política de ejemplo")
    return dossier.id, store.documents.of(dossier.id)[0].id


def completed(world: World) -> str:
    """The world's report with every answer of the real one; returns the address of its document."""
    with open_store(world.settings) as store:
        answers = intake.read((HERE / "iat_slv_2021_1.json").read_bytes(), "iat")
        intake.fill(store, store.people.get(world.people["Edición"]), store.documents.get(world.document), answers)
    return f"/documentos/{world.document}"


def code_for(world: World, name: str, document: str) -> str:
    """A signing code as the mail carries it."""
    with open_store(world.settings) as store:
        return signing.issue(store, store.people.get(world.people[name]), store.documents.get(document.rpartition("/")[2]))


class Visitor:
    """A browser without JavaScript: keeps cookies, fills the forms it sees, follows redirects."""

    def __init__(self, app, language: str = "es") -> None:
        self.client = app.test_client()
        self.headers = {"Accept-Language": language}

    def get(self, address: str, **more):
        return self.client.get(address, base_url=HOST, headers={**self.headers, **more.pop("headers", {})}, **more)

    def send(self, method: str, address: str, **more):
        return self.client.open(address, method=method, base_url=HOST, headers={**self.headers, **more.pop("headers", {})}, **more)

    def post(self, address: str, data=None, token: bool = True, **more):
        """A post with the token of the session; `token=False` leaves it out."""
        sent = MultiDict(data or {})
        if token:
            sent["csrf_token"] = self.token()
        return self.send("POST", address, data=sent, **more)

    def token(self) -> str:
        return page(self.get("/ayuda")).xpath("//input[@name='csrf_token']/@value")[0]

    def enter(self, world: World, name: str) -> "Visitor":
        assert self.post("/entrar-como", {"person": world.people[name]}).status_code == 302
        return self

    def form(self, address: str) -> "Form":
        return Form(self, address, page(self.get(address)))


class Form:
    """The filling form of a page: what a browser would send, changed here and there, and sent by one of its buttons."""

    def __init__(self, visitor: Visitor, address: str, seen) -> None:
        self.visitor, self.address, self.seen = visitor, address, seen
        (form,) = seen.xpath("//form[@id='filling']")
        self.action = form.get("action")
        self.values = MultiDict([(name, value) for name, value in form.form_values() if name != "do"])

    def fill(self, **answers) -> "Form":
        for name, value in answers.items():
            self.set(name, value)
        return self

    def set(self, name: str, value) -> "Form":
        self.values.setlist(name, value if isinstance(value, list) else [value])
        return self

    def press(self, do: str, **more):
        return self.visitor.send("POST", self.action, data=MultiDict([*self.values.items(multi=True), ("do", do)]), **more)

    def autosave(self, **more):
        return self.press("stay", headers={"HX-Request": "true"}, **more)


def page(response):
    """The HTML of an answer, to be searched."""
    return html.fromstring(response.get_data(as_text=True))


def text(response) -> str:
    """What a person reads on the page."""
    return " ".join(page(response).text_content().split())


def site(world: World):
    return create_app(world.settings)
