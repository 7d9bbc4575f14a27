"""Files from outside are opened only here: in a short-lived child process with hard limits, that knows nothing and reaches nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from app.errors import N_, BadFile
from forms.values import Json

ROOT = Path(__file__).parents[3]
WALL, MEMORY, LONGEST_ANSWER, LARGEST_FILE = 30.0, 1 << 30, 1 << 20, 200 << 20
"""Seconds by the clock, more than those of the processor (`inside`): a busy machine is no fault of the file. Bytes of memory, of what is
told, of what is made."""
TASKS = {
    "verify": "app.rendering.verify:verify_task",
    "inspect": "app.rendering.jail.inspecting:inspect",
    "page": "app.rendering.packet.foreign:page_task",
    "harvest": "app.rendering.jail.harvesting:harvest",
}
START = "import sys; sys.path.insert(0, sys.argv[1]); from app.rendering.jail.inside import main; main()"


class Refused(BadFile):
    """The file could not be opened within the limits, whatever the cause."""

    message = N_("No podemos abrir este archivo: está dañado, protegido o es demasiado complejo. Guárdelo otra vez y súbalo de nuevo.")


def run(task: str, data: bytes | Path, *, wall: float = WALL, memory: int = MEMORY, **arguments: Json) -> Json:
    """What the task (a name in TASKS, or `module:function`) says of a file. Raises Refused if anything goes wrong.

    The child has `wall` seconds and `memory` bytes, no environment, no open files but the data and its answer, an empty folder of its
    own that vanishes, and no network. It is Linux's kernel that keeps limits and network; see `inside` for what happens where the
    system does not let a process leave its network. The data are never written to disk.
    """
    with tempfile.TemporaryFile() as answer:
        return _read(answer, _failed(task, data, answer, (wall, memory, LONGEST_ANSWER), arguments))


def made(task: str, data: bytes | Path, out: IO[bytes], *, most: int = LARGEST_FILE, **arguments: Json) -> None:
    """Let the task write a file of at most `most` bytes to `out`, which is real and empty. Raises Refused as `run` does.

    What the task returns are the bytes; after a refusal `out` is rubbish. They come from behind the walls, made of a hostile file:
    look at them as at the file itself.
    """
    if _failed(task, data, out, (WALL, MEMORY, most), arguments):
        raise Refused


def _failed(task: str, data: bytes | Path, out: IO[bytes], limits: tuple[float, int, int], arguments: Mapping[str, Json]) -> bool:
    """Run the child with `out` as all it may write to. `limits`: seconds, bytes of memory, bytes of a file."""
    wall, memory, largest = limits
    told = [str(ROOT), TASKS.get(task, task), str(memory), str(largest), json.dumps(arguments)]
    with _opened(data) as given, tempfile.TemporaryDirectory(prefix="anexa-") as folder:
        child = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-I", "-B", "-c", START, *told],
            stdin=given, stdout=out, stderr=subprocess.DEVNULL, env={}, cwd=folder, start_new_session=True,
        )  # fmt: skip
        try:
            return bool(child.wait(wall))
        except subprocess.TimeoutExpired:
            raise Refused from None
        finally:
            if child.poll() is None:
                _end(child)


@contextmanager
def _opened(data: bytes | Path) -> Iterator[IO[bytes]]:
    """A handle to the data; bytes stay in memory."""
    if isinstance(data, Path):
        with data.open("rb") as file:
            yield file
        return
    with os.fdopen(os.memfd_create("data"), "wb+") as memory:
        memory.write(data)
        memory.flush()
        memory.seek(0)
        yield memory


def _end(child: subprocess.Popen[bytes]) -> None:
    """The child and what it may have started."""
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _read(answer: IO[bytes], failed: bool) -> Json:
    answer.seek(0)
    told = answer.read(LONGEST_ANSWER + 1)
    if failed or len(told) > LONGEST_ANSWER:
        raise Refused
    try:
        return cast("Json", json.loads(told))
    except (ValueError, RecursionError):
        raise Refused from None
