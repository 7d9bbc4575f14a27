"""What every box of a form needs while it is laid out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.rendering.fillable.paper import Slot
from app.rendering.fillable.questions import Question, Words
from app.rendering.record.place import Place
from app.rendering.tagging import Node
from forms.blocks import Box
from forms.path import AnswerPath


@dataclass(frozen=True)
class Desk:
    """`place` is where things stand; `asked` the questions by path, `conditions` what they depend on, in words."""

    place: Place
    words: Words
    asked: Mapping[AnswerPath, tuple[int, Question]]
    conditions: Mapping[AnswerPath, str]
    live: bool

    def at(self, place: Place) -> Desk:
        """The same elsewhere."""
        return replace(self, place=place)

    def slot(self, box: Box, part: int, kind: str, node: Node, more: str = "") -> Slot:
        """The slot of an input; its tooltip says all that is said around it, and how it is written."""
        number, question = self.asked[box.path]
        told = (question.placed(self.words), more, box.help, self.conditions.get(box.path, ""))
        return Slot(number, part, kind, " · ".join(filter(None, told)), node)  # type: ignore[arg-type]
