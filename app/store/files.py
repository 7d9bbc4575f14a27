"""Files by the SHA-256 of their content, the only writer of generated/files: entirely there or not at all, checked whenever read."""
from __future__ import annotations

import errno
import hashlib
import io
import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, BinaryIO

from app import clock
from app.errors import Busy, Damaged, NotFound, NotSaved, TooLarge
from app.store.database import Database, Row

BLOCK = 1 << 20
SHA256 = re.compile(r"[0-9a-f]{64}\Z")
INCOMING = ".incoming-"
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.EACCES, errno.EPERM})
MISPLACED = frozenset({errno.ENOTDIR, errno.ENOENT, errno.EEXIST, errno.EISDIR})
"""Something else stands where a folder or file of ours belongs."""
OUT_OF_HANDLES = frozenset({errno.EMFILE, errno.ENFILE})


@dataclass(frozen=True)
class StoredFile:
    """`size` in bytes."""

    sha256: str
    size: int
    media_type: str
    ready_at: datetime


class Files:
    """Stored files by the SHA-256 of their content."""

    def __init__(self, db: Database, root: Path) -> None:
        self._db = db
        self._root = root

    def put(self, data: bytes | IO[bytes], media_type: str, most: int | None = None, at: datetime | None = None) -> StoredFile:
        """Keep bytes or a stream of at most `most` bytes; returns once it is durable. Content already here is written anew, which heals it.

        Call it outside `atomic`: the write lock is not for the length of an upload. Rolled back afterwards, the file stays without
        a row, which nobody is served. Raises TooLarge, NotSaved; then there is no row and no half file.
        """
        with _told():
            self._root.mkdir(parents=True, exist_ok=True)
            incoming = self._root / f"{INCOMING}{secrets.token_hex(16)}"
            try:
                sha256, size = _written(incoming, io.BytesIO(data) if isinstance(data, bytes) else data, most)
                _settled(incoming, self._path(sha256))
            finally:
                with suppress(FileNotFoundError):
                    incoming.unlink()
        self._db.run(
            "INSERT INTO files VALUES (:sha256, :size, :media_type, :at) ON CONFLICT (sha256) DO NOTHING",
            sha256=sha256, size=size, media_type=media_type, at=clock.written(at or clock.now()),
        )
        return self.get(sha256)

    def get(self, sha256: str) -> StoredFile:
        """What is known of a file that is ready. Raises NotFound."""
        row = self._db.one("SELECT * FROM files WHERE sha256 = :sha256", sha256=sha256)
        if row is None:
            raise NotFound
        return _file(row)

    def all(self) -> tuple[StoredFile, ...]:
        """Every file that is ready."""
        return tuple(_file(row) for row in self._db.all("SELECT * FROM files ORDER BY sha256"))

    def present(self, sha256: str) -> bool:
        """Whether there is content under that name, right or wrong."""
        return self._path(sha256).is_file()

    def open(self, sha256: str) -> BinaryIO:
        """The file, from its start, once its hash has been checked on this same handle. Raises NotFound, Damaged."""
        self.get(sha256)
        try:
            file = self._path(sha256).open("rb")
        except OSError as error:
            if error.errno in OUT_OF_HANDLES:
                raise Busy from error
            raise Damaged from error
        try:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                raise Damaged
            file.seek(0)
        except BaseException:
            file.close()
            raise
        return file

    def read(self, sha256: str) -> bytes:
        """The whole content. Raises NotFound, Damaged."""
        with self.open(sha256) as file:
            return file.read()

    def sweep(self, older: float = 3600) -> int:
        """Delete what killed uploads left behind more than `older` seconds ago; returns how many."""
        old = [path for path in self._root.glob(f"{INCOMING}*") if time.time() - path.stat().st_mtime > older]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _path(self, sha256: str) -> Path:
        if not SHA256.match(sha256):
            raise NotFound
        return self._root / sha256[:2] / sha256


def _written(path: Path, stream: IO[bytes], most: int | None) -> tuple[str, int]:
    """Copy and sync; returns SHA-256 and size."""
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "wb") as file:
        while block := stream.read(BLOCK):
            size += len(block)
            if most is not None and size > most:
                raise TooLarge(most=_megabytes(most))
            digest.update(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def _settled(incoming: Path, place: Path) -> None:
    """Give the file its name for good: the name exists only for whole, synced content, and the folders know it."""
    if not place.parent.is_dir():
        place.parent.mkdir(exist_ok=True)
        _sync(place.parent.parent)
    os.replace(incoming, place)
    _sync(place.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in OUT_OF_HANDLES:
            raise Busy from error
        if error.errno in FULL | MISPLACED:
            raise NotSaved from error
        raise


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.3g} MB"


def _file(row: Row) -> StoredFile:
    return StoredFile(**row | {"ready_at": clock.read(row["ready_at"])})
