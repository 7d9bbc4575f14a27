"""«Desactualizado»: what a submitted document says that its source says otherwise by now, and reading it again in one action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app import i18n
from app.errors import Moved
from app.store import Document, Person, Store
from app.workflow import access, dossiers, editing, freezing, life, programmes, resolving, surroundings
from app.workflow.naming import label_of, place_of, value_at
from forms import FORMS
from forms.changes import assembled
from forms.kinds.nested import nested_fields
from forms.path import AnswerPath
from forms.spec import Form
from forms.values import EMPTY, ORDER, READ, Answers, Json, mapping
from forms.view import DossierView, Formatter, Reading

RENEWED = "answers_renewed"
AGAIN = frozenset({"signed", "void"})
"""States in which renewing means a new version."""
OVER = frozenset({"superseded", "void"})
"""States of a document that says nothing any more."""


@dataclass(frozen=True)
class Outdated:
    """One answer as it was submitted and as its source has it now, in words; a row that came or went is one."""

    path: AnswerPath
    label: str
    kept: str
    now: str


@dataclass(frozen=True)
class _Two:
    """The same document as it was submitted (`then`) and with everything read through again (`now`)."""

    form: Form
    then: Answers
    now: Answers
    view: DossierView
    copied: frozenset[AnswerPath]


def is_outdated(store: Store, document: Document) -> bool:
    """Whether its files no longer say what their sources do."""
    return bool(_differing(store, document)[1])


def outdated(store: Store, document: Document, fmt: Formatter | None = None) -> tuple[Outdated, ...]:
    """What was copied at submission and reads otherwise now, in the form's order and the words of `fmt`."""
    fmt = fmt or i18n.formatter("es")
    two, paths = _differing(store, document)
    if two is None:
        return ()
    then, now = (resolving.reading(two.form, answers, two.view, fmt) for answers in (two.then, two.now))
    found = (_told(two, path, then, now, fmt) for path in paths)
    return tuple(each for each in found if each.kept != each.now)


def of_dossier(store: Store, person: Person, dossier_id: str, fmt: Formatter) -> tuple[tuple[Document, tuple[Outdated, ...]], ...]:
    """Every document of a dossier that a person sees and that is out of date, with what differs."""
    documents = surroundings.current(store, store.dossiers.get(dossier_id))
    seen = (each for each in documents if access.can(store, person, "view", each))
    found = ((each, outdated(store, each, fmt)) for each in seen)
    return tuple((document, differing) for document, differing in found if differing)


def renew(store: Store, person: Person, document: Document, key: str = "") -> Document:
    """Read the sources again: a returned or part-submitted document in place, a signed one as its next version.

    Raises Moved for one that is with its reviewers or signers, Forbidden, NotFound, NotReady if there is a next version already.
    """
    document = store.documents.get(document.id)
    if document.state in AGAIN:
        return life.supersede(store, person, document, key)
    access.require(store, person, "submit", document)

    def work() -> str:
        now = store.documents.get(document.id)
        changes: Mapping[str, Json] = {path.pdf: None for path in _open(store, now)}
        if not changes:
            raise Moved(state=programmes.STATES[now.state])
        store.revisions.append(document.id, now.revision, person.id, "", changes, kind=RENEWED)
        return document.id

    return store.documents.get(str(store.requests.once(key, person.id, f"sources:{document.id}", work)))


def _open(store: Store, document: Document) -> frozenset[AnswerPath]:
    """What was copied in parts that do not hold still any more."""
    if document.state not in editing.OPEN:
        return frozenset()
    held, form = freezing.frozen(store, document), FORMS[document.form]
    return frozenset(path for path in freezing.copied(store, document) if _part(form, path) not in held)


def _part(form: Form, path: AnswerPath) -> str:
    """The part a path was copied with."""
    return ".".join(path.steps[1:]) if path.steps[0] == READ else editing.part_of(form, path)


def _differing(store: Store, document: Document) -> tuple[_Two | None, list[AnswerPath]]:
    """Both readings of a document, and where they differ."""
    copied = frozenset() if document.state in OVER else freezing.copied(store, document)
    if not copied:
        return None, []
    form, view = FORMS[document.form], dossiers.view_of(store, document)
    leaves = {AnswerPath.read(path): value for path, value in store.revisions.leaves(document.id, document.revision).items()}
    own = {path: value for path, value in leaves.items() if path not in copied}
    fresh = replace(view, frozen=frozenset())
    then, now = resolving.filled(form, assembled(leaves), view), resolving.filled(form, assembled(own), fresh)
    two = _Two(form, then, now, view, copied)
    return two, list(_paths(two))


def _paths(two: _Two) -> list[AnswerPath]:
    """Where what was copied differs from what is read now, rows that came or went as a whole."""
    found: dict[AnswerPath, None] = {}
    for name in dict.fromkeys(_part(two.form, path) for path in sorted(two.copied)):
        old, new = (freezing.pieces(two.form, name, answers, two.view) for answers in (two.then, two.now))
        rows = {AnswerPath(path.steps[:-1]) for path in old.keys() ^ new.keys() if path.steps[-1] == ORDER}
        for path in dict.fromkeys((*old, *new)):
            row = next((each for each in rows if path.steps[: len(each.steps)] == each.steps), None)
            if row is not None or _differs(two.form, path, old.get(path), new.get(path)):
                found[row or path] = None
    return list(found)


def _differs(form: Form, path: AnswerPath, old: Json, new: Json) -> bool:
    """Whether an answer reads otherwise; places of rows, and what goes on changing by itself, do not count."""
    if path.steps[0] == READ or path.steps[-1] == ORDER or (old in EMPTY and new in EMPTY):
        return False
    field = form.field(path)
    return old != new and not field.live and not (field.prefill and field.prefill.once)


def _told(two: _Two, path: AnswerPath, then: Reading, now: Reading, fmt: Formatter) -> Outdated:
    kept, said = (_words(two.form, path, answers, at) for answers, at in ((two.then, then), (two.now, now)))
    return Outdated(path, label_of(two.form, path, two.now if said else two.then, fmt), kept, said)


def _words(form: Form, path: AnswerPath, answers: Answers, at: Reading) -> str:
    """What stands at a path, a row with all its words."""
    place, value = place_of(form, path), value_at(answers, path)
    if place is None or value in EMPTY:
        return ""
    if place.row and path == place.top / place.row:
        row = mapping(value)
        return " · ".join(filter(None, (each.line(row.get(each.key), at) for each in nested_fields(place.kind))))
    return place.kind.line(value, at)
