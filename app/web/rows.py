"""A row with a page of its own: wide tables are filled one row at a time."""
from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request

from app.web import answering as sections
from app.web import asking, filling
from app.web.filling import Kept
from app.web.guard import rule
from app.web.language import _
from app.workflow.answering import Conflict, SectionPage
from forms.blocks import BoxRows

blueprint = Blueprint("rows", __name__)
Answer = Any


@blueprint.get("/documentos/<document_id>/<section>/<table>/<row>")
@rule("view document")
def row(document_id: str, section: str, table: str, row: str) -> Answer:
    """One row to fill."""
    page = filling.opened(section)
    return shown(page, table, row)


@blueprint.post("/documentos/<document_id>/<section>/<table>/<row>")
@rule("fill document", uploads=True)
def save(document_id: str, section: str, table: str, row: str) -> Answer:
    """Save the row and do what the button says."""
    page = filling.opened(section)
    kind, asked = filling.table_of(page, table)
    kept = filling.keep(page, (kind,))
    if request.headers.get("HX-Request") == "true":
        return sections.told(page, kept)
    if isinstance(kept.result, Conflict):
        return sections.conflict(page, kept.result)
    if kept.refused:
        return shown(filling.opened(section), table, row, kept), 422
    do, _colon, about = request.form.get("do", "stay").partition(":")
    if about and do in sections.FIELD:
        sections.DO[do](page, sections.path_of(about))
        return _stay(page, asked, row)
    return DO[do](page, asked, row) if do in DO else abort(400)


def shown(page: SectionPage, key: str, row_id: str, kept: Kept | None = None) -> Answer:
    """The page of a row, with what to correct and the person's own text."""
    kind, asked = filling.table_of(page, key, row_id)
    ids = [each.id for each in asked.rows]
    if row_id not in ids:
        abort(404)
    place = ids.index(row_id)
    refused = kept.refused if kept else sections.wrong(page)
    typed = filling.rows_asked(page, kind, kept.form.answers[kind.key], row_id) if kept else asked
    row = next(each for each in typed.rows if each.id == row_id)
    row = replace(row, boxes=tuple(asking.retyped(box, refused) for box in row.boxes))
    named = _("{table}, fila {number}", table=asked.label, number=place + 1)
    title = {"title": named, "section_title": page.at.fmt.words(page.section.title)}
    beside = {"before": _beside(page, asked, place - 1), "after": _beside(page, asked, place + 1), "back": sections.bare(page)}
    return render_template(
        "row.html", **sections.surroundings(page) | title | beside, table=asked, row=row, here=_here(page, asked, row_id),
        query=sections.query(page), uploads=filling.uploads(row.boxes), wrong=asking.sentences(refused),
        summary=filling.summary_of(row, refused),
    )


def _here(page: SectionPage, table: BoxRows, row_id: str) -> str:
    return f"{sections.bare(page)}/{table.path.steps[-1]}/{row_id}"


def _beside(page: SectionPage, table: BoxRows, place: int) -> str:
    """The address of the row at a place, '' beyond the ends."""
    return _here(page, table, table.rows[place].id) + sections.query(page) if 0 <= place < len(table.rows) else ""


def _list(page: SectionPage, table: BoxRows, row_id: str) -> Answer:
    """The list, on the page that shows the row."""
    number = 1 + [each.id for each in table.rows].index(row_id) // filling.PAGE
    return redirect(sections.here(page, f"{table.path.html}-{row_id}", **({f"p-{table.path.html}": str(number)} if number > 1 else {})))


def _stay(page: SectionPage, table: BoxRows, row_id: str) -> Answer:
    return redirect(_here(page, table, row_id) + sections.query(page))


def _after(page: SectionPage, table: BoxRows, row_id: str) -> Answer:
    place = [each.id for each in table.rows].index(row_id) + 1
    return redirect(_beside(page, table, place) or sections.here(page))


def _add(page: SectionPage, table: BoxRows, row_id: str) -> Answer:
    return sections.DO["add"](page, table.path)


def _duplicate(page: SectionPage, table: BoxRows, row_id: str) -> Answer:
    return sections.DO["duplicate"](page, table.path / row_id)


def _remove(page: SectionPage, table: BoxRows, row_id: str) -> Answer:
    return sections.DO["remove"](page, table.path / row_id)


DO = {"stay": _stay, "list": _list, "after": _after, "add": _add, "duplicate": _duplicate, "remove": _remove}
"""What a button does once the row is saved."""
