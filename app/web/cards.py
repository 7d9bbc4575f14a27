"""The rows of a table as cards to read: what each is called, its short answers side by side, then what was written."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from app.web.filling import WIDE
from forms.blocks import Cards, Column, Row, Rows

SHORT = 40
"""Letters of an answer that has others beside it."""


@dataclass(frozen=True)
class Card:
    """One row. `facts` and `told` are (label, answer), without those left empty."""

    id: str
    title: str
    facts: tuple[tuple[str, str], ...]
    told: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Cardboard:
    """Cards that belong together, under what they have in common; '' where the view groups by nothing."""

    name: str
    cards: tuple[Card, ...]


def cards(rows: Rows) -> tuple[Cardboard, ...]:
    """The cards of a table whose view says so, or that is too wide for a page; none for one that reads as a table."""
    view = rows.view if isinstance(rows.view, Cards) else None
    if view is None and len(rows.columns) <= WIDE:
        return ()
    return tuple(_grouped(rows, view or Cards((rows.columns[0].key,))))


def _grouped(rows: Rows, view: Cards) -> Iterator[Cardboard]:
    columns = [column for column in rows.columns if column.key not in (*view.title, view.by)]
    for name, held in groupby(rows.rows, key=lambda row: _text(row, view.by)):
        yield Cardboard(name, tuple(_card(row, columns, view) for row in held))


def _card(row: Row, columns: list[Column], view: Cards) -> Card:
    title = " · ".join(filter(None, (_text(row, key) for key in view.title)))
    said = [(column.label, text) for column in columns if (text := _text(row, column.key))]
    facts = tuple(each for each in said if _short(each[1]))
    return Card(row.id, title, facts, tuple(each for each in said if not _short(each[1])))


def _short(text: str) -> bool:
    return len(text) <= SHORT and "\n" not in text


def _text(row: Row, key: str) -> str:
    return row.cells[key].text.strip() if key in row.cells else ""
