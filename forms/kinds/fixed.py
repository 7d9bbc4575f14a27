"""Words of the form itself, which nobody answers."""
from __future__ import annotations

from dataclasses import dataclass

from forms.blocks import Asked, Block, Cell, Column, Note
from forms.kinds.base import Schema, Untyped
from forms.kinds.nested import Group
from forms.kinds.words import tags
from forms.path import AnswerPath
from forms.values import Json, Printed
from forms.view import Facts, Reading


@dataclass(frozen=True, kw_only=True)
class Wording(Untyped):
    """The house's own words, one msgid or several, where a calculation puts them: titles and labels of forms."""

    def schema(self) -> Schema:
        return {"type": ["string", "array"], "items": {"type": "string"}}

    def text(self, value: Json, at: Reading) -> str:
        return at.fmt.listed([at.fmt.words(said) for said in (tags(value) or [str(value or "")]) if said])

    def boxes(self, path: AnswerPath, value: Json, at: Reading) -> tuple[Asked, ...]:
        return ()


@dataclass(frozen=True, kw_only=True)
class Static(Untyped):
    """Paragraphs printed as they stand; the label is their name, not shown."""

    words: tuple[str, ...] = ()

    def check(self, value: Json) -> Json:
        return None

    def schema(self) -> Schema:
        return {"type": "null", "readOnly": True, "description": " ".join(self.words)}

    def text(self, value: Json, at: Reading) -> Printed:
        return "\n".join(map(at.fmt.words, self.words))

    def line(self, value: Json, at: Reading) -> str:
        return " ".join(map(at.fmt.words, self.words))

    def told(self, value: Json, at: Reading) -> tuple[str, ...]:
        return tuple(map(at.fmt.words, self.words))

    def blocks(self, path: AnswerPath, value: Json, at: Reading) -> tuple[Block, ...]:
        return (Note(path, self.told(value, at)),)

    def boxes(self, path: AnswerPath, value: Json, at: Reading) -> tuple[Asked, ...]:
        return (Note(path, self.told(value, at)),)

    def cells(self, path: AnswerPath, value: Json, at: Reading) -> dict[str, Cell]:
        return {}

    def columns(self, at: Reading) -> tuple[Column, ...]:
        return ()

    def filled(self, value: Json, facts: Facts) -> Json:
        return None


@dataclass(frozen=True, kw_only=True)
class Notice(Group):
    """Something to read: titles, paragraphs, and what is read from elsewhere. Nobody answers in it: it is no row of a field table."""

    stored = False

    @property
    def counted(self) -> int:
        return 0
