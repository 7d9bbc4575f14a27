"""Rules of Anexo I (forms.md §7): its agenda, its closing session, the groups, the countries, the dates."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

from forms.exchange import agenda, costs
from forms.exchange.sources import at, codes, day, problem, text, value_of
from forms.kinds.base import Problem
from forms.rules import WAITS, Finding, Rule
from forms.values import ID, N_, Answers, Json, mapping, rows_of
from forms.view import Facts

PUBLIC = ("ministry", "governing_body", "subnational_gov", "municipality", "care_centre")
"""Kinds of institution that are public ones."""
CLOSING, REFLECTION, APART = 60, 15, 15
"""Minutes: the shortest closing session, the shortest reflection of the day, from one place to another."""
MOST = 9 * agenda.HOUR
SOON = 45
"""Days before the visit below which there is little time."""
ENDED = ("closing", *agenda.IDLE)
NEEDED = ("balance", "joint_actions")
CHANGING = ("se_cambia", "se_elimina", "se_agrega")


def _row(row: Answers, key: str, message: str, **places: object) -> Problem:
    return problem(at("agenda", row.get(ID), key), message, **places)


def _called(row: Answers) -> str:
    """How a sentence names a row: its hour and what happens."""
    return " ".join(filter(None, (str(row.get("start") or ""), str(row.get("title") or ""))))


def in_the_visit(facts: Facts) -> Iterator[Problem]:
    """R-01: every row lies in the visit, and each day from Monday to Friday has work."""
    period = agenda.days(facts.answers.get("visit_period"))
    for row in agenda.rows(facts.answers.get("agenda")):
        if period and row["date"] not in period:
            message = N_("La fecha {d} está fuera de la visita: corríjala en la agenda, o cambie las fechas de la visita.")
            yield _row(row, "date", message, d=day(row["date"]))
    yield from _idle(facts, weekend=False)


def idle_weekends(facts: Facts) -> Iterator[Problem]:
    """R-01: a Saturday or Sunday without work is only told."""
    return _idle(facts, weekend=True)


def _idle(facts: Facts, weekend: bool) -> Iterator[Problem]:
    worked = {str(row["date"]) for row in agenda.working(facts.answers.get("agenda"))}
    for each in agenda.days(facts.answers.get("visit_period")) if worked else ():
        if each not in worked and agenda.weekend(each) == weekend:
            message = N_("El {d} no tiene actividades: agregue al menos una en la agenda, o acorte la visita.")
            yield problem(at("agenda"), message, d=day(each))


def ends_after_it_starts(facts: Facts) -> Iterator[Problem]:
    """Each row takes some time."""
    for row in agenda.rows(facts.answers.get("agenda")):
        if agenda.minutes(row) <= 0:
            yield _row(row, "end", N_("«{a}» termina antes de empezar: revise sus horas en la agenda."), a=_called(row))


def overlaps(facts: Facts) -> Iterator[Problem]:
    """R-02: two rows at the same time, at one institution or at none."""
    return _overlaps(facts, parallel=False)


def parallel_groups(facts: Facts) -> Iterator[Problem]:
    """R-02: two rows at the same time in two institutions may be two groups."""
    return _overlaps(facts, parallel=True)


def _overlaps(facts: Facts, parallel: bool) -> Iterator[Problem]:
    for _, rows in agenda.by_day(facts.answers.get("agenda")):
        for number, row in enumerate(rows):
            for other in rows[number + 1 :]:
                if other["start"] < row["end"] and row["start"] < other["end"] and _apart(row, other) == parallel:  # type: ignore[operator]
                    yield _row(other, "start", OVERLAP[parallel], a=_called(row), b=_called(other), d=day(row["date"]))


OVERLAP = (
    N_("{a} y {b} se superponen el {d}: cambie sus horas en la agenda."),
    N_("{a} y {b} se superponen el {d}: si son dos grupos, dígalo en las observaciones de la agenda."),
)


def _apart(row: Answers, other: Answers) -> bool:
    """Whether two rows name different institutions."""
    first, second = row.get("institution"), other.get("institution")
    return bool(first and second and first != second)


def closing(facts: Facts) -> Iterator[Problem]:
    """R-03: a closing session of an hour on the last day, and no work after it."""
    last = str(mapping(facts.answers.get("visit_period")).get("end") or "")
    rows = agenda.rows(facts.answers.get("agenda"))
    if not last or not rows:
        return
    held = [row for row in agenda.closings(rows) if row["date"] == last and agenda.minutes(row) >= CLOSING]
    if not held:
        message = N_("Falta la sesión de cierre el último día: agregue en la agenda, el {d}, un cierre de al menos 60 minutos.")
        yield problem(at("agenda"), message, d=day(last))
        return
    for row in rows:
        if row["date"] == last and row["start"] >= held[-1]["end"] and row.get("kind") not in ENDED:  # type: ignore[operator]
            message = N_("Después del cierre solo caben traslados, pausas y actos protocolares: mueva «{a}» en la agenda.")
            yield _row(row, "start", message, a=_called(row))


def both_at_closing(facts: Facts) -> Iterator[Problem]:
    """R-04: a public institution of each country is at the closing session."""
    said = codes(facts.answers.get("closing_institutions"))
    places = agenda.places(facts.answers)
    hosts = [places[code] for code in said if code in places] + [_group(facts, code) for code in said if code == "host_institution"]
    guests = [_group(facts, code) for code in said if code == "visiting_institution"]
    if said and not (_public(hosts) and _public(guests)):
        message = N_("El cierre necesita instituciones de ambos países: marque al menos una pública de cada uno.")
        yield problem(at("closing_institutions"), message)


def _group(facts: Facts, key: str) -> Answers:
    return mapping(facts.answers.get(key))


def _public(institutions: list[Answers]) -> bool:
    return any(each.get("type") in PUBLIC for each in institutions)


def needed_outputs(facts: Facts) -> Iterator[Problem]:
    """The closing session gives a balance and joint actions."""
    said = codes(facts.answers.get("closing_outputs"))
    if said and not set(NEEDED) <= set(said):
        message = N_("El cierre incluye siempre el balance y la lista de actividades conjuntas: marque los dos.")
        yield problem(at("closing_outputs"), message)


def rhythm(facts: Facts) -> Iterator[Problem]:
    """R-05: a reflection ends each day but the last, nobody works more than nine hours, there is time to get from place to place."""
    last = mapping(facts.answers.get("visit_period")).get("end")
    for each, rows in agenda.by_day(facts.answers.get("agenda")):
        worked = [row for row in rows if row.get("kind") not in agenda.IDLE]
        if each != last and worked and not _reflects(worked[-1]):
            message = N_("El {d} no tiene reflexión del día: termine la agenda de ese día con una de al menos 15 minutos.")
            yield problem(at("agenda"), message, d=day(each))
        if sum(agenda.minutes(row) for row in worked) > MOST:
            yield problem(at("agenda"), N_("El {d} tiene más de nueve horas de trabajo: reparta sus actividades."), d=day(each))
        yield from _hurried(rows)


def _reflects(row: Answers) -> bool:
    return row.get("kind") == "reflection" and agenda.minutes(row) >= REFLECTION


def _hurried(rows: list[Answers]) -> Iterator[Problem]:
    for row, following in pairwise(rows):
        gap = agenda.clock(following["start"]) - agenda.clock(row["end"])
        idle = {row.get("kind"), following.get("kind")} & set(agenda.UNCOUNTED)
        if 0 <= gap < APART and not idle and text(row.get("place")) != text(following.get("place")):
            message = N_("Entre {a} y {b} hay menos de 15 minutos para cambiar de lugar el {d}.")
            yield _row(following, "start", message, a=_called(row), b=_called(following), d=day(row["date"]))


def too_many(facts: Facts) -> Iterator[Problem]:
    """R-06: the whole group goes where it does not fit, and no note says how it is split."""
    return _crowded(facts, noted=False)


def in_groups(facts: Facts) -> Iterator[Problem]:
    """R-06: the group does not fit, and a note of the row says how it is split."""
    return _crowded(facts, noted=True)


CROWDED = (
    N_("{inst} recibe hasta {n} personas: en las observaciones de «{a}», diga cómo se reparte el grupo."),
    N_("{inst} recibe hasta {n} personas: «{a}» se hace por grupos."),
)


def _crowded(facts: Facts, noted: bool) -> Iterator[Problem]:
    size = facts.answers.get("delegation_size")
    for row in agenda.rows(facts.answers.get("agenda")):
        place = agenda.institution(row, facts.answers)
        most = place.get("max_group")
        if isinstance(size, int) and isinstance(most, int) and size > most and bool(row.get("notes")) == noted:
            yield _row(row, "notes", CROWDED[noted], inst=place.get("name"), n=most, a=_called(row))


def one_side_each(facts: Facts) -> Iterator[Problem]:
    """R-27: two countries, and a leader for each."""
    said = facts.answers.get
    if said("host_country") and said("host_country") == said("visiting_country"):
        yield problem(at("visiting_country"), N_("El país anfitrión y el visitante son el mismo: corrija uno de los dos."))
    mails = [text(mapping(said(key)).get("email")) for key in ("host_leader", "visiting_leader")]
    if mails[0] and mails[0] == mails[1]:
        message = N_("La misma persona está en ambos lados: las jefaturas anfitriona y visitante llevan correos distintos.")
        yield problem(at("visiting_leader", "email"), message)


def new_dates(facts: Facts) -> Iterator[Problem]:
    """R-29: the dates of a signed version changed."""
    before, now = facts.dossier.previous.get("visit_period"), facts.answers.get("visit_period")
    if before and now and before != now:
        yield problem(at("visit_period"), N_("Cambiaron las fechas: revise I y IV, y los días de cada bitácora."))


def agreed_changes(facts: Facts) -> Finding:
    """R-30: what was decided in the referencing session is in a later version of the agenda."""
    minutes = facts.dossier.answers("F3R")
    if not minutes:
        return WAITS
    changes = any(row.get("decision") in CHANGING for row in rows_of(minutes.get("agenda_review")))
    version, reviewed = _number(facts.dossier.facts.get("agenda_version")), _number(minutes.get("agenda_version"))
    message = N_("Hay acuerdos sin aplicar en la agenda: cámbiela según el acta de referenciación y compártala otra vez.")
    return [problem(at("agenda"), message)] if changes and version <= reviewed else []


def _number(value: Json) -> int:
    """A version as a figure; 0 where there is none."""
    digits = "".join(filter(str.isdecimal, str(value or "")))
    return int(digits) if digits else 0


def institutions_named(facts: Facts) -> Iterator[Problem]:
    """A meeting, a visit or an observation says where it is."""
    for row in rows_of(facts.answers.get("agenda")):
        if row.get("kind") in agenda.VISITS and not row.get("institution"):
            yield _row(row, "institution", N_("Elija en la agenda la institución de «{a}»."), a=_called(row))


def one_confirmed(facts: Facts) -> Iterator[Problem]:
    """At least one receiving institution is confirmed."""
    rows = rows_of(facts.answers.get("receiving_institutions"))
    if rows and not any(row.get("confirmed") is True for row in rows):
        message = N_("Ninguna institución está confirmada: confirme al menos una antes de aprobar.")
        yield problem(at("receiving_institutions"), message)


def answered_changes(facts: Facts) -> Iterator[Problem]:
    """The host answers every change that was asked for."""
    for row in rows_of(facts.answers.get("agenda_changes")):
        if not row.get("answer") or not isinstance(row.get("accepted"), bool):
            message = N_("Falta la respuesta del anfitrión a un cambio pedido: escriba qué se hará y si se acepta.")
            yield problem(at("agenda_changes", row.get(ID), "answer"), message)


def final_agenda(facts: Facts) -> Iterator[Problem]:
    """Part A is approved with the final agenda."""
    if facts.answers.get("agenda_state") != "final":
        yield problem(at("agenda"), N_("La agenda aún no es definitiva: la Parte A se aprueba después de la B, sin cambios pendientes."))


def agreed_agenda(facts: Facts) -> Iterator[Problem]:
    """Who does not agree does not sign."""
    if facts.answers.get("agenda_agreement") == "disagree":
        message = N_("La delegación no está conforme con la agenda: acuerden los cambios antes de firmar.")
        yield problem(at("agenda_agreement"), message)


def soon(facts: Facts) -> Iterator[Problem]:
    """Little time is left."""
    start, today = mapping(facts.answers.get("visit_period")).get("start"), facts.dossier.today
    left = (date.fromisoformat(str(start)) - date.fromisoformat(today)).days if start and today else SOON
    if 0 <= left < SOON:
        yield problem(at("visit_period"), N_("Faltan {n} días para la visita: queda poco tiempo para prepararla."), n=left)


def leader_travels(facts: Facts) -> Finding:
    """The leader of the delegation is in Anexo II as its leader."""
    travellers = rows_of(value_of(facts, "A2", "travellers"))
    mail = text(mapping(facts.answers.get("visiting_leader")).get("email"))
    if not travellers or not mail:
        return WAITS
    if any(text(row.get("email")) == mail and row.get("function") == "leader" for row in travellers):
        return []
    message = N_("La jefatura visitante no está en el Anexo II como jefatura de delegación: revise su correo y su función.")
    return [problem(at("visiting_leader", "email"), message)]


def _rule(code: str, key: str, check: Callable[[Facts], Finding], blocks: bool = True) -> Rule:
    return Rule(code, f"A1.{key}", "submit", blocks, check)


RULES: tuple[Rule, ...] = (
    _rule("R-01", "agenda", in_the_visit),
    _rule("R-01-weekend", "agenda", idle_weekends, False),
    _rule("R-02", "agenda", overlaps),
    _rule("R-02-groups", "agenda", parallel_groups, False),
    _rule("R-03", "agenda", closing),
    _rule("R-04", "closing_institutions", both_at_closing),
    _rule("R-05", "agenda", rhythm, False),
    _rule("R-06", "delegation_size", too_many),
    _rule("R-06-groups", "delegation_size", in_groups, False),
    _rule("R-19", "host_contributions", costs.contributions_differ, False),
    Rule("R-27", "A1.host_country", "system", True, one_side_each),
    Rule("R-29", "A1.visit_period", "save", False, new_dates),
    Rule("R-30", "A1.agenda", "final", True, agreed_changes),
    _rule("A1-hours", "agenda", ends_after_it_starts),
    _rule("A1-institution", "agenda", institutions_named),
    _rule("A1-outputs", "closing_outputs", needed_outputs),
    Rule("A1-confirmed", "A1.receiving_institutions", "approve", True, one_confirmed),
    Rule("A1-answers", "A1.agenda_changes", "approve", True, answered_changes),
    Rule("A1-final", "A1.agenda_state", "approve", True, final_agenda),
    Rule("A1-agreement", "A1.agenda_agreement", "approve", True, agreed_agenda),
    _rule("A1-soon", "visit_period", soon, False),
    _rule("A1-leader", "visiting_leader", leader_travels, False),
)
