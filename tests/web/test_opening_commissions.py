"""The Pact's coordination opens a commission's sheet; its focal point gets in and finds what is known already."""

import pytest

from app.store import open_store
from app.workflow import dossiers
from app.workflow.programmes import COMMISSION
from tests.web.site import Visitor, page, text

ADDRESS = "/comisiones/nueva"
FOCAL = {"given_names": "Punto focal", "family_names": "de ejemplo", "position": "Cargo", "institution": "Organización",
         "email": "focal@example.org", "phone": "+999 0000 0001"}


@pytest.fixture
def coordination(app, world):
    with open_store(world.settings) as store:
        world.people["Pacto"] = store.people.add("Pacto", "De Prueba", email="pacto@example.org").id
        store.grants.give(world.people["Pacto"], "pact_coordination", "programme", COMMISSION)
    return Visitor(app).enter(world, "Pacto")


def said(**more):
    focal = {f"commission_focal-{key}": value for key, value in FOCAL.items()}
    return {"key": "k", "pact_edition": "2019", "meta_no": "4", **focal, **more}


def opened(world):
    with open_store(world.settings) as store:
        found = [(each, store.documents.of(each.id)[0]) for each in store.dossiers.of_programme(COMMISSION)]
        return [(each.code, dossiers.filled(store, document)) for each, document in found]


def test_a_sheet_opens_with_its_commitment_and_its_focal_point(coordination, world):
    assert coordination.post(ADDRESS, said()).status_code == 302
    [(code, answers)] = opened(world)
    assert code == "FC-PPI-2019-04"
    assert (answers["pact_edition"], answers["meta_no"], answers["focal"]["email"]) == ("2019", 4, "focal@example.org")


def test_what_is_missing_is_said_and_what_was_typed_stays(coordination, world):
    answer = coordination.post(ADDRESS, said(**{"commission_focal-email": ""}))
    assert answer.status_code == 422
    assert page(answer).xpath("//a[@href='#commission_focal-email']")
    assert page(answer).xpath("//input[@id='meta_no']/@value") == ["4"]
    assert opened(world) == []


def test_a_commitment_has_one_sheet_and_the_second_leads_to_it(coordination):
    assert coordination.post(ADDRESS, said()).status_code == 302
    answer = coordination.post(ADDRESS, said(key="another"))
    assert answer.status_code == 409
    assert "FC-PPI-2019-04" in text(answer)


def test_only_the_coordination_opens_sheets(editor):
    assert editor.get(ADDRESS).status_code == 403
