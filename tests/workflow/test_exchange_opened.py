"""The worked exchange of the domain opens with all the forms there are, and they read each other."""

import json

import pytest

from app.demo import HERE
from app.workflow import dossiers, exchanges, outdated, semaphore, surroundings, worklist
from app.workflow.programmes import EXCHANGE
from forms import FORMS
from tests.workflow.house import ES

FOLDER = HERE / "exchange"
KNOWN = ("given_names", "family_names", "email")


def read(name):
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture
def secretariat(house):
    return house.person("Secretaría de intercambios", "secretariat", "programme", EXCHANGE)


@pytest.fixture
def dossier(house, secretariat):
    travellers = [{key: row[key] for key in KNOWN} for row in read("a2")["travellers"]]
    return exchanges.open_exchange(house.store, secretariat, read("facts"), read("people"), travellers)


def documents(house, dossier):
    return {each.code.split("/")[1]: each for each in surroundings.current(house.store, dossier)}


def test_every_annex_opens_when_it_is_due_and_one_for_each_traveller(house, dossier):
    assert dossier.code == "PE-2027-URY-SLV-01"
    opened = documents(house, dossier)
    assert [name for name in opened if name.startswith("A7")] == [f"A7-{number:02}" for number in range(1, 6)]
    assert {"A1", "A2", "A3", "A4"} <= opened.keys()
    waiting = {form.code for form in FORMS.values() if form.opens}
    assert not waiting & {each.form for each in opened.values()}


def test_what_is_known_of_the_exchange_is_read_by_its_annexes(house, dossier):
    opened = documents(house, dossier)
    first = dossiers.filled(house.store, opened["A1"])
    assert first["activity_title"] == read("facts")["title"]
    assert first["exchange_code"] == dossier.code
    assert first["host_leader"]["email"] == read("people")["host_leader"]["email"]
    delegation = dossiers.filled(house.store, opened["A2"])
    assert [row["family_names"] for row in delegation["travellers"]] == [row["family_names"] for row in read("a2")["travellers"]]


def test_the_lights_and_the_list_of_work_are_told_of_a_dossier_just_opened(house, secretariat, dossier):
    lights = semaphore.semaphore(house.store, secretariat, dossier, ES)
    assert {light.colour for light in lights} >= {"red", "grey"}
    assert all(light.sentence and "{" not in light.sentence for light in lights)
    work = worklist.of(house.store, secretariat, dossier, ES)
    assert {each.document.form for each in work} >= {"A1", "A2", "A3", "A4", "A7"}
    assert all(each.until for each in work if each.document.form in ("A1", "A2", "A3", "A4", "A7"))
    assert outdated.of_dossier(house.store, secretariat, dossier.id, ES) == ()
