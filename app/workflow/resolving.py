"""A document as plain values, once: prefill and calculations read through, narrowed to an audience, worded in one locale."""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from types import MappingProxyType

from forms import FORMS
from forms.catalogues import divisions
from forms.changes import assembled, leaves
from forms.exchange.sources import active
from forms.kinds import Kind, Problem, empty
from forms.kinds.dates import is_day
from forms.path import AnswerPath
from forms.resolved import AskedSection, Imprint, Resolved, Shown, ShownSection
from forms.spec import Form, Part, Section
from forms.values import EMPTY, ID, N_, READ, Answers, Json, Printed, mapping, rows_of
from forms.view import DossierView, Facts, Formatter, From, Options, Reading


@dataclass(frozen=True)
class Audience:
    """Who reads, by the sensitivities hidden from them.

    `keys` are the only fields they are shown, none: all; `rows` a table and the yes/no column its rows are shown for; `unless` an answer
    and the values without which nothing is shown.
    """

    name: str
    hides: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    rows: tuple[str, str] = ("", "")
    unless: tuple[str, tuple[str, ...]] = ("", ())

    @property
    def width(self) -> int:
        """How much they see, to compare."""
        return -len(self.hides) - 100 * bool(self.keys)

    def sees(self, kind: Kind) -> bool:
        return kind.sensitivity not in self.hides

    def narrowed(self, form: Form, known: Answers) -> tuple[Form, Answers]:
        """The form and its filled answers as they may know them."""
        narrow, (table, column), (asked, allowed) = form.narrowed(self.sees), self.rows, self.unless
        narrow = _open_parts(narrow) if "restricted" in self.hides else narrow
        if self.keys:
            silent = bool(asked) and known.get(asked) not in allowed
            narrow = _with_fields(narrow, frozenset() if silent else self.keys)
        shared = {table: [row for row in rows_of(known.get(table)) if row.get(column) is True]} if table in known else {}
        return narrow, {**known, **shared}


def _open_parts(form: Form) -> Form:
    """The form without what is reserved beside its other parts: a reserved sheet is read alone, a questionnaire as averages."""
    return replace(form, parts=tuple(part for part in form.parts if part.classification != "reserved") or form.parts)


def _with_fields(form: Form, keys: frozenset[str]) -> Form:
    """The form with these fields of its sections only."""

    def kept(section: Section) -> Section:
        return replace(section, fields=tuple(each for each in section.fields if each.key in keys))

    return replace(form, parts=tuple(replace(part, sections=tuple(map(kept, part.sections))) for part in form.parts))


CONSENTS = frozenset(f"consent_{of}" for of in (
    "health", "transfer", "contact_share", "network", "photo", "voice_video", "image_print", "image_web", "image_social",
))
OWN = Audience("own")
"""Who fills it: everything."""
DOSSIER = Audience("dossier", frozenset({"restricted", "health"}))
"""The record that is approved and signed."""
HOST = Audience("host", frozenset({"restricted", "health", "internal"}))
PUBLIC = Audience("public", frozenset({"restricted", "health", "internal", "personal", "money"}))
RESERVED = Audience("reserved")
"""A reserved sheet, streamed and never kept in clear."""
SECRET = frozenset({"restricted", "health"})
PARTLY = (
    Audience("names", SECRET, frozenset({"given_names", "family_names", "badge_name"})),
    Audience("yes_no", SECRET, CONSENTS),
    Audience("consents", SECRET, CONSENTS | {"consent_log_publication", "image_term"}),
    Audience("aggregate", SECRET, frozenset({"-"})),
    Audience("shared", SECRET, frozenset({"author", "display_name", "days"}), rows=("days", "shareable")),
    Audience("published", SECRET, frozenset({"publish_excerpt"}), unless=("publish_choice", ("anonymous", "named"))),
)
"""Who sees less than the record (forms.md §2): names only, permissions, days the author shares, what the author lets be published."""
AUDIENCES: Mapping[str, Audience] = MappingProxyType({each.name: each for each in (OWN, DOSSIER, HOST, PUBLIC, RESERVED, *PARTLY)})


def filled(form: Form, answers: Answers, dossier: DossierView, keeping: bool = False) -> dict[str, Json]:
    """Prefill and calculations, in the order of the definition: a calculation may read what stands before it.

    What a condition hides is left out; `keeping` keeps it, for a page that may show it again.
    """
    known = dict(answers)
    read = mapping(known.pop(READ, None))
    for part in form.parts:
        frozen = part.key in dossier.frozen
        kept = mapping(read.get(part.key)) if frozen or part.subject else {}
        facts = Facts({}, known, dossier, subject=dossier.subject, keeping=keeping, frozen=frozen, kept=kept)
        for kind in part.kinds:
            value = _with_subjects(form, part, known, dossier) if part.subject else known.get(kind.key)
            answer = kind.filled(value, facts)
            if kind.stands(facts):
                known[kind.key] = answer
            else:
                known.pop(kind.key, None)
    return known


def _with_subjects(form: Form, part: Part, known: Answers, dossier: DossierView) -> Json:
    """One copy for each subject: the rows of the table the part names, with what they hold; a part that is that table has its own rows.

    Of who does not go, or not any more, only what was sent stays.
    """
    owner, _, key = part.subject.rpartition(".")
    rows = {str(row.get(ID)): row for row in rows_of(known.get(part.key))}
    if part.own_table(form.code):
        return list(rows.values())
    subjects = rows_of((known if owner in ("", form.code) else dossier.answers(owner)).get(key))
    wanted = [str(row.get(ID)) for row in active(subjects)]
    held = [row for row in rows if not subjects or f"{part.key}.{row}" in dossier.frozen]
    return [rows.get(row, {ID: row}) for row in dict.fromkeys((*wanted, *held))]


def shared(form: Form, answers: Answers) -> Answers:
    """What other documents may read of a document's answers: nothing restricted, no health."""
    narrow = form.narrowed(DOSSIER.sees)
    return {kind.key: kind.seen(answers[kind.key]) for kind in narrow.kinds if kind.key in answers}


def shown_leaves(form: Form, answers: Answers, dossier: DossierView) -> dict[AnswerPath, Json]:
    """The leaves of what a page shows: the answers with all that is read through. What a save is compared with."""
    return leaves(form, filled(form, answers, dossier, keeping=True))


def reading(form: Form, known: Answers, dossier: DossierView, fmt: Formatter, audience: Audience = OWN, *,
            typed: Answers | None = None, blank: bool = False, seed: str = "") -> Reading:
    """What the kinds need besides a value. `form` is narrowed already, `known` filled; `typed` are the answers given here."""

    @cache
    def names(table: str) -> Mapping[str, str]:
        owner, _, key = table.rpartition(".")
        if owner in ("", form.code):
            return form.names(key, known, at)
        other = FORMS.get(owner)
        return other.narrowed(audience.sees).names(key, dossier.answers(owner), at) if other else {}

    @cache
    def stored() -> frozenset[tuple[str, ...]]:
        return _passed(leaves(form, known if typed is None else typed))

    @cache
    def sourced() -> frozenset[tuple[str, ...]]:
        own = leaves(form, known if typed is None else typed)
        rest = assembled({path: value for path, value in own.items() if not any(kind.prefill for kind in form.along(path))})
        read = leaves(form, filled(form, rest, dossier, keeping=True))
        return _passed(path for path, value in read.items() if value not in EMPTY)

    options = cache(partial(_options, known, dossier, fmt))
    at = Reading(fmt, names, options, lambda path: path.steps in stored(), lambda path: path.steps in sourced(), blank, seed)
    return at


def _passed(paths: Iterable[AnswerPath]) -> frozenset[tuple[str, ...]]:
    """The paths and everything on the way to them."""
    return frozenset(path.steps[:length] for path in paths for length in range(1, len(path.steps) + 1))


def _options(known: Answers, dossier: DossierView, fmt: Formatter, source: From) -> Options:
    """Lists that depend on the dossier. Raises ValueError for a source nobody knows."""
    if source.source == "divisions":
        return divisions(known.get(source.by))
    if source.source == "months":
        return _months(Facts({}, known, dossier).value(source.by), fmt)
    if source.source == "earlier":
        documents = (known, dossier.previous, *dossier.siblings)
        found = dict.fromkeys(said for answers in documents for said in _said(answers, source.by.split(".")))
        return Options(pairs=tuple((said, said) for said in sorted(found, key=str.casefold)), closed=False)
    raise ValueError(f"options from {source.source!r}")


def _months(start: Json, fmt: Formatter) -> Options:
    """What the twelve months from a day on are called: «mayo 2027»; none while the day is not known."""
    if not is_day(start):
        return Options()
    year, first = int(str(start)[:4]), int(str(start)[5:7]) - 1
    called = ((month, year + (first + month - 1) // 12, (first + month - 1) % 12 + 1) for month in range(1, 13))
    return Options(pairs=tuple((str(number), f"{fmt.month(month)} {year}") for number, year, month in called))


def _said(value: Json, steps: list[str]) -> Iterator[str]:
    """Every text at `steps`, through all rows on the way."""
    if not steps:
        yield from (str(each) for each in value) if isinstance(value, list | tuple) else filter(None, [str(value or "")])
        return
    inner = mapping(value).get(steps[0])
    rows: list[Json] = [*rows_of(inner)] or [inner]
    for each in rows:
        yield from _said(each, steps[1:])


def resolve(form: Form, answers: Answers, dossier: DossierView, audience: Audience,
            fmt: Formatter, imprint: Imprint) -> Resolved:
    """What every renderer reads. `answers` are those stored; the language is the formatter's."""
    narrow, known = audience.narrowed(form, filled(form, answers, dossier))
    at = reading(narrow, known, dossier, fmt, audience)
    sections = tuple(_section(number, each, at) for number, each in enumerate(_sections(narrow, known), 1))
    data = {kind.key: _pruned(kind.seen(known[kind.key])) for kind in narrow.kinds if not empty(known.get(kind.key))}
    texts = {form.code.lower(): _texts(form, narrow, known, at), "doc": _doc(fmt.words(form.title), imprint)}
    return Resolved(form.code, form.edition, fmt.words(form.title), fmt.language, imprint, sections, texts, data)


@dataclass(frozen=True)
class _Copy:
    """One section of one copy of a part, with the answers of that copy."""

    part: Part
    subject: str
    answers: Answers
    section: Section

    def path(self, kind: Kind) -> AnswerPath:
        return self.part.base(self.subject) / kind.key

    def title(self, at: Reading) -> str:
        return titled(self.part, self.section, self.subject, at)


def titled(part: Part, section: Section, subject: str, at: Reading) -> str:
    """A section's title, and whose copy it is."""
    whose = at.names(part.subject).get(subject, "") if part.subject else ""
    return " · ".join(filter(None, (at.fmt.words(section.title), whose)))


def _sections(form: Form, known: Answers) -> Iterator[_Copy]:
    """Each section that asks something, once or once per subject."""
    for part, sections in form.places:
        copies = [(str(row[ID]), row) for row in rows_of(known.get(part.key))] if part.subject else [("", known)]
        every = (_Copy(part, subject, answers, section) for subject, answers in copies for section in sections)
        yield from (copy for copy in every if any(kind.key in copy.answers for kind in copy.section.fields))


def _section(number: int, copy: _Copy, at: Reading) -> ShownSection:
    shown = tuple(_shown(kind, copy.path(kind), copy.answers[kind.key], at) for kind in copy.section.fields if kind.key in copy.answers)
    return ShownSection(copy.section.key, str(number), copy.title(at), shown, copy.part.key, copy.subject)


def _shown(kind: Kind, path: AnswerPath, value: Json, at: Reading) -> Shown:
    seen = kind.seen(value)
    return Shown(path, at.fmt.words(kind.label), _pruned(seen), kind.blocks(path, seen, at))


def _pruned(value: Json) -> Json:
    """The value without what is empty, as it is attached."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Mapping):
        return {key: _pruned(each) for key, each in value.items() if not empty(each)}
    return [_pruned(each) for each in value] if isinstance(value, list | tuple) else value


def _texts(whole: Form, narrow: Form, known: Answers, at: Reading) -> dict[str, Printed]:
    """Word's context has every key of the whole form, so a strict template serves every audience; what may not be seen is empty."""
    seen = {kind.key: kind.seen(known[kind.key]) for kind in narrow.kinds if kind.key in known}
    return {kind.key: kind.text(seen.get(kind.key), at) for kind in whole.kinds}


def _doc(title: str, imprint: Imprint) -> dict[str, Printed]:
    return {"title": title, "code": imprint.code, "version": imprint.version, "state": imprint.state, "date": imprint.date,
            "classification": imprint.classification, "verification": imprint.verification, "programme": imprint.programme,
            "subtitle": imprint.subtitle}


def asked(form: Form, answers: Answers, dossier: DossierView, fmt: Formatter, *,
          section: str = "", subject: str = "", blank: bool = False, seed: str = "") -> tuple[AskedSection, ...]:
    """What each section asks, or one `section` (of one `subject`), from the same filled answers.

    `blank` is the paper form, whose free rows take their ids from `seed`, the document's id.
    """
    known = filled(form, answers, dossier, keeping=True)
    at = reading(form, known, dossier, fmt, typed=answers, blank=blank, seed=seed)
    every = enumerate(_sections(form, known), 1)
    return tuple(_asked(number, copy, at) for number, copy in every if section in ("", copy.section.key) and subject in ("", copy.subject))


def _asked(number: int, copy: _Copy, at: Reading) -> AskedSection:
    boxes = tuple(box for kind in copy.section.fields for box in kind.boxes(copy.path(kind), copy.answers.get(kind.key), at))
    return AskedSection(copy.section.key, str(number), copy.title(at), boxes)


def faults(form: Form, answers: Answers, dossier: DossierView, fmt: Formatter) -> list[Problem]:
    """What is wrong with answers that came as a whole, before anything is made of them: unknown fields, types, upper limits."""
    at = reading(form, answers, dossier, fmt)
    unknown = [str(key) for key in answers if key not in {kind.key for kind in form.kinds}]
    wrong = [Problem(AnswerPath(), N_("El formulario no tiene ningún campo «{key}»."), {"key": plain(key)}) for key in unknown]
    asked_for = (kind for kind in form.kinds if kind.stored and kind.key in answers)
    return wrong + [problem for kind in asked_for for problem in kind.problems(answers[kind.key], AnswerPath((kind.key,)), at)]


def plain(key: str) -> str:
    """Somebody's key, short and safe to print."""
    return "".join(letter if letter.isprintable() else "?" for letter in key[:40])


def lacking(form: Form, answers: Answers, dossier: DossierView, fmt: Formatter) -> list[Problem]:
    """What stands between these answers and submission: what is wrong and what is missing, in the form's order."""
    known = filled(form, answers, dossier)
    at, facts = reading(form, known, dossier, fmt), Facts({}, known, dossier)
    over = {(part.key, str(row[ID])) for part in form.parts if part.ended for row in rows_of(known.get(part.key)) if part.over(row)}
    found = (problem for kind in form.kinds if kind.key in known for problem in _lacks(kind, known[kind.key], at, facts))
    return [problem for problem in found if problem.path.steps[:2] not in over]


def _lacks(kind: Kind, value: Json, at: Reading, facts: Facts) -> Iterator[Problem]:
    path = AnswerPath((kind.key,))
    if kind.stored:
        yield from kind.problems(value, path, at)
    yield from kind.missing(value, path, facts)
