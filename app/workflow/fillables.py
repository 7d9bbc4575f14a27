"""Forms to fill outside the page: a document's own, and the blank ones that are shipped."""
from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, replace

import pikepdf

from app.errors import Invalid
from app.i18n import formatter
from app.rendering.fillable import fillable, flattened, foreign
from app.rendering.fonts import Undrawable
from app.store import Document, Store
from app.workflow import dossiers, programmes
from app.workflow.resolving import DOSSIER, asked, filled, reading
from forms import FORMS
from forms.resolved import AskedSection, Imprint
from forms.spec import Form, Part, Section
from forms.values import Json
from forms.view import BARE, Reading

AUDIENCE = DOSSIER
"""What is handed out neither asks nor tells restricted or health values: those are filled on the page, and kept in nobody's file."""
SUBJECT = "00000000"
"""Stands for whoever a copy of a blank part is about."""


@dataclass(frozen=True)
class ToFill:
    """A form as it is asked, with what stands in it and around it; `about` says of which document it is."""

    sections: tuple[AskedSection, ...]
    title: str
    imprint: Imprint
    language: str
    about: tuple[tuple[str, str], ...]
    foreign: tuple[bytes, str] | None = None
    """A form drawn by others that is filled instead, and the map of its fields."""

    @property
    def digest(self) -> str:
        """The same for equal files."""
        return hashlib.blake2s(repr(self).encode()).hexdigest()

    def drawn(self, live: bool) -> bytes:
        """With live fields, or flat. Raises Invalid naming a letter nobody can print, or a field of the map that does not fit."""
        draw = fillable if live else flattened
        if self.foreign:
            pdf, told = self.foreign
            return foreign.fill(pdf, foreign.values(self.sections, foreign.read_map(told)), flat=not live)
        try:
            return draw(self.sections, self.title, self.imprint, self.language, dict(self.about))
        except Undrawable as refused:
            raise Invalid(refused.message, **refused.places) from refused


def of_document(
    store: Store, document: Document, language: str, theirs: tuple[bytes, str] | None = None, *, apart: bool = False
) -> ToFill:
    """The current revision of a document, with free rows for what it may still hold, on its country's paper.

    `theirs` is a form drawn by others to fill instead, with its map; `apart`: also what is reserved beside the other parts.
    """
    form, view = FORMS[document.form], dossiers.view_of(store, document)
    fmt = formatter(language, view.country)
    narrow = form.narrowed(AUDIENCE.sees) if apart else AUDIENCE.narrowed(form, {})[0]
    sections = asked(narrow, dossiers.typed(store, document), view, fmt, blank=True, seed=document.id)
    about = {
        "form": form.code, "edition": form.edition, "document": document.id, "revision": str(document.revision), "language": language
    }
    return ToFill(sections, fmt.words(form.title), dossiers.imprint(store, document, fmt, view), language, tuple(about.items()), theirs)


def blank(form: Form, language: str, country: str) -> ToFill:
    """The empty form with every field it may ever ask, conditions aside, and one copy of what is filled for each subject."""
    fmt = formatter(language, country)
    at = reading(form, filled(form, {}, BARE, keeping=True), BARE, fmt, blank=True, seed=form.code)
    asking = [(part, section) for part, sections in form.places for section in sections if section.fields]
    sections = tuple(_section(number, *each, at) for number, each in enumerate(asking, 1))
    empty = Imprint(fmt.words(form.programme), form.code, "", "", "", fmt.words(programmes.classification(form)), "", "")
    about = (("form", form.code), ("edition", form.edition))
    imprint = replace(empty, page_of=fmt.words(programmes.PAGE_OF))
    return ToFill(sections, fmt.words(form.title), imprint, language, about)


def _section(number: int, part: Part, section: Section, at: Reading) -> AskedSection:
    base = part.base(SUBJECT)
    nothing: Json = None
    boxes = tuple(box for kind in section.fields for box in kind.boxes(base / kind.key, nothing, at))
    return AskedSection(section.key, str(number), at.fmt.words(section.title), boxes)


def content(pdf: bytes) -> bytes:
    """What is drawn and which fields there are, whatever packed it: tells whether a form is drawn as it was."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        drawn = [b"".join(part.read_bytes() for part in page.Contents) for page in file.pages]
        fields = [field for page in file.pages for field in page.get("/Annots", ())]
        places = [str([float(each) for each in field.Rect]) + str(field.get("/TU", "")) for field in fields]
        return b"\0".join(drawn) + "\n".join(places).encode()


def starter(pdf: bytes) -> str:
    """The map to begin with for a form drawn by others. Raises BadFile."""
    return foreign.starter(pdf)
