"""Which law protects the data of a country's people, from when, and whether its source was seen (forms.md §10)."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forms.exchange.sources import value_of
from forms.values import N_, Json
from forms.view import Facts, Options

DEFAULT_DAYS = 10
"""Working days to answer who asks about their data."""


@dataclass(frozen=True)
class Law:
    """`seen` in a published source, or else to be confirmed by the legal service; `since` is the ISO day from which it is the one that
    applies, `coming` says it is announced and not yet in force, `days` are the working days it leaves to answer."""

    words: str
    seen: bool = False
    since: str = ""
    coming: bool = False
    days: int = 0


LAWS: Mapping[str, tuple[Law, ...]] = {
    "AND": (Law(N_("Llei 29/2021")),),
    "ARG": (Law(N_("Ley 25.326 y Decreto 1558/2001 (AAIP)"), seen=True),),
    "BOL": (Law(N_("Sin ley general; acción de protección de privacidad")),),
    "BRA": (Law(N_("LGPD, Lei 13.709/2018 (ANPD)"), seen=True),),
    "CHL": (Law(N_("Ley 19.628"), seen=True), Law(N_("Ley 19.628, según la Ley 21.719"), seen=True, since="2026-12-01")),
    "COL": (Law(N_("Ley 1581/2012 y Decreto 1377/2013 (SIC)"), seen=True),),
    "CRI": (Law(N_("Ley 8968/2011")),),
    "CUB": (Law(N_("Ley 149/2022")),),
    "ECU": (Law(N_("Ley Orgánica de Protección de Datos Personales, 2021")),),
    "SLV": (Law(N_("Decreto 144/2024"), seen=True, since="2024-11-23", days=20),),
    "ESP": (Law(N_("RGPD y Ley Orgánica 3/2018")),),
    "GNQ": (Law(N_("Ley 1/2016")),),
    "GTM": (Law(N_("Sin ley general; Constitución, artículo 31, y Decreto 57-2008")),),
    "HND": (Law(N_("Sin ley general; hábeas data constitucional")),),
    "MEX": (Law(N_("Ley General de Protección de Datos en Posesión de Sujetos Obligados y, para particulares, LFPDPPP, del 20 de marzo de "
                   "2025 (Secretaría Anticorrupción y Buen Gobierno)"), seen=True),),
    "NIC": (Law(N_("Ley 787/2012")),),
    "PAN": (Law(N_("Ley 81/2019")),),
    "PRY": (Law(N_("Ley 7593/2025, desde el 27 de noviembre de 2027"), seen=True, coming=True),
            Law(N_("Ley 7593/2025"), seen=True, since="2027-11-27")),
    "PER": (Law(N_("Ley 29733 y DS 016-2024-JUS"), seen=True),),
    "PRT": (Law(N_("RGPD y Lei 58/2019")),),
    "DOM": (Law(N_("Ley 172-13")),),
    "URY": (Law(N_("Ley 18.331")),),
    "VEN": (Law(N_("Sin ley general; Constitución, artículo 28"), seen=True),),
}
"""Country (ISO 3166-1 alpha-3) → its laws, the later one last."""
NAMES = Options("LAWS", tuple((f"{country}-{number}", each.words) for country, laws in LAWS.items() for number, each in enumerate(laws)))
STATUS = Options("LAW_STATUS", (("seen", N_("vigente")), ("confirm", N_("por confirmar")), ("coming", N_("aún no vigente"))))


def applies(country: Json, day: str) -> tuple[str, Law] | None:
    """The code and the law of a country on a day (ISO); None for a country that is not an OEI member."""
    held = [(f"{country}-{number}", each) for number, each in enumerate(LAWS.get(str(country), ())) if each.since <= (day or "9999")]
    return held[-1] if held else None


def law(facts: Facts) -> Json:
    """The law of where the person lives, on the day the document is read."""
    found = applies(facts.answers.get("residence_country"), facts.dossier.today)
    if found is None:
        return None
    code, known = found
    return {"name": code, "status": "coming" if known.coming else "seen" if known.seen else "confirm"}


def answer_days(facts: Facts) -> Json:
    """Working days to answer: the house's, or the shortest legal term of the two countries if that is less."""
    countries = [value_of(facts, "A1", key) or facts.dossier.facts.get(key) for key in ("host_country", "visiting_country")]
    found = (applies(country, facts.dossier.today) for country in countries)
    return min([DEFAULT_DAYS, *(known.days for _, known in filter(None, found) if known.days)])
