"""What happened in a dossier: append-only, one SHA-256 chain per dossier. Ids, roles, paths and marks, never a person's values."""
from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from app import clock
from app.errors import NotFound, Stale
from app.store import pointers
from app.store.database import Database, Row
from app.store.values import Json, canonical, from_json

INERT = re.compile(r"[A-Za-z0-9_.:/+=*\-]{0,200}\Z")
"""Ids, codes, paths, marks and dates. Sentences, names and e-mails do not fit."""


@dataclass(frozen=True)
class Event:
    """`number` counts from 1 in its dossier; `hash` covers everything else and `previous`, the hash before it."""

    dossier_id: str
    number: int
    kind: str
    actor_id: str
    payload: Mapping[str, Json]
    at: datetime
    previous: str
    hash: str

    @property
    def written_at(self) -> str:
        """`at` as it is stored and hashed."""
        return clock.written(self.at)


@dataclass(frozen=True)
class Broken:
    """The first link of a dossier's chain that does not hold; `why` is 'changed', 'missing' or 'head'."""

    dossier_id: str
    number: int
    why: str


class Events:
    """The log of all dossiers; appended to and read, nothing else."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def append(self, dossier_id: str, kind: str, actor_id: str, payload: Mapping[str, Json], at: datetime | None = None) -> Event:
        """Add what happened and let it move the pointers of the document its payload names.

        Repositories that change a dossier's things append their own events; workflow adds only those that change nothing kept here
        (seen, downloaded …). Raises NotFound for an unknown dossier, ValueError for a payload that could hold a person's values.
        """
        _inert(payload)
        text, moment = canonical(payload), clock.written(at or clock.now())
        with self._db.atomic():
            dossier = self._db.one("SELECT events, head FROM dossiers WHERE id = :id", id=dossier_id)
            if dossier is None:
                raise NotFound
            link: Row = {
                "dossier_id": dossier_id, "number": dossier["events"] + 1, "kind": kind, "actor_id": actor_id, "payload": text,
                "at": moment, "previous": dossier["head"],
            }
            link["hash"] = _hash(link)
            self._db.run("INSERT INTO events VALUES (:dossier_id, :number, :kind, :actor_id, :payload, :at, :previous, :hash)", **link)
            moved = self._db.run(
                "UPDATE dossiers SET events = :number, head = :hash WHERE id = :id AND head = :previous",
                id=dossier_id, number=link["number"], hash=link["hash"], previous=link["previous"],
            )
            if not moved:
                raise Stale
            pointers.move(self._db, kind, payload, moment)
        return _event(link)

    def of(self, dossier_id: str, after: int = 0) -> tuple[Event, ...]:
        """The dossier's events in order, those after number `after`."""
        rows = self._db.all("SELECT * FROM events WHERE dossier_id = :id AND number > :after ORDER BY number", id=dossier_id, after=after)
        return tuple(_event(row) for row in rows)

    def told(self, dossier_id: str, *kinds: str) -> tuple[Event, ...]:
        """The dossier's events of these kinds, in order."""
        wanted = {f"kind{number}": kind for number, kind in enumerate(kinds)}
        places = ", ".join(f":{name}" for name in wanted)
        sql = f"SELECT * FROM events WHERE dossier_id = :id AND kind IN ({places}) ORDER BY number"  # noqa: S608 - names of places
        return tuple(_event(row) for row in self._db.all(sql, id=dossier_id, **wanted))

    def dossiers(self) -> tuple[str, ...]:
        """Ids of all dossiers that have or should have events."""
        rows = self._db.all("SELECT id FROM dossiers UNION SELECT dossier_id FROM events ORDER BY 1")
        return tuple(row["id"] for row in rows)

    def broken(self) -> list[Broken]:
        """The first broken link of every chain that has one."""
        with self._db.snapshot():
            heads = {row["id"]: row for row in self._db.all("SELECT id, events, head FROM dossiers")}
            rows = self._db.all("SELECT * FROM events ORDER BY dossier_id, number")
        chains = {dossier_id: list(links) for dossier_id, links in groupby(rows, key=lambda row: str(row["dossier_id"]))}
        firsts = (_first(dossier_id, chains.get(dossier_id, []), heads.get(dossier_id)) for dossier_id in sorted(heads | chains))
        return [broken for broken in firsts if broken]


def _first(dossier_id: str, links: list[Row], dossier: Row | None) -> Broken | None:
    previous = ""
    for number, link in enumerate(links, start=1):
        if link["number"] != number:
            return Broken(dossier_id, number, "missing")
        if link["previous"] != previous or link["hash"] != _hash(link):
            return Broken(dossier_id, number, "changed")
        previous = link["hash"]
    if dossier is None or dossier["events"] > len(links):
        return Broken(dossier_id, len(links) + 1, "missing")
    return Broken(dossier_id, len(links), "head") if (dossier["events"], dossier["head"]) != (len(links), previous) else None


def _hash(link: Row) -> str:
    parts = [link[name] for name in ("dossier_id", "number", "kind", "actor_id", "payload", "at", "previous")]
    return hashlib.sha256(canonical(parts).encode()).hexdigest()


def _event(row: Row) -> Event:
    return Event(**row | {"payload": from_json(row["payload"]), "at": clock.read(row["at"])})


def _inert(payload: Mapping[str, Json]) -> None:
    for text in _texts(payload):
        if not INERT.match(text):
            raise ValueError(f"an event holds ids, roles and paths only, not {text!r}")


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield key
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
