"""Revisions of a document: each keeps the leaves it changed and an HMAC of them; restricted leaves are sealed with their owner's key."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app import clock
from app.errors import NotFound, Stale
from app.store.database import Database, Row
from app.store.events import Events
from app.store.keys import Keys, opened, seal
from app.store.people import People
from app.store.values import Json, canonical, from_json

NOW = 2**62
"""Above any revision's number."""

LATEST = """
SELECT leaf.path, leaf.number, leaf.value, leaf.owner, leaf.sealed
FROM (SELECT path, MAX(number) AS number FROM leaves WHERE document_id = :id AND number <= :upto GROUP BY path) AS latest
CROSS JOIN leaves AS leaf
WHERE leaf.document_id = :id AND leaf.number = latest.number AND leaf.path = latest.path
ORDER BY latest.path
"""
"""CROSS JOIN so that SQLite looks up the latest leaves one by one instead of reading the whole history."""


@dataclass(frozen=True)
class Revision:
    """`base` is the revision its author was looking at; `changes` are leaves, those in `erased` read as None for good."""

    document_id: str
    number: int
    base: int
    person_id: str
    section: str
    at: datetime
    hmac: str
    changes: Mapping[str, Json]
    erased: frozenset[str] = field(default=frozenset())


class Revisions:
    """Revisions of all documents: appended, read back as leaves, checked."""

    def __init__(self, db: Database, events: Events, people: People, keys: Keys) -> None:
        self._db = db
        self._events = events
        self._people = people
        self._keys = keys

    def append(
        self, document_id: str, expected: int, person_id: str, section: str, changes: Mapping[str, Json], *,
        secret: Mapping[str, str] | None = None, at: datetime | None = None, base: int | None = None, kind: str = "answers_saved",
    ) -> int:
        """Keep changed leaves as the revision after `expected` and append its event; returns its number.

        The event's kind is `kind`, its payload {document, section, revision, base, paths, hmac}: do not append another.
        `secret` says which paths are sealed, with whose key. Without changes nothing is written and `expected` returned.
        Raises Stale if the document is not at `expected` any more, NotFound for an unknown document or a forgotten person's secret.
        """
        if not changes:
            return expected
        at, number = at or clock.now(), expected + 1
        head: Row = {
            "document_id": document_id, "number": number, "base": expected if base is None else base, "person_id": person_id,
            "section": section, "at": clock.written(at),
        }
        with self._db.atomic():
            dossier_id = self._advanced(document_id, expected)
            leaves = self._leaves(head, changes, secret or {}, at)
            head["hmac"] = self._mark(head, leaves)
            self._insert(head, leaves)
            told: Row = {"document": document_id, "section": section, "revision": number, "base": head["base"]}
            self._events.append(dossier_id, kind, person_id, told | {"paths": sorted(changes), "hmac": head["hmac"]}, at)
        return number

    def leaves(self, document_id: str, upto: int | None = None) -> dict[str, Json]:
        """All leaves of the document as of revision `upto` (the current one if None). Values whose key was destroyed are None."""
        rows = self._db.all(LATEST, id=document_id, upto=NOW if upto is None else upto)
        return self._read(document_id, rows)[0]

    def numbers(self, document_id: str) -> dict[str, int]:
        """The revision that wrote each leaf last."""
        sql = "SELECT path, MAX(number) AS number FROM leaves WHERE document_id = :id GROUP BY path"
        return {row["path"]: row["number"] for row in self._db.all(sql, id=document_id)}

    def erased(self, document_id: str) -> frozenset[str]:
        """Paths of current leaves whose key was destroyed."""
        return self._read(document_id, self._db.all(LATEST, id=document_id, upto=NOW))[1]

    def get(self, document_id: str, number: int) -> Revision:
        """Raises NotFound."""
        found = self._revisions(document_id, number - 1, number)
        if not found:
            raise NotFound
        return found[0]

    def since(self, document_id: str, number: int = 0) -> tuple[Revision, ...]:
        """The revisions after `number`, oldest first, with their changes."""
        return self._revisions(document_id, number, NOW)

    def last(self, document_id: str) -> Revision | None:
        """The current revision, or None if nothing was saved yet."""
        row = self._db.one("SELECT MAX(number) AS number FROM revisions WHERE document_id = :id", id=document_id)
        return self.get(document_id, row["number"]) if row and row["number"] is not None else None

    def writers(self, document_id: str) -> frozenset[tuple[str, str]]:
        """(person id, path) of everything anybody ever wrote in the document."""
        rows = self._db.all(
            "SELECT DISTINCT revision.person_id, leaf.path FROM leaves AS leaf JOIN revisions AS revision"
            " ON revision.document_id = leaf.document_id AND revision.number = leaf.number WHERE leaf.document_id = :id", id=document_id,
        )
        return frozenset((row["person_id"], row["path"]) for row in rows)

    def owners(self, document_id: str) -> dict[str, str]:
        """Whose key seals each sealed leaf that stands now."""
        return {row["path"]: row["owner"] for row in self._db.all(LATEST, id=document_id, upto=NOW) if row["owner"]}

    def sealed_with(self, document_id: str) -> dict[str, frozenset[str]]:
        """Every path that was ever sealed in the document, with all the owners whose keys did it."""
        found: dict[str, set[str]] = {}
        for row in self._db.all("SELECT DISTINCT path, owner FROM leaves WHERE document_id = :id AND owner IS NOT NULL", id=document_id):
            found.setdefault(row["path"], set()).add(row["owner"])
        return {path: frozenset(owners) for path, owners in found.items()}

    def marks(self) -> dict[tuple[str, int], str]:
        """The HMAC of every revision by (document id, number)."""
        return {(row["document_id"], row["number"]): row["hmac"] for row in self._db.all("SELECT document_id, number, hmac FROM revisions")}

    def wrong(self) -> list[tuple[str, int]]:
        """(document id, number) of every revision whose leaves are not those its HMAC was made of."""
        with self._db.snapshot():
            heads = self._db.all("SELECT * FROM revisions ORDER BY document_id, number")
            return [(head["document_id"], head["number"]) for head in heads if head["hmac"] != self._mark(head, self._stored(head))]

    def _advanced(self, document_id: str, expected: int) -> str:
        """Compare and set; the row stays locked until the end of the transaction. Returns the dossier's id."""
        moved = self._db.run(
            "UPDATE documents SET revision = :number WHERE id = :id AND revision = :expected",
            id=document_id, number=expected + 1, expected=expected,
        )
        document = self._db.one("SELECT dossier_id, revision FROM documents WHERE id = :id", id=document_id)
        if document is None:
            raise NotFound
        if not moved:
            raise Stale(expected=expected, current=document["revision"])
        return str(document["dossier_id"])

    def _leaves(self, head: Row, changes: Mapping[str, Json], secret: Mapping[str, str], at: datetime) -> list[Row]:
        """The rows of changed leaves: in clear, or sealed for their place."""
        keys = {owner: self._people.key_made(owner, at) for owner in {secret[path] for path in changes if path in secret}}
        leaves: list[Row] = []
        for path, value in sorted(changes.items()):
            text, owner = canonical(value), secret.get(path)
            sealed = seal(keys[owner], text.encode(), _place(head["document_id"], head["number"], path)) if owner else None
            leaves.append({"path": path, "value": None if owner else text, "owner": owner, "sealed": sealed})
        return leaves

    def _insert(self, head: Row, leaves: list[Row]) -> None:
        self._db.run("INSERT INTO revisions VALUES (:document_id, :number, :base, :person_id, :section, :at, :hmac)", **head)
        place = {"id": head["document_id"], "number": head["number"]}
        self._db.many("INSERT INTO leaves VALUES (:id, :number, :path, :value, :owner, :sealed)", [place | leaf for leaf in leaves])

    def _stored(self, head: Row) -> list[Row]:
        return self._db.all(
            "SELECT path, value, owner, sealed FROM leaves WHERE document_id = :id AND number = :number ORDER BY path",
            id=head["document_id"], number=head["number"],
        )

    def _mark(self, head: Row, leaves: Iterable[Row]) -> str:
        """Over what is stored, sealed as it is: it still holds when a key has been destroyed."""
        parts = [head[name] for name in ("document_id", "number", "base", "person_id", "section", "at")]
        kept = [[leaf["path"], leaf["value"], leaf["owner"], leaf["sealed"].hex() if leaf["sealed"] else None] for leaf in leaves]
        return self._keys.mark(canonical([*parts, kept]))

    def _revisions(self, document_id: str, after: int, upto: int) -> tuple[Revision, ...]:
        asked = {"id": document_id, "after": after, "upto": upto}
        window = "WHERE document_id = :id AND number > :after AND number <= :upto"
        with self._db.snapshot():
            heads = self._db.all(f"SELECT * FROM revisions {window} ORDER BY number", **asked)  # noqa: S608 - constant
            rows = self._db.all(f"SELECT * FROM leaves {window} ORDER BY number, path", **asked)  # noqa: S608 - constant
        by_number: dict[int, list[Row]] = {}
        for row in rows:
            by_number.setdefault(row["number"], []).append(row)
        return tuple(self._revision(head, by_number.get(head["number"], [])) for head in heads)

    def _revision(self, head: Row, rows: list[Row]) -> Revision:
        changes, erased = self._read(head["document_id"], rows)
        return Revision(**head | {"at": clock.read(head["at"])}, changes=changes, erased=erased)

    def _read(self, document_id: str, rows: list[Row]) -> tuple[dict[str, Json], frozenset[str]]:
        keys = {owner: self._people.key(owner) for owner in {row["owner"] for row in rows if row["owner"]}}
        erased = frozenset(row["path"] for row in rows if row["owner"] and keys[row["owner"]] is None)
        return {row["path"]: None if row["path"] in erased else _value(document_id, row, keys) for row in rows}, erased


def _value(document_id: str, row: Row, keys: Mapping[str, bytes | None]) -> Json:
    key = keys.get(row["owner"])
    if key is None:
        return from_json(row["value"])  # type: ignore[no-any-return]
    return from_json(opened(key, row["sealed"], _place(document_id, row["number"], row["path"])).decode())  # type: ignore[no-any-return]


def _place(document_id: str, number: int, path: str) -> str:
    return f"{document_id}/{number}/{path}"
