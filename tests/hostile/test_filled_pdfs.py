"""Filled forms from outside that are damaged, armed, locked or huge: one sentence each, and never longer than the jail's walls."""

import io
import time

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from app.errors import BadFile
from app.rendering.fillable.reading import read
from tests.rendering.paper_forms import box, drawn

PDF = drawn(box("name", "text", "Persona", limit=60), box("why", "multiline", "Porque sí", limit=200))


def changed(change, **how):
    """Our form after something was done to it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as pdf:
        change(pdf)
        pdf.save(out, **how)
    return out.getvalue()


def javascript(pdf):
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))])))


def keystroke(pdf):
    pdf.pages[0].Annots[0].AA = Dictionary(K=Dictionary(S=Name.JavaScript, JS=String("event.rc=false")))


def launch(pdf):
    pdf.pages[0].Annots[0].A = Dictionary(S=Name.Launch, F=String("calc.exe"))


def submit(pdf):
    pdf.pages[0].Annots[0].A = Dictionary(S=Name.SubmitForm, F=String("https://example.org/"))


def xfa(pdf):
    pdf.Root.AcroForm.XFA = pdf.make_stream(b"<xdp/>")


def opening(pdf):
    pdf.Root.OpenAction = Dictionary(S=Name.URI, URI=String("https://example.org/"))


def attachment(pdf):
    pdf.attachments["a.txt"] = b"hidden"


ARMED = {"JavaScript": (javascript, "JavaScript"), "a script at a field": (keystroke, "JavaScript"), "Launch": (launch, "otros programas"),
         "SubmitForm": (submit, "otro lugar"), "XFA": (xfa, "XFA"), "OpenAction": (opening, "al abrirse"),
         "EmbeddedFiles": (attachment, "otros archivos")}


@pytest.mark.parametrize(("change", "said"), ARMED.values(), ids=ARMED)
def test_a_form_that_acts_or_hides_is_refused_and_told_why(change, said):
    with pytest.raises(BadFile, match=said):
        read(changed(change))


@pytest.mark.parametrize("password", ["", "secret"])
def test_a_locked_form_is_refused(password):
    with pytest.raises(BadFile, match="contraseña"):
        read(changed(lambda pdf: None, encryption=pikepdf.Encryption(owner="owner", user=password)))


def test_a_pdf_without_fields_is_no_form():
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    with pytest.raises(BadFile, match="no tiene campos"):
        read(out.getvalue())


def test_a_hundred_thousand_fields_are_refused_in_time():
    objects = [b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields 3 0 R>>>>", b"<</Type/Pages/Kids[]/Count 0>>"]
    objects.append(b"[" + b" ".join(b"%d 0 R" % number for number in range(4, 100_004)) + b"]")
    objects += [b"<</FT/Tx/T(f%d)/V(x)>>" % number for number in range(100_000)]
    parts, places = [b"%PDF-1.7\n"], []
    length = len(parts[0])
    for number, body in enumerate(objects, 1):
        places.append(length)
        parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        length += len(parts[-1])
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, length)
    pdf = b"".join(parts) + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + rows + trailer
    started = time.monotonic()
    with pytest.raises(BadFile):
        read(pdf)
    assert time.monotonic() - started < 15


def cycle(pdf):
    kids = pdf.make_indirect(Dictionary(T=String("a"), Kids=Array()))
    kids.Kids.append(kids)
    kids.Parent = kids
    pdf.Root.AcroForm.Fields.append(kids)


def deep(pdf):
    field = pdf.make_indirect(Dictionary(T=String("leaf"), FT=Name.Tx, V=String("x")))
    for _ in range(500):
        field = pdf.make_indirect(Dictionary(T=String("a"), Kids=Array([field])))
    pdf.Root.AcroForm.Fields.append(field)


def nonsense(pdf):
    for odd in (Dictionary(T=5, FT=Name.Tx), Dictionary(FT=Name.Btn, T=String("b"), V=Array([1]), AP=String("x")), String("no field")):
        pdf.Root.AcroForm.Fields.append(pdf.make_indirect(odd))


@pytest.mark.parametrize("change", [cycle, deep, nonsense])
def test_a_crooked_tree_of_fields_is_read_or_refused_and_the_rest_stays(change):
    try:
        sent = read(changed(change))
    except BadFile:
        return
    assert (sent.fields["name"], sent.fields["why"]) == (("Persona",), ("Porque sí",))


@pytest.mark.parametrize("kept", [0, 9, 200, 5_000, len(PDF) // 2, len(PDF) - 400])
def test_a_cut_file_is_read_from_its_repaired_copy_or_refused(kept):
    try:
        sent = read(PDF[:kept])
    except BadFile:
        return
    assert sent.fields == read(PDF).fields


@pytest.mark.parametrize("data", [b"", b"not a pdf", b"\0" * 5000, b"PK\x03\x04" + b"a" * 500, b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_refused(data):
    with pytest.raises(BadFile):
        read(data)


def test_text_in_other_encodings_is_read():
    def change(pdf):
        fields = {str(widget.T): widget for widget in pdf.pages[0].Annots if "/T" in widget}
        fields["name"].V = pdf.make_stream("Ñandú".encode("utf-16"))
        fields["why"].V = pikepdf.String(b"caf\xe9")

    assert (read(changed(change)).fields["name"], read(changed(change)).fields["why"]) == (("Ñandú",), ("café",))
