"""A report beside the one before it, and as a spreadsheet."""

import pytest

from app.errors import NotFound
from app.workflow import semesters
from tests.workflow.house import ES


def test_a_first_report_has_nothing_beside_it(house):
    assert semesters.compared(house.store, house.ana, house.real(), ES) is None


def test_what_both_reports_count_stands_side_by_side(house):
    house.real()
    second = house.report(2021, "2")
    found = semesters.compared(house.store, house.ana, second, ES)
    by_name = {(figure.group, figure.label): figure for figure in found.figures}
    assert found.before == "IAT-SLV-CONNA-DPI-2021-1"
    total = by_name["Total de asistencias", "En todo el informe"]
    assert (total.before, total.now, total.change) == (17, 3, -14), "the three rows under way went on"
    sessions = by_name["Total de sesiones", "Sesiones"]
    assert (sessions.before, sessions.now, sessions.change) == (45, None, -45)
    assert by_name["Por tipo", "Apoyo técnico"].before == 8
    assert by_name["Otras cantidades por unidad", "centros verificados"].before == 6


def test_who_may_not_see_the_report_does_not_see_the_comparison(house):
    with pytest.raises(NotFound):
        semesters.compared(house.store, house.stranger, house.real(), ES)
