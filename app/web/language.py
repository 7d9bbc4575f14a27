"""The language of the interface: the person's choice, else the browser's, else the installation's; figures as their country writes them."""
from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from flask import g, request, session

from app.i18n import formatter, words
from app.web import guard
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


def moment(when: datetime) -> str:
    """A day and hour in words."""
    return fmt().moment(when.isoformat())


def fmt(country: str = "") -> Formatter:
    """Words and figures for the reader; `country` (ISO alpha-3) decides how figures look."""
    return formatter(current().partition("_")[0], country)
