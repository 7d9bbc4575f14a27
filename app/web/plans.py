"""A plan's year on a page: its actions by month and how far it is; the same dates for a calendar."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, url_for

from app.web.files import attachment
from app.web.guard import document, dossier_of, person, rule, settings, store
from app.web.language import _, fmt
from app.workflow import plans

blueprint = Blueprint("plans", __name__)
Answer = Any


@blueprint.get("/documentos/<document_id>/plan")
@rule("view document")
def page(document_id: str) -> Answer:
    """Drawn, and as tables with the same words and figures."""
    reader = fmt(dossier_of(document()).country)
    year = plans.year(store(), person(), document(), reader)
    bars = [{"bar": bar, "light": _(bar.light) if bar.light else "", "stretches": list(plans.stretches(bar.months))} for bar in year.bars]
    points = [{"point": point, "planned": reader.decimal(point.planned), "reached": reader.decimal(point.reached) if point.reached else ""}
              for point in year.points]
    private = url_for("plans.private", token=plans.token(store(), person(), document()))
    return render_template(
        "plan.html", document=document(), year=year, bars=bars, points=points, private=f"{settings().base_url}{private}",
    )


@blueprint.get("/documentos/<document_id>/plan.ics")
@rule("view document")
def download(document_id: str) -> Answer:
    """Its dates as a file."""
    made = plans.feed(store(), person(), document())
    return attachment(made.data, made.filename, made.media_type)


@blueprint.get("/calendario/<token>.ics")
@rule("public")
def private(token: str) -> Answer:
    """Its dates for a calendar that asks again by itself; the address is the key."""
    made = plans.of_token(store(), token)
    return Response(made.data, content_type=f"{made.media_type}; charset=utf-8")
