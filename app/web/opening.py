"""Opening an exchange: its facts, its people and who travels, asked by kinds like answers."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from app.errors import BadFile, Invalid
from app.store import Dossier
from app.web import asking
from app.web.asking import Refusal
from app.web.files import attachment
from app.web.filling import Item, summary
from app.web.guard import person, rule, store
from app.web.language import _, fmt
from app.workflow import exchanges, resolving, travellers
from app.workflow.intake import WrongAnswers
from forms.opening import OPENING, TRAVELLER
from forms.spec import Form, Section
from forms.values import EMPTY, Answers, mapping
from forms.view import BARE, Reading

blueprint = Blueprint("opening", __name__)
Answer = Any
LIST_MB = 1
SECTIONS = {section.key: section for section in OPENING.sections}
PEOPLE = SECTIONS["people"].fields
TYPED = "travellers"
"""The box for travellers typed one to a line."""


@blueprint.get("/intercambios/nuevo")
@rule("opens exchanges")
def new() -> Answer:
    """What is known of the exchange, who has a role in it, who travels."""
    return _asked({}, {})


def reading(answers: Answers, form: Form = OPENING) -> Reading:
    """What an opening's kinds need, in the reader's words."""
    return resolving.reading(form, answers, BARE, fmt())


def line(name: str, around: Dossier) -> str:
    """One fact of an exchange in one line."""
    return OPENING.field(name).line(around.facts.get(name), reading(around.facts))


def items(section: Section, answers: Answers, refused: asking.Refusals, form: Form = OPENING) -> list[Item]:
    """A section of an opening as it is asked."""
    boxes = (each for _kind, asked in asking.boxes(section.fields, answers, reading(answers, form)) for each in asked)
    return [Item(type(each).__name__.lower(), asking.retyped(each, refused)) for each in boxes]


def _asked(answers: Answers, refused: Mapping[str, Refusal], lines: list[str] | None = None) -> Answer:
    asked = {key: items(section, answers, refused) for key, section in SECTIONS.items()}
    every = [item for held in asked.values() for item in held]
    problems = [*summary(every, refused), *({"text": line, "href": f"#{TYPED}"} for line in lines or ())]
    typed = request.form.get(TYPED, "")
    return render_template(
        "exchange/new.html", asked=asked, wrong=asking.sentences(refused), summary=problems, lines=lines or [], typed=typed,
        columns=_columns(),
    )


def _columns() -> list[str]:
    return [_(kind.label) for kind in TRAVELLER]


@blueprint.post("/intercambios/nuevo")
@rule("opens exchanges", megabytes=LIST_MB + 1)
def start() -> Answer:
    """Open it, or say what is missing; nothing typed is lost."""
    form = asking.posted(OPENING.kinds, {}, request.form, reading({}))
    answers = {key: value for key, value in form.answers.items() if value not in EMPTY and not blank(value)}
    refused = {**missing(OPENING, answers), **dict(form.refusals())}
    rows, lines = _travellers()
    if refused or lines:
        return _asked(answers, refused, lines), 422
    try:
        opened = _open(answers, rows)
    except WrongAnswers as wrong:
        return _asked(answers, told(wrong)), 422
    except Invalid as wrong:
        return _asked(answers, {}, [_(wrong.message, **wrong.places)]), 422
    flash(_("El intercambio está abierto. Cada persona con una función recibió un correo con su enlace."), "done")
    return redirect(url_for("dossiers.page", dossier_id=opened))


def _open(answers: Answers, rows: tuple[Answers, ...]) -> str:
    people = {kind.key: mapping(answers[kind.key]) for kind in PEOPLE if kind.key in answers}
    facts = {key: value for key, value in answers.items() if key not in people}
    return exchanges.open_exchange(store(), person(), facts, people, rows, key=request.form.get("key", "")).id


def missing(form: Form, answers: Answers) -> dict[str, Refusal]:
    """What an opening asks for and was left empty, each with its sentence."""
    words = fmt().words
    lacks = resolving.lacking(form, answers, BARE, fmt())
    return {problem.path.html: Refusal(words(problem.message, **worded(problem.places))) for problem in lacks}


def blank(value: object) -> bool:
    """Whether a group has nothing in it."""
    return isinstance(value, Mapping) and all(inner in EMPTY for inner in value.values())


def told(wrong: WrongAnswers) -> dict[str, Refusal]:
    """What to say at each field."""
    words = fmt().words
    return {problem.path.html: Refusal(words(problem.message, **worded(problem.places))) for problem in wrong.problems}


def worded(places: Mapping[str, object]) -> dict[str, object]:
    """The places of a sentence in the reader's words."""
    return {name: fmt().words(value) if isinstance(value, str) else value for name, value in places.items()}


def _travellers() -> tuple[tuple[Answers, ...], list[str]]:
    """The travellers of the list that was sent, or typed one to a line; and a sentence for each line that cannot be taken."""
    sent, typed = request.files.get("list"), request.form.get(TYPED, "").strip()
    headed = sent is not None and bool(sent.filename)
    data = sent.read() if sent is not None and headed else typed.encode()
    if not data:
        return (), []
    try:
        found = travellers.travellers_of_csv(data, fmt(), headed)
    except BadFile as refused:
        return (), [_(refused.message, **refused.places)]
    return found.rows, [_(each.message, **each.places) for each in found.problems]


@blueprint.get("/intercambios/plantilla-de-viajeros.csv")
@rule("opens exchanges")
def template() -> Answer:
    """An empty list of travellers, with its columns."""
    return attachment((";".join(_columns()) + "\r\n").encode("utf-8-sig"), "viajeros.csv", "text/csv")
