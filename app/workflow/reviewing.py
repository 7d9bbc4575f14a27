"""Check-your-answers: every answer as it reads, and what stands between the document and its submission."""

from __future__ import annotations

from dataclasses import replace

from app.store import Document, Person, Store
from app.workflow import access, dossiers, editing, resolving, seeing
from app.workflow.completeness import Check, RuleResult, SectionCheck, checked_answers
from app.workflow.seeing import Reader
from forms import FORMS
from forms.spec import Form
from forms.view import Formatter

__all__ = ["Check", "RuleResult", "SectionCheck", "check"]


def check(store: Store, person: Person, document: Document, fmt: Formatter) -> Check:
    """What the person is shown of the document as it stands, in their language. Raises NotFound for what they do not see."""
    access.require(store, person, "view", document)
    form, answers, view = FORMS[document.form], dossiers.typed(store, document), dossiers.view_of(store, document)
    audience = seeing.reader(store, person, document)
    shown = resolving.resolve(form, answers, view, audience, fmt, dossiers.imprint(store, document, fmt, view)).sections
    fillable = editing.opening(store, person, document).anything and access.can(store, person, "fill", document)
    return _theirs(replace(checked_answers(form, answers, view, fmt), shown=shown, fillable=fillable), form, audience)


def _theirs(found: Check, form: Form, audience: Reader) -> Check:
    """What is said of the parts the person is shown."""

    def seen(part: str) -> bool:
        return part in audience.parts or part.partition(".")[0] in audience.parts

    sections = tuple(each for each in found.sections if seen(f"{each.part}.{each.subject}" if each.subject else each.part))
    problems = tuple(each for each in found.problems if seen(editing.part_of(form, each.path)))
    rules = tuple(each for each in found.rules if each.owner is None or seen(editing.part_of(form, each.owner)))
    return replace(found, sections=sections, problems=problems, rules=rules)
