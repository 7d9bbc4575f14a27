"""How to reach people and places: e-mail, phone, web address, country."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

from forms.blocks import Box
from forms.catalogues.countries import ALPHA_2, MEMBERS
from forms.kinds.base import Kind, Schema, one
from forms.kinds.words import printable
from forms.path import AnswerPath
from forms.values import N_, Json
from forms.view import Reading

E164 = r"\+[1-9]\d{6,14}"


@dataclass(frozen=True, kw_only=True)
class Email(Kind):
    """An address that could receive mail; nobody is asked whether it does."""

    most: int = 120
    span: int = 6

    def parse(self, raw: Sequence[str], at: Reading) -> Json:
        return self.check(one(raw)) if one(raw) else None

    def check(self, value: Json) -> Json:
        address = printable(str(value), self.label) if isinstance(value, str) else ""
        self.expect_length(address, self.most)
        try:
            normal = validate_email(address, check_deliverability=False, test_environment=True).normalized
        except EmailNotValidError:
            self.expect(False, N_("«{label}» es un correo, como nombre@example.org."))
            raise
        self.expect_length(normal, self.most)
        return printable(normal, self.label)

    def schema(self) -> Schema:
        return {"type": "string", "format": "email", "pattern": r"^[^@\s]+@[^@\s]+$", "maxLength": self.most}

    def text(self, value: Json, at: Reading) -> str:
        return str(value or "")

    def boxes(self, path: AnswerPath, value: Json, at: Reading) -> tuple[Box, ...]:
        return (self.box("email", path, value, at, limit=self.most),)

    def sample(self, full: bool, n: int = 0) -> Json:
        return f"enlace.tecnico.{n}@primera-infancia.example.org" if full else f"e{n}@example.org"


@dataclass(frozen=True, kw_only=True)
class Phone(Kind):
    """A number with its country's prefix (E.164)."""

    span: int = 4

    def parse(self, raw: Sequence[str], at: Reading) -> Json:
        said = re.sub(r"[\s().\u00a0-]", "", one(raw))
        return self.check(f"+{said[2:]}" if said.startswith("00") else said) if said else None

    def check(self, value: Json) -> Json:
        written = isinstance(value, str) and bool(re.fullmatch(E164, value, re.ASCII))
        self.expect(written, N_("«{label}» lleva el código del país, como +503 2222 3333."))
        return value

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^{E164}$"}

    def text(self, value: Json, at: Reading) -> str:
        return str(value or "")

    def boxes(self, path: AnswerPath, value: Json, at: Reading) -> tuple[Box, ...]:
        return (self.box("tel", path, value, at, limit=20),)

    def sample(self, full: bool, n: int = 0) -> Json:
        return f"+50322220{n % 1000:03}" if not full else f"+598987654{n % 100000:05}"


@dataclass(frozen=True, kw_only=True)
class Url(Kind):
    """An https address without a password in it."""

    most: int = 200

    def parse(self, raw: Sequence[str], at: Reading) -> Json:
        said = one(raw)
        return self.check(said if "://" in said else f"https://{said}") if said else None

    def check(self, value: Json) -> Json:
        address = printable(str(value), self.label) if isinstance(value, str) else ""
        self.expect_length(address, self.most)
        self.expect(_is_https(address), N_("«{label}» es una dirección web que empieza con https://."))
        return address

    def schema(self) -> Schema:
        return {"type": "string", "format": "uri", "pattern": r"^https://[^\s/?#@]+([/?#]\S*)?$", "maxLength": self.most}

    def text(self, value: Json, at: Reading) -> str:
        return str(value or "")

    def boxes(self, path: AnswerPath, value: Json, at: Reading) -> tuple[Box, ...]:
        return (self.box("url", path, value, at, limit=self.most),)

    def sample(self, full: bool, n: int = 0) -> Json:
        return "https://example.org/" + "documento/" * ((self.most - 20) // 10) if full else "https://example.org"


def _is_https(address: str) -> bool:
    if not re.fullmatch(r"https://[^\s/?#@]+([/?#]\S*)?", address):
        return False
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and "." in str(parts.hostname) and (parts.port or 443) > 0
    except ValueError:
        return False


@dataclass(frozen=True, kw_only=True)
class Country(Kind):
    """An OEI member, or with `world` any country, as ISO 3166-1 alpha-3; its name comes from the locale."""

    world: bool = False
    span: int = 4

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(ALPHA_2) if self.world else tuple(MEMBERS)

    def parse(self, raw: Sequence[str], at: Reading) -> Json:
        said = one(raw)
        named = next((code for code in self.codes if at.fmt.country(code).casefold() == said.casefold()), said)
        return self.check(named) if said else None

    def check(self, value: Json) -> Json:
        self.expect(value in self.codes, N_("Elija «{label}» de la lista."))
        return value

    def schema(self) -> Schema:
        return {"enum": list(self.codes)}

    def text(self, value: Json, at: Reading) -> str:
        return at.fmt.country(str(value)) if value else ""

    def boxes(self, path: AnswerPath, value: Json, at: Reading) -> tuple[Box, ...]:
        named = sorted(((code, at.fmt.country(code)) for code in self.codes), key=lambda pair: _plain(pair[1]))
        return (self.box("select", path, value, at, options=tuple(named)),)

    def sample(self, full: bool, n: int = 0) -> Json:
        return "BOL" if full else "SLV"


def _plain(name: str) -> str:
    """For sorting: Ámbar stands with A."""
    return name.casefold().translate(str.maketrans("áâãàéêíóôõúüñç", "aaaaeeiooouunc"))
