"""What Anexo IV works out, and its rules (forms.md §7): the journey fits the visit, nobody is left out, health is told with permission."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from forms.catalogues import ZONES
from forms.exchange.agenda import closings, places
from forms.exchange.sources import active, at, codes, problem, text, value_of
from forms.kinds import Problem, empty, row_id
from forms.rules import WAITS, Finding, Rule
from forms.values import ID, N_, Answers, Json, mapping, rows_of
from forms.view import Facts

HEALTH = ("diet", "diet_other", "allergies", "support_needs", "medical_note")
"""What a reserved sheet asks with permission only."""
SHEETS = {"travel": N_("Falta el viaje de {no}."), "reserved": N_("Falta la hoja reservada de {no}.")}
FLIGHTS = {"out_carrier": N_("Falta el vuelo de ida de {no}."), "out_arrival": N_("Falta la hora de llegada de {no}."),
           "back_carrier": N_("Falta el vuelo de vuelta de {no}."), "back_departure": N_("Falta la hora de salida de {no}.")}
OF_AGE, HALF_A_YEAR, NOON, REST = 18, timedelta(days=182), "12:00", timedelta(hours=3)


def whom(facts: Facts) -> Json:
    """The traveller a sheet is for."""
    return facts.subject or None


def timezones(facts: Facts) -> Json:
    """The zone of each country, and what its clocks say when it is nine in the host country on the visit's first day."""
    host, first = str(value_of(facts, "A1", "host_country")), mapping(value_of(facts, "A1", "visit_period")).get("start")
    countries = [str(value_of(facts, "A1", key)) for key in ("host_country", "visiting_country")]
    if host not in ZONES or not first:
        return None
    nine = datetime.fromisoformat(f"{first}T09:00").replace(tzinfo=ZoneInfo(ZONES[host]))
    return [{ID: row_id(f"zone/{country}"), "country": country, "zone": ZONES[country],
             "first": f"{nine.astimezone(ZoneInfo(ZONES[country])):%H:%M}"} for country in countries if country in ZONES]


def first_contact(facts: Facts) -> Json:
    """The focal point of the host country, who answers at any hour."""
    focal = mapping(value_of(facts, "A1", "host_focal"))
    name = " ".join(str(focal[key]) for key in ("given_names", "family_names") if focal.get(key))
    return [{ID: row_id("contact/focal"), "what": name, "phone": focal.get("phone")}] if name else None


def _going(facts: Facts) -> dict[str, Answers]:
    return {str(row[ID]): row for row in active(value_of(facts, "A2", "travellers"))}


def _sheets(facts: Facts, key: str) -> Iterator[tuple[str, str, Answers]]:
    """(id, number, sheet) of each person who goes and has begun a sheet."""
    going = _going(facts)
    for row in rows_of(facts.answers.get(key)):
        if row.get(ID) in going and not _untouched(row):
            yield str(row[ID]), str(going[str(row[ID])].get("no") or ""), row


def _untouched(sheet: Answers) -> bool:
    return empty({key: value for key, value in sheet.items() if key != "traveller"})


def _nobody_travels(facts: Facts) -> bool:
    return value_of(facts, "A1", "modality") == "virtual"


def one_each(facts: Facts) -> Finding:
    """R-09: a journey and a reserved sheet of everybody who goes; of a visit from afar, only the sheet."""
    going = _going(facts)
    if not going:
        return WAITS
    asked = {key: message for key, message in SHEETS.items() if key != "travel" or not _nobody_travels(facts)}
    begun = {key: {found for found, _, _ in _sheets(facts, key)} for key in asked}
    return [problem(at(key, row), message, no=going[row].get("no")) for key, message in asked.items() for row in going
            if row not in begun[key]]


def after_the_closing(facts: Facts) -> Finding:
    """R-10: nobody leaves before the closing session ends."""
    return _leaving(facts, lambda left, end: left <= end, N_("{no} sale antes del cierre."))


def time_to_leave(facts: Facts) -> Finding:
    """R-10: less than three hours between the closing session and a departure is short."""
    return _leaving(facts, lambda left, end: end < left < end + REST, N_("{no} sale menos de tres horas después del cierre."))


def _leaving(facts: Facts, wrong: Callable[[datetime, datetime], bool], message: str) -> Finding:
    found = closings(value_of(facts, "A1", "agenda"))
    if not found:
        return WAITS
    end = datetime.fromisoformat(f"{found[-1]['date']}T{found[-1]['end']}")
    return [problem(at("travel", row, "back_departure"), message, no=no) for row, no, sheet in _sheets(facts, "travel")
            if sheet.get("back_departure") and wrong(datetime.fromisoformat(str(sheet["back_departure"])), end)]


def insured(facts: Facts) -> Iterator[Problem]:
    """R-11: the insurance covers the days from arrival to departure."""
    for row, no, sheet in _sheets(facts, "travel"):
        period = mapping(sheet.get("insurance_period"))
        days = [str(sheet[key])[:10] for key in ("out_arrival", "back_departure") if sheet.get(key)]
        if period and not all(str(period["start"]) <= day <= str(period["end"]) for day in days):
            yield problem(at("travel", row, "insurance_period"), N_("El seguro de {no} no cubre la visita."), no=no)


def with_permission(facts: Facts) -> Iterator[Problem]:
    """R-13: nothing of health stands unless that person's Anexo VII allows it. Nothing said there is no permission."""
    for row, _, sheet in _sheets(facts, "reserved"):
        if facts.dossier.answers("A7", subject=row).get("consent_health") is not True:
            filled = (key for key in HEALTH if not empty(sheet.get(key)))
            yield from (problem(at("reserved", row, key), N_("No autorizó datos de salud.")) for key in filled)


def may_be_recorded(facts: Facts) -> Finding:
    """R-15: a recording needs the permission of everybody who goes."""
    if facts.answers.get("recording") is not True:
        return []
    said = [facts.dossier.answers("A7", subject=row).get("consent_voice_video") for row in _going(facts)]
    if False in said:
        return [problem(at("recording"), N_("No todas las personas autorizan grabar."))]
    return WAITS if None in said or not said else []


def told_to_call(facts: Facts) -> Finding:
    """R-34: who hosts is told to call the person; what is needed is not shown."""
    needing = [row for row, _, sheet in _sheets(facts, "reserved") if not empty(sheet.get("support_needs"))]
    known = places({"receiving_institutions": value_of(facts, "A1", "receiving_institutions")})
    if not known:
        return WAITS
    hard = [place for place in known.values() if place.get("accessible") == "no"] if needing else []
    return [problem(at("reserved"), N_("Hay una necesidad de apoyo en la visita a {inst}."), inst=place.get("name")) for place in hard]


def papers(facts: Facts) -> Iterator[Problem]:
    """A document has letters and figures only and lasts beyond the visit, who travels is of age and no visa was denied."""
    first, last = (mapping(value_of(facts, "A1", "visit_period")).get(key) for key in ("start", "end"))
    for row, no, sheet in _sheets(facts, "travel"):
        number, expiry, born = (sheet.get(key) for key in ("doc_number", "doc_expiry", "birth_date"))
        if number and not str(number).replace("-", "").replace(" ", "").isalnum():
            yield problem(at("travel", row, "doc_number"), N_("El documento de {no} lleva solo letras y cifras."), no=no)
        if expiry and last and str(expiry) <= str(last):
            yield problem(at("travel", row, "doc_expiry"), N_("El documento de {no} vence antes del fin de la visita."), no=no)
        if born and first and _years(str(born), str(first)) < OF_AGE:
            yield problem(at("travel", row, "birth_date"), N_("{no} debe tener {years} años cumplidos."), no=no, years=OF_AGE)
        if sheet.get("visa_status") == "denied":
            yield problem(at("travel", row, "visa_status"), N_("{no} no tiene visa para viajar."), no=no)


def _years(born: str, on: str) -> int:
    return int(on[:4]) - int(born[:4]) - (on[5:] < born[5:])


def doubts(facts: Facts) -> Iterator[Problem]:
    """What may still be put right: a document that ends soon, a visa under way, an arrival after the first noon."""
    first, last = (mapping(value_of(facts, "A1", "visit_period")).get(key) for key in ("start", "end"))
    for row, no, sheet in _sheets(facts, "travel"):
        expiry = sheet.get("doc_expiry")
        if expiry and last and str(last) < str(expiry) and date.fromisoformat(str(expiry)) < date.fromisoformat(str(last)) + HALF_A_YEAR:
            yield problem(at("travel", row, "doc_expiry"), N_("El documento de {no} vence menos de seis meses después."), no=no)
        if sheet.get("visa_status") in ("to_apply", "in_process"):
            yield problem(at("travel", row, "visa_status"), N_("La visa de {no} todavía no está otorgada."), no=no)
        if first and str(sheet.get("out_arrival") or "") > f"{first}T{NOON}":
            yield problem(at("travel", row, "out_arrival"), N_("{no} llega después del mediodía del primer día."), no=no)


def booked(facts: Facts) -> Iterator[Problem]:
    """Before everything is ready, every flight is known."""
    for row, no, sheet in () if _nobody_travels(facts) else _sheets(facts, "travel"):
        yield from (problem(at("travel", row, key), message, no=no) for key, message in FLIGHTS.items() if empty(sheet.get(key)))


def lodged(facts: Facts) -> Finding:
    """Everybody who goes sleeps somewhere."""
    going, rows = _going(facts), rows_of(facts.answers.get("lodging"))
    if not (going and rows):
        return WAITS
    guests = {guest for row in rows for guest in codes(row.get("guests"))}
    return [problem(at("lodging"), N_("Falta el alojamiento de {no}."), no=going[row].get("no")) for row in going if row not in guests]


def every_night(facts: Facts) -> Finding:
    """The rooms are there for all nights of the visit."""
    visit = mapping(value_of(facts, "A1", "visit_period"))
    stays = [stay for row in rows_of(facts.answers.get("lodging")) if (stay := mapping(row.get("stay")))]
    if not (visit and stays):
        return WAITS
    first, last = min(str(stay["start"]) for stay in stays), max(str(stay["end"]) for stay in stays)
    covered = first <= str(visit["start"]) and last >= str(visit["end"])
    return [] if covered else [problem(at("lodging"), N_("El alojamiento no cubre todas las noches de la visita."))]


def another_phone(facts: Facts) -> Iterator[Problem]:
    """Who is to be called in an emergency has a phone of their own."""
    going = _going(facts)
    for row, _, sheet in _sheets(facts, "reserved"):
        if sheet.get("emergency_phone") and text(sheet["emergency_phone"]) == text(going[row].get("mobile")):
            yield problem(at("reserved", row, "emergency_phone"), N_("El teléfono de emergencia es el de la propia persona."))


def reachable(facts: Facts) -> Finding:
    """The focal point, who answers at any hour, is among the local contacts."""
    phone = mapping(value_of(facts, "A1", "host_focal")).get("phone")
    if not phone:
        return WAITS
    told = {row.get("phone") for row in rows_of(facts.answers.get("emergency_contacts"))}
    return [] if phone in told else [problem(at("emergency_contacts"), N_("Falta el teléfono del punto focal anfitrión."))]


def who_pays_is_said(facts: Facts) -> Iterator[Problem]:
    """Several consulates ask for it."""
    if facts.answers.get("cost_bearer_statement") is False:
        yield problem(at("cost_bearer_statement"), N_("Ningún documento oficial dice quién cubre los gastos."))


def tried_before(facts: Facts) -> Finding:
    """The technical test is before the first day."""
    first, test = mapping(value_of(facts, "A1", "visit_period")).get("start"), facts.answers.get("tech_test")
    late = first and test and str(test)[:10] >= str(first)
    return [problem(at("tech_test"), N_("La prueba técnica va antes del primer día."))] if late else []


RULES = (
    Rule("R-09", "A4.travel", "submit", True, one_each),
    Rule("R-10", "A4.travel", "submit", True, after_the_closing),
    Rule("R-10-soon", "A4.travel", "submit", False, time_to_leave),
    Rule("R-11", "A4.travel", "submit", True, insured),
    Rule("R-13", "A4.reserved", "save", True, with_permission),
    Rule("R-15", "A4.recording", "submit", True, may_be_recorded),
    Rule("R-34", "A4.reserved", "submit", False, told_to_call),
    Rule("A4-1", "A4.travel", "submit", True, papers),
    Rule("A4-2", "A4.travel", "submit", False, doubts),
    Rule("A4-3", "A4.travel", "ready", True, booked),
    Rule("A4-4", "A4.lodging", "submit", True, lodged),
    Rule("A4-5", "A4.lodging", "submit", False, every_night),
    Rule("A4-6", "A4.reserved", "submit", True, another_phone),
    Rule("A4-7", "A4.emergency_contacts", "submit", True, reachable),
    Rule("A4-8", "A4.cost_bearer_statement", "submit", False, who_pays_is_said),
    Rule("A4-9", "A4.tech_test", "submit", True, tried_before),
)
