"""Anexo V: figures nobody can be known by, rows that follow other annexes, good practices seen where the delegation was."""
import pytest

from forms.values import ID
from tests.forms.worked import TRAVELLERS, Exchange


@pytest.fixture
def exchange():
    return Exchange()


def test_two_questionnaires_show_only_that_they_are_two(exchange):
    exchange.sent(2)
    averages = exchange.filled("A5")["rating_averages"]
    assert averages["answers"] == 2
    assert not averages.get("ratings")
    assert not averages.get("outcomes")


def test_does_not_apply_counts_for_nobody(exchange):
    rows = exchange.change("A5")["questionnaire"]
    rows[0]["q_time"] = rows[1]["q_time"] = "na"
    assert exchange.filled("A5")["rating_averages"]["ratings"]["q_time"] == {"average": "3.3", "answers": 3}
    rows[2]["q_time"] = "na"
    assert "q_time" not in exchange.filled("A5")["rating_averages"]["ratings"]


def test_a_questionnaire_that_was_not_sent_is_not_counted(exchange):
    exchange.sent(4)
    assert exchange.filled("A5")["rating_averages"]["answers"] == 4


def test_there_is_a_row_for_each_objective_and_each_question_and_no_other(exchange):
    exchange.change("A5")["objectives_review"].pop()
    exchange.change("A5")["answers"] = []
    known = exchange.filled("A5")
    assert [row["objective"] for row in known["objectives_review"]] == [row[ID] for row in exchange.change("A1")["specific_objectives"]]
    assert [row["question"] for row in known["answers"]] == [row[ID] for row in exchange.change("A3")["learning_questions"]]
    assert "objectives_review.SPC00003.achieved" in exchange.missing("A5")


def test_what_was_written_about_a_question_that_went_away_is_kept(exchange):
    exchange.change("A3")["learning_questions"].pop()
    assert [row["answer"] for row in exchange.filled("A5")["answers"]][-1].startswith("Acompaña y deriva")


def test_joint_actions_start_from_what_was_agreed_in_the_closing_session(exchange):
    exchange.change("A5").pop("joint_actions")
    rows = exchange.filled("A5")["joint_actions"]
    first = {key: rows[0][key] for key in (ID, "code", "title")}
    assert first == {ID: "NXT00001", "code": "AC-01", "title": "Revisión conjunta de la lista de verificación"}
    assert rows[0]["host_responsible"] == "Jefatura de habilitación"


def test_a_good_practice_of_a_place_nobody_visited_is_refused(exchange):
    for row in exchange.change("F4L", "20270415")["rows"]:
        row |= {"done": "no_realizada", "change_reason": "La institución cerró ese día", "attendance": 0}
    assert exchange.findings("A5")["R-31"] == ["Unidad de información social no fue visitada."]


def test_without_daily_records_where_the_delegation_was_is_not_known(exchange):
    for day in ("20270412", "20270413", "20270414", "20270415", "20270416"):
        exchange.change("F4L", day)["rows"] = []
    assert exchange.findings("A5")["R-31"] == ["waits"]


def test_an_activity_of_the_closing_session_that_came_to_nothing_is_told(exchange):
    exchange.change("A5")["joint_actions"].pop()
    assert exchange.findings("A5")["R-32"] == ["Actividad del cierre sin seguimiento: Nota técnica común sobre ventanilla única."]


@pytest.mark.parametrize(("period", "sentence"), [
    ({"start": "2027-04-10", "end": "2027-07-30"}, "AC-01 empieza antes del fin de la visita."),
    ({"start": "2027-05-03", "end": "2028-05-15"}, "AC-01 termina fuera del plan."),
])
def test_a_joint_action_stays_within_the_twelve_months(exchange, period, sentence):
    exchange.change("A5")["joint_actions"][0]["period"] = period
    assert sentence in exchange.findings("A5")["R-23"]
    assert sentence in exchange.findings("PTA")["R-23"]


def test_a_new_version_keeps_the_codes_of_the_one_before(exchange):
    before = exchange.filled("A5")
    exchange.view = type(exchange.view)(**{**vars(exchange.view), "previous": before})
    exchange.change("A5")["transfer_outline"].pop(1)
    exchange.change("A5")["transfer_outline"].insert(0, {ID: "NEW00001", "change": "Otra línea"})
    assert [row["code"] for row in exchange.filled("A5")["transfer_outline"]] == ["TR-05", "TR-01", "TR-03", "TR-04"]


def test_each_questionnaire_is_about_its_traveller(exchange):
    assert [row["respondent"] for row in exchange.filled("A5")["questionnaire"]] == list(TRAVELLERS)
