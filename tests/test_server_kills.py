"""kill -9 of the real server and its worker while people work over HTTP: nothing acknowledged is lost, nothing is done twice."""

import http.client
import os
import random
import re
import signal
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from email import message_from_bytes, policy
from http.cookiejar import CookieJar

import pytest
from lxml import html

from app.store import audit, open_store, rebuild
from tests.test_real_start import Installation, commands
from tests.web.site import completed, furnished

EMAILS = {"Edición": "edicion@example.org", "Jefatura": "jefatura@example.org"}
KILLS = 200
READY = 5.0
"""Seconds a restart may take, from starting both processes."""
DEAD = (OSError, http.client.HTTPException)


class Stays(urllib.request.HTTPRedirectHandler):
    """Does not follow: the answer to the post is the acknowledgement."""

    def redirect_request(self, *_):
        return None


class Browser:
    """One person without JavaScript; its cookies outlive the server."""

    def __init__(self, address):
        self.address = address
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()), Stays())

    def send(self, path, data=None):
        """Status and text; a refusal is an answer too."""
        posted = None if data is None else urllib.parse.urlencode(data).encode()
        try:
            with self.opener.open(self.address + path, posted, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as other:
            with other:
                return other.code, other.read().decode()

    def form(self, path, button):
        """Action and values of the form of a page that has this button."""
        status, seen = self.send(path)
        assert status == 200, (path, status, seen)
        for form in html.fromstring(seen).forms:
            for each in form.xpath(".//button"):
                if " ".join(each.text_content().split()).startswith(button):
                    pressed = {each.get("name"): each.get("value")} if each.get("name") else {}
                    return form.get("action"), {name: value for name, value in form.form_values() if name != "do"} | pressed
        raise AssertionError((path, button, html.fromstring(seen).text_content()))

    def enter(self, person):
        token = html.fromstring(self.send("/ayuda")[1]).xpath("//input[@name='csrf_token']/@value")[0]
        assert self.send("/entrar-como", {"person": person, "csrf_token": token})[0] == 302


class Site(Installation):
    """A demonstration whose server and worker are killed with everything they started, and started again."""

    def __init__(self, folder):
        super().__init__(folder)
        self.environment["ANEXA_DEMO"] = "1"
        self.world = furnished(folder, base_url=self.address)
        completed(self.world)
        self.restarts = []

    def up(self):
        """Both started; ready when the page for those who watch says so."""
        started = time.monotonic()
        server = commands(".venv/bin/gunicorn")
        self.start(*[f"127.0.0.1:{self.port}" if word == "127.0.0.1:8000" else word for word in server])
        self.start(*commands(".venv/bin/flask --app wsgi worker"))
        self.until(lambda: self.open("/readyz")[0] == 200)
        self.restarts.append(time.monotonic() - started)

    def kill(self):
        for process in self.running:
            os.killpg(process.pid, signal.SIGKILL)

    def gone(self):
        for process in self.running:
            process.wait()
        self.running.clear()

    def current(self):
        """The newest version of the report, and whether it was commented on."""
        with open_store(self.world.settings) as store:
            document = store.documents.of(self.world.dossier)[-1]
            return document, store.comments.of(document.id), store.signatures.of(document.id)


class Life:
    """Two people who bring a report to its seal and then to its next version, and what they were told was done."""

    def __init__(self, site):
        self.site, self.count, self.pending = site, 0, None
        self.acknowledged, self.used, self.resent = [], set(), 0
        self.people = {name: Browser(site.address) for name in EMAILS}
        self.timer, self.posts, self.delay = None, 0, 0.0

    def aim(self, posts, delay):
        """Kill so many seconds after the start of a post to come; after now, for 0 posts."""
        self.timer, self.posts, self.delay = None, posts, delay
        if not posts:
            self.shoot()

    def shoot(self):
        self.timer = threading.Timer(self.delay, self.site.kill)
        self.timer.start()

    def post(self, name, told, path, button, **said):
        """Press a button; remembered as in flight until answered, so that it can be sent again."""
        action, data = self.people[name].form(path, button)
        self.pending = (name, told, action, data | said)
        self.posts -= 1
        if self.posts == 0 and self.timer is None:
            self.shoot()
        return self.finish()

    def finish(self):
        """Send what is in flight. Being told that it is done counts, for whatever follows."""
        if self.pending is None:
            return True
        name, told, action, data = self.pending
        status, seen = self.people[name].send(action, data)
        done = 200 <= status < 400
        assert done or (told[0] == "signed" and status == 422), (told, status, html.fromstring(seen).text_content())
        self.pending = None
        if done:
            self.acknowledged.append(told)
        return done

    def until_killed(self):
        """One thing after the other until nobody answers any more; what was in flight is sent again first, with its key."""
        try:
            self.resent += self.pending is not None
            self.finish()
            while True:
                self.step()
        except DEAD:
            pass

    def step(self):
        """What comes next for the newest version."""
        document, notes, signed = self.site.current()
        at, self.count = f"/documentos/{document.id}", self.count + 1
        if document.state in ("draft", "observed"):
            self.filled(document, at, notes)
        elif document.state == "submitted" and not notes:
            text = f"Falta algo, dicho la vez {self.count}."
            self.post("Jefatura", ("comment", document.id, text), f"{at}/comentar/summary", "Comentar", text=text)
        elif document.state == "submitted" and not notes[0].answer:
            self.post("Jefatura", ("returned", document.id, ""), f"{at}/revision", "Devolver solo esto")
        elif document.state == "submitted":
            self.post("Jefatura", ("approved", document.id, ""), f"{at}/revision", "Aprobar")
        elif document.state == "signing" and len(signed) == 2:
            time.sleep(0.05)
            self.people["Edición"].send(f"{at}/firma")
        elif document.state == "signing":
            self.signed(("Edición", "Jefatura")[len(signed)], document, at)
        else:
            self.post("Edición", ("version", document.id, ""), f"{at}/versiones", "Hacer una versión nueva")

    def filled(self, document, at, notes):
        for turn in range(3):
            text = f"Resumen escrito la vez {self.count}.{turn}, con sus actas."
            self.post("Edición", ("saved", document.id, text), f"{at}/head", "Guardar", summary=text)
        if document.state == "draft":
            self.post("Edición", ("submitted", document.id, ""), f"{at}/revisar", "Enviar a revisión")
            return
        for note in notes:
            if not note.answer:
                text = f"Corregido la vez {self.count}."
                self.post("Edición", ("answer", document.id, text), f"{at}/observaciones", "Responder", text=text)
        self.post("Edición", ("submitted", document.id, ""), f"{at}/observaciones", "Volver a enviar")

    def signed(self, name, document, at):
        """With the newest code that came by mail; if none came, another is asked for."""
        if not (code := self.code(name, document)):
            action, data = self.people[name].form(f"{at}/firma", "Enviarme el código")
            assert self.people[name].send(action, data)[0] == 302
            while not (code := self.code(name, document)):
                time.sleep(0.05)
                self.people[name].send("/healthz")
        self.post(name, ("signed", document.id, self.site.world.people[name]), f"{at}/firma", "Firmar", code=code, method="typed")

    def code(self, name, document):
        """The code of the newest letter that was not typed yet; '' if there is none."""
        for path in sorted(self.site.world.settings.mail.glob("*.eml"), reverse=True):
            letter = message_from_bytes(path.read_bytes(), policy=policy.default)
            about = letter["Subject"]
            if EMAILS[name] in letter["To"] and about.startswith("Código para firmar") and about.endswith(f" v{document.version}"):
                found = "" if path.name in self.used else re.search(r"^\s*(\d{6})\s*$", letter.get_content(), re.MULTILINE).group(1)
                self.used.add(path.name)
                return found
        return ""

    def in_order(self):
        """What was acknowledged is there, each thing once, and the audit finds nothing."""
        with open_store(self.site.world.settings) as store:
            assert (audit(store), rebuild(store)) == ([], 0)
            versions = store.documents.of(self.site.world.dossier)
            assert [each.version for each in versions] == list(range(1, len(versions) + 1))
            events = store.events.of(self.site.world.dossier)
            for document in versions:
                self.document_in_order(store, document, [each for each in events if each.payload.get("document") == document.id])
            store.db.run("DELETE FROM limits")  # the people of an hour later: how often a code may be asked for is not the matter here

    def document_in_order(self, store, document, events):
        kinds = [event.kind for event in events]
        told = {(what, said) for what, about, said in self.acknowledged if about == document.id}
        saves = [each.changes["summary"] for each in store.revisions.since(document.id, 0) if "summary" in each.changes]
        notes, signed = store.comments.of(document.id), [each.person_id for each in store.signatures.of(document.id)]
        for found in (saves, signed, [note.text for note in notes]):
            assert len(found) == len(set(found)), found
        assert {said for what, said in told if what == "saved"} <= set(saves)
        assert {said for what, said in told if what == "comment"} <= {note.text for note in notes}
        assert {said for what, said in told if what == "answer"} <= {note.answer for note in notes}
        assert {said for what, said in told if what == "signed"} <= set(signed)
        for kind, most in (("submitted", 2), ("returned", 1), ("approved", 1), ("sealed", 1), ("superseded", 1)):
            assert kinds.count(kind) <= most, (kind, kinds)
            assert (kind, "") not in told or kind in kinds
        assert kinds.count("signed") == len(signed)
        if ("version", "") in told:
            assert any(each.version == document.version + 1 for each in store.documents.of(self.site.world.dossier))

    def read_back(self):
        """The page shows the last answer that was acknowledged, or the one that was in flight after it."""
        saved = [told for told in self.acknowledged if told[0] == "saved"]
        if saved:
            _, about, text = saved[-1]
            late = self.pending[1][2] if self.pending and self.pending[1][:2] == ("saved", about) else text
            shown = html.fromstring(self.people["Edición"].send(f"/documentos/{about}/revisar")[1]).text_content()
            assert text in shown or late in shown


def killed(site, kills, seed):
    """Killed at random moments of a life that goes on, every second time within a post; returns it."""
    chance, life = random.Random(seed), Life(site)
    site.up()
    for name, browser in life.people.items():
        browser.enter(site.world.people[name])
    for kill in range(kills):
        life.aim(*((chance.randrange(1, 8), chance.uniform(0.0, 0.06)) if kill % 2 else (0, chance.uniform(0.05, 1.5))))
        life.until_killed()
        life.timer.join()
        site.gone()
        site.up()
        life.read_back()
        life.in_order()
    return life


@pytest.fixture
def site(tmp_path):
    made = Site(tmp_path)
    yield made
    made.kill()
    made.gone()


def test_a_server_killed_at_3_moments_loses_and_doubles_nothing(site):
    life = killed(site, 3, seed=5)
    assert "saved" in {what for what, *_ in life.acknowledged}


@pytest.mark.long
def test_a_server_killed_at_200_moments_loses_and_doubles_nothing_and_is_back_in_5_seconds(site):
    life = killed(site, KILLS, seed=500)
    every = {"saved", "submitted", "comment", "returned", "answer", "approved", "signed", "version"}
    assert {what for what, *_ in life.acknowledged} == every
    assert life.resent > KILLS / 10
    assert max(site.restarts) <= READY
    assert "con algo mal: 0" in site.run("flask", "--app", "wsgi", "verify", "--all")
    site.run("flask", "--app", "wsgi", "audit")
    assert site.current()[0].version > 2
