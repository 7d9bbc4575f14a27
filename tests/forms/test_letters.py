"""Letters: only what the shipped fonts draw, named when refused."""
import re
import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from forms.kinds import Email, File, Paragraph, Tags, Text
from forms.letters import ALLOWED, called, foreign, tidy
from tests.forms.readings import AT, refusal

FONTS = Path(__file__).parents[2] / "annex_templates" / "_shared" / "fonts"


def drawn(name):
    return set(TTFont(FONTS / f"{name}.ttf").getBestCmap())


def test_every_allowed_letter_is_in_a_shipped_font_in_every_style():
    everywhere = drawn("SourceSans3-Regular") & drawn("SourceSans3-Bold") & drawn("SourceSans3-It")
    anywhere = everywhere | drawn("DejaVuSans")
    assert {letter for letter in ALLOWED - {"\n"} if ord(letter) not in anywhere} == set()


def test_no_allowed_letter_is_a_control_invisible_or_right_to_left():
    assert {letter for letter in ALLOWED - {"\n"} if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")} == set()
    assert {letter for letter in ALLOWED - {"\n"} if unicodedata.bidirectional(letter) in ("R", "AL")} == set()


def test_every_allowed_letter_is_already_nfc():
    assert {letter for letter in ALLOWED - {"\n"} if unicodedata.normalize("NFC", letter) != letter} == set()


@pytest.mark.parametrize("text", [
    "Ñandú, pingüino, «corazón» — ¿sí?", "São João, coração, à, ê", "g\u0303uarani ỹ ã'ẽ", "Ελλάδα", "Київ, ёлка", "25 °C ≥ 3 € ₲ ₡ → ½ №",
])
def test_the_languages_of_the_programme_are_accepted(text):
    assert Text("t", "Título").check(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(("text", "name"), [
    ("agua 水", "«水» (U+6C34)"), ("مرحبا", "(U+0645)"), ("hola \U0001f600", "U+1F600"), ("a\u202eb", "U+202E"), ("a\u0000b", "U+0000"),
    ("a\u001bb", "U+001B"), ("a\u200bb", "U+200B"), ("a\ud800b", "U+D800"), ("a\ufffeb", "U+FFFE"), ("a\u2028b", "U+2028"), ("a\u00adb",
    "U+00AD"),
])
@pytest.mark.parametrize("kind", [Text("t", "Título"), Paragraph("t", "Título"), Tags("t", "Título")])
def test_any_other_letter_is_refused_by_name_with_the_field(kind, text, name):
    sentence = refusal(kind.check, [text] if isinstance(kind, Tags) else text)
    assert "«Título»" in sentence
    assert name in sentence


def test_an_email_and_a_file_name_follow_the_same_rule():
    assert "U+6C34" in refusal(Email("e", "Correo").check, "水@example.org")
    held = {"sha256": "0" * 64, "name": "a\u202efdp.pdf", "size": 1, "type": "application/pdf"}
    assert "U+202E" in refusal(File("f", "Acta").check, held)


def test_a_refusal_can_be_sent_in_any_page():
    for letter in ("\ud800", "\u0301", "\u202e", "水"):
        called(letter).encode()


def test_text_is_stored_nfc_trimmed_with_one_kind_of_line_break():
    assert tidy("  cafe\u0301\r\n\r\nmañana\r ") == "café\n\nmañana"
    assert Paragraph("p", "P").parse(["uno\r\ndos\ttres "], AT) == "uno\ndos tres"


def test_a_line_pasted_with_breaks_becomes_one_line():
    assert Text("t", "T").parse(["uno\r\ndos\ntres"], AT) == "uno dos tres"


def test_blanks_alone_are_no_answer():
    assert Text("t", "T").parse([" \t\r\n"], AT) is None


def test_the_first_foreign_letter_is_the_one_named():
    assert foreign("ab水c\u202e") == "水"
    assert foreign("todo en orden\n") == ""
    assert re.match("U\\+", called("\u0301"))
