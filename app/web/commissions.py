"""Opening a commission's sheet: which commitment, and who leads it."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from app.errors import AlreadyThere, Invalid
from app.web import asking, opening
from app.web.asking import Refusal
from app.web.filling import summary
from app.web.guard import person, rule, store
from app.web.language import _
from app.workflow import commissions
from forms.commission.opening import OPENING
from forms.values import EMPTY, Answers, mapping

blueprint = Blueprint("commissions", __name__)
Answer = Any


@blueprint.get("/comisiones/nueva")
@rule("opens commissions")
def new() -> Answer:
    """Which commitment of which edition, and who its focal point is."""
    return _asked({}, {})


def _asked(answers: Answers, refused: asking.Refusals, there: AlreadyThere | None = None) -> Answer:
    asked = [item for section in OPENING.sections for item in opening.items(section, answers, refused, OPENING)]
    told = summary(asked, refused)
    return render_template("commission/new.html", asked=asked, wrong=asking.sentences(refused), summary=told, there=there)


@blueprint.post("/comisiones/nueva")
@rule("opens commissions")
def start() -> Answer:
    """Open it, or say what is missing; one that is there already is led to."""
    form = asking.posted(OPENING.kinds, {}, request.form, opening.reading({}, OPENING))
    answers = {key: value for key, value in form.answers.items() if value not in EMPTY and not opening.blank(value)}
    if refused := {**opening.missing(OPENING, answers), **dict(form.refusals())}:
        return _asked(answers, refused), 422
    people: dict[str, Answers] = {role: mapping(answers[role]) for role in commissions.ROLES if role in answers}
    edition, number = str(answers["pact_edition"]), int(str(answers["meta_no"]))
    try:
        opened = commissions.open_commission(store(), person(), edition, number, people, key=request.form.get("key", ""))
    except AlreadyThere as there:
        return _asked(answers, {}, there), 409
    except Invalid as wrong:
        return _asked(answers, {"meta_no": Refusal(_(wrong.message, **wrong.places))}), 422
    flash(_("La ficha está abierta. El punto focal recibió un correo con su enlace."), "done")
    return redirect(url_for("dossiers.page", dossier_id=opened.id))
