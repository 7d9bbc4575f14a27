"""The money of Anexo IV: exact, in the currency of the table; a total is worked out, never typed (forms.md R-37)."""
from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

from forms.catalogues import EXPONENTS, PAYER
from forms.exchange.sources import at, problem
from forms.rules import WAITS, Finding
from forms.values import N_, Answers, Json, mapping, rows_of
from forms.view import Facts

SIDES = {"host": "host_contributions", "visiting": "visiting_contributions"}
"""Payer of Anexo IV → what that side gives in Anexo I."""


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


def contributions_differ(facts: Facts) -> Finding:
    """R-19: what each side of Anexo I gives in money is what Anexo IV says it pays, in the same currency."""
    annex = facts.dossier.answers("A4")
    paid, currency = by_payer(annex), str(annex.get("cost_currency") or "")
    if not paid:
        return WAITS
    given = {side: _given(facts.answers.get(key), currency) for side, key in SIDES.items()}
    return [problem(at(SIDES[side]), N_("Los aportes y los costos difieren en {x}."), x=_plain(abs(amount - paid[side]), currency))
            for side, amount in given.items() if amount is not None and amount != paid[side]]


def _given(contributions: Json, currency: str) -> int | None:
    """Minor units given in money in a currency; None if nothing is given in it."""
    amounts = [mapping(row.get("amount")) for row in rows_of(contributions) if row.get("kind") == "cash"]
    said = [int(str(each["amount"])) for each in amounts if each.get("currency") == currency]
    return sum(said) if said else None


def _plain(minor: int, currency: str) -> str:
    return f"{Decimal(minor).scaleb(-EXPONENTS[currency]):f} {currency}"


def _minor(row: Answers, currency: str) -> int | None:
    if not (row.get("unit_cost") and row.get("quantity") and currency in EXPONENTS):
        return None
    exact = Decimal(str(row["unit_cost"])) * Decimal(str(row["quantity"]))
    return int(exact.scaleb(EXPONENTS[currency]).quantize(Decimal(1), ROUND_HALF_UP))


def _currency(facts: Facts) -> str:
    return str(facts.answers.get("cost_currency") or "")
