"""Any text a form accepts comes back from its PDF as it was written, and is drawn."""

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.rendering.fillable import flattened
from app.rendering.fillable.reading import read
from app.rendering.fillable.setting import STYLES, fitted, height_of
from app.rendering.fonts import INVISIBLE, Undrawable, drawable
from forms.letters import ALLOWED, tidy
from tests.rendering.paper_forms import box, drawn, pictured_text

LETTERS = st.sampled_from(sorted(ALLOWED))
TEXT = st.text(LETTERS | st.sampled_from("aáñ «»()\\<>&{}%/…\n"), min_size=1, max_size=160).map(tidy).filter(bool)
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
OPTIONS = (("yes", "Sí"), ("no", "No"), ("perhaps", "Según el caso"))
CODES = [code for code, _ in OPTIONS]
CHUNK = 400


@FEW
@given(st.lists(TEXT, min_size=1, max_size=8))
def test_hostile_text_is_read_back_as_it_was_written(texts):
    sent = read(drawn(*(box(f"t{n}", "multiline", text, limit=400) for n, text in enumerate(texts))))
    assert sent.fields == {f"t{n}": (text,) for n, text in enumerate(texts)}
    assert sent.differing == ()


@FEW
@given(st.sampled_from(CODES), st.sets(st.sampled_from(CODES)), st.text("0123456789/:", max_size=8))
def test_choices_ticks_and_inputs_are_read_back_by_code(code, codes, figure):
    ticked = tuple(each for each in CODES if each in codes)
    steps = (("amount", "Monto"), ("currency", "Moneda"))
    money = box("money", "number", figure, "no", steps=steps, options=OPTIONS)
    lists = [box("r", "radio", code, options=OPTIONS), box("s", "select", code, options=OPTIONS)]
    sent = read(drawn(*lists, box("c", "checks", *ticked, options=OPTIONS), money))
    assert sent.fields == {"r": (code,), "s": (code,), "c": ticked or ("",), "money.amount": (figure,), "money.currency": ("no",)}
    assert sent.differing == ()


@pytest.mark.parametrize("start", range(0, len(ALLOWED), CHUNK))
@pytest.mark.parametrize("how", ["live", "flat"])
def test_every_letter_of_the_shipped_fonts_is_drawn(start, how):
    letters = [letter for letter in sorted(ALLOWED - {"\n"})[start : start + CHUNK] if not unicodedata.combining(letter)]
    boxes = [box(f"b{n}", "multiline", " ".join(letters[n : n + 40]), limit=400) for n in range(0, len(letters), 40)]
    pdf = drawn(*boxes) if how == "live" else drawn(*boxes, how=flattened)
    told = pictured_text(pdf)
    joined = {letter for letter in letters if "\ufb00" <= letter <= "\ufb06"}
    blank = {letter for letter in letters if letter.isspace() or letter in INVISIBLE or letter == "\u2800"}
    assert sorted(set(letters) - set(told) - joined - blank - {"\u2010", "-"}) == []


@FEW
@given(st.text(st.sampled_from("abc mñW\n"), max_size=900), st.floats(40, 480), st.integers(1, 12))
def test_what_does_not_fit_is_kept_for_the_sheet_and_nothing_is_lost(text, width, lines):
    fit = fitted(text, width, height_of(lines))
    assert STYLES[-1].size <= fit.style.size <= STYLES[0].size
    assert "".join("".join([*fit.lines, fit.rest]).split()) == "".join(text.split())
    assert max((fit.style.face.width(line.rstrip()) for line in fit.lines), default=0) * fit.style.size / 1000 <= width


def test_a_letter_no_font_has_is_refused_by_name():
    assert "漢" not in drawable()
    with pytest.raises(Undrawable, match="letras que no se pueden imprimir"):
        drawn(box("name", "text", "漢"))
