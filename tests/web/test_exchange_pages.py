"""The front page, the board and the pages of documents, for the people of an exchange."""

from datetime import UTC, datetime

import pytest

from app import clock
from app.store import init, open_store
from app.workflow import agenda_state, exchanges, glance
from tests.web.site import HOST, Visitor, World, page, settings_in, site, text
from tests.workflow.delegating import Delegation
from tests.workflow.exchanging import ES
from tests.workflow.house import House


@pytest.fixture
def trip(tmp_path, monkeypatch):
    world = World(settings_in(tmp_path))
    init(world.settings)
    with open_store(world.settings) as store:
        made = Delegation(House(store), monkeypatch)
        made.world, made.app = world, site(world)
        yield made


def entered(trip, person):
    visitor = Visitor(trip.app)
    with visitor.client.session_transaction(base_url=HOST) as held:
        held["token"] = trip.store.sessions.start(person.id)
    return visitor


def links(visitor, address):
    return page(visitor.get(address)).xpath("//main//a/@href")


def buttons(visitor, address):
    return [" ".join(each.text_content().split()) for each in page(visitor.get(address)).xpath("//main//form//button")]


def rows(visitor, address, table=1):
    """The cells of a table of a page, by what they are called."""
    found = page(visitor.get(address)).xpath(f"(//main//table)[{table}]/tbody/tr")
    return [{cell.get("data-label", ""): " ".join(cell.text_content().split()) for cell in row.xpath("./td | ./th")} for row in found]


@pytest.mark.parametrize("who", ["host", "visitor", "focal_host", "focal_visiting", "ministry", "secretariat"])
def test_everybody_finds_their_exchange_on_the_front_page(who, trip):
    visitor = entered(trip, getattr(trip, who))
    [row] = rows(visitor, "/inicio")
    assert trip.dossier.title in row[""]
    assert trip.dossier.code in row[""]
    assert row["Estado"] == "En planificación"
    assert row["Visita"].startswith("Uruguay · El Salvador")
    assert row["Próximo plazo"] == "15 de marzo de 2027"


def test_what_is_late_is_counted_on_the_front_page(trip, frozen_after_the_visit):
    [row] = rows(entered(trip, trip.visitor), "/inicio")
    late = glance.of(trip.store, trip.now(), ES).late
    assert late > 0
    assert f"Vencido: {late}" in row["Próximo plazo"]


@pytest.fixture
def frozen_after_the_visit():
    with clock.stopped(datetime(2027, 6, 1, tzinfo=UTC)):
        yield


def test_only_who_opens_exchanges_is_offered_to(trip):
    assert "/intercambios/nuevo" in links(entered(trip, trip.secretariat), "/inicio")
    for who in (trip.host, trip.focal_host, trip.travellers[1]):
        assert "/intercambios/nuevo" not in links(entered(trip, who), "/inicio")


def test_who_only_signs_finds_what_they_sign(trip):
    trip.cards()
    for person in trip.travellers:
        trip.sign("A2", person)
    signer = trip.store.people.by_email("sending_authority@example.org")
    visitor = entered(trip, signer)
    assert f"/documentos/{trip.document('A2').id}" in links(visitor, "/inicio")
    assert "Mis intercambios" not in text(visitor.get("/inicio"))


def test_the_board_says_what_blocks_an_exchange_and_whom_it_waits_for(trip):
    [row] = rows(entered(trip, trip.secretariat), "/tablero")
    assert "La agenda no está compartida" in row["Qué falta"]
    assert "Jefatura de la delegación anfitriona" in row["A quién espera"]
    assert "/paquetes" in links(entered(trip, trip.secretariat), "/tablero")


@pytest.mark.parametrize(
    ("asked", "count"),
    [("", 1), ("programa=exchange", 1), ("programa=assistance", 0), ("estado=planning", 1), ("estado=ready", 0), ("pais=SLV", 1),
     ("pais=URY", 1), ("pais=BRA", 0), ("unidad=nada", 0)],
)
def test_the_board_is_narrowed_by_programme_state_and_country(asked, count, trip):
    visitor = entered(trip, trip.secretariat)
    assert len(rows(visitor, f"/tablero?{asked}")) == count
    assert ("Con este filtro no hay ninguno." in text(visitor.get(f"/tablero?{asked}"))) == (count == 0)


def test_an_exchange_is_worked_out_again_only_after_something_happened(trip):
    first = glance.of(trip.store, trip.now(), ES)
    assert glance.of(trip.store, trip.now(), ES) is first
    trip.fill("A1", "a", trip.host, {})
    assert glance.of(trip.store, trip.now(), ES) is not first


def test_a_traveller_sees_their_own_first_and_no_others_card(trip):
    visitor, row = entered(trip, trip.travellers[1]), trip.rows()[1]
    seen = text(visitor.get(f"/expedientes/{trip.dossier.id}"))
    assert seen.index("Lo suyo") < seen.index("Qué hay que hacer")
    card = f"/documentos/{trip.document('A2').id}/card?de={row}"
    assert links(visitor, f"/expedientes/{trip.dossier.id}").index(card) < 3
    second = f"/documentos/{trip.document('A2').id}"
    assert "Segunda de la delegación (usted)" in text(visitor.get(second))
    assert cards(visitor, second) == [card]
    assert "Tercera" not in text(visitor.get(second)).partition("Quiénes firman")[2]


def test_a_document_names_each_person_and_who_signs_in_order(trip):
    seen = text(entered(trip, trip.visitor).get(f"/documentos/{trip.document('A2').id}"))
    for name in ("Primera de la delegación (usted)", "Segunda de la delegación", "Tercera de la delegación"):
        assert name in seen
    order = [seen.index(words, seen.index("Quiénes firman")) for words in ("Participante", "Autoridad que autoriza", "Jefatura de la")]
    assert order == sorted(order)


def test_who_does_not_see_a_reserved_sheet_is_not_told_of_it(trip):
    here = f"/documentos/{trip.document('A4').id}"
    assert "Hoja reservada" not in text(entered(trip, trip.host).get(here))
    assert "Hoja reservada" in text(entered(trip, trip.travellers[1]).get(here))


def test_a_page_of_a_persons_part_without_a_person_is_no_page(trip):
    visitor = entered(trip, trip.visitor)
    assert visitor.get(f"/documentos/{trip.document('A2').id}/card").status_code == 404
    assert visitor.get(f"/documentos/{trip.document('A2').id}/summary?de={trip.rows()[0]}").status_code == 404


def test_the_focal_point_of_the_host_shares_the_agenda_and_notes_its_session(trip):
    visitor, here = entered(trip, trip.focal_host), f"/documentos/{trip.document('A1').id}"
    assert "Compartir la agenda" in buttons(visitor, here)
    assert "La agenda es un borrador" in text(visitor.get(here))
    assert visitor.post(f"{here}/hacer/share_agenda").location == here
    assert "La agenda está compartida (versión 1)" in text(visitor.get(here))
    visitor.post(f"{here}/hacer/consolidate_agenda")
    assert agenda_state.facts(trip.store, trip.now())["agenda_state"] == "consolidated"
    assert "Falta aprobar la Parte B." in text(visitor.get(here))


@pytest.mark.parametrize("who", ["host", "visitor", "focal_visiting", "secretariat"])
def test_nobody_else_shares_it_and_they_are_told_how_far_it_is(who, trip):
    visitor, here = entered(trip, getattr(trip, who)), f"/documentos/{trip.document('A1').id}"
    assert "La agenda es un borrador" in text(visitor.get(here))
    assert "Compartir la agenda" not in buttons(visitor, here)
    assert visitor.post(f"{here}/hacer/share_agenda").status_code == 403
    assert visitor.post(f"{here}/hacer/nada").status_code == 404


def test_the_leader_adds_a_person_fills_their_card_and_takes_them_out(trip):
    visitor, second = entered(trip, trip.visitor), trip.document("A2")
    here = f"/documentos/{second.id}"
    assert "Agregar una persona" in buttons(visitor, here)
    there = visitor.post(f"{here}/hacer/add_copy").location
    subject = there.partition("de=")[2]
    assert there == f"{here}/card?de={subject}"
    assert visitor.get(there).status_code == 200
    assert len(cards(visitor, here)) == 4
    assert sum(each.form == "A7" for each in trip.documents()) == 4
    assert visitor.post(f"{here}/hacer/remove_copy", {"subject": subject}).location == here
    assert len(cards(visitor, here)) == 3


def cards(visitor, here):
    return [each for each in links(visitor, here) if "/card?de=" in each]


def test_a_traveller_adds_nobody_and_who_sent_a_card_is_not_just_taken_out(trip):
    here, row = f"/documentos/{trip.document('A2').id}", trip.rows()[1]
    traveller = entered(trip, trip.travellers[1])
    assert "Agregar una persona" not in buttons(traveller, here)
    assert traveller.post(f"{here}/hacer/add_copy").status_code == 404
    trip.fill("A2", "travellers", trip.travellers[1], {f"travellers.{row}.bio": "Trabaja con centros."}, row)
    leader = entered(trip, trip.visitor)
    assert "Quitar a Segunda de la delegación" not in buttons(leader, here)
    assert leader.post(f"{here}/hacer/remove_copy", {"subject": row}).status_code == 409
    assert leader.post(f"{here}/hacer/remove_copy", {"subject": "nada"}).status_code == 404


def test_reserved_sheets_and_permissions_are_reached_from_their_documents(trip):
    fourth, seventh = trip.document("A4").id, trip.document("A7", 1).id
    row = trip.rows()[1]
    assert f"/documentos/{fourth}/reservada/{row}" in links(entered(trip, trip.focal_visiting), f"/documentos/{fourth}")
    assert f"/documentos/{fourth}/reservada/{row}" not in links(entered(trip, trip.travellers[1]), f"/documentos/{fourth}")
    assert f"/documentos/{seventh}/permisos" in links(entered(trip, trip.travellers[1]), f"/documentos/{seventh}")


def test_what_was_sent_and_is_out_of_date_says_so_with_the_way_to_it(trip):
    trip.fill("A1", "a", trip.host, {})
    exchanges.set_facts(trip.store, trip.secretariat, trip.now(), {"title": "Otro título"})
    here = f"/documentos/{trip.document('A1').id}"
    assert f"{here}/desactualizado" in links(entered(trip, trip.host), here)


def test_sending_a_part_says_what_of_it_lacks_and_leads_back_to_the_document(trip):
    visitor, here = entered(trip, trip.visitor), f"/documentos/{trip.document('A1').id}"
    assert "Institución" in text(visitor.get(f"{here}/revisar?parte=b"))
    trip.save("A1", "visitor", trip.visitor, {"visiting_institution": "Ente de ejemplo"})
    checked = visitor.get(f"{here}/revisar?parte=b")
    assert "Tiene todo lo que hace falta." in text(checked)
    assert visitor.post(f"{here}/enviar", {"parte": "b"}).location == here
    assert "Parte B Enviado" in text(visitor.get(here))


def test_a_spreadsheet_is_among_the_files(trip):
    here = f"/documentos/{trip.document('A1').id}"
    visitor = entered(trip, trip.visitor)
    assert f"{here}/descargar/xlsx/es" in links(visitor, here)
    assert visitor.get(f"{here}/descargar/xlsx/es").data[:2] == b"PK"
