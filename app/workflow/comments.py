"""What reviewers ask about an answer, answered one by one by who fills."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.errors import N_, Forbidden, Invalid, Locked, NotFound
from app.store import Comment, Document, Person, Store
from app.workflow import access, dossiers, editing
from app.workflow.naming import label_of, place_of
from forms import FORMS
from forms.kinds.words import printable
from forms.letters import foreign
from forms.path import AnswerPath
from forms.values import Refused
from forms.view import Formatter

LONGEST: Final = 1000
TEXT: Final = N_("Comentario")


@dataclass(frozen=True)
class Note:
    """A comment as it is shown: at which answer, who wrote and who answered; `current` ones are about the last submission."""

    comment: Comment
    path: AnswerPath
    label: str
    author: str
    answerer: str
    current: bool

    @property
    def open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.current and not self.comment.answer


def add(store: Store, person: Person, document: Document, path: AnswerPath, text: str, key: str = "") -> Comment:
    """Pin a comment to an answer of what was submitted. Raises Invalid, Locked if it is not under review, Forbidden, NotFound."""
    part = _part(document, path)
    access.require(store, person, "review", document, part)
    if place_of(FORMS[document.form], path) is None:
        raise NotFound
    said = _tidied(text)

    def work() -> str:
        _in_review(store, document, part)
        return store.comments.add(document.id, path.pdf, editing.submission(store, document, part), person.id, said).id

    return store.comments.get(str(store.requests.once(key, person.id, f"comment:{document.id}", work)))


def remove(store: Store, person: Person, document: Document, comment_id: str) -> None:
    """Take an own comment back before its part is returned. Raises Locked, Forbidden, NotFound."""
    access.require(store, person, "review", document)
    with store.atomic():
        comment = _of(store, document, comment_id)
        if comment.person_id != person.id:
            raise Forbidden
        _in_review(store, document, _part(document, _path(comment)))
        if comment not in editing.current(store, document):
            raise Locked
        store.comments.remove(comment_id, person.id)


def answer(store: Store, person: Person, document: Document, comment_id: str, text: str, key: str = "") -> Comment:
    """Answer a comment of the last review while its part is with who fills it. Raises Invalid, Locked, Forbidden, NotFound."""
    access.require(store, person, "fill", document)
    said = _tidied(text)

    def work() -> str:
        comment = _of(store, document, comment_id)
        part = _part(document, _path(comment)) if comment.path else ""
        access.require(store, person, "fill", document, part)
        if not _returned(store, document, part) or comment not in editing.current(store, document):
            raise Locked
        return store.comments.answer(comment_id, person.id, said).id

    return store.comments.get(str(store.requests.once(key, person.id, f"answer:{comment_id}", work)))


def of(store: Store, person: Person, document: Document, fmt: Formatter) -> tuple[Note, ...]:
    """The comments about what the person sees, oldest first; those not yet returned only for who reviews. Raises NotFound."""
    access.require(store, person, "view", document)
    form, answers, last = FORMS[document.form], dossiers.filled(store, document), editing.current(store, document)
    states, seen = store.documents.parts(document.id), access.sees(store, person, document)
    notes = []
    for comment in store.comments.of(document.id):
        path, part = _path(comment), _part(document, _path(comment))
        waiting = states.get(part) == "submitted" and not access.can(store, person, "review", document, part)
        if (waiting and comment in last) or (comment.path and not seen.audience(*_named(part))):
            continue
        label = label_of(form, path, answers, fmt) if comment.path else fmt.words(N_("Todo el documento"))
        answerer = store.people.get(comment.answered_by).name if comment.answered_by else ""
        notes.append(Note(comment, path, label, store.people.get(comment.person_id).name, answerer, comment in last))
    return tuple(notes)


def _path(comment: Comment) -> AnswerPath:
    """The answer a comment is about; nothing for the whole document."""
    return AnswerPath.read(comment.path) if comment.path else AnswerPath()


def _part(document: Document, path: AnswerPath) -> str:
    return editing.part_of(FORMS[document.form], path)


def _named(part: str) -> tuple[str, str]:
    key, _, subject = part.partition(".")
    return key, subject


def _returned(store: Store, document: Document, part: str) -> bool:
    """Whether a part is with who fills it to be corrected; '' is any part."""
    states = store.documents.parts(document.id)
    observed = store.documents.get(document.id).state in editing.OPEN and "observed" in states.values()
    return observed and (not part or states.get(part) == "observed")


def _of(store: Store, document: Document, comment_id: str) -> Comment:
    comment = store.comments.get(comment_id)
    if comment.document_id != document.id:
        raise NotFound
    return comment


def _in_review(store: Store, document: Document, part: str) -> None:
    """Raises Locked unless the part was submitted and nobody decided on it yet."""
    now = store.documents.get(document.id)
    if now.state not in editing.OPEN or store.documents.parts(document.id).get(part) != "submitted":
        raise Locked(N_("Las observaciones se escriben mientras el documento está en revisión."))


def _tidied(text: str) -> str:
    """What was written, without what cannot be printed. Raises Invalid for nothing, for too much, for a letter no font has."""
    try:
        said = printable(text, TEXT).strip()
    except Refused as refused:
        raise Invalid(refused.message, **refused.places) from refused
    if not said or len(said) > LONGEST or foreign(said):
        raise Invalid(N_("Escriba el comentario, con hasta {most} letras de las que se pueden imprimir."), most=LONGEST)
    return said
