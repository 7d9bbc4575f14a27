"""Codes of rows that others quote: AC-01, TR-02, PT-03."""
from __future__ import annotations

from collections.abc import Callable

from forms.values import ID, Json, rows_of
from forms.view import Facts


def coded(prefix: str, table: str) -> Callable[[Facts], Json]:
    """The code of a row of `table`: the one it had in the version before; what is new goes on after the highest of that."""

    def code(facts: Facts) -> Json:
        before = {str(row.get(ID)): str(row["code"]) for row in rows_of(facts.dossier.previous.get(table)) if row.get("code")}
        row = str(facts.row.get(ID))
        if row in before or not facts.number:
            return before.get(row)
        fresh = [str(each.get(ID)) for each in rows_of(facts.answers.get(table)) if each.get(ID) not in before]
        highest = max((int(known.rpartition("-")[2]) for known in before.values()), default=0)
        return f"{prefix}-{highest + (fresh.index(row) + 1 if before and row in fresh else facts.number):02}"

    return code
