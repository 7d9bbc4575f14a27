"""A document as plain values and words, ready for any renderer: nothing here needs a kind, a store or a translation."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from forms.blocks import Asked, Block
from forms.path import AnswerPath
from forms.values import Json, Printed


@dataclass(frozen=True)
class Imprint:
    """What stands around the answers on every page, already in the document's language."""

    programme: str
    code: str
    version: str
    """'v1'."""
    state: str
    """In words: 'Borrador'."""
    date: str
    """Date of that state, short."""
    classification: str
    """Pública / Uso interno / Reservada."""
    verification: str
    """Sixteen Crockford characters in four groups (forms.md §8)."""
    verification_url: str
    subtitle: str = ""
    """Countries and dates under the title."""
    page_of: str = "página {page} de {pages}"
    empty: str = "—"
    draft: str = ""
    """Diagonal word on the pages of a draft; '' on others."""
    paper: str = "A4"
    """'A4' or 'Letter', by the country of document_locale (forms.md §9)."""
    seal: str = ""
    """Name of the place for the organisation's seal on the last page; '' on documents that are not sealed."""
    moment: str = "2027-01-01T00:00:00+00:00"
    """UTC moment of the revision: the date inside the files, so that equal answers give equal bytes."""


@dataclass(frozen=True)
class Shown:
    """One answer: its value as attached, its blocks as read."""

    path: AnswerPath
    label: str
    value: Json
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class ShownSection:
    """One section as it reads, of one subject where its part has several."""

    key: str
    number: str
    title: str
    answers: tuple[Shown, ...]
    part: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Resolved:
    """What every renderer reads. `data` is attached as JSON, `texts` is Word's context, `sections` is paper and screen."""

    form: str
    edition: str
    title: str
    language: str
    """'es' or 'pt'."""
    imprint: Imprint
    sections: tuple[ShownSection, ...]
    texts: Mapping[str, Printed] = field(default_factory=dict)
    data: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True)
class AskedSection:
    """One section as it is asked, on a page or on paper."""

    key: str
    number: str
    title: str
    boxes: tuple[Asked, ...]
