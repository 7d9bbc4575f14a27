"""The nudge «look at run R», carried by huey in a file of its own. A lost nudge costs a minute: the sweep finds what is open."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, TypeAlias

from huey import SqliteHuey, crontab

from app.config import Settings
from app.store import open_store

FILE: Final = "queue.db"
MAIL: Final = "mail"
SEALS: Final = "seals"
REMINDERS: Final = "reminders"
STARTS: Final = "starts"
STANDING: Final = (MAIL, SEALS, STARTS)
"""What is looked at every minute, nudged or not; the other names are runs."""
SOON: Final = 1
"""Seconds in which a transaction that nudges has surely ended."""
Work: TypeAlias = Callable[[Settings, str], None]


@dataclass(frozen=True)
class Queue:
    """`nudge(what)` tells a worker, `soon(what)` does from inside a transaction; `sweep()` does, here and now, whatever is open."""

    huey: Any
    nudge: Callable[[str], object]
    soon: Callable[[str], object]
    sweep: Callable[[], None]


@cache
def queue(settings: Settings, work: Work) -> Queue:
    """The queue of an installation; `work` does everything that is to do under one name."""
    huey = SqliteHuey("anexa", filename=str(settings.instance / FILE), results=False)

    def look_at(what: str) -> None:
        work(settings, what)

    told: dict[str, float] = {}

    def soon(what: str) -> None:
        if time.monotonic() - told.get(what, -SOON) < SOON / 4:  # the nudge of a moment ago is still to come
            return
        with suppress(sqlite3.Error):  # a lost nudge costs a minute; what it tells about must not be lost with it
            look.schedule((what,), delay=SOON)
            told[what] = time.monotonic()

    def sweep() -> None:
        with open_store(settings) as store:
            waiting = store.jobs.sweep()
        for what in (*STANDING, *waiting):
            work(settings, what)

    def tidy() -> None:
        with open_store(settings) as store:
            store.sweep()

    def remind() -> None:
        work(settings, REMINDERS)

    huey.periodic_task(crontab(minute="*"), name="sweep")(sweep)
    huey.periodic_task(crontab(minute="7"), name="remind")(remind)
    huey.periodic_task(crontab(minute="17"), name="tidy")(tidy)
    look = huey.task(name="look_at")(look_at)
    return Queue(huey, look, soon, sweep)
