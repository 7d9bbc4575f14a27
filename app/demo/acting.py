"""Playing a script: each step is done by the person who would do it, through the same doors as the web, at its moment, once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from app import clock
from app.demo.script import Step
from app.store import Document, Dossier, Person, Store
from app.workflow import (
    agenda,
    answering,
    dossiers,
    editing,
    exchange_states,
    exchanges,
    intake,
    jobs,
    life,
    mailing,
    opening,
    packet_plans,
    packets,
    saving,
    signatories,
    signing,
    signing_in,
    states,
    surroundings,
)
from app.workflow.naming import place_of
from app.workflow.saving import Changes
from forms import FORMS
from forms.changes import leaves
from forms.opening import TRAVELLER
from forms.path import AnswerPath
from forms.values import ID, ORDER, Answers, Json, mapping, rows_of

DATA: Final = Path(__file__).parent / "exchange"
DELEGATION: Final = "travellers"
LINK: Final = re.compile(r"/entrar/(\S+)")
PACKED: Final = "example_packed"
"""The event that says which run made a packet; nobody is told of it."""
SETTING: Final = 5
"""Minutes between two people, or two documents, of one step."""


class OutOfScriptError(RuntimeError):
    """The data or the script of the demonstration does not fit the forms; nobody who uses it can mend that."""


def read(name: str) -> dict[str, Json]:
    """The answers of a data file."""
    return intake.read((DATA / f"{name}.json").read_bytes(), name)


@dataclass(frozen=True)
class Task:
    """One step's work for one person and one document, or part of it. `subject`: the row of who acts, for a traveller."""

    person: Person
    document: Document
    part: str
    key: str


@dataclass
class Play:
    """An example exchange being played; `code` is the one it gets."""

    store: Store
    code: str

    @property
    def dossier(self) -> Dossier:
        """As it stands. Raises OutOfScriptError before it was opened."""
        found = self.store.dossiers.by_code(self.code)
        if found is None:
            raise OutOfScriptError(self.code)
        return found

    @cached_property
    def travellers(self) -> tuple[Answers, ...]:
        """The delegation, in its order."""
        return tuple(rows_of(read("a2")[DELEGATION]))

    def act(self, step: Step) -> None:
        """Do a step; what of it was done before is not done again."""
        with clock.stopped(step.at):
            if step.verb in DOSSIER:
                person, key = self._one(step.who), self._key(step, 0)
                if step.verb in IN_PIECES or not self.known(key, person):
                    DOSSIER[step.verb](self, person, step.what, key)
                return
            opening.ensured(self.store, self.dossier.id, "")  # as the worker does on the day that makes a document due
        for number, task in enumerate(self._tasks(step)):
            with clock.stopped(step.later(number * SETTING).at):
                if step.verb in IN_PIECES or not self.known(task.key, task.person):
                    DOCUMENT[step.verb](self, task)

    def known(self, key: str, person: Person) -> bool:
        """Whether something was done before."""
        return self.store.requests.answer(key, person.id) is not None

    def _key(self, step: Step, number: int) -> str:
        return f"demo:{self.code}:{step.number}:{number}"

    def _one(self, role: str) -> Person:
        return self._by_email(str(mapping(read("people")[role])["email"]))

    def _by_email(self, email: str) -> Person:
        found = self.store.people.by_email(email)
        if found is None:
            raise OutOfScriptError(email)
        return found

    def _tasks(self, step: Step) -> tuple[Task, ...]:
        """Who does it, with which document, in order."""
        name, _, part = step.what.partition(".")
        wanted = [
            (person, document, place)
            for document in self._documents(name)
            for person, subject in self._people(step.who, document)
            for place in self._parts(step, document, part, subject)
        ]
        if not wanted:
            raise OutOfScriptError(f"{self.code}: nobody for step {step.number}")
        return tuple(Task(*each, self._key(step, number)) for number, each in enumerate(wanted, 1))

    def _documents(self, name: str) -> list[Document]:
        """'A7' is every document of that form, 'F5S-3' one of them."""
        form, _, subject = name.partition("-")
        return [each for each in surroundings.current(self.store, self.dossier) if each.form == form and subject in ("", each.subject)]

    def _people(self, who: str, document: Document) -> Iterator[tuple[Person, str]]:
        """Each with the row that is theirs in this document, '' for who is not of the delegation."""
        if who.startswith("traveller"):
            number = who.partition("-")[2]
            for row in self.travellers:
                subject = str(row[ID])
                if document.subject in ("", subject) and subject.endswith(number):
                    yield self._by_email(str(row["email"])), subject
        elif signatories.is_one(document, who):
            grants = (each for each in self.store.grants.within("document", document.id) if each.role == who)
            yield from ((self.store.people.get(each.person_id), "") for each in grants)
        else:
            yield self._one(who), ""

    def _parts(self, step: Step, document: Document, part: str, subject: str) -> list[str]:
        """The part, or each copy of it; a traveller's own."""
        if step.verb == "fill" or not part:
            return [f"{part}.{subject}" if part and subject else part]
        copies = [each.part for each in states.parts(self.store, document) if each.part.partition(".")[0] == part]
        return [each for each in copies if not subject or each.endswith(f".{subject}")]


def _open(play: Play, person: Person, what: str, key: str) -> None:
    """With the columns a list of travellers has; the rest each writes."""
    known = {ID, *(kind.key for kind in TRAVELLER)}
    listed = [{name: value for name, value in row.items() if name in known} for row in play.travellers]
    people = {role: mapping(each) for role, each in read("people").items()}
    opened = exchanges.open_exchange(play.store, person, read("facts"), people, listed, key)
    if opened.code != play.code:
        raise OutOfScriptError(f"{opened.code}, not {play.code}")


def _invite(play: Play, person: Person, what: str, key: str) -> None:
    exchanges.invite_travellers(play.store, person, play.dossier, key)


def _move(play: Play, person: Person, what: str, key: str) -> None:
    exchange_states.move(play.store, person, play.dossier, what, key=key)


def _packet(play: Play, person: Person, what: str, key: str) -> None:
    run = packets.start(play.store, person, [play.dossier.id], what, packet_plans.WHOLE, key=key)
    jobs.work_at(play.store.settings, run.id)
    if not any(event.payload["run"] == run.id for event in play.store.events.told(play.dossier.id, PACKED)):
        play.store.events.append(play.dossier.id, PACKED, person.id, {"packet": what, "run": run.id})


def _fill(play: Play, task: Task) -> None:
    """What the data file says and this person may write, as the page would post it; files are attached."""
    document = play.store.documents.get(task.document.id)
    form = FORMS[document.form]
    given = {path: value for path, value in leaves(form, read(_file(document))).items() if place_of(form, path)}
    open_now = editing.opening(play.store, task.person, document)
    mine = {path: value for path, value in given.items() if open_now.allows(path) and _within(document, path, task.part)}
    files = {path: value for path, value in mine.items() if "sha256" in mapping(value)}
    if not play.known(task.key, task.person):
        typed = {path: value for path, value in mine.items() if path not in files} | _taken_out(play, document, mine, open_now)
        if not typed:
            raise OutOfScriptError(f"{document.code}: {task.person.name} has nothing to write")
        saved = answering.save(play.store, task.person, document, "", document.revision, typed, task.key)
        if isinstance(saved, answering.Conflict) or saved.refused:
            raise OutOfScriptError(f"{document.code}: {saved}")
    for path, value in files.items():
        _attach(play, task, path, mapping(value))


def _attach(play: Play, task: Task, path: AnswerPath, value: Answers) -> None:
    """A file of the data folder, as an answer; once."""
    key, name = f"{task.key}:{path.pdf}", str(value["name"])
    if not play.known(key, task.person):
        with (DATA / name).open("rb") as file:
            answering.attach(play.store, task.person, task.document, path, file, name, str(value["type"]), key)


def _taken_out(play: Play, document: Document, given: Changes, open_now: editing.Opening) -> dict[AnswerPath, Json]:
    """The rows a table came with that the data file does not have."""
    tables = {path.steps[0] for path in given if path.steps[-1] == ORDER} - {part.key for part in FORMS[document.form].parts}
    shown = saving.now(play.store, document, dossiers.view_of(play.store, document)).shown
    rows = (path for path in shown if path.steps[0] in tables and path.steps[-1] == ORDER and len(path.steps) == 3)
    return {path: None for path in rows if path not in given and open_now.allows(path)}


def _within(document: Document, path: AnswerPath, part: str) -> bool:
    """Whether an answer lies in a part, a copy of it, or anywhere for ''."""
    place = editing.part_of(FORMS[document.form], path)
    return not part or place == part or place.partition(".")[0] == part


def _file(document: Document) -> str:
    """'a7_02', 'f4l_20270412', 'f5s_3', 'a1'."""
    serial = document.code.split("/")[1].partition("-")[2]
    subject = document.subject if document.form in ("F4L", "F5S") else serial
    return f"{document.form.lower()}_{subject}" if document.subject else document.form.lower()


def _submit(play: Play, task: Task) -> None:
    life.submit(play.store, task.person, task.document, task.key, task.part)


def _approve(play: Play, task: Task) -> None:
    now = play.store.documents.get(task.document.id)
    life.approve(play.store, task.person, now, now.revision, task.key, task.part)


def _sign(play: Play, task: Task) -> None:
    """With the code that would come by mail; who is named only for this comes in by the link of theirs. The last one's seal is seen to."""
    if play.known(task.key, task.person):
        signing.complete(play.store, task.document)
        return
    if any(signatories.is_one(task.document, each.role) for each in play.store.grants.within("document", task.document.id)):
        _come_in(play, task)
    document = play.store.documents.get(task.document.id)
    code = signing.issue(play.store, task.person, document)
    signing.sign(play.store, task.person, document, "typed", code, signing.hash_of(play.store, document), key=task.key)


def _come_in(play: Play, task: Task) -> None:
    """Open the link a signatory was sent about this document, if this is one."""
    mine = (each for each in play.store.outbox.of(task.person.id) if each.kind == signatories.KIND)
    message = next((each for each in mine if each.payload.get("document") == task.document.id), None)
    draft = mailing.WRITERS[signatories.KIND](play.store, message) if message else None
    for token in LINK.findall(" ".join(draft.paragraphs) if draft else ""):
        signing_in.enter(play.store, token, "demo")


def _share(play: Play, task: Task) -> None:
    agenda.share(play.store, task.person, task.document, task.key)


DOSSIER: Final = {"open": _open, "invite": _invite, "move": _move, "packet": _packet}
"""What is done with the exchange, by its verb in the script."""
DOCUMENT: Final = {"fill": _fill, "submit": _submit, "approve": _approve, "sign": _sign, "share": _share}
"""What is done with a document of it."""
IN_PIECES: Final = frozenset({"fill", "sign", "packet"})
"""What takes several writes: each piece looks by itself whether it was done, should the demonstration have been stopped halfway."""
