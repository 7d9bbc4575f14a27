"""Many people and workers at once: nothing is lost, nothing is done twice, nobody is told that the database is locked."""

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.errors import Stale
from app.store import audit, open_store
from tests.store.crowd import editing, said, saved_until_done, start
from tests.store.stores import furnished

EDITORS, EDITS = 8, 100


@pytest.fixture
def made(settings):
    with open_store(settings) as store:
        return furnished(store)


def every_edit():
    return {f"e{editor}.n{edit}": edit for editor in range(EDITORS) for edit in range(EDITS)}


def in_order(settings, made, leaves):
    with open_store(settings) as store:
        assert store.revisions.leaves(made.document.id) == leaves
        assert [each.number for each in store.revisions.since(made.document.id)] == list(range(1, len(leaves) + 1))
        assert store.documents.get(made.document.id).revision == len(leaves)
        assert audit(store) == []


def test_800_edits_by_8_threads_are_all_kept(settings, made):
    def edit(editor):
        with open_store(settings) as store:
            for number in range(EDITS):
                saved_until_done(store, made.document.id, made.person.id, f"e{editor}.n{number}", number)

    with ThreadPoolExecutor(EDITORS) as pool:
        list(pool.map(edit, range(EDITORS)))
    in_order(settings, made, every_edit())


def test_800_edits_by_8_processes_are_all_kept_within_a_second_each(settings, made):
    pipes = [os.pipe() for _ in range(EDITORS)]
    crowd = [start(editing, pipe[1], settings, made.document.id, made.person.id, editor, EDITS) for editor, pipe in enumerate(pipes)]
    for pipe in pipes:
        os.close(pipe[1])
    waits = sorted(float(line) for process, pipe in zip(crowd, pipes, strict=True) for line in said(process, pipe[0]))
    assert len(waits) == EDITORS * EDITS
    assert waits[int(len(waits) * 0.99)] < 1
    in_order(settings, made, every_edit())


@pytest.mark.long
def test_50_editors_with_200_edits_each_on_10_documents_are_all_kept_and_p99_is_below_a_second(settings, made):
    with open_store(settings) as store:
        dossier, person = made.dossier.id, made.person.id
        documents = [store.documents.add(dossier, "IAT", "1", f"d{n}", f"d{n}", actor_id=person, version=n + 2).id for n in range(10)]

    def edit(editor):
        waits = []
        with open_store(settings) as store:
            for number in range(200):
                started = time.monotonic()
                saved_until_done(store, documents[editor % 10], person, f"e{editor}.n{number}", number)
                waits.append(time.monotonic() - started)
        return waits

    with ThreadPoolExecutor(50) as pool:
        waits = sorted(wait for waits in pool.map(edit, range(50)) for wait in waits)
    with open_store(settings) as store:
        assert sum(len(store.revisions.leaves(document)) for document in documents) == len(waits) == 10_000
        assert audit(store) == []
    assert waits[9_900] < 1


def test_of_800_edits_that_never_try_again_each_is_kept_or_told_to_be_stale(settings, made):
    kept, stale, lock = {}, [], threading.Lock()

    def edit(editor):
        with open_store(settings) as store:
            for number in range(EDITS):
                path, current = f"e{editor}.n{number}", store.documents.get(made.document.id).revision
                try:
                    store.revisions.append(made.document.id, current, made.person.id, "a", {path: number})
                except Stale:
                    with lock:
                        stale.append(path)
                else:
                    with lock:
                        kept[path] = number

    with ThreadPoolExecutor(EDITORS) as pool:
        list(pool.map(edit, range(EDITORS)))
    assert len(kept) + len(stale) == EDITORS * EDITS
    in_order(settings, made, kept)


def test_one_post_sent_eight_times_at_once_is_done_once(settings, made):
    def post(_):
        with open_store(settings) as store:
            return store.requests.once("k1", made.person.id, "save", lambda: saved(store))

    def saved(store):
        return store.revisions.append(made.document.id, store.documents.get(made.document.id).revision, made.person.id, "a", {"x": 1})

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(post, range(8))) == [1] * 8
    in_order(settings, made, {"x": 1})


def test_a_limit_holds_for_eight_who_come_at_once(settings, made):
    def knock(_):
        with open_store(settings) as store:
            return store.limits.hit("sign-in", "192.0.2.1", 8, 3600)

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(knock, range(8))) == list(range(8))


def test_each_item_is_done_by_exactly_one_of_eight_workers(settings, made):
    with open_store(settings) as store:
        job = store.jobs.add("zip", made.person.id, [{"n": number} for number in range(80)])

    def work(_):
        done = []
        with open_store(settings) as store:
            while item := store.jobs.claim(job.id):
                store.jobs.done(item)
                done.append(item.number)
        return done

    with ThreadPoolExecutor(8) as pool:
        numbers = [number for done in pool.map(work, range(8)) for number in done]
    assert sorted(numbers) == list(range(1, 81))


def test_the_same_file_put_by_eight_at_once_is_whole(settings, made):
    content = b"igual" * 100_000

    def put(_):
        with open_store(settings) as store:
            return store.files.put(content, "text/plain").sha256

    with ThreadPoolExecutor(8) as pool:
        [sha256] = set(pool.map(put, range(8)))
    with open_store(settings) as store:
        assert store.files.read(sha256) == content
        assert len([path for path in settings.files.rglob("*") if path.is_file()]) == 1
