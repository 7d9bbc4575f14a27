"""The shared agenda of an exchange: its rows by day and hour, hours of work, and where the closing session stands."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from forms.kinds.figures import canonical
from forms.values import ID, Answers, Json, mapping, rows_of
from forms.view import Facts

IDLE = ("transfer", "break", "protocol")
"""Kinds of a row that is no work of the visit (forms.md §3, §7)."""
UNCOUNTED = ("transfer", "break")
"""Kinds of a row whose time is not working time."""
VISITS = ("technical", "field_visit", "observation")
"""Kinds of a row that happens at an institution."""
HOUR = 60
"""Minutes."""
SATURDAY = 5


def rows(agenda: Json) -> list[Answers]:
    """The rows that say their day and hours, as they follow each other."""
    whole = [row for row in rows_of(agenda) if all(row.get(key) for key in ("date", "start", "end"))]
    return sorted(whole, key=lambda row: (str(row["date"]), str(row["start"]), str(row["end"])))


def working(agenda: Json) -> list[Answers]:
    """Those of them that are work of the visit."""
    return [row for row in rows(agenda) if row.get("kind") not in IDLE]


def by_day(agenda: Json) -> Iterator[tuple[str, list[Answers]]]:
    """The rows of each day, the first day first."""
    return ((day, list(found)) for day, found in groupby(rows(agenda), key=lambda row: str(row["date"])))


def minutes(row: Answers) -> int:
    """How long a row takes, in minutes; less than none if it ends before it starts."""
    return clock(row["end"]) - clock(row["start"])


def clock(hour: Json) -> int:
    """'09:30' in minutes of the day."""
    hours, _, rest = str(hour).partition(":")
    return int(hours) * HOUR + int(rest)


def days(period: Json) -> list[str]:
    """Every day of a range, ISO; none if it is not whole."""
    held = mapping(period)
    if not (held.get("start") and held.get("end")):
        return []
    first, last = (date.fromisoformat(str(held[key])) for key in ("start", "end"))
    return [(first + timedelta(n)).isoformat() for n in range((last - first).days + 1)]


def weekend(day: str) -> bool:
    """Whether an ISO day is a Saturday or a Sunday."""
    return date.fromisoformat(day).weekday() >= SATURDAY


def places(answers: Answers) -> Mapping[str, Answers]:
    """The receiving institutions by id."""
    return {str(row.get(ID)): row for row in rows_of(answers.get("receiving_institutions"))}


def institution(row: Answers, answers: Answers) -> Answers:
    """The institution a row of the agenda is at; empty if it names none."""
    return places(answers).get(str(row.get("institution")), {})


def agenda_hours(facts: Facts) -> Json:
    """Hours of work without transfers and pauses, as a canonical decimal."""
    counted = [max(minutes(row), 0) for row in rows(facts.answers.get("agenda")) if row.get("kind") not in UNCOUNTED]
    return canonical(Decimal(sum(counted)) / HOUR) if counted else None


def closings(agenda: Json) -> list[Answers]:
    """The closing sessions, the last one last."""
    return [row for row in rows(agenda) if row.get("kind") == "closing"]


def closing_slot(facts: Facts) -> Json:
    """Day and hours of the closing session."""
    found = closings(facts.answers.get("agenda"))
    return {key: found[-1][key] for key in ("date", "start", "end")} if found else None


def place(facts: Facts) -> Json:
    """The address of the institution a row of the agenda is at."""
    return institution(facts.row, facts.answers).get("address")
