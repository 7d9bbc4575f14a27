"""Check-your-answers: every answer as it reads, and what stands between the document and its submission."""

from __future__ import annotations

from dataclasses import replace

from app.store import Document, Person, Store
from app.workflow import access, dossiers, editing, resolving
from app.workflow.completeness import Check, RuleResult, SectionCheck, checked_answers
from forms import FORMS
from forms.view import Formatter

__all__ = ["Check", "RuleResult", "SectionCheck", "check"]


def check(store: Store, person: Person, document: Document, fmt: Formatter) -> Check:
    """The document as it stands, in the reader's language. Raises NotFound for what the person does not see."""
    access.require(store, person, "view", document)
    form, answers, view = FORMS[document.form], dossiers.typed(store, document), dossiers.view_of(store, document)
    shown = resolving.resolve(form, answers, view, resolving.OWN, fmt, dossiers.imprint(store, document, fmt, view)).sections
    fillable = editing.opening(store, person, document).anything and access.can(store, person, "fill", document)
    return replace(checked_answers(form, answers, view, fmt), shown=shown, fillable=fillable)
