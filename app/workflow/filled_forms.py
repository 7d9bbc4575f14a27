"""What a filled form says, through the kinds like a browser's post: values to compare, and what cannot be taken with its sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from app.errors import N_
from app.store.values import canonical
from app.workflow import saving
from app.workflow.naming import Place, place_of
from app.workflow.saving import Now
from forms.blocks import Box
from forms.changes import changed
from forms.kinds.nested import nested_fields
from forms.kinds.rows import ROW_ID
from forms.path import AnswerPath
from forms.spec import Form
from forms.values import EMPTY, ORDER, Json, Refused
from forms.view import Formatter, Reading

Fields: TypeAlias = Mapping[str, tuple[str, ...]]
ELSEWHERE: Final = N_("Es de alguien que no está en este documento.")
UNASKED: Final = ("file", "signature", "note")
"""Types of boxes that a filled form does not answer."""


@dataclass(frozen=True)
class Unusable:
    """Something in the file that cannot be taken: why (a msgid with its places), and the person's own text."""

    path: AnswerPath
    message: str
    places: Mapping[str, Json]
    said: str


@dataclass(frozen=True)
class Said:
    """The answers of a file that are not as they were printed; `unknown` is how many of its fields the form does not ask."""

    leaves: Mapping[AnswerPath, Json]
    unusable: tuple[Unusable, ...]
    unknown: int


@dataclass(frozen=True)
class _Field:
    """One answer's inputs together: `said` by step, '' for an answer of one box."""

    path: AnswerPath
    place: Place
    said: Mapping[str, tuple[str, ...]]


def echo(value: Json) -> str:
    """A short digest of a value, to know it again."""
    return hashlib.blake2s(canonical(value).encode(), digest_size=4).hexdigest()


def echoes(current: Now) -> dict[str, str]:
    """The answers a document shows and nobody typed in it, as digests: a file made now carries them, since their source may change."""
    read = (path for path in current.shown if path.steps[-1] != ORDER and current.leaves.get(path) is None)
    return {path.pdf: echo(current.shown[path]) for path in read}


def read(
    fields: Fields,
    printed: Mapping[AnswerPath, Json],
    heard: Mapping[str, str],
    current: Now,
    fmt: Formatter,
    theirs: Callable[[AnswerPath], bool],
) -> Said:
    """The fields of a file by name, as a browser would send them, as far as they are `theirs`.

    `printed` are the leaves that stood in it when it was made, `heard` the echoes of those read through from elsewhere. Values are parsed,
    then settled once all are in: what refers to rows may mean rows of the file itself.
    """
    known, unknown = _known(current.form, fields, theirs)
    at, leaves, unusable = current.reading(fmt), dict[AnswerPath, Json](), list[Unusable]()
    for field in known:
        raw = _raw(field, at)
        if raw is None or raw == field.place.kind.raw(printed.get(field.path), at):
            continue
        try:
            value = _parsed(field, raw, current, at)
        except Refused as refused:
            unusable.append(_unusable(field.path, refused, raw))
            continue
        if differs(value, printed.get(field.path)) and heard.get(field.path.pdf) != echo(value):
            leaves[field.path] = value
    return _settled(leaves, {field.path: field for field in known}, current, fmt, Said(leaves, tuple(unusable), unknown))


def _parsed(field: _Field, raw: tuple[str, ...], current: Now, at: Reading) -> Json:
    """The value of what stands in the inputs. Raises Refused, also for the copy of a part that nobody here has."""
    if field.place.subject and field.place.part.base(field.place.subject) / ORDER not in current.shown:
        raise Refused(ELSEWHERE)
    return field.place.kind.parse(raw, at) if any(each.strip() for each in raw) else None


def _known(form: Form, fields: Fields, theirs: Callable[[AnswerPath], bool]) -> tuple[tuple[_Field, ...], int]:
    """The answers the form asks for, and how many other fields there are. Names that start with '_' are the file's own."""
    found: dict[AnswerPath, tuple[Place, dict[str, tuple[str, ...]]]] = {}
    unknown = 0
    for name, raw in fields.items():
        if name.rpartition(".")[2].startswith("_"):
            continue
        at = _asked(form, name)
        if at is None or not theirs(at[0]):
            unknown += 1
            continue
        path, place, step = at
        found.setdefault(path, (place, {}))[1][step] = tuple(raw)
    return tuple(_Field(path, place, said) for path, (place, said) in found.items()), unknown


def _asked(form: Form, name: str) -> tuple[AnswerPath, Place, str] | None:
    """The answer a field's name leads to, and which of its inputs it is; None for a name the form does not ask."""
    try:
        path = AnswerPath.read(name)
    except ValueError:
        return None
    for known, step in ((path, ""), (AnswerPath(path.steps[:-1]), path.steps[-1])):
        place = place_of(form, known) if known.steps else None
        if place is not None and _answerable(form, known, place):
            return known, place, step
    return None


def _answerable(form: Form, path: AnswerPath, place: Place) -> bool:
    """Whether somebody may type at `path`: one answer, of rows with ids of ours."""
    rows = all(ROW_ID.fullmatch(row.steps[-1]) for row in form.rows_along(path))
    return rows and not place.order and not nested_fields(place.kind) and all(kind.stored for kind in place.kinds)


def _raw(field: _Field, at: Reading) -> tuple[str, ...] | None:
    """What stands in the inputs of an answer, in their order; None where a filled form does not answer."""
    box = next((box for box in field.place.kind.boxes(field.path, None, at) if isinstance(box, Box)), None)
    if box is None or box.type in UNASKED:
        return None
    if box.steps:
        return tuple("".join(field.said.get(step, ())[:1]) for step, _ in box.steps)
    return tuple(each for each in field.said.get("", ()) if each)


def _settled(leaves: dict[AnswerPath, Json], fields: Mapping[AnswerPath, _Field], current: Now, fmt: Formatter, said: Said) -> Said:
    together = {**current.leaves, **changed(current.form, leaves, current.own, current.shown)}
    at = saving.at(current.form, current.view, current.revision, together).reading(fmt)
    settled, unusable = dict[AnswerPath, Json](), list(said.unusable)
    for path, value in leaves.items():
        kind = fields[path].place.kind
        try:
            settled[path] = kind.settled(value, at) if value not in EMPTY else None
        except Refused as refused:
            unusable.append(_unusable(path, refused, _raw(fields[path], at) or ()))
    return Said(settled, tuple(unusable), said.unknown)


def _unusable(path: AnswerPath, refused: Refused, raw: tuple[str, ...]) -> Unusable:
    """The text is kept to be read, so letters cut in half are replaced."""
    said = "\n".join(each for each in raw if each).encode("utf-8", "replace").decode()
    return Unusable(path, refused.message, {key: _plain(value) for key, value in refused.places.items()}, said)


def _plain(value: object) -> Json:
    return value if isinstance(value, int) else str(value).encode("utf-8", "replace").decode()


def differs(value: Json, printed: Json) -> bool:
    """Whether two answers are not the same; nothing is the same as nothing."""
    return value != printed and not (value in EMPTY and printed in EMPTY)
