"""Where a document is signed, in the order of its form: who signed, whose turn it is, who comes after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from app import clock
from app.store import Document, Person, Signature, Store
from app.workflow import access, dossiers, programmes
from forms import FORMS
from forms.kinds.files import Signature as Place
from forms.kinds.files import signatures
from forms.path import AnswerPath
from forms.spec import Form, Part
from forms.values import ID, Answers, Json, rows_of


@dataclass(frozen=True)
class Slot:
    """A place to sign. `standing`: 'signed', 'turn' or 'waiting'; `label` and `role_words` are msgids.

    `part` is 'key' or 'key.subject'; `subject` whom it is about; who signed at `apart_from` does not sign here.
    """

    path: AnswerPath
    label: str
    role: str
    role_words: str
    standing: str
    signature: Signature | None
    part: str = ""
    subject: str = ""
    apart_from: str = ""

    @property
    def key(self) -> str:
        """The key of its field: copies of one field are signed in any order."""
        return self.path.steps[-1]


def of(store: Store, document: Document) -> tuple[Slot, ...]:
    """The places to sign that are wanted, in the order of the form; the copies of one field are on turn together."""
    made = {signature.path: signature for signature in store.signatures.of(document.id)}
    found = [_slot(document, place, part, subject, made) for place, part, subject in _places(store, document)]
    order = FORMS[document.form].signing
    if order:
        found.sort(key=lambda slot: order.index(slot.key))
    turn = next((slot.key for slot in found if slot.signature is None), "") if document.state == "signing" else ""
    return tuple(replace(slot, standing="turn") if slot.key == turn and slot.signature is None else slot for slot in found)


def _slot(document: Document, place: Place, part: Part, subject: str, made: Mapping[str, Signature]) -> Slot:
    path = part.base(subject) / place.key
    signature = made.get(path.pdf)
    name = f"{part.key}.{subject}" if subject else part.key
    words, standing = programmes.ROLES.get(place.signer, place.signer), "signed" if signature else "waiting"
    about = subject or document.subject
    return Slot(path, place.label, place.signer, words, standing, signature, name, about, place.apart_from)


def _places(store: Store, document: Document) -> Iterator[tuple[Place, Part, str]]:
    """Every place to sign whose condition holds, once for each copy of its part."""
    every = [(part, place) for part in FORMS[document.form].parts for place in signatures(part.fields)]
    known = dossiers.filled(store, document) if any(part.subject or place.when for part, place in every) else {}
    for part, place in every:
        if not part.subject:
            yield from [(place, part, "")] if not place.when or place.key in known else []
            continue
        for row in rows_of(known.get(part.key)):
            yield from [(place, part, str(row[ID]))] if place.key in row and not part.over(row) else []


def turn(store: Store, person: Person, document: Document) -> Slot | None:
    """The place this person may sign now: it is its turn, the role is theirs, and they signed nowhere it has to be somebody else."""
    found = of(store, document)
    mine = [slot for slot in found if slot.signature and slot.signature.person_id == person.id]
    for slot in found:
        if slot.standing == "turn" and slot.role in access.roles_on(store, person, document, slot.subject) and not _barred(slot, mine):
            return slot
    return None


def _barred(slot: Slot, mine: list[Slot]) -> bool:
    """Whether the person signed where somebody else must have, or already in the same role."""
    return any(each.key == slot.apart_from or (each.role, each.subject) == (slot.role, slot.subject) for each in mine)


def people(store: Store, document: Document) -> tuple[Person, ...]:
    """Everybody whose turn it is to sign."""
    on_turn = [slot for slot in of(store, document) if slot.standing == "turn"]
    known = {person.id: person for slot in on_turn for person in signers(store, document, slot)}
    return tuple(known.values())


def signers(store: Store, document: Document, slot: Slot) -> tuple[Person, ...]:
    """Everybody who may sign in a place."""
    return access.people(store, "sign", document, slot.role, slot.part)


def signed_into(form: Form, answers: Answers, made: tuple[Signature, ...]) -> Answers:
    """The answers with the signatures in their places (forms.md §1)."""
    every = {part.key for part in form.parts if part.subject}
    known: dict[str, Json] = dict(answers)
    for signature in made:
        steps = signature.path.split(".")
        if steps[0] in every:
            rows = rows_of(known.get(steps[0]))
            known[steps[0]] = [{**row, steps[-1]: value(signature)} if row.get(ID) == steps[1] else row for row in rows]
        else:
            known[steps[0]] = value(signature)
    return known


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
        **({"carried": True} if signature.carried else {}),
    }
