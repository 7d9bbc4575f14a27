"""The writers' queue: a locked file, which the kernel hands on about in the order of asking and takes from a killed process."""
from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import NotSaved

_mine = threading.local()


class Turn:
    """SQLite waits by asking again after ever longer naps: with fifty writers at once, some waited for ten seconds. Here they queue.

    Waiting has no end but the holder's: what holds the lock must not wait for people. Who locks the database without queueing
    (another program) still makes it Busy.
    """

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(f"{database.name}.lock")
        try:
            self._file = os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "rb")
        except OSError as error:
            raise NotSaved from error

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for the turn and keep it for the block. A thread that has it by another connection would wait for itself: it goes on."""
        held: set[Path] = _mine.__dict__.setdefault("held", set())
        if self._path in held:
            yield
            return
        fcntl.flock(self._file, fcntl.LOCK_EX)
        held.add(self._path)
        try:
            yield
        finally:
            held.discard(self._path)
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
