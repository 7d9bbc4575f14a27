"""Sealing: AES-256-GCM under a key per person, which the installation's key wraps; HMAC-SHA-256 over revisions."""
from __future__ import annotations

import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from app.errors import Damaged

NONCE = 12
KEY = 32


class Keys:
    """What is derived from the installation's key, one use each (RFC 5869)."""

    def __init__(self, installation: bytes) -> None:
        self._wrapping = _derived(installation, b"anexa person keys")
        self._marking = _derived(installation, b"anexa revisions")

    def fresh(self, person_id: str) -> tuple[bytes, bytes]:
        """A new key for a person, and how it is stored."""
        key = secrets.token_bytes(KEY)
        return key, seal(self._wrapping, key, person_id)

    def unwrapped(self, person_id: str, wrapped: bytes) -> bytes:
        """The key behind its stored form. Raises Damaged if it was changed or is another person's."""
        return opened(self._wrapping, wrapped, person_id)

    def mark(self, text: str) -> str:
        """The HMAC of a text, 64 hex digits."""
        return hmac.digest(self._marking, text.encode(), "sha256").hex()


def seal(key: bytes, plain: bytes, place: str) -> bytes:
    """Nonce and ciphertext; `place` is bound in, so a sealed value cannot be moved elsewhere."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def opened(key: bytes, sealed: bytes, place: str) -> bytes:
    """What was sealed. Raises Damaged for another key, another place or changed bytes."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], place.encode())
    except (InvalidTag, ValueError):
        raise Damaged from None


def _derived(installation: bytes, use: bytes) -> bytes:
    return HKDFExpand(algorithm=SHA256(), length=KEY, info=use).derive(installation)
