"""WordprocessingML in few words (ISO/IEC 29500-1, transitional): strings in, strings out. Widths in twentieths of a point."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

TWELFTH = 822
COLUMNS = 12
WIDTH = TWELFTH * COLUMNS
"""The text between margins of 18 mm on A4."""
SHEET = [TWELFTH] * COLUMNS
EMPTY = "—"


def spelled(steps: Sequence[str]) -> str:
    """A path as a template says it: `iat.period`, and `["2nd"]` for a step that is no word of Jinja's."""
    return steps[0] + "".join(f".{step}" if step.isidentifier() else f'["{step}"]' for step in steps[1:])


def words(text: str, style: str = "") -> str:
    """A run of fixed words; braces in them are words too."""
    return _run(_fixed(text), style)


def words_if(condition: str, text: str) -> str:
    """A run of fixed words that are there where a condition holds."""
    return _run(f"{{% if {condition} %}}{_fixed(text)}{{% endif %}}", "")


def answer(name: str, style: str = "", empty: str = EMPTY) -> str:
    """A run that prints what is called `name`, a dash if there is nothing."""
    return _run(f'{{{{ {name} or "{empty}" }}}}' if empty else f"{{{{ {name} }}}}", style)


def said_inline(expression: str, style: str = "") -> str:
    """A run that prints what an expression gives."""
    return _run(f"{{{{ {expression} }}}}", style)


def field(code: str) -> str:
    """A field Word computes: PAGE, NUMPAGES."""
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def tab() -> str:
    """A run that goes on at the next stop."""
    return "<w:r><w:tab/></w:r>"


def _fixed(text: str) -> str:
    return escape(text.replace("{{", "{_{").replace("}}", "}_}").replace("{%", "{_%").replace("%}", "%_}"))


def _run(text: str, style: str) -> str:
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(style: str, *runs: str, keep: bool = False, align: str = "left") -> str:
    """`keep`: on the same page as what follows."""
    more = ("<w:keepNext/>" if keep else "") + (f'<w:jc w:val="{align}"/>' if align != "left" else "")
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{"".join(runs)}</w:p>'


def heading(label: str, name: str) -> str:
    """The heading of what is called `name`; of something inside a group, one level further down."""
    return paragraph("Heading3" if name.count(".") > 1 else "Heading2", words(label))


def said(statement: str) -> str:
    """A paragraph that is a statement: docxtpl takes the whole paragraph away."""
    return paragraph("Instruccion", _run(f"{{%p {statement} %}}", ""))


def cell(width: int, *paragraphs: str, span: int = 1, shade: str = "", border: str = "", upright: bool = False) -> str:
    """`border` is a colour for a frame around it; `upright` words read from the foot to the head."""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>' + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
    if border:
        line = f'w:val="single" w:sz="4" w:space="0" w:color="{border}"'
        properties += f"<w:tcBorders><w:top {line}/><w:left {line}/><w:bottom {line}/><w:right {line}/></w:tcBorders>"
    if shade:
        properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>'
    if upright:
        properties += '<w:textDirection w:val="btLr"/>'
    return f'<w:tc><w:tcPr>{properties}</w:tcPr>{"".join(paragraphs) or paragraph("Celda")}</w:tc>'


def row(cells: Iterable[str], head: bool = False, least: int = 0) -> str:
    """A row that is not split; `head` is repeated on each page, `least` its height unless the text needs more."""
    height = f'<w:trHeight w:val="{least}" w:hRule="atLeast"/>' if least else ""
    return f'<w:tr><w:trPr><w:cantSplit/>{height}{"<w:tblHeader/>" if head else ""}</w:trPr>{"".join(cells)}</w:tr>'


def said_in_rows(statement: str, columns: int) -> str:
    """A row that is a statement."""
    return row([cell(WIDTH, paragraph("Instruccion", _run(f"{{%tr {statement} %}}", "")), span=columns)])


def table(style: str, grid: Sequence[int], rows: Iterable[str], title: str = "") -> str:
    """`title` is the table's alternative text, read aloud before it; a table that only lays out has none."""
    caption = f"<w:tblCaption w:val={quoteattr(title)}/>" if title else ""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    look = f'<w:tblLook w:val="{"0620" if title else "0600"}"/>'
    properties = f'<w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(grid)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{look}{caption}'
    return f'<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{"".join(rows)}</w:tbl>'


def labelled(label: str, name: str, keep: bool = False) -> tuple[str, str]:
    """A label over what is called `name`; with `keep` both stay with what follows, else the label with its answer."""
    return paragraph("Etiqueta", words(label), keep=True), paragraph("Valor", answer(name), keep=keep)


def grid(fields: Iterable[tuple[int, str, str]]) -> list[str]:
    """Rows of the twelve columns for (span, label, answer), both paragraphs, as many beside each other as fit."""
    return [_grid_row(each) for each in packed(fields)]


def _grid_row(fields: list[tuple[int, str, str]]) -> str:
    cells = [cell(span * TWELFTH, label, value, span=span) for span, label, value in fields]
    left = COLUMNS - sum(span for span, _, _ in fields)
    return row(cells + ([cell(left * TWELFTH, span=left)] if left else []))


def packed(fields: Iterable[tuple[int, str, str]]) -> list[list[tuple[int, str, str]]]:
    """The fields in rows of at most twelve columns."""
    rows: list[list[tuple[int, str, str]]] = []
    for each in fields:
        if not rows or sum(span for span, _, _ in rows[-1]) + each[0] > COLUMNS:
            rows.append([])
        rows[-1].append(each)
    return rows
