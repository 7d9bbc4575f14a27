"""What Anexo IV asks follows how the visit is made: in person, from afar, or both."""

import pytest

from app.store import open_store
from app.workflow import exchanges, reviewing, states, tasks
from tests.workflow.house import ES
from tests.workflow.walking import Walk

JOURNEY = {"lodging", "airport_pickup", "local_transport", "costs", "invitation_letter", "mission_letter", "cost_bearer_statement"}
ONLINE = {"platform", "meeting_link", "tech_test", "recording"}


@pytest.fixture
def walk(settings):
    with open_store(settings) as store:
        yield Walk(store)


def made(walk, modality):
    """Anexo IV of a visit made that way."""
    exchanges.set_facts(walk.store, walk.secretariat, walk.store.dossiers.get(walk.dossier.id), {"modality": modality})
    return walk.documents("A4")[0]


def lacking(walk, document):
    return {problem.path.steps for problem in reviewing.check(walk.store, walk.one("visiting_leader"), document, ES).problems}


def copies(walk, document, part):
    return [each for each in states.parts(walk.store, document) if each.part.startswith(f"{part}.")]


@pytest.mark.parametrize(
    ("modality", "asked", "travel"), [("in_person", JOURNEY, 5), ("hybrid", JOURNEY | ONLINE, 5), ("virtual", ONLINE, 0)]
)
def test_each_modality_asks_what_it_needs_and_nothing_else(walk, modality, asked, travel):
    document = made(walk, modality)
    lacks = lacking(walk, document)
    assert {steps[0] for steps in lacks} & (JOURNEY | ONLINE) == asked
    assert len(copies(walk, document, "travel")) == travel
    assert len(copies(walk, document, "reserved")) == 5
    assert bool([steps for steps in lacks if steps[:1] == ("travel",) and steps[-1] == "doc_number"]) == bool(travel)
    assert "meeting_point" in {steps[0] for steps in lacks}


def test_in_a_visit_from_afar_nobody_is_asked_about_travel_and_the_document_does_not_wait_for_it(walk):
    document = made(walk, "virtual")
    waiting = {step.part.partition(".")[0] for step in tasks.steps(walk.store, document)}
    assert "travel" not in waiting
    assert "logistics" in waiting
    sent = {part.part: "approved" for part in states.parts(walk.store, document)}
    assert states.together(sent, states.parts(walk.store, document)) == "approved"
    sections = reviewing.check(walk.store, walk.one("visiting_leader"), document, ES).sections
    assert "travel" not in {each.key for each in sections}


def test_what_was_typed_before_a_change_of_modality_comes_back_with_it(walk):
    document = made(walk, "in_person")
    walk.fill(document)
    before = walk.store.revisions.leaves(document.id)
    made(walk, "virtual")
    assert walk.store.revisions.leaves(document.id) == before
    document = made(walk, "in_person")
    assert not [steps for steps in lacking(walk, document) if steps[0] == "travel"]
