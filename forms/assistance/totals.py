"""The automatic totals of the semiannual report: codes and numbers, never words; an empty number is never a zero."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from forms.catalogues import DIVISIONS, NATIONWIDE
from forms.values import ID, Answers, Json, rows_of
from forms.view import Facts


def entries(facts: Facts) -> list[Answers]:
    """The rows of assistance as they stand."""
    return rows_of(facts.answers.get("entries"))


def row_number(facts: Facts) -> Json:
    """The number of the row in its table, from 1."""
    return facts.number or None


def report_code(facts: Facts) -> Json:
    """IAT-<country>-<institution>-<unit>-<year>-<semester>; nothing until all of it is known."""
    unit, year, semester = (_known(facts, key) for key in ("unit_code", "year", "semester"))
    return f"IAT-{unit}-{year}-{semester}" if unit and year and semester else None


def group_place(facts: Facts) -> int:
    """The place of a row's group among the groups; a row without one comes first, as it is read."""
    groups = [None, *(row.get(ID) for row in rows_of(facts.answers.get("groups")))]
    group = facts.row.get("group") or None
    return groups.index(group) if group in groups else len(groups)


def _known(facts: Facts, key: str) -> Json:
    """What is typed, else what the dossier says: the code stands before the fields it is made of."""
    return facts.answers.get(key) or facts.dossier.facts.get(key)


def period(facts: Facts) -> Json:
    """First and last day of the semester."""
    year = facts.answers.get("year")
    days = {"1": ("01-01", "06-30"), "2": ("07-01", "12-31")}.get(str(facts.answers.get("semester")))
    return {"start": f"{year}-{days[0]}", "end": f"{year}-{days[1]}"} if isinstance(year, int) and days else None


def total_entries(facts: Facts) -> Json:
    """All rows, and by group in the groups' order."""
    rows = entries(facts)
    by_group = Counter(str(row["group"]) for row in rows if row.get("group"))
    groups = [str(row["_id"]) for row in rows_of(facts.answers.get("groups"))]
    return {"all": len(rows), "by_group": {group: by_group[group] for group in groups}}


def total_sessions(facts: Facts) -> Json:
    """The sum of what is known, in how many rows, and how many say nothing. Nothing known is no sum, not zero."""
    rows = entries(facts)
    said = [int(str(row["sessions"])) for row in rows if isinstance(row.get("sessions"), int)]
    return {"sum": sum(said) if said else None, "rows": len(said), "without": len(rows) - len(said)}


def totals_by_kind(facts: Facts) -> Json:
    """Rows by kind and by mode, the most frequent first."""
    rows = entries(facts)
    return {"by_kind": _frequent(row.get("kind") for row in rows), "by_mode": _frequent(row.get("session_mode") for row in rows)}


def _frequent(codes: Iterable[Json]) -> dict[str, Json]:
    return dict(Counter(str(code) for code in codes if code).most_common())


def total_other(facts: Facts) -> Json:
    """Other quantities by unit, each unit on its own."""
    sums: Counter[str] = Counter()
    for row in entries(facts):
        if isinstance(row.get("other_quantity"), int) and row.get("other_unit"):
            sums[str(row["other_unit"])] += int(str(row["other_quantity"]))
    return dict(sums)


def distinct_institutions(facts: Facts) -> Json:
    """Institutions named in any row, once each, however they are capitalised."""
    names: dict[str, str] = {}
    for row in entries(facts):
        for name in _texts(row.get("institutions")):
            names.setdefault(name.casefold(), name)
    listed = sorted(names.values(), key=str.casefold)
    return {"count": len(listed), "names": listed}


def distinct_territories(facts: Facts) -> Json:
    """Divisions named in any row, of how many the country has; rows that are nationwide apart."""
    chosen = [set(_texts(row.get("territories"))) for row in entries(facts)]
    nationwide = sum(NATIONWIDE[0] in codes for codes in chosen)
    found = set().union(*chosen) - {NATIONWIDE[0]}
    known = DIVISIONS.get(str(facts.answers.get("country")))
    return {"count": len(found), "of": len(known.pairs) - 1 if known else None, "nationwide": nationwide}


def _texts(value: Json) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list | tuple) else []
