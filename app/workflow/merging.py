"""From what a page sent to what it changes: seen against the revision it was opened from, merged with what others saved since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app import i18n
from app.errors import Invalid
from app.workflow import saving
from app.workflow.naming import Place, place_of, value_at
from app.workflow.saving import Changes, Now
from forms import changes as leaves
from forms.kinds.base import Problem
from forms.kinds.rows import ROW_ID
from forms.path import AnswerPath
from forms.spec import Form, Section
from forms.values import ORDER, Json, mapping
from forms.view import Reading


@dataclass(frozen=True)
class Merged:
    """`changes` to write on top of the current revision; `clashed` are paths two people changed, `refused` what no draft may hold."""

    changes: Mapping[AnswerPath, Json]
    clashed: tuple[AnswerPath, ...]
    refused: tuple[Problem, ...]


def belongs(form: Form, section: Section | None, subject: str, posted: Changes) -> None:
    """Raises Invalid if something was sent that the section (None is the whole form) does not ask, or that nobody may type."""
    for path in posted:
        place = place_of(form, path)
        if place is None or not _askable(place, path):
            raise Invalid
        if section is not None and (section != place.section or place.subject != subject):
            raise Invalid


def _askable(place: Place, path: AnswerPath) -> bool:
    if place.row and not ROW_ID.fullmatch(place.row):
        return False
    whole = [each for each, _ in place.kind.leaves(None, path)] == [path]
    return place.order or (whole and all(kind.stored for kind in place.kinds))


def merged(posted: Changes, base: Now, current: Now) -> Merged:
    """The page's changes against `base`, then against `current`. Raises Invalid for a file named by a page: files are attached."""
    if any("sha256" in mapping(value) and value != current.leaves.get(path) for path, value in posted.items()):
        raise Invalid
    shown, now = base.shown, current.shown
    mine = {path: value for path, value in leaves.changed(base.form, posted, base.own, shown).items() if shown.get(path) != value}
    clashed = leaves.clashes(mine, shown, now)
    kept = {path: value for path, value in mine.items() if not any(within(path, owner(each)) for each in clashed)}
    changes = leaves.changed(current.form, kept, current.own, now)
    refused = refusals(current, changes)
    return Merged({path: value for path, value in changes.items() if not _about(path, refused)}, tuple(sorted(clashed)), refused)


def owner(path: AnswerPath) -> AnswerPath:
    """The row, for the place of a row; else the answer itself."""
    return AnswerPath(path.steps[:-1]) if path.steps[-1] == ORDER else path


def kept_whole(current: Now, changes: Changes) -> dict[AnswerPath, Json]:
    """All pieces of the tables read through until now in which these changes lie: rows belong together."""
    places = (place_of(current.form, path) for path in changes)
    read = {
        place.top
        for place in places
        if place is not None and place.row and place.field.prefill is not None and not current.typed(place.top)
    }
    return {path: value for path, value in current.shown.items() if any(within(path, top) for top in read)}


def last_order(known: Changes, table: AnswerPath) -> int:
    """The highest place of a row in a table, -1 in an empty one."""
    return max(
        (value for path, value in known.items() if path.steps[-1] == ORDER and within(path, table) and isinstance(value, int)), default=-1
    )


def within(path: AnswerPath, above: AnswerPath) -> bool:
    """Whether a path is `above` or below it."""
    return path.steps[: len(above.steps)] == above.steps


def refusals(current: Now, changes: Changes) -> tuple[Problem, ...]:
    """What of the changes no draft may hold: wrong types, too long, foreign letters, a row too many."""
    after = saving.at(current.form, current.view, current.revision, {**current.leaves, **changes})
    at = after.reading(i18n.formatter("es", current.view.country))
    tops = dict.fromkeys(place.top for path in changes if (place := place_of(current.form, path)) is not None)
    wrong = (problem for top in tops for problem in _problems(after, top, at))
    return tuple(problem for problem in wrong if any(_about(path, (problem,)) for path in changes))


def _problems(after: Now, top: AnswerPath, at: Reading) -> Iterator[Problem]:
    place = place_of(after.form, top)
    return iter(()) if place is None else place.kind.problems(value_at(after.answers, top), top, at)


def _about(path: AnswerPath, problems: tuple[Problem, ...]) -> bool:
    return any(within(path, each.path) or within(each.path, path) for each in problems)
