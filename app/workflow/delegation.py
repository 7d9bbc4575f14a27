"""Who travels changes after it was settled: somebody is replaced, or goes no more; what was about them follows (forms.md §7, R-20)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from app import i18n
from app.errors import Forbidden, Invalid, Moved, NotFound
from app.store import Document, Dossier, Person, Store
from app.workflow import access, consequences, exchange_states, exchanges, life, opening, people, resolving, surroundings
from app.workflow.exchanges import DELEGATION, TOO_MANY
from app.workflow.intake import WrongAnswers
from forms import FORMS
from forms.exchange.a2 import STATE as SITUATIONS
from forms.exchange.sources import active
from forms.kinds.base import Problem
from forms.kinds.rows import new_row_id
from forms.opening import TRAVELLER
from forms.path import AnswerPath
from forms.spec import SUBJECTS
from forms.values import ID, ORDER, Answers, Json, RowId, rows_of
from forms.view import BARE, Address, Facts

STATE: Final = "state"
"""The column that says whether somebody goes."""
REPLACED, WITHDRAWN, GOES = "reemplazada", "retirada", "titular"
SCOPE: Final = "subject"


def may_change(store: Store, person: Person, dossier: Dossier) -> bool:
    """Whether this person replaces and withdraws travellers, while the exchange lets it."""
    document = _document(store, dossier)
    return document is not None and dossier.state in exchange_states.BEFORE_RUNNING and _governs(store, person, dossier, document)


@dataclass(frozen=True)
class Traveller:
    """A row of the delegation as it stands: `situation` is a msgid, `goes` whether this person travels."""

    row: RowId
    number: str
    name: str
    email: str
    situation: str
    goes: bool
    answers: Answers


def travellers(store: Store, person: Person, dossier: Dossier) -> tuple[Traveller, ...]:
    """Everybody who is or was in the delegation, for who may change it. Raises Forbidden, NotFound."""
    access.require(store, person, "view", dossier)
    document = _document(store, dossier)
    if document is None or not _governs(store, person, dossier, document):
        raise Forbidden
    return tuple(_traveller(row) for row in _rows(store, dossier))


def _traveller(row: Answers) -> Traveller:
    state = str(row.get(STATE) or GOES)
    name = " ".join(str(row[key]) for key in ("given_names", "family_names") if row.get(key))
    number, email = (str(row.get(key) or "") for key in ("no", "email"))
    return Traveller(str(row[ID]), number, name, email, SITUATIONS.words(state), bool(active([row])), row)


def replace_traveller(
    store: Store, person: Person, dossier: Dossier, row: RowId, new_row: Answers, reason: str, key: str = ""
) -> Dossier:
    """Somebody else goes instead. The old row says so, its person's own documents are void; the new person has a row, documents and a
    link of their own. What was signed gets its next version, where the signatures about what did not change are carried.

    Raises WrongAnswers for a row the form would not take, Invalid without a reason, Moved once the visit began, NotFound, Forbidden.
    """
    fresh: Answers = {ID: new_row_id(), **new_row, STATE: GOES}
    return _left(store, person, dossier, row, REPLACED, fresh, reason, key)


def withdraw_traveller(store: Store, person: Person, dossier: Dossier, row: RowId, reason: str, key: str = "") -> Dossier:
    """Somebody goes no more and nobody comes instead. Raises as `replace_traveller` does."""
    return _left(store, person, dossier, row, WITHDRAWN, {}, reason, key)


def _left(
    store: Store, person: Person, dossier: Dossier, row: RowId, state: str, fresh: Answers, reason: str, key: str
) -> Dossier:
    access.require(store, person, "view", dossier)
    text = life.reason_of(reason)
    if fresh and (wrong := tuple(_wrong(fresh))):
        raise WrongAnswers(wrong)

    def work() -> str:
        now = store.dossiers.get(dossier.id)
        document = _changing(store, person, now, row, bool(fresh))
        consequences.someone_left(store, person, now, row, ".".join(DELEGATION), text)
        _dismissed(store, person, now, row)
        changed = consequences.opened(store, person, document)
        _written(store, person, changed, row, state, fresh)
        store.comments.add(changed.id, (AnswerPath((DELEGATION[1],)) / row).pdf, 0, person.id, text)
        opening.ensured(store, now.id, person.id)
        if fresh:
            exchanges.invite_traveller(store, person, now, fresh)
        return now.id

    return store.dossiers.get(str(store.requests.once(key, person.id, f"{state}:{dossier.id}:{row}", work)))


def _wrong(fresh: Answers) -> Iterator[Problem]:
    """What a new row may not say, and what it lacks of what is known of somebody, each at its column."""
    for each in resolving.faults(FORMS[DELEGATION[0]], {DELEGATION[1]: [fresh]}, BARE, i18n.formatter("es")):
        yield replace(each, path=AnswerPath(each.path.steps[-1:]))
    for kind in TRAVELLER:
        yield from kind.missing(fresh.get(kind.key), AnswerPath((kind.key,)), Facts({}, fresh, BARE))


def _changing(store: Store, person: Person, dossier: Dossier, row: RowId, more: bool) -> Document:
    """The delegation, if this person may change it now, the row is of somebody who goes, and there is room for another one."""
    document = _document(store, dossier)
    if document is None or not _governs(store, person, dossier, document):
        raise Forbidden
    if dossier.state not in exchange_states.BEFORE_RUNNING:
        raise Moved(state=exchange_states.STATES[dossier.state])
    rows = _rows(store, dossier)
    if row not in {str(each[ID]) for each in active(rows)}:
        raise NotFound
    if more and len(rows) >= SUBJECTS:
        raise Invalid(TOO_MANY, most=SUBJECTS, count=len(rows) + 1)
    return document


def _governs(store: Store, person: Person, dossier: Dossier, document: Document) -> bool:
    return access.opens(store, person, dossier.programme) or access.can(store, person, "fill", document, "list")


def _document(store: Store, dossier: Dossier) -> Document | None:
    return next((each for each in surroundings.current(store, dossier) if each.form == DELEGATION[0]), None)


def _rows(store: Store, dossier: Dossier) -> list[Answers]:
    return rows_of(surroundings.of(store, dossier).documents.get(Address(DELEGATION[0]), {}).get(DELEGATION[1]))


def _written(store: Store, person: Person, document: Document, row: RowId, state: str, fresh: Answers) -> None:
    """What the two rows say from now on."""
    table, known = AnswerPath((DELEGATION[1],)), store.revisions.leaves(document.id)
    leaves: dict[str, Json] = {(table / row / STATE).pdf: state}
    if fresh:
        last = max((int(str(value)) for path, value in known.items() if path.endswith(ORDER) and value is not None), default=0)
        said = {key: value for key, value in fresh.items() if key != ID and value is not None}
        leaves |= {(table / str(fresh[ID]) / key).pdf: value for key, value in {**said, ORDER: last + 1}.items()}
    kind = "traveller_replaced" if fresh else "traveller_withdrawn"
    store.revisions.append(document.id, document.revision, person.id, "", leaves, kind=kind)


def _dismissed(store: Store, person: Person, dossier: Dossier, row: RowId) -> None:
    """Who had the row has nothing to do with it any more."""
    for grant in store.grants.within(SCOPE, f"{dossier.id}:{row}"):
        people.dismiss(store, person.id, grant)
