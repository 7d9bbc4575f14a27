"""What those who watch the installation are told."""

from app.store import open_store
from app.web import create_app
from tests.web.site import HOST, settings_in


def asked(settings, path):
    return create_app(settings).test_client().get(path, base_url=HOST)


def test_a_process_that_lives_says_so_and_starts_no_session(stranger):
    answer = stranger.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert "Set-Cookie" not in answer.headers


def test_ready_is_said_once_the_worker_was_seen(world, stranger):
    answer = stranger.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "database: ok\nmigrations: ok\nfiles: ok\nworker: no\n")
    with open_store(world.settings) as store:
        store.heartbeats.beat("worker")
    answer = stranger.get("/readyz")
    assert (answer.status_code, set(answer.text.split()[1::2])) == (200, {"ok"})
    assert "Set-Cookie" not in answer.headers


def test_an_installation_that_is_not_prepared_lives_and_is_not_ready(tmp_path):
    settings = settings_in(tmp_path)
    assert asked(settings, "/healthz").status_code == 200
    answer = asked(settings, "/readyz")
    assert (answer.status_code, answer.text) == (503, "database: no\n")
