"""Short help: what each screen is for."""
from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template

from app.web.guard import rule

blueprint = Blueprint("help", __name__)


@blueprint.get("/ayuda")
@rule("public")
def page() -> Any:
    """How to fill, save, undo, download."""
    return render_template("help.html")
