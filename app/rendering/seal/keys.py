"""The key that seals and its certificate: from the organisation's PKCS#12, or made for a demonstration."""

from __future__ import annotations

import hashlib
import os
import secrets
import ssl
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from app import clock
from app.config import Settings
from app.errors import BadSettings
from app.rendering.fonts import undrawable
from app.rendering.seal.message import NOTHING, Pattern, pattern
from app.rendering.verify import DIGEST, P256_ORDER, common_name

DEMO_NAME, DEMO_FILE = "Anexa demostración", "seal-demo.p12"
DEMO_FROM, DEMO_TO = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
"""A demonstration's clock may stand anywhere."""
KNOWN = "seals"
SHORTEST_RSA, LONGEST_P256 = 2048, 72
"""Bits of a key, bytes of a signature."""

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class LoadedSigner(SimpleSigner):
    """pyHanko reads the key again for each signature, 25 ms for RSA; this one has it read.

    Of the two values that are valid for an ECDSA signature it always gives the lower: verification takes no other spelling.
    """

    def __init__(self, key: Key, **given: Any) -> None:
        super().__init__(signing_key=None, **given)
        self._key = key

    @cached_property
    def pattern(self) -> Pattern:
        return pattern(self)

    @cached_property
    def room(self) -> int:
        """Bytes of the longest message."""
        longest = self._key.key_size // 8 if isinstance(self._key, rsa.RSAPrivateKey) else LONGEST_P256
        return len(self.pattern.filled(NOTHING, lambda attributes: bytes(longest)))

    def message(self, digest: bytes) -> bytes:
        """The CMS message, DER, for a document's SHA-256."""
        return self.pattern.filled(digest, self.sign_raw)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return self.sign_raw(data, digest_algorithm)

    def sign_raw(self, data: bytes, digest_algorithm: str = DIGEST) -> bytes:
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        r, s = decode_dss_signature(self._key.sign(data, ec.ECDSA(hashes.SHA256())))
        return encode_dss_signature(r, min(s, P256_ORDER - s))


@dataclass(frozen=True)
class Sealer:
    """A key ready to seal. `demo`: made by a demonstration, so its seals prove nothing and pages say so."""

    name: str
    """Common name in the certificate."""
    certificates: tuple[bytes, ...]
    """DER; its own first, then those that vouch for it."""
    demo: bool
    signer: LoadedSigner = field(repr=False)


@cache
def load(settings: Settings) -> Sealer:
    """The installation's sealer, its key read once for each process; a demo without one makes its own.

    Its certificate is remembered in the instance folder, so that its seals stay known after a renewal.
    Raises BadSettings, saying what to do.
    """
    demo = settings.seal_p12 is None and settings.demo
    path = demo_certificate(settings.instance) if demo else settings.seal_p12
    if path is None:
        raise BadSettings(why="falta ANEXA_SEAL_P12; escriba dónde está el certificado de la organización, un archivo .p12")
    sealer = read(path, "" if demo else settings.seal_password, demo)
    folder = settings.instance / KNOWN
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _kept(folder / f"{hashlib.sha256(sealer.certificates[0]).hexdigest()}.pem", _pem(sealer.certificates))
    return sealer


def _pem(certificates: Iterable[bytes]) -> bytes:
    return "".join(map(ssl.DER_cert_to_PEM_cert, certificates)).encode()


def known(settings: Settings) -> tuple[tuple[bytes, ...], ...]:
    """The chain of every certificate that sealed here: what verification takes as ours."""
    files = sorted((settings.instance / KNOWN).glob("*.pem"))
    return tuple(tuple(map(_der, x509.load_pem_x509_certificates(path.read_bytes()))) for path in files)


def demo_certificate(folder: Path) -> Path:
    """The demonstration's own P-256 key and certificate, a PKCS#12 without password; made when there is none yet."""
    path = folder / DEMO_FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _kept(path, self_signed(DEMO_NAME, ec.generate_private_key(ec.SECP256R1())))
    return path


def self_signed(name: str, key: Key) -> bytes:
    """A certificate that may seal and nothing else, with its key, as PKCS#12 without password."""
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name), x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, name)])
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number(), DEMO_FROM, DEMO_TO)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(name.encode(), key, certificate, None, NoEncryption())


def read(path: Path, password: str, demo: bool = False) -> Sealer:
    """A sealer from a PKCS#12 file. Raises BadSettings if it cannot be opened or should not seal."""
    key, certificate, others = _opened(path, password)
    certificates = tuple(map(_der, (certificate, *others)))
    own, *chain = map(asn1.Certificate.load, certificates)
    name = common_name(own)
    if letters := undrawable(name):
        raise BadSettings(why=f"el nombre del certificado de {path} tiene letras que no se pueden imprimir: {' '.join(letters)}")
    signer = LoadedSigner(key, signing_cert=own, cert_registry=SimpleCertificateStore.from_certs(chain))
    return Sealer(name, certificates, demo, signer)


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def _opened(path: Path, password: str) -> tuple[Key, x509.Certificate, Sequence[x509.Certificate]]:
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(path.read_bytes(), password.encode() or None)
    except OSError as error:
        raise BadSettings(why=f"no se puede leer {path}, que dice ANEXA_SEAL_P12: {error.strerror}") from None
    except ValueError:
        raise BadSettings(why=f"{path} no se abre con la contraseña de ANEXA_SEAL_PASSWORD, o no es un archivo PKCS#12") from None
    if certificate is None or not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) or not _strong(key):
        raise BadSettings(why=f"{path} debe traer un certificado con su clave, P-256 o RSA de {SHORTEST_RSA} bits o más")
    _check_use(path, certificate)
    return key, certificate, others


def _strong(key: Key) -> bool:
    return key.key_size >= SHORTEST_RSA if isinstance(key, rsa.RSAPrivateKey) else isinstance(key.curve, ec.SECP256R1)


def _check_use(path: Path, certificate: x509.Certificate) -> None:
    since, until = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not since <= clock.now() < until:
        raise BadSettings(why=f"el certificado de {path} vale del {since:%d/%m/%Y} al {until:%d/%m/%Y}; renuévelo")
    uses = [each.value for each in certificate.extensions if isinstance(each.value, x509.KeyUsage)]
    if not all(use.digital_signature and use.content_commitment for use in uses):
        raise BadSettings(why=f"el certificado de {path} no es para firmar; pida uno con los usos «digital signature» y «non repudiation»")


def _kept(path: Path, data: bytes) -> None:
    """Write whole and synced under another name first; a file that is there stays as it is."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.link(fresh, path)
    except FileExistsError:
        return
    finally:
        fresh.unlink()
