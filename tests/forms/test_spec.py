"""Definitions: what is wrong with one is said at import; addresses; sets; rules."""
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.workflow.resolving import PUBLIC
from forms import FORMS
from forms.blocks import Cards, Diary, Gantt, Matrix, Plain, Timetable
from forms.kinds import Choice, Group, Integer, Kind, Ref, Table, Text, When, new_row_id, row_id
from forms.kinds.rows import ROW_ID
from forms.path import AnswerPath
from forms.rules import WAITS, Rule, checked
from forms.sets import CONTRIB, INSTITUTION, PERSON, PHOTO
from forms.spec import Form, Part, Section
from forms.view import BARE, Facts
from tests.contracts.specimen import SPECIMEN

T = Table("t", "T", fields=(Text("a", "A"), Integer("n", "N")))


def form(*fields, **more):
    return Form("X", "1", "X", "P", (Part("p", "P", (Section("s", "S", fields),), **more),))


@pytest.mark.parametrize("fields", [
    (Text("a", "A"), Text("a", "B")), (Text("_a", "A"),), (Text("a-b", "A"),), (Text("a.b", "A"),), (Text("", "A"),), (Text("ñ", "A"),),
    (Ref("r", "R", to="nowhere"),), (Text("a", "A", when=When("nobody")),), (Group("g", "G", fields=(Text("_x", "X"),)),),
])
def test_a_definition_that_cannot_work_is_refused_at_import(fields):
    with pytest.raises(ValueError, match="X: "):
        form(*fields)


def test_two_columns_of_one_key_are_refused():
    with pytest.raises(ValueError, match="twice"):
        Table("t", "T", fields=(Text("a", "A"), Text("a", "B")))


def test_a_table_in_a_table_is_refused_also_inside_a_group():
    with pytest.raises(ValueError, match="table inside a table"):
        Table("t", "T", fields=(Group("g", "G", fields=(T,)),))


@pytest.mark.parametrize("more", [{"named_by": ("b",)}, {"summary": ("b",)}, {"unique": ("b",)}, {"named_by": ("a b",)}])
def test_a_table_is_not_called_by_columns_it_lacks(more):
    with pytest.raises(ValueError, match="no columns"):
        replace(T, **more)


def test_a_condition_may_name_what_stands_beside_or_around():
    inner = Group("g", "G", fields=(Text("x", "X", when=When("a")), Text("y", "Y", when=When("x")), Text("z", "Z", when=When("top"))))
    assert form(Text("top", "Top"), Table("t", "T", fields=(Text("a", "A"), inner)))


@pytest.mark.parametrize(("path", "key"), [
    ("year", "year"), ("entries", "entries"), ("entries.K7Q2M9XB", "entries"), ("entries-K7Q2M9XB-kind", "kind"),
    ("entries.K7Q2M9XB._order", "entries")])
def test_a_path_leads_to_its_field_in_either_spelling(path, key):
    assert FORMS["IAT"].field(path).key == key


def test_a_path_leads_through_subjects_groups_and_tables():
    assert SPECIMEN.field("copies.K7Q2M9XB.trips.AAAAAAAA.flight").key == "flight"
    assert SPECIMEN.field("plain.K7Q2M9XB.who.email").key == "email"
    assert [row.pdf for row in SPECIMEN.rows_along(AnswerPath.read("copies.K7Q2M9XB.trips.AAAAAAAA.flight"))] == [
        "copies.K7Q2M9XB", "copies.K7Q2M9XB.trips.AAAAAAAA"]


@pytest.mark.parametrize("path", ["nobody", "entries.K7Q2M9XB.nobody", "year.more", "entries.K7Q2M9XB.kind.more"])
def test_a_path_to_nothing_is_a_key_error(path):
    with pytest.raises(KeyError):
        FORMS["IAT"].field(path)


def test_the_strongest_sensitivity_on_the_way_holds():
    assert SPECIMEN.sensitivity_at("health.allergy") == "health"
    assert SPECIMEN.sensitivity_at("plain.K7Q2M9XB.document") == "restricted"
    assert SPECIMEN.sensitivity_at("contributions.K7Q2M9XB.concept") == "money"
    assert SPECIMEN.secret("copies.K7Q2M9XB.medical")
    assert not SPECIMEN.secret("plain.K7Q2M9XB.who.email")


def test_references_to_forms_not_registered_are_listed():
    assert SPECIMEN.unresolved(("IAT",)) == ("A2.travellers", "A3.learning_questions")
    assert SPECIMEN.unresolved(("A2", "A3")) == ()


def test_a_narrowed_view_drops_columns_it_may_not_show_or_falls_back_to_plain():
    narrow = SPECIMEN.narrowed(PUBLIC.sees)
    assert narrow.field("agenda").view == Timetable("day", "start", "end", "what", under=("questions",))
    assert narrow.field("gantt").view == Gantt(title=("action",), months="when_")
    keys = frozenset({"other"})
    for view in (Timetable("d", "s", "e", "w"), Matrix(("r",), "a"), Gantt(("a",), "m"), Diary("d", "p", ("t",)), Plain()):
        assert view.within(keys) == Plain()
    assert Cards(("no", "name"), "group").within(frozenset({"no"})) == Cards(("no",))


def test_the_names_of_a_narrowed_table_leave_out_what_is_hidden():
    assert SPECIMEN.narrowed(PUBLIC.sees).field("plain").named_by == ("no",)


@given(st.lists(st.from_regex(r"[A-Za-z0-9_]+", fullmatch=True), min_size=1, max_size=5))
def test_both_spellings_of_a_path_are_read_back(steps):
    path = AnswerPath(tuple(steps))
    assert AnswerPath.read(path.html) == AnswerPath.read(path.pdf) == path


@pytest.mark.parametrize("spelled", ["", "a..b", "a-", "a b", "a/b", "ñ", "a\n", "../etc"])
def test_what_is_no_path_is_refused(spelled):
    with pytest.raises(ValueError):
        AnswerPath.read(spelled)


def test_a_step_that_could_not_be_spelled_is_refused():
    with pytest.raises(ValueError):
        AnswerPath() / "a-b"


@given(st.text(max_size=40))
def test_a_row_id_is_eight_crockford_letters_and_the_same_for_the_same_seed(seed):
    assert ROW_ID.fullmatch(row_id(seed))
    assert row_id(seed) == row_id(seed)


def test_new_row_ids_differ():
    assert len({new_row_id() for _ in range(1000)}) == 1000


def test_the_sets_are_those_of_the_domain():
    assert [kind.key for kind in PERSON] == ["given_names", "family_names", "position", "institution", "email", "phone"]
    assert [kind.key for kind in INSTITUTION] == ["name", "acronym", "type", "unit", "city", "website"]
    assert [kind.key for kind in PHOTO] == ["file", "caption", "people", "rights", "travellers"]
    assert [kind.key for kind in CONTRIB] == ["concept", "kind", "amount"]


def test_a_rule_that_waits_neither_holds_nor_fails():
    waits, fails = Rule("R-1", "X.a", "submit", True, lambda facts: WAITS), Rule("R-2", "X.a", "submit", False, lambda facts: iter("x"))
    found = checked((waits, fails), Facts({}, {}, BARE))
    assert [(each.rule.id, each.waits, each.problems) for each in found] == [("R-1", True, ()), ("R-2", False, ("x",))]


def test_a_condition_is_met_by_any_of_several_answers():
    facts = Facts({"row": 1}, {"themes": ["data", "workforce"], "row": 2, "no": False}, BARE)
    assert When("themes", ("data",)).holds(facts)
    assert When("row", (1,)).holds(facts)
    assert When("no").holds(facts)
    assert not When("row", (2,)).holds(facts)
    assert not When("nobody").holds(facts)


def test_every_kind_is_a_kind():
    assert all(isinstance(kind, Kind) for kind in SPECIMEN.every)
    assert isinstance(SPECIMEN.field("choice"), Choice)
