"""What a filling page shows and what came back from it: boxes, rows in place or behind a list, texts that were refused."""
from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask import abort, request

from app.errors import BadFile, TooLarge
from app.web import asking
from app.web.asking import Refusal
from app.web.guard import document, dossier_of, person, store
from app.web.language import _, fmt
from app.workflow import answering, attaching, rows
from app.workflow.answering import Conflict, SectionPage
from app.workflow.naming import place_of, value_at
from app.workflow.saving import Saved
from forms.blocks import Asked, Box, BoxRow, BoxRows, Heading, Note
from forms.kinds import Kind
from forms.kinds.nested import nested_fields
from forms.path import AnswerPath
from forms.resolved import Shown
from forms.values import ID, Answers, Json, rows_of

WIDE = 5
"""A table of more columns is edited one row to a page."""
PAGE = 20
"""Rows shown at once."""
UPLOADS_AN_HOUR = 60


@dataclass(frozen=True)
class Item:
    """One thing on a page: `shape` is box, heading, note, rows (in place), list (one row to a page) or read (nobody types it)."""

    shape: str
    asked: Asked | Shown
    page: int = 1
    pages: int = 1
    total: int = 0

    @property
    def first(self) -> int:
        """The number of the first row shown."""
        return (self.page - 1) * PAGE + 1

    def links(self, here: str) -> list[dict[str, object]]:
        """The pages of the rows, for the pagination."""
        html = self.asked.path.html
        numbers = range(1, self.pages + 1)
        told = [{"number": number, "visuallyHiddenText": _("Página {number}", number=number)} for number in numbers]
        return [each | {"href": f"{here}?p-{html}={each['number']}#{html}", "current": each["number"] == self.page} for each in told]


@dataclass
class Kept:
    """What became of a post. `refused` are texts to correct, by HTML name."""

    form: asking.Asking
    result: Saved | Conflict
    refused: dict[str, Refusal] = field(default_factory=dict)


def opened(section: str) -> SectionPage:
    """The section of the address, as the person sees it."""
    return answering.page(store(), person(), document(), section, fmt(dossier_of(document()).country), request.args.get("de", ""))


def base_of(page: SectionPage) -> AnswerPath:
    """Where the answers of the page's part start."""
    return page.part.base(page.subject)


def answers_of(page: SectionPage) -> Answers:
    """The answers the page's fields read: the document's, or those of the subject of its part."""
    if not page.subject:
        return page.answers
    return next((row for row in rows_of(page.answers.get(page.part.key)) if row.get(ID) == page.subject), {})


def items(page: SectionPage, refused: asking.Refusals | None = None, answers: Answers | None = None) -> tuple[Item, ...]:
    """Everything on a section's page, with the person's own text where it was refused."""
    known = {**answers_of(page), **(answers or {})}
    return tuple(_items(page, known, refused or {}))


def _items(page: SectionPage, answers: Answers, refused: asking.Refusals) -> Iterator[Item]:
    for kind in page.section.fields:
        path, value = base_of(page) / kind.key, answers.get(kind.key)
        rows = rows_of(value) if nested_fields(kind) else []
        boxes = kind.boxes(path, rows[_shown(path, len(rows))] if len(rows) > PAGE else value, page.at)
        if kind.stored or any(isinstance(asked, Box | Heading) for asked in boxes):
            yield from (_item(asking.retyped(asked, refused), len(rows)) for asked in boxes)
        else:
            yield _read(page, kind, path, value)


def _pages(path: AnswerPath, total: int) -> tuple[int, int]:
    """Which page of the rows is shown, and of how many."""
    pages = max(1, -(-total // PAGE))
    return min(max(1, request.args.get(f"p-{path.html}", 1, type=int)), pages), pages


def _shown(path: AnswerPath, total: int) -> slice:
    """The rows of that page: no others are made."""
    number, _of = _pages(path, total)
    return slice((number - 1) * PAGE, number * PAGE)


def _read(page: SectionPage, kind: Kind, path: AnswerPath, value: Json) -> Item:
    """What nobody types: fixed words, or a total as it reads."""
    blocks = kind.blocks(path, value, page.at)
    note = next((block for block in blocks if isinstance(block, Note)), None)
    return Item("note", note) if note else Item("read", Shown(path, page.at.fmt.words(kind.label), value, blocks))


def _item(asked: Asked, held: int) -> Item:
    """`held` is how many rows the table has, of which `asked` has those shown."""
    if not isinstance(asked, BoxRows):
        return Item(type(asked).__name__.lower(), asked)
    asked = replace(asked, rows=tuple(row for row in asked.rows if not row.fresh)) if wide(asked) else asked
    return Item("list" if wide(asked) else "rows", asked, *_pages(asked.path, held), held)


def wide(table: BoxRows) -> bool:
    """Whether its rows have a page of their own."""
    return len(table.columns) > WIDE


def table_of(page: SectionPage, key: str, row: str = "") -> tuple[Kind, BoxRows]:
    """A wide table of the section: all its rows by id, with the boxes of `row` only. Ends in 404 if there is none of that key."""
    kind = next((kind for kind in page.section.fields if kind.key == key and nested_fields(kind)), None) or abort(404)
    return kind, rows_asked(page, kind, answers_of(page).get(key), row)


def rows_asked(page: SectionPage, kind: Kind, value: Json, row: str) -> BoxRows:
    """The rows of `value` by id, with the boxes of `row` only. Ends in 404 for what is no table."""
    held = rows_of(value)
    boxes = kind.boxes(base_of(page) / kind.key, [each for each in held if each.get(ID) == row], page.at)
    asked = next((each for each in boxes if isinstance(each, BoxRows)), None) or abort(404)
    made = {each.id: each for each in asked.rows}
    return replace(asked, rows=tuple(made.get(str(each[ID]), BoxRow(str(each[ID]), ())) for each in held))


def is_wide(page: SectionPage, key: str) -> bool:
    """Whether the field is a table whose rows have a page of their own."""
    return wide(table_of(page, key)[1])


def settled(page: SectionPage, mine: frozenset[str]) -> Kept:
    """Save what the person kept of two texts; a row somebody took away meanwhile comes back with it."""
    revision = number("revision")
    for row in sorted({path_of_row for name in mine if (path_of_row := _gone(page, name))}):
        revision = rows.restore_row(store(), person(), page.document, row, key=key(row.pdf)).revision
    return keep(opened(page.section.key), page.section.fields, mine, revision)


def _gone(page: SectionPage, name: str) -> AnswerPath | None:
    """The row of an answer, if it no longer stands."""
    place = place_of(page.form, AnswerPath(tuple(name.split("-"))))
    if place is None or not place.row:
        return None
    standing = {row.get(ID) for row in rows_of(value_at(page.answers, place.top))}
    return None if place.row in standing else place.top / place.row


def keep(page: SectionPage, fields: tuple[Kind, ...], only: frozenset[str] | None = None, revision: int | None = None) -> Kept:
    """Parse the post and save what can be saved; `only` are the HTML names to take, by default all that were asked.

    `revision` is the one the page was opened from, by default as the page says.
    """
    form = asking.posted(fields, answers_of(page), request.form, page.at, base_of(page))
    leaves = {path: value for path, value in form.leaves() if only is None or path.html in only}
    revision = number("revision") if revision is None else revision
    told = {"key": _saying(leaves), "subject": page.subject}
    result = answering.save(store(), person(), page.document, page.section.key, revision, leaves, fmt=page.at.fmt, **told)
    refused = dict(form.refusals())
    for problem in result.refused:
        refused[problem.path.html] = Refusal(page.at.fmt.words(problem.message, **problem.places), said(problem.path))
    return Kept(form, result, refused | dict(_attached(page)))


def said(path: AnswerPath) -> tuple[str, ...]:
    """What the post says at a path, in one input or several."""
    several = (value for name, value in request.form.items(multi=True) if name.startswith(f"{path.html}-"))
    return tuple(request.form.getlist(path.html)) or tuple(several)


def _attached(page: SectionPage) -> Iterator[tuple[str, Refusal]]:
    """Keep the files of the post; yields those that cannot be, with what to do."""
    asked = {box.path.html: box for box in file_boxes(page)} if request.files else {}
    for name, upload in request.files.items():
        if not upload.filename or name not in asked:
            continue
        store().limits.hit("upload", person().id, UPLOADS_AN_HOUR, 3600)
        try:
            file = (upload.stream, upload.filename, upload.mimetype)
            attaching.attach(store(), person(), page.document, asked[name].path, *file, key=key(name))
        except (BadFile, TooLarge) as refused:
            yield name, Refusal(page.at.fmt.words(refused.message, **refused.places))


def file_boxes(page: SectionPage) -> Iterator[Box]:
    """Every file box of the section, in tables and groups too."""
    for _kind, boxes in asking.boxes(page.section.fields, answers_of(page), page.at, base_of(page)):
        yield from files_in(boxes)


def files_in(boxes: Sequence[Asked]) -> Iterator[Box]:
    for asked in boxes:
        if isinstance(asked, BoxRows):
            for row in asked.rows:
                yield from files_in(row.boxes)
        elif isinstance(asked, Box) and asked.type == "file":
            yield asked


def uploads(shown: Iterable[Any]) -> list[str]:
    """The HTML names of the file boxes among what is shown."""
    return [box.path.html for asked in shown for box in _boxes(asked) if box.type == "file"]


def number(name: str) -> int:
    """A whole number the page itself put into the form; anything else is a 400."""
    text = request.form.get(name, "")
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        abort(400)
    return int(text)


def key(what: str) -> str:
    """The key of one action of this page: pressed twice, it is done once."""
    return hashlib.sha256(f"{request.form.get('key', '')} {what} {request.form.get('do', '')}".encode("utf-8", "surrogatepass")).hexdigest()


def _saying(leaves: Mapping[AnswerPath, Json]) -> str:
    """The key of what the page says: posted again it is done once, and a page that saves itself is saved each time."""
    return key(repr(sorted((path.pdf, repr(value)) for path, value in leaves.items())))


def emptied(page: SectionPage, path: AnswerPath) -> None:
    """Take the answer at `path` away."""
    now = opened(page.section.key).revision
    answering.save(store(), person(), page.document, page.section.key, now, {path: None}, key=key("empty"), subject=page.subject)


def summary(items_: Sequence[Item], refused: asking.Refusals) -> list[dict[str, str]]:
    """The error summary: each sentence with a link to the input it is about."""
    return _summary((box for item in items_ for box in _boxes(item.asked)), refused)


def summary_of(row: BoxRow, refused: asking.Refusals) -> list[dict[str, str]]:
    """The error summary of a page with one row."""
    return _summary(_boxes(row), refused)


def _summary(boxes: Iterator[Box], refused: asking.Refusals) -> list[dict[str, str]]:
    first = {box.path.html: f"{box.path.html}-{box.steps[0][0]}" if box.steps else box.path.html for box in boxes}
    return [{"text": refusal.sentence, "href": f"#{first.get(name, name)}"} for name, refusal in refused.items()]


def _boxes(asked: Any) -> Iterator[Box]:
    if isinstance(asked, Box):
        yield asked
    elif isinstance(asked, BoxRows | BoxRow):
        for inner in asked.rows if isinstance(asked, BoxRows) else asked.boxes:
            yield from _boxes(inner)
