"""Check-your-answers and the task list: what is wrong, what is missing, what the rules say, section by section."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from app.store import Document, Dossier, Person, Store, Unit
from app.workflow import access, dossiers, resolving
from app.workflow.naming import place_of
from forms import FORMS
from forms.kinds.base import Problem
from forms.rules import checked
from forms.spec import Form, Part, Section
from forms.values import ID, Answers, rows_of
from forms.view import DossierView, Facts, Formatter

State: TypeAlias = Literal["todo", "started", "problems", "done"]


@dataclass(frozen=True)
class SectionCheck:
    """A section of the task list: 'todo' nothing typed and something lacking, 'started', 'problems' something wrong, 'done' nothing lacking."""

    part: str
    key: str
    number: str
    title: str
    subject: str
    state: State
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class RuleResult:
    """What a rule says: `problems` are empty where it holds; `waits` where there is nothing yet to compare with."""

    id: str
    owner: str
    gate: str
    blocks: bool
    waits: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Check:
    """Everything between a document and its submission, in the form's order."""

    sections: tuple[SectionCheck, ...]
    problems: tuple[Problem, ...]
    rules: tuple[RuleResult, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing lacks and no rule stands in the way."""
        return not self.problems and not any(rule.blocks and rule.problems for rule in self.rules)

    @property
    def done(self) -> int:
        return sum(section.state == "done" for section in self.sections)


@dataclass(frozen=True)
class Listed:
    """One line of the list of reports; `done` of `total` sections have all they need."""

    dossier: Dossier
    unit: Unit | None
    document: Document
    done: int
    total: int
    changed_at: object


def check(store: Store, person: Person, document: Document, fmt: Formatter) -> Check:
    """The document as it stands. Raises NotFound for what the person does not see."""
    access.require(store, person, "view", document)
    return checked_answers(FORMS[document.form], dossiers.typed(store, document), dossiers.view_of(store, document), fmt)


def checked_answers(form: Form, answers: Answers, view: DossierView, fmt: Formatter) -> Check:
    """The same for answers in hand."""
    known = resolving.filled(form, answers, view)
    at = resolving.reading(form, known, view, fmt)
    problems = tuple(resolving.lacking(form, answers, view, fmt))
    wrong = {problem.path for kind in form.kinds if kind.stored for problem in kind.problems(known.get(kind.key), part_path(kind.key), at)}
    rules = tuple(
        RuleResult(each.rule.id, each.rule.owner, each.rule.gate, each.rule.blocks, each.waits, each.problems) for each in checked(form.rules, Facts({}, known, view))
    )
    places = [(part, section, subject) for part in form.parts for section in part.sections for subject in _subjects(part, known)]
    sections = (_section(form, number, *place, answers, problems, wrong, fmt) for number, place in enumerate(places, 1))
    return Check(tuple(sections), problems, rules)
