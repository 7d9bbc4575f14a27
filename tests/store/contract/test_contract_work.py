"""Jobs, idempotency keys and rate limits, for any database."""

from datetime import timedelta

import pytest

from app.errors import Invalid, NotFound, Stale, TooMany
from tests.store.stores import AT

MINUTE = timedelta(minutes=1)


def started(store, made, items=3):
    return store.jobs.add("zip", made.person.id, [{"dossier": str(number)} for number in range(items)], {"language": "es"}, AT)


def states(store, job):
    return [item.state for item in store.jobs.items(job.id)]


def test_a_job_is_done_item_by_item(store, made):
    job = started(store, made)
    while item := store.jobs.claim(job.id, at=AT):
        store.jobs.done(item, {"sha256": item.payload["dossier"]}, AT + MINUTE)
    progress = store.jobs.progress(job.id)
    assert (progress.total, progress.done, progress.over) == (3, 3, True)
    assert [item.result for item in store.jobs.items(job.id)] == [{"sha256": "0"}, {"sha256": "1"}, {"sha256": "2"}]
    assert store.jobs.get(job.id).finished_at == AT + MINUTE
    assert store.jobs.get(job.id).payload == {"language": "es"}


def test_a_job_without_items_is_finished_at_once(store, made):
    assert started(store, made, 0).finished_at == AT
    assert store.jobs.open() == ()


def test_an_unknown_job_is_not_found(store):
    with pytest.raises(NotFound):
        store.jobs.get("nada")
    with pytest.raises(NotFound):
        store.jobs.cancel("nada")
    assert store.jobs.claim("nada") is None


def test_two_workers_never_hold_the_same_item(another, made):
    one, two = another(), another()
    job = started(one, made, 2)
    assert [one.jobs.claim(job.id, at=AT).number, two.jobs.claim(job.id, at=AT).number, two.jobs.claim(job.id, at=AT)] == [1, 2, None]


def test_an_item_whose_worker_died_is_taken_over_after_its_lease(store, made):
    job = started(store, made, 1)
    lost = store.jobs.claim(job.id, MINUTE, AT)
    assert store.jobs.claim(job.id, MINUTE, AT + MINUTE / 2) is None
    taken = store.jobs.claim(job.id, MINUTE, AT + MINUTE)
    assert (taken.number, taken.attempts) == (lost.number, 2)


def test_the_result_of_a_lost_lease_is_refused_so_nothing_counts_twice(store, made):
    job = started(store, made, 1)
    lost = store.jobs.claim(job.id, MINUTE, AT)
    taken = store.jobs.claim(job.id, MINUTE, AT + MINUTE)
    with pytest.raises(Stale):
        store.jobs.done(lost, "tarde")
    store.jobs.done(taken, "a tiempo")
    with pytest.raises(Stale):
        store.jobs.done(taken, "otra vez")
    assert [item.result for item in store.jobs.items(job.id)] == ["a tiempo"]


def test_a_renewed_lease_is_not_taken_over(store, made):
    job = started(store, made, 1)
    item = store.jobs.claim(job.id, MINUTE, AT)
    store.jobs.renew(item, MINUTE, AT + MINUTE / 2)
    assert store.jobs.claim(job.id, MINUTE, AT + MINUTE) is None
    taken = store.jobs.claim(job.id, MINUTE, AT + 2 * MINUTE)
    assert taken is not None
    with pytest.raises(Stale):
        store.jobs.renew(item)


def test_an_item_that_kills_three_workers_has_failed_and_the_job_goes_on(store, made):
    job = started(store, made, 1)
    attempts = [store.jobs.claim(job.id, MINUTE, AT + lap * MINUTE).attempts for lap in range(3)]
    assert attempts == [1, 2, 3]
    assert store.jobs.claim(job.id, MINUTE, AT + 3 * MINUTE) is None
    [item] = store.jobs.items(job.id)
    assert (item.state, item.problem) == ("failed", "No se pudo terminar después de varios intentos.")
    assert store.jobs.get(job.id).finished_at == AT + 3 * MINUTE


def test_five_poisoned_items_of_five_hundred_are_named_and_the_others_done(store, made):
    job = started(store, made, 500)
    while item := store.jobs.claim(job.id, at=AT):
        if item.number % 100 == 7:
            store.jobs.failed(item, "No se pudo leer", at=AT)
        else:
            store.jobs.done(item, item.number, AT)
    progress = store.jobs.progress(job.id)
    assert (progress.done, progress.failed, progress.over) == (495, 5, True)
    assert [item.number for item in store.jobs.items(job.id) if item.problem] == [7, 107, 207, 307, 407]


def test_an_item_may_be_tried_again_three_times_in_all(store, made):
    job = started(store, made, 1)
    for _ in range(3):
        store.jobs.failed(store.jobs.claim(job.id, at=AT), "Todavía no", again=True, at=AT)
    assert store.jobs.claim(job.id, at=AT) is None
    assert states(store, job) == ["failed"]


def test_a_cancelled_job_does_no_further_item_and_refuses_late_results(store, made):
    job = started(store, made)
    store.jobs.done(store.jobs.claim(job.id, at=AT), at=AT)
    working = store.jobs.claim(job.id, at=AT)
    store.jobs.cancel(job.id, AT + MINUTE)
    assert states(store, job) == ["done", "cancelled", "cancelled"]
    with pytest.raises(Stale):
        store.jobs.done(working)
    assert store.jobs.claim(job.id) is None
    assert store.jobs.get(job.id).cancelled_at == store.jobs.get(job.id).finished_at == AT + MINUTE


def test_cancelling_a_finished_job_changes_nothing(store, made):
    job = started(store, made, 1)
    store.jobs.done(store.jobs.claim(job.id, at=AT), at=AT)
    store.jobs.cancel(job.id)
    assert (states(store, job), store.jobs.get(job.id).cancelled_at) == (["done"], None)


def test_the_sweep_names_the_jobs_to_look_at_so_a_lost_nudge_loses_nothing(store, made):
    first, second, over = started(store, made), started(store, made), started(store, made, 0)
    store.jobs.claim(second.id, MINUTE, AT)
    assert set(store.jobs.sweep(AT + 2 * MINUTE)) == {first.id, second.id}
    assert over.id not in store.jobs.open()
    assert states(store, second) == ["waiting"] * 3


def test_a_post_sent_twice_is_done_once_and_answered_the_same(another, made):
    done, first, second = [], another(), another()

    def work():
        done.append(1)
        return {"revision": 7, "who": "ñ"}

    answers = [store.requests.once("k1", made.person.id, "save:d1", work) for store in (first, first, second)]
    assert answers == [{"revision": 7, "who": "ñ"}] * 3
    assert done == [1]
    assert first.requests.answer("k1", made.person.id) == answers[0]
    assert first.requests.answer("otra", made.person.id) is None


def test_the_key_of_one_person_is_not_anothers(store, made):
    other = store.people.add("Otra", "Persona")
    assert store.requests.once("k1", made.person.id, "save", lambda: 1) == 1
    assert store.requests.once("k1", other.id, "save", lambda: 2) == 2


def test_work_that_fails_leaves_neither_rows_nor_answer_and_may_be_sent_again(store, made):
    def fails():
        store.revisions.append(made.document.id, 0, made.person.id, "a", {"x": 1})
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.requests.once("k1", made.person.id, "save", fails)
    assert store.revisions.leaves(made.document.id) == {}
    assert store.requests.once("k1", made.person.id, "save", lambda: "bien") == "bien"


@pytest.mark.parametrize(("key", "what"), [("k1", "otra cosa"), ("k" * 201, "save")])
def test_a_key_used_for_something_else_or_too_long_is_refused(store, made, key, what):
    store.requests.once("k1", made.person.id, "save", lambda: 1)
    with pytest.raises(Invalid):
        store.requests.once(key, made.person.id, what, lambda: 2)


def test_without_a_key_work_is_done_each_time_all_or_nothing(store, made):
    assert [store.requests.once("", made.person.id, "save", lambda value=value: value) for value in (1, 2)] == [1, 2]


def test_tries_above_the_limit_wait_for_the_next_window(store):
    assert [store.limits.hit("sign-in", "192.0.2.1", 3, 60, AT) for _ in range(3)] == [2, 1, 0]
    with pytest.raises(TooMany) as told:
        store.limits.hit("sign-in", "192.0.2.1", 3, 60, AT + timedelta(seconds=20))
    assert told.value.seconds == 40
    assert "40" in str(told.value)
    assert store.limits.hit("sign-in", "192.0.2.1", 3, 60, AT + MINUTE) == 2


def test_limits_are_counted_apart_for_each_action_and_each_origin(store):
    store.limits.hit("sign-in", "192.0.2.1", 1, 60, AT)
    assert store.limits.hit("sign-in", "192.0.2.2", 1, 60, AT) == 0
    assert store.limits.hit("verify", "192.0.2.1", 1, 60, AT) == 0


def test_the_sweep_forgets_what_is_over_and_keeps_what_counts(store, made):
    live, late = store.sessions.start(made.person.id, at=AT), AT + timedelta(days=3)
    store.sessions.start(made.person.id, lasts=MINUTE, at=AT - MINUTE)
    store.requests.once("k1", made.person.id, "save", lambda: 1, AT)
    store.limits.hit("sign-in", "192.0.2.1", 1, 60, AT)
    store.sweep(AT)
    assert store.sessions.find(live, AT) is not None
    assert store.requests.answer("k1", made.person.id) == 1
    with pytest.raises(TooMany):
        store.limits.hit("sign-in", "192.0.2.1", 1, 60, AT)
    store.sweep(late)
    assert store.requests.answer("k1", made.person.id) is None
    assert store.sessions.of(made.person.id, AT) == ()
    assert store.limits.hit("sign-in", "192.0.2.1", 1, 60, AT) == 0
