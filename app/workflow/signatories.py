"""Who signs because an answer names them: they get in by a link, see that document only, and sign it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from app.errors import N_
from app.store import Document, Message, Store
from app.workflow import access, dossiers, mailing, people, permissions, signing_in, slots
from forms import FORMS
from forms.values import Answers, mapping

KIND: Final = "signatory_asked"
LINK_LASTS: Final = timedelta(days=14)
"""How long the link works, once; afterwards the person asks for one with the same e-mail."""


def is_one(document: Document, role: str) -> bool:
    """Whether the role is that of somebody an answer names."""
    return role in permissions.SIGNATORIES.get(document.form, ())


def name(store: Store, actor_id: str, document: Document) -> None:
    """Let in those whom the answers name as signers, and nobody whom they named before; inside the write that calls the signers."""
    for slot in slots.of(store, document):
        if slot.signature is None and is_one(document, slot.role):
            person = people.admit(store, actor_id, named(store, document, slot.role), slot.role, ("document", document.id), invited=False)
            for grant in store.grants.within("document", document.id):
                if grant.role == slot.role and grant.person_id != person.id:
                    people.dismiss(store, actor_id, grant)


def named(store: Store, document: Document, role: str) -> Answers:
    """The PERSON answers of a signatory: the document's own, else those of the document of the dossier that asks for them."""
    if role in FORMS[document.form].keys:
        return mapping(dossiers.filled(store, document).get(role))
    around = dossiers.view_of(store, document).documents.values()
    return next((mapping(answers[role]) for answers in around if answers.get(role)), {})


@mailing.letter(KIND)
def _written(store: Store, message: Message) -> mailing.Draft | None:
    """The link is made here. Who was taken back meanwhile gets none."""
    assert message.person_id is not None  # a signatory is somebody
    person, document = store.people.get(message.person_id), store.documents.get(str(message.payload["document"]))
    if not access.can(store, person, "sign", document) or slots.turn(store, person, document) is None:
        return None
    say = mailing.words_of(person)
    places = {"title": say(FORMS[document.form].title), "code": f"{dossiers.code_of(store, document)} v{document.version}"}
    paragraphs = (
        say(N_("«{title}» ({code}) espera su firma. Lo nombraron para firmarlo."), **places),
        say(N_("Con este enlace lo lee y lo firma. Sirve una sola vez, durante {days} días:"), days=LINK_LASTS.days),
        signing_in.link(store, person, LINK_LASTS, f"/documentos/{document.id}/firma"),
        say(N_("Después, pida otro cuando quiera con este mismo correo en {address}"), address=f"{store.settings.base_url}/entrar"),
    )
    return mailing.Draft(person, say(N_("Para firmar: {code}"), **places), paragraphs)
