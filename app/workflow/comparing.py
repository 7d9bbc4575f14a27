"""A filled form against today's answers: what it says differently, answer by answer, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from app.errors import N_
from app.store import Document, Import, Store
from app.workflow import dossiers, merging, saving
from app.workflow.filled_forms import differs, echo
from app.workflow.naming import Place, label_of, place_of
from app.workflow.offline import Share
from app.workflow.resolving import titled
from app.workflow.saving import Now, listed
from app.workflow.versions import Words, compared
from forms.kinds.base import Kind
from forms.kinds.nested import nested_fields
from forms.path import AnswerPath
from forms.values import EMPTY, ORDER, Json, mapping
from forms.view import Formatter, Reading

NEW_ROW: Final = N_("{table}: fila nueva")
GONE_ROW: Final = N_("{table}: fila quitada")


@dataclass(frozen=True)
class Difference:
    """One answer, or one row that is not here, as it stands today and as the file says; '' where there is no answer.

    `value` is what would be saved, `base` what the file was made with. `locked` may not be written now; `drawn` says that the file shows
    something else than the value it holds; `words` tell the two texts apart.
    """

    path: AnswerPath
    label: str
    section: str
    now: str
    theirs: str
    value: Json
    base: str = ""
    changed_meanwhile: bool = False
    locked: bool = False
    drawn: bool = False
    row: bool = False
    words: Words = ()

    @property
    def proposed(self) -> bool:
        """Whether nothing speaks against taking it."""
        return not (self.changed_meanwhile or self.locked or self.drawn)


@dataclass(frozen=True)
class Left:
    """Something of the file that cannot be taken: which answer, why (a msgid with its places), and what the person wrote."""

    label: str
    message: str
    places: Mapping[str, object]
    said: str


@dataclass(frozen=True)
class Comparison:
    """A file against today's answers. `differences` are in the order of the form; `revision` is the one they were compared with.

    `blank` says that the file was an empty form; `odd` are labels of answers that are as here although the file shows something else;
    `taken` are (label, answer) of what was taken from it already; `unknown` counts fields the form does not ask.
    """

    id: str
    name: str
    revision: int
    blank: bool
    differences: tuple[Difference, ...]
    left: tuple[Left, ...]
    odd: tuple[str, ...]
    taken: tuple[tuple[str, str], ...]
    unknown: int


def leaves_of(kept: Import) -> dict[AnswerPath, Json]:
    """The answers an uploaded file changed, as they would be saved."""
    return {AnswerPath.read(path): value for path, value in mapping(mapping(kept.told)["leaves"]).items()}


def comparison(store: Store, document: Document, kept: Import, share: Share, fmt: Formatter) -> Comparison:
    """What an uploaded file says that today's answers do not, as far as it is the person's `share` of the document."""
    current = saving.now(store, document, dossiers.view_of(store, document))
    told, leaves = mapping(kept.told), {path: value for path, value in leaves_of(kept).items() if share.holds(path)}
    base = saving.now(store, document, current.view, int(str(told["revision"]))) if told["revision"] is not None else None
    sides = _Sides(told, leaves, current, base, merging.merged(leaves, current, current), share, fmt)
    return Comparison(
        kept.id,
        str(told["name"]),
        current.revision,
        base is None,
        tuple(sides.differences()),
        tuple(sides.left()),
        tuple(sides.odd()),
        tuple(sides.read(path) for path in map(AnswerPath.read, kept.taken) if share.holds(path)),
        int(str(told["unknown"])),
    )


@dataclass(frozen=True)
class _Sides:
    """Today's answers, those the file was made from (None for a blank form), and those there would be with all of the file."""

    told: Mapping[str, Json]
    leaves: Mapping[AnswerPath, Json]
    now: Now
    base: Now | None
    outcome: merging.Merged
    share: Share
    fmt: Formatter

    @cached_property
    def here(self) -> Reading:
        return self.now.reading(self.fmt)

    @cached_property
    def after(self) -> Now:
        return saving.at(self.now.form, self.now.view, self.now.revision, {**self.now.leaves, **self.outcome.changes})

    @cached_property
    def there(self) -> Reading:
        return self.after.reading(self.fmt)

    @cached_property
    def shown(self) -> dict[AnswerPath, Json]:
        return self.now.shown

    @cached_property
    def printed(self) -> dict[AnswerPath, Json]:
        return self.base.shown if self.base else {}

    @cached_property
    def drawn(self) -> frozenset[str]:
        return frozenset(map(str, listed(self.told["drawn"])))

    def differences(self) -> list[Difference]:
        """Answers that are not as they are here; of a row that is not here, all its answers as one."""
        rows: dict[AnswerPath, dict[AnswerPath, Json]] = {}
        found: list[Difference] = []
        for path, value in self.leaves.items():
            row = next((each for each in self.now.form.rows_along(path) if each / ORDER not in self.shown), None)
            if self._refused(path):
                continue
            if row is not None:
                rows.setdefault(row, {})[path] = value
            elif differs(value, self.shown.get(path)):
                found.append(self._answer(path, value))
        found += [self._row(row, held) for row, held in rows.items() if any(value not in EMPTY for value in held.values())]
        return sorted(found, key=lambda each: self._place(each.path))

    def left(self) -> Iterator[Left]:
        """What the kinds refused, then what does not fit beside what is here."""
        for each in listed(self.told["unusable"]):
            held = mapping(each)
            path = AnswerPath.read(str(held["path"]))
            yield Left(self._label(path), str(held["message"]), mapping(held["places"]), str(held["said"]))
        for problem in self.outcome.refused:
            said = [self._words(path, value, self.there) for path, value in self.leaves.items() if merging.within(path, problem.path)]
            yield Left(self._label(problem.path), problem.message, problem.places, "\n".join(filter(None, said)))

    def odd(self) -> Iterator[str]:
        """Answers as they are here of which the file shows something else."""
        for path in map(AnswerPath.read, sorted(self.drawn)):
            place = place_of(self.now.form, path)
            if place is not None and path not in self.leaves and self.share.holds(path):
                yield self._label(path)

    def read(self, path: AnswerPath) -> tuple[str, str]:
        """How an answer, or a row, is called and reads today."""
        within = [each for each in self.shown if merging.within(each, path) and each.steps[-1] != ORDER]
        words = (self._words(each, self.shown[each], self.here) for each in within)
        return label_of(self.now.form, path, self.now.answers, self.fmt), " · ".join(filter(None, words))

    def _answer(self, path: AnswerPath, value: Json) -> Difference:
        here, base = self.shown.get(path), self.printed.get(path)
        now, theirs = self._words(path, here, self.here), self._words(path, value, self.there)
        return Difference(
            path,
            self._label(path),
            self._section(path),
            now,
            theirs,
            value,
            self._words(path, base, self.here),
            self._changed(path, here, base),
            not self.share.opening.allows(path),
            path.pdf in self.drawn,
            words=compared(now, theirs) if now and theirs else (),
        )

    def _changed(self, path: AnswerPath, here: Json, base: Json) -> bool:
        """Whether somebody changed the answer here since the file was made, or its source says something else by now."""
        heard = mapping(self.told["heard"]).get(path.pdf)
        return self.base is not None and (echo(here) != heard if heard else differs(here, base))

    def _row(self, row: AnswerPath, held: Mapping[AnswerPath, Json]) -> Difference:
        """A row that is not here: new, or taken out after the file was made; its answers one to a line."""
        gone = row / ORDER in self.printed
        said = [f"{self._label(path, row)}: {words}" for path, value in held.items() if (words := self._words(path, value, self.there))]
        return Difference(
            row,
            self._label(row),
            self._section(row),
            "",
            "\n".join(said),
            {path.pdf: value for path, value in held.items()},
            changed_meanwhile=gone,
            locked=not all(map(self.share.opening.allows, held)),
            drawn=any(path.pdf in self.drawn for path in held),
            row=True,
        )

    def _refused(self, path: AnswerPath) -> bool:
        return any(merging.within(path, each.path) for each in self.outcome.refused)

    def _place(self, path: AnswerPath) -> tuple[int, ...]:
        """Where an answer is read: its section, then fields and rows in their order."""
        place, keys = [self._sections.index(self._known(path).section.key)], tuple[str, ...]()
        for length in range(1, len(path.steps) + 1):
            row = AnswerPath(path.steps[:length]) / ORDER
            keys = keys if row in self._rows else (*keys, path.steps[length - 1])
            place.append(self._rows[row] if row in self._rows else self._columns[keys])
        return tuple(place)

    @cached_property
    def _sections(self) -> list[str]:
        return [section.key for section in self.now.form.sections]

    @cached_property
    def _columns(self) -> dict[tuple[str, ...], int]:
        return {keys: number for number, keys in enumerate(_keys(self.now.form.kinds))}

    @cached_property
    def _rows(self) -> dict[AnswerPath, int]:
        every = dict.fromkeys((*self.after.shown, *self.shown))
        return {path: number for number, path in enumerate(every) if path.steps[-1] == ORDER}

    def _section(self, path: AnswerPath) -> str:
        place = self._known(path)
        return titled(place.part, place.section, place.subject, self.here)

    def _label(self, path: AnswerPath, within: AnswerPath | None = None) -> str:
        """The labels along a path; `within` leaves those of a row away. A row that is not here is called new, or taken out."""
        place = self._known(path)
        row = place.top / place.row if place.row else None
        if row is None or row / ORDER in self.shown:
            return label_of(self.now.form, path, self.now.answers, self.fmt)
        names = [self.fmt.words(kind.label) for kind in place.kinds[1:]]
        if within == row:
            return ": ".join(names)
        message = GONE_ROW if row / ORDER in self.printed else NEW_ROW
        return ": ".join([self.fmt.words(message, table=self.fmt.words(place.field.label)), *names])

    def _words(self, path: AnswerPath, value: Json, at: Reading) -> str:
        return self._known(path).kind.line(value, at) if value not in EMPTY else ""

    def _known(self, path: AnswerPath) -> Place:
        place = place_of(self.now.form, path)
        assert place is not None, path
        return place


def _keys(kinds: Iterable[Kind], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The keys that lead to each field, in the order of the definition."""
    for kind in kinds:
        yield (*above, kind.key)
        yield from _keys(nested_fields(kind), (*above, kind.key))
