"""One message to one mail server, or to a file where there is none; called by workflow only."""
from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from app.config import Settings, Smtp

PATIENCE = 20.0
"""Seconds to wait for each answer of the server."""
SAID = 300
"""Letters of the server's words that are kept."""


class Unsent(Exception):  # noqa: N818 - reads as what it says
    """The server did not take the message now; what it said is the text. It may the next time."""


class Refused(Unsent):
    """The server will never take this message."""


@dataclass(frozen=True)
class Letter:
    """What is sent: plain text in one language. `id` makes the Message-ID, so a copy sent twice is known as one."""

    id: str
    to: str
    subject: str
    text: str
    language: str
    at: datetime


def message(settings: Settings, letter: Letter) -> EmailMessage:
    """The message of a letter (RFC 5322): UTF-8 text, lines as they are. Raises Refused for an address or a subject that makes none."""
    made = EmailMessage(policy=SMTP)
    name, address = parseaddr(settings.sender)
    try:
        made["From"] = Address(name, addr_spec=address)
        made["To"] = Address(addr_spec=letter.to)
        made["Subject"] = letter.subject
    except (ValueError, IndexError) as error:  # the parser of addresses runs off the end of an unfinished one
        raise Refused(f"{letter.to}: {error}"[:SAID]) from error
    made["Date"] = format_datetime(letter.at)
    made["Message-ID"] = f"<{letter.id}@{address.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter.text, cte="quoted-printable")
    made["Content-Language"] = letter.language
    return made


def send(settings: Settings, letter: Letter) -> None:
    """Give a letter to the mail server, or write it to `instance/mail` if there is none. Raises Unsent, Refused."""
    made = message(settings, letter)
    if settings.smtp is None:
        _file(settings, letter, made)
    else:
        _sent(settings.smtp, parseaddr(settings.sender)[1], letter.to, made)


def _sent(smtp: Smtp, sender: str, to: str, made: EmailMessage) -> None:
    """Bytes of our own: `send_message` would change lines that begin with «From»."""
    try:
        with _server(smtp) as server:
            server.sendmail(sender, [to], made.as_bytes())
    except (smtplib.SMTPException, OSError, ssl.SSLError) as error:
        raise _said(error) from error


@contextmanager
def _server(smtp: Smtp) -> Iterator[smtplib.SMTP]:
    """A server that knows us, over TLS if it is to be. A farewell that fails changes nothing: the message was taken."""
    context = ssl.create_default_context(cafile=str(smtp.ca) if smtp.ca else None)
    if smtp.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=PATIENCE, context=context)
    else:
        server = smtplib.SMTP(smtp.host, smtp.port, timeout=PATIENCE)
    try:
        if smtp.security == "starttls":
            server.starttls(context=context)
        if smtp.user:
            server.login(smtp.user, smtp.password)
        yield server
    finally:
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


def _said(error: Exception) -> Unsent:
    """Whether it is this message that will never go (5xx to the recipient or to the text), or the server's or the setting's trouble."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        [(code, words)] = error.recipients.values()
        return (Refused if code >= 500 else Unsent)(_words(code, words))
    if isinstance(error, smtplib.SMTPResponseException):
        never = isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500
        return (Refused if never else Unsent)(_words(error.smtp_code, error.smtp_error))
    return Unsent(f"{type(error).__name__}: {error}"[:SAID])


def _words(code: int, words: bytes | str) -> str:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(f"{code} {said}".split())[:SAID]


def _file(settings: Settings, letter: Letter, made: EmailMessage) -> None:
    """A file of its own, whole or not at all; the same letter again is the same file."""
    place = settings.mail / f"{letter.at:%Y%m%dT%H%M%S}-{letter.id}.eml"
    fresh = place.with_suffix(".part")
    try:
        settings.mail.mkdir(mode=0o700, exist_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(made.as_bytes())
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(place)
    except OSError as error:
        raise Unsent(f"{settings.mail}: {error.strerror}") from error
