"""Server and worker as two child processes that live and end together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Final

from app.config import LOOPBACK, Settings
from app.errors import BadSettings

ROOT: Final = Path(__file__).parent.parent
GRACE: Final = 10.0
"""Seconds the children have to finish what they are doing."""
LOOK: Final = 0.3


def run(settings: Settings, host: str, port: int, tell: Callable[[str], object]) -> None:
    """Serve until Ctrl-C or SIGTERM, or until one of the two ends. Raises BadSettings before starting anything."""
    if settings.demo and host not in LOOPBACK:
        raise BadSettings(why=f"una demostración solo escucha en esta máquina, no en {host}")
    _free(host, port)
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    environment.setdefault("ANEXA_BASE_URL", f"http://{host}:{port}" if settings.demo else settings.base_url)
    signal.signal(signal.SIGTERM, _interrupted)
    children = [subprocess.Popen(each, cwd=ROOT, env=environment, start_new_session=True) for each in _commands(host, port)]  # noqa: S603 - our own two
    try:
        for line in welcome(settings, f"http://{host}:{port}"):
            tell(line)
        while all(child.poll() is None for child in children):
            time.sleep(LOOK)
    except KeyboardInterrupt:
        tell("")
    finally:
        _ended(children)


def welcome(settings: Settings, address: str) -> list[str]:
    """Where to go, and who to enter as in a demonstration."""
    from app.store import open_store

    lines = [f"Anexa está en {address}  (Ctrl-C para terminar)"]
    if not settings.demo:
        return lines
    with open_store(settings) as store:
        people = [(person.name, sorted({grant.role for grant in store.grants.of(person.id)})) for person in store.people.all()]
    return [*lines, "Entre como:", *(f"  · {name} ({', '.join(roles)})" for name, roles in people)]


def _commands(host: str, port: int) -> list[list[str]]:
    server = [
        sys.executable,
        "-m",
        "gunicorn",
        "--bind",
        f"{host}:{port}",
        "--threads",
        "8",
        "--log-level",
        "warning",
        "--no-control-socket",
        "wsgi:app",
    ]
    return [server, [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]]


def _free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise BadSettings(why=f"el puerto {port} está ocupado; use --port con otro") from None


def _interrupted(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _ended(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask both to stop; those that do not within the grace are stopped."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + GRACE
    for child in children:
        try:
            child.wait(max(until - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
