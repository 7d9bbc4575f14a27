"""What Anexo V works out of questionnaires and of what came before, and its rules (forms.md §7)."""
from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from forms.exchange.agenda import places
from forms.exchange.sources import at, codes, problem, text, value_of
from forms.kinds import Problem
from forms.plan.calendar import year_of
from forms.rules import WAITS, Finding, Rule
from forms.values import ID, N_, Answers, Json, RowId, mapping, rows_of
from forms.view import Address, Facts

FEWEST = 3
"""Answers from which a figure is shown: below, one could tell who said what."""
SENT = ("submitted", "approved")
TENTH = Decimal("0.1")
RATED = (
    "q_relevance", "q_objectives", "q_experiences", "q_depth", "q_time", "q_preparation", "q_host", "q_oei", "q_logistics",
    "q_closing", "q_applicable", "q_network", "knowledge_before", "knowledge_after")
HAPPENED = ("cumplida", "cambiada")
"""What a focal point says of a row of the agenda that took place."""


def rows_of_form(form: str, table: str) -> Callable[[Facts], Sequence[Answers]]:
    """The rows of another document's table, by their ids only."""
    return lambda facts: [{ID: row[ID]} for row in rows_of(value_of(facts, form, table))]


def averages(facts: Facts) -> Json:
    """Averages to one decimal (half up) with how many answers, «No aplica» left out; how many were sent stands in any case."""
    sent = [row for row in rows_of(facts.answers.get("questionnaire")) if _sent(facts, str(row[ID]))]
    found: dict[str, Json] = {"answers": len(sent)}
    if len(sent) < FEWEST:
        return found
    changes = [after - before for before, after in (_figures(row, "knowledge_before", "knowledge_after") for row in sent if _both(row))]
    return found | {
        "change": _mean(changes) if len(changes) >= FEWEST else None,
        "ratings": {key: said for key in RATED if (said := _average(sent, key))},
        "recommend": {"recommend": said} if (said := _average(sent, "recommend")) else {},
        "outcomes": dict(Counter(code for row in sent for code in codes(row.get("outcomes"))).most_common()),
    }


def _sent(facts: Facts, subject: RowId) -> bool:
    """Whether somebody sent their questionnaire: what is only being written is nobody's business yet."""
    return facts.dossier.states.get(Address("A5", "questionnaire", subject), "") in SENT


def _average(rows: Sequence[Answers], key: str) -> Json:
    said = [row[key] for row in rows if isinstance(row.get(key), int)]
    return {"average": _mean([int(str(each)) for each in said]), "answers": len(said)} if len(said) >= FEWEST else None


def _both(row: Answers) -> bool:
    return isinstance(row.get("knowledge_before"), int) and isinstance(row.get("knowledge_after"), int)


def _figures(row: Answers, *keys: str) -> list[int]:
    return [int(str(row[key])) for key in keys]


def _mean(figures: Sequence[int]) -> str:
    return str((Decimal(sum(figures)) / len(figures)).quantize(TENTH, ROUND_HALF_UP))


def closing_balance(facts: Facts) -> Json:
    """What both countries said in the closing session."""
    return value_of(facts, "F4C", "balance")


def next_activities(facts: Facts) -> Json:
    """The activities agreed in the closing session, with the same ids, to be completed."""
    told = ("title", "host_responsible", "visiting_responsible")
    rows = rows_of(value_of(facts, "F4C", "next_activities"))
    return [{ID: row[ID]} | {key: row[key] for key in told if row.get(key)} for row in rows] or None


def practice(facts: Facts) -> Json:
    """The good practice in the same place of its table: a line of transfer starts from what was seen."""
    found = rows_of(facts.answers.get("good_practices"))
    return found[facts.number - 1].get("practice") if 0 < facts.number <= len(found) else None


def visited(facts: Facts) -> Finding:
    """R-31: a good practice was seen where the delegation really was."""
    done = {str(row[ID]) for _, day in facts.dossier.all("F4L") for row in rows_of(day.get("rows")) if row.get("done") in HAPPENED}
    known = places({"receiving_institutions": value_of(facts, "A1", "receiving_institutions")})
    if not (done and known):
        return WAITS
    seen = {row.get("institution") for row in rows_of(value_of(facts, "A1", "agenda")) if row.get(ID) in done}
    told = [(row[ID], str(row.get("institution"))) for row in rows_of(facts.answers.get("good_practices"))]
    return [problem(at("good_practices", row, "institution"), N_("{inst} no fue visitada."), inst=known[place].get("name"))
            for row, place in told if place in known and place not in seen]


def followed_up(facts: Facts) -> Finding:
    """R-32: what was agreed in the closing session became a joint action: the row that came from it, or one of the same name."""
    agreed, rows = rows_of(value_of(facts, "F4C", "next_activities")), rows_of(facts.answers.get("joint_actions"))
    if not agreed:
        return WAITS
    kept = {row.get(ID) for row in rows} | {text(row.get("title")) for row in rows}
    lost = [row for row in agreed if row.get(ID) not in kept and text(row.get("title")) not in kept]
    return [problem(at("joint_actions"), N_("Actividad del cierre sin seguimiento: {title}."), title=row.get("title")) for row in lost]


def in_time(facts: Facts) -> Finding:
    """R-23: joint actions start once the visit is over and end within the twelve months of the plan."""
    visit = mapping(value_of(facts, "A1", "visit_period"))
    if not visit.get("end"):
        return WAITS
    return list(_out_of_time(facts, str(visit["end"]), year_of(value_of(facts, "PTA", "plan_start"), str(visit["end"]))))


def _out_of_time(facts: Facts, visit_end: str, plan_end: str) -> Iterator[Problem]:
    for row in rows_of(facts.answers.get("joint_actions")):
        period, path = mapping(row.get("period")), at("joint_actions", row[ID], "period")
        if period and str(period["start"]) < visit_end:
            yield problem(path, N_("{code} empieza antes del fin de la visita."), code=row.get("code"))
        if period and str(period["end"]) > plan_end:
            yield problem(path, N_("{code} termina fuera del plan."), code=row.get("code"))


RULES = (
    Rule("R-23", "A5.joint_actions", "submit", True, in_time),
    Rule("R-31", "A5.good_practices", "submit", True, visited),
    Rule("R-32", "A5.joint_actions", "submit", False, followed_up),
)
