"""The nudge «look at run R», carried by huey in a file of its own. A lost nudge costs a minute: the sweep finds what is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, TypeAlias

from huey import SqliteHuey, crontab

from app.config import Settings
from app.store import open_store

FILE: Final = "queue.db"
Work: TypeAlias = Callable[[Settings, str], None]


@dataclass(frozen=True)
class Queue:
    """`nudge(run_id)` tells a worker; `sweep()` does, here and now, whatever is open."""

    huey: Any
    nudge: Callable[[str], object]
    sweep: Callable[[], None]


@cache
def queue(settings: Settings, work: Work) -> Queue:
    """The queue of an installation; `work` does everything that is to do in one run."""
    huey = SqliteHuey("anexa", filename=str(settings.instance / FILE), results=False)

    def look_at(run_id: str) -> None:
        work(settings, run_id)

    def sweep() -> None:
        with open_store(settings) as store:
            waiting = store.jobs.sweep()
        for run_id in waiting:
            work(settings, run_id)

    def tidy() -> None:
        with open_store(settings) as store:
            store.sweep()

    huey.periodic_task(crontab(minute="*"), name="sweep")(sweep)
    huey.periodic_task(crontab(minute="17"), name="tidy")(tidy)
    return Queue(huey, huey.task(name="look_at")(look_at), sweep)
