"""Settings from the environment (`ANEXA_*`, also from a `.env` file) and the keys of the installation."""
from __future__ import annotations

import base64
import binascii
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

from app import clock
from app.errors import BadSettings
from app.printing import QUEUE, Printer

PREFIX = "ANEXA_"
KNOWN = frozenset({"DEMO", "INSTANCE", "GENERATED", "BASE_URL", "HOSTS", "LOCALE", "CLOCK", "PROXIES", "SEAL_P12", "SEAL_PASSWORD",
    "PRINTERS"}) | {
    f"SMTP_{name}" for name in ("HOST", "PORT", "SECURITY", "USER", "PASSWORD", "FROM", "CA")
}
LOCALES = ("es", "pt_BR", "en")
YES, NO = ("1", "true", "yes", "si", "sí"), ("", "0", "false", "no")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
HOST = re.compile(r"\.?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?\Z|::1\Z")
KEY_BYTES = 32
PORTS = {"starttls": 587, "tls": 465, "none": 25}
"""How the talk with a mail server is kept secret, and the port where that is usual."""
SENDER = re.compile(r"[^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>\Z|[^<>@\s]+@[^<>@\s]+\Z")


@dataclass(frozen=True)
class Smtp:
    """The mail server that takes our messages."""

    host: str
    port: int = 587
    security: str = "starttls"
    """starttls, tls (from the first byte) or none, which takes no password beyond this machine."""
    user: str = ""
    password: str = field(default="", repr=False)
    ca: Path | None = None
    """Certificates to trust instead of the system's."""


@dataclass(frozen=True)
class Settings:
    """What an installation decides. Keys are read from their files when asked for, so they never show in a repr."""

    instance: Path = Path("instance")
    """Folder of the database and the keys."""
    generated: Path = Path("generated")
    """Folder of files made and uploaded; `files/` in it is the store's."""
    demo: bool = False
    """Offers «entrar como» and refuses to listen beyond this machine."""
    base_url: str = "http://127.0.0.1:5000"
    """Where people reach the site; printed in QR codes."""
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    """Names the site answers to (`TRUSTED_HOSTS`)."""
    locale: str = "es"
    """Language of a first visit: es, pt_BR or en."""
    clock: datetime | None = None
    """A moment at which time stands still; only in a demo."""
    proxies: int = 0
    """How many proxies of ours stand before the site and say who asks (`X-Forwarded-For`, `-Proto`)."""
    smtp: Smtp | None = None
    """Who sends our mail; without it each message is a file in `mail`."""
    sender: str = "Anexa <anexa@anexa.invalid>"
    """Whom messages come from."""
    seal_p12: Path | None = None
    """The organisation's key and certificate (PKCS#12); a demo makes its own."""
    seal_password: str = field(default="", repr=False)
    """Opens that file."""

    printers: tuple[Printer, ...] = ()
    """Printers that notebooks can be sent to."""

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.instance / "anexa.db"

    @property
    def files(self) -> Path:
        """The folder only `store.files` writes to."""
        return self.generated / "files"

    @property
    def mail(self) -> Path:
        """The folder of messages where there is no mail server."""
        return self.instance / "mail"

    @property
    def secret_key(self) -> bytes:
        """Signs cookies and CSRF tokens. Raises BadSettings if there is none yet."""
        return _key(self.instance / "secret.key")

    @property
    def encryption_key(self) -> bytes:
        """Wraps the keys of people and authenticates revisions. Raises BadSettings if there is none yet."""
        return _key(self.instance / "encryption.key")


def load(environment: Mapping[str, str] | None = None, env_file: Path = Path(".env")) -> Settings:
    """The settings of this process; the environment wins over the file. Raises BadSettings naming the variable and what to write.

    A demo may stop the clock with ANEXA_CLOCK, which this does.
    """
    written = {name: value or "" for name, value in dotenv_values(env_file).items()} if env_file.is_file() else {}
    every = written | dict(os.environ if environment is None else environment)
    said = {name.removeprefix(PREFIX): value.strip() for name, value in every.items() if name.startswith(PREFIX)}
    settings = _settings(said)
    if settings.clock:
        clock.stop(settings.clock)
    return settings


def _settings(said: Mapping[str, str]) -> Settings:
    if unknown := sorted(said.keys() - KNOWN):
        raise _bad(unknown[0], "no es un ajuste conocido; los que hay son " + ", ".join(PREFIX + name for name in sorted(KNOWN)))
    base_url = _url(said.get("BASE_URL") or Settings.base_url)
    demo = _flag("DEMO", said.get("DEMO", ""))
    return Settings(
        instance=Path(said.get("INSTANCE") or Settings.instance),
        generated=Path(said.get("GENERATED") or Settings.generated),
        demo=demo,
        base_url=base_url,
        hosts=_hosts(said.get("HOSTS", ""), base_url, demo),
        locale=_locale(said.get("LOCALE") or Settings.locale),
        clock=_clock(said.get("CLOCK", ""), demo),
        proxies=_number("PROXIES", said.get("PROXIES") or "0", 9),
        smtp=_smtp(said),
        sender=_sender(said),
        seal_p12=Path(said["SEAL_P12"]) if said.get("SEAL_P12") else None,
        seal_password=said.get("SEAL_PASSWORD", ""),
        printers=_printers(said.get("PRINTERS", "")),
    )


def _flag(name: str, text: str) -> bool:
    if text.lower() not in YES + NO:
        raise _bad(name, f"«{text}» no es sí ni no; escriba 1 o 0")
    return text.lower() in YES


def _number(name: str, text: str, most: int) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) <= most):
        raise _bad(name, f"«{text}» no es un número entre 0 y {most}")
    return int(text)


def _smtp(said: Mapping[str, str]) -> Smtp | None:
    host, security = said.get("SMTP_HOST", ""), said.get("SMTP_SECURITY") or "starttls"
    user, password = said.get("SMTP_USER", ""), said.get("SMTP_PASSWORD", "")
    if not host:
        if lost := sorted(name for name in said if name.startswith("SMTP_") and name != "SMTP_FROM" and said[name]):
            raise _bad("SMTP_HOST", f"falta, y {PREFIX}{lost[0]} no sirve sin él")
        return None
    if not HOST.match(host):
        raise _bad("SMTP_HOST", f"«{host}» no es un nombre de máquina; escríbalo sin puerto")
    if security not in PORTS:
        raise _bad("SMTP_SECURITY", f"«{security}» no se conoce; escriba {', '.join(PORTS)}")
    if bool(user) != bool(password):
        raise _bad("SMTP_USER", f"va junto con {PREFIX}SMTP_PASSWORD; escriba los dos o ninguno")
    if user and security == "none" and host not in LOOPBACK:
        raise _bad("SMTP_SECURITY", "con «none» la contraseña viajaría a la vista; escriba starttls o tls")
    port = _number("SMTP_PORT", said.get("SMTP_PORT") or str(PORTS[security]), 65535)
    return Smtp(host, port, security, user, password, Path(said["SMTP_CA"]) if said.get("SMTP_CA") else None)


def _sender(said: Mapping[str, str]) -> str:
    sender = said.get("SMTP_FROM", "")
    if said.get("SMTP_HOST") and not sender:
        raise _bad("SMTP_FROM", "falta; escriba por ejemplo Anexa <anexa@example.org>")
    if sender and not SENDER.match(sender):
        raise _bad("SMTP_FROM", f"«{sender}» no es un remitente; escriba por ejemplo Anexa <anexa@example.org>")
    return sender or Settings.sender


def _printers(text: str) -> tuple[Printer, ...]:
    """'Imprenta=cola_1, Oficina=cola_2': what people call a printer, and its CUPS queue."""
    found = []
    for each in filter(None, (part.strip() for part in text.split(","))):
        name, _, queue = (part.strip() for part in each.rpartition("="))
        if not QUEUE.match(queue):
            raise _bad("PRINTERS", f"«{each}» no es una impresora; escriba por ejemplo Imprenta=cola_de_cups, separadas por comas")
        found.append(Printer(name or queue, queue))
    return tuple(found)


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise _bad("BASE_URL", f"«{text}» no es una dirección web; escriba por ejemplo https://anexa.example.org")
    return text.rstrip("/")


def _hosts(text: str, base_url: str, demo: bool) -> tuple[str, ...]:
    own = urlsplit(base_url).hostname or ""
    named = [host.strip() for host in text.split(",") if host.strip()]
    hosts = tuple(dict.fromkeys([*named, own, *(Settings.hosts if own in LOOPBACK else ())]))
    for host in hosts:
        if not HOST.match(host):
            raise _bad("HOSTS", f"«{host}» no es un nombre de máquina; escriba los nombres separados por comas, sin puerto")
    if demo and not LOOPBACK.issuperset(hosts):
        raise _bad("DEMO", "la demostración solo se ofrece en esta máquina; quite ANEXA_DEMO o deje las direcciones en 127.0.0.1")
    return hosts


def _locale(text: str) -> str:
    if text not in LOCALES:
        raise _bad("LOCALE", f"«{text}» no es un idioma de la interfaz; escriba {', '.join(LOCALES)}")
    return text


def _clock(text: str, demo: bool) -> datetime | None:
    if not text:
        return None
    if not demo:
        raise _bad("CLOCK", "el reloj solo se detiene en una demostración; quítelo o escriba también ANEXA_DEMO=1")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _bad("CLOCK", f"«{text}» no es un momento; escriba por ejemplo 2021-07-05T09:00:00+00:00") from None
    if moment.tzinfo is None:
        raise _bad("CLOCK", f"«{text}» no dice su zona horaria; agregue +00:00")
    return moment


def make_keys(settings: Settings) -> tuple[Path, ...]:
    """Make the keys that are missing, readable by their owner only; returns those made and never touches one that exists.

    Raises BadSettings if the database exists and its encryption key does not: a new key could not read what is in it.
    """
    settings.instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    encryption = settings.instance / "encryption.key"
    if settings.database.exists() and not encryption.exists():
        raise BadSettings(why=f"falta {encryption}; devuélvalo desde la copia de seguridad, con otro no se leería lo guardado")
    return tuple(path for path in (settings.instance / "secret.key", encryption) if _made(path))


def _made(path: Path) -> bool:
    """Write whole and synced under another name first, so a key exists entirely or not at all; `link` refuses to overwrite."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(fresh, path)
    except FileExistsError:
        return False
    finally:
        fresh.unlink()
    return True


def _key(path: Path) -> bytes:
    try:
        key = base64.b64decode(path.read_bytes().strip(), validate=True)
    except FileNotFoundError:
        raise BadSettings(why=f"falta {path}; prepare la instalación con «flask --app wsgi init»") from None
    except (OSError, binascii.Error) as error:
        raise BadSettings(why=f"no se puede leer {path}: {error}") from None
    if len(key) != KEY_BYTES:
        raise BadSettings(why=f"{path} no tiene {KEY_BYTES} bytes en base64; devuélvalo desde la copia de seguridad")
    return key


def _bad(name: str, why: str) -> BadSettings:
    return BadSettings(why=f"{PREFIX}{name}: {why}")
