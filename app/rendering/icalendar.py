"""All-day events as calendars read them (RFC 5545): CRLF, lines folded at 75 bytes, letters that mean something escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

MEDIA_TYPE: Final = "text/calendar"
LONGEST: Final = 75
"""Bytes of a line."""
MAKER: Final = "-//Anexa//Anexa//ES"
ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True)
class Event:
    """Whole days, `last` among them. `uid` stays the same for the same thing, so that a calendar replaces what it knew of it."""

    uid: str
    first: date
    last: date
    summary: str
    description: str = ""


def calendar(name: str, events: Iterable[Event], stamp: datetime) -> bytes:
    """A calendar with these events; `stamp` is when what they say was last changed."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{MAKER}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", f"X-WR-CALNAME:{_text(name)}"]
    for event in events:
        lines += _event(event, stamp)
    return "".join(f"{folded}\r\n" for line in (*lines, "END:VCALENDAR") for folded in [_folded(line)]).encode()


def _event(event: Event, stamp: datetime) -> Iterator[str]:
    yield from ("BEGIN:VEVENT", f"UID:{_text(event.uid)}", f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    yield f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.last + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{_text(event.description)}"
    yield from ("TRANSP:TRANSPARENT", "END:VEVENT")


def _text(words: str) -> str:
    return words.replace("\r\n", "\n").replace("\r", "\n").translate(ESCAPED)


def _folded(line: str) -> str:
    """A long line goes on in the next after a blank; no letter is cut in half."""
    pieces, size = [""], 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LONGEST:
            pieces.append(" ")
            size = 1
        pieces[-1] += letter
        size += width
    return "\r\n".join(pieces)
