"""What reviewers ask about an answer, and what is answered. The texts lie here; events hold ids and paths only."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app import clock
from app.errors import NotFound
from app.store.database import Database, Row
from app.store.events import Events
from app.store.values import Json, new_id


@dataclass(frozen=True)
class Comment:
    """`path` is '' for the whole document, `submission` the number of the event it is about, `answer` '' until somebody answers."""

    id: str
    document_id: str
    path: str
    submission: int
    person_id: str
    text: str
    at: datetime
    answer: str
    answered_by: str | None
    answered_at: datetime | None


class Comments:
    """Comments of documents, each step with its event."""

    def __init__(self, db: Database, events: Events) -> None:
        self._db = db
        self._events = events

    def add(self, document_id: str, path: str, submission: int, person_id: str, text: str, at: datetime | None = None) -> Comment:
        """Pin a comment (event `comment_added`)."""
        comment_id, at = new_id(), at or clock.now()
        with self._db.atomic():
            self._db.run(
                "INSERT INTO comments VALUES (:id, :document, :path, :submission, :person, :text, :at, '', NULL, NULL)",
                id=comment_id, document=document_id, path=path, submission=submission, person=person_id, text=text, at=clock.written(at),
            )
            self._told("comment_added", comment_id, person_id, at)
            return self.get(comment_id)

    def answer(self, comment_id: str, person_id: str, text: str, at: datetime | None = None) -> Comment:
        """Answer a comment, or answer it otherwise (event `comment_answered`)."""
        at = at or clock.now()
        with self._db.atomic():
            self._db.run(
                "UPDATE comments SET answer = :text, answered_by = :person, answered_at = :at WHERE id = :id",
                id=comment_id, text=text, person=person_id, at=clock.written(at),
            )
            self._told("comment_answered", comment_id, person_id, at)
            return self.get(comment_id)

    def remove(self, comment_id: str, person_id: str, at: datetime | None = None) -> None:
        """Take a comment back (event `comment_removed`)."""
        with self._db.atomic():
            self._told("comment_removed", comment_id, person_id, at or clock.now())
            self._db.run("DELETE FROM comments WHERE id = :id", id=comment_id)

    def get(self, comment_id: str) -> Comment:
        """Raises NotFound."""
        row = self._db.one("SELECT * FROM comments WHERE id = :id", id=comment_id)
        if row is None:
            raise NotFound
        return _comment(row)

    def of(self, document_id: str) -> tuple[Comment, ...]:
        """All of a document's, oldest first."""
        rows = self._db.all("SELECT * FROM comments WHERE document_id = :id ORDER BY at, id", id=document_id)
        return tuple(_comment(row) for row in rows)

    def _told(self, kind: str, comment_id: str, person_id: str, at: datetime) -> None:
        comment = self.get(comment_id)
        row = self._db.one("SELECT dossier_id FROM documents WHERE id = :id", id=comment.document_id)
        assert row is not None  # the comment points to it
        told: dict[str, Json] = {"document": comment.document_id, "comment": comment.id, "path": comment.path}
        self._events.append(row["dossier_id"], kind, person_id, told, at)


def _comment(row: Row) -> Comment:
    answered = row["answered_at"]
    return Comment(**row | {"at": clock.read(row["at"]), "answered_at": clock.read(answered) if answered else None})
