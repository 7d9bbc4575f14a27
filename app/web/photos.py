"""Photos beside an answer, small, where they are asked for."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort

from app.web.guard import document, person, rule, store
from app.workflow import attaching
from forms.path import AnswerPath

blueprint = Blueprint("photos", __name__)
Answer = Any


@blueprint.get("/documentos/<document_id>/foto/<path>")
@rule("view document")
def small(document_id: str, path: str) -> Answer:
    """A photo as it was kept, small enough for a page."""
    try:
        kept = attaching.thumbnail(store(), person(), document(), AnswerPath.read(path))
    except ValueError:
        abort(404)
    return Response(kept.data, mimetype=kept.media_type)
