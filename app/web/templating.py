"""What every template may use: words, addresses of assets, the page furniture of govuk-frontend-jinja."""
from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Hashable
from functools import cache, lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import Flask
from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined
from whitenoise import WhiteNoise

from app.web import guard, language
from app.workflow import programmes

STATIC = Path(__file__).parent / "static"
LIBRARY = "govuk_frontend_jinja"
FURNITURE = {
    "breadcrumbs": "Breadcrumbs", "error-summary": "ErrorSummary", "notification-banner": "NotificationBanner", "pagination": "Pagination",
    "summary-list": "SummaryList", "tag": "Tag", "task-list": "TaskList",
}
"""Component folder → the macro's name without its prefix."""
YEAR = 365 * 24 * 3600


@cache
def furniture() -> SimpleNamespace:
    """The library's macros as functions (`govuk.task_list`). It counts on lenient undefined names, so it has an environment of its own."""
    library = Environment(loader=PrefixLoader({LIBRARY: PackageLoader(LIBRARY)}), autoescape=True)
    modules = {folder: library.get_template(f"{LIBRARY}/components/{folder}/macro.html").module for folder in FURNITURE}
    return SimpleNamespace(**{folder.replace("-", "_"): getattr(modules[folder], f"govuk{name}") for folder, name in FURNITURE.items()})


@cache
def static_prefix() -> str:
    """The folder of assets in addresses. It names their content, so browsers keep them for a year and still get the next version."""
    digest = hashlib.sha256()
    for path in sorted(path for path in STATIC.rglob("*") if path.is_file()):
        digest.update(path.relative_to(STATIC).as_posix().encode() + b"\0" + path.read_bytes())
    return f"static/{digest.hexdigest()[:12]}"


def asset(name: str) -> str:
    """The address of a file of static/."""
    return f"/{static_prefix()}/{name}"


@lru_cache(1000)
def remembered(macro: Callable[..., str], *told: Hashable) -> str:
    """What a macro writes, kept: the rows of a table repeat the same lists. Only for macros that speak no language of their own."""
    return macro(*told)


def fresh_key() -> str:
    """An idempotency key for one form of one page."""
    return secrets.token_urlsafe(16)


def install(app: Flask) -> None:
    """Strict templates with autoescape everywhere, and assets served before any route runs."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(_=language._, asset=asset, govuk=furniture(), fresh_key=fresh_key, remembered=remembered)
    app.jinja_env.globals.update(languages=language.LANGUAGES, states=programmes.STATES)
    app.jinja_env.filters.update(moment=language.moment, moment_short=language.moment_short, hour=language.hour)
    app.context_processor(_surroundings)
    served = WhiteNoise(app.wsgi_app, root=str(STATIC), prefix=f"{static_prefix()}/", max_age=YEAR, add_headers_function=_told)
    app.wsgi_app = served  # type: ignore[method-assign]


def _surroundings() -> dict[str, Any]:
    return {"person": guard.visitor(), "manages": guard.manages(), "language": language.current(), "demo": guard.settings().demo}


def _told(headers: Any, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
