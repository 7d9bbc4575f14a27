"""The money of Anexo IV: exact, in the currency of the table; a total is worked out, never typed (forms.md R-37)."""
from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

from forms.catalogues import EXPONENTS, PAYER
from forms.values import Answers, Json, rows_of
from forms.view import Facts


def total(facts: Facts) -> Json:
    """Unit cost × quantity of a row, rounded half up to the currency's smallest unit."""
    minor = _minor(facts.row, _currency(facts))
    return None if minor is None else {"amount": minor, "currency": _currency(facts)}


def totals(facts: Facts) -> Json:
    """The sum of each payer's rows and of all, in the order of the list; a payer without rows is left out."""
    currency, sums = _currency(facts), by_payer(facts.answers)
    if not sums:
        return None
    amounts = {code: sums[code] for code in PAYER.codes if code in sums} | {"total": sum(sums.values())}
    return {code: {"amount": amount, "currency": currency} for code, amount in amounts.items()}


def by_payer(answers: Answers) -> Counter[str]:
    """Minor units by payer of some filled answers of Anexo IV."""
    sums: Counter[str] = Counter()
    for row in rows_of(answers.get("costs")):
        minor = _minor(row, str(answers.get("cost_currency") or ""))
        if minor is not None and row.get("payer"):
            sums[str(row["payer"])] += minor
    return sums


def _minor(row: Answers, currency: str) -> int | None:
    if not (row.get("unit_cost") and row.get("quantity") and currency in EXPONENTS):
        return None
    exact = Decimal(str(row["unit_cost"])) * Decimal(str(row["quantity"]))
    return int(exact.scaleb(EXPONENTS[currency]).quantize(Decimal(1), ROUND_HALF_UP))


def _currency(facts: Facts) -> str:
    return str(facts.answers.get("cost_currency") or "")
