"""How everything is measured: candidates interleaved in one process, medians, outputs checked before the clock starts.

Each bench_*.py has `results() -> Iterable[Result]`, the first candidate of a comparison being ours.
"""

import gc
import os
import resource
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from statistics import median

MS = 1000.0


@dataclass(frozen=True)
class Candidate:
    """One way of doing the work; `work` returns the output that is checked and weighed."""

    name: str
    work: Callable[[], object]
    packages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """One line of the table; a candidate that was not run has no figures and says why."""

    task: str
    candidate: str
    versions: str
    median_ms: float | None = None
    p90_ms: float | None = None
    cpu_ms: float | None = None
    size: int | None = None
    peak_mb: float | None = None
    per_second: float | None = None
    note: str = ""


def versions(packages: Sequence[str]) -> str:
    """Installed versions as «name 1.2»; raises PackageNotFoundError for one that is not installed."""
    return ", ".join(f"{package} {version(package)}" for package in packages)


def installed(package: str) -> bool:
    """Whether a peer can be run here."""
    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True


def not_run(task: str, candidate: str, reason: str) -> Result:
    """A named peer that was not measured."""
    return Result(task, candidate, "", note=f"not run: {reason}")


def compare(
    task: str,
    candidates: Sequence[Candidate],
    check: Callable[[Mapping[str, object]], None],
    *,
    rounds: int = 30,
    budget_s: float = 20.0,
) -> tuple[Result, ...]:
    """Time the candidates turn by turn; `check` sees every output by name first and raises AssertionError if one is wrong."""
    outputs = {candidate.name: candidate.work() for candidate in candidates}
    check(outputs)
    wall: dict[str, list[float]] = {candidate.name: [] for candidate in candidates}
    cpu: dict[str, list[float]] = {candidate.name: [] for candidate in candidates}
    until = time.perf_counter() + budget_s
    for done in range(rounds):
        if done >= 3 and time.perf_counter() > until:
            break
        for candidate in candidates:
            spent, used = timed(candidate.work)
            wall[candidate.name].append(spent)
            cpu[candidate.name].append(used)
    return tuple(
        Result(
            task,
            candidate.name,
            versions(candidate.packages),
            median_ms=median(wall[candidate.name]),
            p90_ms=sorted(wall[candidate.name])[int(len(wall[candidate.name]) * 0.9)],
            cpu_ms=median(cpu[candidate.name]),
            size=weight(outputs[candidate.name]),
            peak_mb=peak_mb(candidate.work),
            note=f"{len(wall[candidate.name])} rounds",
        )
        for candidate in candidates
    )


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and processor milliseconds of one turn, garbage collected before and not during."""
    gc.collect()
    gc.disable()
    used, started = time.process_time(), time.perf_counter()
    work()
    ended, using = time.perf_counter(), time.process_time()
    gc.enable()
    return (ended - started) * MS, (using - used) * MS


def weight(output: object) -> int | None:
    """Bytes of an output that has bytes."""
    if isinstance(output, str):
        return len(output.encode())
    return len(output) if isinstance(output, bytes) else None


def peak_mb(work: Callable[[], object]) -> float:
    """Highest resident memory in MB of a child process that does the work once; what the parent holds is in it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        work()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        os.write(writing, str(peak).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        peak_kb = told.read()
    os.waitpid(child, 0)
    return int(peak_kb) / 1024
