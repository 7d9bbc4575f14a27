"""A Word template drawn from the blocks of an empty document: a block says which partial, its path the variable. No kind is known here."""
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from app.rendering.word.markup import answer, field, paragraph, said, spelled, words
from app.rendering.word.names import known
from app.rendering.word.package import zipped
from app.rendering.word.partials import drawn
from forms.blocks import Bars, Block, Heading, Note, Rows
from forms.path import AnswerPath
from forms.resolved import Resolved, ShownSection

LOOKS = Path(__file__).parents[3] / "annex_templates" / "_shared" / "word"
LANGUAGES = {"es": "es-ES", "pt": "pt-BR"}
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CORE = f"{PACKAGE}/relationships/metadata/core-properties"
PARTS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
BESIDE = {"header": "header1", "footer": "footer1", "styles": "styles", "settings": "settings", "fontTable": "fontTable"}
"""The parts the document refers to, rId1 on."""
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PAGE = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/><w:footerReference w:type="default" r:id="rId2"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1361" w:right="1020" w:bottom="1134" w:left="1020" '
    'w:header="624" w:footer="510" w:gutter="0"/></w:sectPr>')
"""A4 with 18 mm at the sides, 20 at the foot; the head's line starts 11 mm from the edge and the text 24."""
BETWEEN = re.compile(r">\s+<")
"""Line breaks between elements, there for who reads the file."""
BAR = ("label", "count", "bar")
"""What the rows of a chart say."""
MADE = "2026-01-01T00:00:00Z"
"""Fixed: the same definition makes the same bytes."""


def template(blank: Resolved) -> bytes:
    """The .docx template of a form from its empty document, in that document's language."""
    return zipped(parts(blank))


def parts(blank: Resolved) -> dict[str, bytes]:
    """The files in it; the same definition and looks give the same ones."""
    language = LANGUAGES[blank.language]
    texts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations((f"{RELATED}/officeDocument", "word/document.xml"), (CORE, "docProps/core.xml")),
        "docProps/core.xml": _core(blank, language),
        "word/document.xml": _document(blank),
        "word/_rels/document.xml.rels": _relations(*((f"{RELATED}/{kind}", f"{part}.xml") for kind, part in BESIDE.items())),
        "word/header1.xml": _looks("header"),
        "word/_rels/header1.xml.rels": _relations((f"{RELATED}/image", "media/mark.png")),
        "word/footer1.xml": _looks("footer").replace("@page@", _page_of(blank.imprint.page_of))}
    texts |= {f"word/{name}.xml": _looks(name).replace("@language@", language) for name in ("styles", "settings", "fontTable")}
    return {name: text.encode() for name, text in texts.items()} | {"word/media/mark.png": (LOOKS / "mark.png").read_bytes()}


def names(blank: Resolved) -> set[str]:
    """Every name such a template may use, as paths (see names.known): what the context says, and the columns of its tables."""
    named = [(_spelled(blank.form, section, block.path), block) for section in blank.sections for block in _blocks(section)]
    tables = {name for name, block in named if isinstance(block, Rows | Bars)}
    return (set(known(blank.texts)) - tables).union(*(_told(block, name) for name, block in named))


def _told(block: Block, name: str) -> Iterator[str]:
    """What a template may say of one block."""
    if isinstance(block, Rows):
        yield from (f"{name}[].{column.key}" for column in block.columns)
    elif isinstance(block, Bars):
        yield from (f"{name}[].{key}" for key in BAR)
    elif not isinstance(block, Heading | Note):
        yield name


def _document(blank: Resolved) -> str:
    subtitle = said("if doc.subtitle") + paragraph("Subtitle", answer("doc.subtitle", empty="")) + said("endif")
    body = [paragraph("Title", words(blank.title)), subtitle]
    for (part, subject), sections in groupby(blank.sections, key=lambda section: (section.part, section.subject)):
        inside = "".join(_section(blank, section) for section in sections)
        body.append(said(f"for copy in {spelled((_all(blank.form), part))}") + inside + said("endfor") if subject else inside)
    return f'{HEAD}<w:document xmlns:w="{MAIN}" xmlns:r="{RELATED}"><w:body>{"".join(body)}{PAGE}</w:body></w:document>'


def _section(blank: Resolved, section: ShownSection) -> str:
    title = f"{section.number}. {section.title}" if section.number else section.title
    named = ((block, _name(blank.form, section, block.path)) for block in _blocks(section))
    return paragraph("Heading1", words(title)) + drawn(named)


def _blocks(section: ShownSection) -> Iterator[Block]:
    return (block for shown in section.answers for block in shown.blocks)


def _all(form: str) -> str:
    """The name under which all answers of a form stand."""
    return form.lower()


def _name(form: str, section: ShownSection, path: AnswerPath) -> str:
    """The variable of a path; in a part with subjects it is one of the copy the loop is at."""
    return spelled(("copy", *path.steps[2:])) if section.subject else spelled((_all(form), *path.steps))


def _spelled(form: str, section: ShownSection, path: AnswerPath) -> str:
    """The same as names.used spells it."""
    steps = (f"{section.part}[]", *path.steps[2:]) if section.subject else path.steps
    return ".".join((_all(form), *steps))


def _looks(name: str) -> str:
    return BETWEEN.sub("><", (LOOKS / f"{name}.xml").read_text(encoding="utf-8"))


def _page_of(wording: str) -> str:
    """«página {page} de {pages}» with the fields Word counts with."""
    before, _, rest = wording.partition("{page}")
    between, _, after = rest.partition("{pages}")
    return words(before) + field("PAGE") + words(between) + field("NUMPAGES") + words(after)


def _core(blank: Resolved, language: str) -> str:
    told = {"title": blank.title, "subject": "", "creator": "Anexa", "description": "", "identifier": f"{blank.form}/{blank.edition}"}
    told["language"] = language
    elements = "".join(f"<dc:{name}>{escape(text)}</dc:{name}>" for name, text in told.items())
    dates = "".join(f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{MADE}</dcterms:{name}>' for name in ("created", "modified"))
    spaces = {"cp": f"{PACKAGE}/metadata/core-properties", "dc": "http://purl.org/dc/elements/1.1/", "dcterms": "http://purl.org/dc/terms/",
              "xsi": "http://www.w3.org/2001/XMLSchema-instance"}
    return f"{HEAD}<cp:coreProperties {_declared(spaces)}>{elements}{dates}</cp:coreProperties>"


def _declared(spaces: Mapping[str, str]) -> str:
    return " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in spaces.items())


def _content_types() -> str:
    told = [(f"/word/{part}.xml", f"{PARTS}.{kind}+xml") for kind, part in {"document.main": "document", **BESIDE}.items()]
    told.append(("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"))
    defaults = {"png": "image/png", "rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    types = "".join(f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in defaults.items())
    types += "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in sorted(told))
    return f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{types}</Types>'


def _relations(*targets: tuple[str, str]) -> str:
    relations = "".join(f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(targets, 1))
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'
