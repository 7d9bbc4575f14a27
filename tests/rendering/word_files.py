"""Word files for the tests: templates written with python-docx as a secretary would, and what is read out of a filled one."""
from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from docx import Document
from docxtpl import DocxTemplate
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXTS: dict[str, Any] = {
    "a": {"title": "Título", "note": "Nota", "flag": True, "none": [],
          "items": [{"items": "uno", "kind": "x"}, {"items": "dos", "kind": "y"}]},
    "doc": {"code": "IAT-1"}}


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def template(*paragraphs: str, change: Callable[[Any], None] | None = None) -> bytes:
    """A template with these paragraphs."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if change:
        change(document)
    return saved(document)


def usual() -> bytes:
    """Names in body, head and foot, a name split over runs, a condition, a loop of paragraphs and one of rows with a merged cell."""

    def change(document: Any) -> None:
        split = document.add_paragraph("Partido: ")
        for piece, bold in (("{{ a.", True), ("note", False), (" }}", True)):
            split.add_run(piece).bold = bold
        table = document.add_table(rows=5, cols=3)
        table.rows[0].cells[0].merge(table.rows[0].cells[2]).text = "Cabeza"
        table.rows[1].cells[0].merge(table.rows[1].cells[2]).text = "{%tr for r in a['items'] %}"
        for cell, text in zip(table.rows[2].cells, ("{{ loop.index }}", "{{ r.kind }}", "{{ a.title }}"), strict=True):
            cell.text = text
        table.rows[3].cells[0].merge(table.rows[3].cells[2]).text = "{%tr endfor %}"
        table.rows[4].cells[0].merge(table.rows[4].cells[2]).text = "Fin"
        document.sections[0].header.paragraphs[0].text = "{{ doc.code }} {{ a.title }}"
        document.sections[0].footer.paragraphs[0].text = "{{ a.note }}\tpie"

    condition = "{%p if a.flag %}", "Sí: {{ a.note }} y {{ a.note or '—' }}", "{%p endif %}"
    return template("{{ a.title }}", *condition, "{%p for r in a['items'] %}", "{{ r.kind }}", "{%p endfor %}", change=change)


def by_docxtpl(source: bytes, texts: Mapping[str, Any], **more: Any) -> bytes:
    """The same, filled as docxtpl's documentation says."""
    document = DocxTemplate(io.BytesIO(source))
    document.render(dict(texts), autoescape=True, **more)
    return saved(document)


def parts(container: bytes, *names: str) -> dict[str, bytes]:
    """Canonical XML (C14N) of the parts, all but the properties if none is named."""
    with zipfile.ZipFile(io.BytesIO(container)) as archive:
        chosen = names or [name for name in archive.namelist() if name.endswith((".xml", ".rels")) and name != "docProps/core.xml"]
        return {name: etree.tostring(etree.fromstring(archive.read(name)), method="c14n") for name in chosen}


def paragraphs(container: bytes, part: str = "word/document.xml") -> list[str]:
    """The text of each paragraph as Word shows it: tabs and line breaks are characters."""
    with zipfile.ZipFile(io.BytesIO(container)) as archive:
        tree = etree.fromstring(archive.read(part))
    return ["".join(_shown(each) for each in paragraph.iter(W + "t", W + "tab", W + "br")) for paragraph in tree.iter(W + "p")]


def _shown(element: Any) -> str:
    if element.tag == W + "tab":
        return "\t" if element.getparent().tag == W + "r" else ""
    return "\n" if element.tag == W + "br" else str(element.text or "")
