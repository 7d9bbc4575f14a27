"""A .docx as a zip written once and copied: members that never change keep their compressed bytes, dates are fixed."""
from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

LOCAL, CENTRAL, END = b"PK\3\4", b"PK\1\2", b"PK\5\6"
VERSION, FIRST_OF_1980, LEVEL = 20, 0x21, 6
LOCAL_SIZE = 30


@dataclass(frozen=True)
class Member:
    """One file of the zip, already compressed (method 8) or stored (method 0)."""

    name: bytes
    method: int
    crc: int
    size: int
    packed: bytes

    def local(self) -> bytes:
        """The member as it stands in the file."""
        return struct.pack("<4sH", LOCAL, VERSION) + self._described() + self.name + self.packed

    def central(self, offset: int) -> bytes:
        """Its entry in the directory; `offset` is where it stands."""
        return struct.pack("<4s2H", CENTRAL, VERSION, VERSION) + self._described() + struct.pack("<3H2I", 0, 0, 0, 0, offset) + self.name

    def _described(self) -> bytes:
        """What both entries say of it: flags, method, time, day, checksum, sizes."""
        sizes = (self.crc, len(self.packed), self.size, len(self.name), 0)
        return struct.pack("<4H3I2H", 0, self.method, 0, FIRST_OF_1980, *sizes)


def deflated(name: str, data: bytes) -> Member:
    """A member compressed by zlib at level 6."""
    squeeze = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Member(name.encode(), zipfile.ZIP_DEFLATED, zlib.crc32(data), len(data), squeeze.compress(data) + squeeze.flush())


class Package:
    """The members of `container` but those in `changing`, laid out once; `written` adds the others at the end (APPNOTE 6.3, no zip64)."""

    def __init__(self, container: bytes, changing: Collection[str] = ()) -> None:
        with zipfile.ZipFile(io.BytesIO(container)) as archive:
            kept = [_packed(container, each) for each in archive.infolist() if each.filename not in changing]
        self._blob, self._directory = _laid_out(kept, 0)
        self._count = len(kept)

    def written(self, parts: Mapping[str, bytes]) -> bytes:
        """The whole file; the same parts give the same bytes."""
        added = [deflated(name, data) for name, data in parts.items()]
        blob, entries = _laid_out(added, len(self._blob))
        directory, count = self._directory + entries, self._count + len(added)
        end = struct.pack("<4s4H2IH", END, 0, 0, count, count, len(directory), len(self._blob) + len(blob), 0)
        return self._blob + blob + directory + end


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip of `parts` in their order, with fixed dates."""
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    return Package(empty.getvalue()).written(parts)


def settled(container: bytes) -> bytes:
    """The same zip with fixed dates, for bytes that some other writer made."""
    return Package(container).written({})


def _packed(container: bytes, info: zipfile.ZipInfo) -> Member:
    name_size, extra_size = struct.unpack_from("<2H", container, info.header_offset + LOCAL_SIZE - 4)
    start = info.header_offset + LOCAL_SIZE + name_size + extra_size
    return Member(info.filename.encode(), info.compress_type, info.CRC, info.file_size, container[start:start + info.compress_size])


def _laid_out(members: list[Member], start: int) -> tuple[bytes, bytes]:
    """The members one after another from `start` on, and their entries for the directory."""
    blob, entries = bytearray(), []
    for each in members:
        entries.append(each.central(start + len(blob)))
        blob += each.local()
    return bytes(blob), b"".join(entries)
