"""Rules of Anexo III (forms.md §7): questions, objectives and materials, and what the agenda has to hold for them."""
from __future__ import annotations

from collections.abc import Iterator

from forms.exchange import agenda
from forms.exchange.sources import active, at, codes, problem, value_of
from forms.kinds.base import Problem
from forms.rules import WAITS, Finding, Rule
from forms.values import ID, N_, Answers, Json, rows_of
from forms.view import Facts

FIRST = "1"
"""The priority of a question that has to be answered."""


def code(facts: Facts) -> Json:
    """PA-1, PA-2…"""
    return f"PA-{facts.number}" if facts.number else None


def objectives(facts: Facts) -> Json:
    """A row for each objective of Anexo I, with the result it expects."""
    rows = rows_of(value_of(facts, "A1", "specific_objectives"))
    return [{ID: row[ID], "objective": row[ID], "result": row.get("expected_result")} for row in rows] or None


def _of(row: Answers, column: str, message: str, **places: object) -> Problem:
    return problem(at("learning_questions", row.get(ID), column), message, code=row.get("code"), **places)


def first_ones_answered(facts: Facts) -> Finding:
    """R-08: each question of priority 1 has a working row of the agenda."""
    rows = agenda.working(value_of(facts, "A1", "agenda"))
    if not rows:
        return WAITS
    places = {row.get(ID) for row in rows}
    asked = (row for row in rows_of(facts.answers.get("learning_questions")) if row.get("priority") == FIRST)
    message = N_("La pregunta {code} no tiene lugar en la agenda: el anfitrión elige en cuál actividad se responderá.")
    return [_of(row, "host_answer_where", message) for row in asked if row.get("host_answer_where") not in places]


def asked_as_questions(facts: Facts) -> Iterator[Problem]:
    """A question ends as one."""
    for row in rows_of(facts.answers.get("learning_questions")):
        if row.get("question") and not str(row["question"]).endswith("?"):
            yield _of(row, "question", N_("{code} no termina en «?»: escríbala como una pregunta."))


def on_the_themes(facts: Facts) -> Finding:
    """A question is on a theme of the visit."""
    themes = codes(value_of(facts, "A1", "themes"))
    if not themes:
        return WAITS
    rows = rows_of(facts.answers.get("learning_questions"))
    message = N_("El tema de {code} no está entre los del Anexo I.")
    return [_of(row, "theme", message) for row in rows if row.get("theme") and row["theme"] not in themes]


def every_objective(facts: Facts) -> Finding:
    """Each objective of Anexo I has a result."""
    wanted = rows_of(value_of(facts, "A1", "specific_objectives"))
    if not wanted:
        return WAITS
    found = {row.get("objective") for row in rows_of(facts.answers.get("expected_results"))}
    message = N_("{code} del Anexo I no tiene resultado esperado: agregue al menos uno.")
    return [problem(at("expected_results"), message, code=row.get("code")) for row in wanted if row.get(ID) not in found]


def a_talk_in_the_agenda(facts: Facts) -> Finding:
    """What the delegation will present is in the agenda."""
    rows = agenda.rows(value_of(facts, "A1", "agenda"))
    if not rows:
        return WAITS
    if facts.answers.get("visitor_talk_offered") is not True or any(row.get("kind") == "visitor_talk" for row in rows):
        return []
    message = N_("La agenda no tiene una presentación de la delegación: pida al anfitrión que la agregue.")
    return [problem(at("visitor_talk_offered"), message)]


def file_or_link(facts: Facts) -> Iterator[Problem]:
    """A material is attached or linked."""
    for row in rows_of(facts.answers.get("materials")):
        if not row.get("file") and not row.get("link"):
            message = N_("Adjunte «{title}» o escriba su enlace.")
            yield problem(at("materials", row.get(ID), "file"), message, title=row.get("title") or "")


def not_ahead(facts: Facts) -> Iterator[Problem]:
    """A policy and a figure are of this year or an earlier one."""
    this = int(facts.dossier.today[:4]) if facts.dossier.today else 0
    for table in ("policies", "indicators"):
        for row in rows_of(facts.answers.get(table)):
            if this and isinstance(row.get("year"), int) and int(str(row["year"])) > this:
                yield problem(at(table, row.get(ID), "year"), N_("El año {year} aún no llega."), year=row["year"])


def interpreted(facts: Facts) -> Finding:
    """Without interpretation, everybody understands a working language."""
    wanted, rows = set(codes(value_of(facts, "A1", "working_languages"))), active(value_of(facts, "A2", "travellers"))
    if not wanted or not any(row.get("languages") for row in rows):
        return WAITS
    lost = any(row.get("languages") and not wanted & set(codes(row["languages"])) for row in rows)
    if facts.answers.get("interpretation_needed") is not False or not lost:
        return []
    message = N_("Hay personas que no entienden los idiomas de trabajo: revise si hace falta interpretación.")
    return [problem(at("interpretation_needed"), message)]


RULES: tuple[Rule, ...] = (
    Rule("R-08", "A3.learning_questions", "approve", True, first_ones_answered),
    Rule("A3-objectives", "A3.expected_results", "submit", True, every_objective),
    Rule("A3-materials", "A3.materials", "submit", True, file_or_link),
    Rule("A3-years", "A3.policies", "submit", True, not_ahead),
    Rule("A3-questions", "A3.learning_questions", "submit", False, asked_as_questions),
    Rule("A3-themes", "A3.learning_questions", "submit", False, on_the_themes),
    Rule("A3-talk", "A3.visitor_talk_offered", "submit", False, a_talk_in_the_agenda),
    Rule("A3-interpretation", "A3.interpretation_needed", "submit", False, interpreted),
)
