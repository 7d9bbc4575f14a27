"""Check-your-answers and the task list."""

import pytest

from app.errors import NotFound
from app.workflow import intake, reviewing
from tests.workflow.house import ES, row


def check(house, document, person=None):
    return reviewing.check(house.store, person or house.head, house.now(document), ES)


def states(found):
    return {section.key: section.state for section in found.sections}


def said(problems):
    return [ES.words(problem.message, **problem.places) for problem in problems]


def test_the_real_report_lacks_nothing(house):
    found = check(house, house.real())
    assert (said(found.problems), found.rules, found.ready) == ([], (), True)
    assert states(found) == {"head": "done", "entries": "done", "totals": "done"}


def test_the_real_reports_totals_are_those_of_the_paper(house):
    answers = house.answers(house.real())
    assert answers["total_entries"]["all"] == 17
    assert list(answers["total_entries"]["by_group"].values()) == [9, 8]
    assert answers["total_sessions"] == {"sum": 45, "rows": 6, "without": 11}
    assert answers["total_other"] == {"centros_verificados": 6, "talleres": 1, "visitas": 1, "documentos": 1}
    assert (answers["distinct_territories"]["count"], answers["distinct_territories"]["of"]) == (10, 14)


def test_a_new_report_says_what_is_missing_where(house):
    found = check(house, house.report())
    assert states(found) == {"head": "done", "entries": "todo", "totals": "done"}
    assert said(found.problems) == ["Agregue al menos 1 en «Grupos por beneficiario».", "Agregue al menos 1 en «Asistencias»."]
    assert not found.ready


def test_a_row_half_filled_is_a_section_started(house):
    document = house.report()
    house.save(document, row("groups", "AAAAAAAA", beneficiary="Uno"), "entries")
    assert states(check(house, document))["entries"] == "started"


def test_a_rule_that_does_not_hold_stands_at_its_answer_and_in_its_section(house):
    document = house.real()
    house.save(document, {"year": 2019})
    found = check(house, document)
    [rule] = found.rules
    assert (rule.code, rule.blocks, rule.gate, rule.owner.pdf) == ("IAT-1", True, "submit", "year")
    assert ES.words(rule.message, **rule.places) == "El informe se abrió para el año 2021."
    assert states(found)["head"] == "started"
    assert not found.ready


def test_a_report_brought_to_the_semester_of_another_is_told_so(house):
    house.real()
    document = house.report(2021, "2", policy="")
    house.save(document, {"semester": "1"})
    assert "Ya existe un informe de ese semestre." in said(check(house, document).rules)


def test_every_answer_is_shown_as_it_reads(house):
    found = check(house, house.real())
    assert [section.key for section in found.shown] == ["head", "entries", "totals"]
    assert not found.fillable
    assert check(house, house.report(2021, "2"), house.ana).fillable


def test_strangers_check_nothing(house):
    with pytest.raises(NotFound):
        check(house, house.report(), house.stranger)


def test_a_report_at_its_maximum_is_checked_too(house):
    document = house.report()
    groups = [{"_id": "AAAAAAAA", "beneficiary": "x" * 250}]
    entry = house.real_answers()["entries"][0] | {"group": "AAAAAAAA", "description": "y" * 700}
    entries = [entry | {"_id": f"{number:08d}"} for number in range(120)]
    intake.fill(house.store, house.ana, document, {"groups": groups, "entries": entries})
    found = check(house, document)
    assert said(found.problems) == []
    assert house.answers(document)["total_sessions"] == {"sum": 120 * 19, "rows": 120, "without": 0}
