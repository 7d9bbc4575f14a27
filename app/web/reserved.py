"""The reserved sheet of one traveller: why it is opened, then what it says; nothing of it stays in the browser."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, render_template, request, session

from app.errors import Invalid
from app.web.guard import document, dossier_of, person, rule, store
from app.web.language import _, fmt
from app.web.reviewing import read
from app.workflow import reserved

blueprint = Blueprint("reserved", __name__)
Answer = Any


@blueprint.get("/documentos/<document_id>/reservada/<subject>")
@rule("view document")
def page(document_id: str, subject: str) -> Answer:
    """Asks why the sheet is to be opened."""
    reserved.reachable(store(), person(), document(), subject)
    return _page(subject)


@blueprint.post("/documentos/<document_id>/reservada/<subject>")
@rule("view document")
def opened(document_id: str, subject: str) -> Answer:
    """Writes the reason down and shows the sheet, once: a page opened again asks again."""
    reason = request.form.get("reason", "")
    try:
        found = reserved.sheet(store(), person(), document(), subject, reason, fmt(dossier_of(document()).country))
    except Invalid as refused:
        return _page(subject, _(refused.message, **refused.places), reason), 422
    reserved.shorten(store(), session["token"])
    answer = current_app.make_response(_page(subject, sections=[read(each) for each in found]))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(subject: str, wrong: str = "", said: str = "", sections: Any = ()) -> str:
    return render_template("reserved.html", document=document(), subject=subject, wrong=wrong, said=said, sections=sections)
