"""Rules of the twelve-month plan (forms.md §7): nothing of Anexo V is lost, weights sum 100, targets lead one way, the months fit."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from forms.exchange.sources import at, codes, problem, text, value_of
from forms.kinds import Problem
from forms.plan.calendar import end_of, months_in
from forms.rules import WAITS, Finding, Rule
from forms.values import ID, N_, Answers, Json, mapping, rows_of
from forms.view import Facts

WHOLE, LATEST = 100, 60
TARGETS = ("target_m3", "target_m6", "target_m9", "target_m12")
FIRST_QUARTER = ("1", "2", "3")
HOST = ("host_leader", "host_focal")


def _actions(facts: Facts) -> list[Answers]:
    return rows_of(facts.answers.get("actions"))


def _sources(facts: Facts) -> dict[str, Answers]:
    """The joint actions and lines of transfer of Anexo V, by id."""
    return {str(row[ID]): row for table in ("joint_actions", "transfer_outline") for row in rows_of(value_of(facts, "A5", table))}


def nothing_lost(facts: Facts) -> Finding:
    """R-22: every joint action and line of transfer is where some action comes from."""
    asked = _sources(facts)
    if not asked:
        return WAITS
    used = {source for row in _actions(facts) for source in codes(row.get("source"))}
    return [problem(at("actions"), N_("{code} no está en el plan de 12 meses."), code=row.get("code"))
            for source, row in asked.items() if source not in used]


def within_the_year(facts: Facts) -> Finding:
    """R-23: a joint action starts after the visit, ends within the plan, and the months of what grew from it touch its own."""
    start, visit = facts.answers.get("plan_start"), mapping(value_of(facts, "A1", "visit_period"))
    joint = {str(row[ID]): row for row in rows_of(value_of(facts, "A5", "joint_actions")) if mapping(row.get("period"))}
    if not (start and joint):
        return WAITS
    wrong = (_place(row, str(start), str(visit.get("end") or "")) for row in joint.values())
    return [*(each for each in wrong if each), *_elsewhere(facts, joint)]


def _place(row: Answers, start: str, visit_end: str) -> Problem | None:
    period = mapping(row["period"])
    if visit_end and str(period["start"]) < visit_end:
        return problem(at("actions"), N_("{code} empieza antes del fin de la visita."), code=row.get("code"))
    if str(period["end"]) > str(end_of(start)):
        return problem(at("actions"), N_("{code} termina fuera del plan."), code=row.get("code"))
    return None


def _elsewhere(facts: Facts, joint: dict[str, Answers]) -> Iterator[Problem]:
    """The months of all that grew from a joint action, taken together, touch those of its period."""
    for source, row in joint.items():
        grown = [action for action in _actions(facts) if source in codes(action.get("source"))]
        months = {month for action in grown for month in codes(action.get("months"))}
        if months and not months & set(months_in(facts.answers.get("plan_start"), row["period"])):
            path = at("actions", grown[0][ID], "months")
            yield problem(path, N_("Los meses de {pt} no coinciden con los de {code}."), pt=grown[0].get("code"), code=row.get("code"))


def weighed(facts: Facts) -> Iterator[Problem]:
    """R-24: the weights sum 100; that every action says its product, indicator, baseline, target and means, the fields ask."""
    said = [int(str(row["weight"])) for row in _actions(facts) if isinstance(row.get("weight"), int)]
    if said and sum(said) != WHOLE:
        yield problem(at("actions"), N_("Los pesos suman {n}."), n=sum(said))


def of_the_visiting_country(facts: Facts) -> Finding:
    """R-25: who answers for an action without a joint source is not of the host country: neither its people nor its institution."""
    people = [mapping(value_of(facts, "A1", key)) for key in HOST]
    joint = rows_of(value_of(facts, "A5", "joint_actions"))
    emails = {text(person.get("email")) for person in people} - {""}
    names = {text(mapping(value_of(facts, "A1", "host_institution")).get("name"))} | {text(row.get("host_responsible")) for row in joint}
    if not (emails or names - {""}):
        return WAITS
    shared = {str(row[ID]) for row in joint}
    return [problem(at("actions", row[ID], "responsible"), N_("El responsable debe ser del país visitante."))
            for row in _actions(facts) if not shared & set(codes(row.get("source"))) and _theirs(row, emails, names - {""})]


def _theirs(row: Answers, emails: set[str], names: set[str]) -> bool:
    return text(row.get("responsible_email")) in emails or any(name in text(row.get("responsible")) for name in names)


def starts_well(facts: Facts) -> Iterator[Problem]:
    """A plan starts on the first of a month, at most sixty days after the visit and not before it."""
    start, visit = facts.answers.get("plan_start"), mapping(value_of(facts, "A1", "visit_period"))
    if start and not str(start).endswith("-01"):
        yield problem(at("plan_start"), N_("El plan empieza el primer día de un mes."))
    if start and visit.get("end"):
        last = date.fromisoformat(str(visit["end"]))
        if not last < date.fromisoformat(str(start)) <= last + timedelta(LATEST):
            yield problem(at("plan_start"), N_("El plan empieza dentro de los {days} días que siguen a la visita."), days=LATEST)


def leads_one_way(facts: Facts) -> Iterator[Problem]:
    """The last target differs from the baseline, and those before never turn back; a baseline is no later than the start."""
    for row in _actions(facts):
        path = at("actions", row[ID])
        if row.get("baseline") and row.get("target_m12"):
            base, *steps = (Decimal(str(row[key])) for key in ("baseline", *TARGETS) if row.get(key))
            if steps[-1] == base:
                yield problem(path / "target_m12", N_("La meta del mes 12 de {code} es igual a la línea de base."), code=row.get("code"))
            elif not _one_way([base, *steps]):
                yield problem(path / "target_m12", N_("Las metas de {code} cambian de dirección."), code=row.get("code"))
        start = facts.answers.get("plan_start")
        if start and str(row.get("baseline_date") or "") > str(start):
            yield problem(path / "baseline_date", N_("La línea de base de {code} es posterior al inicio del plan."), code=row.get("code"))


def _one_way(values: list[Decimal]) -> bool:
    return values in (sorted(values), sorted(values, reverse=True))


def shared_soon(facts: Facts) -> Finding:
    """What was learned is shared within the first three months."""
    months: list[Json] = [row.get("month") for row in rows_of(facts.answers.get("sharing"))]
    if not any(months):
        return WAITS
    soon = any(month in FIRST_QUARTER for month in months)
    return [] if soon else [problem(at("sharing"), N_("Ninguna réplica está prevista en los meses 1 a 3."))]


RULES = (
    Rule("R-22", "PTA.actions", "submit", True, nothing_lost),
    Rule("R-23", "PTA.actions", "submit", True, within_the_year),
    Rule("R-24", "PTA.actions", "submit", True, weighed),
    Rule("R-25", "PTA.actions", "submit", True, of_the_visiting_country),
    Rule("PTA-1", "PTA.plan_start", "submit", True, starts_well),
    Rule("PTA-2", "PTA.actions", "submit", True, leads_one_way),
    Rule("PTA-3", "PTA.sharing", "submit", False, shared_soon),
)
