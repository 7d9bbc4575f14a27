"""A resolved document as a spreadsheet: its answers one under another, and a sheet for each of its tables."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

import xlsxwriter

from app.rendering.readback import words_of
from forms.blocks import Bars, Block, Cell, Rows
from forms.resolved import Resolved

Value: TypeAlias = str | int
NAME: Final = 31
"""Letters a sheet's name may have."""
FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")
WIDEST: Final = 60
"""Characters a column is wide at most; longer texts wrap."""
CELL: Final = 32_767
"""Characters a cell takes."""


@dataclass(frozen=True)
class Sheet:
    """A name, a head, and rows as long as the head."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def workbook(sheets: Sequence[Sheet], title: str, moment: datetime) -> bytes:
    """The sheets as .xlsx; equal input gives equal bytes. What begins with «=» stays a text."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "created": moment.replace(tzinfo=None)})
    head = book.add_format({"bold": True, "bg_color": "#E3EEEE", "text_wrap": True, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    for name, sheet in zip(_names(sheets), sheets, strict=True):
        page = book.add_worksheet(name)
        page.freeze_panes(1, 0)
        page.repeat_rows(0)
        page.fit_to_pages(1, 0)
        page.set_landscape()
        for number, row in enumerate((sheet.head, *sheet.rows)):
            for column, value in enumerate(row):
                page.write(number, column, value[:CELL] if isinstance(value, str) else value, body if number else head)
        for column, width in enumerate(_widths(sheet)):
            page.set_column(column, column, width)
    book.close()
    return out.getvalue()


def sheets_of(resolved: Resolved, answers: str, columns: tuple[str, str]) -> tuple[Sheet, ...]:
    """The document's sheets: single answers and figures under the name `answers`, then one for each table."""
    shown = [(answer.label, block) for section in resolved.sections for answer in section.answers for block in answer.blocks]
    single = tuple(line for label, block in shown if not isinstance(block, Rows) for line in _lines(label, block))
    return (Sheet(answers, columns, single), *(_table(block) for _, block in shown if isinstance(block, Rows)))


def _lines(label: str, block: Block) -> Iterator[tuple[Value, ...]]:
    if isinstance(block, Bars):
        told = ((bar.label, bar.text if block.most else bar.value) for bar in block.bars)
        yield from ((f"{label} · {each}" if each else label, figure) for each, figure in told)
        return
    said = "\n".join(words_of((block,)))
    if said:
        yield getattr(block, "label", "") or label, said


def _table(block: Rows) -> Sheet:
    keys = [column.key for column in block.columns]
    rows = tuple(tuple(_value(row.cells[key]) for key in keys) for row in block.rows)
    return Sheet(block.label, tuple(column.label for column in block.columns), rows)


def _value(cell: Cell) -> Value:
    """A figure as a figure, so that it can be added up; everything else as it reads."""
    return cell.value if isinstance(cell.value, int) and not isinstance(cell.value, bool) else cell.text


def _names(sheets: Sequence[Sheet]) -> Iterator[str]:
    """Names a spreadsheet takes, each once."""
    used: set[str] = set()
    for number, sheet in enumerate(sheets, 1):
        name = FORBIDDEN.sub(" ", sheet.name).strip()[:NAME] or str(number)
        if name.casefold() in used:
            name = f"{name[: NAME - 4]} {number}"
        used.add(name.casefold())
        yield name


def _widths(sheet: Sheet) -> Iterator[int]:
    for column in zip(sheet.head, *sheet.rows, strict=True):
        longest = max(len(line) for value in column for line in (str(value).splitlines() or [""]))
        yield min(max(longest + 2, 8), WIDEST)
