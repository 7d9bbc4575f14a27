"""Our forms filled by other programs, with and without drawings, are read the same."""

import ctypes
import io

import pikepdf
import pypdfium2
import pytest
from pikepdf import Name, String
from pypdf import PdfReader, PdfWriter

from app.rendering.fillable.reading import read
from tests.rendering.paper_forms import box, drawn, widgets

OPTIONS = (("one", "Uno"), ("two", "Dos"), ("three", "Tres"))
TEXT = "Ñandú ỹ — «corazón»"


def form(name="", chosen=(), radio=(), kind=()):
    """One box of each sort."""
    return drawn(
        box("name", "text", *([name] if name else []), limit=60),
        box("kind", "select", *kind, options=OPTIONS),
        box("one", "radio", *radio, options=OPTIONS),
        box("many", "checks", *chosen, options=OPTIONS),
    )


def edited(pdf, change):
    """The file after `change` was made to each field, by full name."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for page in file.pages:
            for widget in page.get("/Annots", ()):
                change(str(widget.get("/T", widget.get("/Parent", {}).get("/T"))), widget)
        file.save(out)
    return out.getvalue()


def test_an_empty_form_says_nothing():
    assert read(form()).fields == {"name": ("",), "kind": ("",), "one": ("",), "many": ("",)}


def test_pypdf_fills_with_its_own_drawings():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(form())))
    said = {"name": "Corazón", "kind": "two", "one": "/three", "many.one": "/one"}
    writer.update_page_form_field_values(None, said, auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    sent = read(out.getvalue())
    assert sent.fields == {"name": ("Corazón",), "kind": ("two",), "one": ("three",), "many": ("one",)}
    assert sent.differing == ()


def test_pypdf_fills_and_leaves_the_drawing_to_others():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(form())))
    writer.update_page_form_field_values(None, {"name": "Corazón"}, auto_regenerate=True)
    out = io.BytesIO()
    writer.write(out)
    assert read(out.getvalue()).fields["name"] == ("Corazón",)


def test_values_without_any_drawing_are_read():
    def change(name, widget):
        if name == "name":
            widget.V = String(TEXT)
            del widget.AP

    sent = read(edited(form(), change))
    assert (sent.fields["name"], sent.differing) == ((TEXT,), ())


def test_a_combo_that_holds_the_words_is_read_by_code():
    def change(name, widget):
        if name == "kind":
            widget.V = String("Dos")

    assert read(edited(form(), change)).fields["kind"] == ("two",)


def test_a_radio_that_is_only_shown_as_chosen_is_read():
    def change(name, widget):
        if name == "one":
            if "/V" in widget.Parent:
                del widget.Parent.V
            if "/two" in widget.AP.N:
                widget.AS = Name.two

    assert read(edited(form(), change)).fields["one"] == ("two",)


def test_a_box_that_is_only_shown_as_ticked_is_read():
    def change(name, widget):
        if name == "three":
            del widget.V
            widget.AS = Name.three

    assert read(edited(form(), change)).fields["many"] == ("three",)


def typed(pdf, name, text):
    """What PDFium writes when a person clicks into a field and types."""
    raw, document = pypdfium2.raw, pypdfium2.PdfDocument(pdf)
    document.init_forms()
    page = document[0]
    left, bottom, right, top = widgets(pdf)[name]
    raw.FORM_OnLButtonDown(document.formenv, page, 0, (left + right) / 2, (bottom + top) / 2)
    raw.FORM_OnLButtonUp(document.formenv, page, 0, (left + right) / 2, (bottom + top) / 2)
    if text:
        wide = ctypes.create_string_buffer(text.encode("utf-16-le") + b"\0\0")
        raw.FORM_ReplaceSelection(document.formenv, page, ctypes.cast(wide, raw.FPDF_WIDESTRING))
    raw.FORM_ForceToKillFocus(document.formenv)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_pdfium_types_and_ticks():
    pdf = typed(typed(form(radio=("one",)), "name", TEXT), "many.two", "")
    sent = read(pdf)
    assert sent.fields == {"name": (TEXT,), "kind": ("",), "one": ("one",), "many": ("two",)}


def test_a_drawing_that_says_something_else_is_told():
    def change(name, widget):
        if name == "name":
            widget.V = String("PENICILINA")

    sent = read(edited(form("ninguna"), change))
    assert (sent.fields["name"], sent.differing) == (("PENICILINA",), ("name",))


def test_a_tick_that_is_shown_otherwise_is_told():
    def change(name, widget):
        if name == "one" and widget.get("/T"):
            widget.V = Name.Off

    sent = read(edited(form(chosen=("one",)), change))
    assert (sent.fields["many"], sent.differing) == (("",), ("many",))


def test_an_answer_that_goes_on_at_the_end_is_no_difference():
    sent = read(drawn(box("long", "text", "W" * 60, limit=60, span=3)))
    assert (sent.fields["long"], sent.differing) == (("W" * 60,), ())


def test_a_damaged_file_is_read_from_its_repaired_copy():
    pdf = form(TEXT, chosen=("one",))
    broken = pdf[: pdf.rindex(b"startxref")] + b"startxref\n12\n%%EOF\n"
    assert read(broken).fields == read(pdf).fields


@pytest.mark.parametrize("code", ["a.b", "x y", "ñ", "50%", "#1"])
def test_codes_of_any_letters_are_read(code):
    options = ((code, "Raro"), ("plain", "Simple"))
    sent = read(drawn(box("r", "radio", code, options=options), box("s", "select", code, options=options)))
    assert sent.fields == {"r": (code,), "s": (code,)}
