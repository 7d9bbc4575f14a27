"""Links, mail to send, deeds, disabled people and signs of life, for any database."""

from datetime import timedelta

import pytest

from app.errors import NotFound, Stale
from app.store import NotAccepted
from app.store.outbox import FIRST_WAIT, KEPT, LEASE, LONGEST_WAIT, MOST_ATTEMPTS, TOO_LATE
from tests.store.stores import AT

MINUTE = timedelta(minutes=1)


def test_a_link_is_used_once(store, made):
    token = store.links.make(made.person.id, 15 * MINUTE, "/inicio", at=AT)
    assert [store.links.use(token, AT), store.links.use(token, AT)] == [True, False]
    found = store.links.find(token)
    assert (found.person_id, found.target, found.used_at) == (made.person.id, "/inicio", AT)


def test_looking_at_a_link_does_not_use_it(store, made):
    token = store.links.make(made.person.id, 15 * MINUTE, at=AT)
    assert [store.links.find(token).used_at for _ in range(3)] == [None] * 3
    assert store.links.use(token, AT)


def test_a_link_ends_at_its_minute(store, made):
    token = store.links.make(made.person.id, 15 * MINUTE, at=AT)
    assert not store.links.use(token, AT + 15 * MINUTE)
    assert store.links.use(token, AT + 15 * MINUTE - timedelta(seconds=1))


def test_the_table_of_links_lets_nobody_in(store, made):
    token = store.links.make(made.person.id, 15 * MINUTE, at=AT)
    [kept] = store.db.all("SELECT * FROM links")
    assert len(token) >= 32
    assert token not in str(kept)
    assert not store.links.use(kept["token_hash"], AT)


@pytest.mark.parametrize("token", ["", "x", "ñ" * 40, "\ud800", "a" * 5000])
def test_a_token_that_never_was_is_nobodys(store, token):
    assert store.links.find(token) is None
    assert not store.links.use(token, AT)


def test_voided_links_are_as_if_they_had_never_been(store, made):
    tokens = [store.links.make(made.person.id, 15 * MINUTE, at=AT) for _ in range(2)]
    store.links.void(made.person.id)
    assert [store.links.find(token) for token in tokens] == [None, None]


def test_two_at_once_use_a_link_once(another, made):
    first, second = another(), another()
    token = first.links.make(made.person.id, 15 * MINUTE, at=AT)
    assert sorted([first.links.use(token, AT), second.links.use(token, AT)]) == [False, True]


def test_a_message_is_sent_by_one(another, made):
    first, second = another(), another()
    message_id = first.outbox.add("enter", made.person.id, {"x": "1"}, at=AT)
    mine = first.outbox.claim(AT)
    assert (mine.id, mine.payload, mine.attempts) == (message_id, {"x": "1"}, 1)
    assert second.outbox.claim(AT) is None
    first.outbox.sent(mine, AT)
    assert second.outbox.claim(AT + timedelta(days=1)) is None
    assert [each.state for each in first.outbox.of(made.person.id)] == ["sent"]


def test_what_a_killed_worker_held_is_taken_over_with_the_same_id(store, made):
    store.outbox.add("enter", made.person.id, at=AT)
    killed = store.outbox.claim(AT)
    again = store.outbox.claim(AT + LEASE)
    assert (again.id, again.attempts) == (killed.id, 2)
    with pytest.raises(Stale):
        store.outbox.sent(killed, AT + LEASE)
    with pytest.raises(Stale):
        store.outbox.failed(killed, "x", again=True)
    store.outbox.sent(again, AT + LEASE)


def test_a_message_is_tried_later_and_later_and_given_up(store, made):
    store.outbox.add("notice", made.person.id, at=AT)
    at, waits = AT, []
    while message := store.outbox.claim(at):
        store.outbox.failed(message, "451 later", again=True, at=at)
        [kept] = store.outbox.of(made.person.id)
        waits.append(kept.due_at - at)
        at = kept.due_at
    assert len(waits) == MOST_ATTEMPTS
    assert waits[:3] == [FIRST_WAIT, 4 * FIRST_WAIT, 16 * FIRST_WAIT]
    assert max(waits) == LONGEST_WAIT
    assert (kept.state, kept.problem) == ("dead", "451 later")


def test_what_is_refused_for_good_is_not_tried_again(store, made):
    store.outbox.add("notice", made.person.id, at=AT)
    store.outbox.failed(store.outbox.claim(AT), "550 no such user", again=False, at=AT)
    assert store.outbox.claim(AT + timedelta(days=2)) is None
    assert [(each.state, each.problem) for each in store.outbox.of(made.person.id)] == [("dead", "550 no such user")]


def test_a_message_of_no_use_any_more_is_not_sent(store, made):
    store.outbox.add("enter", made.person.id, lasts=15 * MINUTE, at=AT)
    assert store.outbox.claim(AT + 15 * MINUTE) is None
    assert [(each.state, each.problem) for each in store.outbox.of(made.person.id)] == [("dead", TOO_LATE)]


def test_a_message_to_nobody_leaves_nothing(store):
    store.outbox.add("enter", None, {"email": "nadie@example.org"}, at=AT)
    store.outbox.drop(store.outbox.claim(AT))
    assert store.db.count("SELECT COUNT(*) FROM outbox") == 0


def test_the_message_due_longest_goes_first(store, made):
    late = store.outbox.add("b", made.person.id, at=AT + MINUTE)
    early = store.outbox.add("a", made.person.id, at=AT)
    assert [store.outbox.claim(AT + 2 * MINUTE).id for _ in range(2)] == [early, late]


def test_what_ended_a_month_ago_is_swept_and_what_waits_stays(store, made):
    store.outbox.add("old", made.person.id, at=AT)
    store.outbox.sent(store.outbox.claim(AT), AT)
    store.outbox.add("new", made.person.id, at=AT)
    store.links.make(made.person.id, MINUTE, at=AT)
    store.sweep(AT + KEPT + timedelta(days=1))
    assert [each.kind for each in store.outbox.of(made.person.id)] == ["new"]
    assert store.db.count("SELECT COUNT(*) FROM links") == 0


def test_deeds_are_kept_newest_first_and_never_changed(store, made):
    store.deeds.add("invited", made.person.id, "", at=AT)
    store.deeds.add("granted", made.person.id, made.person.id, "unit_head", "unit", made.unit.id, at=AT)
    assert [(deed.kind, deed.role) for deed in store.deeds.of(made.person.id)] == [("granted", "unit_head"), ("invited", "")]
    for change in ("UPDATE deeds SET role = 'admin'", "DELETE FROM deeds"):
        with pytest.raises(NotAccepted):
            store.db.run(change)


def test_a_person_is_shut_out_and_let_in_again(store, made):
    store.people.set_disabled(made.person.id, True, AT)
    store.people.set_disabled(made.person.id, True, AT + MINUTE)
    assert store.people.get(made.person.id).disabled_at == AT
    store.people.set_disabled(made.person.id, False)
    assert store.people.get(made.person.id) == made.person


def test_one_of_my_sessions_is_ended_by_its_name_and_nobody_elses(store, made):
    other = store.people.add("Otra", "Persona")
    mine, theirs = store.sessions.start(made.person.id, at=AT, browser="Firefox"), store.sessions.start(other.id, at=AT)
    [listed] = store.sessions.of(made.person.id, AT)
    assert listed.browser == "Firefox"
    for name in (store.sessions.find(theirs, AT).token_hash, "x", mine):
        with pytest.raises(NotFound):
            store.sessions.revoke_one(made.person.id, name, AT)
    store.sessions.revoke_one(made.person.id, listed.token_hash, AT)
    assert store.sessions.find(mine, AT) is None
    assert store.sessions.find(theirs, AT) is not None


def test_all_sessions_but_one_are_ended(store, made):
    tokens = [store.sessions.start(made.person.id, at=AT) for _ in range(3)]
    store.sessions.revoke_all(made.person.id, AT, but=store.sessions.find(tokens[1], AT).token_hash)
    assert [store.sessions.find(token, AT) is not None for token in tokens] == [False, True, False]


def test_a_worker_that_gives_no_sign_is_not_alive(store):
    assert not store.heartbeats.alive("worker", AT)
    store.heartbeats.beat("worker", AT)
    assert store.heartbeats.alive("worker", AT + MINUTE)
    assert not store.heartbeats.alive("worker", AT + 5 * MINUTE)
