"""Documents appear when they are due: with the dossier, when another has come far enough, or shortly before a day."""

from datetime import UTC, date, datetime

import pytest

from app import clock
from app.workflow import digest, exchange_states, opening, tasks
from forms import FORMS
from forms.exchange.sources import calc
from forms.kinds import Date, Text
from forms.spec import Form, Part, Section
from tests.workflow.exchanging import PROGRAMME, SMALL, Exchange, register

CUTOFFS = {"3": "2027-07-31", "6": "2027-10-31"}


def cutoff(facts):
    return CUTOFFS[facts.dossier.subject or facts.subject]


FOLLOWUP = Form("F5S", "1", "Seguimiento", PROGRAMME, (
    Part("followup", "Seguimiento", (Section("followup", "Avance", (
        calc("cutoff", "Corte", cutoff, Date, fixed=True), Text("lessons", "Lecciones", required=True),
    )),), filler="visiting_leader", reviewer="focal_visiting"),
), subjects=tuple(CUTOFFS), opens="A3.submitted", day=cutoff)


@pytest.fixture
def exchange(house, monkeypatch):
    register(monkeypatch, {**SMALL, "F5S": FOLLOWUP})
    found = Exchange(house)
    document = found.document("A3")
    found.store.documents.move(document.id, "submitted", "draft", "submitted", found.visitor.id)
    return found


def at(year, month, day):
    return clock.stopped(datetime(year, month, day, 12, tzinfo=UTC))


def reminded(exchange, month, day):
    """Whether the visitors' leader gets a reminder that day; the first one is about everything else."""
    with at(2027, month, day):
        before = len(exchange.store.outbox.of(exchange.visitor.id))
        digest.send(exchange.store)
        return len(exchange.store.outbox.of(exchange.visitor.id)) > before


def opened(exchange):
    return [each.subject for each in exchange.documents() if each.form == "F5S"]


def test_a_follow_up_opens_fifteen_days_before_its_day_and_once(exchange):
    for day, due in ((15, []), (16, ["3"]), (17, ["3"])):
        with at(2027, 7, day):
            exchange_states.start_at(exchange.store.settings)
            assert opened(exchange) == due
    with at(2027, 10, 16):
        assert opening.open_due(exchange.store) == 1
        assert opened(exchange) == ["3", "6"]


def test_nothing_opens_on_its_day_before_what_it_grows_from_is_there(house, monkeypatch):
    register(monkeypatch, {**SMALL, "F5S": FOLLOWUP})
    found = Exchange(house)
    with at(2028, 1, 1):
        assert opening.open_due(found.store) == 0


def test_it_is_due_on_its_day_and_reminds_seven_days_before_that_day_and_seven_after(exchange):
    with at(2027, 7, 16):
        opening.open_due(exchange.store)
        mine = [task for task in tasks.mine(exchange.store, exchange.visitor) if task.document.form == "F5S"]
    assert [task.until for task in mine] == [date(2027, 7, 31)]
    assert [reminded(exchange, *day) for day in ((7, 17), (7, 23), (7, 24), (7, 30), (7, 31), (8, 6), (8, 7), (8, 20))] == [
        True, False, True, False, True, False, True, False]


def test_an_exchange_is_not_over_while_a_follow_up_is_still_to_open(exchange):
    with at(2027, 7, 16):
        opening.open_due(exchange.store)
    document = next(each for each in exchange.documents() if each.form == "F5S")
    exchange.store.documents.move(document.id, "approved", "draft", "approved", exchange.visitor.id)
    exchange.store.dossiers.move(exchange.dossier.id, "exchange_followed", "planning", "following", exchange.secretariat.id)
    [offer] = [each for each in exchange_states.actions(exchange.store, exchange.secretariat, exchange.now()) if each.action == "finish"]
    assert [each.message for each in offer.lacks] == [exchange_states.NO_DOCUMENT]


def test_the_evaluation_opens_with_the_closing_balance_and_the_plan_with_the_evaluation():
    assert {code: FORMS[code].opens for code in ("F4C", "A5", "PTA", "F5S")} == {
        "F4C": "A1.approved", "A5": "F4C.submitted", "PTA": "A5.submitted", "F5S": "PTA.signed"}
