"""A form filled offline comes back: what it says is compared with today's answers, and only what the person accepts is saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import IO, Final

from app import i18n
from app.errors import N_, BadFile, TooLarge
from app.rendering.fillable import reading
from app.rendering.fillable.reading import Sent
from app.store import Document, Import, Person, Store
from app.workflow import access, dossiers, filled_forms, merging, saving, undoing
from app.workflow.attaching import clean_name
from app.workflow.comparing import Comparison, comparison, leaves_of
from app.workflow.filled_forms import Unusable
from app.workflow.offline import ECHOES, LANGUAGE, Share, share_of
from app.workflow.renditions import LANGUAGES
from app.workflow.saving import UNDONE, Changes, Now, Saved
from forms.path import SPELLED, AnswerPath
from forms.values import Json
from forms.view import Formatter

MB: Final = 1024 * 1024
LARGEST: Final = 10 * MB
"""Bytes of a filled form; the fullest of ours has a tenth of that."""
BEGINS: Final = 1024
"""Bytes in which a PDF says that it is one."""
IMPORTED: Final = "answers_imported"
EMPTY_FILE: Final = N_("El archivo está vacío. Elija el PDF que llenó.")
NOT_PDF: Final = N_("Este archivo no es un PDF, aunque su nombre lo diga. Elija el PDF rellenable que descargó de aquí.")
NOT_OURS: Final = N_("Este PDF no es un formulario descargado de aquí. Descargue el PDF rellenable de este documento y llénelo.")
OTHER_FORM: Final = N_("Este PDF es de otro formulario ({said}); aquí se sube el {here}. Súbalo en su documento.")
OLD_EDITION: Final = N_("Este PDF es de la edición {said} del formulario; aquí se usa la {here}. Descargue el de hoy y pase lo escrito.")
OTHER_DOCUMENT: Final = N_("Este PDF es de otro documento. Súbalo en el documento del que lo descargó.")
NO_REVISION: Final = N_("Este PDF dice ser de una revisión que este documento no tiene. Descargue el PDF de hoy y llénelo otra vez.")
WHICH_DOCUMENT: Final = N_("Este PDF es un formulario en blanco: diga de qué documento es.")
MOST_DIGITS: Final = 10


def looked_at(stream: IO[bytes]) -> Sent:
    """What a filled form says, opened in the jail. Raises BadFile with one sentence, TooLarge."""
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise TooLarge(most=f"{LARGEST // MB} MB")
    if not data:
        raise BadFile(EMPTY_FILE)
    if b"%PDF-" not in data[:BEGINS]:
        raise BadFile(NOT_PDF)
    return reading.read(data)


def received(store: Store, person: Person, document: Document, stream: IO[bytes], filename: str, key: str = "") -> Import:
    """Keep what a filled form of this document says, for a day and for this person. Nothing of the document changes.

    A blank form of the same edition is taken too. Raises BadFile with one sentence, TooLarge, NotFound, Forbidden.
    """
    access.require(store, person, "fill", document)
    known = store.requests.answer(key, person.id) if key else None
    if known is None:
        told = _told(store, person, document, looked_at(stream), clean_name(filename))
        known = store.requests.once(key, person.id, f"import:{document.id}", lambda: store.imports.add(document.id, person.id, told))
    return store.imports.get(str(known), document.id, person.id)


def _told(store: Store, person: Person, document: Document, sent: Sent, name: str) -> Json:
    """What is kept of a file: the answers that are not as they were printed."""
    _checked(document, sent.about)
    view, revision = dossiers.view_of(store, document), _revision(sent.about)
    current = saving.now(store, document, view)
    if revision is not None and revision > current.revision:
        raise BadFile(NO_REVISION)
    printed = {} if revision is None else saving.now(store, document, view, revision).shown
    heard, language = _heard(sent), "".join(sent.fields.get(f"_{LANGUAGE}", ()))
    fmt = i18n.formatter(language if language in LANGUAGES else LANGUAGES[0], view.country)
    share = share_of(store, person, document)
    said = filled_forms.read(sent.fields, printed, heard, current, fmt, share.holds)
    changed = {path.pdf: value for path, value in said.leaves.items()}
    return {
        "name": name,
        "revision": revision,
        "leaves": changed,
        "heard": {path: heard[path] for path in changed if path in heard},
        "unusable": [_plain(each) for each in said.unusable],
        "unknown": said.unknown,
        "drawn": [path for path in sent.differing if SPELLED.match(path)],
    }


def _plain(each: Unusable) -> Json:
    return {"path": each.path.pdf, "message": each.message, "places": each.places, "said": each.said}


def _heard(sent: Sent) -> dict[str, str]:
    """The echoes a file carries, by path: 'path=digest' between blanks."""
    pairs = (each.partition("=") for each in "".join(sent.fields.get(f"_{ECHOES}", ())).split())
    return {path: digest for path, _, digest in pairs}


def _checked(document: Document, about: Mapping[str, str]) -> None:
    """Raises BadFile unless the file is this document's form, or a blank one of its edition."""
    if not about.get("form") or not about.get("edition"):
        raise BadFile(NOT_OURS)
    if about["form"] != document.form:
        raise BadFile(OTHER_FORM, said=_short(about["form"]), here=document.form)
    if about["edition"] != document.edition:
        raise BadFile(OLD_EDITION, said=_short(about["edition"]), here=document.edition)
    if about.get("document", "") not in ("", document.id):
        raise BadFile(OTHER_DOCUMENT)


def _revision(about: Mapping[str, str]) -> int | None:
    """The revision the file was made from; None for a blank form. Raises BadFile."""
    said = about.get("revision", "")
    if not about.get("document"):
        return None
    if not (said.isascii() and said.isdecimal() and len(said) < MOST_DIGITS):
        raise BadFile(NO_REVISION)
    return int(said)


def _short(said: str) -> str:
    """What a file says of itself, short and safe to print."""
    return "".join(letter if letter.isprintable() else "?" for letter in said[:20])


def document_of(store: Store, sent: Sent) -> Document:
    """The document a filled form names. Raises BadFile for a file that names none, NotFound for one that is not here."""
    if not sent.about.get("document"):
        raise BadFile(WHICH_DOCUMENT)
    return store.documents.get(sent.about["document"])


def differences(store: Store, person: Person, document: Document, import_id: str, fmt: Formatter) -> Comparison:
    """An uploaded file against today's answers. Raises NotFound for what is not this person's, or older than a day."""
    access.require(store, person, "fill", document)
    kept = store.imports.get(import_id, document.id, person.id)
    return comparison(store, document, kept, share_of(store, person, document), fmt)


def accept(
    store: Store,
    person: Person,
    document: Document,
    import_id: str,
    paths: Iterable[AnswerPath],
    key: str = "",
    revision: int | None = None,
) -> Saved:
    """Save the chosen answers of an uploaded file, under the rules of typing; what is not open now is left.

    `paths` are those of differences, `revision` the one they were shown against: what others changed since is left and told in
    `clashed`. Raises NotFound, Forbidden, Locked.
    """
    chosen = tuple(paths)
    access.require(store, person, "fill", document)
    store.imports.get(import_id, document.id, person.id)

    def act(current: Now) -> Saved:
        kept = store.imports.get(import_id, document.id, person.id)
        seen = current if revision in (None, current.revision) else saving.now(store, document, current.view, revision)
        posted = _chosen(leaves_of(kept), chosen, share_of(store, person, document))
        outcome = merging.merged(posted, seen, current)
        saved = saving.write(store, person, document, "", outcome.changes, current, kind=IMPORTED, base=seen.revision)
        if saved.changed:
            left = (*outcome.clashed, *(problem.path for problem in outcome.refused))
            taken = [path.pdf for path in chosen if not any(_about(path, each) for each in left)]
            store.imports.took(import_id, (*kept.revisions, saved.revision), tuple(dict.fromkeys((*kept.taken, *taken))))
        return replace(saved, refused=outcome.refused, clashed=outcome.clashed)

    return saving.once(store, person, document, f"accept:{import_id}", key, act)


def undo(store: Store, person: Person, document: Document, import_id: str, key: str = "") -> Saved:
    """Give back what was taken from an uploaded file; what others changed since stays as it is."""

    def act(current: Now) -> Saved:
        kept = store.imports.get(import_id, document.id, person.id)
        if not kept.revisions:
            return Saved(current.revision)
        back = undoing.as_before(store, document, current, list(kept.revisions))
        store.imports.took(import_id, (), ())
        return saving.write(store, person, document, "", back, current, UNDONE, base=kept.revisions[0] - 1)

    return saving.once(store, person, document, f"give-back:{import_id}", key, act)


def _chosen(leaves: Changes, chosen: Iterable[AnswerPath], share: Share) -> dict[AnswerPath, Json]:
    """The leaves of the chosen answers and rows that may be written now."""
    wanted = tuple(chosen)
    open_now = {path: value for path, value in leaves.items() if share.opening.allows(path)}
    return {path: value for path, value in open_now.items() if any(merging.within(path, each) for each in wanted)}


def _about(path: AnswerPath, other: AnswerPath) -> bool:
    other = merging.owner(other)
    return merging.within(path, other) or merging.within(other, path)
