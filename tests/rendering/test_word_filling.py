"""A Word file filled by us says what docxtpl's would, letter by letter, and keeps what docxtpl's would lose."""
from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from app.rendering.word import BadTemplate, word
from app.rendering.word.compiled import compiled
from app.rendering.word.package import zipped
from tests.rendering.word_files import TEXTS, by_docxtpl, paragraphs, parts, saved, template, usual

USUAL = usual()
MEANT_FOR_DOCXTPL = ("{_{", "}_}", "{_%", "%_}")
"""docxtpl changes these in answers too; here an answer stays what it is."""
PIECES = ("<", ">", "&", '"', "'", "{{", "}}", "{%", "%}", "{#", "#}", "{{ a.title }}", "]]>", "</w:t>", "<!--", "\n", "\t", "\n\n",
          "🜁", "ñ́", "\u200b", "&amp;", " ", "  ")
LETTERS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=8)
HOSTILE = st.lists(st.one_of(LETTERS, st.sampled_from(PIECES)), max_size=12).map("".join).filter(
    lambda text: not any(each in text for each in MEANT_FOR_DOCXTPL))


def with_(**answers: Any) -> dict[str, Any]:
    return TEXTS | {"a": TEXTS["a"] | answers}


def test_a_filled_template_is_the_xml_docxtpl_makes():
    assert parts(word(USUAL, TEXTS)) == parts(by_docxtpl(USUAL, TEXTS))


@settings(max_examples=60, deadline=None)
@given(title=HOSTILE, note=HOSTILE, kind=HOSTILE)
def test_hostile_answers_make_the_xml_docxtpl_makes(title, note, kind):
    texts = with_(title=title, note=note, items=[{"items": "", "kind": kind}, {"items": "", "kind": title}])
    assert parts(word(USUAL, texts)) == parts(by_docxtpl(USUAL, texts))


@settings(max_examples=60, deadline=None)
@given(said=HOSTILE)
def test_whatever_is_answered_is_read_back(said):
    filled = word(template("antes", "{{ a.note }}", "después"), with_(note=said))
    before, *between, after = paragraphs(filled)
    assert (before, "".join(between), after) == ("antes", said, "después")


@pytest.mark.parametrize("braces", ["{_{ a }_}", "{_% for %_}", "{{ a.title }}", "{% for x in y %}", "{# nota #}", "{{", "%}"])
def test_braces_in_an_answer_are_letters(braces):
    assert paragraphs(word(template("{{ a.note }}"), with_(note=braces))) == [braces]


def test_braces_spelled_for_docxtpl_are_letters_of_the_template():
    assert paragraphs(word(template("{_{ a.note }_} {_% si %_}"), TEXTS)) == ["{{ a.note }} {% si %}"]


@pytest.mark.parametrize("letter", ["\x00", "\x07", "\x0b", "\x1b", "\ud800", "\ufffe", "\uffff"])
def test_what_xml_cannot_carry_is_left_out_and_nothing_after_it_is_lost(letter):
    filled = word(template("{{ a.note }}", "después"), with_(note=f"uno{letter}dos"))
    assert paragraphs(filled) == ["unodos", "después"]


def test_line_breaks_tabs_and_page_breaks_become_words_own():
    filled = word(template("{{ a.note }}"), with_(note="uno\ndos\r\ntres\tcuatro\fcinco"))
    assert paragraphs(filled) == ["uno\ndos\ntres\tcuatro", "\n", "cinco"]
    assert len(Document(io.BytesIO(filled)).paragraphs) == 3


def test_a_key_called_like_a_method_is_an_answer():
    looped = template("{%p for r in a['items'] %}", "{{ r.items }}", "{%p endfor %}", "{{ a.items|length }}")
    assert paragraphs(word(looped, TEXTS)) == ["uno", "dos", "2"]


@pytest.mark.parametrize("expression", ["a.nothing", "b.title", "a.title.upper", "a['items'][7].kind", "loop.index", "a.nothing.more"])
def test_a_name_without_a_text_is_refused(expression):
    with pytest.raises(BadTemplate):
        word(template(f"{{{{ {expression} }}}}"), TEXTS)


def test_a_group_or_table_is_never_printed_as_such():
    for name in ("a", "a.none", "a['items']"):
        with pytest.raises(BadTemplate, match="cannot be printed"):
            word(template(f"{{{{ {name} }}}}"), TEXTS)


def test_a_template_that_cannot_be_read_is_refused():
    for source in (template("{% for x %}"), b"", b"no zip", zipped({"word/document.xml": b"<x/>"})):
        with pytest.raises(BadTemplate):
            word(source, TEXTS)


def test_equal_answers_give_equal_bytes_dated_1980():
    one, other = word(USUAL, TEXTS), word(bytes(bytearray(USUAL)), dict(TEXTS))
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert archive.testzip() is None
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def merged_by_docxtpl(document: Any) -> None:
    table = document.add_table(rows=2, cols=4)
    for cell, text in zip(table.rows[0].cells, ("{%tc for r in a['items'] %}", "{{ r.kind }}", "{%tc endfor %}", "fin"), strict=True):
        cell.text = text
    table.rows[1].cells[0].text = "{% colspan 2 %}ancho"


def merged_down(document: Any) -> None:
    table = document.add_table(rows=3, cols=2)
    table.rows[0].cells[0].text = "{%tr for r in a['items'] %}"
    table.rows[1].cells[0].text = "{% vm %}{{ a.title }}"
    table.rows[1].cells[1].text = "{{ r.kind }}"
    table.rows[2].cells[0].text = "{%tr endfor %}"


def nested(document: Any) -> None:
    outer = document.add_table(rows=1, cols=2)
    inner = outer.rows[0].cells[0].add_table(rows=1, cols=4)
    inner.rows[0].cells[0].text = "{{ a.title }}"


def coloured(document: Any) -> None:
    table = document.add_table(rows=1, cols=1)
    table.rows[0].cells[0].text = "{% cellbg 'FFEEDD' if a.flag else 'FFFFFF' %}{{ a.note }}"


@pytest.mark.parametrize(("change", "way"), [
    (None, "fast"), (coloured, "fast"), (merged_by_docxtpl, "safe"), (merged_down, "safe"), (nested, "safe")])
def test_each_template_takes_the_shortest_way_that_is_equal_to_docxtpl(change, way):
    source = template("{{ a.title }}", change=change)
    assert compiled(source).way == way
    assert parts(word(source, TEXTS)) == parts(by_docxtpl(source, TEXTS))


def test_names_in_the_properties_go_docxtpls_way_with_our_sandbox():
    document = Document()
    document.add_paragraph("{{ a.note }}")
    document.core_properties.title = "{{ a.title }}"
    source = saved(document)
    filled = word(source, with_(note="<&\x00>"))
    assert compiled(source).way == "stock"
    assert Document(io.BytesIO(filled)).core_properties.title == "Título"
    assert paragraphs(filled) == ["<&>"]
    assert filled == word(source, with_(note="<&\x00>"))


def test_the_whole_context_is_left_as_it_was():
    before = repr(TEXTS)
    word(USUAL, TEXTS)
    assert repr(TEXTS) == before
