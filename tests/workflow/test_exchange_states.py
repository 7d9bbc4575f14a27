"""An exchange moves by its table: who may, what is missing and who can do it, by itself on its first day, stopped with a reason."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app import clock
from app.errors import Forbidden, Invalid, Moved, NotFound, NotReady
from app.workflow import agenda, exchange_states, history, life, mailing, opening
from forms.exchange.sources import calc
from forms.kinds import Text
from forms.kinds.base import Problem
from forms.path import AnswerPath
from forms.rules import Rule
from tests.workflow.exchanging import SMALL, Exchange, register
from tests.workflow.house import ES

REASON = "La institución anfitriona pidió otra fecha."


@pytest.fixture
def exchange(house, monkeypatch):
    register(monkeypatch)
    return Exchange(house)


def move(exchange, person, action, **more):
    return exchange_states.move(exchange.store, person, exchange.now(), action, **more)


def lacks(exchange, person, action):
    [offer] = [each for each in exchange_states.actions(exchange.store, person, exchange.now(), ES) if each.action == action]
    return [ES.words(problem.message, **problem.places) for problem in offer.lacks]


def put(exchange, state):
    """Straight to a state, as earlier moves would have brought it."""
    exchange.store.dossiers.move(exchange.dossier.id, "exchange_ready", exchange.now().state, state, exchange.secretariat.id)


def test_each_role_is_offered_its_own_moves(exchange, house):
    def offered(person):
        return [offer.action for offer in exchange_states.actions(house.store, person, exchange.now(), ES)]

    assert offered(exchange.focal_host) == ["reference"]
    assert offered(exchange.secretariat) == ["cancel", "postpone"]
    assert offered(exchange.host) == []
    with pytest.raises(NotFound):
        exchange_states.actions(house.store, house.ana, exchange.now(), ES)


def test_planning_ends_when_the_agenda_is_shared(exchange, house, monkeypatch):
    form = SMALL["A1"]
    with_state = {**SMALL, "A1": _with_agenda_state(form)}
    register(monkeypatch, with_state)
    assert lacks(exchange, exchange.focal_host, "reference") == ["La agenda no está compartida: la comparte el punto focal anfitrión."]
    with pytest.raises(NotReady):
        move(exchange, exchange.focal_host, "reference")
    agenda.share(house.store, exchange.focal_host, exchange.document("A1"))
    assert move(exchange, exchange.focal_host, "reference", key="k").state == "referenced"
    assert move(exchange, exchange.focal_host, "reference", key="k").state == "referenced"


def _with_agenda_state(form):
    state = calc("agenda_state", "Agenda", lambda facts: facts.dossier.facts.get("agenda_state") or "draft", Text, live=True)
    part, other = form.parts
    common = replace(part.sections[0], fields=(*part.sections[0].fields, state))
    return replace(form, parts=(replace(part, sections=(common, *part.sections[1:])), other))


def test_ready_says_every_document_that_is_not_signed_and_who_can_do_it(exchange):
    put(exchange, "referenced")
    told = lacks(exchange, exchange.secretariat, "ready")
    assert told[0] == ("«Anexo uno» (PE-2027-URY-SLV-01/A1) no está firmado: "
                       "Jefatura de la delegación anfitriona, Jefatura de la delegación visitante.")
    assert len(told) == 6
    life.submit(exchange.store, exchange.visitor, exchange.document("A3"))
    third = "«Anexo tres» (PE-2027-URY-SLV-01/A3) no está firmado: Punto focal OEI visitante."
    assert third in lacks(exchange, exchange.secretariat, "ready")


def test_a_rule_that_blocks_is_named_with_its_sentence(exchange):
    put(exchange, "referenced")
    exchange.save("A1", "visitor", exchange.visitor, {"visiting_institution": "Ente", "delegation_size": 6})
    assert lacks(exchange, exchange.secretariat, "ready")[-1] == "R-07: El Anexo I dice 6 personas y el II tiene 3"


def test_a_rule_of_a_form_that_comes_later_does_not_hold_it_back(exchange, monkeypatch):
    never = Rule("R-21", "A6.expect", "submit", True, lambda facts: (Problem(AnswerPath(("expect",)), "Falta el registro.", {}),))
    register(monkeypatch, {**SMALL, "A6": replace(SMALL["A6"], opens="", rules=(never,))})
    opening.ensured(exchange.store, exchange.dossier.id, exchange.secretariat.id)
    put(exchange, "referenced")
    assert exchange.document("A6").state == "draft"
    assert not [told for told in lacks(exchange, exchange.secretariat, "ready") if told.startswith("R-21")]


def test_it_runs_from_its_first_day_at_midnight_where_the_host_is(exchange, house):
    put(exchange, "ready")
    with clock.stopped(datetime(2027, 4, 12, 2, 59, tzinfo=UTC)):
        assert exchange_states.start_due(house.store) == 0
        assert lacks(exchange, exchange.focal_host, "start") == ["La visita empieza el 12/04/2027."]
    with clock.stopped(datetime(2027, 4, 12, 3, 0, tzinfo=UTC)):
        assert exchange_states.start_due(house.store) == 1
        assert exchange_states.start_due(house.store) == 0
    assert exchange.now().state == "running"
    assert house.store.events.told(exchange.dossier.id, "exchange_started")[0].actor_id == ""


def test_a_form_that_is_not_registered_guards_nothing(exchange):
    put(exchange, "running")
    assert lacks(exchange, exchange.focal_host, "close") == []
    assert move(exchange, exchange.focal_host, "close").state == "closed"


def test_it_is_stopped_with_a_reason_that_everybody_is_told(exchange, house):
    with pytest.raises(Invalid):
        move(exchange, exchange.secretariat, "cancel", reason="Porque sí")
    assert move(exchange, exchange.secretariat, "cancel", reason=REASON).state == "cancelled"
    assert exchange.now().facts["state_reason"] == REASON
    told = [message for message in house.store.outbox.of(exchange.host.id) if message.kind == "exchange_stopped"]
    assert f"Motivo: {REASON}" in mailing.WRITERS[told[0].kind](house.store, told[0]).paragraphs
    with pytest.raises(Moved):
        move(exchange, exchange.focal_host, "reference")


def test_what_was_postponed_goes_on_where_it_was(exchange):
    put(exchange, "referenced")
    assert move(exchange, exchange.secretariat, "postpone", reason=REASON).state == "postponed"
    assert move(exchange, exchange.secretariat, "resume").state == "referenced"


def test_only_the_role_in_the_table_moves_it(exchange, house):
    for person in (exchange.host, exchange.visitor, exchange.secretariat):
        with pytest.raises(Forbidden):
            move(exchange, person, "reference")
    with pytest.raises(NotFound):
        move(exchange, house.stranger, "cancel", reason=REASON)


def test_its_history_says_each_move_in_words(exchange, house):
    move(exchange, exchange.secretariat, "postpone", reason=REASON)
    move(exchange, exchange.secretariat, "resume")
    told = [entry.sentence for entry in history.of(house.store, exchange.secretariat, exchange.now(), ES)]
    assert told[0] == "Secretaría de intercambios de ejemplo retomó el intercambio."
    assert "Secretaría de intercambios de ejemplo aplazó el intercambio y dijo por qué." in told
    assert REASON not in repr(told)
