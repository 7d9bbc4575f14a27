"""A dossier and its documents: sections to do, files, what happened."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, url_for

from app.store import Document
from app.web import exchanges, standing
from app.web.guard import document, dossier, dossier_of, person, rule, store
from app.web.language import _, fmt
from app.web.offering import offered
from app.workflow import access, dossiers, history, naming, outdated, reviewing, surroundings
from app.workflow.reviewing import SectionCheck
from forms.values import N_
from forms.view import Formatter

blueprint = Blueprint("dossiers", __name__)
Answer = Any
STATES = {
    "todo": (N_("Sin empezar"), "govuk-tag--grey"), "started": (N_("En curso"), ""), "done": (N_("Completa"), "govuk-tag--green"),
    "problems": (N_("Con algo por corregir"), "govuk-tag--orange"),
}
"""How far a section is: words and the colour of the tag that holds them."""


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
    may_download = access.can(store(), person(), "download", document)
    return render_template(
        "document.html", dossier=around, each=_shown(document, fmt(around.country)), may_download=may_download, crumbs=crumbs
    )


def _shown(document: Document, reader: Formatter) -> dict[str, Any]:
    """A document, its title, how far it is, where it stands, and its task list."""
    check, told = reviewing.check(store(), person(), document, reader), standing.standing(document)
    return {
        "document": document, "title": naming.title_of(document, dossiers.view_of(store(), document), reader), "check": check,
        "standing": told, "step": standing.step(document, told), "files": offered(document, check.fillable),
        "tasks": [_task(document, section) for section in check.sections],
        "outdated": outdated.outdated(store(), document, reader),
    }


def _task(document: Document, section: SectionCheck) -> dict[str, object]:
    """A line of the task list."""
    words, colour = STATES[section.state]
    status = {"text": _(words)} if section.state == "done" else {"tag": {"text": _(words), "classes": colour}}
    address = url_for("answering.section", document_id=document.id, section=section.key, de=section.subject or None)
    return {"title": {"text": section.title}, "href": address, "status": status}


@blueprint.get("/documentos/<document_id>/historia")
@rule("view document")
def told(document_id: str) -> Answer:
    """What happened, the last first."""
    around = dossier_of(document())
    entries = history.of(store(), person(), around, fmt(around.country))
    return render_template("history.html", document=document(), dossier=around, entries=entries)
