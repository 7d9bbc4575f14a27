"""The records of a focal point: minutes signed by who was there, a day of the visit, a closing with both countries."""
import pytest

from tests.forms.worked import Exchange


@pytest.fixture
def exchange():
    return Exchange()


def test_who_signs_the_minutes_was_there(exchange):
    exchange.change("F3R")["attendees"][0]["present"] = False
    assert exchange.findings("F3R")["F3R-1"] == ["Jefatura de delegación anfitriona firma el acta: debe constar como asistente."]


def test_the_minutes_open_with_the_four_who_sign(exchange):
    exchange.change("F3R").pop("attendees")
    rows = exchange.filled("F3R")["attendees"]
    assert [(row["name"], row["side"]) for row in rows] == [
        ("Jefatura de delegación anfitriona", "anfitrion"), ("Jefatura de delegación visitante", "visitante"),
        ("Punto focal OEI anfitrión", "oei"), ("Punto focal OEI visitante", "oei")]


def test_an_agenda_that_was_not_shared_cannot_be_gone_through(exchange):
    exchange.view.facts["agenda_state"] = "draft"
    assert exchange.findings("F3R")["F3R-2"] == ["La agenda todavía no se ha compartido."]


def test_a_row_that_is_added_names_none_of_the_agenda(exchange):
    assert "row" not in exchange.filled("F3R")["agenda_review"][2]


def test_a_days_record_has_the_rows_of_that_day(exchange):
    exchange.change("F4L", "20270414")["rows"] = []
    known = exchange.filled("F4L", "20270414")
    assert known["date"] == "2027-04-14"
    assert [row["row"] for row in known["rows"]] == ["AGD00008", "AGD00009", "AGD00010", "AGD00011"]


def test_what_did_not_take_place_has_nobody_in_it(exchange):
    exchange.change("F4L", "20270414")["rows"][1].update({"done": "no_realizada", "change_reason": "Lluvia"})
    assert exchange.findings("F4L", "20270414")["F4L-2"] == ["Una actividad que no se realizó no tiene asistentes."]


def test_a_day_that_left_the_visit_is_told(exchange):
    exchange.view.facts["visit_period"] = {"start": "2027-04-12", "end": "2027-04-15"}
    assert exchange.findings("F4L", "20270416")["F4L-1"] == ["Este día ya no es de la visita."]


def test_the_closing_has_institutions_of_both_countries(exchange):
    exchange.change("F4C")["present_institutions"] = ["HST00001", "HST00002"]
    assert exchange.findings("F4C")["F4C-1"] == ["El cierre necesita instituciones de ambos países."]


def test_nothing_is_counted_before_there_is_a_daily_record(exchange):
    for address in [each for each in exchange.typed if each.form == "F4L"]:
        exchange.typed.pop(address)
    assert exchange.filled("F4C")["deviation"] is None or not any(exchange.filled("F4C")["deviation"].values())


def test_an_agenda_that_was_never_shared_has_no_version_to_review(exchange):
    exchange.change("F3R").pop("agenda_version", None)
    exchange.view.facts["agenda_version"] = 0
    assert exchange.filled("F3R")["agenda_version"] is None
    exchange.view.facts["agenda_version"] = 2
    assert exchange.filled("F3R")["agenda_version"] == 2
