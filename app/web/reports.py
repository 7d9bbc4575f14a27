"""The front page of who is signed in; starting a report, and a report beside the one before it."""
from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from app import clock
from app.errors import AlreadyThere, Invalid
from app.store import Document
from app.web import board
from app.web.guard import document, dossier_of, person, prints, rule, store
from app.web.language import _, fmt
from app.workflow import access, dossiers, glance, naming, reports, semesters, surroundings
from app.workflow.programmes import COMMISSION, EXCHANGE
from forms.values import N_

blueprint = Blueprint("reports", __name__)
Answer = Any
SEMESTERS = (("1", N_("Enero a junio")), ("2", N_("Julio a diciembre")))


@blueprint.get("/inicio")
@rule("signed in")
def mine() -> Answer:
    """What waits for the person, and everything they see: exchanges, sheets, reports."""
    may_open = {name: access.opens(store(), person(), code) for name, code in (("opens", EXCHANGE), ("opens_sheets", COMMISSION))}
    given = [_titled(each) for each in glance.given(store(), person())]
    sheets = [_titled(each) for around in glance.dossiers(store(), person(), COMMISSION) for each in surroundings.current(store(), around)]
    own = [each for each in given if dossier_of(each["document"]).programme == COMMISSION and each not in sheets]
    return render_template(
        "reports.html", listed=reports.listed(store(), person()), may_open=bool(access.units(store(), person())), **may_open,
        tasks=board.mine(), oversees=board.oversees(), prints=prints(),
        exchanges=[board.shown(each) for each in glance.exchanges(store(), person(), fmt())],
        sheets=[*own, *sheets], given=[each for each in given if each not in own and each not in sheets],
    )


def _titled(document: Document) -> dict[str, Any]:
    view = dossiers.view_of(store(), document)
    return {"document": document, "title": naming.title_of(document, view, fmt(dossier_of(document).country))}


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
