"""Forms to fill in a PDF reader: drawn from what is asked, filled by us, read back. PDF/UA-1 and PDF/A-3a."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from app.i18n import formatter
from app.rendering.fillable.compiling import Template, compiled
from app.rendering.fillable.filling import Filling
from app.rendering.fillable.questions import Question, questions, shape, tables
from app.rendering.fillable.reading import ROWS
from app.rendering.fonts import Undrawable, drawable, undrawable
from forms.resolved import AskedSection, Imprint

KEPT = 24
"""Forms drawn lately that are kept ready."""


@dataclass(frozen=True)
class Drawn:
    """Everything that is drawn of a form but its answers; equal for all documents of one shape."""

    shape: Hashable
    title: str
    subtitle: str
    language: str
    paper: str
    live: bool
    sections: tuple[AskedSection, ...] = field(compare=False)


@lru_cache(KEPT)
def _template(drawn: Drawn) -> Template:
    return compiled(drawn.sections, drawn.title, drawn.subtitle, drawn.language, drawn.paper, drawn.live)


def fillable(sections: tuple[AskedSection, ...], title: str, imprint: Imprint, language: str, about: Mapping[str, str]) -> bytes:
    """The form as live fields with what stands in them; equal input gives equal bytes.

    `about` says what is filled (form, edition, document, revision, and whatever else reading it back needs), in read-only fields
    nobody sees.
    Raises Undrawable, naming the field, for a letter no shipped font has.
    """
    return _written(sections, title, imprint, language, about, live=True)


def flattened(sections: tuple[AskedSection, ...], title: str, imprint: Imprint, language: str, about: Mapping[str, str]) -> bytes:
    """The same with the answers as part of the pages and no fields left."""
    return _written(sections, title, imprint, language, about, live=False)


def _written(
    sections: tuple[AskedSection, ...], title: str, imprint: Imprint, language: str, about: Mapping[str, str], *, live: bool
) -> bytes:
    asked = questions(sections)
    _check(asked)
    template = _template(Drawn(shape(sections), title, imprint.subtitle, language, imprint.paper, live, sections))
    rows = {f"{table.path.pdf}.{ROWS}": " ".join(row.id for row in table.rows) for table in tables(sections)} if live else {}
    hidden = {f"_{name}": value for name, value in about.items()}
    around = replace(imprint, version=_version(imprint, about), verification="", verification_url="", draft="" if live else imprint.draft)
    return Filling(template, asked, hidden | rows, title, language, around, formatter(language).words).written()


def _version(imprint: Imprint, about: Mapping[str, str]) -> str:
    """Which form, in which edition, before the version of the document."""
    return " · ".join(filter(None, (" ".join(filter(None, (about.get("form"), about.get("edition")))), imprint.version)))


def _check(asked: list[Question]) -> None:
    if drawable().issuperset("".join([text for each in asked for text in each.box.raw])):
        return
    for each in asked:
        if lost := undrawable("".join(each.box.raw)):
            raise Undrawable(each.box.label, lost)


__all__ = ["fillable", "flattened"]
