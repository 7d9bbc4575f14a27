"""Ways along a path through groups and tables."""
from __future__ import annotations

from collections.abc import Iterator

from forms.kinds.base import Kind
from forms.kinds.nested import Group, Nest, Table
from forms.values import ORDER, Json
from forms.view import Reading


def names_of(kind: Kind, value: Json, at: Reading) -> dict[str, str]:
    """How the rows of a table, or a group, are called by those that refer to them; others are never referred to."""
    return kind.names(value, at) if isinstance(kind, Table | Group) else {}


def rows_within(kind: Kind, steps: tuple[str, ...], before: int = 0) -> Iterator[int]:
    """How many of `steps` lead to each row on the way along them. Raises KeyError where no field is."""
    if isinstance(kind, Table) and steps:
        yield before + 1
        steps, before = steps[1:], before + 1
    if steps and steps != (ORDER,) and isinstance(kind, Nest):
        yield from rows_within(kind.within(steps[0]), steps[1:], before + 1)


def step_into(kind: Kind, steps: tuple[str, ...]) -> tuple[Kind, ...]:
    """The kinds passed on the way along `steps` of a path inside `kind`, itself first. Raises KeyError where no field is."""
    rest = steps[1:] if isinstance(kind, Table) else steps
    if not rest or rest == (ORDER,):
        return (kind,)
    if not isinstance(kind, Nest):
        raise KeyError(rest[0])
    return (kind, *step_into(kind.within(rest[0]), rest[1:]))
