"""«Descargar todo»: made file by file, whatever happens to the worker."""

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from app import clock
from app.errors import Forbidden, NotFound
from app.store import open_store
from app.workflow import jobs, queueing

ROOT = Path(__file__).parents[2]
NAMES = [f"IAT-SLV-CONNA-DPI-2021-1_v1_{language}.{ending}" for ending in ("docx", "pdf") for language in ("es", "pt")]


def start(house, *documents, person=None, key=""):
    return jobs.start_zip(house.store, person or house.ana, [document.dossier_id for document in documents], key=key)


def unzipped(house, run, person=None):
    data = jobs.result(house.store, person or house.ana, run.id).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def manifest(files):
    return [line.split(",") for line in files["MANIFEST.csv"].decode("utf-8-sig").splitlines()]


def test_the_zip_holds_word_and_record_in_both_languages_and_a_list(house, settings):
    run = start(house, house.real())
    assert (run.state, run.done, run.total) == ("waiting", 0, 5)
    jobs.work_at(settings, run.id)
    after = jobs.progress(house.store, house.ana, run.id)
    assert (after.state, after.done, after.failed) == ("done", 5, ())
    files = unzipped(house, run)
    assert sorted(files) == sorted([*NAMES, "MANIFEST.csv"])
    assert [line[0] for line in manifest(files)] == ["archivo", *NAMES]
    assert all(int(line[2]) == len(files[line[0]]) for line in manifest(files)[1:])
    assert jobs.result(house.store, house.ana, run.id).filename == "IAT-SLV-CONNA-DPI-2021-1.zip"


def test_several_dossiers_are_one_zip(house, settings):
    run = start(house, house.real(), house.report(2021, "2"))
    jobs.work_at(settings, run.id)
    assert len(unzipped(house, run)) == 9


def test_the_same_button_pressed_twice_is_one_run(house):
    document = house.report()
    assert start(house, document, key="k").id == start(house, document, key="k").id


def test_a_nudge_reaches_the_worker(house, settings):
    run = start(house, house.report())
    queue = queueing.queue(settings, jobs.work_at)
    queue.huey.execute(queue.huey.dequeue())
    assert jobs.progress(house.store, house.ana, run.id).state == "done"


def test_a_lost_nudge_is_found_by_the_sweep(house, settings):
    run = start(house, house.report())
    queue = queueing.queue(settings, jobs.work_at)
    queue.huey.flush()
    queue.sweep()
    assert jobs.progress(house.store, house.ana, run.id).state == "done"


def test_a_cancelled_run_makes_no_further_file(house, settings):
    run = start(house, house.report())
    assert jobs.cancel(house.store, house.ana, run.id).state == "cancelled"
    jobs.work_at(settings, run.id)
    assert (jobs.progress(house.store, house.ana, run.id).state, house.store.files.all()) == ("cancelled", ())
    with pytest.raises(NotFound):
        jobs.result(house.store, house.ana, run.id)


def test_a_file_that_cannot_be_made_is_named_and_the_others_are_delivered(house, settings):
    folder = settings.instance / "templates" / "IAT" / "2026-1" / "pt"
    folder.mkdir(parents=True)
    (folder / "IAT.docx").write_bytes(b"not a template")
    run = start(house, house.report())
    for _ in range(3):
        jobs.work_at(settings, run.id)
    after = jobs.progress(house.store, house.ana, run.id)
    assert (after.state, after.failed) == ("done", (NAMES[1],))
    files = unzipped(house, run)
    assert NAMES[1] not in files
    assert len(files) == 4
    assert [bool(line[4]) for line in manifest(files)[1:]] == [False, True, False, False]


def test_an_item_of_a_dead_worker_is_taken_over_once_its_lease_is_over(house, settings):
    run = start(house, house.report())
    taken = house.store.jobs.claim(run.id)
    with clock.stopped(taken.lease_until):
        jobs.work_at(settings, run.id)
    assert jobs.progress(house.store, house.ana, run.id).state == "done"


def test_runs_are_their_owners_only(house):
    run = start(house, house.report())
    for ask in (jobs.progress, jobs.cancel, jobs.result):
        with pytest.raises(NotFound):
            ask(house.store, house.beto, run.id)
        with pytest.raises(NotFound):
            ask(house.store, house.ana, "nothing")


def test_only_who_may_download_starts_one(house):
    document = house.report()
    with pytest.raises(NotFound):
        start(house, document, person=house.stranger)
    with pytest.raises((NotFound, Forbidden)):
        start(house, document, person=house.admin)


def test_a_worker_killed_in_the_middle_loses_no_file_and_makes_none_twice(house, settings):
    """The real worker, killed with -9 after its first files, then started again."""
    documents = [house.real(), *(house.report(year, "1", policy="") for year in range(2010, 2016))]
    run = start(house, *documents)
    worker = _worker(settings)
    _until(lambda: jobs.progress(house.store, house.ana, run.id).done >= 3)
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    before = {item.number: item.result for item in house.store.jobs.items(run.id) if item.state == "done"}
    house.store.db.run("UPDATE job_items SET lease_until = :past WHERE state = 'working'", past="2000-01-01T00:00:00.000000+00:00")
    again = _worker(settings)
    try:
        _until(lambda: jobs.progress(house.store, house.ana, run.id).state == "done")
    finally:
        again.send_signal(signal.SIGINT)
        again.wait(20)
    assert {item.number: item.result for item in house.store.jobs.items(run.id) if item.number in before} == before
    assert len(unzipped(house, run)) == 7 * 4 + 1
    with open_store(settings) as store:
        assert all(store.files.read(each.sha256) for each in store.files.all())


def _worker(settings):
    environment = {**os.environ, "ANEXA_INSTANCE": str(settings.instance), "ANEXA_GENERATED": str(settings.generated)}
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "worker"],
        cwd=ROOT,
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _until(holds, seconds=60):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)
