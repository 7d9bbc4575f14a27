"""The language of the interface: the person's choice, else the browser's, else the installation's; figures as their country writes them."""
from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from flask import g, request, session

from app.i18n import formatter, local, words
from app.web import guard
from app.workflow import access
from forms.view import Formatter

LANGUAGES = (("es", "ES", "Español"), ("pt_BR", "PT", "Português"), ("en", "EN", "English"))
"""(locale, abbreviation, own name)"""
CODES = tuple(code for code, _, _ in LANGUAGES)
ACCEPTED = {"es": "es", "pt": "pt_BR", "pt-br": "pt_BR", "pt-pt": "pt_BR", "en": "en"}


def current() -> str:
    """The locale of this request."""
    if "language" not in g:
        g.language = session["language"] if session.get("language") in CODES else _asked()
    return str(g.language)


def _asked() -> str:
    best = request.accept_languages.best_match(list(ACCEPTED))
    return ACCEPTED[best.lower()] if best else guard.settings().locale


def _(message: str, **places: object) -> str:
    """A wording of the interface in the reader's language."""
    return _said(current(), message, tuple(places.items()))


@lru_cache(4000)
def _said(language: str, message: str, places: tuple[tuple[str, object], ...]) -> str:
    return words(language.partition("_")[0])(message, **dict(places))


def moment(when: datetime, country: str = "") -> str:
    """A day and hour in words, by the clocks of `country` (ISO alpha-3), or of what the page is about."""
    return fmt().moment(local(when, country or _here()).isoformat())


def moment_short(when: datetime, country: str = "") -> str:
    """The same for a narrow place: '20/11/2026 10:32'."""
    at = local(when, country or _here())
    return f"{fmt().date_short(at.date().isoformat())} {at:%H:%M}" + (" UTC" if at.tzinfo else "")


def hour(when: datetime, country: str = "") -> str:
    """Only the hour: '10:32'."""
    return moment_short(when, country).partition(" ")[2]


def _here() -> str:
    """The country whose hours a page tells: that of its dossier, else the reader's own if there is one only."""
    if "country" not in g:
        g.country = _country()
    return str(g.country)


def _country() -> str:
    about = g.get("dossier") or (guard.dossier_of(g.document) if "document" in g else None)
    if about is not None:
        return str(about.country)
    reader = guard.visitor()
    countries = {unit.country for unit in access.units(guard.store(), reader, "view")} if reader else set()
    return countries.pop() if len(countries) == 1 else ""


def fmt(country: str = "") -> Formatter:
    """Words and figures for the reader; `country` (ISO alpha-3) decides how figures look."""
    return formatter(current().partition("_")[0], country)
