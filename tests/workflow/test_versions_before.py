"""What a document may read besides its dossier's other documents: the version before it, the sheets beside it."""

from app.store import open_store
from app.workflow import commissions, dossiers, verification
from app.workflow.programmes import COMMISSION
from tests.workflow.walking import Walk


def test_a_version_knows_what_the_one_before_it_said(settings):
    with open_store(settings) as store:
        walk = Walk(store)
        [first] = walk.documents("A3")
        walk.fill(first)
        code = first.code.replace("/v1", "/v2")
        second = store.documents.add(walk.dossier.id, "A3", first.edition, code, verification.new_code(), actor_id="x", version=2)
        said = dossiers.typed(store, store.documents.get(first.id))
        assert said["challenges"]
        assert dossiers.view_of(store, second).previous == said
        assert dossiers.view_of(store, store.documents.get(first.id)).previous == {}


def test_a_commissions_sheet_knows_the_others(settings):
    with open_store(settings) as store:
        pact = store.people.add("Pacto", "de ejemplo", email="pacto@example.org")
        store.grants.give(pact.id, "pact_coordination", "programme", COMMISSION)
        opened = [commissions.open_commission(store, pact, "2019", number, {}) for number in (3, 4)]
        [document] = store.documents.of(opened[0].id)
        store.revisions.append(document.id, 0, pact.id, "head", {"meta_no": 3, "scope": "nacional"})
        [other] = store.documents.of(opened[1].id)
        assert [each["meta_no"] for each in dossiers.view_of(store, other).siblings] == [3]
