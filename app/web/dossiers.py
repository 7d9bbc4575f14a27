"""A dossier and its documents: sections to do, files, what happened."""
from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from app.errors import TooManyRows
from app.store import Document
from app.web import exchanges, signing, standing
from app.web.guard import document, dossier, dossier_of, person, rule, store
from app.web.language import _, fmt
from app.web.life import key
from app.web.offering import offered
from app.workflow import access, dossiers, history, naming, offers, outdated, reviewing, surroundings
from app.workflow.offers import Offer
from app.workflow.programmes import STATES as STATES_OF
from app.workflow.reviewing import Check, SectionCheck, SeenPart
from forms import FORMS
from forms.values import N_
from forms.view import Formatter

blueprint = Blueprint("dossiers", __name__)
Answer = Any
STATES = {
    "todo": (N_("Sin empezar"), "govuk-tag--grey"), "started": (N_("En curso"), ""), "done": (N_("Completa"), "govuk-tag--green"),
    "problems": (N_("Con algo por corregir"), "govuk-tag--orange"),
}
"""How far a section is: words and the colour of the tag that holds them."""
PAGES = {"year": "plans.page", "permissions": "consents.page", "comparison": "reports.comparison", "reserved": "reserved.page"}
"""What a document offers → the page where it is."""


@blueprint.get("/expedientes/<dossier_id>")
@rule("view dossier")
def page(dossier_id: str) -> Answer:
    """A dossier of several documents at a glance; the document itself where there is one."""
    documents = surroundings.current(store(), dossier())
    return exchanges.overview(dossier()) if len(documents) > 1 else _document(documents[0])


@blueprint.get("/documentos/<document_id>")
@rule("view document")
def one(document_id: str) -> Answer:
    """One document: where it stands, its sections, its files."""
    return _document(document())


def _document(document: Document) -> Answer:
    around = dossier_of(document)
    crumbs = [{"text": _("Inicio"), "href": url_for("reports.mine")}]
    if len(surroundings.current(store(), around)) > 1 and access.can(store(), person(), "view", around):
        crumbs.append({"text": around.code, "href": url_for("dossiers.page", dossier_id=around.id)})
    may_download = access.can(store(), person(), "download", document) and access.can(store(), person(), "download", around)
    return render_template(
        "document.html", dossier=around, each=_shown(document, fmt(around.country)), may_download=may_download, crumbs=crumbs
    )


def _shown(document: Document, reader: Formatter) -> dict[str, Any]:
    """A document, its title, how far it is, where it stands, its task list by part, what more can be done with it."""
    check, told = reviewing.check(store(), person(), document, reader), standing.standing(document)
    return {
        "document": document, "title": naming.title_of(document, dossiers.view_of(store(), document), reader), "check": check,
        "standing": told, "step": standing.step(document, told), "files": offered(document, check.fillable),
        "groups": _groups(document, check, told.parts), "outdated": outdated.is_outdated(store(), document),
        "offers": [_offer(document, offer, told.parts, reader) for offer in offers.offers(store(), person(), document)],
        **signing.signers(document),
    }


def _groups(document: Document, check: Check, parts: tuple[SeenPart, ...]) -> list[dict[str, Any]]:
    """The sections under the part they belong to; of a part with a copy for each person, a line for each of them."""
    if not parts:
        return [{"key": "p", "title": "", "state": "", "part": "", "tasks": [_task(document, each, each.title) for each in check.sections]}]
    return [_group(document, check, list(copies)) for _key, copies in groupby(parts, lambda part: part.key)]


def _group(document: Document, check: Check, copies: list[SeenPart]) -> dict[str, Any]:
    """One part: its state where it has one copy, else each copy's beside whose it is."""
    first, tasks = copies[0], []
    for copy in copies:
        held = [each for each in check.sections if _name(each) == copy.part]
        for each in held:
            called = _("{who} (usted)", who=copy.whose) if copy.own else copy.whose
            title = called if copy.whose and len(held) == 1 else " · ".join(filter(None, (called, each.title)))
            tasks.append(_task(document, each, title, _(STATES_OF[copy.state]) if copy.whose and copy.state != "draft" else ""))
    state = "" if first.whose else _(STATES_OF[first.state])
    mine = not first.whose and any(access.can(store(), person(), verb, document, first.part) for verb in ("submit", "approve"))
    return {"key": first.key, "title": first.title, "state": state, "tasks": tasks, "part": first.part if mine else ""}


def _name(section: SectionCheck) -> str:
    return f"{section.part}.{section.subject}" if section.subject else section.part


def _task(document: Document, section: SectionCheck, title: str, state: str = "") -> dict[str, object]:
    """A line of the task list; `state` is how far the copy is, once it was sent."""
    words, colour = STATES[section.state]
    settled = section.state == "done" or state
    status = {"text": state or _(words)} if settled else {"tag": {"text": _(words), "classes": colour}}
    address = url_for("answering.section", document_id=document.id, section=section.key, de=section.subject or None)
    return {"title": {"text": title}, "href": address, "status": status}


def _offer(document: Document, offer: Offer, parts: tuple[SeenPart, ...], reader: Formatter) -> dict[str, Any]:
    """Something more: a button, or the link to its page; and how the matter stands."""
    whose = next((each.whose for each in parts if offer.subject and each.part.endswith(f".{offer.subject}")), "")
    about: dict[str, Any] = {"document_id": document.id} | ({"subject": offer.subject} if offer.subject else {})
    return {
        "action": offer.action, "label": _(offer.label, whose=whose, **offer.places) if offer.label else "", "does": offer.does,
        "subject": offer.subject,
        "href": "" if offer.does or not offer.action else url_for(PAGES[offer.action], **about),
        "told": [reader.words(each.message, **each.places) for each in offer.told],
    }  # fmt: skip


@blueprint.post("/documentos/<document_id>/hacer/<action>")
@rule("view document")
def do(document_id: str, action: str) -> Answer:
    """Do what a document offers besides its life; where that opened somebody's copy, it is filled next."""
    try:
        subject = offers.do(store(), person(), document(), action, request.form.get("subject", ""), key())
    except TooManyRows as refused:
        flash(_(refused.message, **refused.places), "note")
        return redirect(url_for("dossiers.one", document_id=document_id))
    flash(_("Está hecho."), "done")
    if not subject:
        return redirect(url_for("dossiers.one", document_id=document_id))
    part = next(each for each in FORMS[document().form].parts if each.own_table(document().form))
    return redirect(url_for("answering.section", document_id=document_id, section=part.sections[0].key, de=subject))


@blueprint.get("/documentos/<document_id>/historia")
@rule("view document")
def told(document_id: str) -> Answer:
    """What happened, the last first."""
    around = dossier_of(document())
    entries = history.of(store(), person(), around, fmt(around.country))
    return render_template("history.html", document=document(), dossier=around, entries=entries)
