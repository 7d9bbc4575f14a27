"""What the three records of a focal point share: who meets, which rows of the agenda, how they went; and their rules."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from forms.exchange.agenda import closings, rows
from forms.exchange.sources import at, codes, problem, text, value_of
from forms.kinds import Problem, Signature, row_id
from forms.rules import WAITS, Finding, Rule
from forms.values import ID, N_, Answers, Json, mapping, rows_of
from forms.view import Facts

PARTIES = {"host_leader": "anfitrion", "visiting_leader": "visitante", "focal_host": "oei", "focal_visiting": "oei"}
"""Who meets and signs, and on which side."""
PLACES = {
    "host_leader": N_("Firma de la jefatura anfitriona"), "visiting_leader": N_("Firma de la jefatura visitante"),
    "focal_host": N_("Firma del punto focal OEI anfitrión"), "focal_visiting": N_("Firma del punto focal OEI visitante")}
SHARED = ("shared", "consolidated", "final")
"""States of an agenda that was shared."""


def four_signatures(prefix: str) -> tuple[Signature, ...]:
    """Both leaders and both focal points sign, in that order."""
    return tuple(Signature(f"{prefix}_{role}_signature", label, required=True, sensitivity="personal", signer=role)
                 for role, label in PLACES.items())


def convened(facts: Facts) -> Json:
    """The four who sign, as the exchange knows them."""
    known = [(role, mapping(facts.dossier.people.get(role))) for role in PARTIES]
    return [{ID: row_id(f"party/{role}"), "name": _name(who), "side": PARTIES[role], "position": who.get("position"),
             "institution": who.get("institution")} for role, who in known if _name(who)] or None


def _name(person: Answers) -> str:
    return " ".join(str(person[key]) for key in ("given_names", "family_names") if person.get(key))


def day_of(facts: Facts) -> Json:
    """The day a daily record is for: '20270412' as an ISO day."""
    held = facts.dossier.subject or facts.subject
    return f"{held[:4]}-{held[4:6]}-{held[6:]}" if held else None


def rows_of_day(facts: Facts) -> Sequence[Answers]:
    """The rows of the agenda of that day, by hour."""
    return [{ID: row[ID]} for row in rows(value_of(facts, "A1", "agenda")) if row["date"] == day_of(facts)]


def closing_moment(facts: Facts) -> Json:
    """When the closing session starts."""
    found = closings(value_of(facts, "A1", "agenda"))
    return f"{found[-1]['date']}T{found[-1]['start']}" if found else None


def deviation(facts: Facts) -> Json:
    """Rows of the agenda, and how the daily records say they went; nothing until there is a record.

    A row that was changed was done all the same in another way, so it is counted apart and not among those done.
    """
    said = Counter(str(row["done"]) for _, record in facts.dossier.all("F4L") for row in rows_of(record.get("rows")) if row.get("done"))
    if not said:
        return None
    planned = len(rows(value_of(facts, "A1", "agenda")))
    return {"planned": planned, "done": said["cumplida"], "changed": said["cambiada"], "not_done": said["no_realizada"]}


def signers_present(facts: Facts) -> Finding:
    """Who signs the minutes was there."""
    names = [name for role in PARTIES if (name := _name(mapping(facts.dossier.people.get(role))))]
    if not names:
        return WAITS
    there = {text(row.get("name")) for row in rows_of(facts.answers.get("attendees")) if row.get("present") is True}
    return [problem(at("attendees"), N_("{name} firma el acta: debe constar como asistente."), name=name)
            for name in names if text(name) not in there]


def agenda_shared(facts: Facts) -> Finding:
    """What is gone through is an agenda everybody has seen."""
    state = value_of(facts, "A1", "agenda_state")
    if not state:
        return WAITS
    return [] if state in SHARED else [problem(at("agenda_version"), N_("La agenda todavía no se ha compartido."))]


def within_visit(facts: Facts) -> Finding:
    """A day's record is of a day of the visit."""
    visit, held = mapping(value_of(facts, "A1", "visit_period")), day_of(facts)
    if not (visit and held):
        return WAITS
    return [] if str(visit["start"]) <= str(held) <= str(visit["end"]) else [problem(at("date"), N_("Este día ya no es de la visita."))]


def no_more_than_went(facts: Facts) -> Iterator[Problem]:
    """Nobody counts as present in what did not take place."""
    for row in rows_of(facts.answers.get("rows")):
        if row.get("done") == "no_realizada" and row.get("attendance"):
            yield problem(at("rows", row[ID], "attendance"), N_("Una actividad que no se realizó no tiene asistentes."))


def both_countries(facts: Facts) -> Finding:
    """The closing balance has an institution of each country."""
    there = set(codes(facts.answers.get("present_institutions")))
    hosts = {str(row[ID]) for row in rows_of(value_of(facts, "A1", "receiving_institutions"))} | {"host_institution"}
    if not there:
        return WAITS
    lacking = not there & hosts or "visiting_institution" not in there
    return [problem(at("present_institutions"), N_("El cierre necesita instituciones de ambos países."))] if lacking else []


RULES_OF_MINUTES = (
    Rule("F3R-1", "F3R.attendees", "submit", True, signers_present),
    Rule("F3R-2", "F3R.agenda_version", "submit", True, agenda_shared),
)
RULES_OF_DAY = (
    Rule("F4L-1", "F4L.date", "submit", True, within_visit),
    Rule("F4L-2", "F4L.rows", "submit", True, no_more_than_went),
)
RULES_OF_BALANCE = (Rule("F4C-1", "F4C.present_institutions", "submit", True, both_countries),)
