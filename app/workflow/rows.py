"""Rows of a table: added, copied, moved, removed, brought back. A removed row keeps its answers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.errors import NotFound, TooManyRows
from app.store import Document, Person, Store
from app.workflow import editing, merging, saving
from app.workflow.naming import Place, place_of, value_at
from app.workflow.saving import Changes, Now, Saved
from forms import FORMS
from forms.kinds.nested import nested_fields
from forms.kinds.rows import new_row_id
from forms.path import AnswerPath
from forms.values import ID, ORDER, Json, RowId, mapping, rows_of


@dataclass(frozen=True)
class Added:
    """A new row and the revision it came with."""

    row_id: RowId
    revision: int


def add_row(store: Store, person: Person, document: Document, table: AnswerPath, key: str = "", after: RowId = "") -> Added:
    """An empty row at the end, or after another. Raises TooManyRows, NotFound for what is no table."""
    return _added(store, person, document, table, after, None, key)


def duplicate_row(store: Store, person: Person, document: Document, row: AnswerPath, key: str = "") -> Added:
    """A copy of a row right after it, without what was attached to it and what another role fills. Raises TooManyRows, NotFound."""
    place = _row(document, row)
    return _added(store, person, document, place.top, place.row, row, key)


def remove_row(store: Store, person: Person, document: Document, row: AnswerPath, key: str = "") -> Saved:
    """Take a row out; its answers stay, so that it can be brought back. Raises NotFound for a row that is not there."""

    def act(current: Now) -> Saved:
        table, _ = _standing(current, row)
        return _write(store, person, document, current, table, {row / ORDER: None})

    return saving.once(store, person, document, f"remove:{row.pdf}", key, act)


def restore_row(store: Store, person: Person, document: Document, row: AnswerPath, key: str = "") -> Saved:
    """Bring a removed row back to the end of its table. Raises TooManyRows, NotFound for a row that was not removed."""

    def act(current: Now) -> Saved:
        place = _row(document, row)
        if place.row not in _removed(current, place.top):
            raise NotFound
        _room(current, place.top)
        return _write(store, person, document, current, place.top, {row / ORDER: merging.last_order(current.leaves, place.top) + 1})

    return saving.once(store, person, document, f"restore:{row.pdf}", key, act)


def move_row(store: Store, person: Person, document: Document, row: AnswerPath, by: int, key: str = "") -> Saved:
    """Move a row `by` places, down if positive; at the end of the table it stays there. Raises NotFound."""

    def act(current: Now) -> Saved:
        table, rows = _standing(current, row)
        at = rows.index(row.steps[-1])
        others = [each for each in rows if each != rows[at]]
        to = min(max(at + by, 0), len(others))
        return _write(store, person, document, current, table, _ordered(current, table, [*others[:to], rows[at], *others[to:]]))

    return saving.once(store, person, document, f"move:{row.pdf}:{by}", key, act)


def _added(store: Store, person: Person, document: Document, table: AnswerPath, after: RowId, source: AnswerPath | None, key: str) -> Added:
    def act(current: Now) -> Saved:
        rows, fresh = _room(current, table), new_row_id()
        if after and after not in rows:
            raise NotFound
        at = rows.index(after) + 1 if after else len(rows)
        orders = _ordered(current, table, [*rows[:at], fresh, *rows[at:]])
        opening = editing.opening(store, person, document)
        copied = _copied(current, source, table / fresh) if source else {}
        copied = {path: value for path, value in copied.items() if opening.allows(path)}
        return replace(_write(store, person, document, current, table, {**orders, **copied}), row=fresh)

    saved = saving.once(store, person, document, f"add:{table.pdf}:{after}:{source.pdf if source else ''}", key, act)
    return Added(saved.row, saved.revision)


def _write(store: Store, person: Person, document: Document, current: Now, table: AnswerPath, changes: Changes) -> Saved:
    """A table read through from elsewhere becomes the document's own with its first change."""
    place = _place(document, table)
    return saving.write(store, person, document, place.section.key, {**merging.kept_whole(current, changes), **changes}, current)


def _copied(current: Now, source: AnswerPath, target: AnswerPath) -> dict[AnswerPath, Json]:
    pieces = {path: value for path, value in current.leaves.items() if merging.within(path, source) and path.steps[-1] != ORDER}
    return {
        AnswerPath((*target.steps, *path.steps[len(source.steps) :])): value
        for path, value in pieces.items()
        if "sha256" not in mapping(value)
    }


def _ordered(current: Now, table: AnswerPath, ids: list[RowId]) -> dict[AnswerPath, Json]:
    places = {table / row / ORDER: number for number, row in enumerate(ids)}
    return {path: number for path, number in places.items() if current.leaves.get(path) != number}


def _room(current: Now, table: AnswerPath) -> list[RowId]:
    """Ids of the rows, if one more fits. Raises TooManyRows, NotFound for what is no table."""
    place = place_of(current.form, table)
    most = place.kind.schema().get("maxItems") if place is not None and place.top == table and nested_fields(place.kind) else None
    if most is None:
        raise NotFound
    rows = _ids(current, table)
    if len(rows) >= most:
        raise TooManyRows(most=most)
    return rows


def _ids(current: Now, table: AnswerPath) -> list[RowId]:
    return [str(row[ID]) for row in rows_of(value_at(current.answers, table))]


def _removed(current: Now, table: AnswerPath) -> set[RowId]:
    return {
        path.steps[-2]
        for path, value in current.leaves.items()
        if path.steps[-1] == ORDER and path.steps[:-2] == table.steps and value is None
    }


def _standing(current: Now, row: AnswerPath) -> tuple[AnswerPath, list[RowId]]:
    """The table of a row and the ids of its rows. Raises NotFound for a row that is not there."""
    place = place_of(current.form, row)
    rows = _ids(current, place.top) if place is not None and place.row else []
    if place is None or place.row not in rows:
        raise NotFound
    return place.top, rows


def _row(document: Document, row: AnswerPath) -> Place:
    place = _place(document, row)
    if not place.row or (place.top / place.row) != row:
        raise NotFound
    return place


def _place(document: Document, path: AnswerPath) -> Place:
    place = place_of(FORMS[document.form], path)
    if place is None:
        raise NotFound
    return place
