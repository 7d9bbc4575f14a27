"""A document's way from draft to signed: each step checks the table, does its work in one transaction and leaves one event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from app import clock
from app.errors import N_, Invalid, Stale
from app.store import Document, Person, Store, StoredFile
from app.store.pointers import EVERY
from app.workflow import agenda, carrying, dossiers, editing, freezing, notices, opening, records, signatories, slots, states, verification
from app.workflow.saving import secret
from forms import FORMS
from forms.path import AnswerPath
from forms.values import ORDER, Json

COPIED: Final = "answers_copied"
SHORTEST, LONGEST = 20, 1000
"""Letters of a reason."""


def submit(store: Store, person: Person, document: Document, key: str = "", part: str = "") -> Document:
    """Send a part to review. Its prefill and totals are copied as a revision and hold still from now on.

    A part nobody reviews is approved by that; if it is the last one, as with `approve`. Raises NotReady saying what is missing, Moved,
    Forbidden, NotFound.
    """
    document = store.documents.get(document.id)
    reviewed = _reviewed(document, states.part_named(store, document, part).part)
    kept = None if reviewed else _kept(store, person, document, "submit", key, part)

    def work(now: Document) -> None:
        name = states.part_named(store, now, part).part
        _freeze(store, person, now, name)
        _arrived(store, person, now, "submitted", name, "submitted" if reviewed else "approved", kept)
        notices.tell(store, "review_asked", "review", now, name)

    return _done(store, person, document, "submit", key, work, part)


def observe(store: Store, person: Person, document: Document, key: str = "", part: str = "") -> Document:
    """Return a part: the answers with comments are open again, the others stay locked. Raises NotReady without a comment."""

    def work(now: Document) -> None:
        name = states.part_named(store, now, part).part
        _part_moved(store, person, now, "returned", name, "observed")
        notices.tell(store, "returned", "submit", now, name)

    return _done(store, person, document, "return", key, work, part)


def approve(store: Store, person: Person, document: Document, revision: int, key: str = "", part: str = "") -> Document:
    """Approve a part as it stands in `revision`, the one that was read.

    With the last part the approved record is drawn and kept, its SHA-256 is the document's hash, and the first signer is called.

    Raises OwnWork, Stale if the document was changed since, Moved, Forbidden, NotFound.
    """
    document = store.documents.get(document.id)
    kept = _kept(store, person, document, "approve", key, part)

    def work(now: Document) -> None:
        if now.revision != revision:
            raise Stale(expected=revision, current=now.revision)
        moved = _arrived(store, person, now, "approved", states.part_named(store, now, part).part, "approved", kept)
        agenda.settle(store, person.id, moved)

    return _done(store, person, document, "approve", key, work, part)


def _reviewed(document: Document, name: str) -> bool:
    """Whether anybody reviews the part."""
    return any(each.reviewer for each in FORMS[document.form].parts if each.key == name.partition(".")[0])


def _kept(store: Store, person: Person, document: Document, action: str, key: str, part: str) -> StoredFile | None:
    """The approved record, drawn before the transaction, if nothing but this part is left to approve; None if the post was answered before.

    It reads after the part is frozen as it reads now. Raises what `states.require` raises.
    """
    if _known(store, person, key):
        return None
    states.require(store, person, document, action, part)
    return records.approved(store, document, clock.now()) if _last(store, document, part) else None


def _last(store: Store, document: Document, part: str) -> bool:
    """Whether nothing of the document but this part is left to approve."""
    name, every = states.part_named(store, document, part).part, states.parts(store, document)
    return states.together({**store.documents.parts(document.id), name: "approved"}, every) == "approved"


def refuse(store: Store, person: Person, document: Document, reason: str, key: str = "") -> Document:
    """Do not sign, and say why: the whole document is open again, the signatures it has count no more. Raises Invalid, Moved, Forbidden."""
    text = reason_of(reason)

    def work(now: Document) -> None:
        store.signatures.void(now.id)
        store.comments.add(now.id, "", editing.submission(store, now), person.id, text)
        store.documents.move(now.id, "refused", "signing", "observed", person.id, payload={"part": EVERY, "part_state": "observed"})
        notices.tell(store, "refused", "fill", now)
        notices.tell(store, "refused", "review", now)

    return _done(store, person, document, "refuse", key, work)


def void(store: Store, person: Person, document: Document, reason: str, key: str = "") -> Document:
    """Annul a document, whatever its state; its code says so from now on. Raises Invalid, Moved, Forbidden."""
    text = reason_of(reason)
    return _done(store, person, document, "void", key, lambda now: annul(store, person, now, text))


def annul(store: Store, person: Person, document: Document, text: str) -> None:
    """Make a document void for a reason; inside the write that decided it."""
    comment = store.comments.add(document.id, "", editing.submission(store, document), person.id, text)
    store.documents.move(document.id, "voided", document.state, "void", person.id, payload={"comment": comment.id})
    notices.tell(store, "voided", "fill", document)


def supersede(store: Store, person: Person, document: Document, key: str = "") -> Document:
    """Open the next version, a draft with what was typed in this one, which stays as it is until the new one is signed.

    What was read through is read again.

    Raises NotReady if there is one already, Moved, Forbidden.
    """

    def work(now: Document) -> str:
        return next_version(store, person, now).id

    return store.documents.get(_once(store, person, document, "renew", key, work))


def next_version(store: Store, person: Person, document: Document, without: str = "") -> Document:
    """The draft of the next version; inside the write that asked for it. `without` is the subject whose copies are not taken along."""
    number = states.versions(store, document)[-1].version + 1
    opened = store.documents.add(
        document.dossier_id,
        document.form,
        FORMS[document.form].edition,
        f"{dossiers.code_of(store, document)}/v{number}",
        verification.new_code(),
        actor_id=person.id,
        part=document.part,
        subject=document.subject,
        version=number,
    )
    frozen = {path.pdf for path in freezing.copied(store, document)}
    copies = tuple(f"{part.key}.{without}." for part in FORMS[document.form].parts if part.subject and without)
    kept = ((path, value) for path, value in store.revisions.leaves(document.id).items() if value is not None and path not in frozen)
    typed = {path: value for path, value in kept if not path.startswith(copies)}
    paths = [AnswerPath.read(path) for path in typed]
    store.revisions.append(opened.id, 0, person.id, "", typed, secret=secret(store, document, paths, person), kind=COPIED)
    return store.documents.get(opened.id)


def reopen(store: Store, person: Person, document: Document, names: Iterable[str]) -> Document:
    """Open parts again that were sent, because what they are about changed; inside the write that changed it.

    The signatures the document has count no more.
    """
    sent = store.documents.parts(document.id)
    for name in (name for name in names if sent.get(name) in freezing.FROZEN):
        if document.state == "signing":
            store.signatures.void(document.id)
        every = states.parts(store, document)
        together = states.together({**store.documents.parts(document.id), name: "draft"}, every)
        payload: dict[str, Json] = {"part": name, "part_state": "draft"}
        document = store.documents.move(document.id, "reopened", document.state, together, person.id, payload=payload)
    return document


def reason_of(text: str) -> str:
    """A reason, tidied. Raises Invalid for one that says too little or too much."""
    tidied = " ".join(text.split())
    if not SHORTEST <= len(tidied) <= LONGEST:
        raise Invalid(N_("Diga por qué, con entre {least} y {most} letras."), least=SHORTEST, most=LONGEST)
    return tidied


def _done(
    store: Store, person: Person, document: Document, action: str, key: str, work: Callable[[Document], object], part: str = ""
) -> Document:
    def done(now: Document) -> str:
        work(now)
        return now.id

    return store.documents.get(_once(store, person, document, action, key, done, part))


def _once(store: Store, person: Person, document: Document, action: str, key: str, work: Callable[[Document], str], part: str = "") -> str:
    """Check and do one action, once. What takes long to check is checked before the transaction; in it, that nothing moved since."""
    before = store.documents.get(document.id)
    if not _known(store, person, key):
        states.require(store, person, before, action, part)
    return str(store.requests.once(key, person.id, f"{action}:{document.id}:{part}", lambda: work(_unmoved(store, before))))


def _known(store: Store, person: Person, key: str) -> bool:
    """Whether the same post was answered before."""
    return bool(key) and store.requests.answer(key, person.id) is not None


def _unmoved(store: Store, before: Document) -> Document:
    """The document, in its transaction. Raises Stale if somebody else went first."""
    now = store.documents.get(before.id)
    if (now.revision, now.state) != (before.revision, before.state):
        raise Stale(expected=before.revision, current=now.revision)
    return now


def _freeze(store: Store, person: Person, document: Document, name: str) -> None:
    """Copy what is read through and calculated, where it differs from what is kept. A row somebody placed keeps its place."""
    form, kept = FORMS[document.form], store.revisions.leaves(document.id, document.revision)
    found = freezing.pieces(form, name, dossiers.filled(store, document), dossiers.view_of(store, document))
    placed = {path for path in found if path.steps[-1] == ORDER and kept.get(path.pdf) is not None}
    changes = {path: value for path, value in found.items() if path not in placed and kept.get(path.pdf) != value}
    spelled, sealed = {path.pdf: value for path, value in changes.items()}, secret(store, document, changes, person)
    store.revisions.append(document.id, document.revision, person.id, "", spelled, secret=sealed, kind=freezing.EVENT)


def _part_moved(
    store: Store, person: Person, document: Document, event: str, name: str, state: str, told: Mapping[str, Json] | None = None
) -> Document:
    """Bring a part to a state, and the document to that of its part that is least far."""
    every = states.parts(store, document)
    together = states.together({**store.documents.parts(document.id), name: state}, every)
    now = store.documents.get(document.id)
    payload = {**(told or {}), "part": name, "part_state": state, "revision": now.revision}
    moved = store.documents.move(document.id, event, document.state, together, person.id, payload=payload)
    opening.ensured(store, document.dossier_id, person.id)
    return moved


def _arrived(store: Store, person: Person, document: Document, event: str, name: str, state: str, kept: StoredFile | None) -> Document:
    """The same; a document that is approved by that gets its record and calls its signers."""
    moved = _part_moved(store, person, document, event, name, state, {"hash": kept.sha256} if kept else {})
    if kept:
        records.remember(store, moved, "approved", kept.sha256)
        _call(store, person, moved)
    return moved


def _call(store: Store, person: Person, document: Document) -> None:
    """An approved document that is to be signed goes to its first signers; who signed what did not change since is not asked again."""
    if slots.of(store, document):
        moved = store.documents.move(document.id, "signers_called", "approved", "signing", person.id)
        signatories.name(store, person.id, moved)
        carrying.carry(store, person.id, moved)
        notices.call(store, moved)
