"""Days, hours and spans of days. Local values without a time zone (forms.md §1)."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from forms.blocks import Box
from forms.kinds.base import Kind, Schema, one
from forms.path import AnswerPath
from forms.values import N_, Json, mapping
from forms.view import Reading

HOUR = r"([01]\d|2[0-3]):[0-5]\d"
WRITTEN = re.compile(r"(\d{1,2})\s*[/. -]\s*(\d{1,2})\s*[/. -]\s*(\d{4})", re.ASCII)
LATEST, EARLIEST = "2099-12-31", "1900-01-01"


@dataclass(frozen=True, kw_only=True)
class Date(Kind):
    """A day; ISO in store, day/month/year on paper, either on the way in. `weekday` says «lunes 12 de abril», without the year."""

    weekday: bool = False
    span: int = 3

    def parse(self, raw: Sequence[str], at: Reading) -> Json:
        return self.check(iso_day(one(raw))) if one(raw) else None

    def raw(self, value: Json, at: Reading) -> tuple[str, ...]:
        return (written(str(value)),) if value else ()

    def check(self, value: Json) -> Json:
        self.expect(is_day(value), N_("«{label}» es una fecha, como 12/04/2027."))
        return value

    def schema(self) -> Schema:
        return {"type": "string", "format": "date", "pattern": r"^(19|20)\d\d-\d\d-\d\d$"}

    def text(self, value: Json, at: Reading) -> str:
        said = at.fmt.weekday if self.weekday else at.fmt.date
        return said(str(value)) if value else ""

    def boxes(self, path: AnswerPath, value: Json, at: Reading) -> tuple[Box, ...]:
        return (self.box("date", path, value, at, limit=10),)

    def sample(self, full: bool, n: int = 0) -> Json:
        return (date(2027, 9, 22) + timedelta(n)).isoformat()


@dataclass(frozen=True, kw_only=True)
class Time(Kind):
    """An hour of the day, 'hh:mm'."""

    span: int = 2

    def parse(self, raw: Sequence[str], at: Reading) -> Json:
        return self.check(iso_hour(one(raw))) if one(raw) else None

    def check(self, value: Json) -> Json:
        self.expect(isinstance(value, str) and bool(re.fullmatch(HOUR, value, re.ASCII)), N_("«{label}» es una hora, como 09:30."))
        return value

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^{HOUR}$"}

    def text(self, value: Json, at: Reading) -> str:
        return str(value or "")

    def boxes(self, path: AnswerPath, value: Json, at: Reading) -> tuple[Box, ...]:
        return (self.box("time", path, value, at, limit=5),)

    def sample(self, full: bool, n: int = 0) -> Json:
        return f"{8 + n % 12:02}:30"


@dataclass(frozen=True, kw_only=True)
class DateTime(Kind):
    """A day and an hour where it happens, '2027-04-12T09:30'; typed in two inputs."""

    span: int = 4

    def parse(self, raw: Sequence[str], at: Reading) -> Json:
        day, hour = (*(part.strip() for part in raw), "", "")[:2]
        day, hour = (day[:10], day[11:]) if "T" in day else (day, hour)
        return self.check(f"{iso_day(day)}T{iso_hour(hour)}") if day or hour else None

    def raw(self, value: Json, at: Reading) -> tuple[str, ...]:
        return (written(str(value)[:10]), str(value)[11:]) if value else ()

    def check(self, value: Json) -> Json:
        day, _, hour = str(value).partition("T")
        held = isinstance(value, str) and is_day(day) and bool(re.fullmatch(HOUR, hour, re.ASCII))
        self.expect(held, N_("«{label}» lleva el día y la hora, como 12/04/2027 y 09:30."))
        return value

    def schema(self) -> Schema:
        return {"type": "string", "pattern": rf"^(19|20)\d\d-\d\d-\d\dT{HOUR}$"}

    def text(self, value: Json, at: Reading) -> str:
        return at.fmt.moment(str(value)) if value else ""

    def boxes(self, path: AnswerPath, value: Json, at: Reading) -> tuple[Box, ...]:
        steps = (("date", at.fmt.words(N_("Día"))), ("time", at.fmt.words(N_("Hora"))))
        return (self.box("datetime", path, value, at, limit=10, steps=steps),)

    def sample(self, full: bool, n: int = 0) -> Json:
        return f"{(date(2027, 9, 22) + timedelta(n)).isoformat()}T09:30"


@dataclass(frozen=True, kw_only=True)
class DateRange(Kind):
    """{"start", "end"}, both days included; at most `most` days. `months` words whole months of one year («enero–junio de 2021»)."""

    most: int = 0
    months: bool = False
    span: int = 6

    def parse(self, raw: Sequence[str], at: Reading) -> Json:
        start, end = (*(part.strip() for part in raw), "", "")[:2]
        return self.check({"start": iso_day(start), "end": iso_day(end)}) if start or end else None

    def raw(self, value: Json, at: Reading) -> tuple[str, ...]:
        return (written(str(mapping(value).get("start"))), written(str(mapping(value).get("end")))) if value else ()

    def check(self, value: Json) -> Json:
        start, end = mapping(value).get("start"), mapping(value).get("end")
        shaped = set(mapping(value)) == {"start", "end"} and is_day(start) and is_day(end)
        self.expect(shaped, N_("«{label}» lleva dos fechas, como 12/04/2027 y 16/04/2027."))
        self.expect(str(start) <= str(end), N_("En «{label}» la segunda fecha no puede ser anterior a la primera."))
        days = (date.fromisoformat(str(end)) - date.fromisoformat(str(start))).days + 1
        self.expect(not self.most or days <= self.most, N_("«{label}» admite {most} días; hay {count}."), most=self.most, count=days)
        return value

    def schema(self) -> Schema:
        """JSON Schema cannot compare two days: that the end is not before the start is executed by `check`."""
        day = {"type": "string", "format": "date", "pattern": r"^(19|20)\d\d-\d\d-\d\d$"}
        return {"type": "object", "properties": {"start": day, "end": day}, "required": ["start", "end"], "additionalProperties": False}

    def text(self, value: Json, at: Reading) -> str:
        start, end = str(mapping(value).get("start", "")), str(mapping(value).get("end", ""))
        if not (start and end):
            return ""
        if self.months and start[:4] == end[:4]:
            first, last = at.fmt.month(int(start[5:7])), at.fmt.month(int(end[5:7]))
            return at.fmt.words(N_("{start}–{end} de {year}"), start=first, end=last, year=start[:4])
        return at.fmt.words(N_("{start} – {end}"), start=at.fmt.date(start), end=at.fmt.date(end))

    def boxes(self, path: AnswerPath, value: Json, at: Reading) -> tuple[Box, ...]:
        steps = (("start", at.fmt.words(N_("Desde"))), ("end", at.fmt.words(N_("Hasta"))))
        return (self.box("date", path, value, at, limit=10, steps=steps),)

    def sample(self, full: bool, n: int = 0) -> Json:
        start = date(2027, 9, 20)
        return {"start": start.isoformat(), "end": (start + timedelta((self.most or 12) - 1 if full else 0)).isoformat()}


def is_day(value: Json) -> bool:
    """Whether a value is an ISO day a programme can mean."""
    try:
        return isinstance(value, str) and len(value) == 10 and EARLIEST <= date.fromisoformat(value).isoformat() == value <= LATEST
    except ValueError:
        return False


def iso_day(text: str) -> str:
    """The ISO spelling of a day written as day/month/year; anything else is left as it is, for `check` to refuse."""
    found = WRITTEN.fullmatch(text.strip())
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else text.strip()


def iso_hour(text: str) -> str:
    """'9.30' and '9:30 h' as '09:30'."""
    return text.lower().removesuffix("h").strip().replace(".", ":").zfill(5)


def written(day: str) -> str:
    """An ISO day as day/month/year."""
    return "/".join(reversed(day.split("-")))
