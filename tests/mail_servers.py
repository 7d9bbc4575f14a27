"""Real mail servers on this machine, to send to."""

import asyncio
import ssl
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from app.config import Settings, Smtp

SENDER = "Anexa <anexa@example.org>"


@dataclass
class Answers:
    """What the server says to each recipient and to each text, and what it took."""

    recipient: str = "250 OK"
    data: str = "250 OK"
    taken: list = field(default_factory=list)
    over_tls: list = field(default_factory=list)
    slow: float = 0.0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(self.slow)
        if self.data.startswith("250"):
            self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
            self.over_tls.append(session.ssl is not None)
        return self.data


class OnItsPort(Controller):
    """Listens where it is told to, any free port with 0."""

    def __init__(self, handler, tls=None, at_once=None, **more):
        self.tls, self.more = tls, more
        super().__init__(handler, hostname="localhost" if at_once else "127.0.0.1", port=free_port(), ssl_context=at_once)

    def factory(self):
        return SMTP(self.handler, tls_context=self.tls, **self.more)


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def listening(answers: Answers, tls=None, **more):
    """The port of a server that answers so; `tls` is offered, `at_once` is spoken from the first byte."""
    server = OnItsPort(answers, tls, **more)
    server.start()
    try:
        yield server.port
    finally:
        server.stop()


def through(settings: Settings, port: int, **more) -> Settings:
    """The same installation with a mail server on this port."""
    from dataclasses import replace

    return replace(settings, smtp=Smtp("localhost" if "ca" in more else "127.0.0.1", port, **{"security": "none", **more}), sender=SENDER)


def certificate(folder):
    """A certificate for localhost that nobody knows, and the server's side of TLS with it."""
    key, made = folder / "key.pem", folder / "cert.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2", "-nodes"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-keyout", str(key), "-out", str(made), *subject]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(made, key)
    return made, context


def knows(user: bytes, password: bytes):
    """Lets in one user only."""

    def check(server, session, envelope, mechanism, data):
        return AuthResult(success=(data.login, data.password) == (user, password), handled=False)

    return check
