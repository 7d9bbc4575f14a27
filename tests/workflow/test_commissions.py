"""A commission's dossier: opened by the coordination of the Pact for one commitment, its sheet filled and signed by three people."""

import pytest

from app.demo import HERE
from app.errors import AlreadyThere, Forbidden, Invalid
from app.workflow import access, commissions, intake, life, signing
from app.workflow.programmes import COMMISSION, EXCHANGE

EDITION = "2019"


def one(number):
    return {
        "given_names": f"Persona {number}",
        "family_names": "de ejemplo",
        "position": "Coordinación",
        "institution": "Organización de ejemplo",
        "email": f"persona{number}@example.org",
        "phone": "+99900000060",
    }


MEMBERS = {"commission_focal": one(1), "commission_deputy": one(2)}


@pytest.fixture
def pact(house):
    return house.person("Coordinación del Pacto", "pact_coordination", "programme", COMMISSION)


def test_a_commission_has_one_sheet_that_its_two_people_fill(house, pact):
    dossier = commissions.open_commission(house.store, pact, EDITION, 4, MEMBERS, key="k")
    assert (dossier.code, dossier.programme, dossier.country) == ("FC-PPI-2019-04", COMMISSION, "MEX")
    assert commissions.open_commission(house.store, pact, EDITION, 4, MEMBERS, key="k").id == dossier.id
    [document] = house.store.documents.of(dossier.id)
    assert document.code == "FC-PPI-2019-04/v1"
    focal, deputy = (house.store.people.by_email(each["email"]) for each in MEMBERS.values())
    assert [access.can(house.store, each, "fill", document) for each in (focal, deputy, pact, house.ana)] == [True, True, False, False]
    assert access.can(house.store, pact, "approve", document)


def test_the_same_commitment_leads_to_the_sheet_there_is(house, pact):
    dossier = commissions.open_commission(house.store, pact, EDITION, 4, MEMBERS)
    with pytest.raises(AlreadyThere) as refused:
        commissions.open_commission(house.store, pact, EDITION, 4, MEMBERS)
    assert refused.value.dossier_id == dossier.id


@pytest.mark.parametrize(("edition", "number"), [(EDITION, 0), (EDITION, 11), ("1999", 4)])
def test_a_commitment_the_edition_does_not_have_opens_nothing(house, pact, edition, number):
    with pytest.raises(Invalid):
        commissions.open_commission(house.store, pact, edition, number, MEMBERS)
    assert house.store.dossiers.of_programme(COMMISSION) == ()


def test_only_the_coordination_of_the_pact_opens_one(house):
    for person in (house.ana, house.person("Secretaría de intercambios", "secretariat", "programme", EXCHANGE)):
        with pytest.raises(Forbidden):
            commissions.open_commission(house.store, person, EDITION, 4, MEMBERS)


def test_the_worked_sheet_is_signed_by_all_three(house, pact):
    answers = intake.read((HERE / "fc_2019_4.json").read_bytes(), "the sheet")
    named = {"commission_focal": answers["focal"], "commission_deputy": answers["deputy"]}
    dossier = commissions.open_commission(house.store, pact, answers["pact_edition"], answers["meta_no"], named)
    [document] = house.store.documents.of(dossier.id)
    focal, deputy = (house.store.people.by_email(each["email"]) for each in named.values())
    intake.fill(house.store, focal, document, answers)
    document = life.submit(house.store, focal, document)
    document = life.approve(house.store, pact, document, document.revision)
    for signer in (focal, deputy, pact):
        code = signing.issue(house.store, signer, document)
        document = signing.sign(house.store, signer, document, "typed", code, signing.hash_of(house.store, document))
    assert document.state == "signed"
    assert [each.role for each in house.store.signatures.of(document.id)] == ["commission_focal", "commission_deputy", "pact_coordination"]
