"""What went wrong, in the reader's language: one plain page per status, or one line for a page that saves itself."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Flask, current_app, flash, g, redirect, render_template, request, session, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from app.errors import AlreadyThere, Locked, Moved, NotReady, SignedOut, Told
from app.web import guard
from app.web.language import _, fmt
from app.workflow import history
from forms.kinds.base import Problem
from forms.values import N_

PAGES: dict[int, tuple[str, str]] = {
    400: (N_("No se entiende lo que llegó"), N_("Vuelva a la página anterior y envíela otra vez.")),
    401: (N_("Su sesión terminó"), N_("Entre de nuevo: lo guardado sigue en su lugar.")),
    403: (N_("Esta página no es suya"), N_("Si necesita entrar, pídalo a la secretaría técnica.")),
    404: (N_("Aquí no hay nada"), N_("Revise la dirección o vuelva al inicio.")),
    405: (N_("Esta dirección no se usa así"), N_("Vuelva a la página anterior y use sus botones.")),
    409: (N_("Otra persona se adelantó"), N_("Vuelva a la página anterior, revise lo nuevo y guarde otra vez.")),
    413: (N_("Lo que envió pesa demasiado"), N_("Reduzca el archivo o divida el texto y envíelo otra vez.")),
    415: (N_("Este archivo no se puede usar"), N_("Elija otro de los tipos que se indican.")),
    429: (N_("Hubo muchos intentos seguidos"), N_("Espere un momento y vuelva a intentarlo.")),
    500: (
        N_("Algo falló de nuestro lado"),
        N_("Lo guardado sigue en su lugar. Vuelva a intentarlo; si se repite, avise a la secretaría técnica."),
    ),
    503: (N_("Hay mucha gente a la vez"), N_("Espere un momento y vuelva a intentarlo.")),
    507: (N_("No se pudo guardar"), N_("El disco no admite más datos. Avise a la secretaría técnica.")),
}
TITLES: dict[type[Told], str] = {
    NotReady: N_("Todavía falta algo"), Locked: N_("Esto ya no se cambia"), Moved: N_("El documento siguió su camino"),
}
"""Errors with a heading of their own, where that of their status would mislead."""
LONGEST_ADDRESS = 500
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
OLD_PAGE = N_("La página estuvo abierta demasiado tiempo. Ábrala de nuevo y repita el último paso; lo guardado sigue en su lugar.")


def install(app: Flask) -> None:
    """Map every error once. A host name that is not ours gets no page: no address can be written for it."""
    app.register_error_handler(Told, _told)
    app.register_error_handler(CSRFError, lambda error: _page(400, _(OLD_PAGE)))
    app.register_error_handler(SecurityError, lambda error: (_(PAGES[400][1]), 400, PLAIN))
    app.register_error_handler(HTTPException, _stopped)
    app.register_error_handler(InternalServerError, lambda error: _page(500))
    app.register_error_handler(UnicodeError, lambda error: _page(400))


def _told(error: Told) -> Any:
    if isinstance(error, SignedOut) and not _saves_itself():
        flash(_(error.message), "note")
        if request.method == "GET":
            session["next"] = request.full_path.rstrip("?")[:LONGEST_ADDRESS]
        return redirect(url_for("entry.home"))
    if isinstance(error, AlreadyThere):
        return redirect(url_for("dossiers.page", dossier_id=error.dossier_id))
    if error.status >= 500:
        current_app.logger.error("%s: %s", type(error).__name__, error.message)
    places = error.places | ({"state": _(str(error.places["state"]))} if "state" in error.places else {})
    return _page(error.status, _(error.message, **places), *_around(error), heading=TITLES.get(type(error), ""))


def _around(error: Told) -> tuple[list[str], str]:
    """Of a document that is not as its page said: what is missing or happened last, and the way to it as it stands."""
    if error.status != 409 or "document" not in g or _saves_itself():
        return [], ""
    if isinstance(error, NotReady):
        more = [_(problem.message, **problem.places) for problem in error.problems if isinstance(problem, Problem)]
    else:
        told = history.of(guard.store(), guard.person(), guard.dossier_of(g.document), fmt(guard.dossier_of(g.document).country))
        more = [each.sentence for each in told[:1]]
    return more, url_for("reviewing.check", document_id=g.document.id)


def _stopped(error: HTTPException) -> Any:
    return error if error.response is not None or (error.code or 500) < 400 else _page(error.code or 500)


def _page(status: int, said: str = "", more: Sequence[str] = (), link: str = "", heading: str = "") -> Any:
    """The page asks the store nothing: it must stand when the store does not."""
    title, advice = PAGES.get(status, PAGES[500] if status >= 500 else PAGES[400])
    if _saves_itself():
        return said or _(advice), status, PLAIN
    g.visitor = g.get("visitor")
    return render_template("told.html", title=_(heading or title), lines=[said or _(advice), *more], link=link), status


def _saves_itself() -> bool:
    return request.headers.get("HX-Request") == "true"
