"""Moving an exchange's shared agenda: shared and consolidated by the host's focal point, final by itself when nothing is open."""

from __future__ import annotations

from collections.abc import Callable

from app.errors import N_, Moved
from app.store import Document, Person, Store
from app.workflow import access, agenda_state, dossiers, editing, freezing
from app.workflow.agenda_state import CONSOLIDATED, FINAL, FORM, SHARED
from app.workflow.programmes import STATES
from forms import FORMS
from forms.rules import checked
from forms.values import Json, rows_of
from forms.view import Facts

HOSTS, VISITORS = "a", "b"
"""The parts: the agenda is in the first, the second agrees with it."""
CHANGES, STATE = "agenda_changes", "agenda_state"
NOT_SHARED = N_("La sesión de referenciación se registra cuando la agenda está compartida.")


def share(store: Store, person: Person, document: Document, key: str = "") -> int:
    """Share the agenda as it stands; returns its version, one more each time. Raises Moved, Forbidden, NotFound."""

    def work(now: Document) -> Json:
        version = _version(store, now) + 1
        store.events.append(now.dossier_id, SHARED, person.id, {"document": now.id, "agenda": version})
        return version

    return int(str(_done(store, person, document, "share", key, work)))


def consolidate(store: Store, person: Person, document: Document, key: str = "") -> None:
    """Write down that the referencing session was held over the shared agenda. Raises Moved if it was not shared, Forbidden, NotFound."""

    def work(now: Document) -> Json:
        if _state(store, now) != "shared":
            raise Moved(NOT_SHARED)
        store.events.append(now.dossier_id, CONSOLIDATED, person.id, {"document": now.id, "agenda": _version(store, now)})
        return True

    _done(store, person, document, "consolidate", key, work)


def settle(store: Store, actor_id: str, document: Document) -> bool:
    """Make the agenda final if nothing is open any more; inside the write after which that may be so. True if it became so."""
    if document.form != FORM or document.state not in editing.OPEN or list(open_still(store, document)):
        return False
    told: dict[str, Json] = {"document": document.id, "agenda": _version(store, document)}
    store.events.append(document.dossier_id, FINAL, actor_id, told)
    if store.documents.parts(document.id).get(HOSTS) in freezing.FROZEN:
        store.revisions.append(document.id, document.revision, actor_id, "", {STATE: "final"}, kind=freezing.EVENT)
    return True


def settle_dossier(store: Store, actor_id: str, dossier_id: str) -> bool:
    """The same for the dossier's agenda, if it has one."""
    every = [each for each in store.documents.of(dossier_id) if each.form == FORM and each.state != "void"]
    return bool(every) and settle(store, actor_id, every[-1])


def open_still(store: Store, document: Document) -> list[str]:
    """What keeps the agenda from being final: 'state', 'part', 'changes', or the id of a rule."""
    view, answers = dossiers.view_of(store, document), dossiers.filled(store, document)
    found = [] if _state(store, document) == "consolidated" else ["state"]
    found += [] if store.documents.parts(document.id).get(VISITORS) == "approved" else ["part"]
    undecided = [row for row in rows_of(answers.get(CHANGES)) if not isinstance(row.get("accepted"), bool)]
    rules = checked((rule for rule in FORMS[FORM].rules if rule.gate == "final" and rule.blocks), Facts({}, answers, view))
    return [*found, *(["changes"] if undecided else []), *(each.rule.id for each in rules if each.problems)]


def _done(store: Store, person: Person, document: Document, what: str, key: str, work: Callable[[Document], Json]) -> Json:
    access.require(store, person, "approve", document, HOSTS)

    def once() -> Json:
        now = store.documents.get(document.id)
        if now.state not in editing.OPEN:
            raise Moved(state=STATES[now.state])
        said = work(now)
        settle(store, person.id, store.documents.get(document.id))
        return said

    return store.requests.once(key, person.id, f"agenda {what}:{document.id}", once)


def _state(store: Store, document: Document) -> str:
    return str(agenda_state.facts(store, store.dossiers.get(document.dossier_id)).get("agenda_state", "draft"))


def _version(store: Store, document: Document) -> int:
    return int(str(agenda_state.facts(store, store.dossiers.get(document.dossier_id)).get("agenda_version", 0)))
