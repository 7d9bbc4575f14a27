"""Mail through real servers: retried, given up, taken over from killed workers, never from a refused transaction."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from app import clock
from app.store import init, open_store
from app.store.outbox import LEASE, MOST_ATTEMPTS
from app.workflow import mailing, people, queueing, signing_in
from tests.mail_servers import SENDER, Answers, free_port, listening, through

ROOT = Path(__file__).parents[2]
EMAIL = "ana@example.org"
GREETING = "greeting of a test"


@mailing.letter(GREETING)
def _greeting(store, message):
    to = store.people.get(message.person_id)
    if "wrong" in message.payload:
        raise RuntimeError("cannot be written")
    return mailing.Draft(to, "Saludo", (mailing.words_of(to)("Guardar"), "Adiós"))


@pytest.fixture
def installed(tmp_path):
    settings = replace(_settings(tmp_path), sender=SENDER)
    init(settings)
    return settings


def _settings(tmp_path):
    from app.config import Settings

    return Settings(instance=tmp_path / "instance", generated=tmp_path / "generated")


def posted(settings, **more):
    """A greeting to Ana waits."""
    with open_store(settings) as store:
        ana = store.people.by_email(EMAIL) or store.people.add("Ana", "De Ejemplo", EMAIL, locale=more.pop("locale", "es"))
        return mailing.post(store, GREETING, ana, **more)


def standing(settings):
    """State, attempts and problem of Ana's messages."""
    with open_store(settings) as store:
        return [(each.state, each.attempts, each.problem) for each in store.outbox.of(store.people.by_email(EMAIL).id)]


def files(settings):
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(settings.mail.glob("*"))]


def test_what_is_posted_is_sent_once_and_says_whose_it_is(installed):
    posted(installed)
    answers = Answers()
    with listening(answers) as port:
        mailing.deliver(through(installed, port))
        mailing.deliver(through(installed, port))
    [taken] = answers.taken
    assert taken["To"] == EMAIL
    said = "Guardar Adiós -- Este mensaje lo envía Anexa, http://127.0.0.1:5000. No hace falta responder."
    assert " ".join(taken.get_content().split()) == said
    assert standing(installed) == [("sent", 1, None)]


@pytest.mark.parametrize(("locale", "word"), [("pt_BR", "Salvar"), ("en", "Save")])
def test_everybody_is_written_to_in_their_language(installed, locale, word):
    posted(installed, locale=locale)
    mailing.deliver(installed)
    [taken] = files(installed)
    assert taken["Content-Language"] == locale.replace("_", "-")
    assert taken.get_content().startswith(word)


def test_a_refused_address_is_given_up_with_the_words_of_the_server(installed):
    posted(installed)
    with listening(Answers(recipient="550 no such user")) as port:
        mailing.deliver(through(installed, port))
    assert standing(installed) == [("dead", 1, "550 no such user")]


@pytest.mark.parametrize("server", ["puts off", "is not there"])
def test_what_does_not_go_now_goes_later_as_the_same_message(installed, server):
    message_id = posted(installed)
    if server == "puts off":
        with listening(Answers(data="451 later")) as port:
            mailing.deliver(through(installed, port))
    else:
        mailing.deliver(through(installed, free_port()))
    [(state, attempts, problem)] = standing(installed)
    assert (state, attempts) == ("waiting", 1)
    assert problem
    answers = Answers()
    with listening(answers) as port:
        mailing.deliver(through(installed, port))
        assert answers.taken == []
        with clock.stopped(clock.now() + timedelta(minutes=1)):
            mailing.deliver(through(installed, port))
    assert [taken["Message-ID"] for taken in answers.taken] == [f"<{message_id}@example.org>"]
    assert standing(installed) == [("sent", 2, None)]


def test_a_server_that_never_comes_back_is_given_up_after_all_attempts(installed):
    posted(installed)
    lost, now = through(installed, free_port()), clock.now()
    for _ in range(MOST_ATTEMPTS + 2):
        with clock.stopped(now):
            mailing.deliver(lost)
        now += timedelta(hours=7)
    [(state, attempts, problem)] = standing(installed)
    assert (state, attempts) == ("dead", MOST_ATTEMPTS)
    assert "refused" in problem


def test_a_message_that_cannot_be_written_does_not_hold_back_the_next(installed):
    posted(installed, payload={"wrong": "x"})
    posted(installed)
    mailing.deliver(installed)
    assert len(files(installed)) == 1
    assert sorted(state for state, _, _ in standing(installed)) == ["sent", "waiting"]


@pytest.mark.parametrize("why", ["disabled", "without address"])
def test_who_cannot_enter_gets_no_mail(installed, why):
    with open_store(installed) as store:
        somebody = store.people.add("Ana", "De Ejemplo", "" if why == "without address" else EMAIL)
        store.people.set_disabled(somebody.id, why == "disabled")
        mailing.post(store, GREETING, somebody)
    mailing.deliver(installed)
    assert not installed.mail.exists()
    with open_store(installed) as store:
        assert store.outbox.of(somebody.id) == ()


def test_a_transaction_that_fails_tells_nobody(installed):
    with open_store(installed) as store:
        ana = store.people.add("Ana", "De Ejemplo", EMAIL)
        with pytest.raises(ZeroDivisionError):
            _failing(store, ana)
    mailing.deliver(installed)
    assert not installed.mail.exists()


def _failing(store, ana):
    with store.atomic():
        mailing.post(store, GREETING, ana)
        raise ZeroDivisionError


def test_a_nudge_brings_the_worker_and_a_lost_one_is_found_by_the_sweep(installed):
    from app.tasks import look_at

    posted(installed)
    queue = queueing.queue(installed, look_at)
    assert queue.huey.pending_count() == 1
    queue.huey.flush()
    queue.sweep()
    assert len(files(installed)) == 1


def test_many_messages_of_one_moment_are_one_nudge(installed):
    for _ in range(5):
        posted(installed)
    assert queueing.queue(installed, mailing.deliver).huey.pending_count() == 1
    mailing.deliver(installed)
    assert len(files(installed)) == 5


WORKER = """
import sys
from pathlib import Path
from app.config import Settings, Smtp
from app.workflow import mailing
import tests.workflow.test_mailing
settings = Settings(instance=Path(sys.argv[1]), generated=Path(sys.argv[2]), smtp=Smtp("127.0.0.1", int(sys.argv[3]), "none"),
                    sender="Anexa <anexa@example.org>")
mailing.deliver(settings)
"""


def test_a_killed_worker_loses_nothing_and_what_it_sent_twice_is_known_as_one(installed):
    message_id = posted(installed)
    answers = Answers(slow=1.0)
    with listening(answers) as port:
        command = [sys.executable, "-c", WORKER, str(installed.instance), str(installed.generated), str(port)]
        killed = subprocess.Popen(command, cwd=ROOT)
        until = time.monotonic() + 30
        while standing(installed)[0][0] != "sending":
            assert time.monotonic() < until
            time.sleep(0.02)
        os.kill(killed.pid, signal.SIGKILL)
        killed.wait()
        time.sleep(1.5)
        answers.slow = 0
        mailing.deliver(through(installed, port))
        assert standing(installed)[0][:2] == ("sending", 1)
        with clock.stopped(clock.now() + LEASE):
            mailing.deliver(through(installed, port))
    assert standing(installed) == [("sent", 2, None)]
    assert {taken["Message-ID"] for taken in answers.taken} == {f"<{message_id}@example.org>"}
    assert len(answers.taken) <= 2


def test_no_link_lies_in_the_database_in_clear(installed):
    with open_store(installed) as store:
        people.invite(store, None, people.Invitation(EMAIL, "Ana", "", "admin", ("everything", "")))
        signing_in.ask(store, EMAIL, "127.0.0.1")
    mailing.deliver(installed)
    links = [word for taken in files(installed) for word in taken.get_content().split() if "/entrar/" in word]
    assert len(set(links)) == 2
    kept = b"".join(path.read_bytes() for path in installed.instance.glob("*.db*"))
    assert [link for link in links if link.rpartition("/")[2].encode() in kept] == []
