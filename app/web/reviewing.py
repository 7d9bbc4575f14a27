"""All answers on one page before they are handed on, and what is missing, each with a way to it."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for

from app.web import filling, standing
from app.web.answering import path_of
from app.web.cards import Cardboard, cards
from app.web.files import paper_language
from app.web.guard import document, dossier_of, person, rule, store
from app.web.language import _, fmt
from app.web.standing import Standing
from app.workflow import access, answering, reviewing
from app.workflow.naming import place_of
from forms import FORMS
from forms.blocks import Rows
from forms.path import AnswerPath
from forms.resolved import Shown, ShownSection

blueprint = Blueprint("reviewing", __name__)
Answer = Any


@dataclass(frozen=True)
class Read:
    """A section as it reads here: answers in a list, tables under it. `typed` are the answers a person may change."""

    number: str
    title: str
    lines: tuple[Shown, ...]
    tables: tuple[tuple[Shown, Rows, tuple[Cardboard, ...]], ...]
    """(answer, its rows, the cards they read as, if they do)"""
    typed: frozenset[str]


@blueprint.get("/documentos/<document_id>/revisar")
@rule("view document")
def check(document_id: str) -> Answer:
    """Every answer as it reads, what lacks as sentences, the files once nothing does."""
    reader = fmt(dossier_of(document()).country)
    told = standing.standing(document())
    found = reviewing.check(store(), person(), document(), reader, told.part)
    sections = [read(each) for each in found.shown]
    rows = dict(_rows(sections))
    missing = [(_at_row(rows, each.path) + reader.words(each.message, **each.places), each.path.html) for each in found.problems]
    rules = [(each.stops, (reader.words(each.message, **each.places), each.owner.html if each.owner else "")) for each in found.rules]
    return render_template(
        "check.html", document=document(), dossier_id=document().dossier_id, sections=sections, ready=found.ready,
        missing=missing + [said for blocks, said in rules if blocks], warnings=[said for blocks, said in rules if not blocks],
        paper=paper_language(), may_fill=found.fillable, may_download=access.can(store(), person(), "download", document()), **_life(told),
    )


def _life(told: Standing) -> dict[str, Any]:
    """Where the document stands, what comes next, and what is missing before."""
    steps = standing.next_steps(document()) if "submit" in told.offers else []
    return {"standing": told, "next_steps": steps, "step": standing.step(document(), told)}


def _rows(sections: list[Read]) -> Iterator[tuple[AnswerPath, str]]:
    """How each row of a table is called: its table and its number."""
    for _answer, rows, _cards in (table for section in sections for table in section.tables):
        for number, row in enumerate(rows.rows, 1):
            yield rows.path / row.id, _("{table}, fila {number}", table=rows.label, number=number)


def _at_row(rows: Mapping[AnswerPath, str], path: AnswerPath) -> str:
    """'Asistencias, fila 3: ' before what is said of an answer in a row."""
    found = next((said for length in range(1, len(path.steps)) if (said := rows.get(AnswerPath(path.steps[:length])))), "")
    return f"{found}: " if found else ""


def read(section: ShownSection) -> Read:
    """A section in the order it is read: answers, then tables."""
    held = [(answer, block) for answer in section.answers for block in answer.blocks if isinstance(block, Rows)]
    tables = tuple((answer, block, cards(block)) for answer, block in held)
    lines = tuple(answer for answer in section.answers if not any(isinstance(block, Rows) for block in answer.blocks))
    places = {answer.path: place_of(FORMS[document().form], answer.path) for answer in section.answers}
    typed = frozenset(path.html for path, place in places.items() if place and place.kind.stored)
    return Read(section.number, section.title, lines, tables, typed)


@blueprint.get("/documentos/<document_id>/ir/<path>")
@rule("view document")
def find(document_id: str, path: str) -> Answer:
    """The page where an answer is filled, at its field."""
    at = path_of(path)
    place = place_of(FORMS[document().form], at)
    if place is None:
        abort(404)
    page = answering.page(store(), person(), document(), place.section.key, fmt(dossier_of(document()).country), place.subject)
    subject = place.subject or None
    if place.row and filling.is_wide(page, place.field.key):
        address = url_for("rows.row", document_id=document_id, section=place.section.key, table=place.field.key, row=place.row, de=subject)
    else:
        address = url_for("answering.section", document_id=document_id, section=place.section.key, de=subject)
    return redirect(f"{address}#{at.html}")

