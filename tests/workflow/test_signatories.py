"""Signing in parts: copies together, in the form's order, only where it is wanted; and whoever an answer names, by a single link."""

from email import message_from_bytes
from email.policy import default

import pytest

from app.errors import Forbidden, Moved, NotFound
from app.store import audit
from app.workflow import access, life, mailing, signing, states, tasks
from tests.workflow import lives
from tests.workflow.delegating import AUTHORITY, Delegation
from tests.workflow.house import ES


@pytest.fixture
def trip(house, monkeypatch):
    return Delegation(house, monkeypatch)


def standings(trip, form="A2"):
    return [(slot.key, slot.standing) for slot in signing.slots_of(trip.store, trip.document(form))]


def test_copies_of_one_field_are_on_turn_together_and_the_others_wait(trip):
    trip.cards()
    assert standings(trip) == [("signature", "turn")] * 3 + [("sending_authority_signature", "waiting"), ("a2_leader_signature", "waiting")]
    third = trip.travellers[2]
    trip.sign("A2", third)
    with pytest.raises(Moved):
        trip.sign("A2", third)
    assert [standing for _, standing in standings(trip)] == ["turn", "turn", "signed", "waiting", "waiting"]
    asked = [row["person_id"] for row in trip.store.db.all("SELECT person_id FROM outbox WHERE kind = 'signature_asked'")]
    assert sorted(asked) == sorted(person.id for person in trip.travellers), "nobody is asked twice"


def test_one_person_signs_as_a_traveller_and_as_the_leader_each_with_a_code(trip):
    document = trip.signed_cards()
    assert document.state == "signed"
    signed = [(each.role, each.person_id) for each in trip.store.signatures.of(document.id)]
    assert ("participant", trip.visitor.id) in signed
    assert ("visiting_leader", trip.visitor.id) in signed
    assert audit(trip.store) == []


def test_a_signature_in_a_card_stands_in_the_record_of_the_document(trip):
    trip.signed_cards()
    from app.rendering.readback import text_of_pdf

    text = text_of_pdf(signing.signed_record(trip.store, trip.focal_visiting, trip.document("A2")).data)
    assert "Segunda de la delegación" in text
    assert "sending authority de ejemplo" in text


def test_a_conditional_signature_is_asked_for_only_where_the_dossier_says_so(house, monkeypatch):
    trip = Delegation(house, monkeypatch, host_ministry_signs=True)
    keys = [slot.key for slot in signing.slots_of(trip.store, trip.document("A1"))]
    assert keys == ["visiting_leader_signature", "host_leader_signature", "host_ministry_signature"]


def test_without_it_nobody_waits_for_the_ministry(trip):
    keys = [slot.key for slot in signing.slots_of(trip.store, trip.document("A1"))]
    assert keys == ["visiting_leader_signature", "host_leader_signature"]


def authority(trip):
    return trip.store.people.by_email(AUTHORITY["email"])


def test_who_an_answer_names_is_let_in_when_signing_starts_and_sees_that_document_only(trip, settings):
    assert authority(trip) is None
    trip.cards()
    person, document = authority(trip), trip.document("A2")
    assert [(grant.role, grant.scope_kind) for grant in trip.store.grants.of(person.id)] == [("sending_authority", "document")]
    assert access.can(trip.store, person, "view", document)
    assert access.can(trip.store, person, "download", document)
    assert not access.can(trip.store, person, "view", trip.now())
    assert not any(access.can(trip.store, person, "view", each) for each in trip.documents() if each.id != document.id)
    with pytest.raises(Moved):
        lives.sign(trip, person, document)
    for traveller in trip.travellers:
        trip.sign("A2", traveller)
    assert [task.kind for task in tasks.mine(trip.store, person)] == ["sign"]
    mailing.deliver(settings)
    letters = [message_from_bytes(path.read_bytes(), policy=default) for path in settings.mail.glob("*.eml")]
    [letter] = [each for each in letters if "Lo nombraron para firmarlo" in each.get_content()]
    assert letter["To"] == AUTHORITY["email"]
    [link] = [line.rsplit("/", 1)[1] for line in letter.get_content().splitlines() if "/entrar/" in line]
    assert trip.store.links.find(link.strip()).target == f"/documentos/{document.id}/firma"
    assert trip.sign("A2", person).state == "signing"


def test_who_is_no_longer_named_is_taken_back(trip):
    trip.cards()
    first = authority(trip)
    life.refuse(trip.store, trip.travellers[1], trip.document("A2"), lives.REASON)
    for comment in trip.store.comments.of(trip.document("A2").id):
        from app.workflow import comments

        comments.answer(trip.store, trip.visitor, trip.document("A2"), comment.id, "Se corrigió.")
    trip.save("A2", "summary", trip.visitor, {"sending_authority.email": "otra.autoridad@example.org"})
    for part in states.parts(trip.store, trip.document("A2")):
        key, _, subject = part.part.partition(".")
        trip.submit("A2", key, trip.visitor if key == "list" else trip.travellers[trip.rows().index(subject)], subject)
    trip.approved("A2")
    assert not access.can(trip.store, first, "view", trip.document("A2"))
    assert access.can(trip.store, trip.store.people.by_email("otra.autoridad@example.org"), "sign", trip.document("A2"))
    with pytest.raises((Forbidden, NotFound)):
        signing.send_code(trip.store, first, trip.document("A2"))


def test_a_signatorys_place_has_a_role_in_words(trip):
    words = {ES.words(slot.role_words) for slot in signing.slots_of(trip.store, trip.document("A2"))}
    assert "Autoridad que autoriza el viaje" in words
