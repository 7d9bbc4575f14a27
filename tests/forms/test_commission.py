"""The commission sheet: the catalogue of 2019, an edition with twelve, and R-36."""
import json
from pathlib import Path

import pytest

from app.i18n import formatter
from app.workflow.resolving import OWN, filled, lacking, reading
from forms import FORMS
from forms.catalogues.metas import METAS
from forms.commission.fc import sheet
from forms.rules import checked
from forms.view import DossierView, Facts

ES = formatter("es", "MEX")
SHEET = json.loads((Path(__file__).parents[2] / "app" / "demo" / "fc_2019_4.json").read_text(encoding="utf-8"))
TWELVE = sheet({**METAS, "2025": tuple(f"Compromiso {number} de la edición de ejemplo." for number in range(1, 13))})


def findings(answers, form=FORMS["FC"], **dossier):
    view = DossierView(country="MEX", **dossier)
    found = checked(form.rules, Facts({}, filled(form, answers, view), view))
    return {each.rule.id: [ES.words(problem.message, **problem.places) for problem in each.problems] for each in found if each.problems}


def statement(answers, form=FORMS["FC"]):
    known = filled(form, answers, DossierView())
    return form.field("meta_statement").line(known["meta_statement"], reading(form, known, DossierView(), ES, OWN))


def test_the_sample_is_complete_and_clean():
    assert lacking(FORMS["FC"], SHEET, DossierView(), ES) == []
    assert findings(SHEET) == {}


def test_the_statement_comes_from_the_catalogue():
    assert statement(SHEET) == "Incrementar la cobertura completa de vacunación para la primera infancia."
    assert len(METAS["2019"]) == 10


def test_an_edition_with_twelve_fits_as_data():
    answers = SHEET | {"pact_edition": "2025", "meta_no": 12}
    assert statement(answers, TWELVE) == "Compromiso 12 de la edición de ejemplo."
    assert findings(answers, TWELVE) == {}


def test_a_number_the_edition_does_not_have_is_refused():
    assert findings(SHEET | {"meta_no": 11}, TWELVE)["R-36-number"] == ["La edición 2019 tiene metas del 1 al 10."]


def test_one_sheet_by_commitment_and_scope():
    assert findings(SHEET, siblings=(SHEET,))["R-36"] == ["La meta 4 ya tiene comisión."]
    assert findings(SHEET | {"scope": "estatal", "scope_entity": "Estado de ejemplo"}, siblings=(SHEET,)) == {}


def test_the_deputy_is_somebody_else():
    assert findings(SHEET | {"deputy": SHEET["focal"]})["R-36-deputy"] == ["La suplencia no puede ser la misma persona que el punto focal."]


def test_a_sheet_of_one_state_names_it():
    problems = lacking(FORMS["FC"], SHEET | {"scope": "estatal"}, DossierView(), ES)
    assert [problem.path.pdf for problem in problems] == ["scope_entity"]


def test_without_a_deputy_nobody_is_asked_about_one():
    known = filled(FORMS["FC"], SHEET | {"has_deputy": False}, DossierView())
    assert not {"deputy", "deputy_mobile", "deputy_signature"} & set(known)


@pytest.mark.parametrize(("mode", "asked"), [("virtual", False), ("in_person", True)])
def test_who_meets_in_person_says_where(mode, asked):
    answers = {key: value for key, value in SHEET.items() if key != "venue_rule"} | {"meet_mode": mode}
    assert bool(lacking(FORMS["FC"], answers, DossierView(), ES)) is asked


def test_who_answers_for_the_agenda_is_a_member():
    row = SHEET["commission_agenda"][0] | {"responsible": "Otra persona"}
    assert findings(SHEET | {"commission_agenda": [row]})["FC-1"] == ["«Otra persona» no está entre los integrantes."]


def test_the_agenda_begins_after_the_assembly():
    assert findings(SHEET, facts={"assembly_date": "2020-03-31"})["FC-2"] == ["La fecha es anterior a la asamblea."]


def test_the_assembly_is_kept_in_words_until_its_form_is_there():
    assert FORMS["FC"].unresolved(FORMS) == ("PA.number",)
