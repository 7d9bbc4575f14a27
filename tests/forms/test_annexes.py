"""Anexos I, II, III and VII on the worked exchange (forms.md §4, §7, §11.1): complete, clean, and each spoiled answer refused in words."""
from dataclasses import replace

import pytest

from app.i18n import formatter
from app.workflow.resolving import asked, filled
from forms import FORMS
from forms.blocks import Box, Note
from forms.catalogues import MEMBERS
from forms.exchange.law import LAWS, applies
from forms.exchange.notice import CURRENT
from forms.values import ID
from forms.view import BARE, Address, DossierView
from tests.forms.worked import TRAVELLERS, Exchange

FIELDS = {"A1": 81, "A2": 33, "A3": 43, "A7": 23}
"""Rows of the field tables of forms.md §4."""
DOCUMENTS = [("A1", ""), ("A2", ""), ("A3", ""), *(("A7", one) for one in TRAVELLERS)]
UNSIGNED = {"R-12", "R-30"}
"""Rules that look at signatures and at the minutes of another session."""
ES = formatter("es", "URY")
CONSENTS = [f"consent_{key}" for key in ("health", "transfer", "contact_share", "network", "photo", "voice_video", "image_print",
                                         "image_web", "image_social", "log_publication")]


@pytest.fixture
def exchange():
    """The worked exchange, two months before the visit."""
    made = Exchange()
    made.view = replace(made.view, today="2027-02-01")
    return made


def row(exchange, number):
    """A row of the agenda, by its number in forms.md §11.1."""
    return exchange.change("A1")["agenda"][number - 1]


@pytest.mark.parametrize(("code", "count"), FIELDS.items())
def test_an_annex_has_the_fields_of_the_domain(code, count):
    assert FORMS[code].field_rows == count


@pytest.mark.parametrize(("form", "subject"), DOCUMENTS)
def test_an_annex_is_complete_and_no_rule_of_its_own_objects(exchange, form, subject):
    assert exchange.missing(form, subject) == {}
    assert set(exchange.findings(form, subject)) <= UNSIGNED


def test_hours_closing_and_objectives_are_worked_out(exchange):
    known = exchange.filled("A1")
    assert known["agenda_hours"] == "27.75"
    assert known["closing_slot"] == {"date": "2027-04-16", "start": "11:00", "end": "13:00"}
    assert [each["code"] for each in known["specific_objectives"]] == ["OE-1", "OE-2", "OE-3"]
    assert known["exchange_code"] == "PE-2027-URY-SLV-01"


def test_the_delegation_is_counted_by_function_level_and_institution(exchange):
    known = exchange.filled("A2")
    assert known["traveller_count"] == 5
    assert known["composition"] == {
        "by_function": {"technical": 2, "leader": 1, "rapporteur": 1, "deputy": 1}, "by_level": {"technical": 3, "managerial": 2},
        "by_institution": {"Ente rector de primera infancia de El Salvador": 5}}
    assert [each["no"] for each in known["travellers"]] == ["01", "02", "03", "04", "05"]


def test_a_reserve_or_somebody_replaced_is_not_counted(exchange):
    exchange.change("A2")["travellers"][3]["state"] = "reemplazada"
    exchange.change("A2")["travellers"][4]["state"] = "suplente"
    assert exchange.filled("A2")["traveller_count"] == 3
    assert "El Anexo I dice 5 personas y el II tiene 3" in exchange.findings("A2")["R-07"][0]


def test_a_traveller_keeps_the_number_of_the_version_before(exchange):
    travellers = exchange.change("A2")["travellers"]
    for number, each in enumerate(travellers, 1):
        each["no"] = f"{number:02}"
    del travellers[1]
    travellers.append({ID: "TRV00009", "given_names": "Otra"})
    assert [each["no"] for each in exchange.filled("A2")["travellers"]] == ["01", "03", "04", "05", "06"]


def test_what_the_exchange_knows_is_typed_once(exchange):
    known = exchange.filled("A1")
    assert known["activity_title"] == "Autorización y calidad de centros de primera infancia"
    assert known["host_leader"]["email"] == "jefatura.anfitriona@example.org"
    assert known["agenda"][1]["place"] == "Sede central, planta 2"
    assert known["closing_objectives"].startswith("Hacer juntos un balance")
    assert {each["institution"] for each in exchange.filled("A2")["travellers"]} == {known["visiting_institution"]["name"]}
    assert exchange.filled("A7", TRAVELLERS[2])["copy_email"] == "viajero03@example.org"
    assert exchange.filled("A7", TRAVELLERS[2])["residence_country"] == "SLV"


def test_expected_results_start_from_the_objectives_of_annex_i(exchange):
    del exchange.change("A3")["expected_results"]
    rows = exchange.filled("A3")["expected_results"]
    assert [each["result"] for each in rows] == [each["expected_result"] for each in exchange.filled("A1")["specific_objectives"]]


def test_signatures_are_asked_in_the_order_of_the_domain():
    assert [key for key in FORMS["A1"].signing if "ministry" not in key] == [
        "visiting_leader_signature", "host_leader_signature", "visiting_focal_signature", "host_focal_signature"]
    assert FORMS["A2"].signing == ("signature", "sending_authority_signature", "a2_leader_signature")


def test_a_ministry_signs_where_its_country_asks_for_it():
    signs = filled(FORMS["A1"], {}, DossierView(facts={"host_ministry_signs": True, "visiting_ministry_signs": False}))
    assert "host_ministry_signature" in signs
    assert "visiting_ministry_signature" not in signs


AGENDA = [
    (17, {"date": "2027-04-15"}, "R-03", "Falta la sesión de cierre el último día: agregue en la agenda, el 16/04/2027"),
    (17, {"end": "11:45"}, "R-03", "Falta la sesión de cierre el último día"),
    (16, {"start": "13:00", "end": "14:00"}, "R-03", "Después del cierre solo caben traslados, pausas y actos protocolares"),
    (2, {"date": "2027-04-20"}, "R-01", "La fecha 20/04/2027 está fuera de la visita"),
    (3, {"start": "12:00"}, "R-02", "10:15 Marco normativo y pasos de la habilitación y 12:00 Estándares"),
    (4, {"kind": "workshop"}, "R-05", "El 12/04/2027 no tiene reflexión del día"),
    (2, {"start": "10:05"}, "R-05", "hay menos de 15 minutos para cambiar de lugar"),
    (9, {"institution": None}, "A1-institution", "Elija en la agenda la institución de «09:00 Una visita de supervisión acompañada»."),
    (2, {"end": "10:00"}, "A1-hours", "termina antes de empezar"),
]


@pytest.mark.parametrize(("number", "change", "rule", "sentence"), AGENDA, ids=[f"{each[2]}-{each[0]}" for each in AGENDA])
def test_an_agenda_that_does_not_hold_is_told_in_words(exchange, number, change, rule, sentence):
    row(exchange, number).update(change)
    if "start" in change and number == 2:
        row(exchange, number)["place"] = "Otro lugar"
    assert sentence in " ".join(exchange.findings("A1")[rule])


def test_each_working_day_has_work_and_a_weekend_is_only_told(exchange):
    exchange.change("A1")["visit_period"] = {"start": "2027-04-12", "end": "2027-04-18"}
    found = exchange.findings("A1")
    assert "R-01" not in found
    assert [said.split(" no tiene")[0] for said in found["R-01-weekend"]] == ["El 17/04/2027", "El 18/04/2027"]
    exchange.change("A1")["visit_period"] = {"start": "2027-04-12", "end": "2027-04-19"}
    assert exchange.findings("A1")["R-01"] == ["El 19/04/2027 no tiene actividades: agregue al menos una en la agenda, o acorte la visita."]


def test_two_institutions_at_once_may_be_two_groups(exchange):
    row(exchange, 6).update(date="2027-04-13", start="09:00", end="12:00")
    found = exchange.findings("A1")
    assert "R-02" not in found
    assert "si son dos grupos" in found["R-02-groups"][0]


def test_a_group_that_does_not_fit_is_split_in_words(exchange):
    exchange.change("A1")["delegation_size"] = 7
    assert "Centro de primera infancia urbano recibe hasta 6 personas" in " ".join(exchange.findings("A1")["R-06-groups"])
    row(exchange, 5)["notes"] = ""
    assert "Centro de primera infancia urbano recibe hasta 6 personas" in exchange.findings("A1")["R-06"][0]


def test_annexes_i_and_ii_agree_on_how_many_travel(exchange):
    exchange.change("A1")["delegation_size"] = 6
    assert exchange.findings("A2")["R-07"] == [
        "El Anexo I dice 6 personas y el II tiene 5: corrija el número del Anexo I, o las personas titulares del II."]


def test_a_rule_waits_for_a_document_nobody_has_begun(exchange):
    exchange.typed[Address("A1")] = {}
    exchange.view = replace(exchange.view, facts={})
    assert exchange.findings("A2")["R-07"] == ["waits"]
    assert exchange.findings("A3")["R-08"] == ["waits"]


def test_public_institutions_of_both_countries_are_at_the_closing(exchange):
    exchange.change("A1")["closing_institutions"] = ["HST00001", "HST00002"]
    assert "El cierre necesita instituciones de ambos países" in exchange.findings("A1")["R-04"][0]


def test_nobody_is_on_both_sides(exchange):
    exchange.change("A1").update(visiting_country="URY", visiting_leader={"email": "jefatura.anfitriona@example.org"})
    found = exchange.findings("A1")["R-27"]
    assert "El país anfitrión y el visitante son el mismo" in found[0]
    assert "La misma persona está en ambos lados" in found[1]


def test_new_dates_after_a_signed_version_send_people_to_i_and_iv(exchange):
    exchange.view = replace(exchange.view, previous={"visit_period": {"start": "2027-04-05", "end": "2027-04-09"}})
    assert exchange.findings("A1")["R-29"] == ["Cambiaron las fechas: revise I y IV, y los días de cada bitácora."]


def test_what_the_referencing_session_changed_is_in_a_later_agenda(exchange):
    exchange.change("F3R")["agenda_review"] = [{ID: "RVW00001", "row": "AGD00002", "comment": "Más tiempo", "decision": "se_cambia"}]
    exchange.view = replace(exchange.view, facts={**exchange.view.facts, "agenda_version": 1})
    assert "Hay acuerdos sin aplicar en la agenda" in exchange.findings("A1")["R-30"][0]
    exchange.view = replace(exchange.view, facts={**exchange.view.facts, "agenda_version": 2})
    assert "R-30" not in exchange.findings("A1")


def test_little_time_is_told_and_stops_nothing(exchange):
    exchange.view = replace(exchange.view, today="2027-03-20")
    assert exchange.findings("A1")["A1-soon"] == ["Faltan 23 días para la visita: queda poco tiempo para prepararla."]
    assert not next(rule for rule in FORMS["A1"].rules if rule.id == "A1-soon").blocks


def test_every_commitment_is_read_and_marked(exchange):
    exchange.change("A1")["host_commitments"].pop()
    exchange.change("A2")["travellers"][0]["commitments"].pop()
    assert "Marque todas las opciones de «El país anfitrión se compromete a»." in exchange.missing("A1").values()
    assert "Marque todas las opciones de «Me comprometo a»." in exchange.missing("A2").values()


DELEGATION = [
    ({"function": "technical"}, "A2-leader", "La delegación lleva una jefatura, y hay 0"),
    ({"email": "viajero02@example.org"}, "A2-mail", "02 y 01 tienen el mismo correo"),
    ({"languages": ["pt"]}, "A2-languages", "Nadie entiende alguno de los idiomas"),
    ({"topics": ["curriculum"]}, "A2-topics", "Hay temas del Anexo I que nadie tiene"),
    ({"decision_level": "technical"}, "A2-level", "Nadie tiene nivel de decisión"),
]


@pytest.mark.parametrize(("change", "rule", "sentence"), DELEGATION, ids=[each[1] for each in DELEGATION])
def test_a_delegation_that_does_not_fit_is_told_in_words(exchange, change, rule, sentence):
    many = rule in ("A2-languages", "A2-topics", "A2-level")
    for each in exchange.change("A2")["travellers"] if many else exchange.change("A2")["travellers"][:1]:
        each.update(change)
    assert sentence in exchange.findings("A2")[rule][0]


def test_four_travellers_need_somebody_to_take_notes(exchange):
    exchange.change("A2")["travellers"][1]["function"] = "technical"
    assert "Nadie lleva la relatoría" in exchange.findings("A2")["A2-rapporteur"][0]


def test_a_mission_permit_is_asked_only_if_somebody_travels(exchange):
    asked_for = f"travellers.{TRAVELLERS[0]}.leave_authorisation"
    del exchange.change("A2")["travellers"][0]["leave_authorisation"]
    assert exchange.missing("A2")[asked_for] == "Falta «Permiso o acuerdo de misión»."
    exchange.change("A1")["modality"] = "virtual"
    assert asked_for not in exchange.missing("A2")


QUESTIONS = [
    ({"host_answer_where": "AGD00008"}, "R-08", "La pregunta PA-1 no tiene lugar en la agenda"),
    ({"host_answer_where": None}, "R-08", "La pregunta PA-1 no tiene lugar en la agenda"),
    ({"question": "Los pasos"}, "A3-questions", "PA-1 no termina en «?»"),
    ({"theme": "curriculum"}, "A3-themes", "El tema de PA-1 no está entre los del Anexo I."),
]


@pytest.mark.parametrize(("change", "rule", "sentence"), QUESTIONS, ids=["on-a-transfer", "nowhere", "no-question", "other-theme"])
def test_a_question_without_its_place_is_told_in_words(exchange, change, rule, sentence):
    exchange.change("A3")["learning_questions"][0].update(change)
    assert sentence in exchange.findings("A3")[rule][0]


def test_every_objective_has_a_result_and_every_material_a_way_to_it(exchange):
    del exchange.change("A3")["expected_results"][1]
    del exchange.change("A3")["materials"][0]["link"]
    found = exchange.findings("A3")
    assert found["A3-objectives"] == ["OE-2 del Anexo I no tiene resultado esperado: agregue al menos uno."]
    assert found["A3-materials"] == ["Adjunte «Resumen de la política Crecer Juntos» o escriba su enlace."]


def test_visits_with_children_ask_for_the_norms(exchange):
    exchange.change("A3")["safeguarding_ack"] = False
    assert "hace falta responder Sí" in exchange.missing("A3")["safeguarding_ack"]


def test_no_consent_is_marked_for_anybody():
    known = filled(FORMS["A7"], {}, DossierView(subject=TRAVELLERS[0]))
    assert [known.get(key) for key in (*CONSENTS, "ack_core", "notice_read", "ack_children", "ack_third_parties")] == [None] * 14
    boxes = [box for section in asked(FORMS["A7"], {}, BARE, ES) for box in section.boxes if isinstance(box, Box)]
    assert all(box.raw == () for box in boxes)


def test_traveller_05_said_no_to_health_and_goes_all_the_same(exchange):
    assert exchange.filled("A7", TRAVELLERS[4])["consent_health"] is False
    assert exchange.missing("A7", TRAVELLERS[4]) == {}


def test_an_image_is_published_only_if_it_may_be_taken_and_for_some_time(exchange):
    exchange.change("A7", TRAVELLERS[3]).update(consent_image_web=True)
    found = exchange.findings("A7", TRAVELLERS[3])
    assert "autorice también la fotografía" in found["A7-image"][0]
    assert found["A7-term"] == ["Elija por cuánto tiempo autoriza publicar su imagen."]


def test_who_does_not_let_data_go_is_solved_before_the_visit(exchange):
    exchange.change("A7", TRAVELLERS[2])["consent_transfer"] = False
    assert "03 no autoriza el envío de datos" in exchange.findings("A7", TRAVELLERS[2])["R-14"][0]


def test_who_goes_has_signed_the_notice_in_force(exchange):
    exchange.view = replace(exchange.view, states={Address("A7", "", one): "signed" for one in TRAVELLERS[:4]})
    assert exchange.findings("A2")["R-12"] == [
        "05 no ha firmado el Anexo VII vigente: pídale que lo lea, lo responda y lo firme."]


def test_the_annex_of_who_no_longer_goes_is_void(exchange):
    exchange.change("A2")["travellers"][1]["state"] = "retirada"
    assert "anúlelo" in exchange.findings("A7", TRAVELLERS[1])["R-20"][0]
    assert "R-20" not in exchange.findings("A7", TRAVELLERS[0])


def test_another_word_is_another_version_of_the_notice():
    first, *rest = CURRENT.items
    changed = replace(CURRENT, items=(replace(first, paragraphs=("Otra cosa.",)), *rest))
    assert changed.version != CURRENT.version
    assert changed.version.startswith(CURRENT.date)


def test_every_member_has_a_law_and_laws_apply_from_their_day():
    assert set(LAWS) == set(MEMBERS)
    assert applies("CHL", "2026-11-30")[1].words == "Ley 19.628"
    assert "21.719" in applies("CHL", "2026-12-01")[1].words
    assert applies("PRY", "2027-11-26")[1].coming
    assert not applies("PRY", "2027-11-27")[1].coming


def test_a_law_nobody_saw_says_it_is_to_be_confirmed(exchange):
    exchange.change("A7", TRAVELLERS[0])["residence_country"] = "URY"
    assert exchange.filled("A7", TRAVELLERS[0])["notice"]["complaint"]["law"] == {"name": "URY-0", "status": "confirm"}
    assert exchange.filled("A7", TRAVELLERS[1])["notice"]["complaint"]["law"] == {"name": "SLV-0", "status": "seen"}


def test_the_notice_lists_what_every_form_of_the_exchange_asks(exchange):
    rows = exchange.filled("A7", TRAVELLERS[0])["notice"]["data"]["list"]
    asked_for = {(each["form"].split(" — ")[0], each["kind"]): each["labels"] for each in rows}
    assert "Presentación breve" in asked_for["Anexo II", "personal"]
    assert "Aportes del anfitrión" in asked_for["Anexo I", "money"]


def test_the_notice_is_read_before_it_is_answered(exchange):
    view = exchange.seen_by("A7", TRAVELLERS[0])
    section = asked(FORMS["A7"], {}, view, ES, section="about")[0]
    told = " ".join(words for box in section.boxes if isinstance(box, Note) for words in box.paragraphs)
    assert "Nadie puede obligarle a dar datos sensibles." in told
    assert "Ley aplicable en su país: Decreto 144/2024" in told
    assert section.boxes[-1].path.pdf == "notice_read"
