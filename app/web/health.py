"""For those who watch the installation: whether the process lives, and whether it can work."""
from __future__ import annotations

from typing import Any

from flask import Blueprint

from app.errors import Told
from app.store import open_store, readiness
from app.web.guard import rule, settings

blueprint = Blueprint("health", __name__)
Answer = Any
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@blueprint.get("/healthz")
@rule("public")
def lives() -> Answer:
    """The process answers; it asks nothing of anybody."""
    return "ok\n", 200, PLAIN


@blueprint.get("/readyz")
@rule("public")
def ready() -> Answer:
    """A line for each thing a working installation needs; 503 if one is missing."""
    try:
        with open_store(settings()) as store:
            found = readiness(store)
    except Told:
        found = {"database": False}
    lines = "".join(f"{name}: {'ok' if holds else 'no'}\n" for name, holds in found.items())
    return lines, 200 if all(found.values()) else 503, PLAIN
