"""`make bench`: runs every bench_*.py and prints one table, ours first, with versions, ratios, sizes and peak memory."""

import platform
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from itertools import groupby

from benchmarks.common import Result

MODULES = (
    "bench_word", "bench_record", "bench_fillable", "bench_seal", "bench_packet", "bench_notebooks",
    "bench_pages", "bench_store", "bench_http",
)
HEAD = "| task | candidate | median ms | p90 ms | cpu ms | per second | bytes | peak MB | ours is | versions | note |"


def measured(chosen: Iterable[str]) -> Iterator[Result]:
    """The results of the chosen modules, telling on stderr which one runs."""
    for name in chosen:
        print(f"{name} …", file=sys.stderr, flush=True)
        yield from import_module(f"benchmarks.{name}").results()


def figure(value: float | None, digits: int = 2) -> str:
    """A number as the table prints it; a dash when there is none."""
    return "–" if value is None else f"{value:,.{digits}f}"


def ratio(ours: Result, other: Result) -> str:
    """How many times faster ours is than the other, by wall time and, steadier on a busy machine, by processor time."""
    if ours is other or not ours.median_ms or not other.median_ms:
        return "–"
    by_wall = f"{other.median_ms / ours.median_ms:.1f}×"
    return f"{by_wall} ({other.cpu_ms / ours.cpu_ms:.1f}× cpu)" if ours.cpu_ms and other.cpu_ms else by_wall


def line(ours: Result, result: Result) -> str:
    """One row of the table."""
    cells = (
        result.task, result.candidate, figure(result.median_ms), figure(result.p90_ms), figure(result.cpu_ms), figure(result.per_second, 0),
        figure(result.size, 0), figure(result.peak_mb, 0), ratio(ours, result), result.versions or "–", result.note or "–",
    )
    return f"| {' | '.join(cells)} |"


def table(results: Iterable[Result]) -> Iterator[str]:
    """The whole table as Markdown; the first candidate of each task is ours."""
    yield HEAD
    yield "|---|---|--:|--:|--:|--:|--:|--:|--:|---|---|"
    for _task, group in groupby(results, key=lambda result: result.task):
        candidates = list(group)
        for result in candidates:
            yield line(candidates[0], result)


def main(chosen: tuple[str, ...]) -> None:
    """Run the chosen modules (all without names) and print."""
    results = list(measured(chosen or MODULES))
    print(f"{datetime.now(UTC):%Y-%m-%d} · Python {platform.python_version()} · {platform.system()} {platform.machine()}\n")
    print("\n".join(table(results)))


if __name__ == "__main__":
    main(tuple(sys.argv[1:]))
