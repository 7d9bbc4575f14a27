"""What a plan grows from: a row for each line of transfer and each joint action, to be joined, told better or left as they are."""
from __future__ import annotations

from forms.exchange.sources import value_of
from forms.kinds import row_id
from forms.plan.calendar import months_in, quarter
from forms.values import ID, Answers, Json, rows_of
from forms.view import Facts

LONGEST = 500


def actions(facts: Facts) -> Json:
    """One action for each line of the outline and each joint action, with where it comes from; None while Anexo V has neither."""
    lines, joint = (rows_of(value_of(facts, "A5", table)) for table in ("transfer_outline", "joint_actions"))
    return [*(_of_line(row) for row in lines), *(_of_joint(row, facts.answers.get("plan_start")) for row in joint)] or None


def _of_line(row: Answers) -> dict[str, Json]:
    told = {"action": row.get("change"), "months": quarter(row.get("quarter"))}
    return _grown(row, told | {key: row.get(key) for key in ("responsible", "product", "indicator")})


def _of_joint(row: Answers, start: Json) -> dict[str, Json]:
    told = {"action": row.get("title"), "responsible": row.get("visiting_responsible"), "product": row.get("product")}
    return _grown(row, told | {"months": months_in(start, row.get("period")), "resources": row.get("resources")})


def _grown(row: Answers, told: Answers) -> dict[str, Json]:
    """An action whose id says what it grew from, so that it stays the same row until somebody types in it."""
    known = {key: value for key, value in told.items() if value}
    return {ID: row_id(f"plan/{row[ID]}"), "is_new": False, "source": [row[ID]], **known}


def support_asked(facts: Facts) -> Json:
    """What the joint actions ask of the OEI, a line each, as much as fits."""
    joint = rows_of(value_of(facts, "A5", "joint_actions"))
    asked = [f"{row.get('code')}: {row['oei_support']}" for row in joint if row.get("oei_support")]
    while asked and len("\n".join(asked)) > LONGEST:
        asked.pop()
    return "\n".join(asked) or None
