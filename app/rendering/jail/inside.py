"""The child process: builds its walls, then looks at the data."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
from importlib import import_module
from pathlib import Path

CPU_SECONDS, MOST_FILES = 10, 32
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000
DIE_WITH_PARENT, NO_NEW_PRIVILEGES = 1, 38
"""Of Linux's unshare and prctl."""
CODE = ("app", "forms", "annex_templates", "tests")
SYSTEM = ("/usr", "/lib", "/dev/null", "/dev/urandom", "/proc/self")
NETWORK = ("socket.connect", "socket.bind", "socket.send", "socket.get")
PROGRAMS = ("subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "pty.")
LINKS = ("os.symlink", "os.link", "os.rename", "os.remove", "os.rmdir", "os.chmod", "shutil.")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def main() -> None:
    """Arguments: root of the code, task as module:function, bytes of memory and of a file, the task's arguments in JSON. Data are on stdin.

    Limits are the kernel's, and the network where the system lets a process leave it: as root, or where users may have namespaces of
    their own. Elsewhere, and for the files of the machine, an audit hook refuses: that stops Python code, not machine code that a
    hole in a library might run.
    """
    root, task, memory, largest, arguments = sys.argv[1:]
    answer = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    leave_network()
    limit(int(memory), int(largest))
    module, name = task.split(":")
    work = getattr(import_module(module), name)
    forbid(root)
    with open(0, "rb") as data:
        told = work(data.read(), **json.loads(arguments))
    with open(answer, "wb") as out:
        out.write(told if isinstance(told, bytes) else json.dumps(told).encode())


def limit(memory: int, largest: int) -> None:
    """Memory, processor time, size and number of files; no core dumps; no gaining of rights; no outliving who asked."""
    wanted = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_FSIZE: largest,
        resource.RLIMIT_NOFILE: MOST_FILES,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in wanted.items():
        resource.setrlimit(kind, (most, most))
    libc = ctypes.CDLL(None)
    libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    libc.prctl(DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)


def leave_network() -> bool:
    """Go where there is no network, not even this machine's. False where the system does not allow it."""
    unshare = ctypes.CDLL(None, use_errno=True).unshare
    return any(unshare(flags) == 0 for flags in (NEW_NETWORK, NEW_USER | NEW_NETWORK))


def forbid(root: str) -> None:
    """From here on: no network, no programs, no reading but of code and fonts, no writing but in the own folder."""
    own = os.getcwd()
    code = tuple(str(Path(root, part)) for part in CODE)
    libraries = tuple(path for path in sys.path if path and path != root)
    readable = (*SYSTEM, sys.prefix, sys.base_prefix, *code, *libraries, own)

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(NETWORK + PROGRAMS + LINKS):
            raise PermissionError(event)
        if event == "open" and isinstance(arguments[0], str | bytes):
            path = os.path.abspath(os.fsdecode(arguments[0]))
            flags = arguments[2] if isinstance(arguments[2], int) else 0
            if not _under(path, (own, os.devnull) if flags & WRITING else readable):
                raise PermissionError(path)

    sys.addaudithook(refuse)


def _under(path: str, places: tuple[str, ...]) -> bool:
    return any(path == place or path.startswith(place.rstrip("/") + "/") for place in places)
