"""The one clock: UTC, and standing still where a demo or a test asks for it."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

_stopped: datetime | None = None


def now() -> datetime:
    """This moment in UTC, to the microsecond."""
    return _stopped or datetime.now(UTC)


def today() -> date:
    """The date of `now()`, in UTC."""
    return now().date()


def stop(moment: datetime | None) -> None:
    """Let the clock stand at `moment` (with its time zone), or run again with None. Only settings of a demo and tests call this."""
    global _stopped  # noqa: PLW0603
    _stopped = moment.astimezone(UTC) if moment else None


@contextmanager
def stopped(moment: datetime) -> Iterator[None]:
    """The clock stands at `moment` inside the block."""
    before = _stopped
    stop(moment)
    try:
        yield
    finally:
        stop(before)


def written(moment: datetime) -> str:
    """A moment as it is stored: UTC, always 32 characters, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def read(text: str) -> datetime:
    """The moment behind `written`."""
    return datetime.fromisoformat(text)
