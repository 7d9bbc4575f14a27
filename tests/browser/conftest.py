"""A real server in a process of its own, and Chromium."""

import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from app.store import open_store
from tests.contracts.tree import ROOT
from tests.web.site import World, furnished

CHROMIUM = {"executable_path": "/usr/bin/chromium", "args": ["--no-sandbox", "--disable-dev-shm-usage"]}
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@dataclass
class Site:
    """The address of the served installation and what is in it."""

    address: str
    world: World
    opened: int = 0

    def fresh_unit(self) -> str:
        """The name of a unit without reports, where both editors may start one."""
        self.opened += 1
        with open_store(self.world.settings) as store:
            unit = store.units.add(f"SLV-NUEVA-{self.opened}", f"Unidad nueva {self.opened}", "Institución de ejemplo", "SLV")
            for name in ("Edición", "Suplencia"):
                store.grants.give(self.world.people[name], "unit_editor", "unit", unit.id)
        return unit.name


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    folder, port = tmp_path_factory.mktemp("served"), free_port()
    world = furnished(folder)
    server = subprocess.Popen([sys.executable, "-m", "tests.browser.serve", str(folder), str(port)], cwd=ROOT)
    address = f"http://127.0.0.1:{port}"
    answering(address)
    yield Site(address, world)
    server.terminate()
    server.wait(timeout=10)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def answering(address: str) -> None:
    """Returns once the server answers."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with suppress(URLError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.1)
    raise TimeoutError(address)


@pytest.fixture(scope="module")
def chromium():
    """For one file at a time: Playwright keeps an event loop running, which other tests must not meet."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        yield browser
        browser.close()


@dataclass
class Visits:
    """Opens browsers of their own, each with its cookies, and remembers what they complained about."""

    chromium: Browser
    site: Site
    contexts: list[BrowserContext]
    complaints: list[str]

    def open(self, name: str = "", script: bool = True, size: dict = DESK) -> Page:
        """A new browser, entered as somebody or at the front door."""
        context = self.chromium.new_context(viewport=size, locale="es-SV", java_script_enabled=script, base_url=self.site.address)
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda said: self.complaints.append(f"{said.text} {said.location['url']}") if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto("/")
        if name:
            page.click(f"li:has(h4:text-is('{name} De Prueba')) button")
            page.wait_for_url("**/inicio")
        return page


@pytest.fixture
def visits(chromium, site):
    opened = Visits(chromium, site, [], [])
    yield opened
    for context in opened.contexts:
        context.close()
