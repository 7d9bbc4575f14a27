"""The record, tagged and archivable, beside the same blocks through reportlab's platypus, untagged and without attachment."""

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Table, TableStyle

from app.i18n import formatter
from app.rendering.fonts import BOLD, FOLDER, REGULAR
from app.rendering.readback import missing_from_pdf
from app.rendering.record import record
from app.workflow.resolving import DOSSIER, resolve
from benchmarks.common import Candidate, Result, compare
from forms import FORMS
from forms.blocks import Bars, Block, Cards, Line, Note, Prose, Rows, SignatureBox, Ticks
from forms.resolved import Imprint, Resolved
from forms.samples import maximal
from forms.values import Answers
from forms.view import DossierView

REPORT = Path(__file__).parents[1] / "app" / "demo" / "iat_slv_2021_1.json"
IMPRINT = Imprint(
    programme="Programa de cooperación", code="IAT-SLV-CONNA-DPI-2021-1", version="v1", state="Aprobado", date="12/07/2021",
    classification="Uso interno", verification="4T7K-9QXM-2B6D-HW3E", verification_url="https://example.org/v/4T7K9QXM2B6DHW3E",
    subtitle="El Salvador · enero–junio de 2021",
)
WIDTH = A4[0] - 36 * mm
TINT, RULE, INK, GREY = "#E3EEEE", "#C9D1D3", "#1C2326", "#505A5F"


def results() -> Iterable[Result]:
    """The real report and the longest one: 120 entries with every answer at its limit."""
    answers = {"record, real report": json.loads(REPORT.read_text("utf-8")), "record, longest report": maximal(FORMS["IAT"])}
    for task, given in answers.items():
        yield from _timed(task, _resolved(given))


def _resolved(answers: Answers) -> Resolved:
    dossier = DossierView(code=IMPRINT.code, programme=IMPRINT.programme, country="SLV", today="2021-07-12")
    return resolve(FORMS["IAT"], answers, dossier, DOSSIER, formatter("es", "SLV"), IMPRINT)


def _timed(task: str, resolved: Resolved) -> tuple[Result, ...]:
    candidates = [
        Candidate("record, PDF/UA-1 and PDF/A-3a", partial(record, resolved)),
        Candidate("platypus, untagged", partial(platypus, resolved), ("reportlab", "rl_accel")),
        Candidate("platypus, untagged, without the grid", partial(platypus, resolved, grid=False), ("reportlab", "rl_accel")),
    ]

    def check(outputs: Mapping[str, object]) -> None:
        for name, output in outputs.items():
            assert isinstance(output, bytes)
            assert missing_from_pdf(output, resolved) == [], name

    return compare(task, candidates, check)


# ── the peer ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def styles() -> dict[str, ParagraphStyle]:
    for name in (REGULAR, BOLD):
        pdfmetrics.registerFont(TTFont(name, str(FOLDER / f"{name}.ttf")))
    value = ParagraphStyle("value", fontName=REGULAR, fontSize=9.5, leading=12.5, textColor=INK)
    return {
        "value": value,
        "cell": ParagraphStyle("cell", parent=value, fontSize=8.5, leading=11),
        "label": ParagraphStyle("label", parent=value, fontSize=7.5, leading=9.5, textColor=GREY),
        "group": ParagraphStyle("group", parent=value, fontName=BOLD, spaceBefore=5, keepWithNext=1),
        "section": ParagraphStyle("section", parent=value, fontName=BOLD, fontSize=11, leading=16, spaceBefore=8, keepWithNext=1),
        "title": ParagraphStyle("title", parent=value, fontName=BOLD, fontSize=16, leading=20),
    }


def platypus(resolved: Resolved, grid: bool = True) -> bytes:
    """The same words in the same places as a user of platypus would put them; `grid`: lines side by side on twelve columns."""
    out, story = io.BytesIO(), [_words(resolved.title, "title"), _words(resolved.imprint.subtitle)]
    for section in resolved.sections:
        story.append(_words(f"{section.number}. {section.title}", "section"))
        story += _flowables((block for answer in section.answers for block in answer.blocks), grid)

    def foot(canvas: Canvas, _document: SimpleDocTemplate) -> None:
        canvas.setFont(REGULAR, 7)
        canvas.drawString(18 * mm, 10 * mm, f"{resolved.imprint.code} · {resolved.imprint.state} · {canvas.getPageNumber()}")

    margins = {"leftMargin": 18 * mm - 6, "rightMargin": 18 * mm - 6, "topMargin": 16 * mm, "bottomMargin": 20 * mm}
    SimpleDocTemplate(out, pagesize=A4, title=resolved.title, **margins).build(story, onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


def _words(text: str, style: str = "value") -> Paragraph:
    return Paragraph(escape(text), styles()[style])


def _labelled(label: str, text: str) -> list[Flowable]:
    return [_words(label, "label"), _words(text or "—")]


def _flowables(blocks: Iterable[Block], grid: bool) -> Iterator[Flowable]:
    run: list[tuple[int, list[Flowable]]] = []
    for block in blocks:
        if isinstance(block, Line):
            run.append((block.span if grid else 12, _labelled(block.label, block.text)))
            continue
        yield from _packed(run)
        run = []
        yield from _drawn(block, grid)
    yield from _packed(run)


def _packed(run: list[tuple[int, list[Flowable]]]) -> Iterator[Flowable]:
    lines: list[list[tuple[int, list[Flowable]]]] = [[]]
    for span, cell in run:
        if sum(each for each, _ in lines[-1]) + span > 12:
            lines.append([])
        lines[-1].append((span, cell))
    for line in filter(None, lines):
        if len(line) == 1:
            yield from line[0][1]
        else:
            style = TableStyle([("LEFTPADDING", (0, 0), (-1, -1), 0), ("VALIGN", (0, 0), (-1, -1), "TOP")])
            yield Table([[cell for _, cell in line]], colWidths=[WIDTH * span / 12 for span, _ in line], style=style, hAlign="LEFT")


def _drawn(block: Block, grid: bool) -> Iterable[Flowable]:
    drawn: dict[type, Callable[[], Iterable[Flowable]]] = {
        Prose: lambda: [_words(block.label, "label"), *(_words(text) for text in block.paragraphs or ("—",))],
        Note: lambda: [_words(text) for text in block.paragraphs],
        Ticks: lambda: [_words(block.label, "label"), *(_words(words) for words, _ in block.options)],
        Bars: lambda: [_words(block.label, "label"), *(_words(f"{bar.label} {bar.text}", "cell") for bar in block.bars)],
        SignatureBox: lambda: [_words(f"{block.role} {block.name} {block.position} {block.note}")],
        Rows: lambda: _cards(block, grid) if isinstance(block.view, Cards) else _table(block),
    }
    return drawn[type(block)]() if type(block) in drawn else [_words(block.label, "group")]


def _table(rows: Rows) -> Iterable[Flowable]:
    total = sum(column.weight for column in rows.columns)
    body = [[_words(row.cells[column.key].text or "—", "cell") for column in rows.columns] for row in rows.rows]
    every = (0, 0), (-1, -1)
    style = TableStyle([("BACKGROUND", (0, 0), (-1, 0), TINT), ("LINEBELOW", *every, 0.25, RULE), ("VALIGN", *every, "TOP")])
    widths = [WIDTH * column.weight / total for column in rows.columns]
    yield _words(rows.label, "group")
    yield Table([[_words(column.label, "cell") for column in rows.columns], *body], colWidths=widths, repeatRows=1, style=style)


def _cards(rows: Rows, grid: bool) -> Iterable[Flowable]:
    yield _words(rows.label, "group")
    last = ""
    for row in rows.rows:
        group = row.cells[rows.view.by].text if rows.view.by else ""
        if group != last:
            yield _words(group, "group")
        last = group
        head = _words(" · ".join(row.cells[key].text for key in rows.view.title), "group")
        rest = [column for column in rows.columns if column.key not in (*rows.view.title, rows.view.by)]
        blocks = (_told(row.cells[column.key].blocks, column.label, row.cells[column.key].text) for column in rest)
        yield KeepTogether([head, *_flowables((block for some in blocks for block in some), grid)])


def _told(blocks: tuple[Block, ...], label: str, text: str) -> tuple[Block, ...]:
    """Short answers three to a line, as the record's cards have them."""
    if len(blocks) != 1 or not isinstance(blocks[0], Line):
        return blocks
    return (Line(blocks[0].path, label, text, 4 if len(text) < 40 else 12),)
