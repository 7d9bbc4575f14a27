"""The shape of values: an answer's value is its stored JSON, so nothing is loaded or dumped on the way."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias, Union

Json: TypeAlias = Union[bool, int, str, Sequence["Json"], Mapping[str, "Json"], None]
Answers: TypeAlias = Mapping[str, Json]
Printed: TypeAlias = Union[str, Mapping[str, "Printed"], Sequence["Printed"]]
RowId: TypeAlias = str

ID = "_id"
"""Key of a row's id: eight Crockford base32 characters, given once and never reused."""
ORDER = "_order"
"""Step of a row's place among its siblings; null says the row is removed."""
READ = "_read"
"""Key under which what was submitted keeps what its conditions read elsewhere, by part."""
EMPTY: tuple[Json, ...] = (None, "", [], {}, ())


class Refused(ValueError):  # noqa: N818
    """A value a kind cannot take. `message` is a msgid with named places; the edge translates it for the reader."""

    def __init__(self, message: str, **places: object) -> None:
        super().__init__(message)
        self.message = message
        self.places: dict[str, object] = places


def N_(message: str) -> str:  # noqa: N802
    """Mark a wording for extraction; it is translated at the edge, in the reader's or the document's language."""
    return message


SENSE = "\x04"
"""Between the sense of a wording and the wording, as in gettext."""


def C_(sense: str, message: str) -> str:  # noqa: N802
    """Mark a wording that Spanish spells like another: `sense` keeps their translations apart and is never shown."""
    return f"{sense}{SENSE}{message}"


def rows_of(value: Json) -> list[Mapping[str, Json]]:
    """The rows of a table's value; anything else has none."""
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, Sequence) and not isinstance(value, str) else []


def mapping(value: Json) -> Answers:
    """The value of a group; anything else is an empty one."""
    return value if isinstance(value, Mapping) else {}
