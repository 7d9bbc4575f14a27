"""Entering by a mailed link, and the account: open sessions and the language of one's mail."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for

from app.errors import Invalid
from app.store.sessions import hashed
from app.web.entry import begin, local
from app.web.guard import person, rule, store, visitor
from app.web.language import CODES, _
from app.workflow import signing_in
from app.workflow.signing_in import SpentLink
from forms.values import N_

blueprint = Blueprint("signing_in", __name__)
Answer = Any
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux"))
"""What a browser says about itself, the telling word first; the first that fits counts."""
NO_EMAIL = N_("Escriba un correo completo, como nombre@example.org.")


def origin() -> str:
    """The address the request came from, for limits."""
    return request.remote_addr or ""


@blueprint.get("/entrar")
@rule("public")
def ask() -> Answer:
    """Where to send the link."""
    return redirect(url_for("reports.mine")) if visitor() is not None else render_template("people/ask.html", wrong="", email="", spent="")


@blueprint.post("/entrar")
@rule("public")
def send() -> Answer:
    """Send a link if the address is somebody's; the page is the same for everybody."""
    email = request.form.get("email", "").strip()
    if "@" not in email or len(email) > signing_in.LONGEST_EMAIL:
        return render_template("people/ask.html", wrong=_(NO_EMAIL), email=email[: signing_in.LONGEST_EMAIL], spent=""), 422
    signing_in.ask(store(), email, origin(), str(session.get("next", "")))
    return render_template("people/sent.html", email=email)


@blueprint.get("/entrar/<token>")
@rule("public")
def look(token: str) -> Answer:
    """Who the link is for, and a button: programs that open links in mail do not use it up."""
    try:
        return render_template("people/link.html", somebody=signing_in.look(store(), token, origin()))
    except SpentLink as spent:
        return _spent(spent)


@blueprint.post("/entrar/<token>")
@rule("public")
def enter(token: str) -> Answer:
    """Use the link."""
    try:
        started, somebody, target = signing_in.enter(store(), token, origin(), _browser())
    except SpentLink as spent:
        return _spent(spent)
    begin(started, somebody.locale)
    return redirect(local(target) if target else url_for("reports.mine"))


def _spent(spent: SpentLink) -> Answer:
    return render_template("people/ask.html", wrong="", email="", spent=_(spent.message)), spent.status


def _browser() -> str:
    """Browser and system in two words, as well as can be told."""
    said = request.user_agent.string
    found = (next((name for mark, name in table if mark in said), "") for table in (BROWSERS, SYSTEMS))
    return " · ".join(filter(None, found))


@blueprint.get("/mi-cuenta")
@rule("signed in")
def account() -> Answer:
    """Who I am here, my language, my open sessions."""
    return render_template(
        "people/account.html", sessions=signing_in.sessions(store(), person()), current=hashed(str(session["token"])), me=person()
    )


@blueprint.post("/mi-cuenta/idioma")
@rule("signed in")
def speak() -> Answer:
    """The language of the pages and of the mail from now on."""
    chosen = request.form.get("locale")
    if chosen not in CODES:
        raise Invalid
    store().people.set_locale(person().id, chosen)
    session["language"] = chosen
    flash(_("Guardado."), "done")
    return redirect(url_for("signing_in.account"))


@blueprint.post("/mi-cuenta/sesiones")
@rule("signed in")
def end() -> Answer:
    """End one session of mine, or all but this one."""
    which = request.form.get("session", "")
    if not which:
        abort(400)
    if which == "others":
        signing_in.end_others(store(), person(), str(session["token"]))
    else:
        signing_in.end(store(), person(), which)
    flash(_("Sesión cerrada.") if which != "others" else _("Las demás sesiones están cerradas."), "done")
    return redirect(url_for("signing_in.account"))
