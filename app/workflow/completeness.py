"""How far answers are from submission: what is wrong, what is missing, what the rules say, section by section."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from app.workflow import resolving
from app.workflow.naming import place_of, value_at
from forms.kinds.base import Problem
from forms.path import AnswerPath
from forms.resolved import ShownSection
from forms.rules import Rule, checked
from forms.spec import Form, Part, Section
from forms.values import ID, Answers, rows_of
from forms.view import DossierView, Facts, Formatter, Reading

State: TypeAlias = Literal["todo", "started", "problems", "done"]
BEFORE_SENDING: Final = frozenset({"save", "submit", "system"})
"""Gates of the rules that keep a document from being sent; the others act later."""


@dataclass(frozen=True)
class SectionCheck:
    """A section of the task list. 'todo': nothing typed yet; 'problems': something is wrong; 'done': nothing lacks."""

    part: str
    key: str
    number: str
    title: str
    subject: str
    state: State
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class RuleResult:
    """What a rule that does not hold says, and at which answer; it stands in the way of its `gate` if it `blocks`, else it warns."""

    code: str
    blocks: bool
    message: str
    places: Mapping[str, object]
    owner: AnswerPath | None
    gate: str
    part: str = ""
    """The part whose step it stands in the way of."""

    @property
    def stops(self) -> bool:
        """Whether it keeps its part from being sent; others warn, or act at a later gate."""
        return self.blocks and self.gate in BEFORE_SENDING


@dataclass(frozen=True)
class Check:
    """Everything between a document and its submission, in the form's order."""

    sections: tuple[SectionCheck, ...]
    problems: tuple[Problem, ...]
    rules: tuple[RuleResult, ...]
    shown: tuple[ShownSection, ...] = ()
    """Every answer as it reads, where the whole page is asked for."""
    fillable: bool = False
    """Whether who looks may correct something."""

    @property
    def ready(self) -> bool:
        """Whether nothing lacks and no rule stands in the way."""
        return not self.problems and not any(rule.stops for rule in self.rules)

    @property
    def done(self) -> int:
        return sum(section.state == "done" for section in self.sections)


def checked_answers(form: Form, answers: Answers, view: DossierView, fmt: Formatter) -> Check:
    """The same for answers in hand."""
    known = resolving.filled(form, answers, view)
    problems = tuple(resolving.lacking(form, answers, view, fmt))
    wrong = frozenset(_wrong(form, known, resolving.reading(form, known, view, fmt)))
    found = checked(form.rules, Facts({}, known, view))
    rules = tuple(_said(form, each.rule, problem) for each in found for problem in each.problems)
    blocking = (each for each in found if each.rule.blocks and each.rule.gate in BEFORE_SENDING)
    told = (*problems, *(problem for each in blocking for problem in each.problems))
    every = [(part, section, subject) for part, run in form.places for subject in _subjects(part, known) for section in run]
    places = [place for place in every if _asks(place, known)]
    sections = tuple(_section(str(number), form, place, answers, told, wrong, fmt) for number, place in enumerate(places, 1))
    return Check(sections, problems, rules)


def _asks(place: tuple[Part, Section, str], known: Answers) -> bool:
    """Whether a section asks something of this dossier: what its conditions deny is not among the answers."""
    part, section, subject = place
    rows = [row for row in rows_of(known.get(part.key)) if row[ID] == subject] if part.subject else [known]
    return any(kind.key in row for row in rows for kind in section.fields)


def _said(form: Form, rule: Rule, problem: Problem) -> RuleResult:
    owner = problem.path if problem.path.steps else None
    return RuleResult(rule.id, rule.blocks, problem.message, problem.places, owner, rule.gate, owner_of(form, rule))


def owner_of(form: Form, rule: Rule) -> str:
    """The part in whose way a rule stands: that of the field it belongs to, '' for the whole form."""
    key = rule.owner.partition(".")[2]
    return next((part.key for part in form.parts if key == part.key or key in {field.key for field in part.fields}), "")


def _wrong(form: Form, known: Answers, at: Reading) -> Iterator[AnswerPath]:
    """Where something stands that may not, apart from what is only missing."""
    for kind in form.kinds:
        if kind.stored and kind.key in known:
            yield from (problem.path for problem in kind.problems(known[kind.key], AnswerPath((kind.key,)), at))


def _subjects(part: Part, known: Answers) -> list[str]:
    return [str(row[ID]) for row in rows_of(known.get(part.key)) if part.asks(row)] if part.subject else [""]


def _section(
    number: str,
    form: Form,
    place: tuple[Part, Section, str],
    answers: Answers,
    told: tuple[Problem, ...],
    wrong: frozenset[AnswerPath],
    fmt: Formatter,
) -> SectionCheck:
    part, section, subject = place
    mine = tuple(problem for problem in told if _stands(form, problem.path, section, subject))
    typed = any(value_at(answers, part.base(subject) / kind.key) is not None for kind in section.fields)
    state: State = "problems" if any(problem.path in wrong for problem in mine) else "done" if not mine else "started" if typed else "todo"
    return SectionCheck(part.key, section.key, number, fmt.words(section.title), subject, state, mine)


def _stands(form: Form, path: AnswerPath, section: Section, subject: str) -> bool:
    place = place_of(form, path)
    return place is not None and place.section == section and place.subject == subject
