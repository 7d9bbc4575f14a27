"""Where a document stands: its state, who has it now, what comes next, what the reader may do with it."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from app.store import Document, Person
from app.web.guard import dossier_of, person, store
from app.web.language import _, fmt
from app.workflow import access, reviewing, signing, slots, states
from app.workflow.programmes import STATES
from app.workflow.reviewing import SeenPart
from app.workflow.states import Offer
from forms import FORMS
from forms.values import N_

HELD = {"draft": "submit", "observed": "submit", "submitted": "review"}
"""State → what those who have the document do with it."""
SENTENCES = {
    "draft": N_("Es un borrador. Quien lo llena: {who}."),
    "submitted": N_("Está en revisión y no se puede cambiar. Quien lo revisa: {who}."),
    "observed": N_("Volvió con observaciones. Se corrige solamente lo observado. Quien lo llena: {who}."),
    "approved": N_("Está aprobado."),
    "signing": N_("Está aprobado y espera la firma de {who}."),
    "signed": N_("Está firmado y sellado. No se cambia: si algo debe ser distinto, se hace una versión nueva."),
    "superseded": N_("Una versión nueva lo sustituye."),
    "void": N_("Está anulado."),
}
SEALING = N_("Ya firmaron todas las personas. El sello está en camino: vuelva a abrir esta página en un minuto.")
NOBODY = N_("nadie todavía")


@dataclass(frozen=True)
class Standing:
    """`state` and `sentence` in the reader's words; `offers` by action, each with what it still lacks.

    Of a document in several parts `parts` are those the reader sees and `part` the one the offers are about; else none and ''.
    """

    state: str
    sentence: str
    offers: Mapping[str, Offer]
    part: str = ""
    parts: tuple[SeenPart, ...] = ()


def standing(document: Document) -> Standing:
    """The document as it stands for who is reading."""
    every = reviewing.parts(store(), person(), document, fmt(dossier_of(document).country))
    several = every if len(FORMS[document.form].parts) > 1 else ()
    part = _part(document, several)
    return Standing(_(STATES[document.state]), sentence(document), _offers(document, part), part, several)


def _part(document: Document, several: tuple[SeenPart, ...]) -> str:
    """The part the address names, else the first the reader may do something with; '' where there is one only."""
    named = [each.part for each in several]
    if request.values.get("parte", "") in named:
        return request.values["parte"]
    return next((part for part in named if states.OF_PARTS & _offers(document, part).keys()), "".join(named[:1]))


def _offers(document: Document, part: str) -> dict[str, Offer]:
    return {offer.action: offer for offer in states.actions(store(), person(), document, part)}


def sentence(document: Document) -> str:
    """Who has the document now, or how it ended."""
    if document.state == "signing" and not _turn(document):
        return _(SEALING)
    return _(SENTENCES[document.state], who=names(holders(document)) or _(NOBODY))


def _turn(document: Document) -> str:
    """The role whose turn it is to sign, '' if nobody's."""
    return next((slot.role for slot in signing.slots_of(store(), document) if slot.standing == "turn"), "")


def holders(document: Document) -> tuple[Person, ...]:
    """Who is to do something with the document now."""
    if document.state == "signing":
        return slots.people(store(), document)
    return access.people(store(), HELD[document.state], document) if document.state in HELD else ()


def names(people: Iterable[Person]) -> str:
    """People in one line."""
    return ", ".join(each.name for each in people)


def next_steps(document: Document) -> list[str]:
    """What happens once the document is sent."""
    reviewers, places = names(access.people(store(), "review", document)), signing.slots_of(store(), document)
    steps = [
        _("Quien lo revisa: {who}.", who=reviewers or _(NOBODY)),
        _("Mientras tanto se puede leer, pero no cambiar. Si algo hay que corregir, vuelve con la observación junto a la respuesta."),
    ]
    signers = ", ".join(dict.fromkeys(_(slot.role_words) for slot in places))
    return [*steps, _("Cuando esté aprobado se firma en este orden: {who}.", who=signers)] if signers else steps


def lacks(offer: Offer) -> list[str]:
    """What is missing before an offered action, as sentences."""
    return [_(problem.message, **problem.places) for problem in offer.lacks]


def step(document: Document, told: Standing) -> tuple[str, str]:
    """The next thing the reader may do with a document: how a button calls it, and where it is done."""
    about: dict[str, Any] = {"document_id": document.id, "parte": told.part or None}
    if "approve" in told.offers or "return" in told.offers:
        return _("Revisar y decidir"), url_for("commenting.review", **about)
    if "sign" in told.offers:
        return _("Leer y firmar"), url_for("signing.page", document_id=document.id)
    if document.state == "observed" and "submit" in told.offers:
        return _("Responder las observaciones"), url_for("commenting.listed", **about)
    words = _("Revisar las respuestas") if "submit" in told.offers else _("Leer las respuestas")
    return words, url_for("reviewing.check", **about)
