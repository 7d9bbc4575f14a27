"""Where the answers of an exchange's forms are read from: its facts, its people, its other documents."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from forms.kinds import Calc, Group, Kind, Prefill, Problem, Table
from forms.kinds.dates import written
from forms.path import AnswerPath
from forms.values import ID, N_, Answers, Json, mapping, rows_of
from forms.view import Facts

PROGRAMME = N_("Puntos de encuentro · Pasantías Sur-Sur")
NAMED: Mapping[str, str] = {"A1": N_("el Anexo I"), "A2": N_("el Anexo II"), "A3": N_("el Anexo III"), "A5": N_("el Anexo V"),
                              "F4C": N_("el balance de cierre"), "PTA": N_("el plan de transferencia")}
"""How «viene de …» ends."""


def calc(
    key: str, label: str, of: Callable[[Facts], Json], like: type[Kind], *, help: str = "", fixed: bool = False, live: bool = False,
    **more: Any,
) -> Calc:
    """A calculation worded and drawn as a `like`; `fixed` if nothing typed in the form changes it, `live` if it moves after submission."""
    return Calc(key, label, help=help, of=of, like=like(key, label, **more), span=more.get("span", 12), fixed=fixed, live=live)


def worked_out(like: Group | Table, of: Callable[[Facts], Json], *, help: str = "", fixed: bool = False) -> Calc:
    """A calculation of several figures or rows, worded and drawn as the group or table `like`."""
    return Calc(like.key, like.label, help=help, of=of, like=like, span=like.span, fixed=fixed)


def fact(key: str) -> Prefill:
    """What the exchange was opened with, or the forms of phases 1 and 2 said."""
    return Prefill(N_("los datos del intercambio"), lambda facts: facts.dossier.facts.get(key))


def person_of(role: str) -> Prefill:
    """Who has a role in the exchange, typed once in its people."""
    return Prefill(N_("las personas del intercambio"), lambda facts: facts.dossier.people.get(role))


def said(form: str, *steps: str) -> Prefill:
    """What another document of the exchange says; a step more for an answer inside a group."""
    return Prefill(NAMED[form], lambda facts: value_of(facts, form, *steps))


def value_of(facts: Facts, form: str, *steps: str) -> Json:
    """The answer of another document of the exchange; None if it is not there."""
    value: Json = facts.dossier.answers(form)
    for step in steps:
        value = mapping(value).get(step)
    return value


def own(key: str) -> Prefill:
    """What the person's own row of the delegation says."""
    return Prefill(NAMED["A2"], lambda facts: traveller(facts).get(key))


def traveller(facts: Facts) -> Answers:
    """The row of the delegation a document or part is for; empty if there is none."""
    whom = facts.subject or facts.dossier.subject
    return next((row for row in rows_of(value_of(facts, "A2", "travellers")) if row.get(ID) == whom), {})


def active(value: Json) -> list[Answers]:
    """The travellers who go: Titular (forms.md R-07). One whose situation is not said yet counts."""
    return [row for row in rows_of(value) if (row.get("state") or "titular") == "titular"]


def text(value: Json) -> str:
    """A value as it is compared: trimmed, without capitals."""
    return str(value or "").strip().casefold()


def codes(value: Json) -> list[str]:
    """The codes of a several-choice answer."""
    return [str(code) for code in value] if isinstance(value, list | tuple) else []


def at(*steps: str | Json) -> AnswerPath:
    """The path of an answer."""
    return AnswerPath(tuple(map(str, steps)))


def problem(path: AnswerPath, message: str, **places: object) -> Problem:
    """What a rule says at an answer."""
    return Problem(path, message, dict(places))


def day(iso: Json) -> str:
    """A day as people write it, day/month/year, for a rule's sentence."""
    return written(str(iso))
