"""A Word template opened, patched and compiled once; a document then costs one rendering of the parts that change."""
from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal, TypeAlias

import docx.oxml.ns
from docx.opc.constants import CONTENT_TYPE
from docxtpl import DocxTemplate
from jinja2 import Template
from jinja2.exceptions import TemplateError
from lxml import etree

from app.errors import Told
from app.rendering.word.grammar import faults_in
from app.rendering.word.package import Package, settled
from app.rendering.word.sandbox import ENVIRONMENT, Sandbox
from forms.values import N_

Way: TypeAlias = Literal["fast", "safe", "stock"]
DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
BODY = "word/document.xml"
PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
"""The core properties docxtpl renders."""
CELL = re.compile(r"<w:tc[ >](?:(?!<w:tc[ >]).)*?</w:tc>", re.DOTALL)
ROW = re.compile(r"<w:tr[ >].*?</w:tr>", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
SPELLED = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
"""docxtpl's spelling of braces that are meant as such."""
CLOSING = "</w:p>"
LISTING = ("\n", "\t", "\f")
FIRST_DRAWING = 1000


class BadTemplate(Told):
    """A template that cannot be compiled or filled; `why` is docxtpl's or Jinja's own word, for who made it."""

    message = N_("La plantilla de Word no se puede rellenar: {why}.")


class Sources:
    """What docxtpl makes of a template: the patched source of each part with names in it, and what of it stays as it is."""

    def __init__(self, template: bytes) -> None:
        self.docx = DocxTemplate(io.BytesIO(template))
        self.docx.render_init()
        self.head, self.tail, body = self._body()
        self.parts = {BODY: body} | {name: self.docx.patch_xml(xml) for name, xml in self._around()}
        self.properties = [str(getattr(self.docx.core_properties, name) or "") for name in PROPERTIES]
        self.footnotes = list(self._footnotes())

    def _body(self) -> tuple[str, str, str]:
        """The document up to its body and after it, and the body's source without the namespaces said before."""
        whole = etree.tostring(self.docx.docx.element, encoding="unicode")
        start, end = whole.index("<w:body"), whole.rindex("</w:body>") + len("</w:body>")
        body = re.sub(r"^<w:body[^>]*>", "<w:body>", self.docx.get_xml())
        return DECLARATION + whole[:start], whole[end:], self.docx.patch_xml(body)

    def _around(self) -> Iterator[tuple[str, str]]:
        for uri in (self.docx.HEADER_URI, self.docx.FOOTER_URI):
            for _, part in self.docx.get_headers_footers(uri):
                yield part.partname.lstrip("/"), self.docx.get_part_xml(part)

    def _footnotes(self) -> Iterator[str]:
        for part in self.docx.docx.part.package.iter_parts():
            if part.content_type == CONTENT_TYPE.WML_FOOTNOTES:
                yield self.docx.patch_xml(part.blob.decode())

    @property
    def xml(self) -> list[str]:
        """Every part that is XML."""
        return [*self.parts.values(), *self.footnotes]

    def way(self) -> Way:
        """fast: rendering is all docxtpl would do; safe: it also mends tables or numbers pictures; stock: there are names elsewhere too."""
        if any(TAG.search(text) for text in (*self.properties, *self.footnotes)):
            return "stock"
        return "fast" if _settled(self.parts[BODY]) else "safe"


class Compiled:
    """One template, ready to be filled many times and from many threads."""

    def __init__(self, template: bytes) -> None:
        try:
            sources = Sources(template)
        except Exception as error:  # a file from outside may raise anything
            raise BadTemplate(why=str(error)) from error
        for part in (*sources.xml, *sources.properties):
            _refuse(part)
        self.way = sources.way()
        self._template = template
        self._head, self._tail = sources.head, sources.tail
        self._parts = {name: _compiled(source) for name, source in sources.parts.items()}
        self._package = Package(template, self._parts)

    def filled(self, texts: Mapping[str, Any]) -> bytes:
        """The document with `texts` in it. Raises BadTemplate for a name without a text."""
        try:
            return self._stock(texts) if self.way == "stock" else self._package.written(dict(self._rendered(texts)))
        except (TemplateError, ArithmeticError, TypeError, ValueError) as error:
            raise BadTemplate(why=str(error)) from error

    def _rendered(self, texts: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
        for name, part in self._parts.items():
            xml = _with_listing(part.render(texts))
            if name == BODY:
                xml = f"{self._head}{xml if self.way == 'fast' else _repaired(xml, self._head)}{self._tail}"
            yield name, xml.encode()

    def _stock(self, texts: Mapping[str, Any]) -> bytes:
        document, out = DocxTemplate(io.BytesIO(self._template)), io.BytesIO()
        document.render(dict(texts), jinja_env=Sandbox(), autoescape=True)
        document.save(out)
        return settled(out.getvalue())


@lru_cache(maxsize=64)
def compiled(template: bytes) -> Compiled:
    """The template compiled, once for the same bytes. Raises BadTemplate."""
    return Compiled(template)


def _compiled(source: str) -> Template:
    for spelled, braces in SPELLED.items():
        source = source.replace(spelled, f'{{{{ "{braces}" }}}}')
    try:
        return ENVIRONMENT.from_string(source)
    except (TemplateError, RecursionError, SyntaxError) as error:
        raise BadTemplate(why=str(error)) from error


def _refuse(source: str) -> None:
    """Raises BadTemplate for what a check would find, since a template may come to be filled unchecked."""
    for fault in faults_in(source):
        raise BadTemplate(why=str(fault))


def _with_listing(xml: str) -> str:
    """docxtpl's own pass for line breaks, tabs and page breaks, run on the paragraphs that have one: it matches up to each `</w:p>`."""
    there = [each for each in LISTING if each in xml]
    pieces, done, listing = [], 0, DocxTemplate("").resolve_listing
    while (at := min((spot for each in there if (spot := xml.find(each, done)) >= 0), default=-1)) >= 0:
        start, end = _paragraph_around(xml, at, done)
        pieces += [xml[done:start], listing(xml[start:end])]
        done = end
    return "".join((*pieces, xml[done:]))


def _paragraph_around(xml: str, at: int, after: int) -> tuple[int, int]:
    """From the end of the paragraph before to the end of this one."""
    before, end = xml.rfind(CLOSING, after, at), xml.find(CLOSING, at)
    return (after if before < 0 else before + len(CLOSING)), (len(xml) if end < 0 else end + len(CLOSING))


def _repaired(body: str, head: str) -> str:
    """docxtpl's passes over the tree: as many grid columns as cells, pictures numbered."""
    namespaces = re.findall(r'xmlns:\w+="[^"]*"', head)
    repair = DocxTemplate("")
    repair.docx_ids_index = FIRST_DRAWING
    tree = repair.fix_tables(body.replace("<w:body", f"<w:body {' '.join(namespaces)}", 1))
    repair.fix_docpr_ids(tree)
    return str(etree.tostring(tree, encoding="unicode"))


def _settled(body: str) -> bool:
    """Whether docxtpl's passes over the tree would change nothing, whatever is filled in."""
    if re.search(r'gridSpan w:val="\{\{|<w:vMerge w:val="\{%|<wp:docPr', body) or _cells_come_and_go(body):
        return False
    tree = etree.fromstring(_named(TAG.sub("", body)), parser=etree.XMLParser(recover=True))
    return all(_even(table) for table in tree.iter(_w("tbl")))


def _cells_come_and_go(body: str) -> bool:
    """Whether a statement stands in a row beside its cells, not inside one."""
    without, cells = CELL.subn("", body)
    while cells:
        without, cells = CELL.subn("", without)
    return any(TAG.search(row) for row in ROW.findall(without))


def _named(body: str) -> str:
    names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in docx.oxml.ns.nsmap.items() if prefix != "xml")
    return body.replace("<w:body", f"<w:body {names}", 1)


def _even(table: etree._Element) -> bool:
    """Each row as wide as the grid; rows of tables inside no wider."""
    columns = len(table.findall(f"{_w('tblGrid')}/{_w('gridCol')}"))
    own = [_width(row) for row in table.findall(_w("tr"))]
    return bool(columns) and all(width == columns for width in own) and all(_width(row) <= columns for row in table.iter(_w("tr")))


def _width(row: etree._Element) -> int:
    spans = (cell.find(f"{_w('tcPr')}/{_w('gridSpan')}") for cell in row.findall(_w("tc")))
    return sum(1 if span is None else int(span.get(_w("val"), "1")) for span in spans)


def _w(name: str) -> str:
    return str(docx.oxml.ns.qn(f"w:{name}"))
