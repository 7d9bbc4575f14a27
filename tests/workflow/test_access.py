"""Deny by default; what is not somebody's looks like what does not exist."""

import pytest

from app.errors import Forbidden, NotFound
from app.store import new_id
from app.workflow import access, reports

EXPECTED = {
    "ana": {"view", "download", "fill", "sign", "open"},
    "head": {"view", "download", "review", "approve", "sign"},
    "secretariat": {"view", "download", "packet"},
    "admin": set(),
    "stranger": set(),
    "nobody": set(),
}
VERBS = {"view", "download", "fill", "sign", "open", "review", "approve", "packet", "administer", "", "anything"}


@pytest.mark.parametrize("who", EXPECTED)
def test_each_role_may_do_what_the_matrix_says_and_nothing_else(house, who):
    document = house.report()
    person = getattr(house, who)
    for thing in (document, house.store.dossiers.get(document.dossier_id)):
        assert {verb for verb in VERBS if access.can(house.store, person, verb, thing)} == EXPECTED[who]


def test_only_the_administrator_administers_and_sees_no_answer(house):
    assert [who for who in EXPECTED if access.can(house.store, getattr(house, who), "administer")] == ["admin"]
    assert {who for who in EXPECTED if access.can(house.store, getattr(house, who), "invite")} == {"admin", "secretariat"}


@pytest.mark.parametrize("who", ["stranger", "nobody", "admin"])
def test_missing_and_not_yours_are_the_same(house, who):
    document, person = house.report(), getattr(house, who)
    for load, known in ((access.document, document.id), (access.dossier, document.dossier_id), (access.unit, house.unit.id)):
        told = []
        for asked in (known, new_id(), "../etc/passwd", ""):
            with pytest.raises(NotFound) as error:
                load(house.store, person, asked)
            told.append((str(error.value), error.value.places))
        assert len({text for text, _ in told}) == 1
        assert all(not places for _, places in told)


def test_who_sees_but_may_not_is_told_so(house):
    document = house.report()
    with pytest.raises(Forbidden):
        access.document(house.store, house.secretariat, document.id, "fill")
    with pytest.raises(Forbidden):
        access.unit(house.store, house.head, house.unit.id, "open")


def test_a_grant_on_one_document_reaches_that_document_only(house):
    first, second = house.report(), house.report(2021, "2")
    guest = house.person("Invitada", "unit_head", "document", first.id)
    assert access.can(house.store, guest, "view", first)
    assert not access.can(house.store, guest, "view", second)
    assert not access.can(house.store, guest, "view", house.store.dossiers.get(first.dossier_id))


def test_a_grant_on_an_office_reaches_its_units(house):
    guest = house.person("De la oficina", "secretariat", "office", house.unit.office_id)
    assert [unit.code for unit in access.units(house.store, guest, "view")] == [house.unit.code]


def test_a_grant_taken_back_counts_no_more(house):
    document = house.report()
    [grant] = house.store.grants.of(house.ana.id)
    house.store.grants.take(grant.id)
    assert not access.can(house.store, house.ana, "view", document)


def test_everybody_lists_only_what_they_see(house):
    house.report()
    house.report(unit=house.other, person=house.stranger)
    listed = {who: [each.unit.code for each in reports.listed(house.store, getattr(house, who))] for who in EXPECTED}
    assert listed == {
        "ana": [house.unit.code],
        "head": [house.unit.code],
        "secretariat": [house.unit.code, house.other.code],
        "admin": [],
        "stranger": [house.other.code],
        "nobody": [],
    }
