"""The bitácora press: choosing whose notebooks, how many sheets that is, how far a run is, taking it away, printing, marking."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from app.errors import N_, Invalid, NotFound
from app.printing import NotPrinted
from app.rendering.trial import trial_sheet
from app.web.files import attachment, paper_language
from app.web.guard import dossier, person, rule, settings, store
from app.web.language import _, fmt
from app.workflow import access, exchange_states, jobs, notebook_marks, notebook_orders, notebook_runs, notebooks, publication
from app.workflow.notebook_lists import Listed
from app.workflow.notebook_orders import Choice, Order
from app.workflow.notebook_runs import Result
from forms.catalogues import MEMBERS
from forms.values import mapping

blueprint = Blueprint("notebooks", __name__)
Answer = Any
PDF = "application/pdf"
HAS = N_("Anexo VII firmado y bitácora escrita.")
FILTERS = {"estado": "state", "pais": "country", "desde": "since", "hasta": "until"}


@blueprint.get("/cuadernos")
@rule("prints notebooks")
def choose() -> Answer:
    """Exchanges and those who travel, with what each has; how they are printed."""
    return _page(Order({}), wanted=None)


@blueprint.post("/cuadernos")
@rule("prints notebooks")
def order() -> Answer:
    """How many sheets it is, or start."""
    wanted, starting = _order(), request.form.get("do") == "start"
    if not wanted.chosen:
        return _page(wanted, wrong=_("Elija al menos una persona de un intercambio.")), 422
    try:
        if not starting:
            return _page(wanted, found=notebook_orders.estimate(store(), person(), wanted))
        run = notebook_runs.start(store(), person(), wanted, request.form.get("key", ""))
    except Invalid as refused:
        found = _estimated(wanted) if starting else None
        return _page(wanted, wrong=_(refused.message, **refused.places), found=found), 422
    return redirect(url_for("notebooks.state", run=run.id))


def _estimated(wanted: Order) -> Any:
    try:
        return notebook_orders.estimate(store(), person(), wanted)
    except Invalid:
        return None


def _order() -> Order:
    """What was ticked and typed; what is no number counts as none."""
    chosen: dict[str, list[str]] = {}
    ticked = set(request.form.getlist("intercambio"))
    for each in request.form.getlist("quien"):
        dossier_id, _colon, subject = each.partition(":")
        if dossier_id in ticked and subject:
            chosen.setdefault(dossier_id, []).append(subject)
    mode = next((each for each in notebook_orders.MODES if each == request.form.get("mode")), Order.mode)
    country = request.form.get("donde", "")
    paper = notebook_orders.paper_in(country) if country in MEMBERS else ""
    return Order(
        chosen, mode, _number("copies"), _number("spare"), paper, request.form.get("language", ""), request.form.get("cover") == "si"
    )


def _number(name: str) -> int:
    typed = request.form.get(name, "").strip()
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 5 else -1


def _page(order: Order, wanted: Mapping[str, str] | None = None, **more: Any) -> str:
    asked = {name: request.args.get(name, "") for name in FILTERS} if wanted is None else wanted
    filters = {FILTERS[name]: said for name, said in asked.items()}
    for name in ("since", "until"):
        filters[name] = filters[name] if notebook_orders.is_day(filters[name]) else ""
    every = notebook_orders.choices(store(), person(), **filters)
    seen = {"found": None, "wrong": "", **more}
    return render_template(
        "notebooks/choose.html", order=order, asked=asked, rows=[_choice(each, order) for each in every], modes=notebook_orders.MODES,
        papers=notebook_orders.PAPERS, where=request.form.get("donde", ""), runs=[_told(each) for each in _runs()],
        filtered=any(asked.values()), countries=_countries(), states={code: _(words) for code, words in exchange_states.STATES.items()},
        **seen,
    )


def _countries() -> list[tuple[str, str, str]]:
    """(code, name, what its paper is called), by name."""
    papers = {code: notebook_orders.called(notebook_orders.paper_in(code)) for code in MEMBERS}
    return [(code, fmt().country(code), papers[code]) for code in sorted(MEMBERS, key=fmt().country)]


def _runs() -> tuple[Result, ...]:
    return notebook_runs.mine(store(), person())


def _told(found: Result) -> dict[str, Any]:
    return {"found": found, "mode": _(notebook_orders.MODES[found.order.mode]), "codes": ", ".join(each.code for each in found.dossiers)}


def _choice(each: Choice, order: Order) -> dict[str, Any]:
    chosen = order.chosen.get(each.dossier.id)
    period = mapping(each.dossier.facts.get("visit_period"))
    return {
        "dossier": each.dossier, "countries": " · ".join(fmt().country(code) for code in each.countries), "ticked": chosen is not None,
        "dates": " – ".join(fmt().date_short(str(period[key])) for key in ("start", "end") if period.get(key)),
        "state": _(exchange_states.STATES[each.dossier.state]), "paper": _(notebook_orders.called(notebook_orders.paper_of(each.dossier))),
        "owners": [{"owner": owner, "ticked": chosen is None or owner.subject in chosen,
                    "has": _(notebooks.refused(owner, "filled") or HAS)} for owner in each.owners],
    }


@blueprint.get("/cuadernos/hoja-de-prueba/<paper>")
@rule("prints notebooks")
def trial(paper: str) -> Answer:
    """The sheet that shows how a printer turns the paper."""
    known = next((code for code in notebook_orders.PAPERS if code == paper), None)
    if known is None:
        abort(404)
    return attachment(trial_sheet(known, _, paper_language()), f"hoja_de_prueba_{known}.pdf", PDF)


@blueprint.get("/cuadernos/<run>")
@rule("prints notebooks")
def state(run: str) -> Answer:
    """How far it is, then what came of it; a browser without JavaScript asks again by itself."""
    part = request.headers.get("HX-Request") == "true"
    found = notebook_runs.result(store(), person(), run)
    return render_template("notebooks/run_part.html" if part else "notebooks/run.html", **_shown(found))


def _shown(found: Result) -> dict[str, Any]:
    marks = {each.id: notebook_marks.marks(store(), each) for each in found.dossiers}
    books = [_book(each, found, marks[each.dossier.id]) for each in found.books]
    printers = settings().printers
    return {"run": found.run, "found": found, "books": books, "about": _told(found), "printers": printers}


def _book(book: Listed, found: Result, marks: Mapping[tuple[str, str, str], Any]) -> dict[str, Any]:
    subject = book.owner.subject if book.owner else ""
    marked = {what: (subject, found.order.mode, what) in marks for what in notebook_marks.EVENTS} if subject else {}
    told = [_(book.problem)] if book.problem and book.problem != jobs.FAILED else []
    told += [_(notebooks.PHOTOS_OUT, count=book.photos_out)] if book.photos_out else []
    reading = book.file.name.replace(".pdf", f"_{notebook_runs.READING}.pdf") if subject and book.file.sha256 else ""
    return {"book": book, "subject": subject, "marked": marked, "told": " ".join(told), "reading": reading,
            "waits": not book.problem and not book.file.sha256}


@blueprint.post("/cuadernos/<run>/cancelar")
@rule("prints notebooks")
def cancel(run: str) -> Answer:
    """Make no further one."""
    jobs.cancel(store(), person(), run)
    return redirect(url_for("notebooks.state", run=run))


@blueprint.post("/cuadernos/<run>/continuar")
@rule("prints notebooks")
def resume(run: str) -> Answer:
    """Make those that are not made yet."""
    jobs.resume(store(), person(), run)
    return redirect(url_for("notebooks.state", run=run))


@blueprint.get("/cuadernos/<run>/zip")
@rule("prints notebooks")
def archive(run: str) -> Answer:
    """Everything in one ZIP."""
    made = jobs.result(store(), person(), run)
    return attachment(made.data, made.filename, made.media_type)


@blueprint.get("/cuadernos/<run>/archivo/<name>")
@rule("prints notebooks")
def file(run: str, name: str) -> Answer:
    """One file of the run."""
    made = notebook_runs.file(store(), person(), run, name)
    return attachment(made.data, made.filename, made.media_type)


@blueprint.post("/cuadernos/<run>/imprimir")
@rule("prints notebooks")
def printed(run: str) -> Answer:
    """Send a file to a printer of the house."""
    queue, _bar, name = request.form.get("a", "").partition("|")
    try:
        sent = notebook_marks.send(store(), person(), run, name, queue, request.form.get("key", ""))
    except NotPrinted as refused:
        flash(_(refused.message, **{**refused.places, "why": _(str(refused.places["why"]))}), "told")
    else:
        told = {"name": name, "printer": sent.printer.name, "job": sent.job or "—"}
        flash(_("«{name}» está en la cola de {printer}. Trabajo: {job}.", **told), "done")
    return redirect(url_for("notebooks.state", run=run))


@blueprint.post("/cuadernos/<run>/marcar")
@rule("prints notebooks")
def marked(run: str) -> Answer:
    """Say that one notebook, or all, was printed or handed over; or that it was not."""
    found = notebook_runs.result(store(), person(), run)
    what, dossier_id, subject, done = (request.form.get("marca", "").split(":") + [""] * 4)[:4]
    key = request.form.get("key", "")
    if subject:
        around = access.dossier(store(), person(), dossier_id, "print")
        notebook_marks.mark(store(), person(), around, subject, found.order.mode, what, done=done == "si", key=key)
    elif what in notebook_marks.EVENTS:
        notebook_marks.mark_all(store(), person(), found, what, key)
    else:
        raise NotFound
    return redirect(url_for("notebooks.state", run=run, _anchor="cuadernos"))


@blueprint.get("/expedientes/<dossier_id>/publicacion")
@rule("print dossier")
def shareable(dossier_id: str) -> Answer:
    """The days that their authors let be published."""
    return _publication()


@blueprint.post("/expedientes/<dossier_id>/publicacion")
@rule("print dossier")
def published(dossier_id: str) -> Answer:
    """The chosen ones as one volume."""
    paper = notebook_orders.paper_of(dossier())
    try:
        made = publication.made(store(), person(), dossier(), request.form.getlist("dia"), paper)
    except Invalid as refused:
        return _publication(_(refused.message, **refused.places)), 422
    return attachment(made.data, made.filename, made.media_type)


def _publication(wrong: str = "") -> str:
    days = publication.shareable(store(), person(), dossier())
    told = [{"day": each, "date": fmt(dossier().country).weekday(each.date)} for each in days]
    return render_template("notebooks/publish.html", dossier=dossier(), days=told, wrong=wrong)
