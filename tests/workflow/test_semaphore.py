"""The semaphore: green, red with its sentence and where to go, grey while the other document is empty; and the one list of work."""

from datetime import date

import pytest

from app.errors import NotFound
from app.workflow import life, semaphore, worklist
from tests.workflow.exchanging import TRAVELLERS, Exchange, register
from tests.workflow.house import ES


@pytest.fixture
def exchange(house, monkeypatch):
    register(monkeypatch)
    return Exchange(house)


def lights(exchange, person=None):
    found = semaphore.semaphore(exchange.store, person or exchange.host, exchange.now(), ES)
    return [(light.rule, light.colour, light.sentence, light.document.form, light.section) for light in found]


def test_a_rule_waits_grey_until_the_other_document_says_something(house, monkeypatch):
    register(monkeypatch)
    empty = Exchange(house, travellers=())
    assert lights(empty) == [("R-07", "grey", "Se comprueba cuando este documento se empiece a llenar.", "A1", "")]
    empty.save("A1", "visitor", empty.visitor, {"delegation_size": 3})
    assert lights(empty) == [("R-07", "grey", "Se comprueba cuando el otro documento esté lleno.", "A1", "")]


def test_red_says_its_sentence_and_leads_to_the_answer(exchange):
    exchange.save("A1", "visitor", exchange.visitor, {"delegation_size": 6})
    assert lights(exchange) == [("R-07", "red", "El Anexo I dice 6 personas y el II tiene 3", "A1", "visitor")]


def test_green_when_it_holds(exchange):
    exchange.save("A1", "visitor", exchange.visitor, {"delegation_size": len(TRAVELLERS)})
    assert [light[:3] for light in lights(exchange)] == [("R-07", "green", "Se cumple.")]


def test_nobody_sees_the_lights_of_a_dossier_that_is_not_theirs(exchange, house):
    with pytest.raises(NotFound):
        lights(exchange, house.ana)


def test_one_list_over_every_part_says_what_lacks_who_acts_and_until_when(exchange, house):
    listed = worklist.of(house.store, exchange.visitor, exchange.now(), ES)
    named = [(work.document.form, work.part.partition(".")[0], work.whose) for work in listed]
    assert named[:6] == [("A1", "a", ""), ("A1", "b", ""), ("A2", "list", ""), ("A2", "travellers", "Primera de la delegación"),
                         ("A2", "travellers", "Segunda de la delegación"), ("A2", "travellers", "Tercera de la delegación")]
    b = listed[1]
    assert (b.state, b.lacking, b.who, b.until) == ("Borrador", 2, ("Jefatura de la delegación visitante",), date(2027, 3, 15))
    assert [work.until for work in listed if work.document.form == "A7"] == [date(2027, 3, 22)] * 3


def test_the_list_follows_the_document_and_tells_what_is_out_of_date(exchange, house):
    life.submit(house.store, exchange.visitor, exchange.document("A3"))
    [third] = [work for work in worklist.of(house.store, exchange.visitor, exchange.now(), ES) if work.document.form == "A3"]
    assert (third.state, third.lacking, third.who, third.outdated) == ("Enviado", 0, ("Punto focal OEI visitante",), False)
    exchange.save("A1", "common", exchange.host, {"activity_title": "Otro título"})
    [third] = [work for work in worklist.of(house.store, exchange.visitor, exchange.now(), ES) if work.document.form == "A3"]
    assert third.outdated


def test_nobody_sees_the_list_of_a_dossier_that_is_not_theirs(exchange, house):
    with pytest.raises(NotFound):
        worklist.of(house.store, house.ana, exchange.now(), ES)
