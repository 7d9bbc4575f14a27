"""The archive PDF of a resolved document: PDF/UA-1 and PDF/A-3a with its answers attached."""

from __future__ import annotations

from collections.abc import Mapping

from app.rendering.fonts import Undrawable, drawable, undrawable
from app.rendering.readback import words_of
from app.rendering.record.composing import composed
from app.rendering.record.flowing import flowed
from app.rendering.record.writing import written
from forms.resolved import Resolved


def record(resolved: Resolved, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """The record; equal input gives equal bytes.

    `pictures` are the photos by content hash; one that is not given is described in words.
    Raises Undrawable, naming the answer, for a letter no shipped font has.
    """
    check(resolved)
    composition = composed(resolved, pictures or {})
    return written(resolved, composition, flowed(composition, resolved.imprint), pictures or {})


def check(resolved: Resolved) -> None:
    """Raises Undrawable, naming the answer, if a letter could not be drawn."""
    letters = drawable()
    for section in resolved.sections:
        for answer in section.answers:
            text = "".join(words_of(answer.blocks))
            if not letters.issuperset(text):
                raise Undrawable(answer.label, undrawable(text))
    around = "".join((resolved.title, *map(str, vars(resolved.imprint).values()), *(section.title for section in resolved.sections)))
    if not letters.issuperset(around):
        raise Undrawable(resolved.title, undrawable(around))


__all__ = ["check", "record"]
