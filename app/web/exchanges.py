"""An exchange: the work in it, what its rules say, where it stands, its people; and what the secretariat changes of it."""
from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from app.errors import Invalid
from app.store import Document, Dossier
from app.web import asking, opening, packets
from app.web.filling import summary
from app.web.guard import dossier, opens, person, prints, rule, store
from app.web.language import _, fmt
from app.web.life import key
from app.workflow import access, dossiers, exchange_states, exchanges, naming, semaphore, surroundings, worklist
from app.workflow.exchange_states import Offer
from app.workflow.intake import WrongAnswers
from app.workflow.semaphore import Light
from app.workflow.worklist import Work
from forms import FORMS
from forms.facts import PEOPLE
from forms.kinds.base import Problem
from forms.spec import Section
from forms.values import Answers, mapping
from forms.view import Formatter

blueprint = Blueprint("exchanges", __name__)
Answer = Any
COLOURS = ("red", "amber", "grey", "green")


def overview(around: Dossier) -> Answer:
    """Everything the reader sees of it, at a glance."""
    reader = fmt(around.country)
    lights = semaphore.semaphore(store(), person(), around, reader)
    works = worklist.of(store(), person(), around, reader)
    return render_template(
        "exchange/page.html", dossier=around, state=_(exchange_states.STATES[around.state]), subtitle=_subtitle(around),
        offers=[_offer(each) for each in exchange_states.actions(store(), person(), around, reader)],
        documents=_documents(works, reader), own=[_own(each, reader) for each in works if each.own],
        lights={colour: [_light(each, reader) for each in lights if each.colour == colour] for colour in COLOURS},
        packets=packets.shown(around) if access.can(store(), person(), "packet", around) else None,
        people=_people(around, reader), governs=opens(), invites=opens() or _leads(around), prints=prints(),
    )


def _subtitle(around: Dossier) -> str:
    """Countries, dates and modality, in one line."""
    names = ("host_country", "visiting_country", "visit_period", "modality")
    return " · ".join(filter(None, (opening.line(name, around) for name in names)))


def _offer(offer: Offer) -> dict[str, Any]:
    return {"action": offer.action, "label": _(offer.label), "lacks": [_said(each) for each in offer.lacks],
            "reason": offer.reason}


def _said(problem: Problem) -> str:
    return _(problem.message, **{name: fmt().words(told) if isinstance(told, str) else told for name, told in problem.places.items()})


def _documents(every: Iterable[Work], reader: Formatter) -> list[dict[str, Any]]:
    """The work by document."""
    return [_document(document, list(works), reader) for document, works in groupby(every, lambda work: work.document)]


def _document(document: Document, works: list[Work], reader: Formatter) -> dict[str, Any]:
    title = naming.title_of(document, dossiers.view_of(store(), document), reader)
    return {"document": document, "title": title, "outdated": any(work.outdated for work in works),
            "parts": [_work(work, reader, len(works) > 1) for work in works]}


def _own(work: Work, reader: Formatter) -> dict[str, Any]:
    """Something that is about the reader: what it is called in the document it stands in."""
    form = FORMS[work.document.form]
    part = reader.words(work.title) if len(form.parts) > 1 else ""
    return _work(work, reader, False) | {"title": reader.words(form.title), "part": part}


def _work(work: Work, reader: Formatter, named: bool) -> dict[str, Any]:
    part = next(each for each in FORMS[work.document.form].parts if each.key == work.part.partition(".")[0])
    href = url_for("answering.section", document_id=work.document.id, section=part.sections[0].key, de=work.subject or None)
    title = " · ".join(filter(None, (reader.words(work.title), work.whose if work.subject else ""))) if named else ""
    return {
        "work": work, "title": title, "href": href, "state": _(work.state),
        "who": ", ".join(_(role) for role in dict.fromkeys(work.who)),
        "until": reader.date_short(work.until.isoformat()) if work.until else "",
    }


def _light(light: Light, reader: Formatter) -> dict[str, str]:
    """A sentence, whose rule it is, and the page of its answer."""
    href = url_for("dossiers.one", document_id=light.document.id)
    if light.section:
        anchor, subject = light.path.html, light.subject or None
        href = url_for("answering.section", document_id=light.document.id, section=light.section, de=subject, _anchor=anchor)
    title = naming.title_of(light.document, dossiers.view_of(store(), light.document), reader)
    return {"rule": light.rule, "sentence": light.sentence, "href": href, "document": title}


def _people(around: Dossier, reader: Formatter) -> list[dict[str, str]]:
    """Who has a role in it."""
    told = ((role, words, mapping(around.people.get(role))) for role, words in PEOPLE.items())
    return [{"role": role, "words": reader.words(words), "name": f"{said.get('given_names', '')} {said.get('family_names', '')}".strip()}
            for role, words, said in told]


def _leads(around: Dossier) -> bool:
    """Whether the reader fills the list of those who travel."""
    document = next((each for each in surroundings.current(store(), around) if each.form == exchanges.DELEGATION[0]), None)
    return document is not None and access.can(store(), person(), "fill", document, "list")


@blueprint.post("/expedientes/<dossier_id>/estado")
@rule("view dossier")
def move(dossier_id: str) -> Answer:
    """Bring the exchange to its next state, or stop it."""
    action = request.form.get("action", "")
    try:
        moved = exchange_states.move(store(), person(), dossier(), action, request.form.get("reason", ""), key(), fmt(dossier().country))
    except Invalid as refused:
        flash(_(refused.message, **refused.places), "told")
        return redirect(_here(dossier_id))
    flash(_("El intercambio está ahora: {state}.", state=_(exchange_states.STATES[moved.state])), "done")
    return redirect(_here(dossier_id))


@blueprint.post("/expedientes/<dossier_id>/invitar")
@rule("view dossier")
def invite(dossier_id: str) -> Answer:
    """Let in those who travel and are not in yet."""
    invited = exchanges.invite_travellers(store(), person(), dossier(), key())
    nobody = _("Todas las personas con correo ya tienen su enlace.")
    flash(_("Enviamos su enlace a {count} personas.", count=len(invited)) if invited else nobody, "done")
    return redirect(_here(dossier_id))


@blueprint.get("/expedientes/<dossier_id>/datos")
@rule("view dossier")
def facts(dossier_id: str) -> Answer:
    """What the exchange was opened with, to correct."""
    return _facts(dossier().facts, {})


def _facts(answers: Answers, refused: asking.Refusals) -> Answer:
    sections = [opening.SECTIONS[name] for name in ("facts", "earlier")]
    return _asked([(section, opening.items(section, answers, refused)) for section in sections], refused, _("Datos del intercambio"))


def _asked(asked: list[tuple[Section, list[Any]]], refused: asking.Refusals, title: str) -> Answer:
    if not opens():
        abort(403)
    told = summary([item for _section, items in asked for item in items], refused)
    wrong = asking.sentences(refused)
    return render_template("exchange/change.html", dossier=dossier(), asked=asked, summary=told, wrong=wrong, title=title)


@blueprint.post("/expedientes/<dossier_id>/datos")
@rule("view dossier")
def change_facts(dossier_id: str) -> Answer:
    """Keep them; what was submitted says so where it is out of date."""
    kinds = (*opening.SECTIONS["facts"].fields, *opening.SECTIONS["earlier"].fields)
    form = asking.posted(kinds, {}, request.form, opening.reading({}))
    refused = dict(form.refusals())
    if refused:
        return _facts(form.answers, refused), 422
    try:
        exchanges.set_facts(store(), person(), dossier(), form.answers, key())
    except WrongAnswers as wrong:
        return _facts(form.answers, opening.told(wrong)), 422
    flash(_("Los datos están guardados. Los borradores ya los muestran; lo enviado avisa si quedó desactualizado."), "done")
    return redirect(_here(dossier_id))


@blueprint.get("/expedientes/<dossier_id>/personas/<role>")
@rule("view dossier")
def somebody(dossier_id: str, role: str) -> Answer:
    """Who has a role, to correct or replace."""
    return _somebody(role, dossier().people, {})


def _somebody(role: str, answers: Answers, refused: asking.Refusals) -> Answer:
    section = _role(role)
    return _asked([(section, opening.items(section, answers, refused))], refused, fmt().words(PEOPLE[role]))


def _role(role: str) -> Section:
    """The one group of questions about a role. Ends in 404 for a role there is not."""
    kinds = tuple(kind for kind in opening.SECTIONS["people"].fields if kind.key == role) or abort(404)
    return Section(role, "", kinds)


@blueprint.post("/expedientes/<dossier_id>/personas/<role>")
@rule("view dossier")
def change_somebody(dossier_id: str, role: str) -> Answer:
    """Keep who has it from now on."""
    form = asking.posted(_role(role).fields, {}, request.form, opening.reading({}))
    refused = dict(form.refusals())
    if refused:
        return _somebody(role, form.answers, refused), 422
    try:
        exchanges.set_person(store(), person(), dossier(), role, mapping(form.answers[role]), key())
    except WrongAnswers as wrong:
        return _somebody(role, form.answers, opening.told(wrong)), 422
    flash(_("Está guardado. Quien tiene ahora la función recibió un correo con su enlace."), "done")
    return redirect(_here(dossier_id))


def _here(dossier_id: str) -> str:
    return url_for("dossiers.page", dossier_id=dossier_id)
