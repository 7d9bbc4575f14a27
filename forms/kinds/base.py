"""The contract of an answer kind: every projection of one answer, each a pure function."""
from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from typing import Any, ClassVar, Literal, TypeAlias, TypeVar

from forms.blocks import Asked, Block, Box, BoxRows, BoxType, Cell, Column, Condition, Line
from forms.path import AnswerPath
from forms.values import EMPTY, N_, Json, Printed, Refused
from forms.view import Facts, Reading, When

Sensitivity: TypeAlias = Literal["none", "personal", "internal", "restricted", "health", "money"]
Schema: TypeAlias = dict[str, Any]
Sees: TypeAlias = Callable[["Kind"], bool]
Question = TypeVar("Question", Box, BoxRows)


@dataclass(frozen=True)
class Prefill:
    """Where an untouched answer is read from. `source` completes «viene de …»."""

    source: str
    read: Callable[[Facts], Json]
    once: bool = False
    """Whether what it said when it was sent stays right, whatever its source says later: the version that was reviewed."""


@dataclass(frozen=True)
class Problem:
    """What is wrong or lacking at one answer; `message` is a msgid with named places."""

    path: AnswerPath
    message: str
    places: dict[str, object]


@dataclass(frozen=True)
class Kind:
    """A field: what is asked under `key`. The defaults serve answers of one line; a value is its stored JSON.

    `sensitivity` decides who sees it and whether it is encrypted, `span` its share of the twelve columns,
    `filler` a role other than the part's that fills it.
    """

    key: str
    label: str
    _: KW_ONLY
    help: str = ""
    required: bool = False
    sensitivity: Sensitivity = "none"
    prefill: Prefill | None = None
    when: When | None = None
    span: int = 12
    filler: str = ""

    stored: ClassVar[bool] = True
    """False for what nobody types: calculations, signatures, fixed words."""
    live: ClassVar[bool] = False
    """True for what goes on changing after submission."""

    def parse(self, raw: Sequence[str], at: Reading) -> Json:
        """The value of what a browser or a PDF sent, one string per input or tick. Raises Refused."""
        raise NotImplementedError

    def raw(self, value: Json, at: Reading) -> tuple[str, ...]:
        """What stands in the box; parse(raw(value)) == value."""
        return () if value in EMPTY else (str(value),)

    def check(self, value: Json) -> Json:
        """The value itself if its type and limits hold, also for JSON nobody typed. Raises Refused."""
        raise NotImplementedError

    def schema(self) -> Schema:
        """The same limits as JSON Schema 2020-12."""
        raise NotImplementedError

    def text(self, value: Json, at: Reading) -> Printed:
        """The answer in words, as Word and the screens print it."""
        raise NotImplementedError

    def blocks(self, path: AnswerPath, value: Json, at: Reading) -> tuple[Block, ...]:
        """How the answer reads on paper."""
        return (Line(path, at.fmt.words(self.label), self.line(value, at), self.span, self.spoken),)

    @property
    def spoken(self) -> bool:
        """Whether its label is a sentence that the answer completes."""
        return False

    def boxes(self, path: AnswerPath, value: Json, at: Reading) -> tuple[Asked, ...]:
        """How the answer is asked, on a page and on the blank form."""
        raise NotImplementedError

    def settled(self, value: Json, at: Reading) -> Json:
        """The parsed value once all answers of the post are in; only what refers to others needs it. Raises Refused."""
        return value

    def line(self, value: Json, at: Reading) -> str:
        """The text as one string, for a narrow cell; '' if there is no answer."""
        return str(self.text(value, at)) if value not in EMPTY else ""

    def told(self, value: Json, at: Reading) -> tuple[str, ...]:
        """The answer and what it is called, a paragraph each where it has several; none if there is no answer."""
        said = self.line(value, at)
        return (f"{at.fmt.words(self.label)}: {said}",) if said else ()

    def cells(self, path: AnswerPath, value: Json, at: Reading) -> dict[str, Cell]:
        """What stands in a row of a table, by column key; a group has several columns."""
        blocks = self.blocks(path, value, at)
        line = blocks[0]
        return {self.key: Cell(value, line.text if isinstance(line, Line) else self.line(value, at), blocks)}

    def place(self, value: Json, at: Reading) -> tuple[int, str]:
        """Where a row with this value comes in a view that orders its rows by this column: figures by size, words by letter."""
        return (value, "") if isinstance(value, int) else (0, str(value or ""))

    def columns(self, at: Reading) -> tuple[Column, ...]:
        """The columns `cells` fills."""
        return (Column(self.key, at.fmt.words(self.label), self.span),)

    def problems(self, value: Json, path: AnswerPath, at: Reading) -> Iterator[Problem]:
        """What is wrong with a value in any draft: type and upper limits. An empty one is never wrong."""
        if value in EMPTY:
            return
        try:
            self.settled(self.check(value), at)
        except Refused as refused:
            yield Problem(path, refused.message, refused.places)

    def missing(self, value: Json, path: AnswerPath, facts: Facts) -> Iterator[Problem]:
        """What still lacks at submission: answers that are required, lower limits."""
        if self.required and self.stored and value in EMPTY and self.wanted(facts):
            yield Problem(path, N_("Falta «{label}»."), self.places)

    def wanted(self, facts: Facts) -> bool:
        """Whether the condition holds; what is not wanted is neither missing nor shown."""
        return self.when is None or self.when.holds(facts)

    def stands(self, facts: Facts) -> bool:
        """Whether it is among the answers: what is wanted, and on a page also what another answer of it may make wanted."""
        return self.wanted(facts) or (facts.keeping and self.when is not None and not self.when.denied(facts))

    def filled(self, value: Json, facts: Facts) -> Json:
        """The value with prefill read through; "" is an answer emptied on purpose."""
        return self.prefill.read(facts) if self.prefill and value is None and not facts.frozen else value

    def narrowed(self, sees: Sees) -> Kind | None:
        """The definition an audience may know; None if it may not."""
        return self if sees(self) else None

    def seen(self, value: Json) -> Json:
        """The value without what a narrowed definition no longer asks."""
        return value

    def leaves(self, value: Json, path: AnswerPath) -> Iterator[tuple[AnswerPath, Json]]:
        """The pieces two people may change without a conflict; money or a range is one piece."""
        yield path, value

    def sample(self, full: bool, n: int = 0) -> Json:
        """A value at the upper limits, or the least that is accepted; `n` tells one row's from the next."""
        raise NotImplementedError

    @property
    def counted(self) -> int:
        """How many rows of a field table this field is (see Form.field_rows)."""
        return 1

    def box(self, type_: BoxType, path: AnswerPath, value: Json, at: Reading, **more: Any) -> Box:
        """The one box of a kind, with what every kind says of it."""
        words = at.fmt.words
        box = Box(path, type_, words(self.label), words(self.help), span=self.span, required=self.required, raw=self.raw(value, at), **more)
        return self.asking(box, at)

    def asking(self, question: Question, at: Reading) -> Question:
        """The box with its condition, and where a value read through comes from."""
        if self.when is None and self.prefill is None:
            return question
        source = at.fmt.words(self.prefill.source) if self.prefill else ""
        condition = self._condition(question.path)
        if not at.stored(question.path):
            return replace(question, condition=condition, source=source)
        return replace(question, condition=condition, changed=source if source and at.sourced(question.path) else "")

    def _condition(self, path: AnswerPath) -> Condition | None:
        """The answer it depends on is beside it, or beside what it stands in; one of another form is not on any page."""
        if self.when is None or self.when.foreign:
            return None
        around = (AnswerPath((*path.steps[:length], self.when.key)) for length in range(len(path.steps) - 1, -1, -1))
        return Condition(tuple(around), tuple(map(_raw, self.when.values)))

    def expect(self, condition: bool, message: str, **places: object) -> None:
        """Raises Refused, naming the field, unless the condition holds."""
        expect(condition, message, **places, **self.places)

    def expect_length(self, text: str, most: int) -> None:
        """Raises Refused for a text that is too long; nothing is ever cut."""
        self.expect(len(text) <= most, N_("«{label}» admite {most} caracteres; hay {count}."), most=most, count=len(text))

    @property
    def places(self) -> dict[str, object]:
        return {"label": self.label}


@dataclass(frozen=True, kw_only=True)
class Untyped(Kind):
    """What nobody types: worked out, signed, or printed as it stands."""

    stored = False

    def parse(self, raw: Sequence[str], at: Reading) -> Json:
        return None

    def raw(self, value: Json, at: Reading) -> tuple[str, ...]:
        return ()

    def check(self, value: Json) -> Json:
        return value

    def sample(self, full: bool, n: int = 0) -> Json:
        return None


def _raw(value: Json) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def one(raw: Sequence[str]) -> str:
    """The single line a box sent, trimmed."""
    return raw[0].strip() if raw else ""


def expect(condition: bool, message: str, **places: object) -> None:
    """Raises Refused with the person's sentence unless the condition holds."""
    if not condition:
        raise Refused(message, **places)
