"""Somebody of the delegation is replaced, or goes no more: their row, their documents, their access, what was signed with them."""

from dataclasses import replace

import pytest

from app.errors import Forbidden, Invalid, Moved, NotFound
from app.store import audit
from app.workflow import access, delegation, dossiers, exchanges, history, reviewing, signing, states, tasks
from forms.exchange.a2 import STATE
from forms.kinds import Choice
from forms.view import When
from tests.workflow import delegating
from tests.workflow.delegating import BIO, Delegation
from tests.workflow.house import ES

WHY = "Cambió de cargo en su institución y ya no puede viajar en abril."
NEW = {"given_names": "Cuarta", "family_names": "de la delegación", "email": "cuarta@example.org", "bio": BIO}


@pytest.fixture
def trip(house, monkeypatch):
    travellers, several = delegating.A2.parts
    card = replace(travellers.sections[0], fields=(*travellers.sections[0].fields, Choice("state", "Situación", options=STATE)))
    going = replace(travellers, sections=(card,), ended=When("state", ("reemplazada", "retirada")))
    monkeypatch.setitem(delegating.SMALL, "A2", replace(delegating.A2, parts=(going, several)))
    return Delegation(house, monkeypatch)


def replaced(trip, number=1, person=None, **more):
    return delegation.replace_traveller(trip.store, person or trip.visitor, trip.now(), trip.rows()[number], NEW, WHY, **more)


def card(trip, row):
    return next(each for each in dossiers.filled(trip.store, trip.document("A2"))["travellers"] if each["_id"] == row)


def parts(trip, form):
    return {each.part: each.state for each in states.parts(trip.store, trip.document(form))}


def of(trip, form, subject):
    return [each.state for each in trip.store.documents.of(trip.dossier.id) if (each.form, each.subject) == (form, subject)]


def test_the_old_row_says_so_and_the_reason_is_kept_with_it(trip):
    old = trip.rows()[1]
    replaced(trip)
    assert card(trip, old)["state"] == "reemplazada"
    new = trip.rows()[-1]
    assert [card(trip, new)[key] for key in ("given_names", "state")] == ["Cuarta", "titular"]
    [note] = trip.store.comments.of(trip.document("A2").id)
    assert (note.path, note.text, note.person_id) == (f"travellers.{old}", WHY, trip.visitor.id)
    told = [entry.sentence for entry in history.of(trip.store, trip.visitor, trip.now(), ES)]
    assert any("reemplazó a una persona de la delegación" in sentence for sentence in told)
    assert WHY not in repr(told)
    assert audit(trip.store) == []


def test_their_own_documents_are_void_and_the_new_ones_open(trip):
    old = trip.rows()[1]
    trip.consents(1)
    replaced(trip)
    new = trip.rows()[-1]
    assert (of(trip, "A7", old), of(trip, "A7", new)) == (["void"], ["draft"])
    assert next(each.code for each in trip.documents() if each.subject == new).endswith("/A7-04/v1")
    [voided] = [each for each in trip.store.documents.of(trip.dossier.id) if each.subject == old]
    assert [note.text for note in trip.store.comments.of(voided.id)] == [WHY]


def test_access_goes_from_one_person_to_the_other(trip):
    old, before = trip.rows()[1], trip.travellers[1]
    replaced(trip)
    after = trip.store.people.by_email("cuarta@example.org")
    assert not access.can(trip.store, before, "view", trip.now())
    assert tasks.mine(trip.store, before) == ()
    assert trip.store.grants.within("subject", f"{trip.dossier.id}:{old}") == ()
    assert {task.document.form for task in tasks.mine(trip.store, after)} >= {"A2", "A7"}
    assert [message.kind for message in trip.store.outbox.of(after.id)] == ["invitation"]


def test_nothing_is_asked_any_more_of_who_does_not_go(trip):
    old, new = trip.rows()[1], None
    trip.fill("A4", "travel", trip.travellers[1], {f"travel.{old}.out_carrier": "XX 123"}, old)
    replaced(trip)
    new = trip.rows()[-1]
    assert f"travellers.{old}" not in parts(trip, "A2")
    assert f"travellers.{new}" in parts(trip, "A2")
    assert {f"travel.{new}", f"reserved.{new}"} <= parts(trip, "A4").keys()
    assert not {f"travel.{old}", f"reserved.{old}"} & parts(trip, "A4").keys()
    asked = {problem.path.steps[1] for problem in reviewing.check(trip.store, trip.visitor, trip.document("A2"), ES).problems
             if problem.path.steps[0] == "travellers"}
    assert old not in asked


def test_what_was_signed_gets_a_new_version_that_asks_only_who_is_new_and_who_signs_for_all(trip):
    first = trip.signed_cards()
    replaced(trip)
    second = trip.document("A2")
    assert (first.version, second.version, second.state) == (1, 2, "draft")
    people = dict(zip(trip.rows(), [*trip.travellers, trip.store.people.by_email("cuarta@example.org")], strict=True))
    for row, person in people.items():
        if row in {each.partition(".")[2] for each in parts(trip, "A2")}:
            trip.submit("A2", "travellers", person, row)
    trip.submit("A2", "list", trip.visitor)
    second = trip.approved("A2")
    rows = trip.rows()
    slots = {(slot.key, slot.subject): slot.standing for slot in signing.slots_of(trip.store, second)}
    assert slots == {
        ("signature", rows[0]): "signed", ("signature", rows[2]): "signed", ("signature", rows[3]): "turn",
        ("sending_authority_signature", ""): "waiting", ("a2_leader_signature", ""): "waiting"}


def test_logistics_that_were_signed_get_a_new_version_without_what_they_said_of_who_stays(trip):
    logistics(trip)
    old = trip.rows()[1]
    replaced(trip)
    second = trip.document("A4")
    assert (second.version, second.state) == (2, "draft")
    leaves = trip.store.revisions.leaves(second.id)
    assert not [path for path in leaves if old in path]
    assert leaves["hotel"] == "Hotel de ejemplo"


def logistics(trip):
    trip.save("A4", "lodging", trip.visitor, {"hotel": "Hotel de ejemplo"})
    trip.save("A4", "transfers", trip.focal_host, {"meeting_point": "La puerta del hotel"})
    for row, person in zip(trip.rows(), trip.travellers, strict=True):
        trip.save("A4", "travel", person, {f"travel.{row}.out_carrier": "XX 123", f"travel.{row}.doc_number": "A1234"}, row)
        trip.submit("A4", "travel", person, row)
        trip.submit("A4", "reserved", person, row)
    trip.submit("A4", "logistics", trip.visitor)
    trip.approved("A4")
    trip.sign("A4", trip.visitor)
    return trip.sign("A4", trip.focal_host)


def test_what_is_at_its_signers_opens_again_and_its_signatures_count_no_more(trip):
    document = trip.cards()
    trip.sign("A2", trip.travellers[0])
    replaced(trip)
    now = trip.document("A2")
    assert (now.id, now.state) == (document.id, "draft")
    assert trip.store.signatures.of(now.id) == ()
    states_ = parts(trip, "A2")
    assert states_["list"] == "draft"
    assert [states_[f"travellers.{row}"] for row in (trip.rows()[0], trip.rows()[2])] == ["approved", "approved"]


def test_who_goes_no_more_leaves_without_anybody_instead(trip):
    old = trip.rows()[2]
    trip.cards()
    delegation.withdraw_traveller(trip.store, trip.secretariat, trip.now(), old, WHY)
    assert card(trip, old)["state"] == "retirada"
    assert (len(trip.rows()), of(trip, "A7", old)) == (3, ["void"])
    trip.submit("A2", "list", trip.visitor)
    assert trip.approved("A2").state == "signing"
    assert old not in {slot.subject for slot in signing.slots_of(trip.store, trip.document("A2"))}


def test_the_same_post_again_replaces_once_and_a_row_cannot_be_replaced_twice(trip):
    row = trip.rows()[1]
    for _ in range(2):
        delegation.replace_traveller(trip.store, trip.visitor, trip.now(), row, NEW, WHY, "once")
    assert len(trip.rows()) == 4
    with pytest.raises(NotFound):
        delegation.replace_traveller(trip.store, trip.visitor, trip.now(), row, NEW, WHY)


def test_it_takes_a_reason_the_right_person_and_a_visit_that_has_not_begun(trip, house):
    for person, error in ((trip.travellers[1], Forbidden), (trip.host, Forbidden), (house.stranger, NotFound)):
        with pytest.raises(error):
            replaced(trip, person=person)
    with pytest.raises(Invalid):
        delegation.replace_traveller(trip.store, trip.visitor, trip.now(), trip.rows()[1], NEW, "Porque sí")
    assert delegation.may_change(trip.store, trip.visitor, trip.now())
    trip.store.dossiers.move(trip.dossier.id, "exchange_started", "planning", "running", trip.secretariat.id)
    assert not delegation.may_change(trip.store, trip.visitor, trip.now())
    with pytest.raises(Moved):
        replaced(trip)


def test_other_dates_open_the_next_version_of_what_was_signed_with_the_old_ones(trip):
    logistics(trip)
    exchanges.set_facts(trip.store, trip.secretariat, trip.now(), {"visit_period": {"start": "2027-05-10", "end": "2027-05-14"}})
    assert (trip.document("A4").version, trip.document("A1").version) == (2, 1)
    again = {"visit_period": {"start": "2027-05-11", "end": "2027-05-14"}}
    exchanges.set_facts(trip.store, trip.secretariat, trip.now(), again)
    assert trip.document("A4").version == 2
