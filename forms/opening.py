"""What the secretariat opens an exchange with, as a form of its own: facts, people by role, and the columns of a list of travellers."""
from __future__ import annotations

from collections.abc import Iterable

from forms.catalogues import DEL_FUNCTION
from forms.facts import ASKED, EARLIER, PEOPLE
from forms.kinds import Choice, Email, Kind, Phone, Text
from forms.kinds.base import Problem
from forms.path import AnswerPath
from forms.rules import Rule
from forms.sets import person
from forms.spec import Form, Part, Section
from forms.values import N_, mapping
from forms.view import Facts

NEEDED = ("host_leader", "visiting_leader", "focal_host", "focal_visiting")
"""Roles without which an exchange does not begin."""
SIDES = {role: "visiting" if "visiting" in role else "host" for role in PEOPLE if role != "secretariat"}
"""Role → the side it is on."""


def two_countries(facts: Facts) -> Iterable[Problem]:
    """R-27: who offers and who asks are two."""
    if facts.value("host_country") and facts.value("host_country") == facts.value("visiting_country"):
        yield Problem(AnswerPath(("visiting_country",)), N_("El país visitante y el anfitrión son el mismo."), {})


def one_side_each(facts: Facts) -> Iterable[Problem]:
    """R-27: nobody is on both sides."""
    emails = {role: str(mapping(facts.value(role)).get("email") or "").casefold() for role in SIDES}
    for role, side in SIDES.items():
        if emails[role] and any(emails[role] == emails[other] and SIDES[other] != side for other in SIDES):
            yield Problem(AnswerPath((role, "email")), N_("La misma persona está en ambos lados"), {})


OPENING = Form("PE", "2026-1", N_("Intercambio"), N_("Puntos de encuentro · Pasantías Sur-Sur"), (
    Part("opening", N_("Apertura"), (
        Section("facts", N_("El intercambio"), ASKED),
        Section("earlier", N_("Lo que ya se sabe"), EARLIER),
        Section("people", N_("Las personas"), tuple(person(role, words, required=role in NEEDED) for role, words in PEOPLE.items())),
    ), filler="secretariat"),
), rules=(Rule("R-27", "PE.visiting_country", "submit", True, two_countries), Rule("R-27", "PE.people", "submit", True, one_side_each)))
TRAVELLER: tuple[Kind, ...] = (
    Text("given_names", N_("Nombres"), most=80, required=True, sensitivity="personal"),
    Text("family_names", N_("Apellidos"), most=80, required=True, sensitivity="personal"),
    Email("email", N_("Correo"), sensitivity="personal"),
    Phone("mobile", N_("Celular"), sensitivity="personal"),
    Text("position", N_("Cargo"), most=120, sensitivity="personal"),
    Text("institution", N_("Institución"), most=160),
    Text("unit", N_("Unidad o dirección"), most=120),
    Choice("function", N_("Función en la delegación"), options=DEL_FUNCTION),
)
"""The columns of a list of travellers: those of Anexo II that are known before it is filled."""
