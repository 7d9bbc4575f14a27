"""One Word partial for each view of a table: it knows the roles of columns, never a form."""
from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import singledispatch

from app.rendering.word.cards import CARD, card, left_empty, shelf_rows, shelved, where_said
from app.rendering.word.markup import (
    COLUMNS,
    EMPTY,
    SHEET,
    WIDTH,
    answer,
    cell,
    heading,
    paragraph,
    row,
    said,
    said_in_rows,
    said_inline,
    spelled,
    tab,
    table,
    words,
)
from forms.blocks import Cards, Column, Diary, Gantt, Matrix, Plain, Rows, Timetable, View

TINT, PALE = "E3EEEE", "F4F7F6"
NARROW, UPRIGHT = 420, "upright"
MOST_COLUMNS, MOST_ALONG, ROOMY, SHORT = 7, 14, 8, 3
"""Columns of a plain table; options along another, how many leave room for further columns; letters of a label that lies flat."""
FEW = 3
"""Columns a grid has no place for that may stand under the name of a row; of more, each row has a card after it."""
LETTER = 95
"""Of a bold label of 8 pt, on average and some more: how high a head must be for labels that stand upright."""


def rows(block: Rows, name: str) -> str:
    """The partial of a table: a heading, then what its view says."""
    return heading(block.label, name) + view(block.view, block, name)


@singledispatch
def view(how: View, block: Rows, name: str) -> str:
    """One view of `block`, whose rows the template calls `name`."""
    raise TypeError(f"no Word partial for {type(how).__name__}")


@view.register
def _(how: Plain, block: Rows, name: str) -> str:
    """A table wider than the page can hold reads as cards."""
    if len(block.columns) > MOST_COLUMNS:
        return view(Cards(tuple(column.key for column in block.columns[:2])), block, name)
    widths = shared(WIDTH, [column.weight for column in block.columns])
    head = [(width, label_of(column), column.align) for width, column in zip(widths, block.columns, strict=True)]
    return _table(block, name, head, row(_values(widths, block.columns)))


@view.register
def _(how: Cards, block: Rows, name: str) -> str:
    body = card(_card_head(how.title, block), _rest(block, (*how.title, how.by)))
    return _each(name, _subheading(how.by) + table("FichaTabla", CARD, body, block.label) + paragraph("Separador"))


def _card_head(title: Sequence[str], block: Rows) -> str:
    """What the card is called, the row's number hanging before it."""
    figures = {column.key for column in block.columns if column.align == "right"}
    numbered = len(title) > 1 and title[0] in figures
    number = (answer(of_row(title[0]), "Marca", ""), tab()) if numbered else ()
    return paragraph("Heading4", *number, *_joined(title[numbered:]))


@view.register
def _(how: Timetable, block: Rows, name: str) -> str:
    columns = {column.key: column for column in block.columns}
    under, widths = [columns[key] for key in how.under], shared(WIDTH, [5, 14, *(7 for _ in how.under)])
    hours = paragraph("Celda", answer(of_row(how.start), empty=""), words("–"), answer(of_row(how.end), empty=""))
    what = paragraph("Celda", answer(of_row(how.what), "Marca")), *_others(block, (how.day, how.start, how.end, how.what, *how.under))
    body = row([cell(widths[0], hours), cell(widths[1], *what), *_values(widths[2:], under)])
    labels = [f"{columns[how.start].label}–{columns[how.end].label}", columns[how.what].label, *map(label_of, under)]
    return _table(block, name, _left(widths, labels), _new_day(how.day, len(widths)) + body)


def _new_day(key: str, columns: int) -> str:
    day = paragraph("CabezaDeTabla", answer(of_row(key)), keep=True)
    return said_in_rows(_changes(key), columns) + row([cell(WIDTH, day, span=columns, shade=PALE)]) + said_in_rows("endif", columns)


@view.register
def _(how: Matrix, block: Rows, name: str) -> str:
    return _crossed(how.title, how.across, how.under, block, name)


@view.register
def _(how: Gantt, block: Rows, name: str) -> str:
    return _crossed(how.title, how.months, how.under, block, name)


def _crossed(title: Sequence[str], across: str, under: Sequence[str], block: Rows, name: str) -> str:
    """Rows down, the options of `across` along with a mark where they meet; told in words where marks could be mistaken."""
    columns = {column.key: column for column in block.columns}
    along = [told for _, told in columns[across].options]
    if not _tell_apart(along):
        along, under = [], (across, *under)
    further = [] if len(along) > ROOMY else [columns[key] for key in under]
    widths = shared(WIDTH - NARROW * len(along), [4, *(2 for _ in further)])
    rest = [column for column in block.columns if column.key not in (*title, across, *under)]
    cards = rest if len(rest) > FEW else []
    beside = replace(block, columns=tuple(column for column in block.columns if column not in cards))
    first = _titled(widths[0], title, beside, (across, *(column.key for column in further)))
    body = row((first, *_values(widths[1:], further), *(_mark(of_row(across), told) for told in along)))
    labels = [_title(title, columns), *map(label_of, further)]
    short = all(len(told) <= SHORT for told in along)
    head = [*_left(widths, labels), *((NARROW, told, "center" if short else UPRIGHT) for told in along)]
    named = replace(block, columns=(*(columns[key] for key in title), *cards))
    return _table(block, name, head, body) + (view(Cards(tuple(title)), named, name) if cards else "")


def _tell_apart(along: Sequence[str]) -> bool:
    """Whether each can be looked for in a list of them, and none has a sign that means something in a template."""
    mistaken = any(probe in _alone(other) for one in along for other in along if one != other for probe in _probes(one))
    return 0 < len(along) <= MOST_ALONG and not mistaken and not any(set(told) & set('"&<>{}%,') for told in along)


def _alone(told: str) -> str:
    return f" {told}, {told} y {told} e {told},"


def _probes(told: str) -> tuple[str, ...]:
    """What a list that holds these words has in it, with a blank before and a comma after: «y» or «e» stands before the last."""
    return f" {told},", f" {told} y ", f" {told} e "


@view.register
def _(how: Diary, block: Rows, name: str) -> str:
    columns = {column.key: column for column in block.columns}
    head = paragraph("Heading3", *_joined((how.day, how.place) if how.place else (how.day,)))
    prose = [(COLUMNS, label_of(columns[key]), of_row(key)) for key in how.prose]
    shelves = shelved(_rest(block, (how.day, how.place, *how.prose)))
    facts = table("Cuadricula", SHEET, shelf_rows(shelves)) if shelves else ""
    asked = shelved(_rest(block, (how.day, how.place, *how.prose, *how.pictures)))
    return _each(name, head + "".join(map(where_said, prose)) + facts + left_empty([*([each] for each in prose), *asked]))


def bars(label: str, name: str) -> str:
    """Figures as bars, on one page: the length is blanks on tangerine, so that a voice reads label and number only."""
    widths = shared(WIDTH, [5, 1, 6])
    figure, bar = paragraph("Celda", answer("row.count"), align="right", keep=True), paragraph("Celda", answer("row.bar", "Barra", ""))
    told = paragraph("Celda", answer("row.label"), keep=True), figure, bar
    body = row(cell(width, value) for width, value in zip(widths, told, strict=True))
    drawn = table("Tabla", widths, (said_in_rows(f"for row in {name}", 3), body, *_nothing(3)))
    return heading(label, name) + drawn + paragraph("Separador")


def shared(width: int, weights: Sequence[int]) -> list[int]:
    """`width` in whole parts by weight, the last taking what is left."""
    whole = sum(weights)
    parts = [width * weight // whole for weight in weights]
    return [*parts[:-1], width - sum(parts[:-1])]


def label_of(column: Column) -> str:
    """The label of a column, with its group's before it."""
    return f"{column.group} · {column.label}" if column.group else column.label


def of_row(key: str) -> str:
    """A column of the loop's row; a group's column has a dot in its key."""
    return spelled(("row", *key.split(".")))


def _table(block: Rows, name: str, head: Sequence[tuple[int, str, str]], body: str) -> str:
    """A table with repeated head over a loop, a dash if there is no row."""
    longest = max((len(label) for _, label, align in head if align == UPRIGHT), default=0)
    heads = row([_head(*each) for each in head], head=True, least=longest * LETTER)
    loop = (said_in_rows(f"for row in {name}", len(head)), body, *_nothing(len(head)))
    return table("Tabla", [width for width, _, _ in head], [heads, *loop], block.label) + paragraph("Separador")


def _head(width: int, label: str, align: str) -> str:
    upright = align == UPRIGHT
    return cell(width, paragraph("CabezaDeTabla", words(label), align="left" if upright else align), shade=TINT, upright=upright)


def _nothing(columns: int) -> tuple[str, str, str]:
    """What ends a loop of rows: a dash if there was none."""
    dash = row([cell(WIDTH, paragraph("Celda", words(EMPTY)), span=columns)])
    return said_in_rows("else", columns), dash, said_in_rows("endfor", columns)


def _each(name: str, body: str) -> str:
    """`body` for each row, a dash if there is none."""
    return said(f"for row in {name}") + body + said("else") + paragraph("Valor", words(EMPTY)) + said("endfor")


def _changes(key: str) -> str:
    return f"if loop.first or {of_row(key)} != {spelled(('loop.previtem', *key.split('.')))}"


def _subheading(key: str) -> str:
    return said(_changes(key)) + paragraph("Heading3", answer(of_row(key), "Marca")) + said("endif") if key else ""


def _joined(keys: Sequence[str], style: str = "") -> list[str]:
    """The values of some columns on one line."""
    runs = [part for key in keys for part in (words(" · ", style), answer(of_row(key), style))]
    return runs[1:]


def _left(widths: Sequence[int], labels: Sequence[str]) -> list[tuple[int, str, str]]:
    return [(width, label, "left") for width, label in zip(widths, labels, strict=True)]


def _values(widths: Sequence[int], columns: Sequence[Column]) -> list[str]:
    """A cell for each column."""
    values = (paragraph("Celda", answer(of_row(column.key)), align=column.align) for column in columns)
    return [cell(width, value) for width, value in zip(widths, values, strict=True)]


def _title(keys: Sequence[str], columns: Mapping[str, Column]) -> str:
    return " · ".join(columns[key].label for key in keys)


def _titled(width: int, title: Sequence[str], block: Rows, named: Sequence[str]) -> str:
    """The cell that says which row this is, and under it what no other column says."""
    return cell(width, paragraph("Celda", *_joined(title, "Marca")), *_others(block, (*title, *named)))


def _rest(block: Rows, named: Collection[str]) -> list[tuple[int, str, str]]:
    """What a view has not named, for the twelve columns."""
    return [(min(column.weight, COLUMNS), label_of(column), of_row(column.key)) for column in block.columns if column.key not in named]


def _others(block: Rows, named: Collection[str]) -> list[str]:
    """Columns the view has no place for, each on a line of its own where it says something."""
    lines = []
    for column in block.columns:
        if column.key not in named:
            line = paragraph("Celda", words(f"{label_of(column)}: "), answer(of_row(column.key)))
            lines += [said(f"if {of_row(column.key)}"), line, said("endif")]
    return lines


def _mark(name: str, told: str) -> str:
    """A mark where the row's list names this one."""
    named = " or ".join(f'"{probe}" in (" " ~ {name} ~ ",")' for probe in _probes(told))
    return cell(NARROW, paragraph("Celda", said_inline(f'"■" if {named} else ""', "Punto"), align="center"))
