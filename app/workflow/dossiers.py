"""What every document needs of its dossier: what it may read there, its filled answers, the imprint of every page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from app import i18n
from app.store import Document, Dossier, Store
from app.workflow import programmes, reports, resolving, surroundings, verification
from app.workflow.surroundings import typed
from forms import FORMS
from forms.resolved import Imprint
from forms.spec import Form
from forms.values import Answers
from forms.view import DossierView, Formatter, Reading

__all__ = ["code_of", "documents", "filled", "imprint", "typed", "view_of"]


def view_of(store: Store, document: Document) -> DossierView:
    """The dossier around a document: its facts and people, its other documents filled, and a unit's earlier reports."""
    return surroundings.around(store, document, reports.around(store, store.dossiers.get(document.dossier_id)))


def code_of(store: Store, document: Document) -> str:
    """What the document is called on paper: 'IAT-SLV-CONNA-DPI-2021-1'."""
    return document.code.rpartition("/")[0]


def documents(store: Store, dossier: Dossier) -> tuple[Document, ...]:
    """The dossier's documents."""
    return store.documents.of(dossier.id)


def filled(store: Store, document: Document) -> Answers:
    """The document's answers with prefill and totals, as they are printed."""
    return resolving.filled(FORMS[document.form], typed(store, document), view_of(store, document))


def imprint(store: Store, document: Document, fmt: Formatter, view: DossierView | None = None) -> Imprint:
    """What stands around the answers on every page, in the language of `fmt`; `view` as `view_of` gives it."""
    form, words, view = FORMS[document.form], fmt.words, view or view_of(store, document)
    moment = _moment(store, document)
    return Imprint(
        programme=words(form.programme),
        code=code_of(store, document),
        version=f"v{document.version}",
        state=words(programmes.STATES[document.state]),
        date=fmt.date_short(i18n.local(moment, view.country).date().isoformat()),
        classification=words(programmes.classification(form)),
        verification=verification.grouped(document.verification),
        verification_url=f"{store.settings.base_url}/v/{document.verification}",
        subtitle=" · ".join(_subtitle(form, typed(store, document), view, fmt)),
        page_of=words(programmes.PAGE_OF),
        draft=words(programmes.DIAGONAL) if document.state in programmes.UNSETTLED else "",
        paper=programmes.paper(view.country),
        moment=moment.isoformat(),
    )


def _moment(store: Store, document: Document) -> datetime:
    """The date of the state: while answers may change, that of the last of them."""
    if document.state in programmes.UNSETTLED:
        return store.revisions.get(document.id, document.revision).at if document.revision else document.opened_at
    return document.state_at


def _subtitle(form: Form, answers: Answers, view: DossierView, fmt: Formatter) -> Iterator[str]:
    known = resolving.filled(form, answers, view)
    at = resolving.reading(form, known, view, fmt)
    keys = programmes.SUBTITLES.get(form.code) or programmes.SUBTITLES.get(form.programme, ())
    return filter(None, (_said_of(form, key, known, view, at) for key in keys))


def _said_of(form: Form, key: str, known: Answers, view: DossierView, at: Reading) -> str:
    """An answer in one line: the document's, another form's, or what the dossier was opened with."""
    owner, _, name = key.rpartition(".")
    answers, asked = known if owner in ("", form.code) else view.answers(owner), FORMS[owner or form.code]
    return asked.field(name).line(answers.get(name) or view.facts.get(name), at) if name in asked.keys else ""
