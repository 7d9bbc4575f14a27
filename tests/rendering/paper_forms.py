"""Forms asked, drawn and read back as their filler would: what the tests of fillable PDFs share."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
from werkzeug.datastructures import MultiDict

from app.i18n import formatter
from app.rendering.fillable import fillable, flattened
from app.web.asking import posted
from app.workflow.resolving import asked, filled, reading
from forms.blocks import Box
from forms.path import AnswerPath
from forms.resolved import AskedSection, Imprint
from forms.values import EMPTY, ORDER
from forms.view import DossierView

DOSSIER = DossierView(country="SLV")
ABOUT = {"form": "T", "edition": "2026-1", "document": "a1b2", "revision": "7"}
IMPRINT = Imprint("Programa de prueba", "T-1", "v1", "Borrador", "12/07/2021", "Uso interno", "", "", moment="2021-07-12T15:04:05+00:00")
FMT = formatter("es", "SLV")


def of(form, answers, **more):
    """What a form asks on paper, with what stands in it."""
    return asked(form, answers, DOSSIER, FMT, blank=True, seed="document", **more)


def live(form, answers, imprint=IMPRINT):
    return fillable(of(form, answers), FMT.words(form.title), imprint, "es", ABOUT)


def flat(form, answers, imprint=IMPRINT):
    return flattened(of(form, answers), FMT.words(form.title), imprint, "es", ABOUT)


def section(*boxes):
    """A form of these boxes alone."""
    return (AskedSection("only", "1", "Sección", boxes),)


def box(key, type_="text", *raw, **more):
    return Box(AnswerPath((key,)), type_, f"Pregunta {key}", raw=raw, **more)


def drawn(*boxes, how=fillable):
    return how(section(*boxes), "Prueba", IMPRINT, "es", ABOUT)


def answered(form, sent, answers):
    """What a page of a document with these answers would save of the same post, by path; empty leaves out. Fails if one is refused."""
    known = filled(form, answers, DOSSIER, keeping=True)
    at = reading(form, known, DOSSIER, FMT, blank=True, seed="document")
    post = MultiDict([(name.replace(".", "-"), each) for name, said in sent.fields.items() for each in said])
    for part in form.parts:
        copies = {name.split(".")[1] for name in sent.fields if part.subject and name.startswith(f"{part.key}.")}
        post.setlistdefault(f"{part.key}-_rows").extend(sorted(copies - {"_rows"}))
    page = posted(form.kinds, {}, post, at)
    assert {name: refusal.sentence for name, refusal in page.refusals()} == {}
    return {path.pdf: value for path, value in page.leaves() if value not in EMPTY and not path.pdf.endswith(ORDER)}


def pictured_text(pdf):
    """The text of all pages with what the fields show, white space dropped, as PDFium reads it."""
    document = pypdfium2.PdfDocument(pdf)
    for number in range(len(document)):
        pypdfium2.raw.FPDFPage_Flatten(document[number], pypdfium2.raw.FLAT_NORMALDISPLAY)
    told = "".join(document[number].get_textpage().get_text_bounded() for number in range(len(document)))
    document.close()
    return "".join(told.split())


def widgets(pdf):
    """The fields' places by full name."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return {_name(each): [float(side) for side in each.Rect] for page in file.pages for each in page.get("/Annots", ())}


def _name(widget):
    steps = []
    while True:
        steps += [str(widget.T)] if "/T" in widget else []
        if "/Parent" not in widget:
            return ".".join(reversed(steps))
        widget = widget.Parent
