"""Mail to send: the truth is its rows. A message is claimed with a lease, sent, tried again later and later, given up at last.

A row holds ids, never the words: these are written when it is sent, so no link and no code lies here in clear.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app import clock
from app.errors import N_, Stale
from app.store.database import Database, Row
from app.store.values import Json, canonical, from_json, new_id

LEASE = timedelta(minutes=5)
"""More than all waiting of one conversation with a mail server."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=6)
MOST_ATTEMPTS = 8
KEPT = timedelta(days=30)
TOO_LATE = N_("Ya no servía cuando se pudo enviar.")


@dataclass(frozen=True)
class Message:
    """`kind` says which words, `payload` (ids) fills them; `problem` is what the mail server said last. `id` never changes."""

    id: str
    kind: str
    person_id: str | None
    payload: Mapping[str, Json]
    added_at: datetime
    due_at: datetime
    until: datetime | None
    state: str
    lease: str | None
    lease_until: datetime | None
    attempts: int
    problem: str | None
    ended_at: datetime | None


class Outbox:
    """Messages waiting, being sent, sent and given up."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(
        self, kind: str, person_id: str | None = None, payload: Mapping[str, Json] | None = None, *,
        lasts: timedelta | None = None, at: datetime | None = None,
    ) -> str:
        """A message to send, with the transaction of what it tells; returns its id. After `lasts` it is of no use any more."""
        message_id, at = new_id(), at or clock.now()
        self._db.run(
            "INSERT INTO outbox VALUES (:id, :kind, :person_id, :payload, :at, :at, :until, 'waiting', NULL, NULL, 0, NULL, NULL)",
            id=message_id, kind=kind, person_id=person_id, payload=canonical(payload or {}), at=clock.written(at),
            until=clock.written(at + lasts) if lasts else None,
        )
        return message_id

    def claim(self, at: datetime | None = None) -> Message | None:
        """Take the message that is due longest; None when there is none. Those of killed workers are taken over."""
        at = at or clock.now()
        moment = {"at": clock.written(at)}
        with self._db.atomic():
            self._expired(moment["at"])
            row = self._db.one("SELECT id FROM outbox WHERE state = 'waiting' AND due_at <= :at ORDER BY due_at, id LIMIT 1", **moment)
            if row is None:
                return None
            self._db.run(
                "UPDATE outbox SET state = 'sending', lease = :lease, lease_until = :until, attempts = attempts + 1 WHERE id = :id",
                id=row["id"], lease=new_id(), until=clock.written(at + LEASE),
            )
            [found] = self._db.all("SELECT * FROM outbox WHERE id = :id", id=row["id"])
        return _message(found)

    def belongs(self, message: Message, person_id: str) -> None:
        """Whom it turned out to be for."""
        self._db.run("UPDATE outbox SET person_id = :person WHERE id = :id", id=message.id, person=person_id)

    def sent(self, message: Message, at: datetime | None = None) -> None:
        """The server took it. Raises Stale if the lease was lost."""
        self._ended(message, "sent", None, clock.written(at or clock.now()))

    def drop(self, message: Message) -> None:
        """There is nobody to send it to: nothing of it stays. Raises Stale."""
        if not self._db.run("DELETE FROM outbox WHERE id = :id AND lease = :held", id=message.id, held=message.lease):
            raise Stale

    def failed(self, message: Message, problem: str, again: bool, at: datetime | None = None) -> None:
        """Not sent, and why. With `again` it waits for its next attempt, up to eight in about twelve hours. Raises Stale."""
        at = at or clock.now()
        if not again or message.attempts >= MOST_ATTEMPTS:
            self._ended(message, "dead", problem, clock.written(at))
            return
        wait = min(FIRST_WAIT * 4 ** (message.attempts - 1), LONGEST_WAIT)
        held = self._db.run(
            "UPDATE outbox SET state = 'waiting', due_at = :due, problem = :problem, lease = NULL, lease_until = NULL"
            " WHERE id = :id AND lease = :held",
            id=message.id, held=message.lease, due=clock.written(at + wait), problem=problem,
        )
        if not held:
            raise Stale

    def of(self, person_id: str) -> tuple[Message, ...]:
        """The messages to a person, newest first."""
        rows = self._db.all("SELECT * FROM outbox WHERE person_id = :id ORDER BY added_at DESC, id", id=person_id)
        return tuple(_message(row) for row in rows)

    def sweep(self, at: datetime | None = None) -> int:
        """Delete what ended a month ago; returns how many."""
        return self._db.run("DELETE FROM outbox WHERE ended_at <= :at", at=clock.written((at or clock.now()) - KEPT))

    def _expired(self, moment: str) -> None:
        """What outlived its lease waits again; what is of no use any more is given up."""
        self._db.run(
            "UPDATE outbox SET state = 'waiting', lease = NULL, lease_until = NULL WHERE state = 'sending' AND lease_until <= :at",
            at=moment,
        )
        self._db.run(
            "UPDATE outbox SET state = 'dead', ended_at = :at, problem = COALESCE(problem, :late) WHERE state = 'waiting' AND until <= :at",
            at=moment, late=TOO_LATE,
        )

    def _ended(self, message: Message, state: str, problem: str | None, moment: str) -> None:
        held = self._db.run(
            "UPDATE outbox SET state = :state, problem = :problem, ended_at = :at, lease = NULL, lease_until = NULL"
            " WHERE id = :id AND lease = :held",
            id=message.id, held=message.lease, state=state, problem=problem, at=moment,
        )
        if not held:
            raise Stale


def _message(row: Row) -> Message:
    moments = {name: clock.read(row[name]) if row[name] else None for name in ("added_at", "due_at", "until", "lease_until", "ended_at")}
    return Message(**row | moments | {"payload": from_json(row["payload"])})
