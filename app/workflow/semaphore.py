"""The semaphore of a dossier: every rule of its documents, and whether it holds; grey where the other document is still empty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from app.errors import N_
from app.store import Document, Dossier, Person, Store
from app.workflow import access, dossiers, resolving, surroundings
from app.workflow.naming import place_of
from forms import FORMS
from forms.kinds.base import Problem
from forms.path import AnswerPath
from forms.rules import Checked, checked
from forms.spec import Form
from forms.view import Facts, Formatter

Colour: TypeAlias = Literal["green", "red", "amber", "grey"]
HOLDS: Final = N_("Se cumple.")
WAITS: Final = N_("Se comprueba cuando el otro documento esté lleno.")
UNTOUCHED: Final = N_("Se comprueba cuando este documento se empiece a llenar.")
OVER: Final = frozenset({"superseded", "void"})


@dataclass(frozen=True)
class Light:
    """What a rule says of one document. `section`, `part` and `subject` lead to the page of the answer at `path`; '' to the document."""

    rule: str
    colour: Colour
    sentence: str
    document: Document
    path: AnswerPath = AnswerPath()
    part: str = ""
    section: str = ""
    subject: str = ""
    gate: str = ""


def semaphore(store: Store, person: Person, dossier: Dossier, fmt: Formatter) -> tuple[Light, ...]:
    """The lights a person may see, in the reader's words. Raises NotFound for a dossier that is not theirs."""
    access.require(store, person, "view", dossier)
    return tuple(light for light in of(store, dossier, fmt) if _sees(store, person, light))


def of(store: Store, dossier: Dossier, fmt: Formatter) -> tuple[Light, ...]:
    """All lights of a dossier, document by document in the order of the registry, red before amber in each."""
    documents = (each for each in surroundings.current(store, dossier) if each.state not in OVER and FORMS[each.form].rules)
    return tuple(light for document in documents for light in _of(store, document, fmt))


def _of(store: Store, document: Document, fmt: Formatter) -> Iterator[Light]:
    form, typed = FORMS[document.form], dossiers.typed(store, document)
    if not typed:
        yield from (Light(rule.id, "grey", fmt.words(UNTOUCHED), document, gate=rule.gate) for rule in form.rules)
        return
    view = dossiers.view_of(store, document)
    facts = Facts({}, resolving.filled(form, typed, view), view, subject=document.subject)
    for found in checked(form.rules, facts):
        yield from _lights(form, document, found, fmt)


def _lights(form: Form, document: Document, found: Checked, fmt: Formatter) -> Iterator[Light]:
    rule = found.rule
    if not found.problems:
        colour, sentence = ("grey", WAITS) if found.waits else ("green", HOLDS)
        yield Light(rule.id, colour, fmt.words(sentence), document, gate=rule.gate)  # type: ignore[arg-type]
    for problem in found.problems:
        yield _lit(form, document, problem, rule.id, "red" if rule.blocks else "amber", rule.gate, fmt)


def _lit(form: Form, document: Document, problem: Problem, rule: str, colour: Colour, gate: str, fmt: Formatter) -> Light:
    place = place_of(form, problem.path) if problem.path.steps else None
    sentence = fmt.words(problem.message, **{name: fmt.words(told) if name == "label" else told for name, told in problem.places.items()})  # type: ignore[arg-type]
    if place is None:
        return Light(rule, colour, sentence, document, problem.path, gate=gate)
    return Light(rule, colour, sentence, document, problem.path, place.part.key, place.section.key, place.subject, gate)


def _sees(store: Store, person: Person, light: Light) -> bool:
    part = f"{light.part}.{light.subject}" if light.subject else light.part
    return access.can(store, person, "view", light.document, part)
