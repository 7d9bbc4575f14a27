"""The front door: entering as somebody in a demonstration, leaving, the language of the page."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, session, url_for

from app.errors import NotFound
from app.store import Person
from app.web.guard import rule, settings, store, visitor
from app.web.language import CODES, _
from app.workflow import access
from forms.values import N_

blueprint = Blueprint("entry", __name__)
Answer = Any
ROLES = {
    "unit_editor": N_("Edición de la unidad: llena el informe"), "unit_head": N_("Jefatura de la unidad: lee, revisa y aprueba"),
    "host_leader": N_("Jefatura anfitriona: llena la Parte A del Anexo I y firma"),
    "visiting_leader": N_("Jefatura visitante: llena los anexos de su delegación y firma"),
    "participant": N_("Participante: llena su ficha, su Anexo VII y su cuaderno"),
    "focal_host": N_("Punto focal OEI anfitrión: revisa, comparte la agenda y aprueba"),
    "focal_visiting": N_("Punto focal OEI visitante: revisa y aprueba"),
    "ministry_rep": N_("Representante ministerial: aprueba la delegación"),
    "secretariat": N_("Secretaría técnica: abre intercambios, sigue su avance y descarga paquetes"),
    "coordinator": N_("Coordinación: imprime los cuadernos"),
    "pact_coordination": N_("Coordinación del Pacto: abre fichas de comisión y las aprueba"),
    "commission_focal": N_("Punto focal de comisión: llena su ficha y firma"),
    "commission_deputy": N_("Suplencia de comisión: llena la ficha y firma"),
    "sending_authority": N_("Autoridad: lee y firma lo que la nombra"),
    "admin": N_("Administración del sistema: no ve respuestas"),
}
GROUPS = (
    (N_("Intercambios"), ("secretariat", "focal_host", "host_leader", "focal_visiting", "visiting_leader", "participant", "ministry_rep",
                          "sending_authority", "coordinator")),
    (N_("Informes de asistencia técnica"), ("unit_editor", "unit_head")),
    (N_("Comisiones del Pacto"), ("pact_coordination", "commission_focal", "commission_deputy")),
    (N_("El sistema"), ("admin",)),
)
"""Where each role of a demonstration is offered: a person stands in the first that has one of theirs, in this order."""
Cast = list[tuple[Person, list[str]]]
TRIES_A_MINUTE = 60


@blueprint.get("/")
@rule("public")
def home() -> Answer:
    """Who to enter as, in a demonstration; else what this place is."""
    if visitor() is not None and request.args.get("otra") is None:
        return redirect(url_for("reports.mine"))
    return render_template("home.html", email="", wrong="", groups=_cast() if settings().demo else [])


def _cast() -> list[tuple[str, Cast]]:
    """Who there is to be in a demonstration, by group and role, with what each does."""
    people = sorted((each for each in store().people.all() if each.disabled_at is None), key=lambda each: (each.added_at, each.name))
    held = {person.id: {grant.role for grant in access.roles(store(), person)} for person in people}
    found, placed = [], set[str]()
    for title, roles in GROUPS:
        here = [person for role in roles for person in people if role in held[person.id] and person.id not in placed]
        here = list(dict.fromkeys(here))
        placed |= {person.id for person in here}
        found.append((_(title), [(person, roles_of(person)) for person in here]))
    return [(title, people) for title, people in found if people]


def roles_of(person: Person) -> list[str]:
    """What the person does here, in words."""
    return [_(ROLES[role]) for role in dict.fromkeys(grant.role for grant in access.roles(store(), person)) if role in ROLES]


@blueprint.post("/entrar-como")
@rule("only in a demo")
def enter() -> Answer:
    """Enter as one of the people of the demonstration."""
    store().limits.hit("enter", request.remote_addr or "", TRIES_A_MINUTE, 60)
    person = store().people.get(request.form.get("person", ""))
    if not roles_of(person) or person.disabled_at is not None:
        raise NotFound
    language = session.get("language", "")
    begin(store().sessions.start(person.id, language or "es"), language)
    return redirect(url_for("reports.mine"))


def begin(token: str, language: str) -> None:
    """Make this browser that of a session just started; nothing of what it held before stays."""
    session.clear()
    session["token"] = token
    session.permanent = True
    if language:
        session["language"] = language


@blueprint.post("/salir")
@rule("public")
def leave() -> Answer:
    """End the session here and in the database."""
    if "token" in session:
        store().sessions.revoke(session["token"])
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
    return redirect(url_for("entry.home"))


@blueprint.post("/idioma")
@rule("public")
def language() -> Answer:
    """Show the pages in another language, and stay where one was."""
    if request.form.get("to") not in CODES:
        abort(400)
    session["language"] = request.form["to"]
    if "token" in session and visitor() is not None:
        store().sessions.set_locale(session["token"], session["language"])
    return redirect(local(request.form.get("next", "")))


def local(address: str) -> str:
    """An address of this site; anything else is its front door."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable() else url_for("entry.home")
