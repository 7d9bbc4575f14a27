"""HTTP only: who asks, what for, one call of a use case, the page."""
from __future__ import annotations

import secrets
from datetime import timedelta

from flask import Flask, Response
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from app.config import Settings
from app.errors import BadSettings
from app.web import (
    answering,
    board,
    commenting,
    commissions,
    consents,
    dossiers,
    entry,
    errors,
    exchanges,
    files,
    guard,
    health,
    help,
    importing,
    life,
    notebooks,
    opening,
    packets,
    people,
    photos,
    plans,
    reports,
    reserved,
    reviewing,
    rows,
    signing,
    signing_in,
    templating,
    travellers,
    updating,
    verification,
)
from app.web.limits import most_parts
from forms import FORMS

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self';"
    " form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
BODY = 2 * guard.MEGABYTE


def create_app(settings: Settings) -> Flask:
    """The site over one installation; one without keys yet answers no page until it has them."""
    app = Flask(__name__, static_folder=None)
    app.extensions["anexa"] = settings
    app.config.from_mapping(_config(settings))
    app.before_request(guard.check)
    app.teardown_request(guard.close)
    app.after_request(_headed)
    CSRFProtect(app)
    templating.install(app)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=0)  # type: ignore[method-assign]
    errors.install(app)
    families = (
        entry, signing_in, people, reports, dossiers, reviewing, files, photos, plans, importing, opening, rows, answering, commenting,
        life, signing, board, packets, notebooks, reserved, exchanges, travellers, commissions, consents, updating, verification, help,
        health,
    )  # fmt: skip
    for family in families:
        app.register_blueprint(family.blueprint)
    return app


def _config(settings: Settings) -> dict[str, object]:
    """Cookies carry the `__Host-` prefix wherever there is https; browsers refuse it over plain http, which only a demo uses."""
    secure = settings.base_url.startswith("https:")
    return {
        "SECRET_KEY": _secret(settings),
        "TRUSTED_HOSTS": list(settings.hosts),
        "SESSION_COOKIE_NAME": "__Host-anexa" if secure else "anexa",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": secure,
        "MAX_CONTENT_LENGTH": BODY,
        "MAX_FORM_MEMORY_SIZE": BODY,
        "MAX_FORM_PARTS": most_parts(FORMS.values()),
    }


def _secret(settings: Settings) -> bytes:
    """The installation's key. Before there is one the command line still needs the app: any key does, nobody is signed in yet."""
    try:
        return settings.secret_key
    except BadSettings:
        return secrets.token_bytes(32)


def _headed(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    return response
