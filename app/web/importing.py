"""Working offline: the form to take away, the filled one that comes back, its differences accepted one by one."""
from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from app.errors import BadFile, TooLarge
from app.web import filling
from app.web.files import attachment
from app.web.guard import document, dossier_of, person, rule, store
from app.web.language import _, fmt
from app.web.life import key
from app.web.offering import LANGUAGES
from app.workflow import imports, offline
from app.workflow.comparing import Comparison, Difference
from app.workflow.saving import Saved
from forms.path import AnswerPath

blueprint = Blueprint("importing", __name__)
Answer = Any
UPLOADS_AN_HOUR = 30
LARGEST_MB = imports.LARGEST // imports.MB
LONG, SHARED = 80, 0.4
"""Letters from which two texts are told apart word by word, and how much of them must be the same for that to read well."""


@blueprint.get("/documentos/<document_id>/sin-conexion")
@rule("fill document")
def place(document_id: str) -> Answer:
    """What to download, and where a filled form is uploaded."""
    return _place()


@blueprint.get("/documentos/<document_id>/rellenable/<language>")
@rule("fill document")
def download(document_id: str, language: str) -> Answer:
    """The form with what is written so far, to fill in any PDF reader."""
    made = offline.made(store(), person(), document(), language)
    return attachment(made.data, made.filename, made.media_type)


def _place(wrong: str = "") -> Answer:
    languages = [(language, _(words)) for language, words in LANGUAGES]
    return render_template("offline/place.html", document=document(), wrong=wrong, most=f"{LARGEST_MB} MB", languages_of=languages)


@blueprint.post("/documentos/<document_id>/sin-conexion")
@rule("fill document", megabytes=LARGEST_MB + 1)
def upload(document_id: str) -> Answer:
    """Read a filled form; nothing of the document changes."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _place(_("Elija el PDF que llenó.")), 422
    store().limits.hit("import", person().id, UPLOADS_AN_HOUR, 3600)
    try:
        kept = imports.received(store(), person(), document(), sent.stream, sent.filename, key())
    except (BadFile, TooLarge) as refused:
        return _place(_(refused.message, **refused.places)), 422
    return redirect(url_for("importing.differences", document_id=document_id, import_id=kept.id))


@blueprint.get("/documentos/<document_id>/sin-conexion/<import_id>")
@rule("fill document")
def differences(document_id: str, import_id: str) -> Answer:
    """What the filled form says differently, and what was taken from it already."""
    return _differences(_compared(import_id))


def _compared(import_id: str) -> Comparison:
    return imports.differences(store(), person(), document(), import_id, fmt(dossier_of(document()).country))


def _differences(found: Comparison, wrong: str = "") -> Answer:
    sections = [(title, list(held)) for title, held in groupby(found.differences, key=lambda each: each.section)]
    left = [(each.label, _(each.message, **each.places), each.said) for each in found.left]
    counts = {
        "open": sum(not each.locked for each in found.differences), "locked": sum(each.locked for each in found.differences),
        "changed": sum(each.changed_meanwhile for each in found.differences),
    }
    return render_template(
        "offline/differences.html", document=document(), found=found, sections=sections, left=left, counts=counts, wrong=wrong,
        worded=[each.path.html for each in found.differences if _by_word(each)],
    )


def _by_word(each: Difference) -> bool:
    """Whether two texts are long and alike enough to be told apart word by word."""
    same = sum(len(said) for op, said in each.words if op == "equal")
    longest = max(len(each.now), len(each.theirs))
    return longest > LONG and same >= SHARED * longest


@blueprint.post("/documentos/<document_id>/sin-conexion/<import_id>")
@rule("fill document")
def accept(document_id: str, import_id: str) -> Answer:
    """Save what was marked, or everything that may be written now."""
    found = _compared(import_id)
    chosen = _marked(found.differences)
    if not chosen:
        return _differences(found, _("Marque al menos una diferencia, o vuelva al documento sin tomar ninguna.")), 422
    saved = imports.accept(store(), person(), document(), import_id, chosen, key(), filling.number("revision"))
    _tell(saved)
    return redirect(url_for("importing.differences", document_id=document_id, import_id=import_id))


def _marked(known: Sequence[Difference]) -> list[AnswerPath]:
    """The paths the post marks, of those that are differences."""
    if request.form.get("do") == "all":
        return [each.path for each in known if not each.locked]
    if request.form.get("do") != "chosen":
        abort(400)
    marked = frozenset(request.form.getlist("take"))
    return [each.path for each in known if each.path.html in marked]


def _tell(saved: Saved) -> None:
    if saved.clashed:
        told = _("Mientras usted leía, alguien cambió aquí {count} de esas respuestas: quedaron como están.", count=len(saved.clashed))
        flash(told, "note")
    if not saved.changed and not saved.clashed:
        flash(_("No había nada que guardar: el documento ya lo decía."), "note")


@blueprint.post("/documentos/<document_id>/sin-conexion/<import_id>/deshacer")
@rule("fill document")
def undo(document_id: str, import_id: str) -> Answer:
    """Give back what was taken from this form."""
    imports.undo(store(), person(), document(), import_id, key())
    flash(_("Está deshecho: las respuestas son otra vez las de antes."), "done")
    return redirect(url_for("importing.differences", document_id=document_id, import_id=import_id))
