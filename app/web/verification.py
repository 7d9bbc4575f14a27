"""Is this paper genuine? Anybody with a code or a file may ask; no document is handed out."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for

from app.errors import TooLarge
from app.web.guard import rule, store
from app.web.language import _, fmt
from app.workflow import proving, verification
from app.workflow.proving import Checked
from app.workflow.verification import Found
from forms.values import N_

blueprint = Blueprint("verification", __name__)
Answer = Any
LONGEST = 40
LARGEST_MB = proving.LARGEST // (1024 * 1024)
ABOUT = N_("Este código es de «{title}», {code}.")
PAPER = N_("El código dice qué documento es, no si esta copia cambió. Para saberlo, compruebe aquí abajo el archivo.")
NOT_KEPT = N_("No está entre los archivos que guardamos: no es de Anexa, o cambió después de hacerse.")
CLOSER = N_("Para saber si lleva las marcas de un documento nuestro, elíjalo otra vez y envíelo: se abre aislado y no se guarda.")
ENDED = ("superseded", "void")
GOOD, BAD = ("signed", "packet"), ("altered", "unreadable", "unknown")
"""Kinds of file whose sentences stand beside green and beside red; the words say the same."""


@blueprint.get("/verificar")
@rule("public")
def ask() -> Answer:
    """Where to type a code or choose a file."""
    said = request.args.get("codigo", "").strip()[:LONGEST]
    return redirect(url_for("verification.look", code=said.replace("/", "-"))) if said else _page()


@blueprint.get("/v")
@rule("public")
def short() -> Answer:
    """The same, as short as it is printed."""
    return ask()


@blueprint.get("/v/<code>")
@rule("asks about a paper")
def look(code: str) -> Answer:
    """Which document the code belongs to and whether it still counts; or that there is none."""
    found = verification.look_up(store(), code)
    if found is None:
        return _page(code=code[:LONGEST]), 404
    return _page(code=code[:LONGEST], sentences=_sentences(found), tone="bad" if found.standing in ENDED else "")


@blueprint.post("/verificar")
@rule("asks about a paper", megabytes=LARGEST_MB + 1)
def check() -> Answer:
    """Which file this is: by its hash, worked out in the browser, or by the file itself."""
    sha256, upload = request.form.get("sha256", ""), request.files.get("file")
    if sha256:
        return _hashed(proving.of_hash(store(), sha256, fmt()), request.form.get("name", ""))
    if upload is None or not upload.filename:
        return _page(wrong=_("Elija el archivo que quiere comprobar.")), 422
    try:
        return _checked(proving.of_file(store(), upload.stream, fmt()), upload.filename)
    except TooLarge:
        abort(413)


def _hashed(told: Checked, name: str) -> Answer:
    """A hash nobody knows says little: the file itself may say more."""
    if told.kind != "unknown":
        return _checked(told, name)
    return _page(sentences=[_(NOT_KEPT), _(CLOSER)], name=name[:100], tone="bad", closer=True)


def _checked(told: Checked, name: str) -> Answer:
    tone = "good" if told.kind in GOOD else "bad" if told.kind in BAD else ""
    if told.found and told.found.standing in ENDED:
        tone = "bad"
    return _page(sentences=told.sentences, name=name[:100], tone=tone)


def _page(code: str = "", sentences: Any = (), name: str = "", wrong: str = "", tone: str = "", closer: bool = False) -> Answer:
    said = {"code": code, "sentences": sentences, "name": name, "wrong": wrong, "tone": tone, "closer": closer}
    return render_template("life/verify.html", most=f"{LARGEST_MB} MB", **said)


def _sentences(found: Found) -> list[str]:
    """Which document, whether it counts, who signed when, and what a code cannot tell."""
    words = fmt().words
    return [
        words(ABOUT, title=words(found.title), code=found.code), proving.stands(found, fmt()),
        proving.signers(found, fmt()), words(PAPER),
    ]
