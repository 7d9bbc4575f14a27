"""Where a document is signed, in the order of its form: who signed, whose turn it is, who comes after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app import clock
from app.store import Document, Person, Signature, Store
from app.workflow import access, programmes
from forms import FORMS
from forms.kinds.files import signatures
from forms.path import AnswerPath
from forms.values import Answers, Json


@dataclass(frozen=True)
class Slot:
    """A place to sign. `standing`: 'signed', 'turn' or 'waiting'; `label` and `role_words` are msgids."""

    path: AnswerPath
    label: str
    role: str
    role_words: str
    standing: str
    signature: Signature | None


def of(store: Store, document: Document) -> tuple[Slot, ...]:
    """The places to sign, in the order of the form."""
    made = {signature.path: signature for signature in store.signatures.of(document.id)}
    found: list[Slot] = []
    for part in FORMS[document.form].parts:
        for field in signatures(part.fields) if not part.subject else ():
            path = part.base() / field.key
            signature = made.get(path.pdf)
            turn = not any(each.standing == "turn" for each in found) and document.state == "signing"
            standing = "signed" if signature else "turn" if turn else "waiting"
            found.append(Slot(path, field.label, field.signer, programmes.ROLES.get(field.signer, field.signer), standing, signature))
    return tuple(found)


def turn(store: Store, person: Person, document: Document) -> Slot | None:
    """The place this person may sign now: it is its turn, the role is theirs, and they have not signed in another place."""
    found = of(store, document)
    if any(slot.signature and slot.signature.person_id == person.id for slot in found):
        return None
    roles = access.roles_on(store, person, document)
    return next((slot for slot in found if slot.standing == "turn" and slot.role in roles), None)


def answers(document: Document, made: tuple[Signature, ...]) -> Answers:
    """Signatures as the form's answers (forms.md §1)."""
    by_path = {signature.path: signature for signature in made}
    fields = (field for part in FORMS[document.form].parts for field in signatures(part.fields))
    return {field.key: value(by_path[field.key]) for field in fields if field.key in by_path}


def value(signature: Signature) -> Mapping[str, Json]:
    """A signature as its field holds it."""
    return {
        "signer": signature.person_id,
        "role": signature.role,
        "name": signature.name,
        "position": signature.position,
        "method": signature.method,
        "signed_at": clock.written(signature.at),
        "sha256": signature.hash,
        **({"image": signature.image} if signature.image else {}),
    }
