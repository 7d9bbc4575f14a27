"""The form a person takes away to fill offline: what is theirs to fill, with what is written so far, as live fields."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Final

from app.errors import Locked, NotFound
from app.store import Document, Person, Store
from app.workflow import access, dossiers, editing, fillables, filled_forms, renditions, saving
from app.workflow.access import Sight
from app.workflow.editing import Opening, part_of
from app.workflow.naming import place_of
from app.workflow.renditions import LANGUAGES, Rendition
from forms import FORMS
from forms.blocks import Note
from forms.path import AnswerPath
from forms.resolved import AskedSection
from forms.spec import Form

ECHOES: Final = "echoes"
"""What the form shows and nobody typed in the document: 'path=digest' between blanks."""
LANGUAGE: Final = "language"
"""The language it was made in: figures are written its way."""


@dataclass(frozen=True)
class Share:
    """What of a document a person may carry offline: what they fill, and what else is open to them."""

    form: Form
    sight: Sight
    opening: Opening

    def holds(self, path: AnswerPath) -> bool:
        """Whether the answer may be told to this person and come back from them."""
        return self._audience(path) == access.OWN or self.opening.allows(path)

    def reaches(self, section: AskedSection) -> bool:
        """Whether a section is this person's, or they see all of it and something in it is open to them."""
        path = next((asked.path for asked in section.boxes if not isinstance(asked, Note)), AnswerPath())
        place, audience = place_of(self.form, path), self._audience(path)
        if place is None or audience not in access.WHOLE:
            return False
        return audience == access.OWN or self.opening.within(place.part.base(place.subject), place.section)

    def _audience(self, path: AnswerPath) -> str:
        part, _, subject = part_of(self.form, path).partition(".")
        return self.sight.audience(part, subject)


def share_of(store: Store, person: Person, document: Document) -> Share:
    """What of a document is this person's to fill as it stands now."""
    return Share(FORMS[document.form], access.sees(store, person, document), editing.opening(store, person, document))


def made(store: Store, person: Person, document: Document, language: str) -> Rendition:
    """The fillable form of a document for this person, streamed and kept nowhere.

    Raises NotFound for another language, Locked where nothing is open to them, Invalid naming a letter nobody can print.
    """
    access.require(store, person, "fill", document)
    if language not in LANGUAGES:
        raise NotFound
    share, whole = share_of(store, person, document), fillables.of_document(store, document, language, apart=True)
    if not share.opening.anything:
        raise Locked
    sections = tuple(filter(share.reaches, whole.sections))
    about = (*whole.about, (ECHOES, _echoes(store, document, share)))
    data = replace(whole, sections=sections, about=about).drawn(live=True)
    name = renditions.filename(store, document, "fillable", language)
    return Rendition(data, name, "application/pdf", hashlib.sha256(data).hexdigest())


def _echoes(store: Store, document: Document, share: Share) -> str:
    heard = filled_forms.echoes(saving.now(store, document, dossiers.view_of(store, document)))
    return " ".join(f"{path}={digest}" for path, digest in heard.items() if share.holds(AnswerPath.read(path)))
