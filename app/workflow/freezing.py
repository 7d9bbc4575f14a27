"""What is submitted reads as it did then: every resolved value is copied, and nothing is read through any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from app.store import Document, Store
from forms.facts import NAMES
from forms.kinds.base import Kind
from forms.kinds.nested import nested_fields
from forms.path import AnswerPath
from forms.spec import Form, Part
from forms.values import ID, ORDER, READ, Answers, Json, mapping, rows_of
from forms.view import DossierView, Facts

FROZEN: Final = frozenset({"submitted", "approved"})
"""States of a part in which its answers hold still."""
EVENT: Final = "answers_frozen"
"""The revision that copied them."""


def frozen(store: Store, document: Document) -> frozenset[str]:
    """The parts of a document that hold still, spelled 'key' or 'key.subject'."""
    return frozenset(part for part, state in store.documents.parts(document.id).items() if state in FROZEN)


def copied(store: Store, document: Document) -> frozenset[AnswerPath]:
    """The answers that stand in a document because they were copied when it was submitted; nobody typed them there."""
    told = (event.payload for event in store.events.told(document.dossier_id, EVENT))
    numbers = {each["revision"] for each in told if each.get("document") == document.id}
    if not numbers:
        return frozenset()
    return frozenset(AnswerPath.read(path) for path, number in store.revisions.numbers(document.id).items() if number in numbers)


def pieces(form: Form, name: str, known: Answers, view: DossierView) -> dict[AnswerPath, Json]:
    """Every resolved value of a part ('key'), or of one copy of it ('key.subject'): typed, read through and calculated.

    What its conditions read elsewhere stands under `_read`.
    """
    key, _, subject = name.partition(".")
    part = next(each for each in form.parts if each.key == key)
    base, answers = part.base(subject), known
    if subject:
        answers = next((row for row in rows_of(known.get(part.key)) if str(row[ID]) == subject), {})
    read = _read(form, part, known, view)
    place = AnswerPath((READ, key, subject) if subject else (READ, key))
    return dict(_pieces(part.fields, answers, base)) | ({place: read} if read else {})


def _read(form: Form, part: Part, known: Answers, view: DossierView) -> dict[str, Json]:
    """What the part's conditions read from facts and other forms."""
    keys = {kind.when.key for kind in part.every if kind.when}
    facts = Facts({}, known, view)
    return {key: facts.value(key) for key in sorted(keys) if ("." in key or key in NAMES) and key not in form.keys}


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
