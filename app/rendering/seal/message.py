"""The signature itself: a CMS message (RFC 5652) as pyHanko writes it, of which only the digest and the signature change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pyhanko.sign.signers import Signer

from app.rendering.verify import DIGEST, waited

NOTHING = bytes(32)
"""The digest of the pattern."""
SEQUENCE, SET, OCTETS, TAGGED = 0x30, 0x31, 0x04, 0xA0
"""First bytes of DER values (X.690)."""


@dataclass(frozen=True)
class Pattern:
    """A message cut where it changes: the parts between, in DER. asn1crypto takes ten milliseconds for what is joined here at once."""

    kind: bytes
    head: bytes
    """Of the signed data: version, digest, content, certificates."""
    signer: bytes
    """Version, certificate's number, digest."""
    attributes: bytes
    algorithm: bytes

    def filled(self, digest: bytes, sign: Callable[[bytes], bytes]) -> bytes:
        """The message for a document's digest; `sign` gets the attributes, the digest among them."""
        attributes = self.attributes.replace(NOTHING, digest)
        tagged = bytes([TAGGED]) + attributes[1:]
        info = der(SEQUENCE, self.signer, tagged, self.algorithm, der(OCTETS, sign(attributes)))
        return der(SEQUENCE, self.kind, der(TAGGED, der(SEQUENCE, self.head, der(SET, info))))


def pattern(signer: Signer) -> Pattern:
    """Cut from a PAdES message that pyHanko makes once."""
    made = waited(signer.async_sign(NOTHING, DIGEST, use_pades=True))
    data = made["content"]
    info = data["signer_infos"][0]
    return Pattern(
        kind=made["content_type"].dump(),
        head=_dumped(data, "version", "digest_algorithms", "encap_content_info", "certificates"),
        signer=_dumped(info, "version", "sid", "digest_algorithm"),
        attributes=info["signed_attrs"].untag().dump(),
        algorithm=info["signature_algorithm"].dump(),
    )


def _dumped(value: Any, *names: str) -> bytes:
    return b"".join(value[name].dump() for name in names)


def der(first: int, *parts: bytes) -> bytes:
    """A DER value of any length up to 65,535 bytes."""
    body = b"".join(parts)
    size = len(body)
    length = bytes([size]) if size < 0x80 else bytes([0x81, size]) if size < 0x100 else b"\x82" + size.to_bytes(2, "big")
    return bytes([first]) + length + body
