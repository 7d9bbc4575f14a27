"""Section pages: fill, save, undo, rows in place, two people's texts."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from app import clock
from app.errors import TooManyRows
from app.web import asking, filling, standing
from app.web.asking import Refusal
from app.web.filling import Kept
from app.web.guard import person, rule, store
from app.web.language import _
from app.workflow import comments, undoing
from app.workflow import rows as table
from app.workflow.answering import Conflict, SectionPage
from app.workflow.comments import Note
from forms import FORMS
from forms.path import AnswerPath

blueprint = Blueprint("answering", __name__)
Answer = Any
WORKED = 409


@blueprint.get("/documentos/<document_id>/<section>")
@rule("view document")
def section(document_id: str, section: str) -> Answer:
    """A section to fill, or to read for those who may not."""
    return shown(filling.opened(section))


@blueprint.post("/documentos/<document_id>/<section>")
@rule("fill document", uploads=True)
def save(document_id: str, section: str) -> Answer:
    """Save the section and do what the button says."""
    page = filling.opened(section)
    do, _colon, about = request.form.get("do", "stay").partition(":")
    kept = filling.settled(page, chosen()) if do == "settle" else filling.keep(page, page.section.fields)
    return answered(page, kept, lambda: DO[do](page, path_of(about) if about else AnswerPath()) if do in DO else abort(400))


def answered(page: SectionPage, kept: Kept, go: Callable[[], Answer]) -> Answer:
    """What the person sees after a post: one line if the page saved itself, the two texts, what to correct, or the next place."""
    if request.headers.get("HX-Request") == "true":
        return told(page, kept)
    if isinstance(kept.result, Conflict):
        return conflict(page, kept.result)
    if kept.refused and request.form.get("do") not in BACK:
        return shown(filling.opened(page.section.key), kept), 422
    try:
        return go()
    except TooManyRows as refused:
        kept.refused[request.form["do"].partition(":")[2]] = Refusal(_(refused.message, **refused.places))
        return shown(filling.opened(page.section.key), kept), 422


def shown(page: SectionPage, kept: Kept | None = None) -> Answer:
    """The section's page, with what to correct and the person's own text."""
    refused = kept.refused if kept else wrong(page)
    items = filling.items(page, refused, kept.form.answers if kept else None)
    keys = [each.key for each in page.part.sections]
    return render_template(
        "section.html", **surroundings(page), items=items, summary=filling.summary(items, refused), wrong=asking.sentences(refused),
        removed=removed(), can_redo=page.can_redo, number=keys.index(page.section.key) + 1, total=len(keys),
        uploads=filling.uploads(item.asked for item in items if item.shape != "list"), here=bare(page), query=query(page),
    )


def surroundings(page: SectionPage) -> dict[str, object]:
    """What section and row pages say around the fields."""
    words = page.at.fmt.words
    return {
        "form_title": words(page.form.title), "title": page.title, "code": page.document.code, "section": page.section.key,
        "subject": page.subject,
        "document_id": page.document.id, "dossier_id": page.document.dossier_id, "revision": page.revision, "fillable": page.fillable,
        "home": f"/documentos/{page.document.id}", **_life(page),
    }


def _life(page: SectionPage) -> dict[str, object]:
    """Of a document that was sent once: where it stands, what was asked about each answer, which of them are open."""
    if f"{page.part.key}.{page.subject}" in page.opening.closed:
        title = page.at.fmt.words(FORMS[page.part.opens.partition(".")[0]].title)
        return {"stands": _("Se abre cuando esté firmado «{title}» de la misma persona.", title=title), "notes": {}, "opening": None}
    if page.document.state == "draft":
        return {"stands": "", "notes": {}, "opening": None}
    notes: dict[str, list[Note]] = {}
    for note in comments.of(store(), person(), page.document, page.at.fmt):
        notes.setdefault(note.path.html, []).append(note)
    opening = page.opening if page.fillable and not page.opening.everything else None
    return {"stands": standing.sentence(page.document), "notes": notes, "opening": opening}


def wrong(page: SectionPage) -> dict[str, Refusal]:
    """What no longer fits in answers that were stored, so that it can be corrected here."""
    words = page.at.fmt.words
    return {problem.path.html: Refusal(words(problem.message, **problem.places)) for problem in page.problems.values()}


def told(page: SectionPage, kept: Kept) -> Answer:
    """One line for a page that saved itself: the hour, or what stands in the way."""
    clashes = [clash.label for clash in kept.result.clashes] if isinstance(kept.result, Conflict) else []
    return render_template(
        "saved.html", clashes=clashes, wrong=asking.sentences(kept.refused), now=clock.now(), revision=kept.result.revision,
        document_id=page.document.id, section=page.section.key, subject=page.subject,
        title=page.title,
    )


def conflict(page: SectionPage, found: Conflict) -> Answer:
    """Both values of each answer, to choose from."""
    names = {clash.path.html for clash in found.clashes}
    kept = [(name, value) for name, value in request.form.items(multi=True)
            if name.endswith("-_rows") or any(name == clashed or name.startswith(f"{clashed}-") for clashed in names)]
    return render_template(
        "conflict.html", **surroundings(page), clashes=found.clashes, kept=kept, here=bare(page), query=query(page)
    ), WORKED


def path_of(html: str) -> AnswerPath:
    """The path a button names. Ends in 400 if it is none."""
    try:
        return AnswerPath.read(html)
    except ValueError:
        abort(400)


def chosen() -> frozenset[str]:
    """The answers whose own text is kept, of those two people changed."""
    return frozenset(name.removeprefix("keep-") for name, which in request.form.items() if name.startswith("keep-") and which == "mine")


def removed() -> str:
    """The row taken away by the last step, so that it can be brought back; '' if none."""
    return path_of(request.args["quitada"]).html if "quitada" in request.args else ""


def bare(page: SectionPage) -> str:
    return f"/documentos/{page.document.id}/{page.section.key}"


def query(page: SectionPage) -> str:
    """What the address says besides the section: whose part it is, and which rows of a long table are shown."""
    told = {name: value for name, value in request.args.items() if name.startswith("p-")} | ({"de": page.subject} if page.subject else {})
    return f"?{urlencode(told)}" if told else ""


def here(page: SectionPage, anchor: str = "", **more: str) -> str:
    """The address of the section's page."""
    told = {key: value for key, value in {"de": page.subject, **more}.items() if value}
    return bare(page) + (f"?{urlencode(told)}" if told else "") + (f"#{anchor}" if anchor else "")


def _stay(page: SectionPage, path: AnswerPath) -> Answer:
    return redirect(bare(page) + query(page))


def _next(page: SectionPage, path: AnswerPath) -> Answer:
    """The section after this one in its part; after the last, the page that shows all answers of the part."""
    keys = [each.key for each in page.part.sections]
    after = keys[keys.index(page.section.key) + 1 :]
    if after:
        return redirect(url_for("answering.section", document_id=page.document.id, section=after[0], de=page.subject or None))
    part = f"{page.part.key}.{page.subject}" if page.subject else page.part.key
    return redirect(url_for("reviewing.check", document_id=page.document.id, parte=part if len(page.form.parts) > 1 else None))


def _add(page: SectionPage, path: AnswerPath) -> Answer:
    if not path.steps or filling.table_of(page, path.steps[-1])[1].path != path:
        abort(404)
    added = table.add_row(store(), person(), page.document, path, key=filling.key("add"))
    return _at_row(page, path, added.row_id)


def _duplicate(page: SectionPage, path: AnswerPath) -> Answer:
    added = table.duplicate_row(store(), person(), page.document, path, key=filling.key("duplicate"))
    return _at_row(page, AnswerPath(path.steps[:-1]), added.row_id)


def _at_row(page: SectionPage, table: AnswerPath, row: str) -> Answer:
    """The new row: its own page if the table is wide, else its place in the section, on the page of rows that shows it."""
    key, asked = table.steps[-1], filling.table_of(filling.opened(page.section.key), table.steps[-1])[1]
    if filling.wide(asked):
        return redirect(f"{bare(page)}/{key}/{row}{query(page)}")
    number = 1 + [each.id for each in asked.rows].index(row) // filling.PAGE
    return redirect(here(page, f"{table.html}-{row}", **({f"p-{table.html}": str(number)} if number > 1 else {})))


def _remove(page: SectionPage, path: AnswerPath) -> Answer:
    table.remove_row(store(), person(), page.document, path, key=filling.key("remove"))
    return redirect(here(page, quitada=path.html))


def _bring(page: SectionPage, path: AnswerPath) -> Answer:
    table.restore_row(store(), person(), page.document, path, key=filling.key("bring"))
    return redirect(here(page, path.html))


def _moved(by: int) -> Callable[[SectionPage, AnswerPath], Answer]:
    def move(page: SectionPage, path: AnswerPath) -> Answer:
        table.move_row(store(), person(), page.document, path, by, key=filling.key(f"move{by}"))
        return redirect(here(page, path.html))

    return move


def _restore(page: SectionPage, path: AnswerPath) -> Answer:
    undoing.restore_source(store(), person(), page.document, path, key=filling.key("restore"))
    return redirect(here(page, path.html))


def _detach(page: SectionPage, path: AnswerPath) -> Answer:
    """Take a file away from its field; the file itself stays with the revisions that had it."""
    filling.emptied(page, path)
    return redirect(here(page, path.html))


def _undo(page: SectionPage, path: AnswerPath) -> Answer:
    """Back to before this person's last changes; what was typed until now is saved first, so that it can be brought back."""
    if undoing.undo(store(), person(), page.document, page.section.key, key=filling.key("undo")) is None:
        flash(_("No hay cambios suyos que deshacer en esta sección."), "note")
    return redirect(here(page))


def _redo(page: SectionPage, path: AnswerPath) -> Answer:
    undoing.redo(store(), person(), page.document, page.section.key, key=filling.key("redo"))
    return redirect(here(page))


DO: dict[str, Callable[[SectionPage, AnswerPath], Answer]] = {
    "stay": _stay, "next": _next, "settle": _stay, "add": _add, "duplicate": _duplicate, "remove": _remove, "bring": _bring,
    "up": _moved(-1), "down": _moved(+1), "restore": _restore, "detach": _detach,
    "undo": _undo, "redo": _redo,
}
"""What a button does once the page is saved; its value is the name and, after a colon, the path it is about."""
FIELD = ("restore", "detach")
"""Buttons of one field."""
BACK = ("undo", "redo")
"""Buttons that do not wait for what is to be corrected."""
