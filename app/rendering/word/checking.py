"""What is wrong with a Word template, in sentences: found without running it."""
from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator

from jinja2 import nodes
from lxml import etree

from app.rendering.word.compiled import BODY, TAG, Sources
from app.rendering.word.grammar import Fault, faults_in
from app.rendering.word.names import used
from app.rendering.word.sandbox import ENVIRONMENT
from forms.values import N_

MOST_MEMBERS, MOST_BYTES, MOST_RATIO, MOST_BODY = 500, 50_000_000, 100, 5_000_000
REFUSED_MEMBERS = ("vbaproject", "embeddings/", "activex", "afchunk", "altchunk")
REFUSED_FIELD = re.compile(r"(?<![A-Z])(INCLUDEPICTURE|INCLUDETEXT|DDEAUTO|DDE|LINK|IMPORT)(?![A-Z])")
"""Fields that fetch something from elsewhere."""
OUTSIDE = re.compile(rb'<Relationship\b(?=[^>]*TargetMode="External")(?!(?=[^>]*/hyperlink")[^>]*Target="https?://)')
EXACT = re.compile(r'<w:trHeight\b[^>]*w:hRule="exact"')
BY_DOCXTPL = re.compile(r'(<w:(?:shd|gridSpan) [^<>]*?)"\{\{.*?\}\}"')
"""What `{% cellbg %}` and `{% colspan %}` become."""
DECLARED, PREFIX = re.compile(r"^\s*<\?xml[^>]*\?>"), re.compile(r"[<\s/]([A-Za-z]\w*):\w")
HOLE = "\ue000"


def check_template(template: bytes, known: Collection[str] | None = None) -> list[Fault]:
    """What is wrong with a template, empty if nothing is; with `known` also each name that is none of them (see names.known)."""
    wrong = list(_container(template))
    if wrong:
        return wrong
    try:
        sources = Sources(template)
    except Exception as error:  # noqa: BLE001 - a file from outside may raise anything
        return [Fault(N_("Word no puede abrir la plantilla: {why}."), {"why": str(error)})]
    faults = [fault for xml in sources.xml for fault in (*_part(xml, known), *_placed(xml))]
    faults += [fault for text in sources.properties for fault in _part(text, known)]
    return list({str(fault): fault for fault in faults}.values())


def names_used(template: bytes) -> set[str]:
    """Every name a template reads, as a path. Raises BadTemplate."""
    return {name for xml in Sources(template).xml for name in used(ENVIRONMENT.parse(xml)).read}


def _container(template: bytes) -> Iterator[Fault]:
    """The zip before it is opened: sizes, names, and what a template may not carry along."""
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as archive:
            yield from _sizes(archive) or _members(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):
        yield Fault(N_("El archivo no es un documento de Word (.docx)."))


def _sizes(archive: zipfile.ZipFile) -> list[Fault]:
    members = archive.infolist()
    names = [each.filename for each in members]
    size, packed = sum(each.file_size for each in members), sum(each.compress_size for each in members)
    if len(names) > MOST_MEMBERS or size > MOST_BYTES or size > MOST_RATIO * max(packed, 1):
        return [Fault(N_("La plantilla es demasiado grande por dentro."))]
    if len(set(names)) < len(names) or any(".." in name.split("/") for name in names):
        return [Fault(N_("La plantilla tiene partes repetidas o con rutas que salen de ella."))]
    if BODY not in names or archive.getinfo(BODY).file_size > MOST_BODY:
        return [Fault(N_("La plantilla no tiene un texto principal, o pasa de 5 MB."))]
    return []


def _members(archive: zipfile.ZipFile) -> Iterator[Fault]:
    for name in archive.namelist():
        if any(each in name.lower() for each in REFUSED_MEMBERS):
            yield Fault(N_("La plantilla lleva una parte que no se admite: {name}."), {"name": name})
        if name.endswith(".rels") and OUTSIDE.search(archive.read(name)):
            yield Fault(N_("La plantilla apunta fuera de sí misma en {name}."), {"name": name})


def _part(source: str, known: Collection[str] | None) -> list[Fault]:
    """One part without running it: `parse` only reads, and takes a millisecond."""
    faults = faults_in(source)
    return faults if faults or known is None else list(_undeclared(ENVIRONMENT.parse(source), known))


def _placed(source: str) -> Iterator[Fault]:
    """Where things stand once the patched part is read as XML: names in text only, no row that clips, no field that fetches."""
    if EXACT.search(source):
        yield Fault(N_("Una fila tiene alto exacto: el texto largo quedaría cortado. Póngalo como mínimo."))
    marked = TAG.sub(lambda tag: HOLE if tag[0].startswith("{{") else "", BY_DOCXTPL.sub(r'\1"1"', source))
    whole = f"<all {_namespaces(marked)}>{DECLARED.sub('', marked)}</all>"
    try:
        tree = etree.fromstring(whole, parser=etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError as error:
        yield Fault(N_("Al rellenarla, la plantilla dejaría de ser un documento de Word: {why}."), {"why": str(error)})
        return
    for element in tree.iter(etree.Element):
        yield from _element(element)
    for found in REFUSED_FIELD.findall(_instructions(tree)):
        yield Fault(N_("El campo {name} no se admite."), {"name": found})


def _instructions(tree: etree._Element) -> str:
    """What all fields do, also one whose name is split over runs."""
    typed = "".join(element.text or "" for element in tree.iter("{*}instrText"))
    return " ".join((typed, *(value for element in tree.iter("{*}fldSimple") for value in map(str, element.attrib.values())))).upper()


def _element(element: etree._Element) -> Iterator[Fault]:
    name, text = etree.QName(element).localname, element.text or ""
    outside = (element.tail or "") + "".join(map(str, element.attrib.values())) + ("" if name == "t" else text)
    if HOLE in outside:
        yield Fault(N_("Un nombre está donde Word no muestra texto: un campo, un vínculo, «r» o «p»."))
    if name == "altChunk":
        yield Fault(N_("La plantilla incrusta otro documento."))


def _undeclared(tree: nodes.Template, known: Collection[str]) -> Iterator[Fault]:
    names = used(tree)
    starts = {name[:end] for name in known for end, sign in enumerate(f"{name}.") if sign in ".["}
    for name in sorted(names.read - starts):
        yield Fault(N_("El formulario no tiene «{name}»."), {"name": name})
    for name in sorted((names.printed & starts).difference(known)):
        yield Fault(N_("«{name}» es un grupo o una tabla: nombre uno de sus datos."), {"name": name})


def _namespaces(xml: str) -> str:
    """Declarations for every prefix used; what they stand for does not matter here."""
    return " ".join(f'xmlns:{prefix}="urn:{prefix}"' for prefix in sorted(set(PREFIX.findall(xml)) - {"xmlns", "xml"}))
