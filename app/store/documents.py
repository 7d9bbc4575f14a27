"""Documents of a dossier. State, current revision and assignments move by events only (`pointers`)."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app import clock
from app.errors import NotFound, Stale
from app.store.database import Database, Row
from app.store.events import Events
from app.store.values import Json, new_id


@dataclass(frozen=True)
class Document:
    """One version of a form in a dossier. `part` and `subject` are '' where the form has one of each; `revision` 0: nothing saved yet."""

    id: str
    dossier_id: str
    form: str
    edition: str
    part: str
    subject: str
    version: int
    code: str
    verification: str
    opened_at: datetime
    state: str
    state_at: datetime
    revision: int


class Documents:
    """Documents by id, code, verification code and dossier, and what moves them."""

    def __init__(self, db: Database, events: Events) -> None:
        self._db = db
        self._events = events

    def add(
        self, dossier_id: str, form: str, edition: str, code: str, verification: str, *, actor_id: str, part: str = "", subject: str = "",
        version: int = 1, state: str = "draft", at: datetime | None = None,
    ) -> Document:
        """Open a document; the event is `document_opened`.

        Raises NotAccepted if the code, the verification code or the address (form, part, subject, version) is taken.
        """
        at = at or clock.now()
        opened: dict[str, Json] = {
            "document": new_id(), "form": form, "edition": edition, "part": part, "subject": subject, "version": version, "state": state,
        }
        with self._db.atomic():
            self._db.run(
                "INSERT INTO documents VALUES"
                " (:document, :dossier, :form, :edition, :part, :subject, :version, :code, :verification, :at, :state, :at, 0)",
                **opened, dossier=dossier_id, code=code, verification=verification, at=clock.written(at),
            )
            self._events.append(dossier_id, "document_opened", actor_id, opened, at)
            return self.get(str(opened["document"]))

    def get(self, document_id: str) -> Document:
        """Raises NotFound."""
        row = self._db.one("SELECT * FROM documents WHERE id = :id", id=document_id)
        if row is None:
            raise NotFound
        return _document(row)

    def by_code(self, code: str) -> Document | None:
        """The document with this printed code, or None."""
        row = self._db.one("SELECT * FROM documents WHERE code = :code", code=code)
        return _document(row) if row else None

    def by_verification(self, verification: str) -> Document | None:
        """The document with this verification code (16 characters, no blanks), or None."""
        row = self._db.one("SELECT * FROM documents WHERE verification = :code", code=verification)
        return _document(row) if row else None

    def of(self, dossier_id: str) -> tuple[Document, ...]:
        """The dossier's documents, by form, part, subject and version."""
        rows = self._db.all("SELECT * FROM documents WHERE dossier_id = :id ORDER BY form, part, subject, version", id=dossier_id)
        return tuple(_document(row) for row in rows)

    def in_states(self, states: Iterable[str]) -> tuple[Document, ...]:
        """The documents in these states, those that were moved longest ago first."""
        wanted = {f"state{number}": state for number, state in enumerate(states)}
        places = ", ".join(f":{name}" for name in wanted)
        rows = self._db.all(f"SELECT * FROM documents WHERE state IN ({places}) ORDER BY state_at, id", **wanted)  # noqa: S608 - places
        return tuple(_document(row) for row in rows)

    def parts(self, document_id: str) -> dict[str, str]:
        """The state of each part that was ever submitted; the others are drafts."""
        rows = self._db.all("SELECT part, state FROM part_states WHERE document_id = :id ORDER BY part", id=document_id)
        return {row["part"]: row["state"] for row in rows}

    def move(
        self, document_id: str, kind: str, expected: str, state: str, actor_id: str, *, payload: Mapping[str, Json] | None = None,
        at: datetime | None = None,
    ) -> Document:
        """Bring a document from the state `expected` to `state` by an event of this kind (`submitted` …).

        Raises Stale if it is not in `expected` any more.
        """
        with self._db.atomic():
            document = self.get(document_id)
            if document.state != expected:
                raise Stale(expected=expected, current=document.state)
            self._events.append(document.dossier_id, kind, actor_id, {**(payload or {}), "document": document_id, "state": state}, at)
            return self.get(document_id)

    def assign(self, document_id: str, role: str, person_id: str, actor_id: str, at: datetime | None = None) -> None:
        """Make a person the document's `role` (event `assigned`)."""
        self._assigned("assigned", document_id, {"role": role, "person": person_id}, actor_id, at)

    def unassign(self, document_id: str, role: str, person_id: str, actor_id: str, at: datetime | None = None) -> None:
        """Take it back (event `unassigned`)."""
        self._assigned("unassigned", document_id, {"role": role, "person": person_id}, actor_id, at)

    def assigned(self, document_id: str) -> tuple[tuple[str, str], ...]:
        """(role, person id) of everybody assigned."""
        rows = self._db.all("SELECT role, person_id FROM assignments WHERE document_id = :id ORDER BY role, person_id", id=document_id)
        return tuple((row["role"], row["person_id"]) for row in rows)

    def _assigned(self, kind: str, document_id: str, who: Mapping[str, Json], actor_id: str, at: datetime | None) -> None:
        with self._db.atomic():
            self._events.append(self.get(document_id).dossier_id, kind, actor_id, {**who, "document": document_id}, at)


def _document(row: Row) -> Document:
    return Document(**row | {"opened_at": clock.read(row["opened_at"]), "state_at": clock.read(row["state_at"])})
