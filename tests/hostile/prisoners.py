"""What a task inside the jail may try; run there by the tests."""

from __future__ import annotations

import ctypes
import os
import socket
import struct
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def echo(data: bytes, **arguments: Any) -> Any:
    return {"bytes": len(data), **arguments}


def surroundings(data: bytes) -> Any:
    """Environment, open files, and the folder it stands in."""
    return {"environment": sorted(os.environ), "files": len(os.listdir("/proc/self/fd")) - 1, "folder": os.getcwd(), "inside": os.listdir()}


def attempts(data: bytes, port: int, secret: str) -> Any:
    """Which of the things it must not do succeed."""
    tries: dict[str, Callable[[], object]] = {
        "connect": lambda: socket.create_connection(("127.0.0.1", port), 1),
        "resolve": lambda: socket.getaddrinfo("example.org", 80),
        "listen": lambda: socket.socket().bind(("127.0.0.1", 0)),
        "run": lambda: subprocess.run(["/bin/true"], check=True),
        "system": lambda: os.system("true"),
        "fork": lambda: os.fork() or os._exit(0),
        "read a secret": Path(secret).read_bytes,
        "read it another way": lambda: os.open(secret, os.O_RDONLY),
        "read the users of the machine": Path("/etc/passwd").read_bytes,
        "write beside it": lambda: Path(secret + ".new").write_bytes(b"x"),
        "link to it": lambda: os.symlink(secret, "here"),
        "delete it": lambda: os.remove(secret),
        "write a large file": lambda: Path("large").write_bytes(bytes(4 << 20)),
    }
    return sorted(name for name, attempt in tries.items() if succeeds(attempt))


def succeeds(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError:
        return False
    return True


def connect_in_machine_code(data: bytes, port: int) -> bool:
    """A connection Python knows nothing of."""
    libc = ctypes.CDLL(None)
    address = struct.pack("=HH4s8x", socket.AF_INET, socket.htons(port), bytes([127, 0, 0, 1]))
    return int(libc.connect(libc.socket(socket.AF_INET, socket.SOCK_STREAM, 0), address, len(address))) == 0


def hoard(data: bytes) -> Any:
    return len(bytearray(2 << 30))


def hold(data: bytes) -> Any:
    """Never gives the interpreter back."""
    return len(str(9 ** (9**8)))


def sleep(data: bytes) -> Any:
    time.sleep(3600)


def crash(data: bytes) -> Any:
    return ctypes.string_at(0)


def leave(data: bytes) -> Any:
    os._exit(0)


def chatter(data: bytes) -> Any:
    os.write(1, b"{}")
    print("not the answer")
    return "the answer"


def long_answer(data: bytes) -> Any:
    return "x" * (3 << 20)


def nothing_json_knows(data: bytes) -> Any:
    return {1, 2}


def raise_anything(data: bytes) -> Any:
    raise AssertionError(data)


def bytes_of(data: bytes, count: int) -> bytes:
    """A file so long."""
    return b"x" * count
