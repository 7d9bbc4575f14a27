"""What more can be done with a document than fill, review and sign it: each kind of matter says what it offers, where it has something."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from app.errors import N_, Moved, NotFound
from app.store import Document, Json, Person, Store
from app.workflow import access, agenda, agenda_state, consents, dossiers, editing, permissions, plans, reports, rows
from forms import FORMS
from forms.kinds.base import Problem
from forms.path import STEP, AnswerPath
from forms.rules import checked
from forms.spec import Part
from forms.values import ID, rows_of
from forms.view import Facts


@dataclass(frozen=True)
class Offer:
    """Something more. `action` is its name; with `does` it is done at once, else it has a page, of a `subject` where that is not ''.

    `label` is a msgid with `places`; `told` says how the matter stands and what is still open.
    """

    action: str
    label: str
    does: bool = False
    subject: str = ""
    places: Mapping[str, Json] = field(default_factory=dict)
    told: tuple[Problem, ...] = ()


AGENDA: Final = {
    "draft": N_("La agenda es un borrador: nadie más la ha recibido."),
    "shared": N_("La agenda está compartida (versión {version}) y espera la sesión de referenciación."),
    "consolidated": N_("La agenda está consolidada (versión {version})."),
    "final": N_("La agenda es definitiva (versión {version})."),
}
OPEN: Final = {
    "draft": N_("Falta compartirla y registrar la sesión de referenciación."),
    "shared": N_("Falta registrar que se hizo la sesión de referenciación."),
    "part": N_("Falta aprobar la Parte B."),
    "changes": N_("Hay cambios pedidos sin respuesta de la jefatura anfitriona."),
}
"""What keeps the agenda from being final: its state, or as `agenda.open_still` names it; a rule says it itself."""
SENT: Final = N_("Esa persona ya envió su ficha: se la reemplaza o se la retira en la página de la delegación.")
SHARE, HELD = N_("Compartir la agenda"), N_("Registrar que se hizo la referenciación")


def offers(store: Store, person: Person, document: Document) -> tuple[Offer, ...]:
    """Everything more this person may do with the document now, or read of it."""
    return tuple(offer for source in SOURCES for offer in source(store, person, document))


def do(store: Store, person: Person, document: Document, action: str, subject: str = "", key: str = "") -> str:
    """Do one that is done at once; returns the subject of the copy it opened, '' for none.

    Raises NotFound for another, and what the matter raises: Moved, Forbidden, TooManyRows.
    """
    if action not in DEEDS:
        raise NotFound
    return DEEDS[action](store, person, document, subject, key)


def _agenda(store: Store, person: Person, document: Document) -> Iterator[Offer]:
    """How far the shared agenda is, for all who see it; its moves for the focal point of the host."""
    if document.form != agenda_state.FORM:
        return
    facts = agenda_state.facts(store, store.dossiers.get(document.dossier_id))
    state, version = str(facts["agenda_state"]), facts["agenda_version"]
    told = (Problem(AnswerPath(), AGENDA[state], {"version": version}), *(_open(store, document, state) if state != "final" else ()))
    moves = document.state in editing.OPEN and access.can(store, person, "approve", document, agenda.HOSTS)
    if moves and state == "shared":
        yield Offer("consolidate_agenda", HELD, does=True, told=told)
        yield Offer("share_agenda", N_("Compartirla otra vez"), does=True)
    elif moves:
        yield Offer("share_agenda", SHARE if state == "draft" else N_("Compartirla otra vez"), does=True, told=told)
    else:
        yield Offer("", "", told=told)


def _open(store: Store, document: Document, state: str) -> Iterator[Problem]:
    """What keeps the agenda from being final, in sentences."""
    still = agenda.open_still(store, document)
    yield from (Problem(AnswerPath(), OPEN[each], {}) for each in (state, *still) if each in OPEN)
    facts = Facts({}, dossiers.filled(store, document), dossiers.view_of(store, document))
    rules = checked((rule for rule in FORMS[document.form].rules if rule.gate == "final" and rule.id in still), facts)
    yield from (problem for found in rules for problem in found.problems)


def _consents(store: Store, person: Person, document: Document) -> Iterator[Offer]:
    if document.form == consents.FORM:
        yield Offer("permissions", N_("Permisos: lo que vale hoy y cómo retirarlo"))


def _year(store: Store, person: Person, document: Document) -> Iterator[Offer]:
    """A plan's twelve months at a glance."""
    if plans.has_year(document):
        yield Offer("year", N_("El año del plan: calendario y avance"))


def _comparison(store: Store, person: Person, document: Document) -> Iterator[Offer]:
    """A report beside the one before it, where there is one."""
    if document.form == access.REPORT and reports.report_before(store, document):
        yield Offer("comparison", N_("Comparar con el informe anterior"))


def _reserved(store: Store, person: Person, document: Document) -> Iterator[Offer]:
    """Each reserved sheet of somebody else that may be opened with a reason; one's own is filled like the rest."""
    parts = [part for part in FORMS[document.form].parts if permissions.key_of(document.form, part.key) in permissions.APART]
    if not parts:
        return
    sight, filled = access.sees(store, person, document), dossiers.filled(store, document)
    for part in parts:
        for row in rows_of(filled.get(part.key)):
            subject = str(row[ID])
            if sight.audience(part.key, subject) not in ("", access.OWN):
                yield Offer("reserved", N_("Abrir la hoja reservada de {whose}"), subject=subject)


def _copies(store: Store, person: Person, document: Document) -> Iterator[Offer]:
    """A part that is the table of its own copies: who fills all of it adds and takes out people while it is open."""
    tables = [part for part in FORMS[document.form].parts if part.own_table(document.form)]
    for part in tables:
        if not (access.can(store, person, "submit", document, part.key) and editing.opening(store, person, document).allows(_table(part))):
            continue
        yield Offer("add_copy", N_("Agregar una persona"), does=True)
        sent = store.documents.parts(document.id)
        subjects = (str(row[ID]) for row in rows_of(dossiers.filled(store, document).get(part.key)))
        yield from (
            Offer("remove_copy", N_("Quitar a {whose}"), does=True, subject=subject)
            for subject in subjects
            if sent.get(f"{part.key}.{subject}", "draft") == "draft"
        )


def _table(part: Part) -> AnswerPath:
    return AnswerPath((part.key,))


def _own_table(document: Document) -> AnswerPath:
    """Raises NotFound where no part is the table of its own copies."""
    for part in FORMS[document.form].parts:
        if part.own_table(document.form):
            return _table(part)
    raise NotFound


def _add(store: Store, person: Person, document: Document, subject: str, key: str) -> str:
    table = _own_table(document)
    access.require(store, person, "submit", document, table.steps[0])
    return rows.add_row(store, person, document, table, key=key).row_id


def _remove(store: Store, person: Person, document: Document, subject: str, key: str) -> str:
    table = _own_table(document)
    access.require(store, person, "submit", document, table.steps[0])
    if not STEP.match(subject):
        raise NotFound
    if store.documents.parts(document.id).get(f"{table.steps[0]}.{subject}", "draft") != "draft":
        raise Moved(SENT)
    rows.remove_row(store, person, document, table / subject, key=key)
    return ""


def _share(store: Store, person: Person, document: Document, subject: str, key: str) -> str:
    agenda.share(store, person, document, key)
    return ""


def _consolidate(store: Store, person: Person, document: Document, subject: str, key: str) -> str:
    agenda.consolidate(store, person, document, key)
    return ""


SOURCES: Final = (_agenda, _copies, _year, _consents, _comparison, _reserved)
"""In the order they stand on a page."""
DEEDS: Final[Mapping[str, Callable[[Store, Person, Document, str, str], str]]] = MappingProxyType(
    {"share_agenda": _share, "consolidate_agenda": _consolidate, "add_copy": _add, "remove_copy": _remove}
)
