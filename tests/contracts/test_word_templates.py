"""The shipped Word templates: current, complete, strict, and equal to what docxtpl would make of them."""
from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.i18n import formatter
from app.rendering.readback import missing_from_word
from app.rendering.word import word
from app.rendering.word.checking import check_template, names_used
from app.rendering.word.compiled import compiled
from app.rendering.word.names import known
from app.rendering.word.sandbox import Sandbox
from app.rendering.word.template import template
from app.workflow import templates
from app.workflow.resolving import OWN, PUBLIC, Audience, reading, resolve
from forms import FORMS
from forms.resolved import Resolved
from forms.spec import Form
from forms.view import DossierView
from tests.contracts.specimen import SPECIMEN
from tests.rendering.samples import IMPRINT
from tests.rendering.word_files import by_docxtpl, paragraphs, parts
from tests.rendering.word_files import template as written

LANGUAGES = {"es": "SLV", "pt": "BRA"}
CASES = [pytest.param(form, language, id=f"{form.code}-{language}") for form in (*FORMS.values(), SPECIMEN) for language in LANGUAGES]
SHIPPED = [pytest.param(found, id=f"{found.path.stem}-{found.path.parent.name}") for found in templates.standing()]
MEANT_FOR_DOCXTPL = ("{_{", "}_}", "{_%", "%_}")
"""docxtpl changes these in answers too; here an answer stays what it is."""
HOSTILE = st.lists(st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=10),
    st.sampled_from(["<", "&", "</w:t></w:r>", "{{ doc.code }}", "{% for x in y %}", "{#", "\n", "\t", "🜁", "ñ́", "&lt;", "]]>", "'\""])),
    min_size=1, max_size=8).map(lambda pieces: "á" + "".join(pieces) + "z").filter(
    lambda told: not any(each in told for each in MEANT_FOR_DOCXTPL))


def source(form: Form, language: str) -> bytes:
    """The template as it is drawn now."""
    return template(templates.blank(form, language))


def sampled(form: Form, language: str, full: bool, audience: Audience = OWN) -> Resolved:
    """A document with every answer at its limits, or only the required ones at the least."""
    answers = {kind.key: kind.sample(full) for kind in form.kinds if kind.stored and (full or kind.required)}
    return resolve(form, answers, DossierView(country=LANGUAGES[language]), audience, formatter(language, LANGUAGES[language]), IMPRINT)


@pytest.mark.parametrize("found", SHIPPED)
def test_a_shipped_template_is_the_one_its_form_draws(found):
    assert found.standing in ("current", "kept")


@pytest.mark.parametrize("found", SHIPPED)
def test_a_shipped_template_says_only_what_its_form_has_and_clips_nothing(found):
    assert [str(fault) for fault in templates.checked(found.path.stem, found.path.parent.name, found.path.read_bytes())] == []


@pytest.mark.parametrize("found", SHIPPED)
def test_a_shipped_template_takes_the_fast_way(found):
    assert compiled(found.path.read_bytes()).way == "fast"


def words_of_the_form(kinds, where, at):
    """(name, kind) of the fixed words among some fields, those of a notice included."""
    for kind in kinds:
        if not kind.stored and hasattr(kind, "fields"):
            yield from words_of_the_form(kind.fields, f"{where}.{kind.key}", at)
        elif not kind.stored and not kind.columns(at):
            yield f"{where}.{kind.key}", kind


@pytest.mark.parametrize(("form", "language"), CASES)
def test_nothing_a_form_asks_is_forgotten(form, language):
    """Every text of the context stands in the template, fixed words aside: those are written out."""
    made = source(form, language)
    texts = sampled(form, language, full=True).texts
    at = reading(form, {}, DossierView(), formatter(language, LANGUAGES[language]))
    fixed = dict(words_of_the_form(form.kinds, form.code.lower(), at))
    asked = set(known(texts)) - {"doc.title"} - set(fixed)
    assert asked - names_used(made) == set()
    assert all(kind.line(None, at) in " ".join(paragraphs(made)) for kind in fixed.values())


@pytest.mark.parametrize("full", [False, True], ids=["least", "most"])
@pytest.mark.parametrize(("form", "language"), CASES)
def test_every_answer_is_read_back(form, language, full):
    resolved = sampled(form, language, full)
    made = word(source(form, language), resolved.texts)
    assert missing_from_word(made, resolved) == []
    assert Document(io.BytesIO(made)).paragraphs


@pytest.mark.parametrize("audience", [OWN, PUBLIC], ids=lambda audience: audience.name)
@pytest.mark.parametrize(("form", "language"), CASES)
def test_one_template_serves_every_audience_and_an_empty_document(form, language, audience):
    empty = resolve(form, {}, DossierView(), audience, formatter(language, ""), IMPRINT)
    assert IMPRINT.subtitle in paragraphs(word(source(form, language), empty.texts))


@pytest.mark.parametrize(("form", "language"), CASES)
def test_a_filled_template_is_the_xml_docxtpl_makes(form, language):
    made, texts = source(form, language), sampled(form, language, full=True).texts
    ours, stock = word(made, texts), by_docxtpl(made, texts, jinja_env=Sandbox())
    assert parts(ours) == parts(stock)
    assert parts(ours, "docProps/core.xml") == parts(stock, "docProps/core.xml")


def hostile(texts: Any, words: Iterator[str]) -> Any:
    """The same context with other words at every leaf."""
    if isinstance(texts, str):
        return next(words)
    if isinstance(texts, list | tuple):
        return [hostile(each, words) for each in texts[:2]]
    return {key: hostile(value, words) for key, value in texts.items()}


def forever(words: list[str]) -> Iterator[str]:
    while True:
        yield from words


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(words=st.lists(HOSTILE, min_size=1, max_size=6))
@pytest.mark.parametrize("form", [*FORMS.values()], ids=lambda form: form.code)
def test_hostile_answers_arrive_letter_by_letter_and_as_docxtpl_would_write_them(form, words):
    made = source(form, "es")
    texts = hostile(sampled(form, "es", full=True).texts, forever(words))
    filled = word(made, texts)
    said = set(paragraphs(filled))
    assert set(words) <= {each.strip() for each in said} | {part for each in said for part in each.split(" · ")}
    assert parts(filled) == parts(by_docxtpl(made, texts, jinja_env=Sandbox()))


def test_a_field_nobody_has_is_found():
    assert [str(fault) for fault in templates.checked("IAT", "es", written("{{ iat.nada }} {{ iat.policy }} {{ iat.entries }}"))] == [
        "El formulario no tiene «iat.nada».", "«iat.entries» es un grupo o una tabla: nombre uno de sus datos."]
    assert check_template(written("{{ iat.policy }}")) == []
