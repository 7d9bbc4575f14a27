"""Who is told what by mail when a document moves; the words are written when the mail is sent."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from app import i18n
from app.errors import N_
from app.store import Document, Message, Person, Store
from app.workflow import access, dossiers, mailing, signatories, slots
from forms import FORMS
from forms.path import AnswerPath

WORDS: Final = {
    "review_asked": (N_("Para revisar: {code}"), N_("«{title}» ({code}) espera su revisión.")),
    "returned": (N_("Con observaciones: {code}"), N_("«{title}» ({code}) volvió con observaciones. Responda cada una y envíelo otra vez.")),
    "signature_asked": (N_("Para firmar: {code}"), N_("«{title}» ({code}) espera su firma.")),
    "refused": (N_("Sin firma: {code}"), N_("Quien debía firmar «{title}» ({code}) no lo firmó y dijo por qué. Se puede corregir.")),
    "document_signed": (N_("Firmado: {code}"), N_("«{title}» ({code}) está firmado y sellado.")),
    "voided": (N_("Anulado: {code}"), N_("«{title}» ({code}) quedó anulado.")),
}
"""Kind of message → subject and what it says."""


def tell(store: Store, kind: str, verb: str, document: Document, part: str = "") -> None:
    """Tell everybody who may do `verb` with the document, or with a part of it."""
    for person in access.people(store, verb, document, part=part):
        mailing.post(store, kind, person, {"document": document.id})


def call(store: Store, document: Document, but: Container[AnswerPath] = ()) -> None:
    """Tell those whose turn it is to sign, less those in the places who were told already."""
    for slot in slots.of(store, document):
        if slot.standing == "turn" and slot.path not in but:
            kind = signatories.KIND if signatories.is_one(document, slot.role) else "signature_asked"
            for person in slots.signers(store, document, slot):
                mailing.post(store, kind, person, {"document": document.id})


def _written(store: Store, message: Message) -> mailing.Draft | None:
    """Nothing is told of a document the person no longer sees."""
    assert message.person_id is not None  # every one of these has somebody to tell
    person, document = store.people.get(message.person_id), store.documents.get(str(message.payload["document"]))
    if not access.can(store, person, "view", document):
        return None
    subject, said = WORDS[message.kind]
    places = places_of(store, person, document)
    say = mailing.words_of(person)
    return mailing.Draft(person, say(subject, **places), (say(said, **places), address(store, document)))


def places_of(store: Store, person: Person, document: Document) -> dict[str, object]:
    """How a document is called in a message to a person."""
    title = i18n.formatter(person.locale.partition("_")[0]).words(FORMS[document.form].title)
    return {"title": title, "code": f"{dossiers.code_of(store, document)} v{document.version}"}


def address(store: Store, document: Document) -> str:
    """Where the document's page is."""
    return f"{store.settings.base_url}/expedientes/{document.dossier_id}"


for _kind in WORDS:
    mailing.letter(_kind)(_written)
