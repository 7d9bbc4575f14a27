"""Packets: what each one lacks, preparing one or several, how far it is, taking it away."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, session, url_for

from app.errors import Invalid, NotReady
from app.store import Dossier
from app.web.files import attachment
from app.web.guard import dossier, person, rule, store
from app.web.language import _, fmt
from app.workflow import jobs, packets, reserved_sheets
from app.workflow import reserved as sheet_rules
from app.workflow.packets import Standing

blueprint = Blueprint("packets", __name__)
Answer = Any


def shown(around: Dossier) -> list[dict[str, Any]]:
    """What `packets/section.html` shows of a dossier, for any page that includes it."""
    return [_shown(each) for each in packets.standings(store(), person(), around, fmt(around.country))]


def _shown(each: Standing) -> dict[str, Any]:
    lacks, absent = list(map(_lack, each.lacks)), list(map(_lack, each.absent))
    return {"standing": each, "title": _(each.title), "variant": _(each.variant_title), "lacks": lacks, "absent": absent}


def _lack(lack: Any) -> dict[str, str]:
    """A sentence, and the document it is about."""
    return {"text": _(lack.message, **lack.places), "document": lack.document}


@blueprint.get("/expedientes/<dossier_id>/paquetes")
@rule("packet dossier")
def page(dossier_id: str) -> Answer:
    """The packets of a dossier, with what each one lacks."""
    return render_template("packets/page.html", dossier=dossier(), packets=shown(dossier()))


@blueprint.post("/expedientes/<dossier_id>/paquetes")
@rule("packet dossier")
def start(dossier_id: str) -> Answer:
    """Start preparing one."""
    return _started([dossier().id])


def _started(dossier_ids: list[str]) -> Answer:
    said = {name: request.form.get(name, "") for name in ("packet", "variant", "key")}
    try:
        run = packets.start(store(), person(), dossier_ids, **said)
    except NotReady as refused:
        return render_template("packets/lacks.html", lacks=[_lack(each) for each in refused.problems]), 409
    return redirect(url_for("packets.state", run=run.id))


@blueprint.get("/expedientes/<dossier_id>/paquetes/<packet>/<variant>")
@rule("packet dossier")
def latest(dossier_id: str, packet: str, variant: str) -> Answer:
    """The last one that was made."""
    made = packets.latest(store(), person(), dossier(), packet, variant)
    return attachment(made.data, made.filename, made.media_type)


@blueprint.get("/expedientes/<dossier_id>/hojas-reservadas")
@rule("view dossier")
def reserved(dossier_id: str) -> Answer:
    """Why the reserved sheets are asked for; nothing is shown yet."""
    if not reserved_sheets.offered(store(), person(), dossier()):
        abort(404)
    return render_template("packets/reserved.html", dossier=dossier(), said="", wrong="")


@blueprint.post("/expedientes/<dossier_id>/hojas-reservadas")
@rule("view dossier")
def reserved_file(dossier_id: str) -> Answer:
    """The sheets, drawn now and kept nowhere."""
    said = request.form.get("reason", "")
    try:
        made = reserved_sheets.sheets(store(), person(), dossier(), said, request.form.get("key", ""))
    except Invalid as refused:
        return render_template("packets/reserved.html", dossier=dossier(), said=said, wrong=_(refused.message, **refused.places)), 422
    sheet_rules.shorten(store(), session["token"])
    return attachment(made.data, made.filename, made.media_type)


@blueprint.get("/paquetes")
@rule("signed in")
def choose() -> Answer:
    """Several dossiers for one ZIP: which packet, then of which of them."""
    packet, variant = request.args.get("paquete", "P1"), request.args.get("variante", "completo")
    found = packets.choices(store(), person(), fmt())
    every = [(each.dossier, one) for each in found for one in each.standings]
    rows = [{"dossier": around, **_shown(one)} for around, one in every if (one.packet, one.variant) == (packet, variant)]
    kinds = {(one.packet, one.variant): (_(one.title), _(one.variant_title)) for _around, one in every}
    return render_template("packets/choose.html", rows=rows, kinds=kinds, packet=packet, variant=variant)


@blueprint.post("/paquetes")
@rule("signed in")
def start_several() -> Answer:
    """Start preparing those that were chosen."""
    chosen = request.form.getlist("dossier")
    return _started(chosen) if chosen else redirect(url_for("packets.choose"))


@blueprint.get("/paquetes/<run>")
@rule("signed in")
def state(run: str) -> Answer:
    """How far it is; a browser without JavaScript asks again by itself."""
    part = request.headers.get("HX-Request") == "true"
    return render_template("packets/run_part.html" if part else "packets/run.html", run=jobs.progress(store(), person(), run))


@blueprint.post("/paquetes/<run>/cancelar")
@rule("signed in")
def cancel(run: str) -> Answer:
    """Prepare no further."""
    jobs.cancel(store(), person(), run)
    return redirect(url_for("packets.state", run=run))


@blueprint.get("/paquetes/<run>/<ending>")
@rule("signed in")
def file(run: str, ending: str) -> Answer:
    """The packet, or the ZIP with everything."""
    take = {"pdf": packets.result, "zip": jobs.result}.get(ending)
    if take is None:
        abort(404)
    made = take(store(), person(), run)
    return attachment(made.data, made.filename, made.media_type)
