"""PDF forms drawn by others: inspected, filled through a map, nothing cut."""

import io
import tomllib

import pytest
from reportlab.pdfgen.canvas import Canvas

from app.errors import BadFile
from app.rendering.fillable import foreign
from app.rendering.fillable.reading import read
from app.rendering.readback import text_of_pdf
from forms.blocks import BoxRow, BoxRows
from forms.path import AnswerPath
from tests.rendering.paper_forms import box, section

OPTIONS = (("yes", "Sí"), ("no", "No"))


def theirs():
    """As an office somewhere draws it."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.acroForm.textfield(name="Full name", tooltip="As in the passport", x=50, y=700, width=200, height=16)
    canvas.acroForm.textfield(name="Why", x=50, y=500, width=400, height=100, fieldFlags="multiline")
    canvas.acroForm.checkbox(name="Agrees", x=50, y=450)
    canvas.acroForm.radio(name="Kind", value="one", x=50, y=420, selected=True)
    canvas.acroForm.radio(name="Kind", value="two", x=80, y=420)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def asked():
    """A few answers of ours, one in a row."""
    row = AnswerPath(("people", "K7Q2M9XB"))
    names = BoxRow("K7Q2M9XB", (box("x", "text", "Persona ỹ"),))
    inner = names.boxes[0]
    placed = BoxRow(names.id, (type(inner)(row / "name", "text", "Nombre", raw=inner.raw),))
    table = BoxRows(row.__class__(("people",)), "Personas", "", (), (placed,))
    span = box("dates", "date", "01/02/2027", "03/02/2027", steps=(("start", "Desde"), ("end", "Hasta")))
    return section(table, box("agree", "radio", "yes", options=OPTIONS), box("why", "multiline", "Porque sí.\nΩ ☒"), span)


def test_a_starter_map_names_every_field_and_is_valid_toml():
    told = foreign.starter(theirs())
    assert list(tomllib.loads(told)["fields"]) == ["Full name", "Why", "Agrees", "Kind"]
    assert "As in the passport" in told
    assert "one two" in told
    assert foreign.read_map(told) == {}


def test_a_map_says_what_goes_where():
    told = {"Full name": "people.1.name", "Why": "why", "Agrees": "agree=yes", "Day": "dates.end", "Kind": "agree"}
    assert foreign.values(asked(), told) == {
        "Full name": "Persona ỹ", "Why": "Porque sí.\nΩ ☒", "Agrees": True, "Day": "03/02/2027", "Kind": "Sí"
    }


def test_a_map_that_names_no_answer_of_the_form_is_refused():
    with pytest.raises(BadFile, match="nobody"):
        foreign.values(asked(), {"Why": "nobody.here"})


def test_a_foreign_form_is_filled_with_letters_its_own_font_does_not_have():
    filled = foreign.fill(theirs(), {"Full name": "Persona ỹ", "Why": "Porque sí.\nΩ ☒", "Agrees": True, "Kind": "two"})
    sent = read(filled)
    assert sent.fields == {"Full name": ("Persona ỹ",), "Why": ("Porque sí.\nΩ ☒",), "Agrees": ("Yes",), "Kind": ("two",)}
    assert sent.differing == ()


def test_a_flat_one_shows_every_letter_and_has_no_fields():
    flat = foreign.fill(theirs(), {"Full name": "Persona ỹ", "Why": "Porque sí.\nΩ ☒"}, flat=True)
    assert "Personaỹ" in "".join(text_of_pdf(flat).split())
    assert "Ω☒" in "".join(text_of_pdf(flat).split())
    with pytest.raises(BadFile, match="no tiene campos"):
        read(flat)


def test_equal_answers_make_equal_bytes():
    said = {"Full name": "Persona", "Agrees": True}
    assert foreign.fill(theirs(), said) == foreign.fill(theirs(), said)


def test_what_does_not_fit_is_named_and_nothing_is_cut():
    with pytest.raises(BadFile, match="Full name"):
        foreign.fill(theirs(), {"Full name": "muy largo " * 40})


def test_a_field_the_file_does_not_have_is_named():
    with pytest.raises(BadFile, match="Apellidos"):
        foreign.fill(theirs(), {"Apellidos": "x"})
