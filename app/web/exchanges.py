"""An exchange at a glance: its documents, who is to act, what its rules say, its packets, its people."""
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, render_template

from app.store import Document, Dossier
from app.web import packets
from app.web.guard import person, store
from app.web.language import _, fmt
from app.workflow import access, board, deadlines, dossiers, naming, programmes
from forms.view import Formatter

blueprint = Blueprint("exchanges", __name__)
Answer = Any


def overview(dossier: Dossier, documents: Iterable[Document]) -> Answer:
    """Every document the reader sees, with how far it is and whom it waits for."""
    reader = fmt(dossier.country)
    seen = [each for each in documents if access.can(store(), person(), "view", each)]
    lines = [_line(each, reader) for each in seen]
    facts = dossier.facts
    return render_template("exchange/page.html", dossier=dossier, lines=lines, packets=packets.shown(dossier), facts=facts)


def _line(document: Document, reader: Formatter) -> dict[str, Any]:
    view = dossiers.view_of(store(), document)
    until = deadlines.step(store(), document)
    return {
        "document": document, "title": naming.title_of(document, view, reader), "state": _(programmes.STATES[document.state]),
        "waiting": ", ".join(_(role) for role in dict.fromkeys(board.waiting(store(), document))),
        "until": reader.date_short(until.isoformat()) if until else "",
    }
