"""Which stored file is which rendition of a document: same revision, template edition, language and audience, same bytes."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app import clock
from app.store.database import Database, Row


@dataclass(frozen=True)
class Rendition:
    """`kind`: 'docx', 'record', 'approved', 'signed', 'unsealed' (signed, before its seal); `template`: digest of its source."""

    document_id: str
    revision: int
    kind: str
    language: str
    audience: str
    template: str
    sha256: str
    made_at: datetime


class Renditions:
    """Renditions by what they were drawn from."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(
        self, document_id: str, revision: int, kind: str, language: str, audience: str, *, template: str, sha256: str,
        at: datetime | None = None,
    ) -> Rendition:
        """Remember a file that is ready. One already remembered stays: a generated file is never silently replaced."""
        with self._db.atomic():
            self._db.run(
                "INSERT INTO renditions VALUES (:document_id, :revision, :kind, :language, :audience, :template, :sha256, :at)"
                " ON CONFLICT (document_id, revision, kind, language, audience, template) DO NOTHING",
                document_id=document_id, revision=revision, kind=kind, language=language, audience=audience, template=template,
                sha256=sha256, at=clock.written(at or clock.now()),
            )
            kept = self.find(document_id, revision, kind, language, audience, template=template)
        assert kept is not None
        return kept

    def find(self, document_id: str, revision: int, kind: str, language: str, audience: str, *, template: str) -> Rendition | None:
        """The rendition drawn from exactly this, or None."""
        row = self._db.one(
            "SELECT * FROM renditions WHERE document_id = :document_id AND revision = :revision AND kind = :kind AND language = :language"
            " AND audience = :audience AND template = :template",
            document_id=document_id, revision=revision, kind=kind, language=language, audience=audience, template=template,
        )
        return _rendition(row) if row else None

    def by_content(self, sha256: str) -> tuple[Rendition, ...]:
        """Those with exactly this content, oldest first."""
        rows = self._db.all("SELECT * FROM renditions WHERE sha256 = :sha256 ORDER BY made_at", sha256=sha256)
        return tuple(_rendition(row) for row in rows)

    def of(self, document_id: str) -> tuple[Rendition, ...]:
        """All of a document's, newest first."""
        rows = self._db.all(
            "SELECT * FROM renditions WHERE document_id = :id ORDER BY made_at DESC, revision DESC, kind, language", id=document_id
        )
        return tuple(_rendition(row) for row in rows)


def _rendition(row: Row) -> Rendition:
    return Rendition(**row | {"made_at": clock.read(row["made_at"])})
