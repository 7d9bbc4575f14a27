"""Reading what is restricted of somebody: with a reason, written down before anything is shown, while the visit lasts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from app import clock
from app.errors import N_, Forbidden, NotFound
from app.store import Document, Person, Store
from app.workflow import access, dossiers, life, permissions, resolving
from app.workflow.naming import value_at
from app.workflow.seeing import Reader
from forms import FORMS
from forms.path import STEP
from forms.resolved import ShownSection
from forms.spec import Part, Section
from forms.values import Answers, Json, mapping
from forms.view import Formatter

VIEWED: Final = "health_viewed"
AROUND: Final = timedelta(days=3)
"""Before the first and after the last day of the visit, for who accompanies it."""
DURING: Final = frozenset({"focal_host"})
"""Roles that may only look around the visit."""
LASTS: Final = timedelta(minutes=20)
"""How long a session lasts after a page with restricted answers (forms.md §10)."""
NOT_NOW: Final = N_("La hoja reservada se abre desde tres días antes de la visita hasta tres días después.")
PARTS: Final = tuple(key.partition(".")[2] for key in permissions.APART)


def open(store: Store, person: Person, document: Document, subject: str, reason: str, key: str = "") -> Answers:
    """The reserved sheet of one traveller, with all that is restricted. The reason has 20 letters and is kept with who, whose and when.

    One's own needs no reason. Raises Invalid, Forbidden (also: not around the visit), NotFound.
    """
    part = reachable(store, person, document, subject)
    answers = mapping(value_at(dossiers.filled(store, document), part.base(subject)))
    if access.sees(store, person, document).audience(part.key, subject) != access.OWN:
        _in_time(store, person, document)
        text = life.reason_of(reason)
        store.requests.once(key, person.id, f"reserved:{document.id}:{subject}", lambda: _noted(store, person, document, subject, text))
    return answers


def reachable(store: Store, person: Person, document: Document, subject: str) -> Part:
    """The part of the sheet, where there is one for the subject and the person may open it. Raises NotFound."""
    part = next((each for each in FORMS[document.form].parts if each.key in PARTS), None)
    if part is None or not STEP.match(subject) or not access.can(store, person, "view", document, f"{part.key}.{subject}"):
        raise NotFound
    if not mapping(value_at(dossiers.filled(store, document), part.base(subject))):
        raise NotFound
    return part


def _noted(store: Store, person: Person, document: Document, subject: str, text: str) -> int:
    remark = store.remarks.add(document.id, person.id, text)
    told: dict[str, Json] = {"document": document.id, "subject": subject, "remark": remark}
    return store.events.append(document.dossier_id, VIEWED, person.id, told).number


def _in_time(store: Store, person: Person, document: Document) -> None:
    """Raises Forbidden for who accompanies the visit, outside of it."""
    roles = access.roles_on(store, person, document)
    allowed = roles & permissions.MATRIX[permissions.key_of(document.form, PARTS[0])].keys()
    if not allowed <= DURING:
        return
    period = mapping(dossiers.view_of(store, document).facts.get("visit_period"))
    try:
        first, last = (date.fromisoformat(str(period[name])) for name in ("start", "end"))
    except (KeyError, ValueError):
        raise Forbidden(NOT_NOW) from None
    if not first - AROUND <= clock.today() <= last + AROUND:
        raise Forbidden(NOT_NOW)


def restricted(section: Section) -> bool:
    """Whether a page of the section holds something restricted: then the session lasts twenty minutes from it."""
    return any(kind.sensitivity in ("restricted", "health") for kind in section.every)


def shows(store: Store, person: Person, document: Document, section: str = "") -> bool:
    """Whether a page of the document, or of one section of it, shows this person something restricted."""
    form = FORMS[document.form]
    secret = [(part, each) for part in form.parts for each in part.sections if section in ("", each.key) and restricted(each)]
    seen = access.sees(store, person, document).parts if secret else {}
    return any(audience == access.OWN and name.partition(".")[0] == part.key for part, _ in secret for name, audience in seen.items())


def sheet(
    store: Store, person: Person, document: Document, subject: str, reason: str, fmt: Formatter
) -> tuple[ShownSection, ...]:
    """The same sheet as it reads. Raises as `open` does."""
    open(store, person, document, subject, reason)
    form, view = FORMS[document.form], dossiers.view_of(store, document)
    reader = Reader("reserved", parts={f"{part.key}.{subject}": resolving.RESERVED for part in form.parts if part.key in PARTS})
    imprint = dossiers.imprint(store, document, fmt, view)
    return resolving.resolve(form, dossiers.typed(store, document), view, reader, fmt, imprint).sections


def shorten(store: Store, token: str) -> None:
    """A page with restricted answers was opened: the session ends twenty minutes later unless another one is."""
    store.sessions.shorten(token, LASTS)
