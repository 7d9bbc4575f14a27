"""What waits for me, and the board: every exchange and report a person looks after, how far it is and what is due."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for

from app.web import opening
from app.web.guard import person, rule, store
from app.web.language import _, fmt
from app.workflow import access, board, exchange_states, glance, tasks
from app.workflow.board import Row
from app.workflow.glance import Glance
from app.workflow.programmes import EXCHANGE, STATES, TITLES
from app.workflow.tasks import Task
from forms import FORMS

blueprint = Blueprint("board", __name__)
Answer = Any
WHERE = {"fill": "dossiers.one", "correct": "commenting.listed", "review": "commenting.review", "sign": "signing.page"}
"""Kind of task → the page where it is done."""


@blueprint.get("/tablero")
@rule("signed in")
def page() -> Answer:
    """Exchanges, reports and sheets by their next deadline; only those of a programme, a state, a country, a unit if asked."""
    asked = {name: request.args.get(name, "") for name in ("programa", "estado", "pais", "unidad")}
    programme, state, country, unit = asked.values()
    exchanges = _exchanges(state, country) if programme in ("", EXCHANGE) and not unit else []
    rows = [_row(each) for each in board.rows(store(), person(), state, unit, country, programme)]
    return render_template("life/board.html", rows=rows, exchanges=exchanges, asked=asked, **_choices())


def _choices() -> dict[str, Any]:
    """What the board can be narrowed to, of what the reader sees."""
    seen = glance.dossiers(store(), person())
    lands = {code: fmt().country(code) for each in seen for code in glance.countries(each)}
    held = dict.fromkeys(each.programme for each in seen)
    states = ((EXCHANGE, _("Intercambios"), exchange_states.STATES), ("", _("Informes y fichas"), STATES))
    known = [(title, words) for programme, title, words in states if any((each == EXCHANGE) == bool(programme) for each in held)]
    return {
        "programmes": [(code, _(TITLES[code])) for code in held], "states_of": known,
        "countries": sorted(lands.items(), key=lambda land: land[1]), "units": access.units(store(), person(), "view"),
        "packs": any(each == EXCHANGE for each in held) and any(access.can(store(), person(), "packet", each) for each in seen),
    }  # fmt: skip


def _exchanges(state: str, country: str) -> list[dict[str, Any]]:
    return [shown(each) for each in board.exchanges(store(), person(), fmt(), state, country)]


def shown(each: Glance) -> dict[str, Any]:
    """An exchange in a line of a table."""
    return {
        "glance": each, "when": opening.line("visit_period", each.dossier), "until": _day(each.until),
        "blockers": [_(problem.message, **problem.places) for problem in each.blockers],
        "waiting": ", ".join(_(role) for role in each.waiting),
        "lands": " · ".join(fmt().country(code) for code in glance.countries(each.dossier)),
    }  # fmt: skip


def _row(row: Row) -> dict[str, Any]:
    return {
        "row": row, "blockers": [_(problem.message, **problem.places) for problem in row.blockers],
        "waiting": ", ".join(_(role) for role in dict.fromkeys(row.waiting)), "until": _day(row.until),
        "country": row.unit.country if row.unit else row.dossier.country,
    }  # fmt: skip


def _day(day: Any) -> str:
    return fmt().date(day.isoformat()) if day else ""


def mine() -> list[dict[str, Any]]:
    """What waits for who reads, each with the way to it."""
    return [_task(each) for each in tasks.mine(store(), person())]


def _task(task: Task) -> dict[str, Any]:
    places = {**task.places, **{name: fmt().words(str(task.places[name])) for name in ("title", "part")}}
    href = url_for(WHERE[task.kind], document_id=task.document.id, parte=task.part if _several(task) else None)
    return {
        "sentence": _(task.sentence, **places), "href": href, "since": task.since, "until": _day(task.until), "late": task.late,
        "country": task.dossier.country,
    }


def _several(task: Task) -> bool:
    """Whether the document has parts, so that the page has to know which one it is about."""
    return bool(task.part) and len(FORMS[task.document.form].parts) > 1


def oversees() -> bool:
    """Whether the reader looks after what others fill."""
    every = glance.dossiers(store(), person())
    return any(access.can(store(), person(), verb, each) for each in every for verb in ("review", "void"))
