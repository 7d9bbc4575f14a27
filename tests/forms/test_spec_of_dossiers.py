"""Definitions that lean on the rest of a dossier: conditions on other forms and facts, subjects, order of reading and of signing."""
import pytest

from forms.catalogues import MODALITY
from forms.facts import EXCHANGE, PEOPLE
from forms.kinds import Choice, Integer, Signature, Table, Text, When, YesNo
from forms.path import AnswerPath
from forms.spec import Form, Part, Section, agree
from forms.view import Address, DossierView, Facts
from tests.forms.readings import AT

NAMES, SIGNED = Section("names", "Nombres", (Text("name", "Nombre"),)), Section("signed", "Firmas", (Signature("one", "Una", signer="a"),))
ROWS = Section("rows", "Filas", (Text("said", "Dicho"), Signature("own", "Propia", signer="participant")))
TWO = (Part("list", "Lista", (NAMES, SIGNED)), Part("rows", "Filas", (ROWS,), subject="A2.travellers"))


def form(*fields, **more):
    return Form("X", "1", "X", "P", (Part("p", "P", (Section("s", "S", fields),)),), **more)


def facts(view, answers=None, **more):
    return Facts({}, answers or {}, view, **more)


def test_a_condition_on_another_form_reads_that_forms_answers():
    when = When("A1.modality", ("virtual", "hybrid"))
    virtual = DossierView(documents={Address("A1"): {"modality": "virtual"}})
    assert when.holds(facts(virtual))
    assert not when.holds(facts(DossierView()))


def test_a_condition_that_no_answer_is_called_by_is_a_fact():
    when = When("host_ministry_signs", (True,))
    asks, not_ = (DossierView(facts={"host_ministry_signs": said}) for said in (True, False))
    assert when.holds(facts(asks))
    assert not when.holds(facts(not_))
    assert When("modality", ("virtual",)).holds(facts(DossierView(facts={"modality": "in_person"}), {"modality": "virtual"}))


@pytest.mark.parametrize("view", [
    DossierView(documents={Address("A1"): {"modality": "in_person"}}), DossierView(facts={"modality": "in_person"})])
@pytest.mark.parametrize("key", ["A1.modality", "modality"])
def test_what_something_elsewhere_denies_is_not_on_a_page_either(view, key):
    field = Text("link", "Enlace", when=When(key, ("virtual",)))
    known = view.documents if key == "A1.modality" else view.facts
    assert field.stands(facts(view, keeping=True)) is not bool(known)
    assert not field.stands(facts(view))


def test_what_the_page_itself_decides_stays_on_it():
    field = Text("why", "¿Por qué?", when=When("pays", (False,)))
    assert field.stands(facts(DossierView(), {"pays": True}, keeping=True))
    assert not field.stands(facts(DossierView(), {"pays": True}))


def test_a_browser_is_not_asked_to_decide_what_it_cannot_see():
    [box] = Text("link", "Enlace", when=When("A1.modality", ("virtual",))).boxes(AnswerPath(("link",)), None, AT)
    assert box.condition is None


@pytest.mark.parametrize("key", ["a1.modality", "A1.modality.more", "A1.", ".modality", "A1.Modality"])
def test_a_condition_spelled_like_nothing_is_refused(key):
    with pytest.raises(ValueError, match="conditions on nothing"):
        form(Text("a", "A", when=When(key)))


@pytest.mark.parametrize(("more", "told"), [
    ({"order": ("s", "t")}, "another order than its sections"), ({"signing": ("one",)}, "another order than its signatures"),
    ({"subject": "A2.travellers", "subjects": ("3",)}, "subjects twice"), ({"subject": "travellers"}, "subjects from nowhere"),
    ({"opens": "A2"}, "opening never"), ({"opens": "A2.finished"}, "opening never"),
])
def test_a_form_that_says_something_impossible_is_refused(more, told):
    with pytest.raises(ValueError, match=told):
        form(Text("a", "A"), **more)


def test_sections_are_read_in_the_order_the_form_says():
    mixed = Form("A2", "1", "A2", "P", TWO, order=("names", "rows", "signed"), signing=("own", "one"))
    assert [section.key for section in mixed.sections] == ["names", "rows", "signed"]
    assert [(part.key, [section.key for section in sections]) for part, sections in mixed.places] == [
        ("list", ["names"]), ("rows", ["rows"]), ("list", ["signed"])]


def test_without_an_order_a_parts_sections_stand_together():
    plain = Form("A2", "1", "A2", "P", TWO)
    assert [(part.key, [section.key for section in sections]) for part, sections in plain.places] == [
        ("list", ["names", "signed"]), ("rows", ["rows"])]


def test_a_registry_whose_forms_name_what_others_lack_is_refused():
    one = Form("A1", "1", "A1", "P", (Part("p", "P", (Section("s", "S", (Choice("modality", "M", options=MODALITY),)),)),))
    agree({"A1": one, "X": form(YesNo("a", "A", when=When("A1.modality")), subject="A2.travellers")})
    with pytest.raises(ValueError, match="other forms do not have"):
        agree({"A1": one, "X": form(Integer("a", "A", when=When("A1.length")))})
    with pytest.raises(ValueError, match="other forms do not have"):
        agree({"A1": one, "X": form(Integer("a", "A"), subject="A1.visit_period")})


def test_a_view_gives_the_answers_and_the_state_of_each_document():
    view = DossierView(documents={Address("A7", subject="AAAAAAAA"): {"image": True}, Address("A7", subject="BBBBBBBB"): {}},
                       states={Address("A7", subject="AAAAAAAA"): "signed"})
    assert view.answers("A7", subject="AAAAAAAA") == {"image": True}
    assert view.all("A7") == (("AAAAAAAA", {"image": True}), ("BBBBBBBB", {}))
    assert (view.state("A7", "AAAAAAAA"), view.state("A1")) == ("signed", "")


def test_facts_and_people_are_named_once():
    keys = [kind.key for kind in EXCHANGE]
    assert len(set(keys)) == len(keys)
    assert set(PEOPLE) >= {"host_leader", "visiting_leader", "secretariat"}
    assert Table("t", "T", fields=(Text("a", "A", when=When("title")),))
