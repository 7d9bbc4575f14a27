"""What people allow: taking one's own permission back, and the table of everybody's."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from app.errors import Invalid
from app.store import Document
from app.web.guard import document, dossier, dossier_of, person, rule, store
from app.web.language import _, fmt
from app.web.life import key
from app.workflow import access, consents, dossiers, naming, withdrawals
from app.workflow.withdrawals import Withdrawal
from forms import FORMS
from forms.kinds.base import Kind
from forms.values import Answers, Json
from forms.view import Formatter, Reading

blueprint = Blueprint("consents", __name__)
Answer = Any


def _field(item: str) -> Kind:
    return FORMS[consents.FORM].field(item)


def _said(item: str, value: Json, reader: Formatter) -> str:
    return _field(item).line(value, Reading(reader, lambda table: {}))


def _told(each: Withdrawal, reader: Formatter) -> dict[str, Any]:
    """A withdrawal in words: what, when, what was done at once, until when the rest is."""
    return {
        "label": reader.words(_field(each.item).label), "at": each.at, "until": reader.date(each.until.isoformat()),
        "erased": withdrawals.ERASED in each.done, "note": each.note,
    }


@blueprint.get("/documentos/<document_id>/permisos")
@rule("view document")
def page(document_id: str) -> Answer:
    """The permissions of one person as they count now, each with the way to take it back."""
    return _page()


def _page(wrong: str = "") -> Answer:
    around = dossier_of(document())
    reader = fmt(around.country)
    row = withdrawals.row(store(), document())
    items = [
        {"item": item, "label": reader.words(_field(item).label), "said": _said(item, value, reader),
         "given": value not in (None, "", consents.refused(item))}
        for item, value in row.answers.items()
    ]  # fmt: skip
    speaks = withdrawals.speaks(store(), person(), document()) if document().state == "signed" else ""
    title = naming.subject_of(document(), dossiers.view_of(store(), document()), reader)
    told = [_told(each, reader) for each in row.withdrawals]
    return render_template("consents/page.html", document=document(), items=items, told=told, speaks=speaks, wrong=wrong, whose=title)


@blueprint.post("/documentos/<document_id>/permisos")
@rule("view document")
def withdraw(document_id: str) -> Answer:
    """Take one back."""
    try:
        done = withdrawals.withdraw(store(), person(), document(), request.form.get("item", ""), key(), request.form.get("note", ""))
    except Invalid as refused:
        return _page(_(refused.message, **refused.places)), 422
    erased = _("Los datos de salud ya no se pueden leer.") if withdrawals.ERASED in done.done else ""
    flash(" ".join(filter(None, (_("El permiso está retirado."), erased))), "done")
    return redirect(url_for("consents.page", document_id=document_id))


@blueprint.get("/expedientes/<dossier_id>/permisos")
@rule("view dossier")
def table(dossier_id: str) -> Answer:
    """Everybody's permissions side by side."""
    reader = fmt(dossier().country)
    seen = (row for row in withdrawals.table(store(), dossier()) if access.can(store(), person(), "view", row.document))
    rows = [_row(row.document, row.answers, reader) | {"told": [_told(each, reader) for each in row.withdrawals]} for row in seen]
    heads = [reader.words(_field(item).label) for item in consents.ITEMS]
    return render_template("consents/table.html", dossier=dossier(), rows=rows, heads=heads)


def _row(one: Document, answers: Answers, reader: Formatter) -> dict[str, Any]:
    name = naming.subject_of(one, dossiers.view_of(store(), one), reader)
    return {"name": name, "document": one, "said": [_said(item, answers.get(item), reader) for item in consents.ITEMS]}
