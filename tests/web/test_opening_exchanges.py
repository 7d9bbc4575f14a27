"""The secretariat opens an exchange: what is typed is kept, what is missing is said, who is named gets in."""

import io

import pytest

from app.store import open_store
from app.workflow.programmes import EXCHANGE
from tests.web.site import Visitor, page, text

ADDRESS = "/intercambios/nuevo"
FACTS = {
    "title": "Autorización y calidad de centros", "themes": ["licensing", "standards"], "modality": "in_person",
    "cooperation_kind": "bilateral",
    "host_country": "URY", "visiting_country": "SLV", "visit_period-start": "12/04/2027", "visit_period-end": "16/04/2027",
    "working_languages": ["es"], "document_locale": "es_UY",
}
ROLES = ("host_leader", "visiting_leader", "focal_host", "focal_visiting")


def somebody(role):
    told = {"given_names": "Persona", "family_names": role.replace("_", " "), "position": "Cargo", "institution": "Institución",
            "email": f"{role.replace('_', '.')}@example.org", "phone": "+999 0000 0001"}
    return {f"{role}-{key}": value for key, value in told.items()}


@pytest.fixture
def secretariat(app, world):
    with open_store(world.settings) as store:
        world.people["Central"] = store.people.add("Central", "De Prueba", email="central@example.org").id
        store.grants.give(world.people["Central"], "secretariat", "programme", EXCHANGE)
    return Visitor(app).enter(world, "Central")


def opened(world):
    with open_store(world.settings) as store:
        return store.dossiers.of_programme(EXCHANGE)


def everything(**more):
    said = {"key": "k", **FACTS, **{key: value for role in ROLES for key, value in somebody(role).items()}, **more}
    return [(key, each) for key, value in said.items() for each in (value if isinstance(value, list) else [value])]


def test_an_exchange_opens_with_its_code_and_its_people_get_in(secretariat, world):
    answer = secretariat.post(ADDRESS, everything(travellers="Uno;De prueba;uno@example.org;;;;;leader\nDos;De prueba;dos@example.org"))
    assert answer.status_code == 302
    (exchange,) = opened(world)
    assert exchange.code == "PE-2027-URY-SLV-01"
    with open_store(world.settings) as store:
        assert store.people.by_email("host.leader@example.org")


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(secretariat, world):
    said = dict(everything(title="Corto", travellers="Uno;De prueba")) | {"host_leader-email": ""}
    seen = page(secretariat.post(ADDRESS, said))
    assert opened(world) == ()
    assert seen.xpath("//input[@id='title']/@value") == ["Corto"]
    assert seen.xpath("//a[@href='#host_leader-email']")
    assert "Uno;De prueba" in seen.xpath("//textarea[@id='travellers']")[0].text


def test_a_wrong_line_of_the_list_is_named_and_nothing_opens(secretariat, world):
    answer = secretariat.post(ADDRESS, everything(travellers="Uno;De prueba;no es un correo"))
    assert answer.status_code == 422
    assert "Línea 1" in text(answer)
    assert opened(world) == ()


def test_the_list_may_be_a_file_in_csv(secretariat, world):
    head = secretariat.get("/intercambios/plantilla-de-viajeros.csv").data
    file = (io.BytesIO(head + b"Uno;De prueba;uno@example.org\r\n"), "viajeros.csv")
    data = {**dict(everything()), "themes": FACTS["themes"], "csrf_token": secretariat.token(), "list": file}
    assert secretariat.send("POST", ADDRESS, data=data, content_type="multipart/form-data").status_code == 302
    assert len(opened(world)) == 1


def test_the_same_post_twice_opens_one(secretariat, world):
    for _ in range(2):
        assert secretariat.post(ADDRESS, everything()).status_code == 302
    assert len(opened(world)) == 1


def test_only_those_who_open_exchanges_see_the_page(editor):
    assert editor.get(ADDRESS).status_code == 403
