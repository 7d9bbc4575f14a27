"""A PDF form of 60 fields, filled and flattened: ours and pypdf on the same form, every answer read in both outputs before timing."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

import pypdfium2
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app.rendering.fillable import _template, fillable, flattened
from app.rendering.fonts import FOLDER, REGULAR
from app.rendering.readback import text_of_pdf
from benchmarks.common import Candidate, Result, compare
from forms.blocks import Box
from forms.path import AnswerPath
from forms.resolved import AskedSection, Imprint

IMPRINT = Imprint("Asistencia técnica en primera infancia", "IAT-SLV-CONNA-DPI-2021-1", "v1", "Enviado", "12/07/2021", "Interno", "", "")
ABOUT = {"form": "IAT", "edition": "2026-1", "document": "8f14e45fceea167a", "revision": "12"}
FIELDS, CLIPPED = 60, 40
"""Letters of an answer that are looked for in a peer's output: pypdf does not wrap, what is wider than its box is cut off."""
SENTENCE = "Las sesiones se desarrollarán en español, con atención específica a la inclusión y a la accesibilidad cognitiva. "
TITLE = "Informe semestral de asistencia técnica"


def results() -> Iterable[Result]:
    """Flat, and for the record our own live fields, which keep their font."""
    own, plain = fillable(asked({}), TITLE, IMPRINT, "es", ABOUT), usual()
    answers = {f"answer{number}": said(number) for number in range(FIELDS)}
    sections = asked(answers)
    candidates = [
        Candidate("anexa, flat", partial(flattened, sections, TITLE, IMPRINT, "es", ABOUT)),
        Candidate("pypdf on a plain form of reportlab's", partial(stock, plain, answers), ("pypdf",)),
        Candidate("the same, streams compressed", partial(stock, plain, answers, compress=True), ("pypdf",)),
        Candidate("pypdf on our own form", partial(stock, own, answers), ("pypdf",)),
        Candidate("anexa, flat, form drawn each time", partial(cold, sections), ("reportlab", "pikepdf")),
        Candidate("anexa, live fields", partial(fillable, sections, TITLE, IMPRINT, "es", ABOUT)),
    ]
    yield from compare(f"PDF form, {FIELDS} fields", candidates, partial(every_answer, answers))


def asked(answers: Mapping[str, str]) -> tuple[AskedSection, ...]:
    """60 boxes on three pages: lines and paragraphs as a form has them."""
    boxes = [box(number, answers.get(f"answer{number}", "")) for number in range(FIELDS)]
    return tuple(AskedSection(f"part{at}", str(at + 1), f"Parte {at + 1}", tuple(boxes[at * 20 : at * 20 + 20])) for at in range(3))


def box(number: int, text: str) -> Box:
    """Every fifth is a paragraph."""
    raw = (text,) if text else ()
    form = Box(AnswerPath((f"answer{number}",)), "text", f"Pregunta {number + 1}", limit=40, span=6, required=True, raw=raw)
    return replace(form, type="multiline", limit=300, span=12) if number % 5 == 4 else form


def said(number: int) -> str:
    """An answer different from the others."""
    return f"{number}: {SENTENCE * 2}"[:290] if number % 5 == 4 else f"Niñez n.º {number} — ñandú"


def usual() -> bytes:
    """The same questions as a user of reportlab draws them: labels in an embedded font, fields in Helvetica."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    pdfmetrics.registerFont(TTFont(REGULAR, str(FOLDER / f"{REGULAR}.ttf")))
    for page in range(3):
        top = A4[1] - 60.0
        for each in asked({})[page].boxes:
            assert isinstance(each, Box)
            lines = 4 if each.type == "multiline" else 1
            canvas.setFont(REGULAR, 7.5)
            canvas.drawString(50, top + 2, each.label)
            more = {"fieldFlags": "multiline"} if lines > 1 else {}
            canvas.acroForm.textfield(
                name=each.path.pdf, x=50, y=top - 14 * lines, width=490 if lines > 1 else 240, height=14 * lines, fontSize=9, **more
            )
            top -= 14 * lines + 15
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def stock(blank: bytes, answers: Mapping[str, str], *, compress: bool = False) -> bytes:
    """As its documentation fills and flattens."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(blank)))
    writer.update_page_form_field_values(None, dict(answers), auto_regenerate=False, flatten=True)
    writer.remove_annotations(subtypes="/Widget")
    writer._root_object.pop(NameObject("/AcroForm"))
    if compress:
        writer.compress_identical_objects()
        for page in writer.pages:
            page.compress_content_streams()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def cold(sections: tuple[AskedSection, ...]) -> bytes:
    """What the first document of a shape costs."""
    _template.cache_clear()
    return flattened(sections, TITLE, IMPRINT, "es", ABOUT)


def every_answer(answers: Mapping[str, str], outputs: Mapping[str, object]) -> None:
    """Each answer stands in the text of each file; live fields are flattened by PDFium to be read."""
    for name, output in outputs.items():
        assert isinstance(output, bytes)
        told = "".join((live_text(output) if "live" in name else text_of_pdf(output)).split())
        for answer in answers.values():
            assert "".join(answer.split())[: None if "anexa" in name else CLIPPED] in told, f"{name}: {answer}"


def live_text(pdf: bytes) -> str:
    """The text with the fields' drawings."""
    document = pypdfium2.PdfDocument(pdf)
    for number in range(len(document)):
        pypdfium2.raw.FPDFPage_Flatten(document[number], pypdfium2.raw.FLAT_NORMALDISPLAY)
    return "".join(document[number].get_textpage().get_text_bounded() for number in range(len(document)))
