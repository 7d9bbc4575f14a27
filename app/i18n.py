"""Words and figures of one locale: Babel for figures, the PO catalogues for words, read directly and once."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from babel.numbers import NumberFormatError, format_currency, format_decimal, parse_decimal

from forms.catalogues import ALPHA_2, EXPONENTS, HOUR_OF, ZONES
from forms.values import SENSE
from forms.view import Formatter

CATALOGUES = Path(__file__).parent / "translations"
FOLDERS = {"pt": "pt_BR", "en": "en"}
"""Where each language's wording lies; Spanish is the source and has none."""
WEEKDAY = {"es": "EEEE d 'de' MMMM", "pt": "EEEE, d 'de' MMMM", "en": "EEEE d MMMM"}
SHORT = "dd/MM/yyyy"
"""Day first in every language, as it is typed."""


class Messages(dict[str, str]):
    """Translations by message. A message without one is its own wording, less the sense it is told apart by (forms.values.C_)."""

    def __missing__(self, message: str) -> str:
        return message.rpartition(SENSE)[2]


@cache
def _catalogue(language: str, domain: str) -> Mapping[str, str]:
    """The translated messages of one catalogue; none where it does not exist. Doubtful (fuzzy) ones are left out."""
    path = CATALOGUES / FOLDERS.get(language, language) / "LC_MESSAGES" / f"{domain}.po"
    if language == "es" or not path.is_file():
        return {}
    with path.open("rb") as file:
        return {_key(entry): str(entry.string) for entry in read_po(file) if entry.id and entry.string and not entry.fuzzy}


def _key(entry: Message) -> str:
    return f"{entry.context}{SENSE}{entry.id}" if entry.context else str(entry.id)


@cache
def _messages(language: str, first: str) -> Messages:
    """Both catalogues of a language; where both have a message, that of `first` holds."""
    second = "messages" if first == "forms" else "forms"
    return Messages({**_catalogue(language, second), **_catalogue(language, first)})


def _told(messages: Messages, message: str, places: Mapping[str, object]) -> str:
    """A message in words. A place called `label` is itself a message; the others are the person's own text or figures."""
    translated = messages[message]
    if not places:
        return translated
    label = places.get("label")
    return translated.format(**(places if not isinstance(label, str) else {**places, "label": messages[label]}))


@dataclass(frozen=True)
class Wording:
    """The Formatter of one language in one country (see forms.view.Formatter)."""

    locale: Locale
    messages: Messages
    land: str = ""
    """Whose hours it tells, ISO alpha-3; UTC if it is no member."""

    @property
    def language(self) -> str:
        return self.locale.language

    def words(self, message: str, **places: object) -> str:
        return _told(self.messages, message, places) if places else self.messages[message]

    def integer(self, value: int) -> str:
        return str(value) if -1000 < value < 1000 else format_decimal(value, locale=self.locale)

    def decimal(self, value: str) -> str:
        """All the decimals it has, never rounded."""
        return format_decimal(Decimal(value), locale=self.locale, decimal_quantization=False)

    def decimal_of(self, text: str) -> str:
        """Raises ValueError for what is no number in this locale; grouping must be the locale's own."""
        try:
            return str(parse_decimal(text, locale=self.locale, strict=True))
        except NumberFormatError as wrong:
            raise ValueError(str(wrong)) from wrong

    def money(self, minor: int, currency: str) -> str:
        return format_currency(Decimal(minor).scaleb(-EXPONENTS.get(currency, 2)), currency, locale=self.locale)

    def date(self, iso: str) -> str:
        return format_date(date.fromisoformat(iso), "long", locale=self.locale)

    def date_short(self, iso: str) -> str:
        return format_date(date.fromisoformat(iso), SHORT, locale=self.locale)

    def weekday(self, iso: str) -> str:
        return format_date(date.fromisoformat(iso), WEEKDAY.get(self.language, WEEKDAY["es"]), locale=self.locale)

    def moment(self, iso: str) -> str:
        """Day and hour; a moment with a zone is told in the hours of the country, and says so."""
        when = datetime.fromisoformat(iso)
        told = f"{format_date((here := local(when, self.land)).date(), 'long', locale=self.locale)}, {here:%H:%M}"
        return told + self._zone if when.tzinfo else told

    @property
    def _zone(self) -> str:
        return f" ({self.words(HOUR_OF, country=self.country(self.land))})" if self.land in ZONES else " UTC"

    def month(self, number: int) -> str:
        return str(self.locale.months["stand-alone"]["wide"][number])

    def country(self, code: str) -> str:
        return str(self.locale.territories.get(ALPHA_2.get(code, code), code))

    def listed(self, items: list[str]) -> str:
        return format_list(items, locale=self.locale) if items else ""


def local(moment: datetime, country: str) -> datetime:
    """A moment as the clocks of a member's capital show it, without a zone; in UTC for another country (ISO alpha-3)."""
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(ZoneInfo(ZONES[country])).replace(tzinfo=None) if country in ZONES else moment.astimezone(UTC)


@cache
def formatter(language: str, country: str = "") -> Formatter:
    """How documents speak in a language ('es', 'pt', 'en') in a country (ISO alpha-3). Never es_419, which has no country."""
    return Wording(_locale(language, country), _messages(language, "forms"), country)


def _locale(language: str, country: str) -> Locale:
    for territory in (ALPHA_2.get(country, ""), {"pt": "BR"}.get(language, "")):
        try:
            return Locale.parse(f"{language}_{territory}" if territory else language)
        except UnknownLocaleError:
            continue
    return Locale.parse(language)


@cache
def words(language: str) -> Callable[..., str]:
    """How the interface speaks: `words('pt')('Falta «{label}».', label='Año')`."""
    messages = _messages(language, "messages")
    return lambda message, **places: _told(messages, message, places)
