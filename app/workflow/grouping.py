"""A person's saves of one section within fifteen minutes are one group: what history tells in one sentence and undo takes back at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, TypeVar

WINDOW: Final = timedelta(minutes=15)
Each = TypeVar("Each")


def grouped(things: Iterable[Each], same: Callable[[Each], object], at: Callable[[Each], str]) -> list[list[Each]]:
    """Consecutive things that are `same`, each group no longer than fifteen minutes from its first. `at` gives ISO moments, ascending."""
    groups: list[list[Each]] = []
    for each in things:
        first = groups[-1][0] if groups else None
        if first is not None and same(first) == same(each) and _moment(at(each)) - _moment(at(first)) <= WINDOW:
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups


def _moment(iso: str) -> datetime:
    return datetime.fromisoformat(iso)


@dataclass
class Strokes:
    """The saves of one person in one section as a stack of revisions: done, and undone since."""

    done: list[tuple[int, str]] = field(default_factory=list)
    """(revision, moment)"""
    undone: list[list[tuple[int, str]]] = field(default_factory=list)

    def save(self, revision: int, at: str) -> None:
        self.done.append((revision, at))
        self.undone.clear()

    def undo(self, revisions: Iterable[int]) -> None:
        back = set(revisions)
        self.undone.append([each for each in self.done if each[0] in back])
        self.done = [each for each in self.done if each[0] not in back]

    def redo(self) -> None:
        self.done += self.undone.pop() if self.undone else []

    @property
    def last(self) -> list[int]:
        """Revisions of the group that undo would take back now."""
        groups = grouped(self.done, lambda each: True, lambda each: each[1])
        return [revision for revision, _ in groups[-1]] if groups else []

    @property
    def next(self) -> list[int]:
        """Revisions that redo would bring back now."""
        return [revision for revision, _ in self.undone[-1]] if self.undone else []
