"""P4, the reserved sheets (forms.md §8): documents, health and emergencies of each traveller on a page, for the host's focal point only.

Drawn when asked for, handed over and kept nowhere; every sheet opened is written down with its reason before anything is drawn.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Final

from app import clock, i18n
from app.errors import N_, Forbidden, NotFound
from app.rendering.packet.joining import joined
from app.store import Document, Dossier, Person, Store
from app.workflow import access, dossiers, permissions, programmes, renditions, reserved, resolving, surroundings
from app.workflow.renditions import Rendition
from forms import FORMS
from forms.resolved import Imprint, Resolved
from forms.spec import CLASSIFICATIONS
from forms.values import ID, rows_of

FORM: Final = "A4"
SECTIONS: Final = ("travel", "reserved", "emergencies")
"""A4-A, A4-D and A4-F."""
ROLE: Final = "focal_host"
TITLE: Final = N_("Hoja reservada")
OPENED: Final = N_("Abierta por {who}, {moment}")
ONLY_HOST: Final = N_("Las hojas reservadas son solo para el punto focal anfitrión.")


def offered(store: Store, person: Person, dossier: Dossier) -> bool:
    """Whether there are sheets that the person may ask for."""
    document = _document(store, dossier)
    return document is not None and ROLE in access.roles_on(store, person, document)


def sheets(store: Store, person: Person, dossier: Dossier, reason: str, key: str = "") -> Rendition:
    """A page for each traveller, with the reader's name and the moment across it.

    Raises Invalid without a reason of 20 letters, Forbidden for anybody else and outside the days around the visit, NotFound.
    """
    document = _document(store, dossier)
    if document is None or not access.can(store, person, "view", document):
        raise NotFound
    if ROLE not in access.roles_on(store, person, document):
        raise Forbidden(ONLY_HOST)
    subjects = _subjects(store, document)
    for subject in subjects:
        reserved.open(store, person, document, subject, reason, f"{key}:{subject}" if key else "")
    resolved = _resolved(store, person, document)
    data = joined([renditions.drawn(store, _of(resolved, subject)) for subject in subjects])
    name = f"{dossier.code}_P4.pdf"
    return Rendition(data, name, renditions.MEDIA["record"], hashlib.sha256(data).hexdigest())


def _document(store: Store, dossier: Dossier) -> Document | None:
    """The last one that counts."""
    return next((each for each in surroundings.current(store, dossier) if each.form == FORM and each.state != "void"), None)


def _subjects(store: Store, document: Document) -> list[str]:
    """Those who have a sheet. Raises NotFound if nobody has."""
    answers = dossiers.filled(store, document)
    apart = [part.key for part in FORMS[document.form].parts if permissions.key_of(document.form, part.key) in permissions.APART]
    found = list(dict.fromkeys(str(row[ID]) for key in apart for row in rows_of(answers.get(key))))
    if not found:
        raise NotFound
    return found


def _resolved(store: Store, person: Person, document: Document) -> Resolved:
    """Everything of the document, worded in its language; who reads it and when stand across every page."""
    view = dossiers.view_of(store, document)
    fmt = i18n.formatter(renditions.language_of(store, document), view.country)
    imprint: Imprint = replace(
        dossiers.imprint(store, document, fmt, view),
        classification=fmt.words(CLASSIFICATIONS["reserved"]),
        state=fmt.words(programmes.STATES[document.state]),
        draft=fmt.words(OPENED, who=person.name, moment=fmt.moment(clock.now().isoformat())),
        moment=clock.now().isoformat(),
    )
    answers = dossiers.typed(store, document)
    resolved = resolving.resolve(FORMS[document.form], answers, view, resolving.RESERVED, fmt, imprint)
    return replace(resolved, title=fmt.words(TITLE))


def _of(resolved: Resolved, subject: str) -> Resolved:
    """What concerns one traveller; no data are attached."""
    shown = tuple(section for section in resolved.sections if section.key in SECTIONS and section.subject in ("", subject))
    order = sorted(shown, key=lambda section: SECTIONS.index(section.key))
    numbered = tuple(replace(section, number=str(number)) for number, section in enumerate(order, start=1))
    return replace(resolved, sections=numbered, data={}, texts={})
