"""Reminders: once a day at most, one message with everything that waits for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from app import clock, i18n
from app.config import Settings
from app.errors import N_
from app.store import Message, Person, Store, open_store
from app.workflow import access, deadlines, mailing, notices, tasks
from app.workflow.deadlines import Plan
from app.workflow.tasks import Task

KIND: Final = "digest"
LASTS: Final = timedelta(hours=20)
ONE, MANY = N_("Una tarea espera en Anexa"), N_("{count} tareas esperan en Anexa")
SINCE, DUE, LATE = N_("Espera desde el {since}."), N_("Vence el {until}."), N_("Venció el {until}.")


def send(store: Store) -> int:
    """Remind everybody who is owed it today; returns how many. Again on the same day it does nothing."""
    return sum(_remind(store, person) for person in _owed(store, clock.today()))


def send_at(settings: Settings, what: str = "") -> None:
    """The same for a worker."""
    with open_store(settings) as store:
        send(store)


def _owed(store: Store, today: date) -> list[Person]:
    """Those for whom something has waited for a reminder's number of days, or is due, since they were last reminded."""
    plan = deadlines.plan(store.settings)
    found: dict[str, tuple[Person, list[Task]]] = {}
    for document in tasks.waiting(store):
        for person in access.people(store, "view", document):
            if mine := list(tasks.of(store, person, document)):
                found.setdefault(person.id, (person, []))[1].extend(mine)
    owed = (person for person, waiting in found.values() if _due(waiting, store.digests.last(person.id), today, plan))
    return list(owed)


def _due(waiting: Iterable[Task], last: date | None, today: date, plan: Plan) -> bool:
    moments = (day for task in waiting for day in _moments(task, plan))
    return any(day <= today and (last is None or last < day) for day in moments)


def _moments(task: Task, plan: Plan) -> Iterator[date]:
    """The days on which who a task waits for is reminded: around its due date where its form says so, else after it began to wait."""
    around = plan.around.get(task.document.form, ()) if task.kind == "fill" and task.until else ()
    if task.until:
        yield from (task.until + timedelta(days=each) for each in around or (0,))
    if not around:
        yield from (task.since.date() + timedelta(days=each) for each in plan.reminders)


def _remind(store: Store, person: Person) -> bool:
    with store.atomic():
        if not store.digests.first(person.id, clock.today()):
            return False
        mailing.post(store, KIND, person, lasts=LASTS)
    return True


@mailing.letter(KIND)
def _written(store: Store, message: Message) -> mailing.Draft | None:
    """What waits when it is sent; nothing, if it was done meanwhile."""
    assert message.person_id is not None  # a reminder is for somebody
    person = store.people.get(message.person_id)
    waiting = tasks.mine(store, person)
    if not waiting:
        return None
    say = mailing.words_of(person)
    subject = say(ONE) if len(waiting) == 1 else say(MANY, count=len(waiting))
    return mailing.Draft(person, subject, tuple(_line(store, person, task) for task in waiting))


def _line(store: Store, person: Person, task: Task) -> str:
    say, fmt = mailing.words_of(person), i18n.formatter(person.locale.partition("_")[0])
    places = {**task.places, **{name: fmt.words(str(task.places[name])) for name in ("title", "part")}}
    parts = [say(task.sentence, **places), say(SINCE, since=fmt.date(task.since.date().isoformat()))]
    if task.until:
        parts.append(say(LATE if task.late else DUE, until=fmt.date(task.until.isoformat())))
    return " ".join(parts) + f"\n{notices.address(store, task.document)}"
