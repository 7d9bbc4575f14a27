"""What a form asks, in reading order, and the shape that many documents share."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.errors import N_
from forms.blocks import Asked, Box, BoxRows, Condition, Heading
from forms.path import AnswerPath
from forms.resolved import AskedSection

ONLINE = ("file", "signature", "note")
"""Boxes nobody fills on paper."""
TICKED = ("radio", "checks")
"""Boxes with options to tick."""
ROW = N_("{label}, fila {number}")
ONLY_IF, ONLY_WITH = N_("Solo si «{question}» es {answers}"), N_("Solo si respondió «{question}»")
UNLESS, QUOTED = N_("Salvo si «{question}» es {answers}"), N_("«{answer}»")
Words = Callable[..., str]


@dataclass(frozen=True)
class Question:
    """A box to fill. `where` names the row it stands in: the label of the table and the row's number, from 1."""

    box: Box
    where: tuple[str, int] | None = None

    def placed(self, words: Words) -> str:
        """Its label, and the row it stands in before it."""
        row = words(ROW, label=self.where[0], number=self.where[1]) if self.where else ""
        return ": ".join(filter(None, (row, self.box.label)))


def questions(sections: Iterable[AskedSection]) -> list[Question]:
    """Every box that is filled on paper."""
    return [question for section in sections for asked in section.boxes for question in _within(asked, None)]


def _within(asked: Asked, where: tuple[str, int] | None) -> Iterator[Question]:
    if isinstance(asked, Box) and asked.type not in ONLINE:
        yield Question(asked, where)
    if isinstance(asked, BoxRows):
        for number, row in enumerate(asked.rows, 1):
            for each in row.boxes:
                yield from _within(each, (asked.label, number))


def tables(sections: Iterable[AskedSection]) -> Iterator[BoxRows]:
    """Every table."""
    return (asked for section in sections for asked in section.boxes if isinstance(asked, BoxRows))


def shape(sections: Iterable[AskedSection]) -> Hashable:
    """Equal for documents whose pages differ in answers and ids of rows only."""
    return tuple((section.number, section.title, tuple(map(_shape, section.boxes))) for section in sections)


def _shape(asked: Asked) -> Hashable:
    if isinstance(asked, Box):
        rest = asked.limit, asked.span, asked.options, asked.steps, asked.required, _condition(asked.condition)
        return asked.type, asked.label, asked.help, *rest
    if isinstance(asked, BoxRows):
        rows = tuple((tuple(map(_shape, row.boxes)), row.summary if asked.fixed else ()) for row in asked.rows)
        return asked.label, asked.help, asked.high, asked.view, _condition(asked.condition), rows
    return asked.label if isinstance(asked, Heading) else asked.paragraphs


def _condition(condition: Condition | None) -> Hashable:
    return condition and (condition.paths[0].steps[-1], condition.values)


def conditions(sections: Iterable[AskedSection], words: Words) -> Mapping[AnswerPath, str]:
    """What a question depends on, in words, where that is on paper too."""
    every = [each for section in sections for asked in section.boxes for each in _all(asked)]
    known = {each.path: each for each in every}
    told = {each.path: _told(each.condition, known, words) for each in every if each.condition}
    return {path: text for path, text in told.items() if text}


def _all(asked: Asked) -> Iterator[Box | BoxRows]:
    if isinstance(asked, Box | BoxRows):
        yield asked
    if isinstance(asked, BoxRows):
        for row in asked.rows:
            for each in row.boxes:
                yield from _all(each)


def _told(condition: Condition, known: Mapping[AnswerPath, Box | BoxRows], words: Words) -> str:
    found = next((known[path] for path in condition.paths if path in known), None)
    if found is None:
        return ""
    if not condition.values:
        return words(ONLY_WITH, question=found.label)
    options = dict(found.options) if isinstance(found, Box) else {}
    others = [code for code in options if code not in condition.values]
    rather = 0 < len(others) < len(condition.values)  # the shorter list reads better
    answers = " / ".join(words(QUOTED, answer=options.get(value, value)) for value in (others if rather else condition.values))
    return words(UNLESS if rather else ONLY_IF, question=found.label, answers=answers)
