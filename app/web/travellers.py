"""Who travels, after it was settled: somebody goes instead of another, or does not go any more."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from app.errors import Invalid
from app.web import asking, opening
from app.web.asking import Refusal
from app.web.filling import summary
from app.web.guard import dossier, person, rule, store
from app.web.language import _
from app.web.life import key
from app.workflow import delegation
from app.workflow.delegation import Traveller
from app.workflow.intake import WrongAnswers
from forms.opening import OPENING, TRAVELLER
from forms.spec import Form, Part, Section
from forms.values import Answers

blueprint = Blueprint("travellers", __name__)
Answer = Any
SECTION = Section("traveller", "", TRAVELLER)
SOMEBODY = Form("traveller", OPENING.edition, "", OPENING.programme, (Part("traveller", "", (SECTION,)),))
"""What is known of somebody before they fill their own card."""
REASON = "reason"


@blueprint.get("/expedientes/<dossier_id>/delegacion")
@rule("view dossier")
def page(dossier_id: str) -> Answer:
    """Everybody of the delegation, who goes and who does not any more."""
    found, may_change = delegation.travellers(store(), person(), dossier()), delegation.may_change(store(), person(), dossier())
    rows = [{"traveller": each, "situation": _(each.situation)} for each in found]
    return render_template("exchange/delegation.html", dossier=dossier(), rows=rows, may_change=may_change)


@blueprint.get("/expedientes/<dossier_id>/delegacion/<row>/reemplazar")
@rule("view dossier")
def somebody_else(dossier_id: str, row: str) -> Answer:
    """Who goes instead, and why."""
    leaving = _leaving(row)
    return _replacing(leaving, {name: leaving.answers.get(name) for name in ("institution", "function")}, {})


def _leaving(row: str) -> Traveller:
    """Who it is about. Ends in 404 for who is not there or does not go, in 403 where it cannot be changed."""
    found = [each for each in delegation.travellers(store(), person(), dossier()) if each.row == row and each.goes] or abort(404)
    return found[0] if delegation.may_change(store(), person(), dossier()) else abort(403)


def _replacing(leaving: Traveller, answers: Answers, refused: Mapping[str, Refusal], wrong: str = "") -> Answer:
    asked = opening.items(SECTION, answers, refused, SOMEBODY)
    problems = [*summary(asked, refused), *([{"text": wrong, "href": f"#{REASON}"}] if wrong else [])]
    return render_template(
        "exchange/leaving.html", dossier=dossier(), leaving=leaving, asked=asked, wrong=asking.sentences(refused), summary=problems,
        reason=request.form.get(REASON, ""), why=wrong, title=_("Reemplazar a {name}", name=leaving.name), do=_("Reemplazar"),
    )


@blueprint.post("/expedientes/<dossier_id>/delegacion/<row>/reemplazar")
@rule("view dossier")
def replace(dossier_id: str, row: str) -> Answer:
    """Put somebody else in the delegation; nothing typed is lost where something lacks."""
    form = asking.posted(TRAVELLER, {}, request.form, opening.reading({}, SOMEBODY))
    if refused := dict(form.refusals()):
        return _replacing(_leaving(row), form.answers, refused), 422
    said = {name: value for name, value in form.answers.items() if value is not None}
    try:
        delegation.replace_traveller(store(), person(), dossier(), row, said, request.form.get(REASON, ""), key())
    except WrongAnswers as wrong:
        return _replacing(_leaving(row), form.answers, opening.told(wrong)), 422
    except Invalid as wrong:
        return _replacing(_leaving(row), form.answers, {}, _(wrong.message, **wrong.places)), 422
    flash(_("La delegación cambió. La persona nueva recibió su enlace; lo que estaba firmado tiene una versión nueva."), "done")
    return redirect(url_for("travellers.page", dossier_id=dossier_id))


@blueprint.get("/expedientes/<dossier_id>/delegacion/<row>/retirar")
@rule("view dossier")
def goes_no_more(dossier_id: str, row: str) -> Answer:
    """Why somebody does not travel any more."""
    return _withdrawing(_leaving(row))


def _withdrawing(leaving: Traveller, wrong: str = "") -> Answer:
    return render_template(
        "exchange/leaving.html", dossier=dossier(), leaving=leaving, asked=[], wrong={},
        summary=[{"text": wrong, "href": f"#{REASON}"}] if wrong else [], reason=request.form.get(REASON, ""), why=wrong,
        title=_("Retirar a {name}", name=leaving.name), do=_("Retirar"),
    )


@blueprint.post("/expedientes/<dossier_id>/delegacion/<row>/retirar")
@rule("view dossier")
def withdraw(dossier_id: str, row: str) -> Answer:
    """Take somebody out of the delegation; their row stays and says so."""
    try:
        delegation.withdraw_traveller(store(), person(), dossier(), row, request.form.get(REASON, ""), key())
    except Invalid as wrong:
        return _withdrawing(_leaving(row), _(wrong.message, **wrong.places)), 422
    flash(_("La persona ya no está en la delegación. Lo que estaba firmado tiene una versión nueva."), "done")
    return redirect(url_for("travellers.page", dossier_id=dossier_id))
