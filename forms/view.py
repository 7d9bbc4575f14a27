"""What a document may read: its own answers, the row it stands in, and the dossier around it."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from forms.path import AnswerPath
from forms.values import EMPTY, Answers, Json, RowId


class Formatter(Protocol):
    """Words and figures of one locale. `words` translates a msgid of the official wording and fills its named places."""

    @property
    def language(self) -> str: ...
    def words(self, message: str, **places: object) -> str: ...
    def integer(self, value: int) -> str: ...
    def decimal(self, value: str) -> str: ...
    def decimal_of(self, text: str) -> str: ...
    def money(self, minor: int, currency: str) -> str: ...
    def date(self, iso: str) -> str: ...
    def date_short(self, iso: str) -> str: ...
    def weekday(self, iso: str) -> str: ...
    def moment(self, iso: str) -> str: ...
    def month(self, number: int) -> str: ...
    def country(self, code: str) -> str: ...
    def listed(self, items: list[str]) -> str: ...


@dataclass(frozen=True, order=True)
class Address:
    """Whose answers: a form, one of its parts, and the subject (a row id of the table the part names) or ''.

    For storage, permission and classification.
    """

    form: str
    part: str = ""
    subject: str = ""


@dataclass(frozen=True)
class DossierView:
    """The dossier as forms may read it; `workflow` builds it."""

    code: str = ""
    programme: str = ""
    country: str = ""
    """ISO 3166-1 alpha-3 of `document_locale`."""
    today: str = ""
    """ISO date."""
    facts: Answers = field(default_factory=dict)
    people: Mapping[str, Answers] = field(default_factory=dict)
    """Role → PERSON answers, typed once in the dossier."""
    documents: Mapping[Address, Answers] = field(default_factory=dict)
    """Filled answers of the dossier's other documents."""
    previous: Answers = field(default_factory=dict)
    """Filled answers of the last earlier document of the same form and owner."""
    siblings: tuple[Answers, ...] = ()
    """Filled answers of the other documents of the same form and owner (a unit's other reports)."""

    frozen: frozenset[str] = frozenset()
    """Parts ('key', or 'key.subject' for one copy) that were submitted: they read as they did then."""
    states: Mapping[Address, str] = field(default_factory=dict)
    """State of each of the dossier's documents, by its address."""
    subject: RowId = ""
    """Whom the document itself is for, where its form makes one for each."""

    def answers(self, form: str, part: str = "", subject: str = "") -> Answers:
        """The filled answers of another document; none where there is none."""
        return self.documents.get(Address(form, part, subject), {})

    def all(self, form: str) -> tuple[tuple[RowId, Answers], ...]:
        """The filled answers of every document of a form, with their subjects."""
        return tuple((address.subject, answers) for address, answers in self.documents.items() if address.form == form)

    def state(self, form: str, subject: RowId = "") -> str:
        """How far another document is; '' where there is none."""
        return self.states.get(Address(form, subject=subject), "")


@dataclass(frozen=True)
class Facts:
    """The one argument of Calc, prefill, conditions and rules."""

    row: Answers
    answers: Answers
    dossier: DossierView
    subject: RowId = ""
    number: int = 0
    """The number of the row in its table, from 1."""
    keeping: bool = False
    """True while a page is made: what a condition hides stays there, so that nothing typed is lost."""

    frozen: bool = False
    """True in what was submitted: prefill and calculations are not read again, the answers hold what they said."""
    kept: Answers = field(default_factory=dict)
    """What conditions read elsewhere when it was submitted, by their keys."""

    def at(self, row: Answers, number: int = 0) -> Facts:
        """The same facts for a row; inside a group of a row its columns are still seen."""
        return replace(self, row=row, number=number or self.number)

    def value(self, key: str) -> Json:
        """The answer `key` of the same row, else of the document, else the dossier's fact; 'A1.modality' is an answer of another form."""
        if self.elsewhere(key) and key in self.kept:
            return self.kept[key]
        if self.elsewhere(key):
            form, _, name = key.rpartition(".")
            return (self.dossier.answers(form) if form else self.dossier.facts).get(name)
        return self.row[key] if key in self.row else self.answers[key]

    def elsewhere(self, key: str) -> bool:
        """Whether neither the row nor the document has the answer `key`."""
        return key not in self.row and key not in self.answers


@dataclass(frozen=True)
class When:
    """Asked only if `key` (of the same row, of the document, or a fact) has one of `values`; without values, if it has any.

    'A1.modality' is an answer of another form of the dossier. Data, because the browser needs what is on its page.
    """

    key: str
    values: tuple[Json, ...] = ()

    def holds(self, facts: Facts) -> bool:
        value = facts.value(self.key)
        held = value if isinstance(value, (list, tuple)) else [value]
        return any(each in self.values for each in held) if self.values else value not in EMPTY

    def denied(self, facts: Facts) -> bool:
        """Whether something outside the document says no: nothing typed on a page can change that."""
        return facts.elsewhere(self.key) and facts.value(self.key) not in EMPTY and not self.holds(facts)

    @property
    def foreign(self) -> bool:
        """Whether it names an answer of another form."""
        return "." in self.key


@dataclass(frozen=True)
class Options:
    """Codes and their words, ordered; a frozen tuple so that kinds stay hashable. `closed` is False where other words may be typed too."""

    name: str = ""
    pairs: tuple[tuple[str, str], ...] = ()
    closed: bool = True

    def __contains__(self, code: object) -> bool:
        return any(code == known for known, _ in self.pairs)

    def words(self, code: str) -> str:
        """The msgid of a code; an unknown code (free text where options are open) stands for itself."""
        return next((words for known, words in self.pairs if known == code), code)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(code for code, _ in self.pairs)


@dataclass(frozen=True)
class From:
    """Options that depend on the dossier: `source` is what they are ('divisions', 'institutions'), `by` the answer they depend on."""

    source: str
    by: str = ""


@dataclass(frozen=True)
class Reading:
    """What text, blocks and boxes need besides the value.

    `names('groups')` and `names('A3.learning_questions')` say how the rows of a table are called by those that refer to them;
    `options(From('divisions', by='country'))` gives the options of this dossier.
    """

    fmt: Formatter
    names: Callable[[str], Mapping[RowId, str]]
    options: Callable[[From], Options] = lambda source: Options(closed=False)
    stored: Callable[[AnswerPath], bool] = lambda path: True
    """Whether the answer at a path was typed here; if not, what is shown was read through from elsewhere."""
    sourced: Callable[[AnswerPath], bool] = lambda path: True
    """Whether something would be read through at a path if nothing had been typed over it."""
    blank: bool = False
    """True for the paper form: tables show their free rows."""
    seed: str = ""
    """The document's id: with the path it gives free rows their ids."""


BARE = DossierView()
"""A dossier nothing is known of."""
