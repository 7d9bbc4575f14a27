"""Runs that make files: an item each, done when its file is stored, and the ZIP of them with a list. A killed worker costs one file.

A kind of item says in `STEPS` what makes it: `@step("packet")`."""

from __future__ import annotations

import csv
import io
import logging
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO, Final, Literal, TypeAlias

from app import clock
from app.config import Settings
from app.errors import N_, NotFound, NotSaved, Stale, Told
from app.rendering.preview import page_count
from app.store import Document, Item, Json, Person, Store, StoredFile, open_store
from app.store.files import FULL
from app.workflow import access, queueing, renditions
from app.workflow.renditions import LANGUAGES, MEDIA, ZIPPED, Rendition

KIND: Final = "zip"
ZIP: Final = "application/zip"
BIND: Final = "bind"
MANIFEST: Final = "MANIFEST.csv"
EPOCH: Final = (2027, 1, 1, 0, 0, 0)
"""The date inside the ZIP: equal content makes equal bytes."""
SHUTTING: Final = 0.5
"""Seconds between two looks at what other workers are still drawing."""
FAILED: Final = N_("No se pudo generar este archivo.")
DISK_FULL: Final = N_("El disco no admite más datos. Lo que ya estaba listo se conserva: libere espacio y continúe.")
State: TypeAlias = Literal["waiting", "working", "done", "failed", "cancelled"]
Step: TypeAlias = Callable[[Store, Item], dict[str, Json]]
"""Makes an item and says what became of it: of a kept file `sha256`, `size` in bytes, `pages` (None: it has none)."""
Work: TypeAlias = dict[str, Json]
"""What an item is: `kind`, the `name` of its file, and whatever its step needs."""
STEPS: Final[dict[str, Step]] = {}
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Run:
    """How far a download is: `done` of `total` steps; `failed` names the files that could not be made, `sha256` the ZIP once ready."""

    id: str
    state: State
    done: int
    total: int
    failed: tuple[str, ...]
    sha256: str
    problems: Mapping[str, str] = field(default_factory=dict)
    """Why, by name: msgids."""
    single: bool = False
    """Whether its first file is the one it was started for, the others come along."""


@dataclass(frozen=True)
class File:
    """A file of a run: kept under `sha256`, or '' and the `problem` (msgid). `size` in bytes; `pages` None where it has none."""

    name: str
    sha256: str = ""
    size: int = 0
    pages: int | None = None
    problem: str = ""


def step(*kinds: str) -> Callable[[Step], Step]:
    """Say what makes the items of some kinds."""

    def register(made: Step) -> Step:
        STEPS.update(dict.fromkeys(kinds, made))
        return made

    return register


def start(
    store: Store, person: Person, kind: str, what: str, key: str, items: Sequence[Work], name: str, *, bind: str = BIND,
    about: Mapping[str, Json] | None = None,
) -> Run:
    """Start a run of these items and, last, the ZIP of their files under `name`. The same key again is the same run.

    `bind` is the kind of that last item, `about` what the run is about as a whole.
    """
    work: list[Work] = [*items, {"kind": bind, "name": name}]
    run_id = str(store.requests.once(key, person.id, what[:200], lambda: store.jobs.add(kind, person.id, work, about).id))
    queueing.queue(store.settings, work_at).nudge(run_id)
    return _run(store, run_id)


def start_zip(store: Store, person: Person, dossier_ids: Sequence[str], key: str = "") -> Run:
    """Start making the ZIP of what the person may keep of some dossiers. Raises NotFound, Forbidden."""
    dossiers = [access.dossier(store, person, dossier_id, "download") for dossier_id in dossier_ids]
    every = (document for dossier in dossiers for document in store.documents.of(dossier.id))
    documents = [document for document in every if access.can(store, person, "download", document)]
    items = [file_item(store, document, kind, language) for document in documents for kind in ZIPPED for language in LANGUAGES]
    name = f"{dossiers[0].code}.zip" if len(dossiers) == 1 else f"informes_{clock.today().isoformat()}.zip"
    return start(store, person, KIND, f"zip:{','.join(dossier_ids)}", key, items, name)


def file_item(store: Store, document: Document, kind: str, language: str, folder: str = "") -> Work:
    """A document as a file of the ZIP, in a folder if one is given."""
    name = folder + renditions.filename(store, document, kind, language)
    return {"document": document.id, "kind": kind, "language": language, "name": name}


def progress(store: Store, person: Person, run_id: str) -> Run:
    """How far it is. Raises NotFound for a run that is not the person's."""
    _own(store, person, run_id)
    return _run(store, run_id)


def cancel(store: Store, person: Person, run_id: str) -> Run:
    """Make no further file. Raises NotFound."""
    _own(store, person, run_id)
    store.jobs.cancel(run_id)
    return _run(store, run_id)


def resume(store: Store, person: Person, run_id: str) -> Run:
    """Make what is not made yet, of a run that was stopped or has failures; what is made stays. Raises NotFound."""
    _own(store, person, run_id)
    store.jobs.resume(run_id)
    queueing.queue(store.settings, work_at).nudge(run_id)
    return _run(store, run_id)


def result(store: Store, person: Person, run_id: str) -> Rendition:
    """The ZIP. Raises NotFound until it is done."""
    _own(store, person, run_id)
    return made(store, person, run_id, str(store.jobs.items(run_id)[-1].payload["kind"]), ZIP)


def made(store: Store, person: Person, run_id: str, kind: str, media_type: str) -> Rendition:
    """The file of the one item of a kind. Raises NotFound until it is done, and where there is none or more than one."""
    _own(store, person, run_id)
    found = [item for item in store.jobs.items(run_id) if item.payload["kind"] == kind]
    if len(found) != 1:
        raise NotFound
    [bound] = found
    if bound.state != "done" or not isinstance(bound.result, Mapping):
        raise NotFound
    sha256 = str(bound.result["sha256"])
    return Rendition(store.files.read(sha256), str(bound.payload["name"]), media_type, sha256)


def work_at(settings: Settings, run_id: str) -> None:
    """Do everything there is to do in a run; another worker may be at it too."""
    with open_store(settings) as store:
        for _ in working(store, run_id):
            pass


def working(store: Store, run_id: str) -> Iterator[Item]:
    """Do it item by item, each told once it is done or has failed."""
    for item in _claims(store, run_id):
        _do(store, item)
        yield item


def _claims(store: Store, run_id: str) -> Iterator[Item]:
    while (item := store.jobs.claim(run_id)) is not None:
        yield item


def _do(store: Store, item: Item) -> None:
    """One item; a file that cannot be made is named in the list, and the others are delivered."""
    try:
        store.jobs.done(item, STEPS[str(item.payload["kind"])](store, item))
    except Stale:
        logger.info("item %s of %s was taken over or cancelled", item.number, item.job_id)
    except Told as told:
        _failed(store, item, str(told), again=False)
    except Exception:  # the worker's edge: one document must not stop the others
        logger.exception("item %s of %s", item.number, item.job_id)
        _failed(store, item, FAILED, again=True)


def _failed(store: Store, item: Item, problem: str, again: bool) -> None:
    try:
        store.jobs.failed(item, problem, again=again)
    except Stale:
        logger.info("item %s of %s was taken over or cancelled", item.number, item.job_id)


@step(*MEDIA)
def _file(store: Store, item: Item) -> dict[str, Json]:
    """Draw one file and keep it."""
    document = store.documents.get(str(item.payload["document"]))
    made = renditions.made(store, document, str(item.payload["kind"]), str(item.payload["language"]))
    kept = store.files.put(made.data, made.media_type)
    return {"sha256": kept.sha256, "size": kept.size, "pages": page_count(made.data) if made.media_type == "application/pdf" else None}


@step(BIND)
def _bound(store: Store, item: Item) -> dict[str, Json]:
    """Put all that was made in one ZIP, once nobody draws any more."""
    return {"sha256": zipped(store, [file_of(other) for other in settled(store, item)]).sha256}


def settled(store: Store, item: Item) -> tuple[Item, ...]:
    """The other items of the run, after the last of them is done or given up; helps with those that wait. For a run's last item."""
    while any(other.state in ("waiting", "working") and other.number != item.number for other in store.jobs.items(item.job_id)):
        other = store.jobs.claim(item.job_id)
        if other is not None:
            _do(store, other)
        else:
            time.sleep(SHUTTING)
        store.jobs.renew(item)
    return tuple(other for other in store.jobs.items(item.job_id) if other.number != item.number)


def file_of(item: Item) -> File:
    """What became of an item."""
    name, told = str(item.payload["name"]), item.result
    if item.state != "done" or not isinstance(told, Mapping):
        return File(name, problem=item.problem or FAILED)
    pages, size = told.get("pages"), told.get("size")
    return File(name, str(told["sha256"]), size if isinstance(size, int) else 0, pages if isinstance(pages, int) else None)


def zipped(store: Store, files: Sequence[File]) -> StoredFile:
    """One ZIP of those that were made, with the list of all. It grows on disk, not in memory."""
    with kept_open(store) as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for file in files:
                if file.sha256:
                    archive.writestr(_entry(file.name), store.files.read(file.sha256))
            archive.writestr(_entry(MANIFEST), _manifest(files))
        out.seek(0)
        return store.files.put(out, ZIP)


@contextmanager
def kept_open(store: Store) -> Iterator[BinaryIO]:
    """A file of no name on the disk of what is made, to write something large to. Raises NotSaved where the disk gives up."""
    try:
        store.settings.generated.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=store.settings.generated) as out:
            yield out
    except OSError as error:
        if error.errno in FULL:
            raise NotSaved(DISK_FULL) from error
        raise


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    return entry


def _manifest(files: Sequence[File]) -> bytes:
    """A line per file: name, pages, size in bytes, SHA-256, and why it is not there if it is not."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["archivo", "paginas", "bytes", "sha256", "problema"])
    for file in files:
        writer.writerow([file.name, file.pages or "", file.size if file.sha256 else "", file.sha256, file.problem])
    return out.getvalue().encode("utf-8-sig")


def _own(store: Store, person: Person, run_id: str) -> None:
    if store.jobs.get(run_id).person_id != person.id:
        raise NotFound


def _run(store: Store, run_id: str) -> Run:
    job, items = store.jobs.get(run_id), store.jobs.items(run_id)
    done = sum(item.state == "done" for item in items)
    *files, bound = items
    sha256 = str(bound.result["sha256"]) if isinstance(bound.result, Mapping) else ""
    state: State = (
        "cancelled" if job.cancelled_at else "done" if sha256 else "failed" if job.finished_at else "working" if done else "waiting"
    )
    lost = (item for item in files if item.state == "failed")
    failed = {str(item.payload["name"]): item.problem or FAILED for item in lost}
    kinds = [item.payload["kind"] for item in items]
    single = kinds.count(job.kind) == 1 and items[kinds.index(job.kind)].state == "done"
    return Run(run_id, state, done, len(items), tuple(failed), sha256, failed, single)
