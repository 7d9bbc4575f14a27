"""Answer sets made from the definition alone: the least a form accepts, and the most it can hold. For tests, benches and trial prints."""
from __future__ import annotations

from forms.kinds import row_id
from forms.spec import Form, Part
from forms.values import ID, Answers, Json, rows_of
from forms.view import BARE, DossierView, Facts


def minimal(form: Form, dossier: DossierView = BARE) -> dict[str, Json]:
    """Only what is required, as short as it may be, in as few rows as there must be."""
    return _made(form, False, dossier)


def maximal(form: Form, dossier: DossierView = BARE) -> dict[str, Json]:
    """Everything that can be asked at once, at its upper limits, in as many rows as there may be."""
    return _made(form, True, dossier)


def _made(form: Form, full: bool, dossier: DossierView) -> dict[str, Json]:
    known: dict[str, Json] = {}
    for part in form.parts:
        if part.subject:
            copies = _copies(part, full, _subjects(form, part, known, dossier), dossier)
            known |= {part.key: copies} if copies else {}
        else:
            known |= _answers(part, full, known, dossier)
    return known


def _answers(part: Part, full: bool, before: Answers, dossier: DossierView) -> dict[str, Json]:
    known = dict(before)
    for kind in part.kinds:
        if kind.stored and (full or kind.required) and kind.wanted(Facts({}, known, dossier)):
            known[kind.key] = kind.sample(full)
    return known


def _subjects(form: Form, part: Part, known: Answers, dossier: DossierView) -> list[str]:
    """Ids of those a part is filled for: rows of this form, of the dossier's, or one that is made up."""
    owner, _, table = part.subject.rpartition(".")
    answers = known if owner in ("", form.code) else dossier.answers(owner)
    return [str(row[ID]) for row in rows_of(answers.get(table))] or [row_id(f"sample/{table}/0")]


def _copies(part: Part, full: bool, subjects: list[str], dossier: DossierView) -> list[Json]:
    """A copy for each subject; where nothing is asked there is none."""
    return [{ID: subject, **copy} for n, subject in enumerate(subjects) if (copy := _copy(part, full, n, dossier))]


def _copy(part: Part, full: bool, n: int, dossier: DossierView) -> dict[str, Json]:
    row: dict[str, Json] = {}
    for kind in part.fields:
        if kind.stored and (full or kind.required) and kind.wanted(Facts(row, {}, dossier)):
            row[kind.key] = kind.sample(full, n)
    return row
