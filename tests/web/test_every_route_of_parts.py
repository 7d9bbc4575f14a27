"""Routes × people × {own, another's} for documents and parts that have a subject: an address of somebody else's is no address."""

import pytest

from app.store import init, open_store
from app.workflow import access
from tests.web.site import HOST, Visitor, World, settings_in, site
from tests.workflow.delegating import Delegation
from tests.workflow.exchanging import PEOPLE
from tests.workflow.house import House

SECTIONS = {"A1": ("host", "visitor"), "A2": ("card", "summary"), "A4": ("travel", "reserved", "lodging"), "A7": ("permissions",),
            "A5": ("questionnaire", "valuation")}
HIDDEN = ("Maní y nueces", "Presentación que solo lee quien debe", "X0001-RESERVADO")


@pytest.fixture
def trip(tmp_path, monkeypatch):
    world = World(settings_in(tmp_path))
    init(world.settings)
    with open_store(world.settings) as store:
        made = Delegation(House(store), monkeypatch)
        made.world, made.app = world, site(world)
        made.consents(1)
        row = made.rows()[1]
        made.health(1, HIDDEN[0])
        made.save("A2", "card", made.travellers[1], {f"travellers.{row}.bio": HIDDEN[1]}, row)
        made.save("A4", "travel", made.travellers[1], {f"travel.{row}.doc_number": HIDDEN[2]}, row)
        yield made


def entered(trip, person):
    visitor = Visitor(trip.app)
    with visitor.client.session_transaction(base_url=HOST) as held:
        held["token"] = trip.store.sessions.start(person.id)
    return visitor


def people(trip):
    roles = {role: trip.store.people.by_email(one["email"]) for role, one in PEOPLE.items()}
    return roles | {"own": trip.travellers[1], "other": trip.travellers[2], "secretariat": trip.secretariat}


def pages(trip):
    """Every page of every document: (document, part, subject, address)."""
    for document in trip.documents():
        for each in ("", "/revisar", "/paginas", "/firma", "/observaciones", "/cambios", "/historia"):
            yield document, "", "", f"/documentos/{document.id}{each}"
        for section in SECTIONS[document.form]:
            part = next(part for part in trip.form(document).parts if section in {each.key for each in part.sections})
            for subject in trip.rows() if part.subject else ("",):
                yield document, part.key, subject, f"/documentos/{document.id}/{section}{f'?de={subject}' if subject else ''}"


@pytest.mark.parametrize("who", [*PEOPLE, "own", "other", "secretariat"])
def test_each_page_is_there_for_who_sees_it_and_says_nothing_that_is_not_theirs(who, trip):
    person = people(trip)[who]
    visitor, wrong = entered(trip, person), []
    for document, part, subject, address in pages(trip):
        seen = access.sees(trip.store, person, document)
        may = bool(seen.audience(part, subject)) if part else access.can(trip.store, person, "view", document)
        answer = visitor.get(address)
        if (answer.status_code < 400) != may and not (part == "" and answer.status_code in (302, 404)):
            wrong.append((document.form, address, may, answer.status_code))
        wrong += [(address, words) for words in secrets(trip, who) if words in answer.get_data(as_text=True)]
    assert wrong == []


def secrets(trip, who):
    """What a person is never shown on these pages."""
    health, bio, number = HIDDEN
    if who == "own":
        return ()
    if who == "visiting_leader":
        return (health,)
    return (health, number, bio) if who == "other" else (health, number)


def test_nobody_opens_somebody_elses_reserved_sheet_by_its_address(trip):
    fourth, row = trip.document("A4").id, trip.rows()[1]
    for who, person in people(trip).items():
        status = entered(trip, person).get(f"/documentos/{fourth}/reservada/{row}").status_code
        assert (status == 200) == (who in ("own", "focal_host", "focal_visiting", "secretariat")), who


def test_a_reserved_sheet_is_shown_after_its_reason_and_kept_nowhere(trip):
    visitor, row = entered(trip, trip.focal_visiting), trip.rows()[1]
    address = f"/documentos/{trip.document('A4').id}/reservada/{row}"
    assert "Al menos veinte letras" in visitor.get(address).get_data(as_text=True)
    token = visitor.token()
    refused = visitor.send("POST", address, data={"csrf_token": token, "reason": "Por ver"})
    assert (refused.status_code, HIDDEN[0] in refused.get_data(as_text=True)) == (422, False)
    shown = visitor.send("POST", address, data={"csrf_token": token, "reason": "Preparar el almuerzo del primer día."})
    assert HIDDEN[0] in shown.get_data(as_text=True)
    assert "no-store" in shown.headers["Cache-Control"]
    assert len(trip.store.events.told(trip.dossier.id, "health_viewed")) == 1
