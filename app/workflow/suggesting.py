"""Words a unit has used before, offered where words are free («catálogo propio»)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from app.store import Document, Person, Store
from app.workflow import access, dossiers
from forms.path import AnswerPath
from forms.values import Answers, Json, mapping, rows_of

MOST = 200


def suggestions(store: Store, person: Person, document: Document, path: AnswerPath) -> tuple[str, ...]:
    """What the unit's reports hold in the same field, the most used first, at most two hundred."""
    access.require(store, person, "view", document)
    unit_id = store.dossiers.get(document.dossier_id).unit_id
    found = (
        Counter(word for report in dossiers.reports(store, unit_id) for word in _words(report.answers, path)) if unit_id else Counter[str]()
    )
    return tuple(word for word, _ in sorted(found.items(), key=lambda each: (-each[1], each[0].casefold()))[:MOST])


def _words(answers: Answers, path: AnswerPath) -> Iterator[str]:
    value: Json = answers.get(path.steps[0])
    values = (
        [value] if len(path.steps) == 1 else [row.get(path.steps[-1]) for row in rows_of(value)] or [mapping(value).get(path.steps[-1])]
    )
    for each in values:
        yield from ([each] if isinstance(each, str) and each else [str(word) for word in each] if isinstance(each, list | tuple) else [])
