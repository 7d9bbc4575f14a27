"""The control list of a run: a line for each notebook with boxes to tick, and for who gets none the reason; as PDF and as spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app import i18n
from app.errors import N_
from app.rendering.record import record
from app.rendering.workbook import sheets_of, workbook
from app.store import Dossier
from app.workflow import notebook_orders, notebooks, programmes
from app.workflow.jobs import File
from app.workflow.notebooks import Owner
from app.workflow.renditions import MEDIA, PDF
from forms.blocks import Cell, Column, Row, Rows
from forms.path import AnswerPath
from forms.resolved import Imprint, Resolved, Shown, ShownSection
from forms.values import Json
from forms.view import Formatter

BOX: Final = "☐"
SPARE: Final = N_("De reserva, sin nombre")
TITLE: Final = N_("Cuadernos de Bitácora: lista de control")
NO: Final = "—"
HEADS: Final = (
    ("number", N_("N.º"), 2), ("name", N_("Nombre"), 10), ("pages", N_("Páginas"), 2), ("sheets", N_("Hojas"), 2),
    ("copies", N_("Copias"), 2), ("printed", N_("Impreso"), 3), ("delivered", N_("Entregado"), 3),
)  # fmt: skip
COUNTED: Final = frozenset({"pages", "sheets", "copies"})
FILES: Final = N_("Archivos para imprimir")
FILE_HEADS: Final = (("file", N_("Archivo"), 6), ("sheets", N_("Hojas"), 2), ("printed", N_("Impreso"), 2))
INTERNAL: Final = N_("Uso interno")
RUN: Final = N_("Impresión del {date}")


@dataclass(frozen=True)
class Listed:
    """A line: `owner` None is the spare ones; `number` that of its item, 0 for who gets no notebook; `problem` (msgid) says why."""

    number: int
    dossier: Dossier
    owner: Owner | None
    pages: int
    sheets: int
    copies: int
    paper: str
    file: File
    problem: str = ""
    photos_out: int = 0


def drawn(
    books: Sequence[Listed], joined: Sequence[File], language: str, moment: datetime, pdf: str, xlsx: str
) -> Iterator[tuple[str, bytes, str]]:
    """(name, bytes, media type) of both, in a document language; `pdf` and `xlsx` are their names."""
    found = resolved(books, joined, language, moment)
    fmt = i18n.formatter(language)
    yield pdf, record(found), PDF
    heads = fmt.words(N_("Pregunta")), fmt.words(N_("Respuesta"))
    sheets = [each for each in sheets_of(found, fmt.words(TITLE), heads) if each.head != heads]
    yield xlsx, workbook(sheets, found.title, moment), MEDIA["xlsx"]


def resolved(books: Sequence[Listed], joined: Sequence[File], language: str, moment: datetime) -> Resolved:
    """The list as a document: a table for each exchange, and the files to print."""
    fmt = i18n.formatter(language)
    sections = [_section(number, dossier, books, fmt) for number, dossier in enumerate(_dossiers(books), 1)]
    last = _table("files", fmt.words(FILES), FILE_HEADS, [_file(each) for each in joined], fmt)
    sections.append(_shown("files", str(len(sections) + 1), fmt.words(FILES), last))
    return Resolved("A6", "", fmt.words(TITLE), language, _imprint(books, fmt, moment), tuple(sections))


def _imprint(books: Sequence[Listed], fmt: Formatter, moment: datetime) -> Imprint:
    day = fmt.date_short(moment.date().isoformat())
    codes = " · ".join(each.code for each in _dossiers(books)[:1]) + ("" if len(_dossiers(books)) == 1 else " …")
    paper = programmes.paper(books[0].dossier.country)
    return Imprint(
        fmt.words(programmes.TITLES[programmes.EXCHANGE]), codes, "", fmt.words(RUN, date=day), day, fmt.words(INTERNAL), "", "",
        page_of=fmt.words(programmes.PAGE_OF), paper=paper, moment=moment.isoformat(),
    )  # fmt: skip


def _dossiers(books: Sequence[Listed]) -> list[Dossier]:
    return list({each.dossier.id: each.dossier for each in books}.values())


def _section(number: int, dossier: Dossier, books: Sequence[Listed], fmt: Formatter) -> ShownSection:
    rows = [_line(each, fmt) for each in books if each.dossier.id == dossier.id]
    total = sum(each.sheets * each.copies for each in books if each.dossier.id == dossier.id)
    papers = dict.fromkeys(fmt.words(notebook_orders.called(each.paper)) for each in books if each.paper and each.dossier.id == dossier.id)
    title = " · ".join((dossier.code, *papers, fmt.words(N_("Hojas: {count}"), count=fmt.integer(total))))
    return _shown(f"x{number}", str(number), title, _table(f"x{number}", dossier.code, HEADS, rows, fmt))


def _line(book: Listed, fmt: Formatter) -> dict[str, Json]:
    owner, none = book.owner, not book.copies
    told = [fmt.words(book.problem)] if book.problem else []
    told += [fmt.words(notebooks.PHOTOS_OUT, count=book.photos_out)] if book.photos_out else []
    counts: dict[str, Json] = {"pages": book.pages, "sheets": book.sheets * book.copies, "copies": book.copies}
    name = ". ".join((owner.name if owner else fmt.words(SPARE), *told))
    boxes: dict[str, Json] = dict.fromkeys(("printed", "delivered"), NO if none else BOX)
    return {"number": owner.number if owner else "", "name": name, **({} if none else counts), **boxes}


def _file(made: File) -> dict[str, Json]:
    return {"file": made.name, "sheets": (made.pages or 0) // 2, "printed": BOX}


def _table(key: str, label: str, heads: Sequence[tuple[str, str, int]], lines: Sequence[dict[str, Json]], fmt: Formatter) -> Rows:
    columns = tuple(Column(name, fmt.words(words), weight, "right" if name in COUNTED else "left") for name, words, weight in heads)
    rows = tuple(Row(str(number), {name: _cell(line.get(name)) for name, *_ in heads}) for number, line in enumerate(lines, 1))
    return Rows(AnswerPath((key,)), label, columns, rows)


def _cell(value: Json) -> Cell:
    return Cell(value, "" if value is None else str(value))


def _shown(key: str, number: str, title: str, rows: Rows) -> ShownSection:
    return ShownSection(key, number, title, (Shown(rows.path, rows.label, None, (rows,)),))
