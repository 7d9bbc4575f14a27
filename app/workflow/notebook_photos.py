"""Which photos of a diary are printed, and their pixels: as rights, the rules of institutions and the permissions of people allow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from app.rendering import jail, pictures
from app.rendering.notebook import BadPhoto, Photo
from app.store import Store
from app.workflow.lately import Lately
from forms.exchange.diary import PHOTOS, policies
from forms.exchange.sources import codes
from forms.values import Answers, mapping, rows_of
from forms.view import DossierView, Facts

DIARY: Final = "A6"
LONGEST: Final = 900
"""Pixels: 300 to the inch in the largest box of a day."""
COVER: Final = 1400


@dataclass(frozen=True)
class Photos:
    """Those that may be printed, by day (ISO); `left_out` counts the others."""

    cover: Photo | None
    days: Mapping[str, tuple[Photo, ...]]
    left_out: int


def of(store: Store, view: DossierView, subject: str, pictures: bool = True, printed: bool = False) -> Photos:
    """A person's photos; without `pictures` they hold nothing. With `printed` they are for a publication. Raises BadPhoto."""
    said = view.answers(DIARY, subject=subject)
    facts = Facts({}, said, view, subject=subject)
    found: dict[str, list[Photo]] = {}
    cover, left = None, 0
    for place, day, photo in _attached(said):
        if not allowed(facts, photo, day, printed=printed):
            left += 1
        elif place == "cover_photo":
            cover = _photo(store, photo, COVER, pictures=pictures)
        else:
            found.setdefault(str(day.get("date")), []).append(_photo(store, photo, LONGEST, pictures=pictures))
    return Photos(cover, {day: tuple(photos) for day, photos in found.items()}, left)


def _attached(said: Answers) -> Iterator[tuple[str, Answers, Answers]]:
    """(where, its day, photo); the cover has no day."""
    places: list[tuple[str, Answers, Answers]] = [("cover_photo", {}, mapping(said.get("cover_photo")))]
    places += [(key, row, mapping(row.get(key))) for row in rows_of(said.get("days")) for key in PHOTOS]
    return ((key, row, photo) for key, row, photo in places if photo.get("file"))


def allowed(facts: Facts, photo: Answers, day: Answers, printed: bool = False) -> bool:
    """R-16 and R-17: with rights, of a place that lets photos be taken, of people who agreed; `printed` for others to read."""
    rules = policies(facts, day)
    people = photo.get("people")
    if photo.get("rights") is not True or "none" in rules or people == "not_sure":
        return False
    if people == "adults_consented" and rules == {"spaces_only"}:
        return False
    asked = ("consent_photo", *(("consent_image_print",) if printed else ()))
    consents = [facts.dossier.answers("A7", subject=whom) for whom in codes(photo.get("travellers"))]
    return all(said.get(item) is True for said in consents for item in asked)


def _photo(store: Store, photo: Answers, longest: int, *, pictures: bool) -> Photo:
    caption = str(photo.get("caption") or "")
    return Photo(_pixels(store, str(mapping(photo["file"])["sha256"]), longest, caption) if pictures else b"", caption)


def _pixels(store: Store, sha256: str, longest: int, caption: str) -> bytes:
    try:
        return _SCALED.get((sha256, longest), lambda: pictures.for_paper(store.files.read(sha256), longest))
    except jail.Refused as refused:
        raise BadPhoto(caption=caption or "—") from refused


_SCALED: Final[Lately[bytes]] = Lately(60)
