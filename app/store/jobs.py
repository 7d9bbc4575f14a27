"""Batches: the truth is their rows. An item is claimed with a lease, done when its result is stored, and safe to repeat."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app import clock
from app.errors import N_, NotFound, Stale
from app.store.database import Database, Row
from app.store.values import Json, canonical, from_json, new_id

LEASE = timedelta(minutes=1)
MOST_ATTEMPTS = 3
GIVEN_UP = N_("No se pudo terminar después de varios intentos.")


@dataclass(frozen=True)
class Job:
    """A batch somebody started. It is finished when no item is waiting or working, cancelled or not."""

    id: str
    kind: str
    person_id: str
    payload: Mapping[str, Json]
    started_at: datetime
    cancelled_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True)
class Item:
    """One piece of a job. `state`: waiting, working, done, failed, cancelled; `lease` names the claim on it; `problem` is a msgid."""

    job_id: str
    number: int
    payload: Mapping[str, Json]
    state: str
    lease: str | None
    lease_until: datetime | None
    attempts: int
    result: Json
    problem: str | None


@dataclass(frozen=True)
class Progress:
    """How many items are in each state."""

    waiting: int
    working: int
    done: int
    failed: int
    cancelled: int

    @property
    def total(self) -> int:
        """All items."""
        return self.waiting + self.working + self.done + self.failed + self.cancelled

    @property
    def over(self) -> bool:
        """Whether nothing is left to do."""
        return not self.waiting and not self.working


class Jobs:
    """Batches and their items, claimed, done and swept."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(
        self, kind: str, person_id: str, items: Iterable[Mapping[str, Json]], payload: Mapping[str, Json] | None = None,
        at: datetime | None = None,
    ) -> Job:
        """Start a job of these items; one without items is finished at once."""
        job_id, moment = new_id(), clock.written(at or clock.now())
        with self._db.atomic():
            self._db.run(
                "INSERT INTO jobs VALUES (:id, :kind, :person_id, :payload, :at, NULL, NULL)",
                id=job_id, kind=kind, person_id=person_id, payload=canonical(payload or {}), at=moment,
            )
            self._db.many(
                "INSERT INTO job_items VALUES (:id, :number, :payload, 'waiting', NULL, NULL, 0, NULL, NULL)",
                [{"id": job_id, "number": number, "payload": canonical(item)} for number, item in enumerate(items, start=1)],
            )
            self._finished(job_id, moment)
            return self.get(job_id)

    def get(self, job_id: str) -> Job:
        """Raises NotFound."""
        row = self._db.one("SELECT * FROM jobs WHERE id = :id", id=job_id)
        if row is None:
            raise NotFound
        moments = {name: _moment(row[name]) for name in ("started_at", "cancelled_at", "finished_at")}
        return Job(**row | moments | {"payload": from_json(row["payload"])})

    def items(self, job_id: str) -> tuple[Item, ...]:
        """All items of a job, by number."""
        return tuple(_item(row) for row in self._db.all("SELECT * FROM job_items WHERE job_id = :id ORDER BY number", id=job_id))

    def open(self) -> tuple[str, ...]:
        """Ids of the jobs with items to do, oldest first: what a worker that lost its nudge looks at."""
        rows = self._db.all("SELECT id FROM jobs WHERE finished_at IS NULL ORDER BY started_at, id")
        return tuple(row["id"] for row in rows)

    def claim(self, job_id: str, lease: timedelta = LEASE, at: datetime | None = None) -> Item | None:
        """Take the next item for as long as `lease`; None when there is none to take. Expired leases are taken over."""
        at = at or clock.now()
        with self._db.atomic():
            self._expired(job_id, clock.written(at))
            row = self._db.one(
                "SELECT number FROM job_items WHERE job_id = :id AND state = 'waiting' ORDER BY attempts, number LIMIT 1", id=job_id
            )
            if row is None:
                return None
            self._db.run(
                "UPDATE job_items SET state = 'working', lease = :lease, lease_until = :until, attempts = attempts + 1"
                " WHERE job_id = :id AND number = :number",
                id=job_id, number=row["number"], lease=new_id(), until=clock.written(at + lease),
            )
            return self._one(job_id, row["number"])

    def renew(self, item: Item, lease: timedelta = LEASE, at: datetime | None = None) -> None:
        """Hold the item longer. Raises Stale if the lease is not the holder's any more."""
        until = clock.written((at or clock.now()) + lease)
        self._held(item, "lease_until = :until", until=until)

    def done(self, item: Item, result: Json = None, at: datetime | None = None) -> None:
        """Store the result, once. Raises Stale if the lease was lost: another worker's result counts then."""
        self._ended(item, "state = 'done', problem = NULL, result = :result", at, result=canonical(result))

    def failed(self, item: Item, problem: str, again: bool = False, at: datetime | None = None) -> None:
        """The item cannot be done; `problem` is the sentence to show. With `again` it has three attempts. Raises Stale."""
        if again and item.attempts < MOST_ATTEMPTS:
            self._ended(item, "state = 'waiting', problem = :problem", at, problem=problem)
        else:
            self._ended(item, "state = 'failed', problem = :problem", at, problem=problem)

    def cancel(self, job_id: str, at: datetime | None = None) -> None:
        """Do no further item; the one being done may still be finished by its worker, whose result is then refused."""
        moment = clock.written(at or clock.now())
        with self._db.atomic():
            self.get(job_id)
            self._db.run(
                "UPDATE job_items SET state = 'cancelled', lease = NULL, lease_until = NULL"
                " WHERE job_id = :id AND state IN ('waiting', 'working')",
                id=job_id,
            )
            self._db.run("UPDATE jobs SET cancelled_at = :at WHERE id = :id AND finished_at IS NULL", id=job_id, at=moment)
            self._finished(job_id, moment)

    def resume(self, job_id: str) -> None:
        """What was cancelled or failed waits again, and the last item with it, which puts the others together; what is done stays."""
        with self._db.atomic():
            self.get(job_id)
            waits = "state = 'waiting', lease = NULL, lease_until = NULL, attempts = 0, result = NULL, problem = NULL"
            again = self._db.run(
                f"UPDATE job_items SET {waits} WHERE job_id = :id AND state IN ('cancelled', 'failed')", id=job_id  # noqa: S608
            )
            if again:
                last = "number = (SELECT MAX(number) FROM job_items WHERE job_id = :id)"
                self._db.run(f"UPDATE job_items SET {waits} WHERE job_id = :id AND {last}", id=job_id)  # noqa: S608
                self._db.run("UPDATE jobs SET cancelled_at = NULL, finished_at = NULL WHERE id = :id", id=job_id)

    def of(self, person_id: str, kind: str) -> tuple[Job, ...]:
        """What somebody started of a kind, newest first."""
        rows = self._db.all(
            "SELECT id FROM jobs WHERE person_id = :person_id AND kind = :kind ORDER BY started_at DESC, id DESC",
            person_id=person_id, kind=kind,
        )
        return tuple(self.get(row["id"]) for row in rows)

    def progress(self, job_id: str) -> Progress:
        """Counts by state; all zero for an unknown job."""
        rows = self._db.all("SELECT state, COUNT(*) AS items FROM job_items WHERE job_id = :id GROUP BY state", id=job_id)
        counts = {row["state"]: row["items"] for row in rows}
        return Progress(*(counts.get(state, 0) for state in ("waiting", "working", "done", "failed", "cancelled")))

    def sweep(self, at: datetime | None = None) -> tuple[str, ...]:
        """Free the items of killed workers; returns the ids of all jobs with items to do. Call it every minute."""
        moment = clock.written(at or clock.now())
        with self._db.atomic():
            for job_id in self.open():
                self._expired(job_id, moment)
            return self.open()

    def _expired(self, job_id: str, moment: str) -> None:
        """What outlived its lease waits again, or has failed if it was tried often enough."""
        touched = self._db.run(
            "UPDATE job_items SET state = CASE WHEN attempts < :most THEN 'waiting' ELSE 'failed' END,"
            " problem = CASE WHEN attempts < :most THEN problem ELSE :problem END, lease = NULL, lease_until = NULL"
            " WHERE job_id = :id AND state = 'working' AND lease_until <= :at",
            id=job_id, at=moment, most=MOST_ATTEMPTS, problem=GIVEN_UP,
        )
        if touched:
            self._finished(job_id, moment)

    def _ended(self, item: Item, change: str, at: datetime | None, **values: object) -> None:
        with self._db.atomic():
            self._held(item, f"{change}, lease = NULL, lease_until = NULL", **values)
            self._finished(item.job_id, clock.written(at or clock.now()))

    def _held(self, item: Item, change: str, **values: object) -> None:
        sql = f"UPDATE job_items SET {change} WHERE job_id = :id AND number = :number AND state = 'working' AND lease = :held"  # noqa: S608 - written above
        if not self._db.run(sql, id=item.job_id, number=item.number, held=item.lease, **values):
            raise Stale

    def _finished(self, job_id: str, moment: str) -> None:
        self._db.run(
            "UPDATE jobs SET finished_at = :at WHERE id = :id AND finished_at IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM job_items WHERE job_id = :id AND state IN ('waiting', 'working'))",
            id=job_id, at=moment,
        )

    def _one(self, job_id: str, number: int) -> Item:
        [row] = self._db.all("SELECT * FROM job_items WHERE job_id = :id AND number = :number", id=job_id, number=number)
        return _item(row)


def _item(row: Row) -> Item:
    result = from_json(row["result"]) if row["result"] else None
    return Item(**row | {"payload": from_json(row["payload"]), "lease_until": _moment(row["lease_until"]), "result": result})


def _moment(text: str | None) -> datetime | None:
    return clock.read(text) if text else None
