"""What is submitted reads as it did then: every resolved value is copied, and nothing is read through any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from app.store import Document, Store
from forms.kinds.base import Kind
from forms.kinds.nested import nested_fields
from forms.path import AnswerPath
from forms.spec import Part
from forms.values import ID, ORDER, Answers, Json, mapping, rows_of

FROZEN: Final = frozenset({"submitted", "approved"})
"""States of a part in which its answers hold still."""


def frozen(store: Store, document: Document) -> frozenset[str]:
    """The parts of a document that hold still, spelled 'key' or 'key.subject'."""
    return frozenset(part for part, state in store.documents.parts(document.id).items() if state in FROZEN)


def pieces(part: Part, subject: str, known: Answers) -> dict[AnswerPath, Json]:
    """Every resolved value of a part, or of one copy of it: typed, read through and calculated."""
    base, answers = part.base(subject), known
    if subject:
        answers = next((row for row in rows_of(known.get(part.key)) if str(row[ID]) == subject), {})
    return dict(_pieces(part.fields, answers, base))


def _pieces(fields: Iterable[Kind], answers: Answers, base: AnswerPath) -> Iterator[tuple[AnswerPath, Json]]:
    for kind in fields:
        value, inner = answers.get(kind.key), nested_fields(kind)
        if not kind.stored or not inner:
            yield base / kind.key, value
        elif isinstance(value, list | tuple):
            yield from _rows(inner, value, base / kind.key)
        else:
            yield from _pieces(inner, mapping(value), base / kind.key)


def _rows(fields: Iterable[Kind], value: Json, table: AnswerPath) -> Iterator[tuple[AnswerPath, Json]]:
    for order, row in enumerate(rows_of(value)):
        yield table / str(row[ID]) / ORDER, order
        yield from _pieces(fields, row, table / str(row[ID]))
