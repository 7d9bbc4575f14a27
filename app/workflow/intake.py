"""A document filled from plain answers: a JSON file read with care, checked as a whole, saved in one revision or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from app import i18n
from app.errors import N_, BadInput, Invalid
from app.store import Document, Person, Store
from app.workflow import answering, dossiers, merging, resolving, saving
from app.workflow.saving import Changes, Now, Saved
from forms import FORMS
from forms.changes import leaves
from forms.kinds.base import Kind, Problem
from forms.kinds.rows import new_row_id
from forms.path import AnswerPath
from forms.values import ID, ORDER, Answers, Json, mapping, rows_of

LARGEST: Final = 2_000_000
"""Bytes of a file of answers; the fullest report has a quarter of that."""
CALCULATED: Final = N_("«{label}» no se escribe: quite «{key}» del archivo.")
ATTACHED: Final = N_("Los archivos se adjuntan en la página: quite «{key}» del archivo.")
TWICE: Final = N_("La fila {number} de «{label}» tiene el identificador de otra fila.")
TOO_BIG: Final = N_("No se puede leer {what}: pesa más de {most} MB.")
NOT_UTF8: Final = N_("No se puede leer {what}: no está en UTF-8 o tiene letras partidas.")
TOO_DEEP: Final = N_("No se puede leer {what}: tiene demasiados niveles, uno dentro de otro.")
NOT_JSON: Final = N_("No se puede leer {what}: no es JSON; revise la línea {line}, columna {column}.")
TOO_LONG: Final = N_("No se puede leer {what}: tiene un número demasiado largo.")
NOT_ANSWERS: Final = N_("No se puede leer {what}: no es un objeto JSON con las respuestas por su nombre.")
KEY_TWICE: Final = N_("No se puede leer {what}: tiene dos veces «{name}».")
NOT_A_NUMBER: Final = N_("No se puede leer {what}: tiene «{name}», que no es un número.")


class WrongAnswers(Invalid):
    """Answers that cannot be taken; `problems` say which and why."""

    message = N_("No se guardó nada. Respuestas por corregir: {count}.")

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(count=len(problems))
        self.problems = problems


def read(data: bytes, what: str) -> dict[str, Json]:
    """The answers in a file called `what`. Raises BadInput with one plain reason."""
    if len(data) > LARGEST:
        raise BadInput(TOO_BIG, what=what, most=LARGEST // 1_000_000)
    try:
        found = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_never)
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeError:
        raise BadInput(NOT_UTF8, what=what) from None
    except RecursionError:
        raise BadInput(TOO_DEEP, what=what) from None
    except json.JSONDecodeError as error:
        raise BadInput(NOT_JSON, what=what, line=error.lineno, column=error.colno) from None
    except _OddError as odd:
        raise BadInput(odd.message, what=what, name=odd.name) from None
    except ValueError:
        raise BadInput(TOO_LONG, what=what) from None
    if not isinstance(found, dict):
        raise BadInput(NOT_ANSWERS, what=what)
    return found


class _OddError(ValueError):
    """JSON that Python takes and we do not: `message` is a msgid about `name`."""

    def __init__(self, message: str, name: str) -> None:
        super().__init__(message)
        self.message, self.name = message, name


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise _OddError(KEY_TWICE, resolving.plain(twice))
    return dict(pairs)


def _never(constant: str) -> None:
    raise _OddError(NOT_A_NUMBER, constant)


def fill(store: Store, person: Person, document: Document, answers: Answers) -> Saved:
    """Save these answers; those not named stay. A table that is named is replaced: rows that are not in it are taken out.

    Raises WrongAnswers naming each; then nothing is saved.
    """
    form, known = FORMS[document.form], _identified(answers)
    current = saving.now(store, document, dossiers.view_of(store, document))
    fmt = i18n.formatter("es", current.view.country)
    together = {kind.key: current.answers[kind.key] for kind in form.kinds if kind.stored and kind.key in current.answers} | known
    problems = (*_misplaced(document, known), *(each for each in resolving.faults(form, together, current.view, fmt) if _told(each, known)))
    if problems:
        raise WrongAnswers(problems)
    given = leaves(form, known)
    saved = answering.save(store, person, document, "", current.revision, {**given, **_left_out(current, known, given)}, fmt=fmt)
    if isinstance(saved, answering.Conflict) or saved.refused:
        raise WrongAnswers(saved.refused)
    return saved


def _told(problem: Problem, known: Answers) -> bool:
    return not problem.path.steps or problem.path.steps[0] in known


def _identified(answers: Answers) -> dict[str, Json]:
    """The answers with an id for each row that has none."""
    return {key: [_row(row) for row in value] if isinstance(value, list) else value for key, value in answers.items()}


def _row(row: Json) -> Json:
    return {ID: row.get(ID) or new_row_id(), **{key: value for key, value in row.items() if key != ID}} if isinstance(row, Mapping) else row


def _misplaced(document: Document, known: Answers) -> Iterator[Problem]:
    """What nobody types in a file: calculations, signatures, attachments."""
    for kind in FORMS[document.form].kinds:
        if kind.key in known and not kind.stored:
            yield Problem(AnswerPath((kind.key,)), CALCULATED, {"label": kind.label, "key": kind.key})
        if kind.key in known:
            yield from _twice(kind, known[kind.key])
            yield from (Problem(AnswerPath((kind.key,)), ATTACHED, {"key": key}) for key in _files(known[kind.key], kind.key))


def _twice(kind: Kind, value: Json) -> Iterator[Problem]:
    """Rows with an id that another row before them has."""
    ids = [row.get(ID) for row in rows_of(value)]
    for number, row_id in enumerate(ids, 1):
        if row_id in ids[: number - 1]:
            yield Problem(AnswerPath((kind.key,)), TWICE, {"label": kind.label, "number": number})


def _files(value: Json, key: str) -> Iterator[str]:
    if "sha256" in mapping(value):
        yield key
    elif isinstance(value, Mapping):
        for inner, each in value.items():
            yield from _files(each, inner)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _files(each, key)


def _left_out(current: Now, known: Answers, given: Changes) -> dict[AnswerPath, Json]:
    """What the file names and leaves empty: answers, columns, whole rows. What was attached stays."""
    orders = {path for path in current.shown if path.steps[-1] == ORDER and path.steps[0] in known and path not in given}
    gone = {AnswerPath(path.steps[:-1]) for path in orders}
    empty = (
        path for path, value in current.shown.items() if path.steps[0] in known and path not in given and "sha256" not in mapping(value)
    )
    return {path: None for path in empty if path in orders or not any(merging.within(path, row) for row in gone)}
