"""A packet of twelve records, 34 pages, bound with outline, labels and true page numbers: ours beside pypdf append + merge_page."""

import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import pikepdf
from pypdf import PdfReader, PdfWriter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app.i18n import formatter
from app.rendering.fonts import BOLD, FOLDER
from app.rendering.packet import Attached, Chapter, Plan, packet
from app.rendering.preview import page_count
from app.rendering.readback import text_of_pdf
from app.rendering.record import record
from app.workflow.resolving import DOSSIER, resolve
from benchmarks.bench_record import IMPRINT, REPORT
from benchmarks.common import Candidate, Result, compare
from forms import FORMS
from forms.view import DossierView

LENGTHS = (2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 4)
"""Pages of the twelve records: 34."""
ENTRIES = {2: 1, 3: 6, 4: 11}
"""How many entries of the real report fill so many pages."""
SEAL = "Sello electrónico de la organización"


def results() -> Iterable[Result]:
    """Bare, and with every record attached. What comes out is read before the clock starts."""
    records = twelve()
    for task, attached in (("packet, 12 records, 34 pages", False), ("the same, records attached", True)):
        candidates = [
            Candidate("cover, index, tagged, PDF/A-3a", partial(ours, records, attached), ("pikepdf",)),
            Candidate("pypdf append + merge_page", partial(peer, records, attached), ("pypdf", "reportlab")),
        ]
        yield from compare(task, candidates, partial(_check, records))


@cache
def twelve() -> tuple[bytes, ...]:
    """Records of the real report, cut to their lengths."""
    answers = json.loads(Path(REPORT).read_text("utf-8"))
    dossier = DossierView(code=IMPRINT.code, programme=IMPRINT.programme, country="SLV", today="2021-07-12")
    made = []
    for number, length in enumerate(LENGTHS):
        given = {**answers, "entries": answers["entries"][: ENTRIES[length]]}
        imprint = replace(IMPRINT, seal=SEAL, code=f"PE-2027-URY-SLV-01/A7-{number + 1:02d}")
        made.append(record(resolve(FORMS["IAT"], given, dossier, DOSSIER, formatter("es", "SLV"), imprint)))
    assert tuple(map(page_count, made)) == LENGTHS
    return tuple(made)


def ours(records: tuple[bytes, ...], attached: bool) -> bytes:
    """The packet as the house makes it, its own pages too."""
    chapters = tuple(_chapter(number, each, attached) for number, each in enumerate(records))
    facts = (("Código", "PE-2027-URY-SLV-01"), ("Paquete", "P1"))
    imprint = replace(IMPRINT, code="PE-2027-URY-SLV-01/P1", seal=SEAL)
    return packet(Plan("Pasantía", ("El Salvador", "Uruguay"), "12 al 16 de abril de 2027", facts, "es", imprint, chapters)).data


def _chapter(number: int, data: bytes, attached: bool) -> Chapter:
    name = f"A7-{number + 1:02d}.pdf"
    return Chapter(
        f"Anexo VII · {number + 1:02d}", f"PE-2027-URY-SLV-01/A7-{number + 1:02d}", "v1", "12/03/2027", hashlib.sha256(data).hexdigest(),
        record=data, attached=Attached(name, data, "application/pdf", name) if attached else None,
    )  # fmt: skip


def peer(records: tuple[bytes, ...], attached: bool) -> bytes:
    """As its documentation shows: append each file under a bookmark, lay a page with its number over every page. The tags are lost."""
    writer = PdfWriter()
    for number, each in enumerate(records):
        writer.append(io.BytesIO(each), outline_item=f"Anexo VII · {number + 1:02d}", import_outline=False)
        if attached:
            writer.add_attachment(f"A7-{number + 1:02d}.pdf", each)
    numbers = PdfReader(io.BytesIO(_numbers(len(writer.pages))))
    for page, number in zip(writer.pages, numbers.pages, strict=True):
        page.merge_page(number)
    writer.set_page_label(0, len(writer.pages) - 1, style="/D")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _numbers(pages: int) -> bytes:
    if BOLD not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(BOLD, str(FOLDER / f"{BOLD}.ttf")))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792), initialFontName=BOLD)
    for number in range(1, pages + 1):
        canvas.setFont(BOLD, 7)
        canvas.drawRightString(520, 49, f"PE-2027-URY-SLV-01/P1 · página {number} de {pages}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _check(records: tuple[bytes, ...], outputs: Mapping[str, object]) -> None:
    for name, output in outputs.items():
        assert isinstance(output, bytes)
        with pikepdf.open(io.BytesIO(output)) as file, file.open_outline() as outline:
            assert len(file.pages) >= sum(LENGTHS), name
            assert len(outline.root) >= len(records), name
        text = text_of_pdf(output)
        assert all(f"PE-2027-URY-SLV-01/A7-{number + 1:02d}" in text for number in range(len(records))), name
        assert f"página {page_count(output)} de {page_count(output)}" in text, name
    with pikepdf.open(io.BytesIO(next(each for each in outputs.values() if isinstance(each, bytes)))) as file:
        assert len(file.Root.StructTreeRoot.K.K) >= len(records), "the structure of every record is there"
