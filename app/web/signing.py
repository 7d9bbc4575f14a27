"""Signing: the pages, their hash, a mailed code; typed, or drawn with a finger."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from app.errors import BadFile, Invalid, NoCode
from app.store import Document
from app.web.files import WIDTH
from app.web.guard import document, dossier_of, person, rule, store
from app.web.language import _, fmt, moment
from app.web.life import key
from app.web.standing import standing
from app.workflow import access, certificates, life, renditions, reviewing, signing
from forms.values import N_

blueprint = Blueprint("signing", __name__)
Answer = Any
METHODS = {"typed": N_("firma escrita con código"), "drawn": N_("firma dibujada con código")}
ASKED = ("code", "drawing", "reason")
SHOWN = 16
"""Characters of the hash a page shows, as the paper does."""


@blueprint.get("/documentos/<document_id>/firma")
@rule("view document")
def page(document_id: str) -> Answer:
    """Who signs and who has, the pages to be signed, and the place to do it for whose turn it is."""
    return _page({})


def _page(wrong: dict[str, str]) -> Answer:
    mine = signing.turn(store(), person(), document())
    hash = signing.hash_of(store(), document())
    language = renditions.language_of(store(), document())
    pages = renditions.preview(store(), person(), document(), language, page=1, width=WIDTH).pages if hash else 0
    return render_template(
        "life/signing.html", document=document(), standing=standing(document()), **signers(document()), mine=mine,
        hash=hash, short=hash[:SHOWN], pages=pages, sealed=certificates.of(store(), document()),
        wrong=dict.fromkeys(ASKED, "") | wrong,
        said={"method": "typed", "reason": ""} | request.form.to_dict(), may_download=access.can(store(), person(), "download", document()),
        summary=[{"text": sentence, "href": f"#{name}"} for name, sentence in wrong.items()],
    )


def signers(document: Document) -> dict[str, Any]:
    """What `life.signers` shows of a document: its places to sign, whom each is about if the reader sees them, how one signs."""
    seen = reviewing.parts(store(), person(), document, fmt(dossier_of(document).country))
    names = {each.part.partition(".")[2]: each.whose for each in seen}
    return {"slots": signing.slots_of(store(), document), "names": names, "methods": METHODS}


@blueprint.post("/documentos/<document_id>/firma/codigo")
@rule("sign document")
def send(document_id: str) -> Answer:
    """Mail a code to who is about to sign."""
    sent = signing.send_code(store(), person(), document())
    until = moment(sent.until)
    flash(_("Enviamos un código de seis cifras a {to}. Sirve hasta el {until}.", to=sent.to, until=until), "done")
    return redirect(url_for("signing.page", document_id=document_id) + "#sign")


@blueprint.post("/documentos/<document_id>/firma")
@rule("sign document")
def sign(document_id: str) -> Answer:
    """Sign with the code that was sent; the last signature seals."""
    form = request.form
    code = "".join(form.get("code", "").split())
    try:
        now = signing.sign(
            store(), person(), document(), form.get("method", ""), code, form.get("hash", ""), drawing=form.get("drawing", ""), key=key()
        )
    except BadFile as refused:
        return _page({"drawing": _(refused.message, **refused.places)}), 422
    except (Invalid, NoCode) as refused:
        return _page({"code": _(refused.message, **refused.places)}), 422
    flash(_("Su firma está puesta. El documento está sellado.") if now.state == "signed" else _("Su firma está puesta."), "done")
    return redirect(url_for("signing.page", document_id=document_id))


@blueprint.post("/documentos/<document_id>/firma/no")
@rule("sign document")
def refuse(document_id: str) -> Answer:
    """Do not sign, saying why."""
    try:
        life.refuse(store(), person(), document(), request.form.get("reason", ""), key())
    except Invalid as refused:
        return _page({"reason": _(refused.message, **refused.places)}), 422
    flash(_("Queda escrito que no firma, y por qué. El documento vuelve a quien lo llena."), "done")
    return redirect(url_for("dossiers.one", document_id=document_id))
