"""Who may open which address: one rule per route, deny by default; objects are loaded through the person's scope."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import unquote_to_bytes

from flask import Flask, current_app, g, request, session

from app.config import LOOPBACK, Settings
from app.errors import N_, Forbidden, NotFound, SignedOut
from app.store import Document, Dossier, Person, Store, open_store
from app.workflow import access, notebook_orders, programmes, reserved, signing_in
from forms import FORMS
from forms.spec import Form

View = TypeVar("View", bound=Callable[..., Any])
MEGABYTE = 1024 * 1024
TYPED = "application/x-www-form-urlencoded"
"""A post without files, which no route takes larger than the rest."""
UPLOAD_MB = 25
"""The most an upload route of a document takes, in megabytes."""
QUESTIONS_A_MINUTE = 30
"""How often one address may ask whether a paper is genuine."""
NOT_A_MANAGER = N_("Las personas y sus funciones las cambian la secretaría técnica y la administración.")


def settings() -> Settings:
    return current_app.extensions["anexa"]  # type: ignore[no-any-return]


def store() -> Store:
    """The store of this request, opened when first asked for."""
    if "store" not in g:
        g.store = open_store(settings())
    return g.store  # type: ignore[no-any-return]


def visitor() -> Person | None:
    """Who is signed in, if anybody."""
    if "visitor" not in g:
        g.visitor = signing_in.visitor(store(), session["token"]) if "token" in session else None
        g.manages = g.visitor is not None and access.can(store(), g.visitor, "invite")
    return g.visitor  # type: ignore[no-any-return]


def person() -> Person:
    """Who is signed in. Raises SignedOut."""
    known = visitor()
    if known is None:
        raise SignedOut
    return known


def manages() -> bool:
    """Whether who is signed in lets others in; asks nothing that is not known already."""
    return bool(g.get("manages"))


def _managing() -> None:
    person()
    if not manages():
        raise Forbidden(NOT_A_MANAGER)


def document() -> Document:
    """The document of the address, loaded by the route's rule."""
    return g.document  # type: ignore[no-any-return]


def dossier() -> Dossier:
    """The dossier of the address, loaded by the route's rule."""
    return g.dossier  # type: ignore[no-any-return]


def dossier_of(document: Document) -> Dossier:
    """The dossier a document stands in; who sees the document sees that much of it."""
    return store().dossiers.get(document.dossier_id)


def _document(verb: str) -> Callable[[], None]:
    def load() -> None:
        g.document = access.document(store(), person(), str((request.view_args or {})["document_id"]), verb)
        _shortened(str((request.view_args or {}).get("section", "")))

    return load


def _shortened(section: str) -> None:
    """A page with restricted answers leaves the session twenty minutes."""
    if reserved.shows(store(), person(), document(), section):
        reserved.shorten(store(), session["token"])


def _dossier(verb: str) -> Callable[[], None]:
    def load() -> None:
        g.dossier = access.dossier(store(), person(), str((request.view_args or {})["dossier_id"]), verb)

    return load


def opens(programme: str = programmes.EXCHANGE) -> bool:
    """Whether who is signed in opens dossiers of a programme, exchanges if none is named. Raises SignedOut."""
    return access.opens(store(), person(), programme)


def _opening(programme: str) -> Callable[[], None]:
    def check() -> None:
        if not opens(programme):
            raise Forbidden

    return check


def _printing() -> None:
    if not prints():
        raise Forbidden


def prints() -> bool:
    """Whether who is signed in prints notebooks. Raises SignedOut."""
    return notebook_orders.prints(store(), person())


def _asking() -> None:
    """Anybody may ask whether a paper is genuine, so often; counted before anything sent is read."""
    store().limits.hit("verify", request.remote_addr or "", QUESTIONS_A_MINUTE, 60)


def _demo() -> None:
    """Entering without a password is for this machine only, whatever address the server was told to listen on."""
    if not settings().demo or request.remote_addr not in LOOPBACK:
        raise NotFound


RULES: dict[str, Callable[[], object]] = {
    "public": lambda: None,
    "only in a demo": _demo,
    "asks about a paper": _asking,
    "signed in": person,
    "manages people": _managing,
    "opens exchanges": _opening(programmes.EXCHANGE),
    "opens commissions": _opening(programmes.COMMISSION),
    "prints notebooks": _printing,
    "view document": _document("view"),
    "fill document": _document("fill"),
    "download document": _document("download"),
    "review document": _document("review"),
    "approve document": _document("approve"),
    "sign document": _document("sign"),
    "void document": _document("void"),
    "view dossier": _dossier("view"),
    "download dossier": _dossier("download"),
    "packet dossier": _dossier("packet"),
    "print dossier": _dossier("print"),
}


def rule(name: str, uploads: bool = False, megabytes: int = 0) -> Callable[[View], View]:
    """Say who may open a route. `uploads` lets the largest file of the document's form in, `megabytes` a body of that size.

    Raises KeyError at import for a rule that does not exist.
    """
    RULES[name]

    def mark(view: View) -> View:
        view.rule, view.uploads, view.megabytes = name, uploads, megabytes  # type: ignore[attr-defined]
        return view

    return mark


def rule_of(app: Flask, endpoint: str) -> str:
    """The rule of a route, '' if it has none."""
    return str(getattr(app.view_functions[endpoint], "rule", ""))


def check() -> None:
    """Runs before every request. A route without a rule is refused."""
    if request.endpoint is None:
        return
    view = current_app.view_functions[request.endpoint]
    name = rule_of(current_app, request.endpoint)
    if name not in RULES:
        raise Forbidden
    RULES[name]()
    if request.mimetype == TYPED:
        _whole(request.get_data())
    elif getattr(view, "uploads", False):
        request.max_content_length = _body(FORMS[document().form])
    elif megabytes := getattr(view, "megabytes", 0):
        request.max_content_length = megabytes * MEGABYTE


def _whole(body: bytes) -> None:
    """Raises UnicodeDecodeError for letters cut in half, which would be saved as "%ED%A0%80" otherwise."""
    unquote_to_bytes(body.replace(b"+", b" ")).decode()


def _body(form: Form) -> int:
    """What an upload route of the form takes in bytes: its largest file and a megabyte for the rest, within limits."""
    largest = max((getattr(kind, "mb", 0) for kind in form.every), default=0)
    return min(max(largest + 1, 2), UPLOAD_MB) * MEGABYTE


def close(_: BaseException | None = None) -> None:
    """Give the store back at the end of a request."""
    opened = g.pop("store", None)
    if opened is not None:
        opened.close()


