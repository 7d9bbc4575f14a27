"""kill -9 at random moments: what was acknowledged is there, nothing is half, and the next one works at once."""

import hashlib
import os
import random
import signal
import time

import pytest

from app import clock
from app.store import audit, open_store, rebuild
from app.store.jobs import LEASE
from tests.store.crowd import dying_in_put, dying_in_save, heard, said, saving, start, working
from tests.store.stores import AT, furnished


@pytest.fixture
def made(settings):
    with open_store(settings) as store:
        return furnished(store)


def kept_promises(settings, made, lines):
    """Everything acknowledged is there, every name on the disk holds its whole content, and a new save goes through at once."""
    started = time.monotonic()
    leaves = {path: int(value) for kind, path, value in (line.split() for line in lines if line.startswith("leaf"))}
    with open_store(settings) as store:
        now = store.revisions.leaves(made.document.id)
        assert {path: now.get(path) for path in leaves} == leaves
        assert all(now[f"{path}s"] == "secreto" for path in leaves)
        for sha256 in (line.split()[1] for line in lines if line.startswith("file")):
            assert hashlib.sha256(store.files.read(sha256)).hexdigest() == sha256
        current = store.documents.get(made.document.id).revision
        assert store.revisions.append(made.document.id, current, made.person.id, "a", {"again": current}) == current + 1
    for path in settings.files.glob("??/*"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name
    assert time.monotonic() - started < 5


def killed(settings, made, points, seed):
    chance, acknowledged = random.Random(seed), 0
    for point in range(points):
        lines = heard(saving, settings, made.document.id, made.person.id, seed + point, delay=chance.uniform(0, 0.03))
        kept_promises(settings, made, lines)
        acknowledged += len(lines)
    with open_store(settings) as store:
        assert (store.db.one("PRAGMA integrity_check"), audit(store), rebuild(store)) == ({"integrity_check": "ok"}, [], 0)
    return acknowledged


def test_nothing_acknowledged_is_lost_in_40_kills(settings, made):
    assert killed(settings, made, 40, seed=1) > 40


def test_a_save_killed_before_each_of_its_statements_is_whole_or_not_there(settings, made):
    lines: list[str] = []
    for step in range(1, 60):
        lines = heard(dying_in_save, settings, made.document.id, made.person.id, step)
        if lines:
            break
        with open_store(settings) as store:
            assert (store.revisions.leaves(made.document.id), store.documents.get(made.document.id).revision) == ({}, 0)
            assert (store.db.one("PRAGMA integrity_check"), audit(store)) == ({"integrity_check": "ok"}, [])
    assert (lines, step > 12) == (["saved 1"], True)
    with open_store(settings) as store:
        assert store.revisions.leaves(made.document.id) == {"x": 1, "s": 2}


def test_a_file_killed_at_each_step_of_being_put_is_whole_or_not_there(settings, made):
    content, lines = b"entero" * 50_000, []
    sha256 = hashlib.sha256(content).hexdigest()
    for step in range(1, 60):
        lines = heard(dying_in_put, settings, content, step)
        if lines:
            break
        with open_store(settings) as store:
            assert all(hashlib.sha256(path.read_bytes()).hexdigest() == path.name for path in settings.files.glob("??/*"))
            assert [store.files.read(file.sha256) == content for file in store.files.all()] in ([], [True])
            assert audit(store) == []
    assert (lines, step > 12) == ([sha256], True)
    with open_store(settings) as store:
        assert store.files.read(sha256) == content
        assert store.files.sweep(older=-1) > 0
    assert [path.name for path in settings.files.rglob("*") if path.is_file()] == [sha256]


@pytest.mark.long
def test_nothing_acknowledged_is_lost_in_400_kills(settings, made):
    assert killed(settings, made, 400, seed=1000) > 400


def test_workers_killed_in_the_middle_of_items_lose_none_and_do_none_twice(settings, made):
    chance, told = random.Random(7), []
    with open_store(settings) as store:
        job = store.jobs.add("zip", made.person.id, [{"n": number} for number in range(20)])
    for lap in range(12):
        with clock.stopped(AT + 2 * lap * LEASE):
            told += heard(working, settings, job.id, 0.01, delay=chance.uniform(0.005, 0.05))[1:]
    with clock.stopped(AT + 30 * LEASE):
        told += heard(working, settings, job.id, 0)[1:]
    with open_store(settings) as store:
        items = store.jobs.items(job.id)
        assert {item.state for item in items} <= {"done", "failed"}
        assert all(item.attempts == 3 for item in items if item.state == "failed")
        done = sorted(item.number for item in items if item.state == "done")
        assert len(told) == len(set(told))
        assert set(map(int, told)) <= set(done)
        assert store.jobs.progress(job.id).over


def test_a_child_killed_while_holding_the_lock_does_not_lock_the_next_one_out(settings, made):
    def holding(pipe):
        with open_store(settings) as store, store.atomic():
            store.revisions.append(made.document.id, 0, made.person.id, "a", {"x": "sin terminar"})
            os.write(pipe, b"holding\n")
            time.sleep(60)

    receiving, sending = os.pipe()
    process = start(holding, sending)
    os.close(sending)
    assert os.read(receiving, 100) == b"holding\n"
    os.kill(process.pid, signal.SIGKILL)
    assert said_nothing_more(process, receiving)
    with open_store(settings) as store:
        assert store.revisions.append(made.document.id, 0, made.person.id, "a", {"x": "bien"}) == 1
        assert store.revisions.leaves(made.document.id) == {"x": "bien"}


def said_nothing_more(process, pipe):
    return said(process, pipe) == []
