"""Is this paper genuine? Anybody with a code may ask."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from app.web.guard import rule, store
from app.workflow import verification

blueprint = Blueprint("verification", __name__)
Answer = Any
TRIES_A_MINUTE = 30
LONGEST = 40


@blueprint.get("/v")
@rule("public")
def ask() -> Answer:
    """Where to type a code."""
    said = request.args.get("codigo", "").strip()[:LONGEST]
    if said:
        return redirect(url_for("verification.look", code=said.replace("/", "-")))
    return render_template("verify.html", code="", found=None)


@blueprint.get("/v/<code>")
@rule("public")
def look(code: str) -> Answer:
    """Which document the code belongs to, its version and its state; or that there is none."""
    store().limits.hit("verify", request.remote_addr or "", TRIES_A_MINUTE, 60)
    found = verification.look_up(store(), code)
    return render_template("verify.html", code=code[:LONGEST], found=found), 200 if found else 404
