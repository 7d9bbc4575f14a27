"""The script of the worked exchange: who does what, and when, as it stands in `story.txt`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

STORY: Final = Path(__file__).with_name("story.txt")
ZONE: Final = ZoneInfo("America/Montevideo")
"""Where the host is."""
STOP: Final = "=="


@dataclass(frozen=True)
class Step:
    """One thing somebody does. `number` counts from 1; `what` is a document, a part, a move or a packet."""

    number: int
    at: datetime
    who: str
    verb: str
    what: str = ""

    def later(self, minutes: int) -> Step:
        """The same some minutes later."""
        return replace(self, at=self.at + timedelta(minutes=minutes))


def steps(upto: str) -> tuple[Step, ...]:
    """The steps until the stop of that name. Raises KeyError for a stop the script does not have."""
    found: list[Step] = []
    for line in STORY.read_text("utf-8").splitlines():
        if line == f"{STOP} {upto}":
            return tuple(found)
        if line and not line.startswith(("#", STOP)):
            day, time, *words = line.split()
            found.append(Step(len(found) + 1, datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=ZONE), *words))
    raise KeyError(upto)
