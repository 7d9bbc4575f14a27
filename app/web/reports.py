"""My reports, and starting a new one."""
from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from app import clock
from app.errors import AlreadyThere, Invalid
from app.web import board
from app.web.guard import document, dossier_of, person, rule, store
from app.web.language import _, fmt
from app.workflow import access, reports, semesters
from forms.values import N_

blueprint = Blueprint("reports", __name__)
Answer = Any
SEMESTERS = (("1", N_("Enero a junio")), ("2", N_("Julio a diciembre")))


@blueprint.get("/inicio")
@rule("signed in")
def mine() -> Answer:
    """What waits for the person, and every report they see."""
    return render_template(
        "reports.html", listed=reports.listed(store(), person()), may_open=bool(access.units(store(), person())),
        tasks=board.mine(), oversees=board.oversees(),
    )


@blueprint.get("/informes/nuevo")
@rule("signed in")
def new() -> Answer:
    """Which unit, year and semester."""
    return asked({})


def asked(wrong: dict[str, str], there: AlreadyThere | None = None) -> Answer:
    """The form, with what to correct and what was chosen."""
    now = clock.now()
    said = {"unit": "", "year": str(now.year), "semester": "1" if now.month <= 6 else "2", "policy": ""} | request.form.to_dict()
    semesters = [(code, _(words)) for code, words in SEMESTERS]
    summary = [{"text": sentence, "href": f"#{name}"} for name, sentence in wrong.items()]
    units = access.units(store(), person())
    return render_template("new_report.html", units=units, semesters=semesters, said=said, wrong=wrong, there=there, summary=summary)


@blueprint.post("/informes/nuevo")
@rule("signed in")
def start() -> Answer:
    """Open the report, or say where it already is."""
    unit, year, semester, policy = (request.form.get(name, "").strip() for name in ("unit", "year", "semester", "policy"))
    wrong = {} if unit else {"unit": _("Elija la unidad.")}
    wrong |= {} if semester else {"semester": _("Elija el semestre.")}
    if not (year.isascii() and year.isdecimal() and len(year) == 4):
        wrong["year"] = _("Escriba el año con cuatro cifras, como 2021.")
    if wrong:
        return asked(wrong), 422
    try:
        opened = reports.open_report(store(), person(), unit, int(year), semester, policy, key=request.form.get("key", ""))
    except AlreadyThere as there:
        return asked({}, there), 409
    except reports.WrongPolicy as refused:
        return asked({"policy": _(refused.message, **refused.places)}), 422
    except Invalid as refused:
        return asked({"year": _(refused.message, **refused.places)}), 422
    flash(_("El informe está abierto. Llénelo por secciones y en el orden que prefiera."), "done")
    return redirect(url_for("dossiers.page", dossier_id=opened.id))


@blueprint.get("/documentos/<document_id>/comparacion")
@rule("view document")
def comparison(document_id: str) -> Answer:
    """What this report counts beside what the one before it counted."""
    around = dossier_of(document())
    found = semesters.compared(store(), person(), document(), fmt(around.country))
    groups = groupby(found.figures, lambda figure: figure.group) if found else ()
    shown = [(group, list(figures)) for group, figures in groups]
    return render_template("comparison.html", document=document(), dossier=around, found=found, groups=shown)
