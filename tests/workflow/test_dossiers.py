"""Opening reports, and what stands around their answers."""

import pytest

from app import i18n
from app.errors import AlreadyThere, Forbidden, Invalid, NotFound
from app.workflow import dossiers, reports, verification
from tests.workflow.house import ES


def test_a_report_gets_the_code_of_its_unit_and_semester(house):
    document = house.report()
    assert house.dossier(document).code == "IAT-SLV-CONNA-DPI-2021-1" == dossiers.code_of(house.store, document)
    assert document.code == "IAT-SLV-CONNA-DPI-2021-1/v1"
    assert verification.parse(document.verification)


def test_the_first_report_of_a_unit_starts_with_what_is_known_of_it(house):
    answers = house.answers(house.report())
    assert [answers[key] for key in ("institution", "unit", "country", "policy", "year", "semester")] == [
        "CONNA",
        "Departamento de Primera Infancia",
        "SLV",
        "Crecer Juntos",
        2021,
        "1",
    ]


def test_a_second_report_of_the_same_semester_and_policy_leads_to_the_first(house):
    first = house.report()
    with pytest.raises(AlreadyThere) as error:
        house.report(policy="  crecer   JUNTOS ")
    assert (error.value.dossier_id, error.value.code) == (first.dossier_id, "IAT-SLV-CONNA-DPI-2021-1")
    assert len(reports.listed(house.store, house.ana)) == 1


@pytest.mark.parametrize("policy", ["漢字", "a\x00b", "a\ud800b", "x" * 161])
def test_a_policy_the_form_would_not_take_opens_nothing(policy, house):
    with pytest.raises(reports.WrongPolicy):
        house.report(policy=policy)
    assert reports.listed(house.store, house.ana) == ()


def test_an_empty_policy_is_that_of_the_report_before(house):
    house.report(2020, "2")
    house.report(policy="")
    with pytest.raises(AlreadyThere):
        house.report()


def test_another_policy_in_the_same_semester_is_another_report_with_a_code_of_its_own(house):
    house.report()
    assert house.dossier(house.report(policy="Otra política")).code == "IAT-SLV-CONNA-DPI-2021-1-2"


def test_the_same_post_sent_twice_opens_one_report(house):
    opened = [reports.open_report(house.store, house.ana, house.unit.id, 2021, "1", key="k").id for _ in range(2)]
    assert opened[0] == opened[1]


@pytest.mark.parametrize(("year", "semester"), [(1999, "1"), (2999, "1"), (2021, "3"), (2021, "")])
def test_a_term_that_cannot_be_is_refused(house, year, semester):
    with pytest.raises(Invalid):
        house.report(year, semester)


def test_only_a_units_editor_opens_its_reports(house):
    with pytest.raises(Forbidden):
        house.report(person=house.head)
    with pytest.raises(NotFound):
        house.report(person=house.stranger)


def test_the_previous_report_is_the_last_earlier_one_however_late_it_was_opened(house):
    later = house.report(2021, "2")
    house.save(later, {"unit": "Del segundo semestre"})
    earlier = house.report(2020, "1")
    house.save(earlier, {"unit": "De 2020"})
    between = house.report(2021, "1")
    view = dossiers.view_of(house.store, house.now(between))
    assert view.previous["unit"] == "De 2020"
    assert {answers["unit"] for answers in view.siblings} == {"De 2020", "Del segundo semestre"}


def test_other_units_reports_are_nobody_elses_siblings(house):
    house.report(2020, "2", unit=house.other, person=house.stranger)
    view = dossiers.view_of(house.store, house.report())
    assert (view.previous, view.siblings) == ({}, ())


def test_the_imprint_says_what_every_page_must_say(house):
    document = house.real()
    imprint = dossiers.imprint(house.store, document, ES)
    assert (imprint.code, imprint.version, imprint.state, imprint.draft, imprint.paper) == (
        "IAT-SLV-CONNA-DPI-2021-1",
        "v1",
        "Borrador",
        "BORRADOR",
        "Letter",
    )
    assert imprint.subtitle == "Departamento de Primera Infancia · El Salvador · enero–junio de 2021"
    assert imprint.verification_url.endswith(f"/v/{document.verification}")
    assert imprint.verification == verification.grouped(document.verification)
    assert imprint.date == document_date(house, document)


def document_date(house, document):
    return ES.date_short(house.store.revisions.get(document.id, document.revision).at.date().isoformat())


def test_the_imprint_speaks_the_documents_language_and_prints_on_its_countrys_paper(house):
    imprint = dossiers.imprint(house.store, house.report(unit=house.other, person=house.stranger), i18n.formatter("pt", "URY"))
    assert imprint.paper == "A4"
    assert imprint.state == "Rascunho"


def test_progress_counts_the_sections_that_need_nothing_more(house):
    house.real()
    house.report(2021, "2", policy="")
    listed = reports.listed(house.store, house.ana)
    assert [(each.dossier.code, each.done, each.total) for each in listed] == [
        ("IAT-SLV-CONNA-DPI-2021-2", 2, 3),
        ("IAT-SLV-CONNA-DPI-2021-1", 3, 3),
    ]
