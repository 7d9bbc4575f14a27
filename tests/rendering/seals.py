"""Keys, certificates and sealed records for the tests of seal and verification."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12

from app.rendering.record import record
from app.rendering.seal import Sealer, sealed
from app.rendering.seal.keys import DEMO_FROM, DEMO_TO, Key, read, self_signed
from forms.resolved import Imprint
from tests.rendering import samples

NAME = "Organización de Prueba"
REASON = "Sello electrónico de la organización"
HEAD = "ab" * 32
AT = datetime(2021, 7, 12, 15, 4, 5, tzinfo=UTC)
KINDS = ("P-256", "RSA-2048")


def sealable(imprint: Imprint = samples.IMPRINT) -> Imprint:
    return replace(imprint, seal=REASON)


def key(kind: str) -> Key:
    return ec.generate_private_key(ec.SECP256R1()) if kind == "P-256" else rsa.generate_private_key(65537, 2048)


def opened(p12: bytes) -> Sealer:
    with TemporaryDirectory() as folder:
        path = Path(folder, "sello.p12")
        path.write_bytes(p12)
        return read(path, "")


@cache
def sealer(kind: str, name: str = NAME, number: int = 0) -> Sealer:
    """One for each kind, name and number; two numbers have two keys."""
    return opened(self_signed(name, key(kind)))


@cache
def vouched(kind: str) -> Sealer:
    """Its certificate is issued by an authority, which comes with it."""
    above, own = key("P-256"), key(kind)
    authority = certificate("Autoridad de Prueba", above, "Autoridad de Prueba", above, authority=True)
    issued = certificate(NAME, own, "Autoridad de Prueba", above)
    return opened(pkcs12.serialize_key_and_certificates(b"sello", own, issued, [authority], NoEncryption()))


def certificate(
    name: str, own: Key, issuer: str, above: Key, *, authority: bool = False, until: datetime = DEMO_TO, signs: bool = True
) -> x509.Certificate:
    """For `own`, issued with `above`."""
    names = [x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, each)]) for each in (name, issuer)]
    use = x509.KeyUsage(signs, signs, not signs, False, False, authority, authority, False, False)
    return (
        x509.CertificateBuilder(names[1], names[0], own.public_key(), x509.random_serial_number(), DEMO_FROM, until)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(use, critical=True)
        .sign(above, hashes.SHA256())
    )


@cache
def plain() -> bytes:
    """A record with an empty place for a seal."""
    return record(samples.everything(sealable()))


@cache
def finished(kind: str) -> bytes:
    return sealed(plain(), sealer(kind), REASON, HEAD, AT)
