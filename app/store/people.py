"""People, and the key that seals each one's restricted values."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app import clock
from app.errors import NotFound
from app.store.database import Database, Row
from app.store.keys import Keys
from app.store.values import new_id


@dataclass(frozen=True)
class Person:
    """Somebody with a role. `email` is None for one who never signs in; `forgotten_at` says when the key was destroyed.

    One with `disabled_at` keeps grants and history and does not get in.
    """

    id: str
    email: str | None
    given_names: str
    family_names: str
    position: str
    institution: str
    phone: str
    locale: str
    added_at: datetime
    forgotten_at: datetime | None
    disabled_at: datetime | None = None

    @property
    def name(self) -> str:
        """Given and family names, as addressed."""
        return f"{self.given_names} {self.family_names}".strip()


class People:
    """People by id and e-mail, and their keys."""

    def __init__(self, db: Database, keys: Keys) -> None:
        self._db = db
        self._keys = keys

    def add(
        self, given_names: str, family_names: str, email: str = "", position: str = "", institution: str = "", *,
        phone: str = "", locale: str = "es", at: datetime | None = None,
    ) -> Person:
        """Raises NotAccepted for an e-mail somebody has already; ask `by_email` first."""
        person_id = new_id()
        self._db.run(
            "INSERT INTO people VALUES"
            " (:id, :email, :given_names, :family_names, :position, :institution, :phone, :locale, :at, NULL, NULL)",
            id=person_id, email=email.strip().lower() or None, given_names=given_names, family_names=family_names, position=position,
            institution=institution, phone=phone, locale=locale, at=clock.written(at or clock.now()),
        )
        return self.get(person_id)

    def get(self, person_id: str) -> Person:
        """Raises NotFound."""
        row = self._db.one("SELECT * FROM people WHERE id = :id", id=person_id)
        if row is None:
            raise NotFound
        return _person(row)

    def by_email(self, email: str) -> Person | None:
        """The person with this e-mail, upper or lower case, or None."""
        row = self._db.one("SELECT * FROM people WHERE email = :email", email=email.strip().lower())
        return _person(row) if row else None

    def all(self) -> tuple[Person, ...]:
        """Everybody, by family names."""
        return tuple(_person(row) for row in self._db.all("SELECT * FROM people ORDER BY family_names, given_names, id"))

    def set_locale(self, person_id: str, locale: str) -> None:
        """Remember the language a person reads."""
        self._db.run("UPDATE people SET locale = :locale WHERE id = :id", id=person_id, locale=locale)

    def set_disabled(self, person_id: str, disabled: bool, at: datetime | None = None) -> None:
        """Shut a person out, or let them in again; when somebody was shut out first stays."""
        moment = clock.written(at or clock.now()) if disabled else None
        self._db.run(
            "UPDATE people SET disabled_at = CASE WHEN :at IS NULL THEN NULL ELSE COALESCE(disabled_at, :at) END WHERE id = :id",
            id=person_id, at=moment,
        )

    def key(self, owner: str) -> bytes | None:
        """The key of an owner; None if there is none, or not any more.

        An owner is a person's id, or '<person id>:<dossier id>' for the person's key in one dossier, which can be destroyed alone.
        """
        person_id, _, dossier_id = owner.partition(":")
        table, more = ("dossier_keys", " AND dossier_id = :dossier") if dossier_id else ("person_keys", "")
        row = self._db.one(
            f"SELECT wrapped FROM {table} WHERE person_id = :person{more}",  # noqa: S608 - one of these two
            person=person_id, **({"dossier": dossier_id} if dossier_id else {}),
        )
        return self._keys.unwrapped(owner, row["wrapped"]) if row else None

    def key_made(self, owner: str, at: datetime) -> bytes:
        """The owner's key, made if it is the first time. Raises NotFound for a person who was forgotten."""
        with self._db.atomic():
            known = self.key(owner)
            if known is not None:
                return known
            person_id, _, dossier_id = owner.partition(":")
            if self.get(person_id).forgotten_at is not None:
                raise NotFound
            key, wrapped = self._keys.fresh(owner)
            told = {"person": person_id, "wrapped": wrapped, "at": clock.written(at)}
            if dossier_id:
                self._db.run("INSERT INTO dossier_keys VALUES (:person, :dossier, :wrapped, :at)", dossier=dossier_id, **told)
            else:
                self._db.run("INSERT INTO person_keys VALUES (:person, :wrapped, :at)", **told)
            return key

    def forget_dossier_key(self, person_id: str, dossier_id: str) -> bool:
        """Destroy the person's key in one dossier, as `forget_key` does; whether there was one. A new value makes a new key."""
        with self._db.atomic():
            gone = self._db.run(
                "DELETE FROM dossier_keys WHERE person_id = :person AND dossier_id = :dossier", person=person_id, dossier=dossier_id
            )
            self._db.scrub()
        return bool(gone)

    def forget_key(self, person_id: str, at: datetime | None = None) -> None:
        """Destroy the person's keys: every value sealed with it is unreadable from now on, in every copy that has no key.

        Deleted bytes are overwritten in the database file and the write-ahead log is emptied; backups are not reached.
        """
        with self._db.atomic():
            self.get(person_id)
            for table in ("person_keys", "dossier_keys"):
                self._db.run(f"DELETE FROM {table} WHERE person_id = :id", id=person_id)  # noqa: S608 - one of these two
            self._db.run(
                "UPDATE people SET forgotten_at = COALESCE(forgotten_at, :at) WHERE id = :id",
                id=person_id, at=clock.written(at or clock.now()),
            )
            self._db.scrub()


def _person(row: Row) -> Person:
    moments = {name: clock.read(row[name]) if row[name] else None for name in ("forgotten_at", "disabled_at")}
    return Person(**row | {"added_at": clock.read(row["added_at"])} | moments)
