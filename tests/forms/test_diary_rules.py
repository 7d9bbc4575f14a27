"""Anexo VI: photos as institutions and people allow, publication as the person allowed, a page for every working day."""
import pytest

from tests.forms.worked import PICTURE, TRAVELLERS, Exchange


@pytest.fixture
def exchange():
    return Exchange()


def photo(**more):
    return {"file": PICTURE, "caption": "Vista", "people": "none", "rights": True, **more}


def day(exchange, number, traveller=TRAVELLERS[1]):
    return exchange.change("A6", traveller)["days"][number - 1]


def test_no_photo_on_the_day_of_an_institution_that_allows_none(exchange):
    day(exchange, 3)["photo1"] = photo()
    assert exchange.findings("A6", TRAVELLERS[1])["R-16"] == ["Esta institución no permite fotos."]


def test_nobody_who_said_no_appears_in_a_published_photo(exchange):
    day(exchange, 4)["photo1"] = photo(people="adults_consented", travellers=[TRAVELLERS[3]])
    assert exchange.findings("A6", TRAVELLERS[1])["R-16-people"] == ["04 no autoriza fotografías."]


def test_a_photo_of_a_day_that_is_not_shared_is_not_published(exchange):
    day(exchange, 4)["photo1"] = photo(people="adults_consented", travellers=[TRAVELLERS[3]])
    day(exchange, 4)["shareable"] = False
    assert "R-16-people" not in exchange.findings("A6", TRAVELLERS[1])


def test_adults_in_a_photo_have_given_permission(exchange):
    day(exchange, 1)["photo2"] = photo(people="adults_consented", rights=False)
    assert exchange.findings("A6", TRAVELLERS[1])["R-16"] == ["Sin autorización de las personas no se puede usar la foto."]


def test_where_only_spaces_may_be_shown_there_are_no_people(exchange):
    for row in exchange.change("A1")["agenda"]:
        if row["date"] == "2027-04-13" and row.get("institution"):
            row["institution"] = "HST00002"
    day(exchange, 2)["photo2"] = photo(people="adults_consented")
    said = exchange.findings("A6", TRAVELLERS[1])["R-16"]
    assert said == ["Esta institución permite fotos de espacios y materiales, no de personas."]


def test_a_photo_with_somebody_who_may_be_recognised_is_looked_at_again(exchange):
    day(exchange, 1)["photo1"] = photo(people="not_sure")
    assert exchange.findings("A6", TRAVELLERS[1])["R-17"] == ["Revise si se reconoce a alguien."]


@pytest.mark.parametrize(("number", "choice", "sentence"), [
    (3, "named", "Su autorización no permite publicar con nombre."),
    (5, "anonymous", "Su autorización no permite publicar."),
])
def test_what_is_published_is_no_more_than_what_was_allowed(exchange, number, choice, sentence):
    exchange.change("A6", TRAVELLERS[number - 1])["publish_choice"] = choice
    assert exchange.findings("A6", TRAVELLERS[number - 1])["R-18"] == [sentence]


def test_what_was_allowed_is_waited_for(exchange):
    exchange.change("A7", TRAVELLERS[0]).pop("consent_log_publication")
    assert exchange.findings("A6", TRAVELLERS[0])["R-18"] == ["waits"]


def test_a_day_nothing_is_written_of_is_missing(exchange):
    exchange.change("A6", TRAVELLERS[1])["days"].pop(1)
    assert exchange.findings("A6", TRAVELLERS[1])["R-21"] == ["Falta el registro del 13/04/2027."]


def test_when_the_dates_change_what_was_written_stays_with_its_day(exchange):
    before = [row["saw"] for row in exchange.filled("A6", TRAVELLERS[1])["days"]]
    exchange.view.facts["visit_period"] = {"start": "2027-04-19", "end": "2027-04-23"}
    for row in exchange.change("A1")["agenda"]:
        row["date"] = f"2027-04-{int(row['date'][-2:]) + 7}"
    rows = exchange.filled("A6", TRAVELLERS[1])["days"]
    assert [row["date"] for row in rows] == [f"2027-04-{number}" for number in range(19, 24)]
    assert [row["saw"] for row in rows] == before


def test_what_was_written_of_a_day_that_fell_away_is_kept_and_told(exchange):
    exchange.change("A1")["agenda"] = [row for row in exchange.change("A1")["agenda"] if row["date"] != "2027-04-15"]
    assert len(exchange.filled("A6", TRAVELLERS[1])["days"]) == 5
    assert exchange.findings("A6", TRAVELLERS[1])["R-21"] == ["Hay un registro de un día que ya no está en la agenda."]


def test_the_three_questions_are_the_first_of_the_delegation(exchange):
    questions = exchange.filled("A6", TRAVELLERS[0])["my_questions"].split("\n")
    assert questions == [row["question"] for row in exchange.change("A3")["learning_questions"]][:3]
