"""ROWS: the database and the stored files, one repository per concept; knows no form and draws nothing.

    init(settings)                  makes keys, folders and database, or brings the database up to date; never overwrites
    open_store(settings) -> Store   one per thread or request; close it, or use `with`
    with store.atomic(): …          all writes or none; the write lock is taken at once, so keep uploads and drawing outside

Repositories that change a dossier's things append their own events, so nothing kept here happens without one:
    dossiers.add → dossier_opened · dossiers.set_facts → facts_changed · dossiers.set_person → people_changed
    dossiers.move → the kind given · documents.add → document_opened
    documents.move → the kind given · documents.assign/unassign → assigned/unassigned · revisions.append → answers_saved (or the kind given)
    comments.add/answer/remove → comment_added/comment_answered/comment_removed · signatures.add → signed · .carry → signature_carried
`events.append` is for what changes nothing else (downloaded, seen …). `at` is always optional: `clock.now()` without it.
"""
from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from app.config import Settings, make_keys
from app.errors import BadSettings, NotSaved
from app.store.audit import Finding, audit, rebuild
from app.store.codes import Codes
from app.store.comments import Comment, Comments
from app.store.database import Database, NotAccepted
from app.store.deeds import Deed, Deeds
from app.store.digests import Digests
from app.store.documents import Document, Documents
from app.store.dossiers import Dossier, Dossiers
from app.store.events import Broken, Event, Events
from app.store.files import Files, StoredFile
from app.store.grants import Grant, Grants
from app.store.heartbeats import Heartbeats, readiness
from app.store.imports import Import, Imports
from app.store.jobs import Item, Job, Jobs, Progress
from app.store.keys import Keys
from app.store.limits import Limits
from app.store.links import Link, Links
from app.store.migrations import migrations
from app.store.offices import Office, Offices, Unit, Units
from app.store.outbox import Message, Outbox
from app.store.packets import Packet, Packets
from app.store.people import People, Person
from app.store.remarks import Remark, Remarks
from app.store.renditions import Rendition, Renditions
from app.store.requests import Requests
from app.store.revisions import Revision, Revisions
from app.store.sessions import Session, Sessions
from app.store.signatures import Signature, Signatures
from app.store.values import Json, new_id

__all__ = [
    "Broken", "Comment", "Deed", "Document", "Dossier", "Event", "Finding", "Grant", "Import", "Item", "Job", "Json", "Link",
    "Message", "NotAccepted", "Office", "Packet", "Person", "Progress", "Remark", "Rendition", "Revision", "Session", "Signature",
    "Store", "StoredFile", "Unit", "audit", "init", "new_id", "open_store", "readiness", "rebuild",
]


class Store:
    """All repositories over one connection. One thread only."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        keys = Keys(settings.encryption_key)
        self.db = Database(settings.database)
        self.offices = Offices(self.db)
        self.units = Units(self.db)
        self.people = People(self.db, keys)
        self.grants = Grants(self.db)
        self.sessions = Sessions(self.db)
        self.events = Events(self.db)
        self.dossiers = Dossiers(self.db, self.events)
        self.documents = Documents(self.db, self.events)
        self.revisions = Revisions(self.db, self.events, self.people, keys)
        self.comments = Comments(self.db, self.events)
        self.signatures = Signatures(self.db, self.events, keys)
        self.codes = Codes(self.db, keys)
        self.digests = Digests(self.db)
        self.files = Files(self.db, settings.files)
        self.renditions = Renditions(self.db)
        self.packets = Packets(self.db, self.events)
        self.jobs = Jobs(self.db)
        self.requests = Requests(self.db)
        self.limits = Limits(self.db)
        self.links = Links(self.db)
        self.outbox = Outbox(self.db)
        self.deeds = Deeds(self.db)
        self.heartbeats = Heartbeats(self.db)
        self.imports = Imports(self.db, self.people)
        self.remarks = Remarks(self.db)

    def atomic(self) -> AbstractContextManager[None]:
        """All writes of the block or none. Raises Busy or NotSaved; then nothing was written."""
        return self.db.atomic()

    def snapshot(self) -> AbstractContextManager[None]:
        """All reads of the block see the same moment."""
        return self.db.snapshot()

    def sweep(self, at: datetime | None = None) -> None:
        """Housekeeping, for a periodic task: sessions, links and mail that ended, old keys and limits, killed uploads, write-ahead log."""
        for repository in (self.sessions, self.requests, self.limits, self.links, self.outbox, self.codes, self.imports):
            repository.sweep(at)
        self.files.sweep()
        self.db.scrub()

    def close(self) -> None:
        """Let go of the connection; the store is of no use afterwards."""
        self.db.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def init(settings: Settings) -> tuple[Path, ...]:
    """Make what is missing: keys (0600), folders, database and its migrations. Returns what it made; nothing there is overwritten.

    Raises BadSettings if the database lost its key, NotSaved if the folders cannot be written.
    """
    try:
        made = make_keys(settings)
        settings.files.mkdir(parents=True, exist_ok=True)
        if not settings.database.exists():
            settings.database.touch(mode=0o600)
            made = (*made, settings.database)
    except OSError as error:
        raise NotSaved from error
    db = Database(settings.database)
    try:
        with db.atomic():
            migrations.apply(db.utils)
    finally:
        db.close()
    return made


def open_store(settings: Settings) -> Store:
    """The store of this installation. Raises BadSettings if it was not prepared with `init`."""
    if not settings.database.is_file():
        raise BadSettings(why="la base de datos no está preparada; use «flask --app wsgi init»")
    return Store(settings)
