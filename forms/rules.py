"""What must hold between answers, or between documents: each rule has an owner, a gate and a sentence (forms.md §7)."""
from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Literal, TypeAlias

from forms.kinds.base import Problem
from forms.view import Facts

Gate: TypeAlias = Literal["save", "submit", "approve", "final", "ready", "system"]


class Waits(Enum):
    """A rule that compares with a document nobody has filled yet neither holds nor fails."""

    WAITS = "waits"


WAITS = Waits.WAITS
Finding: TypeAlias = Iterable[Problem] | Waits


@dataclass(frozen=True)
class Rule:
    """`check` reads filled facts and yields what is wrong, or WAITS. It stops the owner's gate if it `blocks`; elsewhere it warns."""

    id: str
    owner: str
    """Form and field it belongs to: 'IAT.semester'."""
    gate: Gate
    blocks: bool
    check: Callable[[Facts], Finding]


@dataclass(frozen=True)
class Checked:
    """What a rule said of one document."""

    rule: Rule
    problems: tuple[Problem, ...] = ()
    waits: bool = False


def checked(rules: Iterable[Rule], facts: Facts) -> tuple[Checked, ...]:
    """Each rule with what it found, in order."""
    return tuple(_checked(rule, rule.check(facts)) for rule in rules)


def _checked(rule: Rule, found: Finding) -> Checked:
    return Checked(rule, waits=True) if isinstance(found, Waits) else Checked(rule, tuple(found))
