"""One list of the work of a dossier: each part of each document, how far it is, what lacks, who has to act and until when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app import clock
from app.store import Document, Dossier, Person, Store
from app.workflow import access, deadlines, dossiers, editing, outdated, programmes, resolving, states, surroundings, tasks
from forms import FORMS
from forms.view import Formatter


@dataclass(frozen=True)
class Work:
    """A part of a document, or a copy of it. `part` is 'key' or 'key.subject'; `state` and `who` (roles) are msgids; `whose` is a name."""

    document: Document
    part: str
    title: str
    subject: str
    whose: str
    state: str
    lacking: int
    who: tuple[str, ...]
    until: date | None
    outdated: bool
    own: bool
    """Whether it is about the person who asks: their card, their authorizations, their logbook."""

    @property
    def late(self) -> bool:
        """Whether it should have been done before today."""
        return self.until is not None and bool(self.who) and self.until < clock.today()


def of(store: Store, person: Person, dossier: Dossier, fmt: Formatter) -> tuple[Work, ...]:
    """Every part the person sees, in the order of the registry. Raises NotFound for a dossier that is not theirs."""
    access.require(store, person, "view", dossier)
    return tuple(work for document in surroundings.current(store, dossier) for work in _of(store, person, document, fmt))


def _of(store: Store, person: Person, document: Document, fmt: Formatter) -> Iterator[Work]:
    if not access.can(store, person, "view", document):
        return
    form, view = FORMS[document.form], dossiers.view_of(store, document)
    typed = dossiers.typed(store, document)
    at = resolving.reading(form, resolving.filled(form, typed, view), view, fmt)
    lacks = Counter(editing.part_of(form, problem.path) for problem in resolving.lacking(form, typed, view, fmt))
    old, mine = outdated.is_outdated(store, document), access.reach_of(store, person, document).subjects
    for part in states.parts(store, document):
        if access.can(store, person, "view", document, part.part):
            spec = next(each for each in form.parts if each.key == part.part.partition(".")[0])
            names = at.names(spec.subject or form.subject) if spec.subject or form.subject else {}
            state = part.state if document.state in editing.OPEN else document.state
            yield Work(
                document, part.part, part.title, part.subject, names.get(part.subject or document.subject, ""), programmes.STATES[state],
                lacks[part.part] if state in ("draft", "observed") else 0, _who(store, tasks.Step(document, part.part, state)),
                _until(store, document, part.part, state), old,
                (part.subject or document.subject) in mine,
            )


def _who(store: Store, step: tasks.Step) -> tuple[str, ...]:
    """The roles that have to act, in words; none once it is settled."""
    return tuple(tasks.roles(store, step)) if step.state in tasks.WAITING else ()


def _until(store: Store, document: Document, part: str, state: str) -> date | None:
    """When what waits should be done: the step's days, else when the document is due."""
    if state == "draft":
        return deadlines.of(store, document, part)
    return deadlines.step(store, document, state) if state in ("observed", "submitted", "signing") else None
