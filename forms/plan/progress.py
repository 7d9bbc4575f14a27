"""How far a plan is: lights and weighted progress (forms.md R-26), and the rules of its follow-ups."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from forms.exchange.sources import at, codes, problem, value_of
from forms.kinds import Problem, empty
from forms.kinds.figures import canonical
from forms.path import AnswerPath
from forms.plan.calendar import end_of
from forms.rules import Finding, Rule
from forms.values import ID, N_, Answers, Json, rows_of
from forms.view import Facts

MILESTONES = ("3", "6", "9", "12")
GREEN, AMBER = Decimal("0.9"), Decimal("0.6")
"""Shares of what was planned from which a light is green, or amber."""
EXPLAINED = ("delayed", "rescheduled", "cancelled")
DONE_WITH = ("submitted", "approved", "signing", "signed", "superseded")
"""States of a follow-up that was handed in."""
TENTH = Decimal("0.1")


def milestone(facts: Facts) -> Json:
    """The month of the plan a follow-up is for."""
    return facts.dossier.subject or facts.subject or None


def cutoff(facts: Facts) -> Json:
    """The last day of that month."""
    start, month = value_of(facts, "PTA", "plan_start"), milestone(facts)
    return end_of(start, int(str(month))) if start and month else None


def rows(facts: Facts) -> Sequence[Answers]:
    """The actions of the plan."""
    return [{ID: row[ID]} for row in rows_of(value_of(facts, "PTA", "actions"))]


def before(facts: Facts) -> Answers:
    """What the follow-up before said of the action of the row; the first has none before it."""
    return _earlier(facts).get(str(facts.row.get(ID)), {})


def _earlier(facts: Facts) -> dict[str, Answers]:
    month = str(milestone(facts))
    at_hand = MILESTONES[: MILESTONES.index(month)][-1:] if month in MILESTONES else ()
    return {str(row[ID]): row for each in at_hand for row in rows_of(facts.dossier.answers("F5S", subject=each).get("progress"))}


def _followed(facts: Facts) -> Iterator[tuple[Answers, Answers]]:
    """(action of the plan, what is said of it now) for each action that is still pursued and has figures."""
    plan = {str(row[ID]): row for row in rows_of(value_of(facts, "PTA", "actions"))}
    for row in rows_of(facts.answers.get("progress")):
        if row.get(ID) in plan and row.get("status") != "cancelled" and isinstance(row.get("percent"), int):
            yield plan[str(row[ID])], row


def weighted(facts: Facts) -> Json:
    """Σ weight × percent over the actions still pursued, whose weights are rescaled; one decimal, half up."""
    pursued = [(int(str(action["weight"])), int(str(row["percent"]))) for action, row in _followed(facts) if action.get("weight")]
    whole = sum(weight for weight, _ in pursued)
    reached = Decimal(sum(weight * percent for weight, percent in pursued))
    return canonical((reached / whole).quantize(TENTH, ROUND_HALF_UP)) if whole else None


def lights(facts: Facts) -> Json:
    """The light of each action still pursued."""
    month = milestone(facts)
    if not month:
        return None
    return [{ID: row[ID], "action": row[ID], "light": light(action, row, int(str(month)))} for action, row in _followed(facts)] or None


def light(action: Answers, row: Answers, month: int) -> str:
    """R-26: what was reached as a share of what was planned by a month; where nothing was planned yet, green."""
    planned, reached = _by_target(action, row, month) or _by_months(action, row, month)
    if planned == 0:
        return "green"
    share = reached / planned
    return "green" if share >= GREEN else "amber" if share >= AMBER else "red"


def _by_target(action: Answers, row: Answers, month: int) -> tuple[Decimal, Decimal] | None:
    """(planned, reached) by the milestone's target; None if it has none, or the indicator nowhere to go."""
    if not all(each for each in (action.get(f"target_m{month}"), action.get("baseline"), action.get("target_m12"), row.get("value"))):
        return None
    base, last = (Decimal(str(action[key])) for key in ("baseline", "target_m12"))
    target, value = Decimal(str(action[f"target_m{month}"])), Decimal(str(row["value"]))
    return ((target - base) / (last - base), (value - base) / (last - base)) if last != base else None


def _by_months(action: Answers, row: Answers, month: int) -> tuple[Decimal, Decimal]:
    """(planned, reached) by the months of work that are over and the percent that is told."""
    months = [int(each) for each in codes(action.get("months"))]
    past = sum(each <= month for each in months)
    return Decimal(past) / (len(months) or 1), Decimal(int(str(row["percent"]))) / 100


def planned(actions: Sequence[Answers], month: int) -> Decimal:
    """How far a plan should be by a month, in percent of its weights, one decimal: by an action's target, else by its months."""
    weights = [(int(str(action["weight"])), _planned(action, month)) for action in actions if action.get("weight")]
    whole = sum(weight for weight, _ in weights)
    return (sum((weight * share for weight, share in weights), Decimal()) * 100 / (whole or 1)).quantize(TENTH, ROUND_HALF_UP)


def _planned(action: Answers, month: int) -> Decimal:
    told = {**action, "value": action.get(f"target_m{month}")}
    return (_by_target(action, told, month) or _by_months(action, {"percent": 0}, month))[0]


def in_order(facts: Facts) -> Finding:
    """R-33: a follow-up comes after the one before it."""
    month = str(milestone(facts))
    if month not in MILESTONES[1:]:
        return []
    earlier = MILESTONES[MILESTONES.index(month) - 1]
    handed_in = facts.dossier.state("F5S", earlier) in DONE_WITH
    return [] if handed_in else [problem(at("milestone"), N_("Antes va el seguimiento del mes {month}."), month=earlier)]


def told(facts: Facts) -> Iterator[Problem]:
    """What went otherwise is explained, what is done is proved, and what is put off goes to a month still to come."""
    plan = {str(row[ID]): row for row in rows_of(value_of(facts, "PTA", "actions"))}
    known, month = _earlier(facts), int(str(milestone(facts) or 0))
    for row in rows_of(facts.answers.get("progress")):
        path, action, note = at("progress", row[ID]), plan.get(str(row[ID]), {}), row.get("note")
        code = action.get("code")
        if row.get("status") in EXPLAINED and empty(note):
            yield problem(path / "note", N_("Diga qué pasó con {code}."), code=code)
        if row.get("status") == "done":
            yield from _done(row, action, path)
        if row.get("new_month") and int(str(row["new_month"])) <= month:
            yield problem(path / "new_month", N_("El nuevo mes de {code} debe ser posterior al corte."), code=code)
        fell = _percent(row) < _percent(known.get(str(row[ID]), {}))
        if fell and empty(note):
            yield problem(path / "percent", N_("El avance de {code} bajó: diga qué pasó."), code=code)


def _done(row: Answers, action: Answers, path: AnswerPath) -> Iterator[Problem]:
    if empty(row.get("evidence")):
        yield problem(path / "evidence", N_("Falta la evidencia de {code}, que está cumplida."), code=action.get("code"))
    if row.get("value") != action.get("target_m12") and empty(row.get("note")):
        yield problem(path / "value", N_("{code} está cumplida sin llegar a su meta: diga qué pasó."), code=action.get("code"))


def _percent(row: Answers) -> int:
    return int(str(row["percent"])) if isinstance(row.get("percent"), int) else 0


def changed_policy(facts: Facts) -> Iterator[Problem]:
    """The last follow-up says which policy changed."""
    if milestone(facts) == MILESTONES[-1] and empty(facts.answers.get("policy_change")):
        yield problem(at("policy_change"), N_("En el mes 12 falta el cambio de política logrado."))


RULES = (
    Rule("R-33", "F5S.milestone", "submit", True, in_order),
    Rule("F5S-1", "F5S.progress", "submit", True, told),
    Rule("F5S-2", "F5S.policy_change", "submit", True, changed_policy),
)
