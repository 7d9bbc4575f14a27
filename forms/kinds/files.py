"""Files by content hash, and the places where people sign."""
from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from forms.blocks import Asked, Block, Box, Picture, SignatureBox
from forms.catalogues import SIGN_METHOD
from forms.kinds.base import Kind, Schema, Untyped
from forms.kinds.words import printable
from forms.path import AnswerPath
from forms.values import N_, Json, Printed, mapping
from forms.view import Reading

MEDIA = {
    "pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Media type of each ending a form may allow."""
MB = 1024 * 1024
NAME = 120
DIGITS = 16
"""Hexadecimal digits of a hash that are printed."""


@dataclass(frozen=True, kw_only=True)
class File(Kind):
    """{"sha256", "name", "size" in bytes, "type"}: what was attached; the bytes lie in the store.

    `types` are endings of MEDIA, `mb` the size allowed, `pixels` the shorter side a picture needs (checked where the file is opened).
    """

    types: tuple[str, ...] = ("pdf",)
    mb: int = 10
    pixels: int = 0

    @property
    def media(self) -> tuple[str, ...]:
        return tuple(MEDIA[ending] for ending in self.types)

    def parse(self, raw: Sequence[str], at: Reading) -> Json:
        if not any(raw):
            return None
        self.expect(len(raw) == 4 and raw[2].isdecimal() and raw[2].isascii(), N_("Adjunte «{label}» otra vez."))
        return self.check({"sha256": raw[0], "name": raw[1], "size": int(raw[2]), "type": raw[3]})

    def raw(self, value: Json, at: Reading) -> tuple[str, ...]:
        held = mapping(value)
        return tuple(str(held[step]) for step in ("sha256", "name", "size", "type")) if held else ()

    def check(self, value: Json) -> Json:
        held = mapping(value)
        size = held.get("size")
        shaped = set(held) == {"sha256", "name", "size", "type"} and isinstance(size, int) and not isinstance(size, bool)
        self.expect(shaped and bool(re.fullmatch("[0-9a-f]{64}", str(held.get("sha256")))), N_("Adjunte «{label}» otra vez."))
        self.expect(held["type"] in self.media, N_("«{label}» admite archivos {types}."), types=", ".join(self.types))
        self.expect(0 < int(str(size)) <= self.mb * MB, N_("«{label}» admite archivos de hasta {mb} MB."), mb=self.mb)
        return {**held, "name": self._named(held["name"])}

    def _named(self, name: Json) -> str:
        tidied = printable(str(name), self.label)
        usable = isinstance(name, str) and 0 < len(tidied) <= NAME and not set(tidied) & set("/\\\n")
        self.expect(usable, N_("Cambie el nombre del archivo de «{label}»."))
        return tidied

    def schema(self) -> Schema:
        inner: Schema = {
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "name": {"type": "string", "minLength": 1, "maxLength": NAME, "pattern": r"^[^/\\]+$"},
            "size": {"type": "integer", "minimum": 1, "maximum": self.mb * MB}, "type": {"enum": list(self.media)}}
        return {"type": "object", "properties": inner, "required": list(inner), "additionalProperties": False}

    def text(self, value: Json, at: Reading) -> str:
        return str(mapping(value).get("name", ""))

    def blocks(self, path: AnswerPath, value: Json, at: Reading) -> tuple[Block, ...]:
        held = mapping(value)
        if not str(held.get("type", "")).startswith("image/"):
            return super().blocks(path, value, at)
        label = at.fmt.words(self.label)
        return (Picture(path, label, str(held["sha256"]), alt=f"{label}: {held['name']}"),)

    def boxes(self, path: AnswerPath, value: Json, at: Reading) -> tuple[Box, ...]:
        return (self.box("file", path, value, at, accept=self.media),)

    def sample(self, full: bool, n: int = 0) -> Json:
        return {"sha256": f"{n:064x}", "name": f"respaldo-{n}.{self.types[0]}", "size": self.mb * MB if full else 1, "type": self.media[0]}


@dataclass(frozen=True, kw_only=True)
class Signature(Untyped):
    """A signature is put by an act of signing, never typed: the form keeps its place. `signer` is the role that may sign.

    `covers` are the sections it is about where that is less than its copy or the whole document: while they stay the same, a new version
    carries it. `apart_from` is the signature somebody else must have put.

    The value is the object of forms.md §1: signer, role, name, position, method, signed_at, sha256, image of what was drawn.
    """

    signer: str = ""
    covers: tuple[str, ...] = ()
    apart_from: str = ""
    span: int = 6

    def check(self, value: Json) -> Json:
        self.expect(False, N_("«{label}» se firma, no se escribe."))
        return value

    def schema(self) -> Schema:
        return {"type": "object", "readOnly": True}

    def text(self, value: Json, at: Reading) -> Printed:
        return str(mapping(value).get("name", ""))

    def blocks(self, path: AnswerPath, value: Json, at: Reading) -> tuple[Block, ...]:
        held = {key: str(told or "") for key, told in mapping(value).items()}
        name, position, picture = (held.get(key, "") for key in ("name", "position", "image"))
        return (SignatureBox(path, at.fmt.words(self.label), name, position, _signed(held, at), self.span, picture),)

    def boxes(self, path: AnswerPath, value: Json, at: Reading) -> tuple[Asked, ...]:
        return (self.box("signature", path, value, at),)


def _signed(held: Mapping[str, str], at: Reading) -> str:
    """How and when it was signed, and the first sixteen digits of what was."""
    if not held.get("signed_at"):
        return ""
    method = at.fmt.words(SIGN_METHOD.words(held["method"])) if held.get("method") else ""
    carried = at.fmt.words(N_("firmado en una versión anterior")) if held.get("carried") else ""
    return " · ".join(filter(None, (method, carried, at.fmt.moment(held["signed_at"]), held.get("sha256", "")[:DIGITS])))


def signatures(fields: Iterable[Kind]) -> tuple[Signature, ...]:
    """The places to sign among some fields, in their order."""
    return tuple(field for field in fields if isinstance(field, Signature))
