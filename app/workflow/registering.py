"""Units and offices, as the installation registers them."""

from __future__ import annotations

import re
from typing import Final

from app.errors import N_, Invalid
from app.store import Office, Store, Unit
from app.workflow.people import NO_NAME
from forms.catalogues import ALPHA_2
from forms.kinds import Text
from forms.values import Refused

UNIT_CODE: Final = re.compile(r"[A-Z]{3}(-[A-Z0-9]{2,12}){1,3}\Z")
NAMES: Final = {
    "unit": Text("unit", N_("Unidad que informa")), "institution": Text("institution", N_("Institución")),
    "office": Text("office", N_("Oficina")),
}
"""What a unit, its institution and an office may be called: an answer of one line."""
BAD_UNIT: Final = N_("Escriba el código como SLV-CONNA-DPI, que empieza por el país, y el país con tres letras.")
KNOWN_UNIT: Final = N_("Ya hay una unidad {code}.")
BAD_COUNTRY: Final = N_("Escriba el país con tres letras, como SLV.")
KNOWN_OFFICE: Final = N_("Ya hay una oficina «{name}».")


def add_unit(store: Store, code: str, name: str, institution: str, country: str) -> Unit:
    """A unit that reports; its code begins with its country (ISO alpha-3) and is printed; the country's office accompanies it.

    Raises Invalid.
    """
    code, country = code.strip().upper(), country.strip().upper()
    if country not in ALPHA_2 or not UNIT_CODE.match(code) or not code.startswith(f"{country}-"):
        raise Invalid(BAD_UNIT)
    named = _printable("unit", name), _printable("institution", institution)
    if store.units.by_code(code) is not None:
        raise Invalid(KNOWN_UNIT, code=code)
    office = next((each for each in store.offices.all() if each.country == country), None)
    return store.units.add(code, *named, country, office.id if office else None)


def add_office(store: Store, name: str, country: str) -> Office:
    """An office that accompanies units and exchanges of its country (ISO alpha-3). Raises Invalid."""
    country, name = country.strip().upper(), _printable("office", name)
    if country not in ALPHA_2:
        raise Invalid(BAD_COUNTRY)
    if any(each.name == name for each in store.offices.all()):
        raise Invalid(KNOWN_OFFICE, name=name)
    return store.offices.add(name, country)


def _printable(key: str, said: str) -> str:
    """A name as reports print it. Raises Invalid for what no report takes: an empty one, one too long, letters no font has."""
    if not said.strip():
        raise Invalid(NO_NAME)
    try:
        return str(NAMES[key].check(said.strip()))
    except Refused as refused:
        raise Invalid(refused.message, **refused.places) from None
