"""A plan's year on a page: drawn and told, for a calendar as a file and at a private address."""

import pytest

from app.store import init, open_store
from app.workflow import opening, surroundings
from tests.web.site import HOST, Visitor, page, settings_in, site, text
from tests.web.site import World as Installation
from tests.workflow.walking import Walk


@pytest.fixture
def place(tmp_path):
    """The worked exchange with its plan typed, and who enters by role."""
    settings = settings_in(tmp_path)
    init(settings)
    app = site(Installation(settings))
    with open_store(settings) as store:
        walk = Walk(store)
        for form in ("A1", "F4C", "A5"):
            for document in walk.documents(form):
                store.documents.move(document.id, "approved", document.state, "approved", walk.secretariat.id)
            opening.ensured(store, walk.dossier.id, walk.secretariat.id)
        [plan] = walk.documents("PTA")

        def enter(role):
            visitor = Visitor(app)
            with visitor.client.session_transaction(base_url=HOST) as held:
                held["token"] = store.sessions.start(walk.one(role).id)
            return visitor

        yield enter, plan, walk, app


def test_a_plan_without_actions_says_what_it_needs(place):
    enter, plan, _, _ = place
    assert "Todavía no hay nada que mostrar" in text(enter("visiting_leader").get(f"/documentos/{plan.id}/plan"))


def test_the_year_is_drawn_and_told_in_a_table(place):
    enter, plan, walk, _ = place
    walk.fill(plan)
    plan = walk.documents("PTA")[0]
    visitor = enter("visiting_leader")
    assert f"/documentos/{plan.id}/plan" in page(visitor.get(f"/documentos/{plan.id}")).xpath("//a/@href")
    answer = visitor.get(f"/documentos/{plan.id}/plan")
    seen = page(answer)
    assert len(seen.xpath("//svg[@role='img']/title")) == 2
    assert not seen.xpath("//*[@style]")
    actions = surroundings.typed(walk.store, plan)["actions"]
    assert len(seen.xpath("(//tbody)[1]/tr")) == len(actions)
    assert len(seen.xpath("(//svg[@role='img'])[1]/*[@class='anexa-year__bar']")) >= len(actions)
    assert "Sin seguimiento todavía" in text(answer)
    assert "May" in seen.xpath("(//svg[@role='img'])[1]/text/text()")


def test_the_dates_are_a_file_and_a_private_address_that_needs_no_session(place):
    enter, plan, walk, app = place
    walk.fill(plan)
    visitor = enter("visiting_leader")
    file = visitor.get(f"/documentos/{plan.id}/plan.ics")
    assert file.headers["Content-Disposition"].endswith("_PTA.ics")
    [address] = [line for line in page(visitor.get(f"/documentos/{plan.id}/plan")).xpath("//p/text()") if line.endswith(".ics")]
    path = "/calendario/" + address.rpartition("/calendario/")[2]
    answer = Visitor(app).get(path)
    assert (answer.status_code, answer.data, answer.mimetype) == (200, file.data, "text/calendar")
    assert Visitor(app).get(path.replace(".ics", "0.ics")).status_code == 404
    assert enter("visiting_leader").get(f"/documentos/{walk.documents('A1')[0].id}/plan").status_code == 404
