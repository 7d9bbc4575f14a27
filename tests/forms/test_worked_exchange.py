"""The second half of the worked exchange (forms.md §11.1): complete, clean, and with the figures of the domain."""
from decimal import Decimal

import pytest

from forms import FORMS
from forms.values import ID
from tests.forms.worked import DAYS, TRAVELLERS, Exchange

WORKED = Exchange()
DOCUMENTS = [("A4", ""), ("F3R", ""), *(("F4L", day) for day in DAYS), ("F4C", ""), ("A5", ""), *(("A6", one) for one in TRAVELLERS),
             ("PTA", ""), ("F5S", "3")]
FIELDS = {"A4": 60, "A5": 56, "A6": 27, "PTA": 41, "F5S": 17, "FC": 37}
"""As forms.md counts them; F5S says which action each row is about, FC which entity a sheet of one state is of."""
AVERAGES = {
    "q_relevance": "4.6", "q_objectives": "4.2", "q_experiences": "4.6", "q_depth": "4.0", "q_time": "3.2", "q_preparation": "4.2",
    "q_host": "5.0", "q_oei": "4.6", "q_logistics": "4.2", "q_closing": "4.6", "q_applicable": "4.0", "q_network": "4.6",
    "knowledge_before": "2.0", "knowledge_after": "4.2"}


@pytest.mark.parametrize(("code", "count"), FIELDS.items())
def test_a_form_has_the_fields_of_the_domain(code, count):
    assert FORMS[code].field_rows == count


@pytest.mark.parametrize(("form", "subject"), DOCUMENTS)
def test_every_document_is_complete_and_no_rule_objects(form, subject):
    assert WORKED.missing(form, subject) == {}
    assert WORKED.findings(form, subject) == {}


def test_costs_are_totalled_by_payer_to_the_cent():
    known = WORKED.filled("A4")
    assert [row["total"]["amount"] for row in known["costs"]] == [490000, 255000, 120000, 19000, 62000, 31000, 1500]
    assert {payer: Decimal(said["amount"]) / 100 for payer, said in known["cost_totals"].items()} == {
        "oei_visiting": 7450, "visiting": 1390, "host": 930, "oei_host": 15, "total": 9785}
    assert {said["currency"] for said in known["cost_totals"].values()} == {"USD"}


def test_averages_are_those_of_the_domain_each_with_how_many_answered():
    averages = WORKED.filled("A5")["rating_averages"]
    assert {key: said["average"] for key, said in averages["ratings"].items()} == AVERAGES
    assert averages["recommend"]["recommend"] == {"average": "9.2", "answers": 5}
    assert (averages["answers"], averages["change"]) == (5, "2.2")


def test_joint_actions_lines_and_actions_have_their_codes():
    annex, plan = WORKED.filled("A5"), WORKED.filled("PTA")
    assert [row["code"] for row in annex["joint_actions"]] == ["AC-01", "AC-02", "AC-03"]
    assert [row["code"] for row in annex["transfer_outline"]] == ["TR-01", "TR-02", "TR-03", "TR-04"]
    assert [row["code"] for row in plan["actions"]] == ["PT-01", "PT-02", "PT-03", "PT-04", "PT-05"]


def test_the_plan_ends_twelve_months_after_it_starts():
    assert WORKED.filled("PTA")["plan_end"] == "2028-04-30"


def test_the_first_follow_up_is_at_24_2_and_all_green():
    known = WORKED.filled("F5S", "3")
    assert (known["milestone"], known["cutoff"]) == ("3", "2027-07-31")
    assert known["weighted_progress"] == "24.2"
    assert [row["light"] for row in known["light"]] == ["green"] * 5
    assert [row[ID] for row in known["progress"]] == [row[ID] for row in WORKED.filled("PTA")["actions"]]


def test_the_closing_balance_counts_what_the_daily_records_say():
    known = WORKED.filled("F4C")
    assert known["deviation"] == {"planned": 17, "done": 16, "changed": 1, "not_done": 0}
    assert known["held_at"] == "2027-04-16T11:00"


def test_the_minutes_have_eleven_present_two_changes_and_four_agreements():
    known = WORKED.filled("F3R")
    assert sum(row["present"] for row in known["attendees"]) == 11
    assert sum(row["decision"] != "se_mantiene" for row in known["agenda_review"]) == 2
    assert len(known["agreements"]) == 4


def test_a_diary_has_a_row_for_each_working_day_with_what_is_visited():
    known = WORKED.filled("A6", TRAVELLERS[1])
    assert [row["date"] for row in known["days"]] == [f"2027-04-{day}" for day in range(12, 17)]
    assert known["days"][1]["visited"][0] == "Recorrido y conversación con el equipo"
    assert known["author"] == TRAVELLERS[1]
    assert known["publish_excerpt"] == known["highlight"]
