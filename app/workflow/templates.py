"""Word templates and blank PDF forms: drawn from the forms in each language, kept with their checksum, never over a hand.

The secretariat's own Word templates come first.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Literal, TypeAlias

from app.config import Settings
from app.errors import NotFound
from app.i18n import formatter
from app.rendering.word.checking import check_template
from app.rendering.word.grammar import Fault
from app.rendering.word.package import zipped
from app.rendering.word.paper import on_paper
from app.rendering.word.template import names, parts
from app.workflow import fillables, programmes
from app.workflow.resolving import OWN, reading, resolve
from forms import FORMS
from forms.resolved import Imprint, Resolved, Shown, ShownSection
from forms.spec import Form, Part, Section
from forms.view import DossierView, Reading

FOLDER = Path(__file__).parents[2] / "annex_templates"
COUNTRIES = {"es": "SLV", "pt": "BRA"}
"""Languages of documents, and a country whose words stand in the fixed parts; figures and dates are filled in the document's own."""
SUBJECT = "00000000"
"""Stands for whoever a part with subjects is about."""
NOWHERE = Imprint("", "", "", "", "", "", "", "")
SOURCE, MAP = "SOURCE.md", "fields.toml"
BLOCKS = re.compile(r"^# (\S+)$.*?^definition: ([0-9a-f]{64})$.*?^checksum: ([0-9a-f]{64})$", re.MULTILINE | re.DOTALL)
"""Of SOURCE.md: the name of a file, and two digests."""
Standing: TypeAlias = Literal["current", "stale", "edited", "kept"]


@dataclass(frozen=True)
class Found:
    """A template and how it stands: current; stale, to be drawn again; kept, changed by hand while its form did not change;
    edited, changed by hand and the form has changed since: a new edition of the form is due.
    """

    path: Path
    standing: Standing
    drawn: bytes
    definition: str


def template_for(form: str, language: str, settings: Settings, paper: str = "A4") -> bytes:
    """What a document is filled with: the secretariat's own template, on the paper it was made for, else the shipped one on `paper`.

    Its own ones lie in instance/templates. Raises NotFound.
    """
    own, shipped = (_place(folder, FORMS[form], language) for folder in (own_folder(settings), FOLDER))
    if own.is_file():
        return own.read_bytes()
    if shipped.is_file():
        return on_paper(shipped.read_bytes(), paper)
    raise NotFound


def foreign_for(form: str, language: str, settings: Settings) -> tuple[bytes, str] | None:
    """A PDF form drawn by others and the map of its fields (`fields.toml`), the secretariat's own first; None where there is none."""
    for folder in (own_folder(settings), FOLDER):
        pdf = _place(folder, FORMS[form], language).with_suffix(".pdf")
        if pdf.is_file() and (pdf.parent / MAP).is_file():
            return pdf.read_bytes(), (pdf.parent / MAP).read_text(encoding="utf-8")
    return None


def own_folder(settings: Settings) -> Path:
    """Where the secretariat's own templates lie, in the same folders as the shipped ones."""
    return settings.instance / "templates"


def standing(folder: Path = FOLDER) -> Iterator[Found]:
    """Each form in each language, and how its template stands."""
    for form in FORMS.values():
        for language in COUNTRIES:
            yield _found(_place(folder, form, language), form, language)


def blanks(folder: Path = FOLDER) -> Iterator[Found]:
    """Each form's blank PDF in each language, and how it stands; one drawn by others, beside its map, is nobody's to draw."""
    for form in FORMS.values():
        for language, country in COUNTRIES.items():
            path = _place(folder, form, language).with_suffix(".pdf")
            if (path.parent / MAP).is_file():
                continue
            drawn = fillables.blank(form, language, country).drawn(live=True)
            yield _standing_at(path, drawn, sha256(fillables.content(drawn)).hexdigest())


def write(found: Found) -> None:
    """Puts the template in place and its two lines into SOURCE.md."""
    found.path.parent.mkdir(parents=True, exist_ok=True)
    found.path.write_bytes(found.drawn)
    told = _told(found.path.parent) | {found.path.name: (found.definition, sha256(found.drawn).hexdigest())}
    blocks = (_block(name, *digests) for name, digests in sorted(told.items()))
    (found.path.parent / SOURCE).write_text("\n".join(blocks), encoding="utf-8")


def checked(form: str, language: str, template: bytes) -> list[Fault]:
    """What is wrong with a template for this form, names the form does not have included."""
    return check_template(template, names(blank(FORMS[form], language)))


def blank(form: Form, language: str) -> Resolved:
    """The empty document with every field it may ever show, conditions aside."""
    fmt = formatter(language, COUNTRIES[language])
    empty = resolve(form, {}, DossierView(), OWN, fmt, replace(NOWHERE, page_of=fmt.words(programmes.PAGE_OF)))
    at = reading(form, {}, DossierView(), fmt)
    asking = [(part, section) for part, sections in form.places for section in sections if section.fields]
    return replace(empty, sections=tuple(_section(number, *each, at) for number, each in enumerate(asking, 1)))


def _section(number: int, part: Part, section: Section, at: Reading) -> ShownSection:
    base, words = part.base(SUBJECT), at.fmt.words
    shown = tuple(Shown(base / kind.key, words(kind.label), None, kind.blocks(base / kind.key, None, at)) for kind in section.fields)
    return ShownSection(section.key, str(number), words(section.title), shown, part.key, SUBJECT if part.subject else "")


def _place(folder: Path, form: Form, language: str) -> Path:
    return folder / form.code / form.edition / language / f"{form.code}.docx"


def _found(path: Path, form: Form, language: str) -> Found:
    drawn = parts(blank(form, language))
    return _standing_at(path, zipped(drawn), sha256(b"".join(name.encode() + b"\0" + data for name, data in drawn.items())).hexdigest())


def _standing_at(path: Path, drawn: bytes, definition: str) -> Found:
    told = _told(path.parent).get(path.name, ("", ""))
    return Found(path, _standing(path, told, definition), drawn, definition)


def _told(folder: Path) -> dict[str, tuple[str, str]]:
    """Of each file beside a SOURCE.md, the digests of its definition and of itself."""
    source = folder / SOURCE
    found = BLOCKS.findall(source.read_text(encoding="utf-8")) if source.is_file() else []
    return {name: (definition, checksum) for name, definition, checksum in found}


def _standing(path: Path, told: tuple[str, str], definition: str) -> Standing:
    same = told[0] == definition
    if not path.is_file():
        return "stale"
    if told[1] != sha256(path.read_bytes()).hexdigest():
        return "kept" if same else "edited"
    return "current" if same else "stale"


def _block(name: str, definition: str, checksum: str) -> str:
    return (
        f"# {name}\n\nDrawn by `make templates` from the definition of the form. The two lines below tell whether the\n"
        "definition has changed since, and whether somebody has changed the template by hand: then it is not drawn again.\n\n"
        f"definition: {definition}\nchecksum: {checksum}\n")
