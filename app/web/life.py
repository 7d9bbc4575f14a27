"""Moving a document: sending it, returning it, approving it, opening a new version, annulling it."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from app.errors import Invalid
from app.web import filling
from app.web.guard import document, dossier_of, person, rule, store
from app.web.language import _, fmt
from app.web.standing import standing
from app.workflow import life, versions

blueprint = Blueprint("life", __name__)
Answer = Any


def key() -> str:
    """The key of the post: sent twice, it is done once."""
    return request.form.get("key", "")


def part() -> str:
    """The part a post is about; '' where there is one only."""
    return request.form.get("parte", "")


@blueprint.post("/documentos/<document_id>/enviar")
@rule("fill document")
def submit(document_id: str) -> Answer:
    """Send it to review."""
    life.submit(store(), person(), document(), key(), part())
    flash(_("Está enviado. Avisamos por correo a quien lo revisa."), "done")
    return redirect(url_for("dossiers.one" if part() else "reviewing.check", document_id=document_id))


@blueprint.post("/documentos/<document_id>/devolver")
@rule("review document")
def give_back(document_id: str) -> Answer:
    """Return what was commented on, and only that."""
    life.observe(store(), person(), document(), key(), part())
    flash(_("Está devuelto. Solo se puede cambiar lo que usted observó."), "done")
    return redirect(url_for("dossiers.one", document_id=document_id))


@blueprint.post("/documentos/<document_id>/aprobar")
@rule("approve document")
def approve(document_id: str) -> Answer:
    """Approve what was read; the revision says what that was."""
    now = life.approve(store(), person(), document(), filling.number("revision"), key(), part())
    if now.state != "signing":
        flash(_("Está aprobado."), "done")
        return redirect(url_for("dossiers.one", document_id=document_id))
    flash(_("Está aprobado. Ahora se firma, en orden."), "done")
    return redirect(url_for("signing.page", document_id=document_id))


@blueprint.post("/documentos/<document_id>/version-nueva")
@rule("fill document")
def renew(document_id: str) -> Answer:
    """Open the next version, a draft copied from this one."""
    opened = life.supersede(store(), person(), document(), key())
    said = _(
        "La versión {version} está abierta con las mismas respuestas. La anterior vale hasta que se firme esta.", version=opened.version
    )
    flash(said, "done")
    return redirect(url_for("dossiers.one", document_id=opened.id))


@blueprint.get("/documentos/<document_id>/versiones")
@rule("view document")
def every(document_id: str) -> Answer:
    """All versions of the document, and what this one changed."""
    known = versions.of(store(), document())
    changes = versions.changes(store(), person(), document(), fmt(dossier_of(document()).country))
    return render_template(
        "life/versions.html", document=document(), versions=tuple(reversed(known)), changes=changes, standing=standing(document())
    )


@blueprint.get("/documentos/<document_id>/anular")
@rule("void document")
def ask_void(document_id: str) -> Answer:
    """Why it is annulled."""
    return _void_asked()


@blueprint.post("/documentos/<document_id>/anular")
@rule("void document")
def void(document_id: str) -> Answer:
    """Annul it, saying why."""
    try:
        life.void(store(), person(), document(), request.form.get("reason", ""), key())
    except Invalid as refused:
        return _void_asked(_(refused.message, **refused.places)), 422
    flash(_("El documento está anulado. Desde ahora su código lo dice."), "done")
    return redirect(url_for("dossiers.one", document_id=document_id))


def _void_asked(wrong: str = "") -> Answer:
    said = request.form.get("reason", "")
    return render_template("life/void.html", document=document(), wrong=wrong, said=said, standing=standing(document()))
