"""Durable saves: answers through the store (marked revision, chained event, pointers) beside bare ways to keep them as safely."""

import json
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import sqlite_utils

from app.config import Settings
from app.errors import Stale
from app.store import Document, Store, audit, init, open_store
from app.store.database import PRAGMAS
from benchmarks.common import Candidate, Result, compare, versions

SENTENCE = "Sesión de trabajo con el equipo de la unidad. "
SIZES = {
    "durable save, 9 KB in 48 answers": {f"entries.{row:08d}.text": SENTENCE * 4 for row in range(48)},
    "durable save, one answer (autosave)": {"entries.00000001.text": SENTENCE * 4},
}
THREADS, EDITS, ROUNDS = 8, 100, 300


def results() -> Iterable[Result]:
    """Both sizes against the bare ways, then 8 threads editing one document until each edit is kept."""
    with installation() as (settings, store, document), closing(bare(settings.instance)) as raw:
        for task, answers in SIZES.items():
            ways = saves(store, document, raw, settings.instance / "bare.json", answers)
            candidates = [Candidate(name, work, packages) for name, (work, packages) in ways.items()]
            timed = compare(task, candidates, kept(store, document, raw, answers), rounds=ROUNDS)
            yield from (replace(result, per_second=1000 / result.median_ms) for result in timed if result.median_ms)
        yield crowded(settings, document)


@contextmanager
def installation() -> Iterator[tuple[Settings, Store, Document]]:
    """A fresh installation with one document, on the disk of the working folder."""
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as folder:
        settings = Settings(instance=Path(folder) / "instance", generated=Path(folder) / "generated")
        init(settings)
        with open_store(settings) as store:
            person = store.people.add("Edición", "de la unidad")
            dossier = store.dossiers.add("IAT-BENCH", "assistance", "Informe", "SLV", "es_SV", actor_id=person.id)
            yield settings, store, store.documents.add(dossier.id, "IAT", "1", "IAT-BENCH/v1", "0", actor_id=person.id)


def bare(folder: Path) -> sqlite3.Connection:
    """A table of whole documents with the same pragmas: no history, no chain, no marks."""
    raw = sqlite3.connect(folder / "bare.db", isolation_level=None)
    for pragma in PRAGMAS:
        raw.execute(f"PRAGMA {pragma}").fetchall()
    raw.execute("CREATE TABLE answers (id TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT")
    return raw


def saves(
    store: Store, document: Document, raw: sqlite3.Connection, path: Path, answers: Mapping[str, str]
) -> dict[str, tuple[Callable[[], object], tuple[str, ...]]]:
    """Each way to save the same answers durably, ours first."""
    utils = sqlite_utils.Database(raw, execute_plugins=False)

    def through_the_store() -> None:
        store.revisions.append(document.id, store.documents.get(document.id).revision, "bench", "a", answers)

    def one_upsert() -> None:
        with utils.atomic():
            utils["answers"].upsert({"id": document.id, "value": json.dumps(answers)}, pk="id")

    def one_statement() -> None:
        row = (document.id, json.dumps(answers))
        raw.execute("INSERT INTO answers VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET value = excluded.value", row)

    def one_file() -> None:
        fresh = path.with_suffix(".new")
        with fresh.open("w") as file:
            json.dump(answers, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)

    return {
        "store": (through_the_store, ("sqlite-utils", "cryptography")), "sqlite-utils upsert, no history": (one_upsert, ("sqlite-utils",)),
        "sqlite3 statement, no history": (one_statement, ()), "json file, fsync and rename": (one_file, ()),
    }


def kept(store: Store, document: Document, raw: sqlite3.Connection, answers: Mapping[str, str]) -> Callable[[Mapping[str, object]], None]:
    """Checks that what each way saved can be read back."""

    def check(_: Mapping[str, object]) -> None:
        leaves = store.revisions.leaves(document.id)
        assert {path: leaves[path] for path in answers} == answers
        assert json.loads(raw.execute("SELECT value FROM answers").fetchone()[0]) == answers

    return check


def crowded(settings: Settings, document: Document) -> Result:
    """All edits of all threads are kept, or this is no result."""

    def edit(editor: int) -> list[float]:
        with open_store(settings) as store:
            return [edited(store, document.id, f"e{editor}.n{number}") for number in range(EDITS)]

    started = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        waits = sorted(wait for waits in pool.map(edit, range(THREADS)) for wait in waits)
    spent = time.perf_counter() - started
    with open_store(settings) as store:
        leaves = store.revisions.leaves(document.id)
        assert all(f"e{editor}.n{number}" in leaves for editor in range(THREADS) for number in range(EDITS))
        assert audit(store) == []
    return Result(
        f"{THREADS} threads × {EDITS} edits of one document", "store", versions(("sqlite-utils",)), median_ms=waits[len(waits) // 2] * 1000,
        p90_ms=waits[int(len(waits) * 0.9)] * 1000, per_second=len(waits) / spent,
        note=f"all kept, p99 {waits[int(len(waits) * 0.99)] * 1000:.0f} ms",
    )


def edited(store: Store, document_id: str, path: str) -> float:
    """Seconds until the edit was kept."""
    started = time.perf_counter()
    while True:
        try:
            store.revisions.append(document_id, store.documents.get(document_id).revision, "bench", "a", {path: SENTENCE})
        except Stale:
            continue
        return time.perf_counter() - started
