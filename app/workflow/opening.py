"""Which documents an exchange has by now: each appears with the dossier, or when another one has come far enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from app import clock, i18n
from app.store import Document, Dossier, Store
from app.workflow import deadlines, programmes, surroundings, verification
from forms import FORMS
from forms.exchange.sources import active
from forms.path import AnswerPath
from forms.spec import Form
from forms.values import ID, Answers, Json, RowId, mapping, rows_of
from forms.view import Address, Facts

ORDER: Final = ("draft", "observed", "submitted", "approved", "signing", "signed", "superseded")
"""How far a document has come, from nearest to farthest."""
LONGEST: Final = 31
"""Days of a range that may each have a document."""


def ensured(store: Store, dossier_id: str, actor_id: str) -> tuple[Document, ...]:
    """Open what is due and not there yet; inside the write that made it due. Returns what it opened."""
    dossier = store.dossiers.get(dossier_id)
    if dossier.programme != programmes.EXCHANGE:
        return ()
    opened = []
    for form in FORMS.values():
        documents = store.documents.of(dossier.id)
        if programmes.of(form) == dossier.programme and _reached(form, documents):
            known = {each.subject for each in documents if each.form == form.code}
            missing = [each for each in _subjects(store, dossier, form) if each not in known and _near(store, dossier, form, each)]
            opened += [_opened(store, dossier, form, subject, actor_id) for subject in missing]
    return tuple(opened)


def open_due(store: Store) -> int:
    """Open what a day made due in any exchange; for a periodic task. Returns how many documents it opened."""
    opened = 0
    for dossier in store.dossiers.of_programme(programmes.EXCHANGE):
        if any(form.day and _reached(form, store.documents.of(dossier.id)) for form in FORMS.values()):
            with store.atomic():
                opened += len(ensured(store, dossier.id, ""))
    return opened


def touched(document: Document, paths: Iterable[AnswerPath]) -> bool:
    """Whether a change at these paths may make a document due: some form has a document for each row or day there."""
    named = {form.subject for form in FORMS.values() if form.subject}
    return any(f"{document.form}.{path.steps[0]}" in named for path in paths)


def far_enough(state: str, wanted: str) -> bool:
    """Whether a document in `state` has come as far as `wanted`; a void one has not."""
    return state in ORDER and ORDER.index(state) >= ORDER.index(wanted)


def _reached(form: Form, documents: tuple[Document, ...]) -> bool:
    """Whether the form's documents are due by how far others are."""
    owner, _, state = form.opens.partition(".")
    return not form.opens or any(each.form == owner and far_enough(each.state, state) for each in documents)


def _near(store: Store, dossier: Dossier, form: Form, subject: RowId) -> bool:
    """Whether the day a subject's document is about is near enough to open it."""
    if form.day is None:
        return True
    read = surroundings.of(store, dossier)
    view = replace(surroundings.bare(dossier), facts=read.facts, documents=read.documents, subject=subject)
    day = form.day(Facts({}, {}, view, subject=subject))
    ahead = timedelta(days=deadlines.plan(store.settings).opens.get(form.code, 0))
    return bool(day) and i18n.local(clock.now(), dossier.country).date() >= date.fromisoformat(str(day)) - ahead


def _opened(store: Store, dossier: Dossier, form: Form, subject: RowId, actor_id: str) -> Document:
    """An empty draft: 'PE-2027-URY-SLV-01/A1/v1', 'PE-2027-URY-SLV-01/A7-03/v1'."""
    name = f"{form.code}-{_serial(store, dossier, form, subject)}" if subject else form.code
    code = f"{dossier.code}/{name}/v1"
    return store.documents.add(dossier.id, form.code, form.edition, code, verification.new_code(), actor_id=actor_id, subject=subject)


def _subjects(store: Store, dossier: Dossier, form: Form) -> tuple[RowId, ...]:
    """Whom or what a form has a document for, in their order; ('',) where it has one."""
    if form.subjects or not form.subject:
        return form.subjects or ("",)
    value = _named(store, dossier, form)
    return tuple(str(row[ID]) for row in active(value)) if rows_of(value) else tuple(_days(value))


def _named(store: Store, dossier: Dossier, form: Form) -> Json:
    """The rows or the range a form's subjects are, as the document that has them says now."""
    owner, _, key = form.subject.partition(".")
    read: Mapping[Address, Answers] = surroundings.of(store, dossier).documents
    return read.get(Address(owner), {}).get(key)


def _days(value: Json) -> Iterator[RowId]:
    """Each day of a range: '20270412'."""
    said = mapping(value)
    try:
        first, last = (date.fromisoformat(str(said.get(step))) for step in ("start", "end"))
    except ValueError:
        return
    for number in range(min((last - first).days + 1, LONGEST)):
        yield (first + timedelta(days=number)).strftime("%Y%m%d")


def _serial(store: Store, dossier: Dossier, form: Form, subject: RowId) -> str:
    """What tells a subject's document from the others: a person's number, kept in all of their documents; a month; a day."""
    rows = [str(row[ID]) for row in rows_of(_named(store, dossier, form))] if form.subject else []
    if subject not in rows:
        return subject.zfill(2)
    theirs = (each for each in store.documents.of(dossier.id) if each.subject in rows)
    given = {each.subject: int(each.code.split("/")[1].rpartition("-")[2]) for each in theirs}
    place = rows.index(subject) + 1
    return f"{given.get(subject) or (place if place not in given.values() else max(given.values()) + 1):02}"
