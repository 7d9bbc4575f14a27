"""Files beside an answer: checked, kept by content, named without surprises."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from io import SEEK_END
from typing import IO, Any, BinaryIO, Final, cast

from app.errors import BadFile, NotFound, TooLarge
from app.rendering import photos
from app.store import Document, Person, Store
from app.workflow import access, merging, saving, seeing
from app.workflow.lately import Lately
from app.workflow.naming import place_of
from app.workflow.saving import Now, Saved
from forms import FORMS
from forms.letters import foreign
from forms.path import AnswerPath
from forms.values import Json, mapping

SIGNS = {
    "application/pdf": b"%PDF-",
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "application/vnd.openxmlformats": b"PK\x03\x04",
}
"""How the content of a media type begins."""
MB = 1024 * 1024
PICTURE = "image/"
NAME = 120


@dataclass(frozen=True)
class Attachment:
    """A file as it is handed back."""

    data: bytes
    filename: str
    media_type: str


def attach(
    store: Store, person: Person, document: Document, path: AnswerPath, stream: IO[bytes], filename: str, media_type: str, key: str = ""
) -> Saved:
    """Keep a file as the answer at `path`, a photo as it is made anew. Raises BadFile, TooLarge, NotFound for what takes no file."""
    access.require(store, person, "fill", document)
    limits = _limits(document, path)
    types, size = limits["type"]["enum"], limits["size"]["maximum"]
    if media_type not in types or not _begins(stream, media_type):
        raise BadFile
    if _length(stream) > size:
        raise TooLarge(most=f"{size // MB} MB")
    kept = store.files.put(_clean(document, path, stream, media_type), media_type, most=size)
    value: dict[str, Json] = {"sha256": kept.sha256, "name": clean_name(filename), "size": kept.size, "type": media_type}
    return saving.once(
        store, person, document, f"attach:{path.pdf}", key, lambda current: _write(store, person, document, path, value, current)
    )


def _write(store: Store, person: Person, document: Document, path: AnswerPath, value: Json, current: Now) -> Saved:
    place = place_of(current.form, path)
    if place is None or (place.row and not any(merging.within(each, place.top / place.row) for each in current.shown)):
        raise NotFound
    changes = {**merging.kept_whole(current, {path: value}), path: value}
    if merging.refusals(current, changes):
        raise BadFile
    return saving.write(store, person, document, place.section.key, changes, current)


def attachment(store: Store, person: Person, document: Document, path: AnswerPath) -> Attachment:
    """The file that is the answer at `path`. Raises NotFound, Damaged."""
    access.require(store, person, "view", document)
    if place_of(FORMS[document.form], path) is None or not seeing.readable(store, person, document)(path):
        raise NotFound
    held = mapping(store.revisions.leaves(document.id).get(path.pdf))
    if not held:
        raise NotFound
    return Attachment(store.files.read(str(held["sha256"])), str(held["name"]), str(held["type"]))


def thumbnail(store: Store, person: Person, document: Document, path: AnswerPath) -> Attachment:
    """The photo that is the answer at `path`, small. Raises NotFound for what is no photo, Damaged, BadFile."""
    kept = attachment(store, person, document, path)
    if not kept.media_type.startswith(PICTURE):
        raise NotFound
    small = _SMALL.get(hashlib.sha256(kept.data).hexdigest(), lambda: photos.thumbnail(kept.data, kept.media_type))
    return Attachment(small, kept.filename, kept.media_type)


_SMALL: Final[Lately[bytes]] = Lately(200)


def clean_name(filename: str) -> str:
    """The last part of a name, without what could deceive or hurt: paths, controls, reversed writing, letters nobody can print."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", filename))[-1]
    kept = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C" and not foreign(letter))
    tidied = re.sub(r"\s+", " ", kept).strip(" .")
    stem, dot, ending = tidied.rpartition(".")
    return f"{stem[: NAME - len(ending) - 1]}{dot}{ending}" if stem and len(ending) <= 8 else (tidied[:NAME] or "archivo")


def _limits(document: Document, path: AnswerPath) -> dict[str, Any]:
    """The published limits of a file field. Raises NotFound for any other."""
    place = place_of(FORMS[document.form], path)
    limits: dict[str, Any] = place.kind.schema().get("properties", {}) if place is not None else {}
    if "sha256" not in limits:
        raise NotFound
    return limits


def _clean(document: Document, path: AnswerPath, stream: IO[bytes], media_type: str) -> bytes | BinaryIO:
    """What is kept of a file: a photo's pixels and nothing it says besides."""
    place = place_of(FORMS[document.form], path)
    if not media_type.startswith(PICTURE):
        return cast(BinaryIO, stream)
    return photos.for_keeping(stream.read(), media_type, getattr(place.kind, "pixels", 0) if place else 0)


def _begins(stream: IO[bytes], media_type: str) -> bool:
    sign = next((sign for start, sign in SIGNS.items() if media_type.startswith(start)), b"")
    stream.seek(0)
    begun = stream.read(len(sign))
    stream.seek(0)
    return bool(sign) and begun == sign


def _length(stream: IO[bytes]) -> int:
    stream.seek(0, SEEK_END)
    length = stream.tell()
    stream.seek(0)
    return length
