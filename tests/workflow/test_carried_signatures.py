"""A new version asks again only those who signed what changed; the other signatures are carried, with their date."""

import pytest

from app.rendering.readback import text_of_pdf
from app.store import audit
from app.workflow import life, signing, verification
from tests.workflow.delegating import AUTHORITY, BIO, Delegation


@pytest.fixture
def trip(house, monkeypatch):
    return Delegation(house, monkeypatch)


def second_version(trip, change):
    """The second annex signed, opened anew, changed and brought to its signers."""
    first = trip.signed_cards()
    life.supersede(trip.store, trip.visitor, first)
    if change:
        row = trip.rows()[1]
        trip.save("A2", "card", trip.travellers[1], {f"travellers.{row}.bio": f"{BIO} Y desde este año, con familias."}, row)
    for row, person in zip(trip.rows(), trip.travellers, strict=True):
        trip.submit("A2", "travellers", person, row)
    trip.submit("A2", "list", trip.visitor)
    return first, trip.approved("A2")


def standings(trip):
    return {(slot.key, slot.subject): slot.standing for slot in signing.slots_of(trip.store, trip.document("A2"))}


def test_only_the_changed_traveller_the_authority_and_the_leader_sign_again(trip):
    first, second = second_version(trip, change=True)
    rows = trip.rows()
    assert second.version == 2
    assert standings(trip) == {
        ("signature", rows[0]): "signed", ("signature", rows[1]): "turn", ("signature", rows[2]): "signed",
        ("sending_authority_signature", ""): "waiting", ("a2_leader_signature", ""): "waiting",
    }
    carried = {each.person_id: each for each in trip.store.signatures.of(second.id)}
    before = {each.path: each for each in trip.store.signatures.of(first.id)}
    assert set(carried) == {trip.travellers[0].id, trip.travellers[2].id}
    for each in carried.values():
        old = before[each.path]
        assert (each.carried, each.at, each.hash) == (old.id, old.at, old.hash)
        assert each.hash != signing.hash_of(trip.store, second)
    assert {event.actor_id for event in trip.store.events.told(trip.dossier.id, "signature_carried")} == {trip.ministry.id}
    assert audit(trip.store) == []


def test_a_carried_signature_says_so_on_paper_and_the_code_tells_the_new_hash(trip):
    _, second = second_version(trip, change=True)
    trip.sign("A2", trip.travellers[1])
    trip.sign("A2", trip.store.people.by_email(AUTHORITY["email"]))
    second = trip.sign("A2", trip.visitor)
    assert second.state == "signed"
    text = " ".join(text_of_pdf(signing.signed_record(trip.store, trip.focal_visiting, second).data).split())
    assert text.count("firmado en una versión anterior") == 2
    assert verification.found(trip.store, second).hash == signing.hash_of(trip.store, second)[:16]


def test_a_version_in_which_no_card_changed_asks_the_authority_and_the_leader(trip):
    second_version(trip, change=False)
    assert [key for (key, _), standing in standings(trip).items() if standing != "signed"] == [
        "sending_authority_signature", "a2_leader_signature"]


def logistics(trip, hotel, point):
    trip.save("A4", "lodging", trip.visitor, {"hotel": hotel})
    trip.save("A4", "transfers", trip.focal_host, {"meeting_point": point})
    for row, person in zip(trip.rows(), trip.travellers, strict=True):
        trip.submit("A4", "travel", person, row)
        trip.submit("A4", "reserved", person, row)
    trip.submit("A4", "logistics", trip.visitor)
    trip.approved("A4")


def test_a_signature_about_some_sections_is_carried_while_those_stay(trip):
    logistics(trip, "Hotel de ejemplo", "La puerta del hotel")
    trip.sign("A4", trip.visitor)
    first = trip.sign("A4", trip.focal_host)
    assert first.state == "signed"
    life.supersede(trip.store, trip.visitor, first)
    logistics(trip, "Otro hotel", "La puerta del hotel")
    assert {slot.key: slot.standing for slot in signing.slots_of(trip.store, trip.document("A4"))} == {
        "a4_leader_signature": "turn", "a4_focal_signature": "signed"}
    second = trip.sign("A4", trip.visitor)
    assert second.state == "signed"
    life.supersede(trip.store, trip.visitor, second)
    logistics(trip, "Otro hotel", "La plaza")
    assert {slot.standing for slot in signing.slots_of(trip.store, trip.document("A4"))} == {"turn", "waiting"}
