"""Children of a test, forked so that a point costs milliseconds: what they do to a store until they end or are killed."""

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess

from app.errors import Stale
from app.store import Store, open_store

FORK = multiprocessing.get_context("fork")


def start(work: Callable[..., None], *arguments: object) -> BaseProcess:
    process = FORK.Process(target=work, args=arguments)
    process.start()
    return process


def said(process: BaseProcess, pipe: int, delay: float | None = None) -> list[str]:
    """The lines a child wrote; with `delay` it is killed (-9) that many seconds after its first."""
    lines = os.read(pipe, 1 << 16)
    if delay is not None:
        time.sleep(delay)
        os.kill(process.pid, signal.SIGKILL)
    while more := os.read(pipe, 1 << 16):
        lines += more
    process.join()
    os.close(pipe)
    return lines.decode().splitlines()


def heard(work: Callable[..., None], *arguments: object, delay: float | None = None) -> list[str]:
    """Run `work(pipe, …)` in a child and return what it acknowledged."""
    receiving, sending = os.pipe()
    process = start(work, sending, *arguments)
    os.close(sending)
    return said(process, receiving, delay)


def tell(pipe: int, line: str) -> None:
    os.write(pipe, f"{line}\n".encode())


def saving(pipe: int, settings, document_id: str, person_id: str, point: int) -> None:
    """Save leaves and files for ever, telling each only after the store has answered."""
    chance = random.Random(point)
    with open_store(settings) as store:
        number = store.documents.get(document_id).revision
        for turn in range(1_000_000):
            path, hidden = f"k{point}.n{turn}", f"k{point}.n{turn}s"
            changes = {path: turn, hidden: "secreto"}
            number = store.revisions.append(document_id, number, person_id, "a", changes, secret={hidden: person_id})
            tell(pipe, f"leaf {path} {turn}")
            sha256 = store.files.put(chance.randbytes(chance.choice((10, 5_000, 400_000))), "text/plain").sha256
            tell(pipe, f"file {sha256}")


def dying(step: int) -> Callable[..., None]:
    """Something to call at each step: kills its own process (-9) at the given one, counted from 1."""
    calls = []

    def passed(*_: object) -> None:
        calls.append(1)
        if len(calls) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    return passed


def dying_in_save(pipe: int, settings, document_id: str, person_id: str, step: int) -> None:
    """One save, killed before its statement number `step`; tells if it got through."""
    with open_store(settings) as store:
        store.db.utils.conn.set_trace_callback(dying(step))
        number = store.revisions.append(document_id, 0, person_id, "a", {"x": 1, "s": 2}, secret={"s": person_id})
        tell(pipe, f"saved {number}")


def dying_in_put(pipe: int, settings, content: bytes, step: int) -> None:
    """One file put, killed before or after its system call number `step` of those that make it durable; tells if it got through."""
    passed = dying(step)

    def watched(call):
        def around(*arguments, **named):
            passed()
            result = call(*arguments, **named)
            passed()
            return result

        return around

    with open_store(settings) as store:
        for name in ("open", "fsync", "replace"):
            setattr(os, name, watched(getattr(os, name)))
        store.db.utils.conn.set_trace_callback(passed)
        tell(pipe, store.files.put(content, "text/plain").sha256)


def saved_until_done(store: Store, document_id: str, person_id: str, path: str, value: int) -> int:
    """Save one leaf from the current revision, again as long as somebody else goes first; returns how often that happened."""
    late = 0
    while True:
        try:
            store.revisions.append(document_id, store.documents.get(document_id).revision, person_id, "a", {path: value})
        except Stale:
            late += 1
        else:
            return late


def editing(pipe: int, settings, document_id: str, person_id: str, editor: int, edits: int) -> None:
    with open_store(settings) as store:
        for edit in range(edits):
            started = time.monotonic()
            saved_until_done(store, document_id, person_id, f"e{editor}.n{edit}", edit)
            tell(pipe, f"{time.monotonic() - started:.4f}")


def working(pipe: int, settings, job_id: str, seconds: float) -> None:
    """Do items, slowly enough to be killed in the middle of one."""
    with open_store(settings) as store:
        tell(pipe, "here")
        while item := store.jobs.claim(job_id):
            time.sleep(seconds)
            try:
                store.jobs.done(item, {"by": os.getpid()})
            except Stale:
                continue
            tell(pipe, str(item.number))
