"""A dossier: its sections to do, its files, what happened in it."""
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, render_template, url_for

from app.store import Document
from app.web import standing
from app.web.guard import document, dossier, dossier_of, person, rule, store
from app.web.language import _, fmt
from app.web.offering import offered
from app.workflow import access, dossiers, history, reviewing
from app.workflow.reviewing import SectionCheck
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


@blueprint.get("/expedientes/<dossier_id>")
@rule("view dossier")
def page(dossier_id: str) -> Answer:
    """The sections of each document with how far they are, and what can be downloaded."""
    reader = fmt(dossier().country)
    shown = [_shown(each, reader) for each in _latest(dossiers.documents(store(), dossier()))]
    may_download = access.can(store(), person(), "download", dossier())
    return render_template("dossier.html", dossier=dossier(), documents=shown, may_download=may_download)


def _latest(known: Iterable[Document]) -> list[Document]:
    """The last version of each document."""
    return list({(each.form, each.part, each.subject): each for each in sorted(known, key=lambda each: each.version)}.values())


def _shown(document: Document, reader: Formatter) -> dict[str, Any]:
    """A document, its title, how far it is, where it stands, and its task list."""
    check, told = reviewing.check(store(), person(), document, reader), standing.standing(document)
    return {
        "document": document, "title": reader.words(FORMS[document.form].title), "check": check, "standing": told,
        "step": standing.step(document, told), "files": offered(document, check.fillable),
        "tasks": [_task(document, section) for section in check.sections],
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
