"""Resolving: one result for every renderer, narrowed to who reads."""

import cProfile

import pytest

from app.i18n import formatter
from app.workflow.resolving import AUDIENCES, DOSSIER, HOST, OWN, PUBLIC, asked, filled, reading, resolve
from forms import FORMS, samples
from forms.blocks import Box, BoxRows
from forms.kinds import row_id
from forms.resolved import Imprint
from forms.values import ID
from forms.view import BARE, Address, DossierView, From
from tests.contracts.specimen import SPECIMEN

FMT = formatter("es", "SLV")
IMPRINT = Imprint(
    "Programa", "CODE", "v1", "Borrador", "01/01/2027", "Uso interno", "0000-0000-0000-0000", "https://example.org", subtitle="El Salvador"
)
A, B, Q = row_id("a"), row_id("b"), row_id("q")
PEOPLE = {
    "plain": [
        {ID: A, "code": "1", "who": {"given_names": "Nombre", "family_names": "Apellido"}, "buddy": B},
        {ID: B, "code": "2", "who": {"given_names": "Otra", "family_names": "Persona"}},
    ],
    "copies": [{ID: B, "share": True, "alias": "Segunda"}],
}


def shown(resolved, key):
    return next(each for section in resolved.sections for each in section.answers if each.path.steps[-1] == key)


def test_what_stands_around_the_answers_is_passed_on_to_word():
    resolved = resolve(SPECIMEN, {}, BARE, OWN, FMT, IMPRINT)
    assert resolved.imprint is IMPRINT
    assert resolved.texts["doc"] == {
        "title": "Espécimen",
        "code": "CODE",
        "version": "v1",
        "state": "Borrador",
        "date": "01/01/2027",
        "classification": "Uso interno",
        "verification": "0000-0000-0000-0000",
        "programme": "Programa",
        "subtitle": "El Salvador",
    }


def test_a_part_with_subjects_has_a_copy_for_each_in_their_order():
    resolved = resolve(SPECIMEN, PEOPLE, BARE, OWN, FMT, IMPRINT)
    copies = [section for section in resolved.sections if section.part == "copies"]
    assert [(section.subject, section.title) for section in copies] == [
        (A, "Autorizaciones · 1 · Nombre Apellido"),
        (B, "Autorizaciones · 2 · Otra Persona"),
    ]
    assert [copy["alias"] for copy in resolved.texts["spec"]["copies"]] == ["", "Segunda"]
    assert resolved.data["copies"] == [{ID: A}, {ID: B, "share": True, "alias": "Segunda"}]
    assert [section.number for section in resolved.sections] == [str(number) for number in range(1, len(resolved.sections) + 1)]


def test_names_in_titles_and_references_are_hidden_with_what_they_are_made_of():
    resolved = resolve(SPECIMEN, PEOPLE, BARE, PUBLIC, FMT, IMPRINT)
    assert [section.title for section in resolved.sections if section.part == "copies"] == ["Autorizaciones · 1", "Autorizaciones · 2"]
    assert resolved.texts["spec"]["plain"][0]["buddy"] == "2"


@pytest.mark.parametrize("audience", list(AUDIENCES.values()), ids=list(AUDIENCES))
def test_health_reaches_only_who_fills_it_and_the_reserved_sheet(audience):
    resolved = resolve(SPECIMEN, {"health": {"allergy": "Canario"}}, BARE, audience, FMT, IMPRINT)
    assert ("Canario" in str(resolved)) == (audience.name in ("own", "reserved"))


def test_the_dossier_and_the_host_see_persons_and_money_the_public_neither():
    answers = {"email": "a@example.org", "money": {"amount": 100, "currency": "USD"}}
    for audience, sees in ((DOSSIER, True), (HOST, True), (PUBLIC, False)):
        data = resolve(SPECIMEN, answers, BARE, audience, FMT, IMPRINT).data
        assert ("email" in data, "money" in data) == (sees, sees)


def test_what_a_condition_hides_is_in_no_block_and_empty_in_word():
    hidden = resolve(SPECIMEN, {"choice": "ninguna", "choice_other": "Sobra"}, BARE, OWN, FMT, IMPRINT)
    assert "Sobra" not in str(hidden)
    assert hidden.texts["spec"]["choice_other"] == ""
    wanted = resolve(SPECIMEN, {"choice": "otra", "choice_other": "Sin sal"}, BARE, OWN, FMT, IMPRINT)
    assert shown(wanted, "choice_other").value == "Sin sal"


def test_a_page_keeps_what_a_condition_hides():
    page = {
        box.path.html: box
        for section in asked(SPECIMEN, {"choice": "ninguna", "choice_other": "Sobra"}, BARE, FMT)
        for box in section.boxes
    }
    assert page["choice_other"].raw == ("Sobra",)
    assert page["choice_other"].condition.values == ("otra",)


def test_one_section_of_one_subject_is_asked_alone():
    (section,) = asked(SPECIMEN, PEOPLE, BARE, FMT, section="copy", subject=B)
    assert section.title == "Autorizaciones · 2 · Otra Persona"
    assert {box.path.steps[:2] for box in section.boxes} == {("copies", B)}


def test_people_of_the_dossier_are_read_through_and_marked():
    dossier = DossierView(people={"guest": {"given_names": "Nombre", "email": "a@example.org"}})
    answers = {"guest": {"given_names": "Otra"}}
    page = {box.path.html: box for section in asked(SPECIMEN, answers, dossier, FMT) for box in section.boxes if isinstance(box, Box)}
    assert (page["guest-given_names"].raw, page["guest-given_names"].changed) == (("Otra",), "las personas del expediente")
    assert (page["guest-email"].raw, page["guest-email"].source) == (("a@example.org",), "las personas del expediente")


def test_a_calculation_shows_its_figure_on_the_page_and_not_on_blank_paper():
    notes = [box for section in asked(SPECIMEN, PEOPLE, BARE, FMT) for box in section.boxes if box.path.pdf == "people"]
    assert notes[0].paragraphs == ("Personas en total: 2",)
    assert [box for section in asked(SPECIMEN, PEOPLE, BARE, FMT, blank=True) for box in section.boxes if box.path.pdf == "people"] == []


def test_references_to_another_document_are_named_through_the_same_audience(monkeypatch):
    monkeypatch.setitem(FORMS, "OTHER", SPECIMEN)
    dossier = DossierView(documents={Address("OTHER"): {"plain": [{ID: A, "no": 7, "who": {"given_names": "Secreta"}}]}})
    for audience, named in ((OWN, {A: "7 · Secreta"}), (PUBLIC, {A: "7"})):
        at = reading(SPECIMEN.narrowed(audience.sees), {}, dossier, FMT, audience)
        assert at.names("OTHER.plain") == named


def test_a_table_nobody_may_see_has_no_names():
    assert reading(SPECIMEN, {}, BARE, FMT).names("nobody") == {}


def test_an_unknown_source_of_options_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="moon"):
        reading(SPECIMEN, {}, BARE, FMT).options(From("moon"))


def test_the_subjects_of_another_form_make_the_copies():
    form = type(SPECIMEN)(
        "X", "1", "X", "P", (type(SPECIMEN.parts[1])("copies", "C", SPECIMEN.parts[1].sections, subject="A2.travellers"),)
    )
    dossier = DossierView(documents={Address("A2"): {"travellers": [{ID: A}, {ID: B}]}})
    assert [row[ID] for row in filled(form, {"copies": [{ID: B, "alias": "Segunda"}]}, dossier)["copies"]] == [A, B]


def test_a_part_that_is_its_own_table_has_the_rows_it_stores():
    part = type(SPECIMEN.parts[1])("people", "P", SPECIMEN.parts[1].sections, subject="people", named_by=("alias",))
    form = type(SPECIMEN)("X", "1", "X", "P", (part,))
    resolved = resolve(form, {"people": [{ID: A, "alias": "Ana"}]}, BARE, OWN, FMT, IMPRINT)
    assert resolved.sections[0].title == "Autorizaciones · Ana"
    assert form.field_rows == 1 + 7


def test_the_sections_that_hide_everything_are_not_numbered():
    resolved = resolve(SPECIMEN, {}, BARE, PUBLIC, FMT, IMPRINT)
    assert all(section.answers for section in resolved.sections)


def test_the_wide_table_of_a_page_says_what_stands_for_a_row():
    (table,) = [box for section in asked(SPECIMEN, PEOPLE, BARE, FMT, section="views") for box in section.boxes if box.path.pdf == "plain"]
    assert isinstance(table, BoxRows)
    assert [(column.label, column.group) for column in table.summary] == [("Nombres", "Quién")]
    assert [row.summary for row in table.rows] == [("Nombre",), ("Otra",)]


def test_a_hundred_and_twenty_rows_cost_no_more_than_their_number():
    """Four times the rows take at most four times the calls and a little: nothing is quadratic."""

    def calls(count):
        full = samples.maximal(FORMS["IAT"])
        answers = full | {"entries": full["entries"][:count]}
        profile = cProfile.Profile()
        profile.runcall(resolve, FORMS["IAT"], answers, BARE, OWN, FMT, IMPRINT)
        return sum(entry.callcount for entry in profile.getstats())

    assert calls(120) < 4.2 * calls(30)
