"""The reserved sheets on a page: asked for with a reason, handed over, for the host's focal point only."""

from datetime import UTC, datetime

import pytest

from app import clock
from app.store import init, open_store
from tests.web.site import HOST, Visitor, page, settings_in, site
from tests.web.site import World as Installation
from tests.workflow.walking import Walk

VISIT = datetime(2027, 4, 13, 12, tzinfo=UTC)


@pytest.fixture
def place(tmp_path):
    """An exchange whose travellers' sheets are typed; yields how each role enters, and the address of the sheets."""
    settings = settings_in(tmp_path)
    init(settings)
    app = site(Installation(settings))
    with open_store(settings) as store, clock.stopped(VISIT):
        walk = Walk(store)
        for form in ("A2", "A4"):
            [document] = walk.documents(form)
            walk.fill(document)

        def enter(role):
            visitor = Visitor(app)
            with visitor.client.session_transaction(base_url=HOST) as held:
                held["token"] = store.sessions.start(walk.one(role).id)
            return visitor

        yield enter, f"/expedientes/{walk.dossier.id}/hojas-reservadas", store


def test_the_sheets_are_handed_over_with_a_reason_and_written_down(place):
    enter, address, store = place
    visitor = enter("focal_host")
    assert page(visitor.get(address)).xpath("//textarea[@name='reason']")
    answer = visitor.post(address, {"reason": "Un vuelo se demoró: hay que avisar al hotel."})
    assert answer.data.startswith(b"%PDF-")
    assert "PE-2027-URY-SLV-01_P4.pdf" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    [dossier] = store.dossiers.all()
    assert len(store.events.told(dossier.id, "health_viewed")) == 5


def test_without_a_reason_the_page_asks_for_one(place):
    enter, address, _ = place
    answer = enter("focal_host").post(address, {"reason": "sí"})
    assert answer.status_code == 422
    assert page(answer).xpath("//p[contains(@class, 'govuk-error-message')]")
    assert page(answer).xpath("//textarea")[0].text_content().strip() == "sí"


def test_others_of_the_exchange_are_not_offered_them(place):
    enter, address, _ = place
    for role in ("visiting_leader", "focal_visiting"):
        assert enter(role).get(address).status_code == 404
        assert enter(role).post(address, {"reason": "Un vuelo se demoró: hay que avisar al hotel."}).status_code in (403, 404)


def test_after_the_visit_the_address_is_dead(place):
    enter, address, _ = place
    visitor = enter("focal_host")
    with clock.stopped(VISIT.replace(day=20)):
        visitor = enter("focal_host")
        answer = visitor.post(address, {"reason": "Un vuelo se demoró: hay que avisar al hotel."})
    assert answer.status_code == 403
