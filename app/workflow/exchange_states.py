"""How far an exchange is, from planning on, and what moves it: one table (forms.md §3). A form that is not registered guards nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final, TypeAlias

from app import clock, i18n
from app.config import Settings
from app.errors import N_, Forbidden, Moved, NotFound, NotReady, Stale
from app.store import Document, Dossier, Message, Person, Store, open_store
from app.workflow import access, dossiers, life, mailing, opening, programmes, semaphore, slots, surroundings
from forms import FORMS
from forms.kinds.base import Problem
from forms.path import AnswerPath
from forms.values import mapping
from forms.view import Formatter

Guard: TypeAlias = Callable[[Store, Dossier, Formatter], Iterator[Problem]]
"""What lacks before an exchange may move: each says what, and who can do it, in the reader's words."""
STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "planning": N_("En planificación"),
        "referenced": N_("Referenciada"),
        "ready": N_("Lista"),
        "running": N_("En curso"),
        "closed": N_("Realizada"),
        "evaluated": N_("Evaluada"),
        "following": N_("En seguimiento"),
        "finished": N_("Finalizada"),
        "cancelled": N_("Cancelada"),
        "postponed": N_("Aplazada"),
    }
)
BEFORE_RUNNING: Final = ("planning", "referenced", "ready")
PREPARED: Final = ("A1", "A2", "A3", "A4", "A7")
"""The forms that are signed before the visit."""
SHARED: Final = ("shared", "consolidated", "final")
ENOUGH: Final = 80
"""Of a hundred logbooks, how many are sent before an exchange counts as evaluated."""
REASON: Final = "state_reason"
"""The fact that says why an exchange was cancelled or postponed."""
FROM: Final = "from"
STOPPED: Final = "exchange_stopped"
UNSIGNED: Final = N_("«{title}» ({code}) no está firmado: {who}.")
NOT_SENT: Final = N_("«{title}» ({code}) no se ha enviado: {who}.")
NOT_SHARED: Final = N_("La agenda no está compartida: la comparte el punto focal anfitrión.")
NOT_FINAL: Final = N_("La agenda no es definitiva: la jefatura anfitriona cierra los cambios pedidos y se aprueba la Parte B.")
NO_DOCUMENT: Final = N_("Todavía no hay «{title}».")


def signed(*forms: str) -> Guard:
    """Every document of these forms is signed, or approved where nobody signs it."""

    def guard(store: Store, dossier: Dossier, fmt: Formatter) -> Iterator[Problem]:
        for form in (form for form in forms if form in FORMS):
            found = [each for each in surroundings.current(store, dossier) if each.form == form]
            if len(found) < len(FORMS[form].subjects or [form]):
                yield Problem(AnswerPath(), NO_DOCUMENT, {"title": fmt.words(FORMS[form].title)})
            yield from (_lacking(store, each, UNSIGNED, fmt) for each in found if not _settled(store, each))

    return guard


def _settled(store: Store, document: Document) -> bool:
    return document.state in ("signed", "superseded") or (document.state == "approved" and not slots.of(store, document))


def _lacking(store: Store, document: Document, message: str, fmt: Formatter) -> Problem:
    """What is not there yet, and the roles that can do it."""
    form = FORMS[document.form]
    roles = {"submitted": [part.reviewer for part in form.parts], "signing": [_turn(store, document)]}
    told = roles.get(document.state) or [part.filler for part in form.parts]
    who = ", ".join(dict.fromkeys(fmt.words(programmes.ROLES.get(role, role)) for role in told if role))
    return Problem(AnswerPath(), message, {"title": fmt.words(form.title), "code": dossiers.code_of(store, document), "who": who})


def _turn(store: Store, document: Document) -> str:
    return next((slot.role for slot in slots.of(store, document) if slot.standing == "turn"), "")


def agenda(*states: str) -> Guard:
    """The shared agenda has come that far."""

    def guard(store: Store, dossier: Dossier, fmt: Formatter) -> Iterator[Problem]:
        document = next((each for each in surroundings.current(store, dossier) if each.form == "A1"), None)
        if document is None or "A1" not in FORMS:
            return
        state = dossiers.filled(store, document).get("agenda_state")
        if state is not None and state not in states:
            yield Problem(AnswerPath(("agenda",)), NOT_FINAL if states == ("final",) else NOT_SHARED, {})

    return guard


def rules_pass(*forms: str) -> Guard:
    """No rule that blocks says no of these forms, or of when the exchange is ready; those of forms that come later wait for them."""

    def guard(store: Store, dossier: Dossier, fmt: Formatter) -> Iterator[Problem]:
        for light in semaphore.of(store, dossier, fmt):
            if light.colour == "red" and (light.document.form in forms or light.gate == "ready"):
                yield Problem(light.path, N_("{rule}: {sentence}"), {"rule": light.rule, "sentence": light.sentence})

    return guard


def begun(store: Store, dossier: Dossier, fmt: Formatter) -> Iterator[Problem]:
    """The first day has come, where the host is."""
    first = first_day(dossier)
    if first is None or host_today(dossier) < first:
        told = fmt.date_short(first.isoformat()) if first else "—"
        yield Problem(AnswerPath(), N_("La visita empieza el {day}."), {"day": told})


def logbooks(store: Store, dossier: Dossier, fmt: Formatter) -> Iterator[Problem]:
    """Four in five logbooks are sent; those missing are listed."""
    found = [each for each in surroundings.current(store, dossier) if each.form == "A6" and "A6" in FORMS]
    missing = [each for each in found if not opening.far_enough(each.state, "submitted")]
    if found and (len(found) - len(missing)) * 100 < ENOUGH * len(found):
        yield from (_lacking(store, each, NOT_SENT, fmt) for each in missing)


@dataclass(frozen=True)
class Move:
    """`role`: who may; `to`: the state it leads to, '' back where it came from; `reason`: whether it has to be said why."""

    role: str
    to: str
    event: str
    label: str
    guards: tuple[Guard, ...] = ()
    reason: bool = False


STOP: Final = {
    "cancel": Move("secretariat", "cancelled", "exchange_cancelled", N_("Cancelar el intercambio"), reason=True),
    "postpone": Move("secretariat", "postponed", "exchange_postponed", N_("Aplazar el intercambio"), reason=True),
}
TRANSITIONS: Final[Mapping[tuple[str, str], Move]] = MappingProxyType(
    {
        ("planning", "reference"): Move(
            "focal_host", "referenced", "exchange_referenced", N_("Dar por referenciada"), (agenda(*SHARED), signed("F3R"))
        ),
        ("referenced", "ready"): Move(
            "secretariat", "ready", "exchange_ready", N_("Dar por lista"),
            (signed(*PREPARED), agenda("final"), rules_pass(*PREPARED)),
        ),
        ("ready", "start"): Move("focal_host", "running", "exchange_started", N_("Dar por comenzada"), (begun,)),
        ("running", "close"): Move("focal_host", "closed", "exchange_closed", N_("Dar por realizada"), (signed("F4C"),)),
        ("closed", "evaluate"): Move("focal_visiting", "evaluated", "exchange_evaluated", N_("Dar por evaluada"), (signed("A5"), logbooks)),
        ("evaluated", "follow"): Move("secretariat", "following", "exchange_followed", N_("Empezar el seguimiento"), (signed("PTA"),)),
        ("following", "finish"): Move("secretariat", "finished", "exchange_finished", N_("Dar por finalizada"), (signed("F5S"),)),
        **{(state, action): move for state in BEFORE_RUNNING for action, move in STOP.items()},
        ("postponed", "resume"): Move("secretariat", "", "exchange_resumed", N_("Retomar el intercambio")),
        ("postponed", "cancel"): STOP["cancel"],
    }
)
"""(state, action) → move. What is not here cannot be done."""


@dataclass(frozen=True)
class Offer:
    """Something a person may do with an exchange now; `lacks` says what is missing before, and who can do it."""

    action: str
    label: str
    lacks: tuple[Problem, ...]
    reason: bool

    @property
    def ready(self) -> bool:
        return not self.lacks


def actions(store: Store, person: Person, dossier: Dossier, fmt: Formatter | None = None) -> tuple[Offer, ...]:
    """What this person may do with the exchange now, in the order of the table."""
    access.require(store, person, "view", dossier)
    roles = access.roles_on(store, person, dossier)
    return tuple(
        Offer(action, move.label, lacking(store, dossier, move, fmt or i18n.formatter("es")), move.reason)
        for (state, action), move in TRANSITIONS.items()
        if state == dossier.state and move.role in roles
    )


def lacking(store: Store, dossier: Dossier, move: Move, fmt: Formatter) -> tuple[Problem, ...]:
    """What is missing before a move, for whoever may make it."""
    return tuple(problem for guard in move.guards for problem in guard(store, dossier, fmt))


def move(
    store: Store, person: Person, dossier: Dossier, action: str, reason: str = "", key: str = "", fmt: Formatter | None = None
) -> Dossier:
    """Move an exchange. Raises NotFound, Forbidden, Moved, NotReady saying what lacks, Invalid without a reason where there must be one."""
    access.require(store, person, "view", dossier)

    def work() -> str:
        now = store.dossiers.get(dossier.id)
        made = _allowed(store, person, now, action)
        if made.reason:
            store.dossiers.set_facts(now.id, {REASON: life.reason_of(reason)}, person.id)
        if lacks := lacking(store, now, made, fmt or i18n.formatter("es")):
            raise NotReady(lacks)
        store.dossiers.move(now.id, made.event, now.state, made.to or _origin(store, now), person.id, payload={FROM: now.state})
        if made.reason:
            _tell(store, now)
        return now.id

    return store.dossiers.get(str(store.requests.once(key, person.id, f"{action}:{dossier.id}", work)))


def _allowed(store: Store, person: Person, dossier: Dossier, action: str) -> Move:
    """The move, if it is this person's and the exchange is where it starts."""
    roles = {move.role for (_, each), move in TRANSITIONS.items() if each == action}
    if not roles & access.roles_on(store, person, dossier):
        raise Forbidden
    found = TRANSITIONS.get((dossier.state, action))
    if found is None:
        raise Moved(state=STATES.get(dossier.state, dossier.state))
    return found


def _origin(store: Store, dossier: Dossier) -> str:
    """The state a postponed exchange came from."""
    told = store.events.told(dossier.id, STOP["postpone"].event)
    if not told:
        raise NotFound
    return str(told[-1].payload[FROM])


def first_day(dossier: Dossier) -> date | None:
    """The first day of the visit; None while it is not known."""
    try:
        return date.fromisoformat(str(mapping(dossier.facts.get("visit_period")).get("start")))
    except ValueError:
        return None


def host_today(dossier: Dossier) -> date:
    """The day it is where the host is."""
    return i18n.local(clock.now(), str(dossier.facts.get("host_country"))).date()


def start_due(store: Store) -> int:
    """Every exchange that is ready runs from its first day at 00:00 where the host is; for a periodic task. Returns how many began."""
    move, begun_now = TRANSITIONS["ready", "start"], 0
    for dossier in store.dossiers.of_programme(programmes.EXCHANGE):
        if dossier.state == "ready" and not lacking(store, dossier, move, i18n.formatter("es")):
            try:
                store.dossiers.move(dossier.id, move.event, "ready", move.to, "", payload={FROM: "ready"})
            except Stale:
                continue
            begun_now += 1
    return begun_now


def start_at(settings: Settings, _: str = "") -> None:
    """`start_due` of an installation, and the documents a day makes due."""
    with open_store(settings) as store:
        start_due(store)
        opening.open_due(store)


def _tell(store: Store, dossier: Dossier) -> None:
    """Everybody with a role in the exchange is told that it stopped, and why."""
    emails = {str(answers.get("email") or "").strip().lower() for answers in dossier.people.values()} - {""}
    people = [person for email in sorted(emails) if (person := store.people.by_email(email))]
    subjects = (grant for scope in store.grants.scopes("subject", f"{dossier.id}:") for grant in store.grants.within("subject", scope))
    for person in {each.id: each for each in (*people, *(store.people.get(grant.person_id) for grant in subjects))}.values():
        mailing.post(store, STOPPED, person, {"dossier": dossier.id})


@mailing.letter(STOPPED)
def _written(store: Store, message: Message) -> mailing.Draft | None:
    if message.person_id is None:
        return None
    person, dossier = store.people.get(message.person_id), store.dossiers.get(str(message.payload["dossier"]))
    if dossier.state not in (STOP["cancel"].to, STOP["postpone"].to) or not access.can(store, person, "view", dossier):
        return None
    say = mailing.words_of(person)
    places = {"code": dossier.code, "title": dossier.title, "state": say(STATES[dossier.state])}
    said = say(N_("El intercambio «{title}» ({code}) cambió de estado: {state}."), **places)
    why = say(N_("Motivo: {reason}"), reason=dossier.facts.get(REASON))
    return mailing.Draft(person, say(N_("{state}: {code}"), **places), (said, why))
