"""The steps of docs/operar.md, as somebody takes them: prepare, invite, server and worker, the link of the mail, inside."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from email import message_from_bytes, policy
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from lxml import html

from tests.mail_servers import free_port

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/operar.md").read_text(encoding="utf-8")
BIN = Path(sys.executable).parent
PATIENCE = 60


class Installation:
    """An installation in a folder of its own, its two processes and a browser."""

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        said = {"INSTANCE": folder / "instance", "GENERATED": folder / "generated", "BASE_URL": self.address}
        clean = {name: value for name, value in os.environ.items() if not name.startswith("ANEXA_")}
        self.environment = {**clean, **{f"ANEXA_{name}": str(value) for name, value in said.items()}}
        self.running = []
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def run(self, *command):
        how = {"cwd": ROOT, "env": self.environment, "capture_output": True, "text": True, "timeout": 120, "check": False}
        done = subprocess.run(self.spelled(command), **how)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, *command):
        self.running.append(subprocess.Popen(self.spelled(command), cwd=ROOT, env=self.environment, start_new_session=True))

    @staticmethod
    def spelled(command):
        """The programs of this environment, as the page names them."""
        return [str(BIN / command[0].removeprefix(".venv/bin/")), *command[1:]]

    def stop(self):
        for process, number in zip(self.running, (signal.SIGTERM, signal.SIGINT), strict=False):
            process.send_signal(number)
        return [process.wait(timeout=30) for process in self.running]

    def open(self, path, data=None):
        """Status and text of a page; `data` posts."""
        posted = urllib.parse.urlencode(data).encode() if data is not None else None
        address = path if path.startswith("http") else self.address + path
        try:
            with self.browser.open(address, posted, timeout=10) as answer:
                return answer.status, answer.read().decode(), answer.url
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode(), address

    def until(self, what):
        end = time.monotonic() + PATIENCE
        while True:
            try:
                if found := what():
                    return found
            except OSError as error:
                last = error
            else:
                last = None
            assert time.monotonic() < end, last
            time.sleep(0.1)


@pytest.fixture
def installation(tmp_path):
    made = Installation(tmp_path)
    yield made
    for process in made.running:
        if process.poll() is None:
            process.kill()
            process.wait()


def commands(said):
    """The words of the one command in the page that begins so, without who runs it."""
    [line] = {line for line in PAGE.splitlines() if line.removeprefix("runuser -u anexa -- ").startswith(said)}
    return line.removeprefix("runuser -u anexa -- ").split()


def test_an_installation_starts_as_the_page_says(installation):
    assert "encryption.key" in installation.run(*commands(".venv/bin/flask --app wsgi init"))
    assert "está en camino" in installation.run(*commands(".venv/bin/flask --app wsgi invite"))
    server = commands(".venv/bin/gunicorn")
    installation.start(*[f"127.0.0.1:{installation.port}" if word == "127.0.0.1:8000" else word for word in server])
    assert installation.until(lambda: installation.open("/healthz"))[:2] == (200, "ok\n")
    status, told, _ = installation.open("/readyz")
    assert (status, told.splitlines()[-1]) == (503, "worker: no")

    installation.start(*commands(".venv/bin/flask --app wsgi worker"))
    [letter] = installation.until(lambda: list((installation.folder / "instance/mail").glob("*.eml")))
    assert installation.until(lambda: installation.open("/readyz")[0] == 200)

    link = re.search(r"http\S+/entrar/\S+", message_from_bytes(letter.read_bytes(), policy=policy.default).get_content()).group()
    assert link.startswith(installation.address)
    status, seen, _ = installation.open(link)
    token = html.fromstring(seen).xpath("//main//input[@name='csrf_token']/@value")[0]
    status, seen, there = installation.open(link, {"csrf_token": token})
    assert (status, there) == (200, f"{installation.address}/inicio")
    assert "administracion" in seen
    assert installation.open("/personas")[0] == 200
    assert installation.open(link)[0] == 410
    assert installation.open("/entrar-como", {"person": "x", "csrf_token": token})[0] == 404
    assert installation.stop() == [0, 0]


def test_the_settings_of_the_page_are_real_ones(tmp_path):
    from app.config import load

    [block] = [part for part in PAGE.split("```") if part.strip().startswith("ANEXA_INSTANCE")]
    env = tmp_path / ".env"
    env.write_text(block)
    settings = load({}, env)
    assert settings.base_url == "https://anexa.example.org"
    assert (settings.proxies, settings.smtp.host, settings.smtp.security) == (1, "smtp.example.org", "starttls")
