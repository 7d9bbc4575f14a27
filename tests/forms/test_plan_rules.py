"""The twelve-month plan and its follow-ups: nothing of Anexo V is lost, weights and targets hold, lights say how far it is."""
from dataclasses import replace

import pytest

from forms.plan.calendar import months_in
from forms.plan.progress import light
from forms.values import ID
from forms.view import Address
from tests.forms.worked import PAPER, Exchange

ACTION = {"months": ["1", "2", "3", "4", "5", "6"], "baseline": "120", "target_m3": "120", "target_m6": "90", "target_m12": "60"}


@pytest.fixture
def exchange():
    return Exchange()


def actions(exchange):
    return exchange.change("PTA")["actions"]


def progress(exchange, number):
    return exchange.change("F5S", "3")["progress"][number - 1]


def test_a_joint_action_that_is_in_no_action_is_refused(exchange):
    actions(exchange).pop(2)
    assert exchange.findings("PTA")["R-22"] == ["AC-02 no está en el plan de 12 meses."]


def test_a_plan_nobody_touched_grows_from_each_line_and_each_joint_action(exchange):
    exchange.change("PTA").pop("actions")
    rows = exchange.filled("PTA")["actions"]
    sources = ["TRF00001", "TRF00002", "TRF00003", "TRF00004", "NXT00001", "NXT00002", "NXT00003"]
    assert [row["source"] for row in rows] == [[source] for source in sources]
    assert [row["months"] for row in rows][:2] == [["4", "5", "6"]] * 2
    assert rows[5]["months"] == ["2", "3", "4"]
    assert rows[0]["action"] == "Lista de verificación de salas cunas aprobada por acuerdo interno"
    assert "R-22" not in exchange.findings("PTA")


def test_weights_that_do_not_sum_one_hundred_are_refused(exchange):
    actions(exchange)[0]["weight"] = 30
    assert exchange.findings("PTA")["R-24"] == ["Los pesos suman 105."]


def test_months_that_miss_the_joint_action_they_grew_from_are_refused(exchange):
    actions(exchange)[2]["months"] = ["9", "10"]
    assert exchange.findings("PTA")["R-23"] == ["Los meses de PT-03 no coinciden con los de AC-02."]


def test_who_answers_for_an_own_action_is_of_the_visiting_country(exchange):
    actions(exchange)[1]["responsible"] = "Dirección, Ente rector de primera infancia de Uruguay"
    assert exchange.findings("PTA")["R-25"] == ["El responsable debe ser del país visitante."]


@pytest.mark.parametrize(("change", "rule", "sentence"), [
    ({"target_m12": "120"}, "PTA-2", "La meta del mes 12 de PT-02 es igual a la línea de base."),
    ({"target_m6": "130"}, "PTA-2", "Las metas de PT-02 cambian de dirección."),
    ({"baseline_date": "2027-06-01"}, "PTA-2", "La línea de base de PT-02 es posterior al inicio del plan."),
])
def test_targets_lead_one_way_from_a_baseline_of_before(exchange, change, rule, sentence):
    actions(exchange)[1].update(change)
    assert exchange.findings("PTA")[rule] == [sentence]


@pytest.mark.parametrize(("start", "sentence"), [
    ("2027-05-02", "El plan empieza el primer día de un mes."),
    ("2027-07-01", "El plan empieza dentro de los 60 días que siguen a la visita."),
])
def test_a_plan_starts_on_a_first_soon_after_the_visit(exchange, start, sentence):
    exchange.change("PTA")["plan_start"] = start
    assert sentence in exchange.findings("PTA")["PTA-1"]


def test_sharing_only_late_is_a_warning(exchange):
    for row in exchange.change("PTA")["sharing"]:
        row["month"] = "8"
    assert exchange.findings("PTA")["PTA-3"] == ["Ninguna réplica está prevista en los meses 1 a 3."]


def test_an_action_that_is_new_has_no_source_to_name(exchange):
    actions(exchange)[1]["is_new"] = True
    assert "source" not in exchange.filled("PTA")["actions"][1]


@pytest.mark.parametrize(("row", "month", "colour"), [
    ({"value": "90", "percent": 0}, 6, "green"),
    ({"value": "98", "percent": 0}, 6, "amber"),
    ({"value": "110", "percent": 0}, 6, "red"),
    ({"value": "120", "percent": 0}, 3, "green"),
    ({"value": "60", "percent": 70}, 9, "amber"),
])
def test_a_light_compares_what_was_reached_with_what_was_planned(row, month, colour):
    """Targets go down; month 9 has none, so the months of work and the percent are compared."""
    assert light(ACTION, row, month) == colour


def test_a_cancelled_action_leaves_the_weights(exchange):
    progress(exchange, 5).update({"status": "cancelled", "note": "La plataforma se reemplaza este año"})
    known = exchange.filled("F5S", "3")
    assert known["weighted_progress"] == "28.5"
    assert len(known["light"]) == 4


@pytest.mark.parametrize(("change", "sentence"), [
    ({"status": "delayed"}, "Diga qué pasó con PT-02."),
    ({"status": "done", "value": "60"}, "Falta la evidencia de PT-02, que está cumplida."),
    ({"status": "done", "value": "90", "evidence": PAPER}, "PT-02 está cumplida sin llegar a su meta: diga qué pasó."),
    ({"status": "rescheduled", "note": "Pasa a julio", "new_month": "3"}, "El nuevo mes de PT-02 debe ser posterior al corte."),
])
def test_what_went_otherwise_is_explained(exchange, change, sentence):
    progress(exchange, 2).update(change)
    assert exchange.findings("F5S", "3")["F5S-1"] == [sentence]


def second(exchange, **state):
    """The follow-up of month 6, opened after the first."""
    exchange.typed[Address("F5S", "", "6")] = {"sharing_done": 120, "lessons": "Lo aprendido en el segundo trimestre."}
    exchange.view = replace(exchange.view, states={Address("F5S", "", "3"): state.get("first", "signed")})
    return exchange


def test_the_next_follow_up_opens_with_what_the_one_before_said(exchange):
    rows = second(exchange).filled("F5S", "6")["progress"]
    assert [(row["status"], row["percent"], row["value"]) for row in rows][:2] == [("in_progress", 50, "0"), ("in_progress", 20, "120")]
    assert rows[0]["action"] == rows[0][ID]


def test_progress_does_not_go_back_without_a_word(exchange):
    second(exchange).change("F5S", "6")["progress"] = [{ID: "PTA00001", "percent": 40}]
    assert "El avance de PT-01 bajó: diga qué pasó." in exchange.findings("F5S", "6")["F5S-1"]


def test_follow_ups_come_in_their_order(exchange):
    assert second(exchange, first="draft").findings("F5S", "6")["R-33"] == ["Antes va el seguimiento del mes 3."]
    assert "R-33" not in second(exchange).findings("F5S", "6")


def test_the_last_follow_up_says_which_policy_changed(exchange):
    exchange.typed[Address("F5S", "", "12")] = {"sharing_done": 200}
    assert exchange.findings("F5S", "12")["F5S-2"] == ["En el mes 12 falta el cambio de política logrado."]


def test_months_of_a_plan_are_counted_from_its_first_day():
    assert months_in("2027-05-01", {"start": "2027-04-20", "end": "2027-05-31"}) == ["1"]
    assert months_in("2027-05-01", {"start": "2028-04-30", "end": "2029-01-01"}) == ["12"]
    assert months_in(None, {"start": "2027-05-01", "end": "2027-05-02"}) == []
