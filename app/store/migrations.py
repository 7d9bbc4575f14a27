"""The schema, by migration only. STRICT tables, moments as UTC text, JSON as text; another database reads it less STRICT and triggers."""
from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("anexa")

PEOPLE = """
CREATE TABLE offices (id TEXT PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL) STRICT;

CREATE TABLE units (
  id TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, institution TEXT NOT NULL, country TEXT NOT NULL,
  office_id TEXT REFERENCES offices (id)
) STRICT;

CREATE TABLE people (
  id TEXT PRIMARY KEY, email TEXT UNIQUE, given_names TEXT NOT NULL, family_names TEXT NOT NULL, position TEXT NOT NULL,
  institution TEXT NOT NULL, phone TEXT NOT NULL, locale TEXT NOT NULL, added_at TEXT NOT NULL, forgotten_at TEXT
) STRICT;

CREATE TABLE person_keys (person_id TEXT PRIMARY KEY REFERENCES people (id), wrapped BLOB NOT NULL, made_at TEXT NOT NULL) STRICT;

CREATE TABLE grants (
  id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES people (id), role TEXT NOT NULL,
  scope_kind TEXT NOT NULL CHECK (scope_kind IN ('everything', 'programme', 'office', 'unit', 'dossier_side', 'document')),
  scope_id TEXT NOT NULL CHECK ((scope_kind = 'everything') = (scope_id = '')), given_at TEXT NOT NULL,
  UNIQUE (person_id, role, scope_kind, scope_id)
) STRICT;
CREATE INDEX grants_by_scope ON grants (scope_kind, scope_id, role);

CREATE TABLE sessions (
  token_hash TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES people (id), locale TEXT NOT NULL,
  started_at TEXT NOT NULL, seen_at TEXT NOT NULL, expires_at TEXT NOT NULL, revoked_at TEXT
) STRICT;
CREATE INDEX sessions_by_person ON sessions (person_id);
"""

DOCUMENTS = """
CREATE TABLE dossiers (
  id TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, programme TEXT NOT NULL, unit_id TEXT REFERENCES units (id),
  country TEXT NOT NULL, locale TEXT NOT NULL, title TEXT NOT NULL, facts TEXT NOT NULL, opened_at TEXT NOT NULL,
  events INTEGER NOT NULL DEFAULT 0, head TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX dossiers_by_unit ON dossiers (unit_id);

CREATE TABLE documents (
  id TEXT PRIMARY KEY, dossier_id TEXT NOT NULL REFERENCES dossiers (id), form TEXT NOT NULL, edition TEXT NOT NULL,
  part TEXT NOT NULL, subject TEXT NOT NULL, version INTEGER NOT NULL, code TEXT NOT NULL UNIQUE,
  verification TEXT NOT NULL UNIQUE, opened_at TEXT NOT NULL,
  state TEXT NOT NULL, state_at TEXT NOT NULL, revision INTEGER NOT NULL,
  UNIQUE (dossier_id, form, part, subject, version)
) STRICT;

CREATE TABLE assignments (
  document_id TEXT NOT NULL REFERENCES documents (id), role TEXT NOT NULL, person_id TEXT NOT NULL,
  PRIMARY KEY (document_id, role, person_id)
) STRICT;

CREATE TABLE revisions (
  document_id TEXT NOT NULL REFERENCES documents (id), number INTEGER NOT NULL, base INTEGER NOT NULL,
  person_id TEXT NOT NULL, section TEXT NOT NULL, at TEXT NOT NULL, hmac TEXT NOT NULL,
  PRIMARY KEY (document_id, number)
) STRICT;

CREATE TABLE leaves (
  document_id TEXT NOT NULL, number INTEGER NOT NULL, path TEXT NOT NULL, value TEXT, owner TEXT, sealed BLOB,
  CHECK ((value IS NULL) = (sealed IS NOT NULL) AND (owner IS NULL) = (sealed IS NULL)),
  PRIMARY KEY (document_id, number, path),
  FOREIGN KEY (document_id, number) REFERENCES revisions (document_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX leaves_by_path ON leaves (document_id, path, number);

CREATE TABLE events (
  dossier_id TEXT NOT NULL REFERENCES dossiers (id), number INTEGER NOT NULL, kind TEXT NOT NULL, actor_id TEXT NOT NULL,
  payload TEXT NOT NULL, at TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL,
  PRIMARY KEY (dossier_id, number)
) STRICT;

CREATE TRIGGER events_stay_as_they_are BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_stay BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER revisions_stay_as_they_are BEFORE UPDATE ON revisions BEGIN SELECT RAISE(ABORT, 'revisions are never rewritten'); END;
CREATE TRIGGER leaves_stay_as_they_are BEFORE UPDATE ON leaves BEGIN SELECT RAISE(ABORT, 'revisions are never rewritten'); END;
"""

FILES = """
CREATE TABLE files (sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, media_type TEXT NOT NULL, ready_at TEXT NOT NULL) STRICT;

CREATE TABLE renditions (
  document_id TEXT NOT NULL REFERENCES documents (id), revision INTEGER NOT NULL, kind TEXT NOT NULL, language TEXT NOT NULL,
  audience TEXT NOT NULL, template TEXT NOT NULL, sha256 TEXT NOT NULL REFERENCES files (sha256), made_at TEXT NOT NULL,
  PRIMARY KEY (document_id, revision, kind, language, audience, template)
) STRICT;
"""

WORK = """
CREATE TABLE jobs (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, person_id TEXT NOT NULL REFERENCES people (id), payload TEXT NOT NULL,
  started_at TEXT NOT NULL, cancelled_at TEXT, finished_at TEXT
) STRICT;

CREATE TABLE job_items (
  job_id TEXT NOT NULL REFERENCES jobs (id), number INTEGER NOT NULL, payload TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'working', 'done', 'failed', 'cancelled')),
  lease TEXT, lease_until TEXT, attempts INTEGER NOT NULL, result TEXT, problem TEXT,
  PRIMARY KEY (job_id, number)
) STRICT;
CREATE INDEX job_items_by_state ON job_items (state, lease_until);

CREATE TABLE requests (
  key TEXT NOT NULL, person_id TEXT NOT NULL, what TEXT NOT NULL, answer TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (key, person_id)
) STRICT;

CREATE TABLE limits (
  name TEXT NOT NULL, since INTEGER NOT NULL, seconds INTEGER NOT NULL, hits INTEGER NOT NULL,
  PRIMARY KEY (name, since, seconds)
) STRICT;
"""


@migrations()
def m001_first_form(db: Database) -> None:
    """Everything the first form needs. Runs inside the transaction of its record."""
    for script in (PEOPLE, DOCUMENTS, FILES, WORK):
        db.executescript(script)


ENTERING = """
ALTER TABLE people ADD COLUMN disabled_at TEXT;
ALTER TABLE sessions ADD COLUMN browser TEXT NOT NULL DEFAULT '';

CREATE TABLE links (
  token_hash TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES people (id), target TEXT NOT NULL,
  made_at TEXT NOT NULL, expires_at TEXT NOT NULL, used_at TEXT
) STRICT;
CREATE INDEX links_by_person ON links (person_id);

CREATE TABLE outbox (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, person_id TEXT REFERENCES people (id), payload TEXT NOT NULL,
  added_at TEXT NOT NULL, due_at TEXT NOT NULL, until TEXT,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'dead')),
  lease TEXT, lease_until TEXT, attempts INTEGER NOT NULL, problem TEXT, ended_at TEXT
) STRICT;
CREATE INDEX outbox_by_state ON outbox (state, due_at);
CREATE INDEX outbox_by_person ON outbox (person_id, added_at);

CREATE TABLE deeds (
  number INTEGER PRIMARY KEY, kind TEXT NOT NULL, person_id TEXT NOT NULL, actor_id TEXT NOT NULL,
  role TEXT NOT NULL, scope_kind TEXT NOT NULL, scope_id TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
CREATE INDEX deeds_by_person ON deeds (person_id);
CREATE TRIGGER deeds_stay_as_they_are BEFORE UPDATE ON deeds BEGIN SELECT RAISE(ABORT, 'deeds are append-only'); END;
CREATE TRIGGER deeds_stay BEFORE DELETE ON deeds BEGIN SELECT RAISE(ABORT, 'deeds are append-only'); END;

CREATE TABLE heartbeats (name TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT;
"""


@migrations()
def m002_people_enter(db: Database) -> None:
    """Links, mail, who was given what by whom, and who was seen at work."""
    db.executescript(ENTERING)


LIFE = """
CREATE TABLE part_states (
  document_id TEXT NOT NULL REFERENCES documents (id), part TEXT NOT NULL, state TEXT NOT NULL,
  PRIMARY KEY (document_id, part)
) STRICT;

CREATE TABLE comments (
  id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents (id), path TEXT NOT NULL, submission INTEGER NOT NULL,
  person_id TEXT NOT NULL REFERENCES people (id), text TEXT NOT NULL, at TEXT NOT NULL,
  answer TEXT NOT NULL, answered_by TEXT REFERENCES people (id), answered_at TEXT
) STRICT;
CREATE INDEX comments_by_document ON comments (document_id, at);

CREATE TABLE signatures (
  id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents (id), path TEXT NOT NULL,
  person_id TEXT NOT NULL REFERENCES people (id), role TEXT NOT NULL, name TEXT NOT NULL, position TEXT NOT NULL,
  institution TEXT NOT NULL, method TEXT NOT NULL, hash TEXT NOT NULL, image TEXT NOT NULL, at TEXT NOT NULL, void_at TEXT
) STRICT;
CREATE UNIQUE INDEX signatures_stand ON signatures (document_id, path) WHERE void_at IS NULL;

CREATE TABLE signing_codes (
  person_id TEXT NOT NULL REFERENCES people (id), document_id TEXT NOT NULL REFERENCES documents (id),
  mark TEXT NOT NULL, expires_at TEXT NOT NULL, wrong INTEGER NOT NULL,
  PRIMARY KEY (person_id, document_id)
) STRICT;

CREATE TABLE digests (
  person_id TEXT NOT NULL REFERENCES people (id), day TEXT NOT NULL, PRIMARY KEY (person_id, day)
) STRICT;

CREATE INDEX renditions_by_content ON renditions (sha256);
CREATE INDEX documents_by_state ON documents (state);
"""


@migrations()
def m003_documents_live(db: Database) -> None:
    """States of parts, comments, signatures and their codes, reminders that were sent."""
    db.executescript(LIFE)


EXCHANGES = """
ALTER TABLE dossiers ADD COLUMN state TEXT NOT NULL DEFAULT '';
ALTER TABLE dossiers ADD COLUMN people TEXT NOT NULL DEFAULT '{}';
ALTER TABLE dossiers ADD COLUMN host_office_id TEXT REFERENCES offices (id);
ALTER TABLE dossiers ADD COLUMN visiting_office_id TEXT REFERENCES offices (id);
CREATE INDEX dossiers_by_programme ON dossiers (programme, state);
"""


@migrations()
def m004_dossiers_of_exchanges(db: Database) -> None:
    """How far an exchange is, who has which role in it, and the offices that accompany it."""
    db.executescript(EXCHANGES)


PARTS = """
CREATE TABLE grants_wider (
  id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES people (id), role TEXT NOT NULL,
  scope_kind TEXT NOT NULL CHECK (scope_kind IN ('everything', 'programme', 'office', 'unit', 'dossier_side', 'document', 'subject')),
  scope_id TEXT NOT NULL CHECK ((scope_kind = 'everything') = (scope_id = '')), given_at TEXT NOT NULL,
  UNIQUE (person_id, role, scope_kind, scope_id)
) STRICT;
INSERT INTO grants_wider SELECT * FROM grants;
DROP TABLE grants;
ALTER TABLE grants_wider RENAME TO grants;
CREATE INDEX grants_by_scope ON grants (scope_kind, scope_id, role);

ALTER TABLE signatures ADD COLUMN part_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE signatures ADD COLUMN carried TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN ends_at TEXT;

CREATE TABLE dossier_keys (
  person_id TEXT NOT NULL REFERENCES people (id), dossier_id TEXT NOT NULL REFERENCES dossiers (id),
  wrapped BLOB NOT NULL, made_at TEXT NOT NULL,
  PRIMARY KEY (person_id, dossier_id)
) STRICT;

CREATE TABLE remarks (
  id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents (id), person_id TEXT NOT NULL REFERENCES people (id),
  text TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
"""


@migrations()
def m005_parts_have_people(db: Database) -> None:
    """Grants for one subject of a dossier, signatures of parts, keys of health values, and why somebody did what they did."""
    db.executescript(PARTS)


IMPORTS = """
CREATE TABLE imports (
  id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents (id), person_id TEXT NOT NULL REFERENCES people (id),
  sealed BLOB NOT NULL, revisions TEXT NOT NULL, taken TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
CREATE INDEX imports_by_moment ON imports (at);
"""


@migrations()
def m006_filled_forms_come_back(db: Database) -> None:
    """What filled forms said, until it is accepted or a day is over."""
    db.executescript(IMPORTS)


PACKETS = """
CREATE TABLE packets (
  id TEXT PRIMARY KEY, dossier_id TEXT NOT NULL REFERENCES dossiers (id), kind TEXT NOT NULL, variant TEXT NOT NULL,
  language TEXT NOT NULL, content TEXT NOT NULL, records TEXT NOT NULL, verification TEXT NOT NULL UNIQUE,
  person_id TEXT NOT NULL REFERENCES people (id), at TEXT NOT NULL, pages INTEGER NOT NULL, unsealed TEXT NOT NULL, sealed TEXT NOT NULL,
  UNIQUE (dossier_id, kind, variant, language, content)
) STRICT;
CREATE INDEX packets_by_file ON packets (sealed);
"""


@migrations()
def m007_packets(db: Database) -> None:
    """Packets of signed documents."""
    db.executescript(PACKETS)
