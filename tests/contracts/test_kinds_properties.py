"""What holds for any value at all: boxes give back what they were given, limits said are limits executed, nothing hostile passes."""
import json
from dataclasses import replace

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.i18n import formatter
from app.workflow.resolving import faults, reading
from forms import FORMS, kinds
from forms.catalogues import CURRENCY
from forms.kinds import row_id
from forms.letters import ALLOWED
from forms.path import AnswerPath
from forms.values import EMPTY, Refused
from forms.view import BARE, Facts, From
from tests.contracts.specimen import SPECIMEN

LETTERS = st.sampled_from(sorted(ALLOWED))
TEXT = st.text(LETTERS | st.sampled_from("aáñ «»\n\t,;.<>&{}%"), max_size=120)
JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=12), lambda inner: st.lists(inner, max_size=3)
                    | st.dictionaries(st.text(max_size=8), inner, max_size=3), max_leaves=6)
DAYS = st.dates().map(str)
HOURS = st.times().map(lambda hour: f"{hour:%H:%M}")
PLAUSIBLE = {
    kinds.Text: TEXT, kinds.Paragraph: TEXT, kinds.Tags: st.lists(TEXT, max_size=5), kinds.Integer: st.integers(-10, 3000),
    kinds.Year: st.integers(1990, 2050), kinds.Decimal: st.decimals(allow_nan=False, allow_infinity=False,
        places=2).map(lambda n: f"{n:f}"),
    kinds.Money: st.fixed_dictionaries({"amount": st.integers(-1, 10**12), "currency": st.sampled_from([*CURRENCY.codes, "ZZZ"])}),
    kinds.Date: DAYS, kinds.Time: HOURS, kinds.DateTime: st.tuples(DAYS, HOURS).map("T".join),
    kinds.DateRange: st.fixed_dictionaries({"start": DAYS, "end": DAYS}), kinds.YesNo: st.booleans(), kinds.Rating5: st.integers(0,
        6) | st.just("na"),
    kinds.Rating10: st.integers(-1, 11), kinds.Ref: st.sampled_from([row_id("a"), "no"]),
        kinds.Refs: st.lists(st.sampled_from([row_id("a"), "x"])),
    kinds.Email: st.emails(), kinds.Phone: st.from_regex(r"\+[0-9]{5,16}", fullmatch=True), kinds.Country: st.sampled_from(["SLV", "URY",
        "JPN", "XX"]),
    kinds.Url: st.from_regex(r"https?://[a-z]{1,9}\.org(/[a-z?#]{0,9})?", fullmatch=True),
    kinds.File: st.fixed_dictionaries({"sha256": st.from_regex("[0-9a-f]{64}", fullmatch=True), "name": TEXT, "size": st.integers(-1,
        10**8),
                                       "type": st.sampled_from(["application/pdf", "image/jpeg"])}),
}


def plausible(kind):
    """Values somebody might send to a field, right and wrong ones."""
    if isinstance(kind, kinds.Choice):
        codes = ["nacional", "CA"] if isinstance(kind.options, From) else [*kind.options.codes, "nobody"]
        return st.lists(st.sampled_from(codes), max_size=5) if isinstance(kind, kinds.Choices) else st.sampled_from(codes)
    return PLAUSIBLE[type(kind)]


def different():
    """Each definition of a field once, whatever it is called."""
    every = [(form, kind) for form in (*FORMS.values(), SPECIMEN) for kind in form.every if kind.stored and not hasattr(kind, "fields")]
    same = {replace(kind, key="x", label="X", help="", span=12, sensitivity="none", when=None, prefill=None): (form, kind) for form,
        kind in every}
    return [pytest.param(replace(kind, when=None), id=f"{form.code}.{kind.key}") for form, kind in same.values()]


def accepted(kind, value):
    """The value as it would be stored, or None."""
    try:
        return kind.check(value)
    except Refused:
        return None


AT = {place: reading(SPECIMEN, {"country": place[1]}, BARE, formatter(*place)) for place in (("es", "SLV"), ("es", "URY"), ("pt", "BRA"),
    ("en", ""))}


@pytest.mark.parametrize("kind", different())
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_a_value_survives_its_box(kind, data):
    value = accepted(kind, data.draw(plausible(kind)))
    if value not in EMPTY:
        for at in AT.values():
            assert kind.parse(kind.raw(value, at), at) == value


@pytest.mark.parametrize("kind", different())
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_what_check_and_submission_accept_the_schema_accepts(kind, data):
    sent = data.draw(plausible(kind) | JSON)
    if sent in EMPTY:
        return
    value = accepted(kind, sent)
    if value in EMPTY or list(kind.missing(value, AnswerPath((kind.key,)), Facts({}, {}, BARE))):
        return
    jsonschema.Draft202012Validator(kind.schema()).validate(json.loads(json.dumps(value)))


@pytest.mark.parametrize("kind", different())
@given(value=JSON)
@settings(max_examples=30, deadline=None)
def test_no_json_at_all_makes_a_field_fail(kind, value):
    stored = accepted(kind, value)
    if stored not in EMPTY:
        kind.text(stored, AT["es", "SLV"])
        kind.blocks(AnswerPath((kind.key,)), stored, AT["es", "SLV"])


@pytest.mark.parametrize("kind", different())
@given(raw=st.lists(st.text(max_size=20), max_size=5))
@settings(max_examples=30, deadline=None)
def test_no_post_at_all_makes_a_field_fail(kind, raw):
    try:
        value = kind.parse(raw, AT["es", "SLV"])
    except Refused as refused:
        formatter("es").words(refused.message, **refused.places).encode()
    else:
        json.dumps(value, ensure_ascii=False).encode()


@pytest.mark.parametrize("form", [*FORMS.values(), SPECIMEN], ids=lambda form: form.code)
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_any_answers_at_all_are_judged_in_sentences(form, data):
    keys = st.sampled_from([kind.key for kind in form.kinds]) | st.text(max_size=6)
    rows = st.lists(st.dictionaries(st.sampled_from(["_id", "no", "group", "kind", "who", "code"]) | st.text(max_size=5), JSON,
        max_size=4), max_size=3)
    answers = data.draw(st.dictionaries(keys, JSON | rows, max_size=5))
    for problem in faults(form, answers, BARE, formatter("es", "SLV")):
        formatter("es").words(problem.message, **problem.places).encode()
