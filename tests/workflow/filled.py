"""Filled forms as other programs write them: fields with values, drawn or not."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from pypdf import PdfReader, PdfWriter


def pdf(fields, about=None, shown=None):
    """A PDF with these text fields by full name; `about` are the hidden ones, `shown` what is drawn where it is not the value."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(595, 842))
    page.Annots = Array()
    form = made.Root.AcroForm = made.make_indirect(Dictionary(Fields=Array()))
    every = {f"_{name}": value for name, value in (about or {}).items()} | fields
    nodes = {}
    for number, (name, value) in enumerate(every.items()):
        widget = made.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String(name.rpartition(".")[2]), V=_text(value))
        )
        widget.Rect = Array([20, 820 - number * 8, 500, 828 - number * 8])
        if shown and name in shown:
            widget.AP = Dictionary(N=_drawing(made, shown[name]))
        page.Annots.append(widget)
        _hang(made, form, nodes, name, widget)
    return saved(made)


def _text(value):
    """Text as any program may write it, letters cut in half too."""
    return String(b"\xfe\xff" + value.encode("utf-16-be", "surrogatepass"))


def _hang(made, form, nodes, name, widget):
    above = name.rpartition(".")[0]
    if not above:
        form.Fields.append(widget)
        return
    if above not in nodes:
        nodes[above] = made.make_indirect(Dictionary(T=String(above.rpartition(".")[2]), Kids=Array()))
        _hang(made, form, nodes, above, nodes[above])
    widget.Parent = nodes[above]
    nodes[above].Kids.append(widget)


def _drawing(made, words):
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    drawn = made.make_stream(f"BT /F 7 Tf 2 2 Td ({words}) Tj ET".encode("latin-1"))
    resources = Dictionary(Font=Dictionary(F=font))
    drawn.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 480, 8]), Resources=resources))
    return drawn


def saved(made, **how):
    out = io.BytesIO()
    made.save(out, **how)
    return out.getvalue()


def names(data):
    """The full names of a form's fields."""
    return [name for name, field in PdfReader(io.BytesIO(data)).get_fields().items() if "/FT" in field]


def fill(data, fields):
    """A form of ours filled by another program: words as they are, the code of a tick after '/'."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.update_page_form_field_values(None, fields, auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def about(document, revision=None):
    """What a form downloaded from a document says of itself."""
    return {"form": document.form, "edition": document.edition, "document": document.id,
            "revision": str(document.revision if revision is None else revision)}


def blank(document):
    """What a blank form of the same edition says of itself."""
    return {"form": document.form, "edition": document.edition, "document": "", "revision": ""}
