"""The twelve months of a plan: their days, and what falls in them."""
from __future__ import annotations

from datetime import date, timedelta

from forms.values import Json, mapping

YEAR = 12


def end_of(start: Json, months: int = YEAR) -> str | None:
    """The last day of month `months` of a plan that starts on an ISO day; None while it is not known."""
    return (_moved(date.fromisoformat(str(start)), months) - timedelta(1)).isoformat() if start else None


def year_of(start: Json, visit_end: str) -> str:
    """The plan's last day: of the one that stands, else of the one that would start the first of the month after the visit."""
    first = str(start) if start else _moved(date.fromisoformat(visit_end).replace(day=1), 1).isoformat()
    return str(end_of(first))


def months_in(start: Json, period: Json) -> list[str]:
    """The months of the plan ('1' to '12') that a range of days touches; none while one of the two is not known."""
    held = mapping(period)
    if not (start and held.get("start") and held.get("end")):
        return []
    opens = [_moved(date.fromisoformat(str(start)), month).isoformat() for month in range(YEAR + 1)]
    return [str(month + 1) for month in range(YEAR) if str(held["start"]) < opens[month + 1] and str(held["end"]) >= opens[month]]


def quarter(number: Json) -> list[str]:
    """The three months of a quarter of the plan."""
    return [str(month) for month in range(int(str(number)) * 3 - 2, int(str(number)) * 3 + 1)] if number else []


def _moved(day: date, months: int) -> date:
    """The first of the month, or the same day, some months later; plans start on the first."""
    count = day.month - 1 + months
    return day.replace(year=day.year + count // YEAR, month=count % YEAR + 1, day=min(day.day, 28))
