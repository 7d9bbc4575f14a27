"""The commission sheet over its catalogue: what a commitment says, and the rules (forms.md R-36)."""
from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from forms.kinds import Problem
from forms.path import AnswerPath
from forms.rules import WAITS, Finding, Rule
from forms.values import ID, N_, Answers, Json, mapping, rows_of
from forms.view import Facts

SAME = ("pact_edition", "meta_no", "scope", "scope_entity")
"""What makes two sheets the same one."""


def code_of(edition: str, number: int) -> str:
    """'2019-4': a commitment of an edition."""
    return f"{edition}-{number}"


def statement(catalogue: Mapping[str, tuple[str, ...]]) -> Callable[[Facts], Json]:
    """The code of the commitment that was chosen, worded by the catalogue; None where the edition has no such number."""

    def code(facts: Facts) -> Json:
        edition, number = str(facts.answers.get("pact_edition")), facts.answers.get("meta_no")
        known = isinstance(number, int) and 1 <= number <= len(catalogue.get(edition, ()))
        return code_of(edition, int(str(number))) if known else None

    return code


def known_number(catalogue: Mapping[str, tuple[str, ...]]) -> Callable[[Facts], Finding]:
    """R-36: the number is one of the edition's."""

    def check(facts: Facts) -> Finding:
        edition, number = str(facts.answers.get("pact_edition") or ""), facts.answers.get("meta_no")
        if edition not in catalogue or not isinstance(number, int):
            return WAITS
        most = len(catalogue[edition])
        wrong = _at("meta_no", N_("La edición {edition} tiene metas del 1 al {most}."), edition=edition, most=most)
        return [] if 1 <= number <= most else [wrong]

    return check


def only_one(facts: Facts) -> Finding:
    """R-36: one valid sheet by edition, commitment and scope."""
    if not facts.answers.get("meta_no"):
        return WAITS
    same = any(all(_plain(facts.answers.get(key)) == _plain(other.get(key)) for key in SAME) for other in facts.dossier.siblings)
    return [_at("meta_no", N_("La meta {n} ya tiene comisión."), n=facts.answers["meta_no"])] if same else []


def two_people(facts: Facts) -> Iterator[Problem]:
    """R-36: the deputy is somebody else."""
    focal, deputy = mapping(facts.answers.get("focal")), mapping(facts.answers.get("deputy"))
    if deputy.get("email") and (_plain(deputy["email"]) == _plain(focal.get("email")) or _name(deputy) == _name(focal)):
        yield _at("deputy", N_("La suplencia no puede ser la misma persona que el punto focal."))


def of_the_commission(facts: Facts) -> Finding:
    """Who answers for a point of the agenda is a member, or the focal point or deputy."""
    members = rows_of(facts.answers.get("members"))
    known = {_plain(row.get(key)) for row in members for key in ("organisation", "representative")} - {""}
    if not known:
        return WAITS
    known |= {_name(mapping(facts.answers.get(key))) for key in ("focal", "deputy")}
    told = [(row, row["responsible"]) for row in rows_of(facts.answers.get("commission_agenda")) if row.get("responsible")]
    return [Problem(_of_agenda(row, "responsible"), N_("«{who}» no está entre los integrantes."), {"who": who})
            for row, who in told if _plain(who) not in known]


def after_the_assembly(facts: Facts) -> Finding:
    """What the commission sets out to do is due after the assembly that formed it."""
    held = facts.dossier.facts.get("assembly_date")
    if not held:
        return WAITS
    return [Problem(_of_agenda(row, "due"), N_("La fecha es anterior a la asamblea."), {})
            for row in rows_of(facts.answers.get("commission_agenda")) if row.get("due") and str(row["due"]) < str(held)]


def _of_agenda(row: Answers, key: str) -> AnswerPath:
    return AnswerPath(("commission_agenda", str(row[ID]), key))


def _name(person: Answers) -> str:
    return " ".join(_plain(person.get(key)) for key in ("given_names", "family_names"))


def _plain(value: Json) -> str:
    return str(value or "").strip().casefold()


def _at(key: str, message: str, **places: object) -> Problem:
    return Problem(AnswerPath((key,)), message, dict(places))


def of(catalogue: Mapping[str, tuple[str, ...]]) -> tuple[Rule, ...]:
    """The rules of a sheet over some catalogue."""
    return (
        Rule("R-36-number", "FC.meta_no", "submit", True, known_number(catalogue)),
        Rule("R-36", "FC.meta_no", "submit", True, only_one),
        Rule("R-36-deputy", "FC.deputy", "submit", True, two_people),
        Rule("FC-1", "FC.commission_agenda", "submit", False, of_the_commission),
        Rule("FC-2", "FC.commission_agenda", "submit", True, after_the_assembly),
    )
