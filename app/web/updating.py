"""What a document says that its source says otherwise by now, and reading it again."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from app.web.guard import document, dossier_of, person, rule, store
from app.web.language import _, fmt
from app.web.life import key
from app.workflow import access, outdated

blueprint = Blueprint("updating", __name__)
Answer = Any


@blueprint.get("/documentos/<document_id>/desactualizado")
@rule("view document")
def page(document_id: str) -> Answer:
    """Each answer that differs, as it was sent and as its source has it now."""
    found = outdated.outdated(store(), document(), fmt(dossier_of(document()).country))
    may_renew = access.can(store(), person(), "fill", document())
    return render_template("outdated.html", document=document(), found=found, may_renew=may_renew, again=document().state in outdated.AGAIN)


@blueprint.post("/documentos/<document_id>/desactualizado")
@rule("fill document")
def renew(document_id: str) -> Answer:
    """Read the sources again: here, or in the next version of what was signed."""
    renewed = outdated.renew(store(), person(), document(), key())
    opened = _("La versión {version} está abierta y lee sus datos de origen.", version=renewed.version)
    flash(_("Está al día.") if renewed.id == document_id else opened, "done")
    return redirect(url_for("dossiers.one", document_id=renewed.id))
