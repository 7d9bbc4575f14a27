"""The worker: a process of its own that does what runs are waiting for."""

from __future__ import annotations

import click
from flask import Flask, current_app
from flask.cli import with_appcontext


def register(app: Flask) -> None:
    """Make `flask --app wsgi worker` known."""
    app.cli.add_command(worker)


@click.command(help="Hace los trabajos en espera hasta que se le pare (Ctrl-C).")
@with_appcontext
def worker() -> None:
    """Do at once what a killed worker left, then wait for nudges; huey's consumer takes the main thread and its signals."""
    from app.workflow import jobs, queueing

    queue = queueing.queue(current_app.extensions["anexa"], jobs.work_at)
    queue.sweep()
    queue.huey.create_consumer(workers=1, initial_delay=0.2, max_delay=2.0).run()
