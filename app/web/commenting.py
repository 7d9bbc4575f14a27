"""Review: answers with what was asked about them, and what was answered to that."""
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from app.errors import Invalid, NotFound
from app.web import reviewing as answers
from app.web.answering import path_of
from app.web.guard import document, dossier_of, person, rule, store
from app.web.language import _, fmt
from app.web.life import key
from app.web.standing import lacks, standing
from app.workflow import access, answering, comments, reviewing, versions
from app.workflow.comments import Note
from app.workflow.naming import Place, label_of, place_of, value_at
from forms import FORMS
from forms.path import AnswerPath
from forms.view import Formatter

blueprint = Blueprint("commenting", __name__)
Answer = Any


def reader() -> Formatter:
    return fmt(dossier_of(document()).country)


def notes() -> tuple[Note, ...]:
    """What was asked about the document, as far as who reads may know."""
    return comments.of(store(), person(), document(), reader())


def by_path(known: Iterable[Note]) -> dict[str, list[Note]]:
    """Notes by the HTML name of the answer they are pinned to; '' holds those about the whole document."""
    found: dict[str, list[Note]] = {}
    for note in known:
        found.setdefault(note.path.html, []).append(note)
    return found


@blueprint.get("/documentos/<document_id>/revision")
@rule("review document")
def review(document_id: str) -> Answer:
    """Every answer with a place to ask about it, what changed since the last time, and the decision."""
    found, known = reviewing.check(store(), person(), document(), reader()), notes()
    changes = versions.changes(store(), person(), document(), reader())
    return render_template(
        "life/review.html", sections=[answers.read(each) for each in found.shown], changes=changes, askable=askable, **decision(known),
        current_notes=by_path(note for note in known if note.current),
    )


def askable(path: str) -> bool:
    """Whether somebody types this answer: what is worked out is not commented on."""
    place = place_of(FORMS[document().form], AnswerPath.read(path))
    return place is not None and place.kind.stored


def decision(known: tuple[Note, ...]) -> dict[str, Any]:
    """What the reviewer may do now: with something open the document is returned, else approved."""
    told = standing(document())
    missing = {action: lacks(offer) for action, offer in told.offers.items()}
    return {
        "document": document(), "standing": told, "lacks": missing, "current": [note for note in known if note.current],
        "earlier": [note for note in known if not note.current],
    }


@blueprint.get("/documentos/<document_id>/comentar/<path>")
@rule("review document")
def write(document_id: str, path: str) -> Answer:
    """A place to write about one answer: in the page if it can, else a page of its own."""
    return _written(path_of(path), _place(path))


def in_place() -> bool:
    """Whether only a part of the page is drawn anew; htmx shows it with status 200 only."""
    return request.headers.get("HX-Request") == "true"


def _place(spelled: str) -> Place:
    place = place_of(FORMS[document().form], path_of(spelled))
    if place is None:
        raise NotFound
    return place


def _written(at: AnswerPath, place: Place, wrong: str = "", done: bool = False) -> Answer:
    """The answer, what was asked about it so far, and the place to write; once written, what stands there now."""
    told = answering.page(store(), person(), document(), place.section.key, reader(), place.subject)
    known = notes()
    return render_template(
        "life/comment_part.html" if in_place() else "life/comment.html", path=at.html, notes=by_path(known).get(at.html, []), done=done,
        wrong=wrong, said="" if done else request.form.get("text", ""), label=label_of(told.form, at, told.answers, reader()),
        answer=place.kind.line(value_at(told.answers, at), told.at), **decision(known),
    )


@blueprint.post("/documentos/<document_id>/comentar/<path>")
@rule("review document")
def add(document_id: str, path: str) -> Answer:
    """Pin what was written to the answer."""
    at, place = path_of(path), _place(path)
    try:
        comments.add(store(), person(), document(), at, request.form.get("text", ""), key())
    except Invalid as refused:
        return _written(at, place, _(refused.message, **refused.places)), 200 if in_place() else 422
    if in_place():
        return _written(at, place, done=True)
    return redirect(url_for("commenting.review", document_id=document_id) + f"#{at.html}")


@blueprint.post("/documentos/<document_id>/quitar-comentario")
@rule("review document")
def remove(document_id: str) -> Answer:
    """Take an own comment back before the document is returned."""
    comments.remove(store(), person(), document(), request.form.get("comment", ""))
    return redirect(url_for("commenting.review", document_id=document_id))


@blueprint.get("/documentos/<document_id>/observaciones")
@rule("view document")
def listed(document_id: str) -> Answer:
    """Everything that was asked, with a place to answer for who fills."""
    return _listed()


def _listed(wrong: str = "", about: str = "") -> Answer:
    known = notes()
    may_answer = document().state == "observed" and access.can(store(), person(), "fill", document())
    said = {"wrong": wrong, "about": about, "said": request.form.get("text", "")}
    return render_template("life/comments.html", may_answer=may_answer, **said, **decision(known))


@blueprint.post("/documentos/<document_id>/observaciones")
@rule("fill document")
def answer(document_id: str) -> Answer:
    """Answer one comment."""
    comment = request.form.get("comment", "")
    try:
        comments.answer(store(), person(), document(), comment, request.form.get("text", ""), key())
    except Invalid as refused:
        return _listed(_(refused.message, **refused.places), comment), 422
    return redirect(url_for("commenting.listed", document_id=document_id) + f"#c-{comment}")
