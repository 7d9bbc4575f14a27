"""What every write shares: the document as it stands, one transaction, one revision with its event, one remembered answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from app.store import Document, Person, Store
from app.workflow import access, dossiers, editing, freezing, opening, resolving
from forms import FORMS
from forms.changes import assembled, leaves
from forms.kinds.base import Problem
from forms.path import AnswerPath
from forms.rules import checked
from forms.spec import Form
from forms.values import EMPTY, ORDER, READ, Answers, Json, RowId, mapping, rows_of
from forms.view import DossierView, Facts, Formatter, Reading

Changes: TypeAlias = Mapping[AnswerPath, Json]
UNDONE, REDONE = "answers_undone", "answers_redone"


@dataclass(frozen=True)
class Saved:
    """What was written: the revision it became, whether others had saved in between, what could not be taken, what clashed."""

    revision: int
    merged: bool = False
    changed: tuple[AnswerPath, ...] = ()
    refused: tuple[Problem, ...] = ()
    clashed: tuple[AnswerPath, ...] = ()
    row: RowId = ""
    """The row that was added."""


@dataclass(frozen=True)
class Now:
    """A document at one revision: what was typed (`leaves`), and everything with prefill and totals (`answers`)."""

    form: Form
    view: DossierView
    revision: int
    leaves: dict[AnswerPath, Json]
    answers: Answers
    copied: frozenset[AnswerPath] = frozenset()
    """What nobody typed here: it was copied from its source when the document was submitted."""

    @property
    def shown(self) -> dict[AnswerPath, Json]:
        """The pieces of everything that is asked, typed or read through."""
        return leaves(self.form, self.answers)

    @property
    def own(self) -> dict[AnswerPath, Json]:
        """What was typed here, less what was given back to its source."""
        tops = {path.steps[0] for path, value in self.leaves.items() if value is not None}
        return {path: value for path, value in self.leaves.items() if path.steps[0] in tops}

    def typed(self, path: AnswerPath) -> bool:
        """Whether the answer at a path, or anything below it, was typed in this document."""
        return any(value is not None and known.steps[: len(path.steps)] == path.steps for known, value in self.leaves.items())

    def reading(self, fmt: Formatter) -> Reading:
        """How the answers read in the language of `fmt`."""
        typed = {path: value for path, value in self.leaves.items() if path not in self.copied}
        return resolving.reading(self.form, self.answers, self.view, fmt, typed=assembled(typed))


def now(store: Store, document: Document, view: DossierView, upto: int | None = None) -> Now:
    """The document as it stood at revision `upto`, by default as it stands."""
    form = FORMS[document.form]
    revision = store.documents.get(document.id).revision if upto is None else upto
    known = {AnswerPath.read(path): value for path, value in store.revisions.leaves(document.id, revision).items()}
    return replace(at(form, view, revision, known), copied=freezing.copied(store, document))


def at(form: Form, view: DossierView, revision: int, known: dict[AnswerPath, Json]) -> Now:
    """A document with these leaves; what a condition hides is kept, so that nothing typed is lost."""
    return Now(form, view, revision, known, resolving.filled(form, assembled(known), view, keeping=True))


def write(
    store: Store,
    person: Person,
    document: Document,
    section: str,
    changes: Changes,
    current: Now,
    kind: str = "answers_saved",
    base: int | None = None,
) -> Saved:
    """One revision on top of `current`, which was read in this transaction. Without changes nothing is written.

    Raises Locked for an answer that is not this person's to write now. What a rule does not let stand is refused in its words.
    """
    editing.check(store, person, document, changes)
    refused = _against_rules(current, changes)
    changes = {path: value for path, value in changes.items() if not any(_about_one(path, each.path) for each in refused)}
    spelled = {path.pdf: value for path, value in changes.items()}
    revision = store.revisions.append(
        document.id, current.revision, person.id, section, spelled, secret=secret(store, document, changes, person), base=base, kind=kind
    )
    if opening.touched(document, changes):
        opening.ensured(store, document.dossier_id, person.id)
    return Saved(revision, changed=tuple(sorted(changes)), refused=refused)


def _against_rules(current: Now, changes: Changes) -> tuple[Problem, ...]:
    """What the rules at the gate 'save' say about answers that would be written; taking an answer away is always allowed."""
    rules = [rule for rule in current.form.rules if rule.gate == "save" and rule.blocks]
    if not rules:
        return ()
    after = at(current.form, current.view, current.revision, {**current.leaves, **changes})
    found = (problem for each in checked(rules, Facts({}, after.answers, after.view)) for problem in each.problems)
    written = [path for path, value in changes.items() if value not in EMPTY and path.steps[-1] != ORDER]
    return tuple(problem for problem in found if any(_about_one(path, problem.path) for path in written))


def _about_one(path: AnswerPath, other: AnswerPath) -> bool:
    """Whether one path is the other, or above it."""
    return path.steps[: len(other.steps)] == other.steps or other.steps[: len(path.steps)] == path.steps


def secret(store: Store, document: Document, paths: Iterable[AnswerPath], person: Person) -> dict[str, str]:
    """The paths to encrypt, with the owner of the key that does: whom they are about, where that is known, else who types.

    Health has a key of its own in each dossier, so that it can be erased alone.
    """
    form, owners = FORMS[document.form], {}
    for path in paths:
        if path.steps[0] != READ and form.secret(path):
            owner = _about(store, document, path) or person.id
            owners[path.pdf] = f"{owner}:{document.dossier_id}" if form.sensitivity_at(path) == "health" else owner
    return owners


def _about(store: Store, document: Document, path: AnswerPath) -> str:
    """The id of the person a document, or the copy of a part a path lies in, is for; '' where nobody has come in for it."""
    copies = {part.key for part in FORMS[document.form].parts if part.subject}
    subject = path.steps[1] if path.steps[0] in copies and len(path.steps) > 1 else document.subject
    grants = store.grants.within("subject", f"{document.dossier_id}:{subject}") if subject else ()
    return grants[0].person_id if grants else ""


def once(store: Store, person: Person, document: Document, what: str, key: str, act: Callable[[Now], Saved]) -> Saved:
    """Check that the person may fill, then do `act` in one transaction; the same key again answers what it answered the first time."""
    access.require(store, person, "fill", document)
    view = dossiers.view_of(store, document)
    return _told(store.requests.once(key, person.id, f"{what}:{document.id}", lambda: _kept(act(now(store, document, view)))))


def _kept(saved: Saved) -> dict[str, Json]:
    """A save as it is remembered. Problems hold labels and limits, never what was typed."""
    refused: list[Json] = [
        {"path": each.path.pdf, "message": each.message, "places": {key: str(value) for key, value in each.places.items()}}
        for each in saved.refused
    ]
    return {
        "revision": saved.revision,
        "merged": saved.merged,
        "refused": refused,
        "row": saved.row,
        "changed": [path.pdf for path in saved.changed],
        "clashed": [path.pdf for path in saved.clashed],
    }


def _told(answer: Json) -> Saved:
    told = mapping(answer)
    paths = {name: tuple(AnswerPath.read(str(path)) for path in listed(told.get(name))) for name in ("changed", "clashed")}
    refused = tuple(
        Problem(AnswerPath.read(str(each["path"])), str(each["message"]), dict(mapping(each["places"])))
        for each in rows_of(told.get("refused"))
    )
    return Saved(
        int(str(told["revision"])), bool(told.get("merged")), paths["changed"], refused, paths["clashed"], str(told.get("row") or "")
    )


def listed(value: Json) -> tuple[Json, ...]:
    """The items of a list; of anything else, none."""
    return tuple(value) if isinstance(value, list | tuple) else ()
