"""First-level divisions of the countries shipped (ISO 3166-2 of 2024, without the country's prefix); others write theirs freely."""
from __future__ import annotations

from forms.values import N_
from forms.view import Options

NATIONWIDE = ("nacional", N_("Nacional"))
"""Stands first in every list, and alone where it is chosen."""

DIVISIONS: dict[str, Options] = {
    "SLV": Options("SLV-2024", (
        NATIONWIDE, ("AH", "Ahuachapán"), ("CA", "Cabañas"), ("CH", "Chalatenango"), ("CU", "Cuscatlán"), ("LI", "La Libertad"),
        ("PA", "La Paz"),
        ("UN", "La Unión"), ("MO", "Morazán"), ("SM", "San Miguel"), ("SS", "San Salvador"), ("SV", "San Vicente"), ("SA", "Santa Ana"),
        ("SO", "Sonsonate"), ("US", "Usulután"))),
    "URY": Options("URY-2024", (
        NATIONWIDE, ("AR", "Artigas"), ("CA", "Canelones"), ("CL", "Cerro Largo"), ("CO", "Colonia"), ("DU", "Durazno"), ("FS", "Flores"),
        ("FD", "Florida"), ("LA", "Lavalleja"), ("MA", "Maldonado"), ("MO", "Montevideo"), ("PA", "Paysandú"), ("RN", "Río Negro"),
        ("RV", "Rivera"), ("RO", "Rocha"), ("SA", "Salto"), ("SJ", "San José"), ("SO", "Soriano"), ("TA", "Tacuarembó"),
        ("TT", "Treinta y Tres"))),
}
"""By ISO 3166-1 alpha-3."""


def divisions(country: object) -> Options:
    """The list of a country; without one, «Nacional» and whatever is written."""
    return DIVISIONS.get(str(country), Options("", (NATIONWIDE,), closed=False))
