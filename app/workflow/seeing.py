"""How much of a document one person is shown: each part, and each copy of it, as the matrix of roles says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from app.store import Document, Person, Store
from app.workflow import access, editing
from app.workflow.naming import place_of
from app.workflow.resolving import AUDIENCES, Audience
from forms import FORMS
from forms.path import AnswerPath
from forms.spec import Form, Part, Section
from forms.values import ID, Answers, Json, rows_of


@dataclass(frozen=True)
class Reader(Audience):
    """One person: part, or copy of it ('key.subject'), → the audience they belong to there. What is not in it does not exist."""

    parts: Mapping[str, Audience] = field(default_factory=dict)

    def narrowed(self, form: Form, known: Answers) -> tuple[Form, Answers]:
        kept: list[Part] = []
        answers = known
        for part in form.parts:
            seen = {name: audience for name, audience in self.parts.items() if name.partition(".")[0] == part.key}
            if not seen:
                answers = {key: value for key, value in answers.items() if key not in {kind.key for kind in part.kinds}}
                continue
            narrow, answers = max(seen.values(), key=lambda each: each.width).narrowed(_only(form, part), answers)
            kept += narrow.parts
            if part.subject:
                answers = {**answers, part.key: self._copies(form, part, answers.get(part.key), seen)}
        return replace(form, parts=tuple(kept), narrow=True), answers

    def _copies(self, form: Form, part: Part, value: Json, seen: Mapping[str, Audience]) -> Json:
        """The copies this person is shown, each with what its audience has."""
        found: list[Json] = []
        for row in rows_of(value):
            audience = seen.get(f"{part.key}.{row[ID]}", seen.get(part.key))
            if audience is not None:
                narrow, _ = audience.narrowed(_only(form, part), {})
                keys = {each.key for each in narrow.parts[0].fields}
                found += [{key: each for key, each in row.items() if key in keys | {ID}}] if keys else []
        return found


def reader(store: Store, person: Person, document: Document, record: bool = False) -> Reader:
    """The person as an audience of the document, or of its `record`, which has nothing restricted and no health even for who fills it."""
    seen = access.sees(store, person, document).parts
    names = {name: "dossier" if record and audience == access.OWN else audience for name, audience in seen.items()}
    return Reader(person.id, parts={name: AUDIENCES[audience] for name, audience in names.items()})


def section_for(store: Store, person: Person, document: Document, part: Part, section: Section, subject: str) -> Section | None:
    """A section as the person may know it; None if they do not see that part, or that copy of it."""
    audience = access.sees(store, person, document).audience(part.key, subject)
    if not audience:
        return None
    narrow, _ = AUDIENCES[audience].narrowed(_only(FORMS[document.form], part), {})
    return next((each for each in narrow.parts[0].sections if each.key == section.key), None)


def readable(store: Store, person: Person, document: Document) -> Callable[[AnswerPath], bool]:
    """Whether the person may read the answer at a path."""
    form, seen = FORMS[document.form], access.sees(store, person, document)

    def reads(path: AnswerPath) -> bool:
        key, _, subject = editing.part_of(form, path).partition(".")
        audience = AUDIENCES.get(seen.audience(key, subject))
        return audience is not None and _has(audience, form, path)

    return reads


def _has(audience: Audience, form: Form, path: AnswerPath) -> bool:
    """Whether an audience is shown what stands at a path."""
    place = place_of(form, path)
    if place is None:
        return not audience.keys
    return all(map(audience.sees, place.kinds)) and (not audience.keys or place.field.key in audience.keys)


def _only(form: Form, part: Part) -> Form:
    return replace(form, parts=(part,), narrow=True)

