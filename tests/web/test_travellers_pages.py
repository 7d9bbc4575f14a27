"""The delegation's page: the leader puts somebody else in, or takes somebody out; what lacks is said and nothing typed is lost."""

import pytest

from app.store import init, open_store
from app.workflow import surroundings
from tests.web.site import HOST, Visitor, page, settings_in, site, text
from tests.web.site import World as Installation
from tests.workflow.walking import Walk

WHY = "Cambió de cargo en su institución y ya no puede viajar en abril."
SOMEBODY = {"given_names": "Persona", "family_names": "que reemplaza", "email": "reemplazo@example.org", "function": "technical"}


@pytest.fixture
def place(tmp_path):
    settings = settings_in(tmp_path)
    init(settings)
    app = site(Installation(settings))
    with open_store(settings) as store:
        walk = Walk(store)

        def enter(role):
            visitor = Visitor(app)
            person = walk.one(role) if role != "secretariat" else walk.secretariat
            with visitor.client.session_transaction(base_url=HOST) as held:
                held["token"] = store.sessions.start(person.id)
            return visitor

        yield enter, f"/expedientes/{walk.dossier.id}", walk


def rows(walk):
    [document] = walk.documents("A2")
    return surroundings.typed(walk.store, document)["travellers"]


def test_the_leader_puts_somebody_else_in_the_delegation(place):
    enter, address, walk = place
    leader, row = enter("visiting_leader"), rows(walk)[2]["_id"]
    assert f"{address}/delegacion" in leader.get(address).get_data(as_text=True)
    link = f"{address}/delegacion/{row}/reemplazar"
    assert link in page(leader.get(f"{address}/delegacion")).xpath("//a/@href")
    answer = leader.post(link, SOMEBODY | {"reason": WHY, "key": "k"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{address}/delegacion")
    shown = text(leader.get(f"{address}/delegacion"))
    assert "Reemplazada" in shown
    assert "Persona que reemplaza" in shown
    assert link not in leader.get(f"{address}/delegacion").get_data(as_text=True)
    assert len(rows(walk)) == 6


def test_what_lacks_is_said_and_nothing_typed_is_lost(place):
    enter, address, walk = place
    leader, row = enter("visiting_leader"), rows(walk)[2]["_id"]
    link = f"{address}/delegacion/{row}/reemplazar"
    nameless = SOMEBODY | {"family_names": "", "reason": WHY}
    for said, anchor in ((SOMEBODY | {"reason": "Porque sí"}, "#reason"), (nameless, "#family_names")):
        answer = leader.post(link, said)
        assert answer.status_code == 422
        assert anchor in page(answer).xpath("//div[contains(@class, 'govuk-error-summary')]//a/@href")
        assert page(answer).xpath("//input[@name='given_names']/@value") == ["Persona"]
        assert page(answer).xpath("//textarea[@name='reason']")[0].text_content().strip() == said["reason"]
    assert len(rows(walk)) == 5


def test_the_secretariat_takes_somebody_out(place):
    enter, address, walk = place
    visitor, row = enter("secretariat"), rows(walk)[4]["_id"]
    link = f"{address}/delegacion/{row}/retirar"
    assert visitor.post(link, {"reason": "No"}).status_code == 422
    assert visitor.get(link).status_code == 200
    assert visitor.post(link, {"reason": WHY}).status_code == 302
    assert "Retirada" in text(visitor.get(f"{address}/delegacion"))
    assert visitor.get(link).status_code == 404


def test_others_of_the_exchange_do_not_change_the_delegation(place):
    enter, address, walk = place
    row = rows(walk)[2]["_id"]
    for role in ("host_leader", "focal_host", "focal_visiting"):
        visitor = enter(role)
        assert visitor.get(f"{address}/delegacion").status_code == 403
        assert visitor.post(f"{address}/delegacion/{row}/retirar", {"reason": WHY}).status_code == 403
    assert all(each.get("state") != "retirada" for each in rows(walk))
