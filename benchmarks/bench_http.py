"""Durable saves per second through HTTP: real gunicorn on loopback, demo data, each client saving its own report until time is up."""

import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from lxml import html

from app import config, demo
from app.store import open_store
from benchmarks.common import MS, Result, versions

CLIENTS = (1, 4, 8)
SECONDS = 5.0
IDLE_SECONDS = 1.0
PROCESSES, THREADS = 2, 4
SENTENCE = "Acompañamiento a las mesas departamentales durante el semestre. "
EDITOR = "llena el informe"
REVISION = re.compile(r'id="revision" value="(\d+)"')


def results() -> Iterable[Result]:
    """One line for each number of clients; every save is read back before it counts."""
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as folder, served(Path(folder)) as port:
        browsers = [Browser(port) for _ in range(max(CLIENTS))]
        pages = [page for number, browser in enumerate(browsers) for page in [own_report(browser, 2001 + number)]]
        for clients in CLIENTS:
            yield crowd(pages[:clients])


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """The site over a fresh installation with the demo's reports; yields its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    settings = {"ANEXA_DEMO": "1", "ANEXA_INSTANCE": str(folder / "instance"), "ANEXA_GENERATED": str(folder / "generated")}
    surroundings = {**os.environ, **settings}
    subprocess.run([sys.executable, "-m", "flask", "--app", "wsgi", "init"], env=surroundings, check=True, stdout=subprocess.DEVNULL)
    with open_store(config.load(settings)) as store:
        deque(demo.load(store), maxlen=0)
    shape = ("-w", str(PROCESSES), "--threads", str(THREADS), "-b", f"127.0.0.1:{port}", "--log-level", "error")
    server = subprocess.Popen([sys.executable, "-m", "gunicorn", "--no-control-socket", *shape, "wsgi:app"], env=surroundings)
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=15)


def wait_for(port: int) -> None:
    """Until the server answers; raises TimeoutError after twenty seconds."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("gunicorn does not answer")


@dataclass
class Browser:
    """A session with its cookies over one kept connection, opened again when it lay idle: gunicorn hangs up after two seconds."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None
    used: float = 0.0

    def get(self, path: str) -> html.HtmlElement:
        """A page; redirects are followed."""
        status, location, body = self.send("GET", path)
        return self.get(location) if status in (302, 303) else html.fromstring(body)

    def post(self, path: str, fields: dict[str, str], **headers: str) -> tuple[int, str, str]:
        """Status, where it leads and the body."""
        return self.send("POST", path, urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded", **headers})

    def send(self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None) -> tuple[int, str, str]:
        if self.connection is None or time.monotonic() - self.used > IDLE_SECONDS:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body, {**(headers or {}), "Cookie": cookies})
        answer = self.connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self.cookies.update({key: morsel.value for key, morsel in SimpleCookie(value).items()})
        text = answer.read().decode()
        self.used = time.monotonic()
        where = urlsplit(answer.getheader("Location") or "")
        return answer.status, where.path + (f"?{where.query}" if where.query else ""), text


@dataclass
class Page:
    """A section open in a browser, and what a post of it carries."""

    browser: Browser
    path: str
    fields: dict[str, str]

    def save(self, text: str) -> float:
        """Seconds until the server said «saved» for this text. Raises AssertionError if it said anything else."""
        self.fields |= {"summary": text, "key": uuid4().hex, "do": "stay"}
        started = time.perf_counter()
        status, _location, body = self.browser.post(self.path, self.fields, **{"HX-Request": "true"})
        spent = time.perf_counter() - started
        revision = REVISION.search(body)
        assert status == 200, f"{status}: {body[:300]}"
        assert revision, f"not saved: {body[:300]}"
        self.fields["revision"] = revision.group(1)
        return spent


def own_report(browser: Browser, year: int) -> Page:
    """Enter as somebody who fills reports, start one, open its first section."""
    door = next(form for form in browser.get("/").forms if EDITOR in form.text_content())
    browser.post("/entrar-como", dict(door.form_values()))
    new = next(form for form in browser.get("/informes/nuevo").forms if "semester" in form.fields)
    unit = next(value for value in new.inputs["unit"].value_options if value)
    said = {**dict(new.form_values()), "unit": unit, "year": str(year), "semester": "1"}
    _status, location, _body = browser.post("/informes/nuevo", said)
    section = next(link for _element, _attribute, link, _at in browser.get(location).iterlinks() if link.endswith("/head"))
    page = browser.get(section).get_element_by_id("filling")
    return Page(browser, page.action or section, {name: value for name, value in page.form_values() if name != "do"})


def crowd(pages: list[Page]) -> Result:
    """All clients save for a few seconds; the last text of each is then read from a fresh page."""
    until = time.perf_counter() + SECONDS
    started = time.perf_counter()
    with ThreadPoolExecutor(len(pages)) as pool:
        waits = sorted(wait for waits in pool.map(lambda page: filling(page, until), pages) for wait in waits)
    spent = time.perf_counter() - started
    for page in pages:
        kept = page.browser.get(page.path).get_element_by_id("filling").fields["summary"]
        assert kept.strip() == page.fields["summary"].strip(), "a save that was acknowledged is not there"
    return Result(
        f"durable saves through HTTP, {len(pages)} client(s)", "gunicorn", versions(("flask", "gunicorn", "sqlite-utils")),
        median_ms=waits[len(waits) // 2] * MS, p90_ms=waits[int(len(waits) * 0.9)] * MS, per_second=len(waits) / spent,
        note=f"{PROCESSES} processes × {THREADS} threads, {len(waits)} saves, all kept",
    )


def filling(page: Page, until: float) -> list[float]:
    """The waits of one client that types without a pause."""
    waits = []
    while time.perf_counter() < until:
        waits.append(page.save(f"{SENTENCE}{len(waits)}"))
    return waits
