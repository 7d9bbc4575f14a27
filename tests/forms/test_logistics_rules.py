"""Anexo IV: what each modality asks, and the journeys, sheets and recordings it refuses."""
import pytest

from forms import FORMS
from tests.forms.worked import TRAVELLERS, Exchange


@pytest.fixture
def exchange():
    return Exchange()


def sheet(exchange, key, number):
    return exchange.change("A4")[key][number - 1]


def test_somebody_who_leaves_before_the_closing_session_ends_is_refused(exchange):
    sheet(exchange, "travel", 3)["back_departure"] = "2027-04-16T12:30"
    assert exchange.findings("A4")["R-10"] == ["03 sale antes del cierre."]


def test_less_than_three_hours_to_leave_is_a_warning(exchange):
    sheet(exchange, "travel", 3)["back_departure"] = "2027-04-16T15:30"
    assert exchange.findings("A4")["R-10-soon"] == ["03 sale menos de tres horas después del cierre."]
    assert {rule.id: rule.blocks for rule in FORMS["A4"].rules if rule.id.startswith("R-10")} == {"R-10": True, "R-10-soon": False}


def test_allergies_of_somebody_who_gave_no_permission_are_refused(exchange):
    sheet(exchange, "reserved", 5)["allergies"] = "Maní"
    assert exchange.findings("A4")["R-13"] == ["No autorizó datos de salud."]


def test_a_recording_needs_the_permission_of_all(exchange):
    exchange.view.facts["modality"] = "hybrid"
    online = {"platform": "Videollamada", "meeting_link": "https://example.org/sala", "tech_test": "2027-04-09T10:00", "recording": True}
    exchange.change("A4").update(online)
    assert exchange.findings("A4")["R-15"] == ["No todas las personas autorizan grabar."]
    exchange.change("A4")["recording"] = False
    assert "R-15" not in exchange.findings("A4")


def test_a_permission_nobody_has_answered_yet_is_waited_for(exchange):
    exchange.view.facts["modality"] = "hybrid"
    for traveller in TRAVELLERS:
        exchange.change("A7", traveller).pop("consent_voice_video")
    exchange.change("A4")["recording"] = True
    assert exchange.findings("A4")["R-15"] == ["waits"]


def test_who_goes_has_a_journey_and_a_sheet(exchange):
    exchange.change("A4")["travel"].pop()
    exchange.change("A4")["reserved"].pop(0)
    assert exchange.findings("A4")["R-09"] == ["Falta el viaje de 05.", "Falta la hoja reservada de 01."]


def test_somebody_who_stays_at_home_needs_neither(exchange):
    exchange.change("A2")["travellers"][4]["state"] = "retirada"
    exchange.change("A4")["travel"].pop()
    exchange.change("A4")["reserved"].pop()
    assert "R-09" not in exchange.findings("A4")


def test_an_insurance_that_ends_before_the_way_back_is_refused(exchange):
    sheet(exchange, "travel", 2)["insurance_period"] = {"start": "2027-04-11", "end": "2027-04-16"}
    assert exchange.findings("A4")["R-11"] == ["El seguro de 02 no cubre la visita."]


def test_a_need_of_support_is_told_without_saying_which(exchange):
    exchange.change("A1")["receiving_institutions"][1]["accessible"] = "no"
    sheet(exchange, "reserved", 1)["support_needs"] = "Silla de ruedas"
    told = exchange.findings("A4")["R-34"]
    assert told == ["Hay una necesidad de apoyo en la visita a Centro de primera infancia urbano."]


@pytest.mark.parametrize(("key", "value", "rule", "sentence"), [
    ("doc_number", "A/12", "A4-1", "El documento de 01 lleva solo letras y cifras."),
    ("doc_expiry", "2027-04-16", "A4-1", "El documento de 01 vence antes del fin de la visita."),
    ("doc_expiry", "2027-08-01", "A4-2", "El documento de 01 vence menos de seis meses después."),
    ("birth_date", "2010-01-01", "A4-1", "01 debe tener 18 años cumplidos."),
    ("visa_status", "denied", "A4-1", "01 no tiene visa para viajar."),
    ("visa_status", "to_apply", "A4-2", "La visa de 01 todavía no está otorgada."),
    ("out_arrival", "2027-04-12T13:00", "A4-2", "01 llega después del mediodía del primer día."),
    ("out_carrier", None, "A4-3", "Falta el vuelo de ida de 01."),
])
def test_a_journey_is_held_to_its_papers(exchange, key, value, rule, sentence):
    sheet(exchange, "travel", 1)[key] = value
    assert sentence in exchange.findings("A4")[rule]


@pytest.mark.parametrize(("path", "value", "rule", "sentence"), [
    (("lodging", 0, "guests"), list(TRAVELLERS[:4]), "A4-4", "Falta el alojamiento de 05."),
    (("lodging", 0, "stay"), {"start": "2027-04-11", "end": "2027-04-15"}, "A4-5",
     "El alojamiento no cubre todas las noches de la visita."),
    (("emergency_contacts", 0, "phone"), "+99900000059", "A4-7", "Falta el teléfono del punto focal anfitrión."),
    (("cost_bearer_statement",), False, "A4-8", "Ningún documento oficial dice quién cubre los gastos."),
])
def test_rooms_contacts_and_letters_are_looked_at(exchange, path, value, rule, sentence):
    *steps, last = path
    place = exchange.change("A4")
    for step in steps:
        place = place[step]
    place[last] = value
    assert exchange.findings("A4")[rule] == [sentence]


def test_an_emergency_phone_is_somebody_elses(exchange):
    own = exchange.change("A2")["travellers"][0]["mobile"]
    sheet(exchange, "reserved", 1)["emergency_phone"] = own
    assert exchange.findings("A4")["A4-6"] == ["El teléfono de emergencia es el de la propia persona."]


def test_a_visit_in_person_asks_nothing_about_platforms(exchange):
    assert not {"platform", "meeting_link", "timezones", "recording"} & set(exchange.filled("A4"))


def test_a_virtual_visit_asks_neither_journeys_nor_rooms(exchange):
    exchange.view.facts["modality"] = "virtual"
    known = exchange.filled("A4")
    assert not {"lodging", "costs", "airport_pickup", "invitation_letter"} & set(known)
    assert set(known["travel"][0]) == {"_id", "traveller"}
    assert "platform" in exchange.missing("A4")
    assert "R-09" not in exchange.findings("A4")


def test_from_afar_each_country_has_its_own_hour(exchange):
    exchange.view.facts["modality"] = "hybrid"
    clocks = exchange.filled("A4")["timezones"]
    assert [(row["country"], row["zone"], row["first"]) for row in clocks] == [
        ("URY", "America/Montevideo", "09:00"), ("SLV", "America/El_Salvador", "06:00")]


def test_a_test_of_the_platform_is_before_the_first_day(exchange):
    exchange.view.facts["modality"] = "virtual"
    exchange.change("A4")["tech_test"] = "2027-04-12T08:00"
    assert exchange.findings("A4")["A4-9"] == ["La prueba técnica va antes del primer día."]


def test_restricted_and_health_answers_are_exactly_those_of_the_domain():
    form = FORMS["A4"]
    held = {level: {kind.key for kind in form.every if kind.sensitivity == level} for level in ("restricted", "health")}
    assert held["restricted"] == {"doc_type", "doc_number", "doc_country", "doc_expiry", "birth_date", "visa_status", "policy_no",
                                  "emergency_name", "emergency_relation", "emergency_phone"}
    assert held["health"] == {"diet", "diet_other", "allergies", "support_needs", "medical_note"}


@pytest.mark.parametrize(("minor", "said"), [(93000, None), (90000, ["Los aportes y los costos difieren en 30.00 USD."])])
def test_what_the_host_gives_in_money_is_what_it_pays(exchange, minor, said):
    given = {"_id": "GVN00001", "concept": "Transporte y comidas", "kind": "cash", "amount": {"amount": minor, "currency": "USD"}}
    exchange.change("A1")["host_contributions"] = [given]
    exchange.change("A1")["visiting_contributions"] = []
    assert exchange.findings("A1").get("R-19") == said
