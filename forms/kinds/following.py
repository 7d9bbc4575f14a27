"""A table whose rows are those of another."""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from forms.blocks import Asked, BoxRows, Heading
from forms.kinds.nested import Table, empty
from forms.kinds.rows import row_id
from forms.path import AnswerPath
from forms.values import ID, Answers, Json, rows_of
from forms.view import Facts, Reading


@dataclass(frozen=True, kw_only=True)
class Following(Table):
    """A row for each row of the table `of`, with its id: nobody adds or takes one away.

    `rows` reads them, with what they say of themselves. What was typed in a row that is no longer there is kept, after the others;
    while there is nothing to follow, rows stand as they were typed.
    """

    of: str = ""
    rows: Callable[[Facts], Sequence[Answers]] = lambda facts: ()

    def filled(self, value: Json, facts: Facts) -> Json:
        return super().filled(value if facts.frozen else self._followed(rows_of(value), facts), facts)

    def _followed(self, held: Sequence[Answers], facts: Facts) -> Json:
        typed = {str(row.get(ID)): row for row in held}
        given = [{**row, **_said(typed.pop(str(row[ID]), {}))} for row in self.rows(facts)]
        return [*given, *(row for row in typed.values() if not empty(row) or not given)]

    def boxes(self, path: AnswerPath, value: Json, at: Reading) -> tuple[Asked, ...]:
        return tuple(replace(asked, fixed=True) if isinstance(asked, BoxRows) else asked for asked in super().boxes(path, value, at))

    def _row_boxes(self, path: AnswerPath, row: Answers, at: Reading) -> tuple[Asked, ...]:
        """A row is asked under what it is about, which nobody types."""
        about = [each for each in self.fields if not each.stored]
        said = " · ".join(filter(None, (each.line(row.get(each.key), at) for each in about)))
        heading = (Heading(path / about[0].key, said),) if said else ()
        return (*heading, *super()._row_boxes(path, row, at))

    def _free(self, path: AnswerPath, value: Json, at: Reading) -> list[str]:
        return super()._free(path, value, at) if at.blank else []

    def sample(self, full: bool, n: int = 0) -> Json:
        count, table = self.high if full else max(self.low, int(self.required)), self.of.rpartition(".")[2] or self.key
        return [{ID: row_id(f"sample/{table}/{place}")} | self.inner_sample(full, place) for place in range(count)]


def _said(row: Mapping[str, Json]) -> Mapping[str, Json]:
    """What was typed in a row; what was not leaves what the row says of itself."""
    return {key: value for key, value in row.items() if value is not None}
