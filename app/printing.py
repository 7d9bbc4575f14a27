"""Printers of the house (CUPS): whether one is there, and giving it a file. Everything goes through `lp` and `lpstat`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from typing import Final, Literal

from app.errors import N_, Told

QUEUE: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,126}\Z")
"""What a queue may be called; never something `lp` would read as an option."""
SECONDS: Final = 30
MEDIA: Final = {"a4": "A4", "letter": "Letter"}
ASKED: Final = ("sides=two-sided-short-edge", "print-scaling=none", "fit-to-page=false")
"""Both sides, turned on the short edge, at real size."""
JOB: Final = re.compile(r"\b([A-Za-z0-9_.-]+-\d+)\b")
KEPT: Final = ("PATH", "HOME", "CUPS_SERVER")
"""What of our environment the programs are told."""
State = Literal["ready", "stopped", "missing", "no lp"]


class NotPrinted(Told):
    """The printer did not take it; nothing was printed."""

    status = 502
    exit_code = 7
    message = N_("La impresora «{printer}» no aceptó el archivo: {why}")


@dataclass(frozen=True)
class Printer:
    """A printer as people call it, and its queue."""

    name: str
    queue: str


@dataclass(frozen=True)
class Printed:
    """What the printer took: `job` is the queue's own number ('imprenta-12'), '' if it told none."""

    printer: Printer
    job: str


def probe(printer: Printer) -> State:
    """How a printer is right now."""
    if not (shutil.which("lp") and shutil.which("lpstat")):
        return "no lp"
    told = _run("lpstat", "-p", printer.queue)
    if told.returncode:
        return "missing"
    return "stopped" if "disabled" in told.stdout else "ready"


def send(printer: Printer, data: bytes, title: str, paper: str, copies: int = 1) -> Printed:
    """Give a PDF to a printer, for paper 'a4' or 'letter'. Raises NotPrinted saying why."""
    if shutil.which("lp") is None:
        raise NotPrinted(printer=printer.name, why=N_("en esta máquina no está «lp»"))
    options = [word for option in (*ASKED, f"media={MEDIA[paper]}") for word in ("-o", option)]
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        told = _run("lp", "-d", printer.queue, "-n", str(copies), "-t", title, *options, "--", file.name)
    if told.returncode:
        raise NotPrinted(printer=printer.name, why=" ".join(told.stderr.split())[:200] or str(told.returncode))
    found = JOB.search(told.stdout)
    return Printed(printer, found.group(1) if found else "")


def _run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One of the two programs, speaking plainly; one that hangs counts as a refusal."""
    environment = {name: os.environ[name] for name in KEPT if name in os.environ} | {"LC_ALL": "C"}
    found = shutil.which(program) or program
    try:
        return subprocess.run(  # noqa: S603 - a program of the system; the queue's name is checked where settings are read
            [found, *arguments], capture_output=True, text=True, timeout=SECONDS, env=environment, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess([program], 1, "", "timeout")
    except OSError as error:
        return subprocess.CompletedProcess([program], 1, "", str(error.strerror))
