"""What a row says under its head: short facts side by side, then what was written, and in one small line what was left empty."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from app.rendering.word.markup import COLUMNS, EMPTY, TWELFTH, cell, labelled, packed, paragraph, row, said, said_in_rows, words_if

Field: TypeAlias = tuple[int, str, str]
"""Its share of the twelve columns, its label, its name."""
HANG, STEP = 456, 784
"""The room left of a card for its number, and a twelfth of what remains."""
CARD = [HANG, *(STEP for _ in range(COLUMNS))]
FACT, MEASURE = 4, 10
"""Columns up to which an answer is a short fact; columns of a line that reads well."""
APART = "\u2003"


def shelved(fields: Iterable[Field]) -> list[list[Field]]:
    """The fields that share a row: facts as many as fit, each of the others by itself."""
    each = list(fields)
    return [*packed(one for one in each if one[0] <= FACT), *([one] for one in each if one[0] > FACT)]


def card(head: str, fields: Iterable[Field]) -> list[str]:
    """The rows of a card that stays whole: its head, a row where one of its answers is there, and what is left empty."""
    shelves = shelved(fields)
    top = row([cell(sum(CARD), head, span=len(CARD))], head=True)
    foot = row([cell(HANG, paragraph("Vacios")), cell(sum(CARD) - HANG, left_empty(shelves), span=COLUMNS)])
    return [top, *(part for shelf in shelves for part in _shelf(shelf, HANG, STEP)), foot]


def shelf_rows(shelves: Iterable[Sequence[Field]]) -> list[str]:
    """The same rows over the whole width."""
    return [part for shelf in shelves for part in _shelf(shelf, 0, TWELFTH)]


def where_said(field: Field) -> str:
    """An answer with its label, a paragraph each, if it is there."""
    _, label, name = field
    return said(f"if {name}") + "".join(labelled(label, name)) + said("endif")


def left_empty(shelves: Iterable[Sequence[Field]]) -> str:
    """One line that names what no row shows."""
    runs = (words_if(f"not ({_any(shelf)})", "".join(f"{label} {EMPTY}{APART}" for _, label, _ in shelf)) for shelf in shelves)
    return paragraph("Vacios", *runs)


def _shelf(shelf: Sequence[Field], hang: int, step: int) -> tuple[str, str, str]:
    spans = [span if len(shelf) > 1 or span <= FACT else MEASURE for span, _, _ in shelf]
    told = [cell(span * step, *labelled(label, name, keep=True), span=span) for span, (_, label, name) in zip(spans, shelf, strict=True)]
    left, across = COLUMNS - sum(spans), COLUMNS + bool(hang)
    room = [cell(left * step, span=left)] if left else []
    cells = [*([cell(hang, paragraph("Vacios", keep=True))] if hang else []), *told, *room]
    return said_in_rows(f"if {_any(shelf)}", across), row(cells), said_in_rows("endif", across)


def _any(shelf: Sequence[Field]) -> str:
    return " or ".join(name for _, _, name in shelf)
