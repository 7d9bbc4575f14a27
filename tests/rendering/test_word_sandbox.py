"""A template is somebody's file: what it may say is a short list, and what it says anyway has no effect."""
from __future__ import annotations

import io
import zipfile

import pytest

from app.rendering.word import BadTemplate, word
from app.rendering.word.checking import check_template, names_used
from app.rendering.word.package import zipped
from tests.rendering.word_files import TEXTS, W, paragraphs, template

PAYLOADS = """
{{ ''.__class__.__mro__[1].__subclasses__() }}
{{ a.__class__ }}
{{ a['__class__'].__init__.__globals__ }}
{{ self.__init__.__globals__ }}
{{ lipsum.__globals__['os'].popen('id').read() }}
{{ cycler.__init__.__globals__.os.popen('id').read() }}
{{ joiner('x') }}
{{ namespace(x=1).x }}
{{ dict(x=1) }}
{{ range.__self__ }}
{{ (1).__class__ }}
{{ a.title.format(a) }}
{{ '{0.__class__}'.format(a) }}
{{ '%s' % a.title }}
{{ 'x' % () }}
{{ 9**(9**8) }}
{{ 2**2 }}
{{ 'a' * 1000000000 }}
{{ ['a'] * 1000000000 }}
{{ ('a',) * 9 }}
{{ ('a' ~ 'b') * 9 }}
{{ a.title.center(1000000000) }}
{{ a.title|center(1000000000) }}
{{ a.title.ljust(1000000000) }}
{{ a.title|indent(9) }}
{{ a|attr('items') }}
{{ a.title|format }}
{{ a['items']|map(attribute='kind')|join }}
{{ a.title|replace('a', 'b' ) }}
{{ a|tojson }}
{{ a.title|safe }}
{{ a|xmlattr }}
{{ a.title|urlize }}
{{ a['items'].append(1) }}
{{ a.update({'x': 1}) }}
{{ a.pop('title') }}
{{ a['items'].clear() }}
{{ {'x': 1} }}
{{ a.title[::-1] }}
{% set x = 'a' %}{{ x }}
{% set a.title = 'x' %}
{% macro m() %}x{% endmacro %}
{% include 'x' %}
{% import 'x' as y %}
{% from 'x' import y %}
{% extends 'x' %}
{% block b %}x{% endblock %}
{% filter upper %}x{% endfilter %}
{% call x() %}y{% endcall %}
{% do a.clear() %}
{% with x = a %}{{ x }}{% endwith %}
{% autoescape false %}{{ a.title }}{% endautoescape %}
{% raw %}x{% endraw %}{{ debug() }}
{% for x in range(3) %}{% for y in range(3) %}{% for z in range(3) %}x{% endfor %}{% endfor %}{% endfor %}
{% for x in a['items'] recursive %}{{ loop(x) }}{% endfor %}
{{ loop.cycle('a', 'b') }}
{{ range(3)|list }}
{{ a.title|default(range) }}{{ range() }}
{{ a is sameas a }}
{{ a.title is filter }}
{{ get_flashed_messages() }}
{{ config }}
{{ request.application }}
{{ url_for('x') }}
{{ caller() }}
{{ a.title() }}
{{ (a.title)(1) }}
{{ range(*[1, 2]) }}
{{ range(**a) }}
""".strip().splitlines()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_is_refused_when_checked_and_when_filled(payload):
    source = template("antes", payload, "después")
    faults = check_template(source, {"a.title", "a.note", "a.flag", "a.items[].kind", "doc.code"})
    before = repr(TEXTS)
    assert faults
    with pytest.raises(BadTemplate):
        word(source, TEXTS)
    assert repr(TEXTS) == before


@pytest.mark.parametrize("part", ["header", "footer"])
def test_a_payload_in_head_or_foot_is_refused(part):
    def change(document):
        getattr(document.sections[0], part).paragraphs[0].text = "{{ lipsum.__globals__ }}"

    source = template("texto", change=change)
    assert check_template(source)
    with pytest.raises(BadTemplate):
        word(source, TEXTS)


def test_a_payload_in_a_property_is_refused():
    source = template("texto", change=lambda document: setattr(document.core_properties, "title", "{{ lipsum.__globals__ }}"))
    assert check_template(source)
    with pytest.raises(BadTemplate):
        word(source, TEXTS)


USUAL = """
{{ a.title }}
{{ a.title or '—' }}
{{ a.title|upper }}
{{ a.note|e }}
{{ a.title if a.flag else '' }}
{{ 'x' if 'y' in a.title }}
{% for r in a['items'] %}{{ loop.index }}{{ r.kind }}{% if not loop.last %}, {% endif %}{% endfor %}
{{ a['items']|length }}
{{ a.title ~ a.note }}
{% if a.title is defined and a.note != 'x' %}{{ 2 * 3 + 7 % 4 }}{% endif %}
{% for n in range(3) %}{{ n }}{% endfor %}
{# nota #}
""".strip().splitlines()


@pytest.mark.parametrize("fine", USUAL)
def test_what_templates_usually_say_is_fine_and_filled(fine):
    source = template(fine)
    assert [str(fault) for fault in check_template(source)] == []
    assert paragraphs(word(source, TEXTS))


@pytest.mark.parametrize(("left", "middle", "right"), [("(", "{{ %s1%s }}", ")"), ("{% if a.flag %}", "%sx%s", "{% endif %}")])
def test_a_template_nested_too_deep_is_refused(left, middle, right):
    with pytest.raises(BadTemplate):
        word(template(middle % (left * 3000, right * 3000)), TEXTS)


@pytest.mark.parametrize("wrong", [
    "{{ 1 // 0 }}", "{{ 1 < a.title }}", "{{ a.title - 1 }}", "{{ -a.title }}", "{% for x in 5 %}{% endfor %}"])
def test_what_fails_while_it_is_filled_is_told_as_such(wrong):
    with pytest.raises(BadTemplate):
        word(template(wrong), TEXTS)


def test_a_long_range_stops():
    with pytest.raises(BadTemplate):
        word(template("{% for n in range(100000000) %}x{% endfor %}"), TEXTS)


def test_a_product_of_words_stops_even_if_only_the_answers_show_it():
    for expression in ("a.title * 1000000000", "a['items'] * 1000000000", "a.title % a.note"):
        with pytest.raises(BadTemplate):
            word(template(f"{{{{ {expression} }}}}"), TEXTS)


def test_a_name_the_form_does_not_have_is_named():
    loop = "{%p for r in a['items'] %}", "{{ r.knd }}{{ loop.previtem.kind }}", "{%p endfor %}"
    source = template("{{ a.titel }}", *loop, "{{ a }}", "{{ b.x }}")
    told = [str(fault) for fault in check_template(source, {"a.title", "a.items[].kind"})]
    assert told == ["El formulario no tiene «a.items[].knd».", "El formulario no tiene «a.titel».", "El formulario no tiene «b.x».",
                    "«a» es un grupo o una tabla: nombre uno de sus datos."]


def test_the_names_a_template_uses_are_paths():
    source = template("{{ a.title or '' }}", "{%p for r in a['items'] %}", "{{ r.kind }}", "{%p endfor %}")
    assert names_used(source) == {"a.title", "a.items", "a.items[].kind"}


@pytest.mark.parametrize(("paragraph", "told"), [
    ("{{r a.title }}", "donde Word no muestra texto"), ("{{p a.title }}", "donde Word no muestra texto"),
    ("{%p if a.flag %}", "no se entiende"), ("{{ a.title", "no se entiende"), ("{{ a.title|nofilter }}", "«nofilter»")])
def test_a_name_out_of_place_is_told(paragraph, told):
    assert any(told in str(fault) for fault in check_template(template(paragraph)))


def test_an_exact_row_height_is_told():
    def change(document):
        row = document.add_table(rows=1, cols=1).rows[0]
        row.height, row.height_rule = 400000, 2

    assert [str(fault) for fault in check_template(template(change=change))] == [
        "Una fila tiene alto exacto: el texto largo quedaría cortado. Póngalo como mínimo."]


@pytest.mark.parametrize(("instruction", "told"), [
    (("INCLUDEPICTURE file:///etc/passwd",), "INCLUDEPICTURE"), (("INCL", "UDETEXT x"), "INCLUDETEXT"), (("dde cmd",), "DDE"),
    (('HYPERLINK "https://example.org"',), ""), (("PAGE",), "")])
def test_a_field_that_fetches_is_told_even_if_its_name_is_split(instruction, told):
    def change(document):
        for piece in instruction:
            run = document.paragraphs[0].add_run()._r
            run.append(run.makeelement(W + "instrText", {}))
            run[-1].text = piece

    assert [str(fault) for fault in check_template(template("x", change=change))] == ([f"El campo {told} no se admite."] if told else [])


def members(source: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


LINK = (b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" '
        b'Target="%s" TargetMode="External"/></Relationships>')


@pytest.mark.parametrize(("change", "told"), [
    ({"word/vbaProject.bin": b"x"}, "no se admite: word/vbaProject.bin"),
    ({"word/embeddings/ole.bin": b"x"}, "no se admite"),
    ({"word/../../x": b"x"}, "rutas que salen"), ({f"word/{n}.xml": b"" for n in range(600)}, "demasiado grande"),
    ({"big.xml": b"0" * 60_000_000}, "demasiado grande")])
def test_a_file_that_carries_more_than_a_document_is_refused(change, told):
    assert any(told in str(fault) for fault in check_template(zipped(members(template("x")) | change)))


@pytest.mark.parametrize(("kind", "target", "fine"), [
    (b"hyperlink", b"https://example.org/", True), (b"hyperlink", b"file:///etc/passwd", False),
    (b"attachedTemplate", b"https://example.org/x.dotm", False), (b"image", b"https://example.org/x.png", False)])
def test_a_template_leads_outside_by_web_links_only(kind, target, fine):
    parts = members(template("x"))
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", LINK % (kind, target))
    assert any("apunta fuera" in str(fault) for fault in check_template(zipped(parts))) is not fine


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip", b"%PDF-1.7", bytes(1000)])
def test_what_is_no_word_file_is_told_plainly(content):
    assert [str(fault) for fault in check_template(content)] == ["El archivo no es un documento de Word (.docx)."]


def test_a_zip_that_is_no_document_is_told():
    assert "Word no puede abrir" in str(check_template(zipped({"word/document.xml": b"<x/>"}))[0])
