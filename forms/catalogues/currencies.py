"""Currencies of the OEI members, the dollar and the euro: ISO 4217 codes with the decimals of their minor unit."""
from __future__ import annotations

from forms.values import N_
from forms.view import Options

CURRENCY = Options("CURRENCY", (
    ("USD", N_("Dólar estadounidense")), ("EUR", N_("Euro")), ("ARS", N_("Peso argentino")), ("BOB", N_("Boliviano")),
    ("BRL", N_("Real brasileño")),
    ("CLP", N_("Peso chileno")), ("COP", N_("Peso colombiano")), ("CRC", N_("Colón costarricense")), ("CUP", N_("Peso cubano")),
    ("DOP", N_("Peso dominicano")), ("GTQ", N_("Quetzal")), ("HNL", N_("Lempira")), ("MXN", N_("Peso mexicano")), ("NIO", N_("Córdoba")),
    ("PAB", N_("Balboa")), ("PEN", N_("Sol")), ("PYG", N_("Guaraní")), ("UYU", N_("Peso uruguayo")), ("VES", N_("Bolívar")),
    ("XAF", N_("Franco CFA")),
))
EXPONENTS: dict[str, int] = {code: 0 if code in ("CLP", "PYG", "XAF") else 2 for code in CURRENCY.codes}
"""Decimals of the minor unit (ISO 4217)."""
