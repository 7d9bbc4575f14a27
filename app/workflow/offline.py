"""The form a person takes away to fill offline: what is theirs to fill, with what is written so far, as live fields."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app import i18n
from app.errors import Invalid, Locked, NotFound
from app.rendering.fillable import fillable
from app.rendering.fonts import Undrawable
from app.store import Document, Person, Store
from app.workflow import access, dossiers, editing, filled_forms, renditions, resolving, saving
from app.workflow.access import Sight
from app.workflow.editing import Opening, part_of
from app.workflow.naming import place_of
from app.workflow.renditions import LANGUAGES, Rendition
from forms import FORMS
from forms.blocks import Note
from forms.path import AnswerPath
from forms.resolved import AskedSection
from forms.spec import Form
from forms.view import DossierView, Formatter

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

    def owns(self, path: AnswerPath) -> bool:
        """Whether the answer lies in a part, or a copy of one, that this person fills and so sees whole."""
        part, _, subject = part_of(self.form, path).partition(".")
        return self.sight.audience(part, subject) == access.OWN

    def holds(self, path: AnswerPath) -> bool:
        """Whether the answer may stand in a form this person fills offline."""
        return self.owns(path) or self.opening.allows(path)

    def reaches(self, path: AnswerPath) -> bool:
        """Whether something of the section an answer stands in is open to this person."""
        place = place_of(self.form, path)
        return place is not None and self.opening.within(place.part.base(place.subject), place.section)


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
    view, share = dossiers.view_of(store, document), share_of(store, person, document)
    fmt = i18n.formatter(language, view.country)
    sections = tuple(_sections(store, document, view, share, fmt))
    if not sections:
        raise Locked
    try:
        about = _about(store, document, view, share, language)
        data = fillable(sections, fmt.words(share.form.title), dossiers.imprint(store, document, fmt, view), language, about)
    except Undrawable as refused:
        raise Invalid(refused.message, **refused.places) from refused
    name = renditions.filename(store, document, "record", language).removesuffix(".pdf")
    return Rendition(data, f"{name}_rellenable.pdf", "application/pdf", hashlib.sha256(data).hexdigest())


def _sections(store: Store, document: Document, view: DossierView, share: Share, fmt: Formatter) -> Iterator[AskedSection]:
    """What this person fills as it is, of the rest what is open to them without restricted values; in reading order."""
    typed, forms = dossiers.typed(store, document), (share.form, share.form.narrowed(resolving.DOSSIER.sees))
    whole, narrow = (resolving.asked(form, typed, view, fmt, blank=True, seed=document.id) for form in forms)
    mine = [each for each in whole if share.owns(_first(each)) and share.opening.anything]
    others = [each for each in narrow if not share.owns(_first(each)) and share.reaches(_first(each))]
    yield from sorted([*mine, *others], key=lambda each: int(each.number))


def _first(section: AskedSection) -> AnswerPath:
    """The path of a section's first question."""
    return next((asked.path for asked in section.boxes if not isinstance(asked, Note)), AnswerPath())


def _about(store: Store, document: Document, view: DossierView, share: Share, language: str) -> dict[str, str]:
    """What the form says of itself in fields nobody sees."""
    heard = filled_forms.echoes(saving.now(store, document, view))
    return {
        "form": document.form,
        "edition": document.edition,
        "document": document.id,
        "revision": str(document.revision),
        LANGUAGE: language,
        ECHOES: " ".join(f"{path}={digest}" for path, digest in heard.items() if share.holds(AnswerPath.read(path))),
    }
