"""Word: one filled template by this project and by docxtpl as its documentation says, the XML of both equal first."""

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from docx import Document
from docxtpl import DocxTemplate
from lxml import etree

from app.i18n import formatter
from app.rendering.word import word
from app.rendering.word.compiled import compiled
from app.workflow import templates
from app.workflow.resolving import OWN, resolve
from benchmarks.common import Candidate, Result, compare
from forms import FORMS
from forms.resolved import Imprint
from forms.view import DossierView

REPORT = Path(__file__).parents[1] / "app" / "demo" / "iat_slv_2021_1.json"
IMPRINT = Imprint("Asistencia técnica en primera infancia", "IAT-SLV-CONNA-DPI-2021-1", "v1", "Borrador", "12/07/2021", "Uso interno",
                  "4T7K-9QXM-2B6D-HW3E", "https://example.org/v/4T7K9QXM2B6DHW3E", "El Salvador · enero–junio de 2021")
SENTENCE = "Las sesiones se desarrollarán en español, con atención específica a la inclusión y a la accesibilidad cognitiva."
FIELDS = 60
PARTS = "word/document.xml", "word/header1.xml", "word/footer1.xml"


def results() -> Iterable[Result]:
    """The annex promised for (46 KB of document.xml), the shipped template with the real report, and the same at 120 entries."""
    yield from measured("Word annex, {kb} KB document.xml", annex(), ANNEX)
    template, texts = report()
    yield from measured("Word, semiannual report of 17 entries, {kb} KB document.xml", template, texts)
    longest = texts["iat"] | {"entries": (list(texts["iat"]["entries"]) * 8)[:120]}
    yield from measured("Word, semiannual report of 120 entries, {kb} KB document.xml", template, texts | {"iat": longest})


def measured(task: str, template: bytes, texts: Mapping[str, Any]) -> Iterable[Result]:
    """Ours, warm and with the template compiled each time, and docxtpl."""
    filled = word(template, texts)
    with zipfile.ZipFile(io.BytesIO(filled)) as archive:
        size = archive.getinfo(PARTS[0]).file_size
    candidates = (
        Candidate("anexa", lambda: word(template, texts), ("jinja2",)),
        Candidate("anexa, template compiled each time", lambda: cold(template, texts), ("docxtpl",)),
        Candidate("docxtpl as documented", lambda: stock(template, texts), ("docxtpl", "python-docx")),
    )
    yield from compare(task.format(kb=round(size / 1000)), candidates, same_xml)


def cold(template: bytes, texts: Mapping[str, Any]) -> bytes:
    """What the first document of a template costs."""
    compiled.cache_clear()
    return word(template, texts)


def stock(template: bytes, texts: Mapping[str, Any]) -> bytes:
    """Open, render, save."""
    document, out = DocxTemplate(io.BytesIO(template)), io.BytesIO()
    document.render(dict(texts), autoescape=True)
    document.save(out)
    return out.getvalue()


def same_xml(outputs: Mapping[str, object]) -> None:
    """All candidates' body, head and foot are the same canonical XML."""
    seen = {name: canonical(made) for name, made in outputs.items() if isinstance(made, bytes)}
    assert len(seen) == len(outputs)
    assert len({tuple(each.values()) for each in seen.values()}) == 1, "the XML differs"


def canonical(made: bytes) -> dict[str, bytes]:
    """C14N of the parts that change."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name: etree.tostring(etree.fromstring(archive.read(name)), method="c14n") for name in PARTS}


def report() -> tuple[bytes, Mapping[str, Any]]:
    """The shipped template and the real report."""
    form, answers = FORMS["IAT"], json.loads(REPORT.read_text(encoding="utf-8"))
    resolved = resolve(form, answers, DossierView(country="SLV"), OWN, formatter("es", "SLV"), IMPRINT)
    return (templates.FOLDER / "IAT" / form.edition / "es" / "IAT.docx").read_bytes(), resolved.texts


STOP = {"hour": "09:00", "what": SENTENCE[:70], "who": "Coordinación", "where": "Sala"}
PERSON = {"name": "Participante", "document": "00000000", "sent_by": "Universidad", "role": "Dirección"}
ANNEX: dict[str, Any] = {
    "a": {f"field_{n}": SENTENCE[: 20 + n] for n in range(FIELDS)} | {
        "long": SENTENCE * 17,
        "agenda": [{"n": str(n), **STOP} for n in range(20)],
        "people": [{"n": str(n), **PERSON} for n in range(20)]}}


def annex() -> bytes:
    """Sixty labelled answers, two long ones, an agenda and a list of people, as one would write it in Word."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "{{ a.field_0 }}"
    document.sections[0].footer.paragraphs[0].text = "{{ a.field_1 }}"
    for n in range(FIELDS):
        document.add_paragraph().add_run(f"Etiqueta del campo {n}: ").bold = True
        document.paragraphs[-1].add_run(f"{{{{ a.field_{n} }}}}")
    for _ in range(2):
        document.add_paragraph("{{ a.long }}")
    for name in ("agenda", "people"):
        keys = list(ANNEX["a"][name][0])
        table = document.add_table(rows=4, cols=len(keys))
        looped(table, name, keys)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def looped(table: Any, name: str, keys: list[str]) -> None:
    """A head and a row for each of `name`."""
    for cell, key in zip(table.rows[0].cells, keys, strict=True):
        cell.text = key.capitalize()
    whole = table.rows[1].cells[0].merge(table.rows[1].cells[-1])
    whole.text = f"{{%tr for row in a.{name} %}}"
    for cell, key in zip(table.rows[2].cells, keys, strict=True):
        cell.text = f"{{{{ row.{key} }}}}"
    table.rows[3].cells[0].merge(table.rows[3].cells[-1]).text = "{%tr endfor %}"
