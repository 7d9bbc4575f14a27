"""Exchanges are opened with their facts, people and travellers; their documents appear when they are due."""

import pytest

from app.errors import Forbidden, Invalid
from app.workflow import exchange_states, exchanges, life
from app.workflow.intake import WrongAnswers
from tests.workflow.exchanging import FACTS, PEOPLE, TRAVELLERS, Exchange, one, register


@pytest.fixture
def exchange(house, monkeypatch):
    register(monkeypatch)
    return Exchange(house)


def codes(exchange):
    return [document.code.removeprefix(exchange.dossier.code) for document in exchange.documents()]


def test_an_exchange_opens_with_its_documents_and_one_for_each_traveller(exchange):
    assert (exchange.dossier.code, exchange.dossier.state) == ("PE-2027-URY-SLV-01", "planning")
    assert codes(exchange) == ["/A1/v1", "/A2/v1", "/A3/v1", "/A7-01/v1", "/A7-02/v1", "/A7-03/v1"]
    assert (exchange.dossier.country, exchange.dossier.locale) == ("URY", "es_UY")


def test_the_next_exchange_of_the_same_countries_and_year_has_the_next_serial(exchange, house):
    second = exchanges.open_exchange(house.store, exchange.secretariat, FACTS, PEOPLE)
    other = exchanges.open_exchange(house.store, exchange.secretariat, FACTS | {"host_country": "CHL"}, PEOPLE)
    assert (second.code, other.code) == ("PE-2027-URY-SLV-02", "PE-2027-CHL-SLV-01")


def test_the_same_post_twice_opens_one(exchange, house):
    opened = {exchanges.open_exchange(house.store, exchange.secretariat, FACTS, PEOPLE, key="k").id for _ in range(2)}
    assert len(opened) == 1


def test_travellers_are_rows_of_the_delegation_and_nothing_else(exchange):
    page = exchange.page("A2", "card", exchange.visitor, exchange.rows()[0])
    assert [row["given_names"] for row in page.answers["travellers"]] == ["Primera", "Segunda", "Tercera"]
    seventh = exchange.document("A7", 1)
    assert seventh.subject == exchange.rows()[1]


def test_people_get_the_role_on_their_side(exchange, house):
    grants = {(grant.role, grant.scope_kind, grant.scope_id) for grant in house.store.grants.of(exchange.visitor.id)}
    assert grants == {("visiting_leader", "dossier_side", f"{exchange.dossier.id}:visiting")}
    ministry = house.store.people.by_email("ministry_rep_visiting@example.org")
    [grant] = house.store.grants.of(ministry.id)
    assert (grant.role, grant.scope_id) == ("ministry_rep", f"{exchange.dossier.id}:visiting")
    assert house.store.outbox.of(exchange.visitor.id)[0].kind == "invitation"


def test_a_focal_point_of_the_office_needs_no_grant_for_each_exchange(house, monkeypatch):
    register(monkeypatch)
    office = house.store.offices.add("Oficina anfitriona", "URY")
    focal = house.person("focal host", "focal_host", "office", office.id)
    exchange = Exchange.__new__(Exchange)
    secretariat = house.person("Otra secretaría", "secretariat", "programme", "exchange")
    people = PEOPLE | {"focal_host": one("focal_host", 3) | {"email": focal.email}}
    exchange.dossier = exchanges.open_exchange(house.store, secretariat, FACTS, people)
    assert exchange.dossier.host_office_id == office.id
    assert [grant.scope_kind for grant in house.store.grants.of(focal.id)] == ["office"]


@pytest.mark.parametrize(("facts", "people", "told"), [
    ({"title": ""}, {}, "title"), ({"modality": "by_post"}, {}, "modality"), ({"visiting_country": "URY"}, {}, "visiting_country"),
    ({"nothing": 1}, {}, ""), ({}, {"host_leader": {}}, "host_leader.given_names"),
    ({}, {"host_leader": one("host_leader", 1) | {"email": "visiting_leader@example.org"}}, "host_leader.email"),
    ({"visit_period": {"start": "2027-04-16", "end": "2027-04-12"}}, {}, "visit_period"),
])
def test_what_cannot_be_opens_nothing_and_is_named(facts, people, told, exchange, house):
    with pytest.raises(WrongAnswers) as wrong:
        exchanges.open_exchange(house.store, exchange.secretariat, FACTS | facts, PEOPLE | people)
    assert told in [problem.path.pdf for problem in wrong.value.problems]
    assert len(house.store.dossiers.of_programme("exchange")) == 1


def test_only_the_secretariat_opens_and_changes_an_exchange(exchange, house):
    for person in (exchange.host, house.ana):
        with pytest.raises(Forbidden):
            exchanges.open_exchange(house.store, person, FACTS, PEOPLE)
    with pytest.raises(Forbidden):
        exchanges.set_facts(house.store, exchange.visitor, exchange.dossier, {"title": "Otro título del intercambio"})


def test_more_than_twenty_travellers_are_refused(exchange, house):
    with pytest.raises(Invalid):
        exchanges.open_exchange(house.store, exchange.secretariat, FACTS, PEOPLE, TRAVELLERS * 7)


def test_a_new_traveller_gets_a_document_in_the_same_save(exchange):
    fourth = "travellers.AAAAAAAA"
    exchange.save("A2", "card", exchange.visitor, {f"{fourth}._order": 3, f"{fourth}.given_names": "Cuarta"}, "AAAAAAAA")
    assert codes(exchange)[-1] == "/A7-04/v1"
    assert exchange.document("A7", 3).subject == "AAAAAAAA"


def test_a_fact_that_changes_is_read_by_what_was_not_touched(exchange, house):
    exchanges.set_facts(house.store, exchange.secretariat, exchange.dossier, {"title": "Otro título del intercambio"})
    assert exchange.page("A1", "common", exchange.host).answers["activity_title"] == "Otro título del intercambio"
    assert exchange.now().title == "Otro título del intercambio"
    assert "Otro" not in repr(house.store.events.of(exchange.dossier.id))


def test_a_fact_nobody_would_take_changes_nothing(exchange, house):
    with pytest.raises(WrongAnswers):
        exchanges.set_facts(house.store, exchange.secretariat, exchange.dossier, {"host_country": "SLV"})
    with pytest.raises(WrongAnswers):
        exchanges.set_facts(house.store, exchange.secretariat, exchange.dossier, {"title": None})
    assert exchange.now().facts["host_country"] == "URY"


def test_another_leader_takes_the_place_of_the_one_before(exchange, house):
    exchanges.set_person(house.store, exchange.secretariat, exchange.dossier, "host_leader", one("new_leader", 9))
    assert house.store.grants.of(exchange.host.id) == ()
    new = house.store.people.by_email("new_leader@example.org")
    assert [grant.role for grant in house.store.grants.of(new.id)] == ["host_leader"]
    assert exchange.page("A1", "common", new).answers["host_leader"]["email"] == "new_leader@example.org"


def test_the_delegation_is_let_in_each_for_their_own_row(exchange, house):
    invited = exchanges.invite_travellers(house.store, exchange.visitor, exchange.dossier)
    assert [person.email for person in invited] == ["visiting_leader@example.org", "segunda@example.org"]
    [grant] = house.store.grants.of(invited[1].id)
    assert (grant.role, grant.scope_kind, grant.scope_id) == ("participant", "subject", f"{exchange.dossier.id}:{exchange.rows()[1]}")
    assert exchanges.invite_travellers(house.store, exchange.visitor, exchange.dossier) == ()
    with pytest.raises(Forbidden):
        exchanges.invite_travellers(house.store, exchange.host, exchange.dossier)


def test_documents_that_wait_for_another_appear_when_it_has_come_that_far(exchange, house):
    assert "/A6-01/v1" not in codes(exchange)
    exchange.save("A1", "visitor", exchange.visitor, {"visiting_institution": "Ente rector", "delegation_size": 3})
    exchange.save("A2", "summary", exchange.visitor, {"selection_basis": "Convocatoria abierta"})
    for part in ("list", *(f"travellers.{row}" for row in exchange.rows())):
        life.submit(house.store, exchange.visitor, exchange.document("A2"), part=part)
    assert [code for code in codes(exchange) if "A6" in code] == ["/A6-01/v1", "/A6-02/v1", "/A6-03/v1"]
    assert exchange.document("A6", 2).subject == exchange.rows()[2]


@pytest.mark.parametrize("more", [{"given_names": "x" * 200}, {"unknown": "1"}, {"email": "no es un correo"}, {"_id": "../.."}])
def test_travellers_the_delegation_would_not_take_open_nothing(more, exchange, house):
    with pytest.raises(WrongAnswers):
        exchanges.open_exchange(house.store, exchange.secretariat, FACTS, PEOPLE, ({**TRAVELLERS[0], **more},))
    assert len(house.store.dossiers.of_programme("exchange")) == 1


def test_facts_change_also_after_the_exchange_was_stopped_for_a_while(exchange, house):
    reason = "La institución anfitriona pidió otra fecha."
    exchange_states.move(house.store, exchange.secretariat, exchange.dossier, "postpone", reason=reason)
    exchange_states.move(house.store, exchange.secretariat, exchange.now(), "resume")
    later = {"start": "2027-05-10", "end": "2027-05-14"}
    assert exchanges.set_facts(house.store, exchange.secretariat, exchange.now(), {"visit_period": later}).facts["visit_period"] == later
