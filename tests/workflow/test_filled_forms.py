"""Whatever stands in the fields of a file: what is taken could have been typed, what is not is told, nothing breaks."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.store.values import canonical
from app.workflow import dossiers, filled_forms, saving
from forms import FORMS, samples
from forms.blocks import Box
from forms.changes import leaves
from forms.kinds.nested import nested_fields
from forms.values import EMPTY
from forms.view import BARE
from tests.workflow.house import ES

STEPS = ("start", "end", "date", "time", "amount", "currency")
ROWS = ("Q3YDRT8H", "TXDS18GM", "ZZZZZZZ1", "ZZZZZZZ2", "zzzzzzz1", "' OR 1", "\ud800")


@pytest.fixture(scope="module")
def quiet():
    return settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def current(house):
    document = house.real()
    return saving.now(house.store, document, dossiers.view_of(house.store, document))


def names(form):
    """Names of the form's fields, of rows there are and are not, and names of nothing."""
    tops = [kind.key for kind in form.kinds if not nested_fields(kind)]
    inner = [f"{kind.key}.{row}.{each.key}" for kind in form.kinds for each in nested_fields(kind) for row in ROWS]
    return st.one_of(st.sampled_from(tops + inner), st.text(max_size=30), st.sampled_from(["_form", "entries._rows", "..", "summary."]))


ANYTHING = st.text(st.characters(), max_size=60)
LIKELY = st.sampled_from(
    ["", "1", "2021", "yes", "no", "SLV", "nacional", "SA;SS", "concluida", "12/04/2027", "1 · Grupo", "9" * 400, "\x00", "\ud800"]
)
SAID = st.lists(ANYTHING | LIKELY, max_size=3).map(tuple)


def test_whatever_is_sent_is_taken_as_if_typed_or_told(current, quiet):
    @quiet
    @given(st.dictionaries(names(current.form), SAID, max_size=12))
    def holds(fields):
        said = filled_forms.read(fields, current.shown, {}, current, ES, lambda path: True)
        for path, value in said.leaves.items():
            assert value in EMPTY or current.form.field(path).check(value) == value
        assert canonical({path.pdf: value for path, value in said.leaves.items()})
        assert all(ES.words(each.message, **each.places) for each in said.unusable)
        assert canonical([[each.said, each.places] for each in said.unusable])
        assert len(said.leaves) + len(said.unusable) + said.unknown <= len(fields)

    holds()


def test_what_stands_here_sent_back_says_nothing(current):
    at = current.reading(ES)
    fields = {}
    for path, value in current.shown.items():
        if path.steps[-1] != "_order":
            fields[path.pdf] = current.form.field(path).raw(value, at)
    said = filled_forms.read(fields, current.shown, {}, current, ES, lambda path: True)
    assert (said.leaves, said.unusable, said.unknown) == ({}, (), 0)


def sent(form, leaves, at):
    """The leaves as the fields of a file."""
    fields = {}
    for path, value in leaves.items():
        kind = form.field(path) if path.steps[-1] != "_order" else None
        box = next((box for box in kind.boxes(path, None, at) if isinstance(box, Box)), None) if kind else None
        if box is None or box.type in filled_forms.UNASKED:
            continue
        raw = kind.raw(value, at)
        names = [f"{path.pdf}.{step}" for step, _ in box.steps]
        fields |= {name: (said,) for name, said in zip(names, raw, strict=True)} if names else {path.pdf: raw}
    return fields


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_answer_of_every_form_comes_back_as_it_was(form):
    known = samples.maximal(form)
    full = saving.at(form, BARE, 1, leaves(form, known))
    fields = sent(form, full.shown, full.reading(ES))
    said = filled_forms.read(fields, {}, {}, full, ES, lambda path: True)
    asked = {path: value for path, value in full.shown.items() if {path.pdf, *(f"{path.pdf}.{step}" for step in STEPS)} & fields.keys()}
    assert (said.unusable, said.unknown) == ((), 0)
    assert {path: value for path, value in asked.items() if value not in EMPTY} == dict(said.leaves)
