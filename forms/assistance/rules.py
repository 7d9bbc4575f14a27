"""Rules of the semiannual report (forms.md §7)."""
from __future__ import annotations

from collections.abc import Iterator

from forms.kinds.base import Problem
from forms.path import AnswerPath
from forms.rules import WAITS, Finding, Rule
from forms.values import N_, Answers, Json
from forms.view import Facts

SAME = ("unit", "policy", "year", "semester")
"""What makes two reports the same one."""
OPENED = {"year": N_("El informe se abrió para el año {opened}."), "semester": N_("El informe se abrió para el semestre {opened}.")}


def _plain(value: Json) -> str:
    return str(value or "").strip().casefold()


def _at(key: str, message: str, **places: object) -> Problem:
    return Problem(AnswerPath((key,)), message, dict(places))


def _is_same(mine: Answers, other: Answers) -> bool:
    return all(_plain(mine.get(key)) == _plain(other.get(key)) for key in SAME)


def one_a_semester(facts: Facts) -> Finding:
    """One report by unit, policy, year and semester."""
    if any(not facts.answers.get(key) for key in SAME):
        return WAITS
    same = any(_is_same(facts.answers, other) for other in facts.dossier.siblings)
    return [_at("semester", N_("Ya existe un informe de ese semestre."))] if same else []


def as_opened(facts: Facts) -> Iterator[Problem]:
    """Year and semester are those the report was opened for, and its code says so."""
    for key, message in OPENED.items():
        opened, said = facts.dossier.facts.get(key), facts.answers.get(key)
        if opened and said and str(opened) != str(said):
            yield _at(key, message, opened=opened)


def not_ahead(facts: Facts) -> Iterator[Problem]:
    """A report is of this year or an earlier one."""
    year, today = facts.answers.get("year"), facts.dossier.today
    if isinstance(year, int) and today and year > int(today[:4]):
        yield _at("year", N_("El año {year} aún no llega."), year=year)


RULES = (
    Rule("R-35", "IAT.semester", "submit", True, one_a_semester),
    Rule("IAT-1", "IAT.year", "submit", True, as_opened),
    Rule("IAT-2", "IAT.year", "submit", True, not_ahead),
)
