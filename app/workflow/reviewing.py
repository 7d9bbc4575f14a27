"""Check-your-answers: every answer as it reads, and what stands between the document and its submission."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.store import Document, Person, Store
from app.workflow import access, dossiers, editing, resolving, seeing, states
from app.workflow.completeness import Check, RuleResult, SectionCheck, checked_answers
from app.workflow.seeing import Reader
from forms import FORMS
from forms.spec import Form
from forms.view import Formatter

__all__ = ["Check", "RuleResult", "SectionCheck", "SeenPart", "check", "parts"]


def check(store: Store, person: Person, document: Document, fmt: Formatter, part: str = "") -> Check:
    """What the person is shown of the document as it stands, in their language; what lacks, of one part only if asked.

    Raises NotFound for what they do not see.
    """
    access.require(store, person, "view", document)
    form, answers, view = FORMS[document.form], dossiers.typed(store, document), dossiers.view_of(store, document)
    audience = seeing.reader(store, person, document)
    shown = resolving.resolve(form, answers, view, audience, fmt, dossiers.imprint(store, document, fmt, view)).sections
    fillable = editing.opening(store, person, document).anything and access.can(store, person, "fill", document)
    found = _theirs(replace(checked_answers(form, answers, view, fmt), shown=shown, fillable=fillable), form, audience)
    return _about(found, form, part) if part else found


@dataclass(frozen=True)
class SeenPart:
    """A part somebody sees, or one copy of it: `part` as actions take it; `title` and `whose` in their words; `own` if it is about them."""

    part: str
    title: str
    whose: str
    state: str
    own: bool

    @property
    def key(self) -> str:
        """Of the part, whoever the copy is about."""
        return self.part.partition(".")[0]

    @property
    def called(self) -> str:
        """'Viaje · 03 · Ana'."""
        return " · ".join(filter(None, (self.title, self.whose)))


def _names(store: Store, document: Document, fmt: Formatter) -> dict[str, str]:
    """What those are called whom the copies of a document's parts are about, by subject."""
    form, view = FORMS[document.form], dossiers.view_of(store, document)
    tables = {part.subject for part in form.parts if part.subject}
    if not tables:
        return {}
    at = resolving.reading(form, resolving.filled(form, dossiers.typed(store, document), view), view, fmt)
    return {subject: name for table in sorted(tables) for subject, name in at.names(table).items()}


def parts(store: Store, person: Person, document: Document, fmt: Formatter) -> tuple[SeenPart, ...]:
    """The parts of a document the person sees, in the order of the form; of each the person's own copy first."""
    called, mine = _names(store, document, fmt), access.reach_of(store, person, document).subjects
    every = [each for each in states.parts(store, document) if access.can(store, person, "view", document, each.part)]
    found = [
        SeenPart(each.part, fmt.words(each.title), called.get(each.subject, ""), each.state, each.subject in mine) for each in every
    ]
    return tuple(sorted(found, key=lambda each: (_first(found, each), not each.own)))


def _first(every: list[SeenPart], part: SeenPart) -> int:
    """Where copies of the same part begin."""
    return next(place for place, each in enumerate(every) if each.key == part.key)


def _theirs(found: Check, form: Form, audience: Reader) -> Check:
    """What is said of the parts the person is shown."""

    def seen(part: str) -> bool:
        return part in audience.parts or part.partition(".")[0] in audience.parts

    sections = tuple(each for each in found.sections if seen(f"{each.part}.{each.subject}" if each.subject else each.part))
    problems = tuple(each for each in found.problems if seen(editing.part_of(form, each.path)))
    rules = tuple(each for each in found.rules if each.owner is None or seen(editing.part_of(form, each.owner)))
    return replace(found, sections=sections, problems=problems, rules=rules)


def _about(found: Check, form: Form, part: str) -> Check:
    """What lacks in one part, or one copy of it; rules about the whole document stay."""
    problems = tuple(each for each in found.problems if editing.part_of(form, each.path) == part)
    rules = tuple(each for each in found.rules if each.owner is None or editing.part_of(form, each.owner) == part)
    return replace(found, problems=problems, rules=rules)
