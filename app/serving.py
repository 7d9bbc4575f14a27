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
    """Serve until Ctrl-C or SIGTERM. Raises BadSettings before starting anything, or if server or worker ends by itself."""
    if settings.demo and host not in LOOPBACK:
        raise BadSettings(why=f"una demostración solo escucha en esta máquina, no en {host}")
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    _free(host, port)
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    environment.setdefault("ANEXA_BASE_URL", f"http://{address}" if settings.demo else settings.base_url)
    signal.signal(signal.SIGTERM, _interrupted)
    children = [_started(command, environment) for command in (_server(address), WORKER)]
    try:
        for line in welcome(settings, f"http://{address}"):
            tell(line)
        while all(child.poll() is None for child in children):
            time.sleep(LOOK)
        raise BadSettings(why="el servidor o su trabajador terminó por sí solo; lo dice la línea de arriba")
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


def _server(address: str) -> list[str]:
    ending = ["--graceful-timeout", str(int(GRACE) - 2)]  # before we stop it ourselves, or its own children would outlive it
    options = ["--threads", "8", "--log-level", "warning", "--no-control-socket", *ending]
    return [sys.executable, "-m", "gunicorn", "--bind", address, *options, "wsgi:app"]


WORKER: Final = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]


def _started(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """In a session of its own, so that Ctrl-C reaches only us and each child is asked once."""
    return subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)  # noqa: S603 - one of our own two


def _free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadSettings(why=f"no se puede escuchar en {host}, puerto {port} ({error.strerror}); use --port con otro") from None


def _interrupted(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _ended(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask both to finish what they are doing; those that do not within the grace are stopped."""
    server, worker = children
    for child, asked in ((server, signal.SIGTERM), (worker, signal.SIGINT)):
        if child.poll() is None:
            child.send_signal(asked)
    until = time.monotonic() + GRACE
    for child in children:
        try:
            child.wait(max(until - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
