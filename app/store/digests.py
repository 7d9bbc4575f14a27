"""Which person was reminded on which day: at most once a day."""
from __future__ import annotations

from datetime import date

from app.store.database import Database


class Digests:
    """Reminders by person and day."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def first(self, person_id: str, day: date) -> bool:
        """Write down that a person is reminded on a day; false if they were already. With the transaction of the reminder."""
        return bool(
            self._db.run(
                "INSERT INTO digests VALUES (:person, :day) ON CONFLICT (person_id, day) DO NOTHING", person=person_id, day=day.isoformat()
            )
        )

    def last(self, person_id: str) -> date | None:
        """The last day a person was reminded."""
        row = self._db.one("SELECT MAX(day) AS day FROM digests WHERE person_id = :person", person=person_id)
        return date.fromisoformat(row["day"]) if row and row["day"] else None
