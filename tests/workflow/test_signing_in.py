"""Entering by mail: once, in time, by its person; who is not known is answered the same."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from app import clock
from app.errors import NotFound, TooMany
from app.workflow import mailing, signing_in
from app.workflow.signing_in import ASKED_BY_ADDRESS, ASKED_FOR_EMAIL, EXPIRED, LASTS, TRIED, USED, WINDOW, SpentLink

HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"


def letters(settings):
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(settings.mail.glob("*.eml"))]


def token_for(house, email, target=""):
    """The token of the link that arrives after asking."""
    before = len(letters(house.store.settings))
    signing_in.ask(house.store, email, HERE, target)
    mailing.deliver(house.store.settings)
    new = letters(house.store.settings)[before:]
    assert len(new) == 1
    [link] = [word for word in new[0].get_content().split() if "/entrar/" in word]
    return link.rpartition("/")[2]


def why(act, *args):
    with pytest.raises(SpentLink) as spent:
        act(*args)
    return spent.value.message


def test_a_link_lets_its_person_in_once(house):
    token = token_for(house, "  EDICION@example.org ", "/inicio")
    session, person, target = signing_in.enter(house.store, token, HERE, "Firefox · Linux")
    assert (person, target) == (house.ana, "/inicio")
    assert signing_in.visitor(house.store, session) == house.ana
    assert [each.browser for each in signing_in.sessions(house.store, house.ana)] == ["Firefox · Linux"]
    assert why(signing_in.enter, house.store, token, ELSEWHERE) == USED
    assert why(signing_in.look, house.store, token, ELSEWHERE) == USED


def test_looking_at_a_link_uses_nothing(house):
    token = token_for(house, house.ana.email)
    assert [signing_in.look(house.store, token, HERE) for _ in range(5)] == [house.ana] * 5
    assert signing_in.enter(house.store, token, HERE)[1] == house.ana


def test_a_link_ends_after_its_quarter_of_an_hour(house):
    token, now = token_for(house, house.ana.email), clock.now()
    with clock.stopped(now + LASTS):
        assert why(signing_in.enter, house.store, token, HERE) == EXPIRED
    with clock.stopped(now + LASTS - timedelta(minutes=1)):
        assert signing_in.enter(house.store, token, HERE)[1] == house.ana


@pytest.mark.parametrize("token", ["", "x", "../..", "\ud800", "k" * 4000])
def test_a_link_that_never_was_says_so(house, token):
    assert why(signing_in.enter, house.store, token, HERE) == SpentLink.message


def test_asking_is_the_same_for_anybody_and_writes_to_those_who_are_here(house):
    for email in (house.ana.email, "quien@example.org", "", "no es un correo", "\ud800@example.org"[1:]):
        assert signing_in.ask(house.store, email, HERE) is None
    waiting = house.store.db.count("SELECT COUNT(*) FROM outbox WHERE state = 'waiting'")
    assert waiting == 5
    mailing.deliver(house.store.settings)
    assert [letter["To"] for letter in letters(house.store.settings)] == [house.ana.email]
    assert house.store.db.count("SELECT COUNT(*) FROM outbox") == 1


def test_who_was_shut_out_gets_no_link_and_an_old_one_does_not_work(house):
    token = token_for(house, house.ana.email)
    session, _, _ = signing_in.enter(house.store, token_for(house, house.ana.email), HERE)
    house.store.people.set_disabled(house.ana.id, True)
    assert signing_in.visitor(house.store, session) is None
    assert why(signing_in.enter, house.store, token, HERE) == SpentLink.message
    signing_in.ask(house.store, house.ana.email, HERE)
    mailing.deliver(house.store.settings)
    assert len(letters(house.store.settings)) == 2


def test_asking_too_often_for_one_address_is_stopped_known_or_not(house):
    for email in (house.ana.email, "quien@example.org"):
        for number in range(ASKED_FOR_EMAIL):
            signing_in.ask(house.store, email, f"192.0.2.{number}")
        with pytest.raises(TooMany):
            signing_in.ask(house.store, email.upper(), "192.0.2.99")


def test_asking_too_often_from_one_place_is_stopped_and_begins_anew(house):
    with clock.stopped(clock.now()):
        for number in range(ASKED_BY_ADDRESS):
            signing_in.ask(house.store, f"quien{number}@example.org", HERE)
        with pytest.raises(TooMany):
            signing_in.ask(house.store, "otra@example.org", HERE)
        signing_in.ask(house.store, "otra@example.org", ELSEWHERE)
    with clock.stopped(clock.now() + timedelta(seconds=WINDOW)):
        signing_in.ask(house.store, "otra@example.org", HERE)


def test_guessing_links_is_stopped(house):
    with clock.stopped(clock.now()):
        for number in range(TRIED):
            why(signing_in.look, house.store, f"guess-{number}", HERE)
        with pytest.raises(TooMany):
            signing_in.enter(house.store, "guess", HERE)


def test_a_session_of_mine_is_ended_by_me_and_nobody_else(house):
    first, second = (house.store.sessions.start(house.ana.id) for _ in range(2))
    theirs = house.store.sessions.start(house.beto.id)
    named = {token: house.store.sessions.find(token).token_hash for token in (first, second, theirs)}
    for session_id in (named[theirs], "nada", first):
        with pytest.raises(NotFound):
            signing_in.end(house.store, house.ana, session_id)
    signing_in.end(house.store, house.ana, named[first])
    assert [signing_in.visitor(house.store, token) for token in (first, second, theirs)] == [None, house.ana, house.beto]


def test_ending_all_other_sessions_keeps_this_one_and_voids_links(house):
    unused = token_for(house, house.ana.email)
    sessions = [house.store.sessions.start(house.ana.id) for _ in range(3)]
    signing_in.end_others(house.store, house.ana, sessions[1])
    assert [signing_in.visitor(house.store, token) for token in sessions] == [None, house.ana, None]
    assert why(signing_in.enter, house.store, unused, HERE) == SpentLink.message
