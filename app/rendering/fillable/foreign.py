"""PDF forms drawn by others: a map says which of their fields holds which answer; pypdf fills them, in the jail."""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from app.errors import N_, BadFile
from app.rendering import jail
from app.rendering.fillable.questions import ONLINE
from app.rendering.fillable.setting import fitted
from forms.blocks import Asked, Box, BoxRows
from forms.resolved import AskedSection
from forms.values import mapping

TELL, FILL = "app.rendering.jail.foreign_forms:fields", "app.rendering.jail.foreign_forms:fill"
UNKNOWN = N_("El mapa de campos no coincide con el PDF: no existe «{name}».")
NO_ANSWER = N_("El mapa de campos nombra «{path}», que el formulario no tiene.")
TOO_LONG = N_("En el PDF no cabe la respuesta de «{name}». Agrande ese campo o acorte la respuesta.")
HEAD = "# Qué respuesta va en cada campo: clave, grupo.clave, tabla.1.clave (fila 1), clave=código (casilla). Vacío: se deja como está.\n"


@dataclass(frozen=True)
class Field:
    """A field of somebody's form. `type` is Tx, Btn or Ch; sizes are in points."""

    name: str
    type: str
    tooltip: str
    codes: tuple[str, ...]
    width: float
    height: float


def fields(pdf: bytes) -> list[Field]:
    """The fields of a form. Raises BadFile for a file that cannot be opened."""
    told = cast("list[dict[str, Any]]", jail.run(TELL, pdf))
    sizes = [(width / 100, height / 100) for width, height in (each["size"] for each in told)]
    return [Field(each["name"], each["type"], each["tooltip"], tuple(each["codes"]), *size) for each, size in zip(told, sizes, strict=True)]


def starter(pdf: bytes) -> str:
    """A map to fill in, as TOML: each field with nothing beside it, and what the file says of it."""
    return HEAD + "[fields]\n" + "".join(f"{_quoted(each.name)} = \"\"{_told(each)}\n" for each in fields(pdf))


def _told(each: Field) -> str:
    about = " · ".join(filter(None, (each.type, each.tooltip.replace("\n", " "), " ".join(each.codes[:12]))))
    return f"  # {''.join(letter for letter in about if letter.isprintable())}"


def _quoted(name: str) -> str:
    escaped = "".join(letter if letter.isprintable() and letter not in '"\\' else f"\\u{ord(letter):04x}" for letter in name)
    return f'"{escaped}"'


def read_map(text: str) -> dict[str, str]:
    """Field → answer, of a map in TOML. Raises tomllib's error for what is none."""
    return {name: str(path) for name, path in mapping(tomllib.loads(text).get("fields")).items() if path}


def values(sections: Iterable[AskedSection], told: Mapping[str, str]) -> dict[str, str | bool]:
    """What goes into each field of a map: words, or whether a code is chosen. Raises BadFile for an answer the form does not have."""
    known = {name: box for section in sections for asked in section.boxes for name, box in _named(asked, "")}
    found: dict[str, str | bool] = {}
    for name, target in told.items():
        path, _, code = target.partition("=")
        above, _, step = path.rpartition(".")
        if path in known:
            found[name] = code in known[path].raw if code else _words(known[path])
        elif above in known and step in dict(known[above].steps):
            found[name] = _input(known[above], step)
        else:
            raise BadFile(NO_ANSWER, path=target)
    return found


def _named(asked: Asked, row: str) -> Iterator[tuple[str, Box]]:
    """Every box by its path; in a table, with the number of its row instead of the id."""
    if isinstance(asked, Box) and asked.type not in ONLINE:
        yield row + asked.path.pdf, asked
    if isinstance(asked, BoxRows):
        for number, each in enumerate(asked.rows, 1):
            above = f"{asked.path.pdf}.{each.id}."
            for inner in each.boxes:
                yield from ((f"{asked.path.pdf}.{number}.{name.removeprefix(above)}", box) for name, box in _named(inner, ""))


def _words(box: Box) -> str:
    words = dict(box.options)
    return ("\n" if box.type in ("tags", "multiline") else ", ").join(words.get(each, each) for each in box.raw)


def _input(box: Box, step: str) -> str:
    place = [key for key, _ in box.steps].index(step)
    return box.raw[place] if place < len(box.raw) else ""


def fill(pdf: bytes, said: Mapping[str, str | bool], *, flat: bool = False) -> bytes:
    """The form with what is said in its fields; `flat`: as part of the pages.

    Raises BadFile naming a field the file does not have, or whose place is too small: nothing is cut.
    """
    known = {each.name: each for each in fields(pdf)}
    for name, value in said.items():
        if name not in known:
            raise BadFile(UNKNOWN, name=name)
        if isinstance(value, str) and value and known[name].type != "Btn" and fitted(value, known[name].width, known[name].height).rest:
            raise BadFile(TOO_LONG, name=name)
    with tempfile.TemporaryFile() as out:
        jail.made(FILL, pdf, out, values=dict(said), flat=flat)
        out.seek(0)
        return out.read()
