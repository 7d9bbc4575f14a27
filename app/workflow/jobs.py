"""Runs that make files: an item each, done when its file is stored, and the ZIP of them with a list. A killed worker costs one file.

A kind of item says in `STEPS` what makes it: `@step("packet")`."""

from __future__ import annotations

import csv
import io
import logging
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from app import clock
from app.config import Settings
from app.errors import N_, NotFound, Stale, Told
from app.rendering.preview import page_count
from app.store import Document, Item, Json, Person, Store, open_store
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


def step(*kinds: str) -> Callable[[Step], Step]:
    """Say what makes the items of some kinds."""

    def register(made: Step) -> Step:
        STEPS.update(dict.fromkeys(kinds, made))
        return made

    return register


def start(store: Store, person: Person, kind: str, what: str, key: str, items: Sequence[Work], name: str) -> Run:
    """Start a run of these items and, last, the ZIP of their files under `name`. The same key again is the same run."""
    work: list[Work] = [*items, {"kind": BIND, "name": name}]
    run_id = str(store.requests.once(key, person.id, what[:200], lambda: store.jobs.add(kind, person.id, work).id))
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


def result(store: Store, person: Person, run_id: str) -> Rendition:
    """The ZIP. Raises NotFound until it is done."""
    return made(store, person, run_id, BIND, ZIP)


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
        for item in _claims(store, run_id):
            _do(store, item)


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
    while any(other.state in ("waiting", "working") and other.number != item.number for other in store.jobs.items(item.job_id)):
        other = store.jobs.claim(item.job_id)
        if other is not None:
            _do(store, other)
        else:
            time.sleep(SHUTTING)
        store.jobs.renew(item)
    files = [other for other in store.jobs.items(item.job_id) if other.number != item.number]
    kept = store.files.put(_zipped(store, files), ZIP)
    return {"sha256": kept.sha256}


def _zipped(store: Store, files: Sequence[Item]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for item in files:
            if item.state == "done" and isinstance(item.result, Mapping):
                archive.writestr(_entry(str(item.payload["name"])), store.files.read(str(item.result["sha256"])))
        archive.writestr(_entry(MANIFEST), _manifest(files))
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    return entry


def _manifest(files: Sequence[Item]) -> bytes:
    """A line per file: name, pages, size in bytes, SHA-256, and why it is not there if it is not."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["archivo", "paginas", "bytes", "sha256", "problema"])
    for item in files:
        made = item.result if item.state == "done" and isinstance(item.result, Mapping) else {}
        writer.writerow(
            [
                item.payload["name"],
                made.get("pages") or "",
                made.get("size", ""),
                made.get("sha256", ""),
                "" if made else item.problem or FAILED,
            ]
        )
    return out.getvalue().encode("utf-8-sig")


def _own(store: Store, person: Person, run_id: str) -> None:
    if store.jobs.get(run_id).person_id != person.id:
        raise NotFound


def _run(store: Store, run_id: str) -> Run:
    job, items = store.jobs.get(run_id), store.jobs.items(run_id)
    done = sum(item.state == "done" for item in items)
    bound = next((item for item in items if item.payload["kind"] == BIND), None)
    sha256 = str(bound.result["sha256"]) if bound is not None and isinstance(bound.result, Mapping) else ""
    state: State = (
        "cancelled" if job.cancelled_at else "done" if sha256 else "failed" if job.finished_at else "working" if done else "waiting"
    )
    lost = (item for item in items if item.state == "failed" and item.payload["kind"] != BIND)
    failed = {str(item.payload["name"]): item.problem or FAILED for item in lost}
    kinds = [item.payload["kind"] for item in items]
    single = kinds.count(job.kind) == 1 and items[kinds.index(job.kind)].state == "done"
    return Run(run_id, state, done, len(items), tuple(failed), sha256, failed, single)
