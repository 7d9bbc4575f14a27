"""What leaves as bytes: page pictures, Word and record, files that were attached, everything in one ZIP."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.http import dump_options_header

from app.web.guard import document, dossier, person, rule, store
from app.web.language import current
from app.workflow import attaching, jobs, renditions
from forms.path import AnswerPath

blueprint = Blueprint("files", __name__)
Answer = Any
KINDS = {"docx": "docx", "pdf": "record", "xlsx": "xlsx", "formulario": "filled"}
"""Ending in the address → what is made."""
LANGUAGES = ("es", "pt")
WIDTH = 920
"""Pixels of a page picture: twice the column it stands in, for sharp screens."""


def paper_language() -> str:
    """The document language nearest to the reader's."""
    return "pt" if current() == "pt_BR" else "es"


@blueprint.get("/documentos/<document_id>/vista")
@rule("view document")
def pages(document_id: str) -> Answer:
    """Every page as it is printed."""
    first = renditions.preview(store(), person(), document(), paper_language(), page=1, width=WIDTH)
    about = {"revision": document().revision, "dossier_id": document().dossier_id}
    return render_template("pages.html", document=document(), pages=first.pages, **about)


@blueprint.get("/documentos/<document_id>/vista/<int:page>.png")
@rule("view document")
def page_picture(document_id: str, page: int) -> Answer:
    """One printed page as a picture."""
    return picture(renditions.preview(store(), person(), document(), paper_language(), page=page, width=WIDTH).png)


@blueprint.get("/documentos/<document_id>/vista/<section>.png")
@rule("view document")
def section_picture(document_id: str, section: str) -> Answer:
    """The printed page a section starts on; of a part with copies, that of the person named."""
    subject = request.args.get("de", "")
    return picture(renditions.preview(store(), person(), document(), paper_language(), section, width=WIDTH, subject=subject).png)


def picture(png: bytes) -> Response:
    """A picture of one revision: its address names it, so the browser may keep it for a while."""
    return Response(png, mimetype="image/png", headers={"Cache-Control": "private, max-age=600" if request.args.get("r") else "no-store"})


@blueprint.get("/documentos/<document_id>/descargar/<ending>/<language>")
@rule("download document")
def download(document_id: str, ending: str, language: str) -> Answer:
    """The document as a file."""
    if ending not in KINDS or language not in LANGUAGES:
        abort(404)
    made = renditions.make(store(), person(), document(), KINDS[ending], language)
    return attachment(made.data, made.filename, made.media_type)


@blueprint.get("/documentos/<document_id>/constancia")
@rule("download document")
def settled(document_id: str) -> Answer:
    """The record that was approved or signed, byte for byte, in the language it is signed in."""
    kept = renditions.settled(store(), document())
    return attachment(kept.data, kept.filename, kept.media_type) if kept else abort(404)


@blueprint.get("/documentos/<document_id>/constancia/<int:page>.png")
@rule("view document")
def settled_picture(document_id: str, page: int) -> Answer:
    """One page of it as a picture."""
    language = renditions.language_of(store(), document())
    return picture(renditions.preview(store(), person(), document(), language, page=page, width=WIDTH).png)


@blueprint.get("/documentos/<document_id>/archivo/<path>")
@rule("download document")
def attached(document_id: str, path: str) -> Answer:
    """A file somebody attached to an answer."""
    try:
        kept = attaching.attachment(store(), person(), document(), AnswerPath.read(path))
    except ValueError:
        abort(404)
    return attachment(kept.data, kept.filename, kept.media_type)


def attachment(data: bytes, filename: str, media_type: str) -> Response:
    """Bytes to keep, never to open in the page."""
    plain = filename.encode("ascii", "ignore").decode() or "archivo"
    said = dump_options_header("attachment", {"filename": plain} if plain == filename else {"filename": plain, "filename*": filename})
    return Response(data, mimetype=media_type, headers={"Content-Disposition": said})


@blueprint.post("/expedientes/<dossier_id>/zip")
@rule("download dossier")
def zip_start(dossier_id: str) -> Answer:
    """Start making everything of the dossier as one file."""
    run = jobs.start_zip(store(), person(), [dossier().id], key=request.form.get("key", ""))
    return redirect(url_for("files.zip_state", dossier_id=dossier_id, run=run.id))


@blueprint.get("/expedientes/<dossier_id>/zip/<run>")
@rule("download dossier")
def zip_state(dossier_id: str, run: str) -> Answer:
    """How far it is; a browser without JavaScript asks again by itself."""
    page = "zip_part.html" if request.headers.get("HX-Request") == "true" else "zip.html"
    return render_template(page, run=jobs.progress(store(), person(), run), dossier=dossier())


@blueprint.get("/expedientes/<dossier_id>/zip/<run>/archivo")
@rule("download dossier")
def zip_file(dossier_id: str, run: str) -> Answer:
    """The finished file."""
    made = jobs.result(store(), person(), run)
    return attachment(made.data, made.filename, made.media_type)
