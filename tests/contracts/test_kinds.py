"""Every field of every form keeps the contract of a kind; what is not used by a form yet is in the specimen."""
import json
from dataclasses import fields, is_dataclass
from pathlib import Path

import jsonschema
import pytest
from babel.messages.extract import extract

import forms
from app.i18n import formatter
from app.workflow.resolving import AUDIENCES, DOSSIER, OWN, PUBLIC, asked, faults, filled, lacking, reading, resolve, shown_leaves
from forms import FORMS, kinds, samples
from forms.blocks import Cards, Diary, Gantt, Matrix, Plain, Rows, Timetable
from forms.changes import assembled, changed, leaves
from forms.kinds import Calc, Kind, Signature, empty
from forms.path import AnswerPath
from forms.resolved import Imprint
from forms.values import C_, EMPTY, ID, rows_of
from forms.view import BARE, Facts
from tests.contracts.specimen import SPECIMEN

ALL = (*FORMS.values(), SPECIMEN)
FMT = formatter("es", "SLV")
IMPRINT = Imprint("Programa", "CODE", "v1", "Borrador", "01/01/2027", "Uso interno", "0000-0000-0000-0000", "https://example.org")
every_form = pytest.mark.parametrize("form", ALL, ids=lambda form: form.code)
every_set = pytest.mark.parametrize("made", [samples.minimal, samples.maximal], ids=lambda made: made.__name__)
FIELDS = [pytest.param(form, kind, id=f"{form.code}.{kind.key}") for form in ALL for kind in form.every]
LEAVES = [param for param in FIELDS if param.values[1].stored and not hasattr(param.values[1], "fields")]


def at(form, answers=None, language="es", country="SLV"):
    return reading(form, answers or {}, BARE, formatter(language, country))


def told(problems):
    return [(problem.path.pdf, FMT.words(problem.message, **problem.places)) for problem in problems]


def test_the_specimen_uses_every_kind_and_every_view():
    used = {type(kind) for kind in SPECIMEN.every} | {type(kind.like) for kind in SPECIMEN.every if isinstance(kind, Calc)}
    known = {kind for kind in vars(kinds).values() if isinstance(kind, type) and issubclass(kind, Kind) and kind is not Kind}
    assert known - used == set()
    views = {type(kind.view) for kind in SPECIMEN.every if isinstance(kind, kinds.Table)}
    assert views == {Plain, Cards, Timetable, Matrix, Gantt, Diary}


@every_form
@every_set
def test_a_sample_can_be_sent(form, made):
    answers = made(form)
    assert told(faults(form, answers, BARE, FMT)) == []
    assert told(lacking(form, answers, BARE, FMT)) == []


@every_form
@every_set
def test_the_schema_accepts_a_sample(form, made):
    schema = form.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    answers = json.loads(json.dumps(made(form)))
    assert [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(answers)] == []


def without(answers, steps):
    """The answers with one of them taken away; steps go through rows by place."""
    if len(steps) == 1:
        return {key: value for key, value in answers.items() if key != steps[0]}
    copy = list(answers) if isinstance(answers, list) else dict(answers)
    copy[steps[0]] = without(copy[steps[0]], steps[1:])
    return copy


def given(kind, answers):
    """Whether an answer is there without anybody's help: a text to start from, or what the document says elsewhere."""
    return bool(kind.prefill and kind.prefill.read(Facts({}, answers, BARE, number=1)))


def required(form, answers):
    """(where each required answer of a sample is, its path, whether a schema can say so) through groups and the first row of each table
    that asks something.

    What is required by an answer around its object is said by the check page alone.
    """
    def walk(found, value, steps, path):
        for kind in found:
            if not isinstance(value, dict) or kind.key not in value or not kind.stored:
                continue
            inner, here, where = value[kind.key], (*steps, kind.key), path / kind.key
            if kind.required and not given(kind, answers):
                yield here, where, kind.when is None or any(kind.when.key == each.key for each in found)
            if isinstance(inner, list) and rows_of(inner):
                over = [part.over for part in form.parts if part.key == kind.key]
                asked = [number for number, row in enumerate(inner) if not any(each(row) for each in over)]
                for number in asked[:1]:
                    yield from walk(kind.fields, inner[number], (*here, number), where / inner[number][ID])
            elif hasattr(kind, "fields"):
                yield from walk(kind.fields, inner, here, where)
    return list(walk(form.kinds, answers, (), AnswerPath()))


@every_form
@every_set
def test_the_schema_and_the_check_page_refuse_each_required_answer_removed(form, made):
    answers = json.loads(json.dumps(made(form)))
    schema = jsonschema.Draft202012Validator(form.schema())
    places = required(form, answers)
    assert places
    for steps, path, said in places:
        poorer = without(answers, steps)
        assert list(schema.iter_errors(poorer)) or not said, f"the schema misses {path.pdf}"
        wrong = {problem.path.pdf for problem in lacking(form, poorer, BARE, FMT)}
        assert any(each.startswith(path.pdf) for each in wrong), f"the check page misses {path.pdf}"


@pytest.mark.parametrize(("form", "kind"), LEAVES)
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("language", [("es", "SLV"), ("es", "URY"), ("pt", "BRA"), ("en", "")], ids="-".join)
def test_what_stands_in_a_box_is_read_back_as_the_same_value(form, kind, full, language):
    here = at(form, samples.maximal(form), *language)
    value = kind.check(kind.sample(full, 3))
    assert kind.parse(kind.raw(value, here), here) == value
    assert kind.raw(None, here) == ()
    assert kind.parse((), here) is None
    assert kind.parse(("",), here) in EMPTY


@pytest.mark.parametrize(("form", "kind"), LEAVES)
def test_check_keeps_what_it_accepted(form, kind):
    for full in (False, True):
        value = kind.check(kind.sample(full, 1))
        assert kind.check(value) == value


@pytest.mark.parametrize(("form", "kind"), FIELDS)
def test_a_field_speaks_of_itself(form, kind):
    assert kind.label.strip() == kind.label != ""
    assert isinstance(kind.help, str)
    assert not kind.help.endswith(".") or kind.help.count(".") > 1
    assert 1 <= kind.span <= 12
    assert kind.counted >= 0


@pytest.mark.parametrize(("form", "kind"), FIELDS)
def test_every_projection_of_an_empty_answer_is_empty_and_never_fails(form, kind):
    here = at(form)
    path = AnswerPath((kind.key,))
    assert kind.line(None, here) in ("", "0") or not kind.stored
    assert kind.text(None, here) is not None
    assert list(kind.problems(None, path, here)) == []
    assert kind.cells(path, None, here).keys() == {column.key for column in kind.columns(here)}
    kind.blocks(path, None, here)
    kind.boxes(path, None, here)
    json.dumps(kind.schema())


@pytest.mark.parametrize(("form", "kind"), FIELDS)
def test_a_field_can_be_a_key_of_a_cache(form, kind):
    hash(kind)


@every_form
def test_leaves_put_together_are_the_answers_again(form):
    answers = samples.maximal(form)
    assert assembled(leaves(form, answers)) == answers
    assert assembled(changed(form, leaves(form, answers), {}, {})) == answers


@every_form
@every_set
def test_every_box_of_a_page_leads_to_its_field(form, made):
    answers = made(form)
    for section in asked(form, answers, BARE, FMT):
        for box in every_box(section.boxes):
            assert form.field(box.path).key == box.path.steps[-1]
            assert AnswerPath.read(box.path.html) == AnswerPath.read(box.path.pdf) == box.path


def every_box(boxes):
    for box in boxes:
        yield box
        for row in getattr(box, "rows", ()):
            yield from every_box(row.boxes)


@every_form
@every_set
def test_calculations_read_nothing_that_stands_after_them(form, made):
    order = {kind.key: place for place, kind in enumerate(form.kinds)}
    known = filled(form, made(form), BARE)
    for kind in form.kinds:
        if isinstance(kind, Calc):
            seen = set()
            kind.of(Facts({}, Watched(known, seen), BARE))
            typed = {each.key for each in form.kinds if each.stored}
            assert {key for key in seen - typed if order.get(key, -1) >= order[kind.key]} == set()


class Watched(dict):
    """A mapping that remembers what was asked of it."""

    def __init__(self, known, seen):
        super().__init__(known)
        self.seen = seen

    def get(self, key, default=None):
        self.seen.add(key)
        return super().get(key, default)

    def __getitem__(self, key):
        self.seen.add(key)
        return super().__getitem__(key)


@every_form
def test_calculations_never_fail_on_half_filled_answers(form):
    full = samples.maximal(form)
    for kind in form.kinds:
        filled(form, {key: value for key, value in full.items() if key != kind.key}, BARE)
        filled(form, {kind.key: full[kind.key]} if kind.key in full else {}, BARE)
        filled(form, {key: bare_rows(value) for key, value in full.items()}, BARE)


def bare_rows(value):
    return [{ID: row[ID]} for row in rows_of(value)] if rows_of(value) else value


def canaries(form):
    """A maximal answer set where every secret or personal text says whose it is."""
    known = leaves(form, samples.maximal(form))
    marked = {path: f"Canario{form.sensitivity_at(path)}{n}" if isinstance(value, str) and isinstance(form.field(path),
        kinds.Text) else value
              for n, (path, value) in enumerate(known.items())}
    return assembled(marked)


def words_of(value):
    """Every string anywhere in a resolved document."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from words_of(getattr(value, field.name))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from words_of(inner)
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from words_of(inner)


@every_form
@pytest.mark.parametrize("audience", list(AUDIENCES.values()), ids=list(AUDIENCES))
def test_an_audience_sees_nothing_that_is_hidden_from_it(form, audience):
    resolved = resolve(form, canaries(form), BARE, audience, FMT, IMPRINT)
    text = "\n".join(words_of(resolved))
    assert [hidden for hidden in audience.hides if f"Canario{hidden}" in text] == []
    assert "Canarionone" in text or audience.keys


def test_who_may_see_it_all_does():
    text = "\n".join(words_of(resolve(SPECIMEN, canaries(SPECIMEN), BARE, OWN, FMT, IMPRINT)))
    assert [kind for kind in ("none", "personal", "restricted", "health") if f"Canario{kind}" not in text] == []


@every_form
@pytest.mark.parametrize("audience", [PUBLIC, DOSSIER], ids=["public", "dossier"])
def test_a_narrowed_form_speaks_of_no_field_it_hides(form, audience):
    narrow = form.narrowed(audience.sees)
    assert {kind.sensitivity for kind in narrow.every} & audience.hides == set()
    jsonschema.Draft202012Validator.check_schema(narrow.schema())
    resolve(narrow, samples.minimal(form), BARE, OWN, FMT, IMPRINT)


@every_form
def test_word_has_every_key_of_the_whole_form_for_every_audience(form):
    shapes = [shape(resolve(form, answers, BARE, audience, FMT, IMPRINT).texts[form.code.lower()])
              for audience in AUDIENCES.values() for answers in ({}, samples.maximal(form))]
    assert {frozenset(each) for each in shapes} == {frozenset(kind.key for kind in form.kinds)}


def shape(texts):
    assert all(isinstance(leaf, str) for leaf in printed(texts))
    return texts.keys()


def printed(value):
    """The leaves of Word's context."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from printed(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from printed(inner)
    else:
        yield value


@every_form
def test_the_attached_data_is_valid_when_the_form_is_complete(form):
    for made in (samples.minimal, samples.maximal):
        data = json.loads(json.dumps(resolve(form, made(form), BARE, OWN, FMT, IMPRINT).data))
        assert [error.message for error in jsonschema.Draft202012Validator(form.schema()).iter_errors(data)] == []


@every_form
def test_equal_answers_resolve_to_equal_documents(form):
    answers = samples.maximal(form)
    assert resolve(form, answers, BARE, OWN, FMT, IMPRINT) == resolve(form, answers, BARE, OWN, FMT, IMPRINT)


@every_form
def test_nothing_shown_is_lost_between_blocks_and_rows(form):
    resolved = resolve(form, samples.maximal(form), BARE, OWN, FMT, IMPRINT)
    for section in resolved.sections:
        for shown in section.answers:
            for block in shown.blocks:
                if isinstance(block, Rows):
                    keys = {column.key for column in block.columns}
                    assert all(row.cells.keys() == keys for row in block.rows)


@every_form
def test_what_is_typed_is_shown_as_it_was_typed(form):
    answers = samples.maximal(form)
    shown = shown_leaves(form, answers, BARE)
    assert {path: value for path, value in leaves(form, answers).items() if shown.get(path) != value} == {}


@every_form
def test_signatures_say_who_signs(form):
    assert [kind.key for kind in form.every if isinstance(kind, Signature) and not kind.signer] == []


@every_form
def test_restricted_and_health_answers_are_stored_secret_and_no_others(form):
    for path in leaves(form, samples.maximal(form)):
        assert form.secret(path) == (form.sensitivity_at(path) in ("restricted", "health"))


def test_the_secret_paths_of_the_specimen_are_these():
    known = leaves(SPECIMEN, samples.maximal(SPECIMEN))
    assert {f"{path.steps[0]}.{path.steps[-1]}" for path in known if SPECIMEN.secret(path)} == {
        "plain.document", "health.allergy", "health.support", "copies.emergency", "copies.medical"}


@every_form
def test_the_form_registered_has_an_owner_and_a_gate_for_every_rule(form):
    for rule in form.rules:
        code, _, key = rule.owner.partition(".")
        assert code == form.code
        assert form.field(key)
        assert not empty(rule.id)


def marked():
    """Every wording marked with N_ or, by its sense, with C_ in forms/."""
    found = set()
    for path in Path(forms.__file__).parent.rglob("*.py"):
        with path.open("rb") as file:
            told = extract("python", file, keywords={"N_": None, "C_": ((1, "c"), 2)})
            found |= {C_(sense, message) if sense else message for _, message, _, sense in told}
    return found


def wordings(form):
    """Every wording of a definition that somebody reads."""
    yield from (form.title, form.programme, *(part.title for part in form.parts), *(section.title for section in form.sections))
    for kind in form.every:
        for each in (kind, *((kind.like, *getattr(kind.like, "fields", ())) if isinstance(kind, Calc) else ())):
            yield from (each.label, each.help, *(getattr(each, "words", ())))
            yield from (words for _, words in getattr(getattr(each, "options", None), "pairs", ()) if not words.isdigit())
            yield from (each.prefill.source,) if each.prefill else ()


@pytest.mark.parametrize("form", list(FORMS.values()), ids=lambda form: form.code)
def test_every_word_of_a_form_is_marked_for_translation(form):
    assert set(filter(None, wordings(form))) - marked() == set()
