"""The worker: a process of its own that does what runs are waiting for."""

from __future__ import annotations

import threading
import time
from contextlib import suppress

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app.config import Settings
from app.errors import Told


def register(app: Flask) -> None:
    """Make `flask --app wsgi worker` known."""
    app.cli.add_command(worker)


@click.command(help="Hace los trabajos en espera hasta que se le pare (Ctrl-C).")
@with_appcontext
def worker() -> None:
    """Do at once what a killed worker left, then wait for nudges; huey's consumer takes the main thread and its signals."""
    from app.workflow import queueing

    settings = current_app.extensions["anexa"]
    threading.Thread(target=_alive, args=(settings,), daemon=True).start()
    queue = queueing.queue(settings, look_at)
    queue.sweep()
    queue.huey.create_consumer(workers=2, initial_delay=0.2, max_delay=2.0).run()


def look_at(settings: Settings, what: str) -> None:
    """Do everything there is to do under a name: standing work, else a run."""
    import app.workflow.notebook_runs
    import app.workflow.packets  # noqa: F401 - these two say how their files are made
    from app.workflow import digest, exchange_states, jobs, mailing, queueing, signing

    standing = {queueing.MAIL: mailing.deliver, queueing.SEALS: signing.finish_at, queueing.REMINDERS: digest.send_at,
                queueing.STARTS: exchange_states.start_at}
    standing.get(what, jobs.work_at)(settings, what)


def _alive(settings: Settings) -> None:
    """Give a sign of life for as long as the process lives, however long its work takes."""
    from app.store import open_store
    from app.store.heartbeats import EVERY, WORKER

    while True:
        with suppress(Told), open_store(settings) as store:
            store.heartbeats.beat(WORKER)
        time.sleep(EVERY.total_seconds())
