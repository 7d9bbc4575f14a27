"""A list of travellers as a spreadsheet saves it: each line a row of the delegation, or one sentence about what is wrong with it."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app import i18n
from app.errors import N_, BadFile
from forms.catalogues import DEL_FUNCTION
from forms.kinds.base import Kind, Problem
from forms.opening import TRAVELLER
from forms.path import AnswerPath
from forms.spec import SUBJECTS
from forms.values import Answers, Json, Refused
from forms.view import Formatter, Reading

LARGEST: Final = 500_000
"""Bytes of a list; twenty full lines have a hundredth of that."""
SEPARATORS: Final = (";", "\t", ",")
NOT_TEXT: Final = N_("No se puede leer la lista: guárdela como CSV.")
NO_COLUMNS: Final = N_("Faltan columnas en la lista: {missing}. La primera línea debe llevar sus nombres.")
ODD_COLUMN: Final = N_("La lista tiene una columna que no se conoce, «{name}». Las que hay: {known}.")
TOO_MANY: Final = N_("La línea {line} sobra: viajan hasta {most} personas.")
WRONG: Final = N_("Línea {line}: {why}")
TWICE: Final = N_("Línea {line}: el correo ya está en la línea {first}.")
LONG_LINE: Final = N_("Línea {line}: tiene más celdas que columnas.")


@dataclass(frozen=True)
class Listed:
    """`rows` are the lines that can be taken; each of the others has a problem and stands in `left` by its number, as it came."""

    rows: tuple[Answers, ...]
    problems: tuple[Problem, ...] = ()
    left: Mapping[int, tuple[str, ...]] | None = None


def travellers_of_csv(data: bytes, fmt: Formatter | None = None, headed: bool = True) -> Listed:
    """The travellers of a CSV file with semicolons, tabs or commas; one that is not `headed` has all columns in their order.

    Raises BadFile for what is no list at all.
    """
    fmt = fmt or i18n.formatter("es")
    lines = _lines(data)
    columns = _columns(lines.pop(0)[1], fmt) if headed else list(TRAVELLER)
    rows: list[Answers] = []
    problems: list[Problem] = []
    left: dict[int, tuple[str, ...]] = {}
    emails: dict[str, int] = {}
    for number, cells in lines:
        try:
            row = _row(columns, number, cells, fmt)
            _fits(row, number, len(rows), emails)
            rows.append(row)
        except Refused as refused:
            problems.append(Problem(AnswerPath(("travellers",)), refused.message, refused.places))
            left[number] = cells
    return Listed(tuple(rows), tuple(problems), left)


def _lines(data: bytes) -> list[tuple[int, tuple[str, ...]]]:
    """The lines that hold something, with their numbers. Raises BadFile."""
    if len(data) > LARGEST or b"\0" in data:
        raise BadFile(NOT_TEXT)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    head = text.partition("\n")[0]
    separator = max(SEPARATORS, key=head.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        found = [(reader.line_num, tuple(cell.strip() for cell in cells)) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error:
        raise BadFile(NOT_TEXT) from None
    if not found:
        raise BadFile(NOT_TEXT)
    return found


def _columns(names: tuple[str, ...], fmt: Formatter) -> list[Kind]:
    """The columns by their names, in Spanish or in the reader's language. Raises BadFile naming what is missing or unknown."""
    known = {_plain(said): kind for kind in TRAVELLER for said in (kind.key, kind.label, fmt.words(kind.label))}
    every = ", ".join(fmt.words(kind.label) for kind in TRAVELLER)
    for name in names:
        if _plain(name) not in known:
            raise BadFile(ODD_COLUMN, name=name[:40], known=every)
    columns = [known[_plain(name)] for name in names]
    missing = [fmt.words(kind.label) for kind in TRAVELLER if kind.required and kind not in columns]
    if missing:
        raise BadFile(NO_COLUMNS, missing=", ".join(missing))
    return columns


def _row(columns: list[Kind], line: int, cells: tuple[str, ...], fmt: Formatter) -> Answers:
    """The answers of a line. Raises Refused with one sentence that names the line."""
    if any(cells[len(columns) :]):
        raise Refused(LONG_LINE, line=line)
    said = zip(columns, cells, strict=False)
    try:
        row = {kind.key: value for kind, cell in said if (value := _value(kind, cell, fmt)) is not None}
        for kind in columns:
            kind.expect(not kind.required or kind.key in row, N_("Falta «{label}»."))
    except Refused as refused:
        raise Refused(WRONG, line=line, why=fmt.words(refused.message, **_worded(refused.places, fmt))) from None
    return row


def _value(kind: Kind, cell: str, fmt: Formatter) -> Json:
    words = {_plain(each): code for code, label in DEL_FUNCTION.pairs for each in (code, label, fmt.words(label))}
    said = words.get(_plain(cell), cell) if kind.key == "function" else cell
    return kind.parse([said], Reading(fmt, lambda table: {})) if said else None


def _fits(row: Answers, line: int, before: int, emails: dict[str, int]) -> None:
    """Raises Refused for one too many, or an e-mail another line has."""
    if before >= SUBJECTS:
        raise Refused(TOO_MANY, line=line, most=SUBJECTS)
    email = str(row.get("email") or "").casefold()
    if email and emails.setdefault(email, line) != line:
        raise Refused(TWICE, line=line, first=emails[email])


def _worded(places: Mapping[str, object], fmt: Formatter) -> dict[str, object]:
    return {name: fmt.words(value) if name == "label" and isinstance(value, str) else value for name, value in places.items()}


def _plain(text: str) -> str:
    """Letters and figures only, as a person might type a column's name."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if letter.isalnum())
