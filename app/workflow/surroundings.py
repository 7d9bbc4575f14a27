"""What a dossier's documents say to each other: each is filled once, in the order of the registry, and reads those before it filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from app import clock, i18n
from app.store import Document, Dossier, Store
from app.workflow import agenda_state, consents, freezing, resolving
from app.workflow.lately import Lately
from forms import FORMS
from forms.changes import assembled
from forms.path import AnswerPath
from forms.values import Answers, Json
from forms.view import Address, DossierView


@dataclass(frozen=True)
class Around:
    """The dossier's documents as others may read them: nothing restricted, no health; and how far each is."""

    documents: Mapping[Address, Answers]
    states: Mapping[Address, str]
    facts: Answers
    """What the dossier was opened with, and how far its agenda is."""


def typed(store: Store, document: Document, upto: int | None = None) -> dict[str, Json]:
    """The answers somebody typed, put together, without prefill and totals."""
    leaves = store.revisions.leaves(document.id, document.revision if upto is None else upto)
    return assembled({AnswerPath.read(path): value for path, value in leaves.items()})


def address(document: Document) -> Address:
    """Whose answers a document holds."""
    return Address(document.form, document.part, document.subject)


def current(store: Store, dossier: Dossier) -> tuple[Document, ...]:
    """The last version of each of the dossier's documents that is not void, in the order they are filled."""
    last: dict[Address, Document] = {}
    for document in store.documents.of(dossier.id):
        if document.form in FORMS and (document.state != "void" or address(document) not in last):
            last[address(document)] = document
    order = tuple(FORMS)
    return tuple(sorted(last.values(), key=lambda each: (order.index(each.form), each.code)))


def bare(dossier: Dossier) -> DossierView:
    """The dossier without what its documents say."""
    return DossierView(
        code=dossier.code,
        programme=dossier.programme,
        country=dossier.country,
        today=i18n.local(clock.now(), dossier.country).date().isoformat(),
        facts=dossier.facts,
        people=dossier.people,
    )


def around(store: Store, document: Document, view: DossierView) -> DossierView:
    """The view completed with what the dossier's other documents say and with what of this one holds still."""
    dossier, own = store.dossiers.get(document.dossier_id), address(document)
    read = of(store, dossier)
    others = {each: answers for each, answers in read.documents.items() if each != own}
    frozen = freezing.frozen(store, document)
    told = replace(view, facts=read.facts, documents=others, states=read.states, subject=document.subject, frozen=frozen)
    return told if dossier.unit_id else replace(told, previous=_before(store, document), siblings=_beside(store, dossier))


def _before(store: Store, document: Document) -> Answers:
    """What the version before said; none for a first one."""
    earlier = [each for each in store.documents.of(document.dossier_id) if address(each) == address(document)]
    return next((typed(store, each) for each in reversed(earlier) if each.version < document.version and each.state != "void"), {})


def _beside(store: Store, dossier: Dossier) -> tuple[Answers, ...]:
    """What the other dossiers of a programme say whose dossiers hold one document each: a commission's sheets."""
    if len(current(store, dossier)) > 1:
        return ()
    others = (each for each in store.dossiers.of_programme(dossier.programme) if each.id != dossier.id)
    return tuple(typed(store, document) for each in others for document in current(store, each) if document.state != "void")


def of(store: Store, dossier: Dossier) -> Around:
    """Everything the dossier's documents say, worked out again only after something happened in it."""
    key = (dossier.id, dossier.head, bare(dossier).today, tuple(map(id, FORMS.values())))
    return _AROUND.get(key, lambda: _read(store, dossier))


_AROUND: Final[Lately[Around]] = Lately(60)


def _read(store: Store, dossier: Dossier) -> Around:
    documents, facts = current(store, dossier), {**dossier.facts, **agenda_state.facts(store, dossier)}
    states = {place: state for each in documents for place, state in _states(store, each)}
    alone = bool(dossier.unit_id) and len(documents) == 1
    return Around({} if alone else _filled(store, replace(bare(dossier), facts=facts, states=states), documents), states, facts)


def _filled(store: Store, view: DossierView, documents: tuple[Document, ...]) -> Mapping[Address, Answers]:
    """Each document filled, after those before it and with those after it as they were typed."""
    answers = {address(each): typed(store, each) for each in documents}
    withdrawn = consents.told(store, documents[0].dossier_id) if documents else {}
    known: dict[Address, Answers] = {
        address(each): consents.effective(resolving.shared(FORMS[each.form], answers[address(each)]), withdrawn.get(each.id, ()))
        for each in documents
    }
    for each in documents:
        own, form = address(each), FORMS[each.form]
        others = {place: said for place, said in known.items() if place != own}
        reads = replace(view, documents=others, subject=each.subject, frozen=freezing.frozen(store, each))
        known[own] = consents.effective(resolving.shared(form, resolving.filled(form, answers[own], reads)), withdrawn.get(each.id, ()))
    return known


def _states(store: Store, document: Document) -> Iterator[tuple[Address, str]]:
    """How far a document is, and each of its parts that was ever sent."""
    yield address(document), document.state
    for part, state in store.documents.parts(document.id).items():
        key, _, subject = part.partition(".")
        yield Address(document.form, key, subject or document.subject), state
