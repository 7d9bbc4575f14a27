"""What waits for me, and the board: every report a person looks after, how far it is and what is due."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for

from app.web.guard import person, rule, store
from app.web.language import _, fmt
from app.workflow import access, board, tasks
from app.workflow.board import Row
from app.workflow.programmes import STATES
from app.workflow.tasks import Task

blueprint = Blueprint("board", __name__)
Answer = Any
WHERE = {"fill": "dossiers.page", "correct": "commenting.listed", "review": "commenting.review", "sign": "signing.page"}
"""Kind of task → the page where it is done."""


@blueprint.get("/tablero")
@rule("signed in")
def page() -> Answer:
    """Every report by its next deadline, of one state or one unit if asked."""
    state, unit = request.args.get("estado", ""), request.args.get("unidad", "")
    rows = [_row(each) for each in board.rows(store(), person(), state, unit)]
    units = access.units(store(), person(), "view")
    return render_template("life/board.html", rows=rows, units=units, state=state, unit=unit, known=STATES)


def _row(row: Row) -> dict[str, Any]:
    return {
        "row": row, "blockers": [_(problem.message, **problem.places) for problem in row.blockers],
        "waiting": ", ".join(_(role) for role in dict.fromkeys(row.waiting)), "until": _day(row.until),
    }


def _day(day: Any) -> str:
    return fmt().date(day.isoformat()) if day else ""


def mine() -> list[dict[str, Any]]:
    """What waits for who reads, each with the way to it."""
    return [_task(each) for each in tasks.mine(store(), person())]


def _task(task: Task) -> dict[str, Any]:
    places = {**task.places, **{name: fmt().words(str(task.places[name])) for name in ("title", "part")}}
    about: dict[str, Any] = {"dossier_id": task.dossier.id} if task.kind == "fill" else {"document_id": task.document.id}
    return {
        "sentence": _(task.sentence, **places), "href": url_for(WHERE[task.kind], **about), "since": task.since, "until": _day(task.until),
        "late": task.late, "country": task.dossier.country,
    }


def oversees() -> bool:
    """Whether the reader looks after others' reports."""
    return any(access.units(store(), person(), verb) for verb in ("review", "void"))
