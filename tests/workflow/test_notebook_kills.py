"""A run of notebooks whose worker is killed in the middle: every notebook delivered, none made twice."""

import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from app.errors import NotSaved
from app.store import open_store
from app.workflow import jobs, notebook_runs
from app.workflow.notebook_orders import Order
from app.workflow.programmes import EXCHANGE
from tests.workflow.pressing import Press, settings_in

ROOT = Path(__file__).parents[2]


def crowd(store, press, count):
    """An order of `count` blank notebooks, five of each exchange."""
    chosen = {press.dossier.id: ()}
    for number in range(1, count // 5):
        chosen[_copy(store, press, number)] = ()
    return Order(chosen, "blank")


def _copy(store, press, number):
    """Another exchange with the same annexes."""
    facts = press.dossier.facts
    made = store.dossiers.add(
        f"PE-2027-URY-SLV-{number + 1:02}", EXCHANGE, press.dossier.title, "URY", "es_UY", actor_id="", facts=facts, state="planning",
        people=press.dossier.people,
    )
    for form in ("A1", "A2", "A6"):
        for source in press.walk.documents(form):
            code = source.code.replace(press.dossier.code, made.code)
            copy = store.documents.add(
                made.id, form, source.edition, code, f"{made.id[:10]}{source.code[-9:]}", actor_id="", subject=source.subject
            )
            if leaves := store.revisions.leaves(source.id):
                store.revisions.append(copy.id, 0, press.coordinator.id, "", leaves)
    return made.id


def worker(settings):
    environment = {**os.environ, "ANEXA_INSTANCE": str(settings.instance), "ANEXA_GENERATED": str(settings.generated)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "worker"], cwd=ROOT, env=environment, start_new_session=True, **quiet
    )


def until(holds, seconds):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


@pytest.mark.parametrize(("count", "killed"), [(20, 7), pytest.param(500, 137, marks=pytest.mark.long)])
def test_a_worker_killed_in_the_middle_delivers_every_notebook_once(tmp_path, count, killed):
    settings = settings_in(tmp_path)
    with open_store(settings) as store:
        press = Press(store)
        run = notebook_runs.start(store, press.coordinator, crowd(store, press, count))
        first = worker(settings)
        until(lambda: jobs.progress(store, press.coordinator, run.id).done >= killed, 120)
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
        before = {item.number: item.result for item in store.jobs.items(run.id) if item.state == "done"}
        assert killed <= len(before) < run.total
        store.db.run("UPDATE job_items SET lease_until = :past WHERE state = 'working'", past="2000-01-01T00:00:00.000000+00:00")
        again = worker(settings)
        try:
            until(lambda: jobs.progress(store, press.coordinator, run.id).state == "done", 600)
        finally:
            again.send_signal(signal.SIGINT)
            again.wait(20)
        found = notebook_runs.result(store, press.coordinator, run.id)
        after = {item.number: item.result for item in store.jobs.items(run.id)}
        with zipfile.ZipFile(store.files.open(jobs.result(store, press.coordinator, run.id).sha256)) as held:
            names = held.namelist()
    assert {number: after[number] for number in before} == before
    assert (found.run.failed, len(found.books)) == ((), count)
    assert len(names) == len(set(names)) == 2 * count + len(found.joined) + 3
    assert sum(each.pages for each in found.joined) == count * 6


def test_a_full_disk_stops_it_by_name_and_what_is_finished_stays(tmp_path, monkeypatch):
    settings = settings_in(tmp_path)
    with open_store(settings) as store:
        press = Press(store)
        run = notebook_runs.start(store, press.coordinator, Order({press.dossier.id: ()}))
        steps = jobs.working(store, run.id)
        for _ in range(4):
            next(steps)
        steps.close()
        folder = settings.generated / "files"
        aside = settings.generated / "aside"
        folder.rename(aside)
        folder.write_bytes(b"no folder here: nothing can be kept")
        jobs.work_at(settings, run.id)
        stopped = notebook_runs.result(store, press.coordinator, run.id)
        assert (stopped.run.state, stopped.run.done) == ("failed", 4)
        assert NotSaved.message in stopped.run.problems.values()
        folder.unlink()
        aside.rename(folder)
        jobs.resume(store, press.coordinator, run.id)
        jobs.work_at(settings, run.id)
        done = notebook_runs.result(store, press.coordinator, run.id)
    assert (done.run.state, done.run.failed, done.run.done) == ("done", (), 11)
