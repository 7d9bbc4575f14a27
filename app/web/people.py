"""People for those who let them in: the list, inviting, giving and withdrawing roles, shutting out."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from app.errors import Invalid
from app.store import Deed, Grant, Message
from app.web.guard import person, rule, store
from app.web.language import _, current
from app.workflow import people
from app.workflow.people import Choice, Invitation, Scope
from app.workflow.programmes import ASSISTANCE, COMMISSION, EXCHANGE
from forms.values import N_

blueprint = Blueprint("people", __name__)
Answer = Any
Names = Mapping[Scope, str]
SCOPES = {"everything": N_("en todo"), "office": N_("en las unidades de {place}")}
PROGRAMMES = {
    ASSISTANCE: N_("en los informes de asistencia"), EXCHANGE: N_("en los intercambios"), COMMISSION: N_("en las comisiones del Pacto")
}
DEEDS = {
    "invited": N_("{who} envió la invitación."),
    "granted": N_("{who} dio la función «{role}»."),
    "withdrawn": N_("{who} retiró la función «{role}»."),
    "disabled": N_("{who} cerró la entrada."),
    "enabled": N_("{who} abrió la entrada."),
}
INSTALLATION = N_("La instalación")
MAIL = {"enter": N_("Enlace para entrar"), "invitation": N_("Invitación")}
STATES = {"waiting": N_("por enviar"), "sending": N_("por enviar"), "sent": N_("enviado"), "dead": N_("no llegó")}
FIELDS = {"role": "access", "scope": "access"}
"""One list offers roles with their places."""


@blueprint.get("/personas")
@rule("manages people")
def every() -> Answer:
    """Everybody whose access the reader sees."""
    names, found = people.places(store()), people.listed(store(), person())
    listed = [{"person": each.person, "roles": [_grant(grant, names) for grant in each.grants]} for each in found]
    return render_template("people/list.html", listed=listed)


@blueprint.get("/personas/nueva")
@rule("manages people")
def new() -> Answer:
    """Whom to invite, and what for."""
    return _asked({})


def _asked(wrong: dict[str, str]) -> Answer:
    said = {"email": "", "given_names": "", "family_names": "", "access": "", "locale": current()} | request.form.to_dict()
    choices = _choices(people.choices_of(store(), person()))
    summary = [{"text": sentence, "href": f"#{name}"} for name, sentence in wrong.items()]
    return render_template("people/invite.html", choices=choices, said=said, wrong=wrong, summary=summary)


@blueprint.post("/personas/nueva")
@rule("manages people")
def invite() -> Answer:
    """Send the invitation, or say what is missing."""
    form, (role, scope) = request.form, _access()
    email, given, family, locale = (form.get(name, "") for name in ("email", "given_names", "family_names", "locale"))
    try:
        invited = people.invite(store(), person(), Invitation(email, given, family, role, scope, locale), key=form.get("key", ""))
    except Invalid as refused:
        if "field" not in refused.places:
            raise
        field = str(refused.places["field"])
        return _asked({FIELDS.get(field, field): _(refused.message)}), 422
    flash(_("La invitación a {email} está en camino.", email=invited.email), "done")
    return redirect(url_for("people.one", person_id=invited.id))


@blueprint.get("/personas/<person_id>")
@rule("manages people")
def one(person_id: str) -> Answer:
    """Somebody's access: roles, what was done to it, mail that did not arrive."""
    profile, names = people.profile(store(), person(), person_id), people.places(store())
    grants = [{"id": grant.id, "words": _grant(grant, names), "changeable": grant.id in profile.changeable} for grant in profile.grants]
    return render_template(
        "people/person.html", profile=profile, somebody=profile.person, grants=grants, choices=_choices(profile.choices),
        deeds=[{"words": _deed(deed, names), "at": deed.at} for deed in profile.deeds], letters=[_mail(each) for each in profile.mail[:5]],
    )


@blueprint.post("/personas/<person_id>/dar")
@rule("manages people")
def give(person_id: str) -> Answer:
    """Give the chosen role."""
    people.give(store(), person(), person_id, *_access())
    return _done(person_id, _("La función está dada."))


@blueprint.post("/personas/<person_id>/retirar")
@rule("manages people")
def withdraw(person_id: str) -> Answer:
    """Take a role away."""
    people.withdraw(store(), person(), person_id, request.form.get("grant", ""))
    return _done(person_id, _("La función está retirada."))


@blueprint.post("/personas/<person_id>/invitar")
@rule("manages people")
def invite_again(person_id: str) -> Answer:
    """Send the invitation once more."""
    people.invite_again(store(), person(), person_id)
    return _done(person_id, _("La invitación está en camino."))


@blueprint.post("/personas/<person_id>/cerrar")
@rule("manages people")
def disable(person_id: str) -> Answer:
    """Shut the person out."""
    people.set_disabled(store(), person(), person_id, disabled=True)
    return _done(person_id, _("La entrada está cerrada y sus sesiones terminaron."))


@blueprint.post("/personas/<person_id>/abrir")
@rule("manages people")
def enable(person_id: str) -> Answer:
    """Let the person in again."""
    people.set_disabled(store(), person(), person_id, disabled=False)
    return _done(person_id, _("La entrada está abierta."))


def _done(person_id: str, said: str) -> Answer:
    flash(said, "done")
    return redirect(url_for("people.one", person_id=person_id))


def _access() -> tuple[str, Scope]:
    """The role and the scope of a choice, as `_choices` spells it."""
    role, kind, scope_id = [*request.form.get("access", "").split("|"), "", "", ""][:3]
    return role, (kind, scope_id)


def _choices(choices: tuple[Choice, ...]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Role by role: its words, and each place with how a post spells it."""
    by_role: dict[str, list[tuple[str, str]]] = {}
    for each in choices:
        words = f"{_role(each.role)}, {_scope(each.scope, each.place)}"
        by_role.setdefault(_role(each.role), []).append(("|".join((each.role, *each.scope)), words))
    return list(by_role.items())


def _role(role: str) -> str:
    return _(people.TITLES.get(role, role))


def _scope(scope: Scope, place: str) -> str:
    if scope[0] == "programme":
        return _(PROGRAMMES[scope[1]])
    return _(SCOPES[scope[0]], place=place) if scope[0] in SCOPES else place


def _grant(grant: Grant | Deed, names: Names) -> str:
    """A role and where, in words; a place that is gone keeps its id."""
    scope = (grant.scope_kind, grant.scope_id)
    return f"{_role(grant.role)}, {_scope(scope, names.get(scope, grant.scope_id))}"


def _deed(deed: Deed, names: Names) -> str:
    who = store().people.get(deed.actor_id).name if deed.actor_id else _(INSTALLATION)
    return _(DEEDS[deed.kind], who=who, role=_grant(deed, names) if deed.role else "")


def _mail(message: Message) -> dict[str, Any]:
    return {
        "words": _(MAIL[message.kind]) if message.kind in MAIL else _(N_("Aviso")), "state": _(STATES[message.state]),
        "problem": _(message.problem) if message.problem else "", "at": message.added_at,
    }
