"""Our field macros write what govuk-frontend's own macros write, for everything both can."""

from dataclasses import replace

import pytest
from jinja2 import Environment, PackageLoader, PrefixLoader
from lxml import html

from app.web.templating import LIBRARY
from forms.blocks import Box, Condition
from forms.path import AnswerPath

PATH = AnswerPath(("entries", "K7Q2M9XB", "kind"))
ID = PATH.html
OPTIONS = (("a", "Apoyo técnico"), ("b", "Conducción o facilitación"), ("c", "Monitoreo"))
WRONG = "Elija «Tipo» de la lista."
FILLED = {"required": True, "span": 6}
TEXT = Box(PATH, "text", "Producto", limit=40, **FILLED)
LONG = Box(PATH, "multiline", "Qué se hizo", limit=700, **FILLED)
SELECT = Box(PATH, "select", "Tipo", options=OPTIONS, **FILLED)
RADIO = Box(PATH, "radio", "Tipo", options=OPTIONS, **FILLED)
CHECKS = Box(PATH, "checks", "Tipo", options=OPTIONS, **FILLED)
FILE = Box(PATH, "file", "Respaldo", **FILLED)
COUNTED = "Puede escribir hasta %{count} caracteres"


def theirs(component: str, macro: str, params: dict) -> str:
    library = Environment(loader=PrefixLoader({LIBRARY: PackageLoader(LIBRARY)}), autoescape=True)
    return str(getattr(library.get_template(f"{LIBRARY}/components/{component}/macro.html").module, macro)(params))


def ours(app, box: Box, wrong: str = "") -> str:
    with app.test_request_context("/", base_url="http://127.0.0.1", headers={"Accept-Language": "es"}):
        return str(app.jinja_env.get_template("fields.html").module.field(box, wrong))


def shape(node) -> tuple:
    """A tag with its attributes and inner tags, without what is only ours: own classes, and the input that says a list was asked."""
    attributes = {name: value for name, value in node.attrib.items() if name != "class"}
    classes = sorted(each for each in node.get("class", "").split() if not each.startswith("anexa-"))
    inner = [shape(each) for each in node if not (each.get("type") == "hidden" and each.get("name") == ID)]
    said = " ".join((node.text or "").split()), [" ".join((each.tail or "").split()) for each in node]
    return node.tag, classes, attributes, said[0], [tail for tail in said[1] if tail], inner


def same(app, box: Box, wrong: str, component: str, macro: str, params: dict) -> None:
    error = {"errorMessage": {"text": wrong, "visuallyHiddenText": "Corrija"}} if wrong else {}
    hint = {"hint": {"text": box.help}} if box.help else {}
    expected = theirs(component, macro, {"id": ID, "name": ID, **params, **hint, **error})
    assert shape(html.fragment_fromstring(ours(app, box, wrong).strip())) == shape(html.fragment_fromstring(expected.strip()))


def variants(box: Box) -> list:
    return [pytest.param(replace(box, help=help_, raw=raw), wrong, id=f"{box.type} {bool(help_)} {bool(raw)} {bool(wrong)}")
            for help_ in ("", "La <principal>") for raw in ((), ("b",)) for wrong in ("", WRONG)]


@pytest.mark.parametrize(("box", "wrong"), variants(TEXT))
def test_a_line(box, wrong, app):
    params = {"label": {"text": box.label}, "classes": "govuk-input--width-30"} | ({"value": box.raw[0]} if box.raw else {})
    same(app, box, wrong, "input", "govukInput", params)


@pytest.mark.parametrize(("box", "wrong"), variants(LONG))
def test_paragraphs_with_their_count(box, wrong, app):
    params = {"label": {"text": box.label}, "maxlength": 700, "rows": 5, "textareaDescriptionText": COUNTED}
    same(app, box, wrong, "character-count", "govukCharacterCount", params | {"value": box.raw[0] if box.raw else ""})


@pytest.mark.parametrize(("box", "wrong"), variants(SELECT))
def test_a_list_to_choose_from(box, wrong, app):
    items = [{"value": "", "text": ""}, *({"value": code, "text": words} for code, words in OPTIONS)]
    params = {"label": {"text": box.label}, "items": items, "value": box.raw[0] if box.raw else None}
    same(app, box, wrong, "select", "govukSelect", params)


@pytest.mark.parametrize(("box", "wrong"), variants(RADIO))
def test_radios(box, wrong, app):
    items = [{"value": code, "text": words} for code, words in OPTIONS]
    params = {"idPrefix": ID, "fieldset": {"legend": {"text": box.label}}, "items": items, "value": box.raw[0] if box.raw else None}
    same(app, box, wrong, "radios", "govukRadios", params)


@pytest.mark.parametrize(("box", "wrong"), variants(CHECKS))
def test_checkboxes(box, wrong, app):
    items = [{"value": code, "text": words} for code, words in OPTIONS]
    params = {"idPrefix": ID, "fieldset": {"legend": {"text": box.label}}, "items": items, "values": list(box.raw)}
    same(app, box, wrong, "checkboxes", "govukCheckboxes", params)


@pytest.mark.parametrize(("box", "wrong"), [each for each in variants(FILE) if not each.values[0].raw])
def test_a_file(box, wrong, app):
    same(app, box, wrong, "file-upload", "govukFileUpload", {"label": {"text": box.label}})


def test_an_optional_answer_says_so(app):
    assert "(opcional)" in ours(app, replace(TEXT, required=False))
    assert "(opcional)" not in ours(app, TEXT)


def test_what_a_person_typed_is_never_markup(app):
    said = '"><script>alert(1)</script>'
    for box in (TEXT, LONG, SELECT, replace(TEXT, type="tags"), replace(TEXT, type="email"), replace(TEXT, label=said, help=said)):
        drawn = html.fragment_fromstring(ours(app, replace(box, raw=(said,)), said))
        assert drawn.xpath(".//script") == []
        assert said in drawn.xpath("string(.//p[contains(@class, 'error')])")


def test_a_text_that_starts_with_a_blank_line_keeps_it(app):
    area = html.fragment_fromstring(ours(app, replace(LONG, raw=("\ntexto",)))).xpath(".//textarea")[0]
    assert area.text in ("\n\ntexto", "\ntexto")


def test_a_condition_is_data_the_page_can_read(app):
    condition = Condition((AnswerPath(("entries", "K7Q2M9XB", "other")), AnswerPath(("other",))), ("yes", "no"))
    group = html.fragment_fromstring(ours(app, replace(TEXT, condition=condition)))
    assert group.get("data-when") == "entries-K7Q2M9XB-other other"
    assert group.get("data-when-values") == "yes no"


def test_an_answer_in_several_inputs_has_a_legend_and_one_label_each(app):
    box = replace(TEXT, type="date", steps=(("start", "Desde"), ("end", "Hasta")), raw=("01/02/2021", "03/02/2021"))
    drawn = html.fragment_fromstring(ours(app, box))
    assert drawn.xpath(".//legend")[0].text_content() == "Producto"
    inputs = [(each.get("name"), each.get("value")) for each in drawn.xpath(".//input")]
    assert inputs == [(f"{ID}-start", "01/02/2021"), (f"{ID}-end", "03/02/2021")]
    assert [each.text for each in drawn.xpath(".//label")] == ["Desde", "Hasta"]


def test_the_words_used_before_are_suggested(app):
    drawn = html.fragment_fromstring(ours(app, replace(TEXT, type="tags", options=(("x", "Red A"), ("y", "Red B")), raw=("Red A", "Otra"))))
    assert drawn.xpath(".//textarea")[0].text.strip().split("\n") == ["Red A", "Otra"]
    assert drawn.xpath(".//datalist/option/@value") == ["Red A", "Red B"]


def test_where_a_value_comes_from_is_said(app):
    assert "Viene de: el informe anterior." in ours(app, replace(TEXT, source="el informe anterior", raw=("Algo",)))
    assert "Viene de" not in ours(app, replace(TEXT, source="el informe anterior"))
    assert f'value="restore:{ID}"' in ours(app, replace(TEXT, changed="el informe anterior"))
