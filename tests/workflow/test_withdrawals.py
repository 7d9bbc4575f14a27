"""Permissions taken back, health values erased with them, and restricted sheets opened with a reason."""

from datetime import UTC, datetime, timedelta

import pytest

from app import clock
from app.errors import Forbidden, Invalid, Locked, Moved, NotFound
from app.store import audit
from app.workflow import dossiers, history, reserved, withdrawals
from app.workflow.saving import Saved
from tests.workflow.delegating import Delegation
from tests.workflow.house import ES

NOTE = "Lo pidió por teléfono y se confirmó por correo."
REASON = "Preparar el almuerzo del primer día de la visita."
VISIT = datetime(2027, 4, 12, 12, tzinfo=UTC)


@pytest.fixture
def trip(house, monkeypatch):
    made = Delegation(house, monkeypatch)
    made.consents()
    return made


def allergies(trip, number=1):
    leaves = trip.store.revisions.leaves(trip.document("A4").id)
    return leaves.get(f"reserved.{trip.rows()[number]}.allergies")


def effective(trip, number=1):
    return dossiers.view_of(trip.store, trip.document("A1")).answers("A7", subject=trip.rows()[number])


def test_a_person_withdraws_what_they_allowed_and_the_signed_document_stays(trip):
    document, person = trip.document("A7", 1), trip.travellers[1]
    done = withdrawals.withdraw(trip.store, person, document, "consent_photo")
    assert (done.item, done.done, done.person_id) == ("consent_photo", (), person.id)
    assert [each.item for each in withdrawals.of(trip.store, document)] == ["consent_photo"]
    assert dossiers.filled(trip.store, trip.document("A7", 1))["consent_photo"] is True
    assert (effective(trip)["consent_photo"], effective(trip)["consent_health"]) == (False, True)
    assert trip.document("A7", 1) == document
    assert audit(trip.store) == []


def test_a_publication_withdrawn_is_no_publication(trip):
    withdrawals.withdraw(trip.store, trip.travellers[1], trip.document("A7", 1), "consent_log_publication")
    assert effective(trip)["consent_log_publication"] == "no"


def test_it_says_until_when_the_rest_is_done(trip):
    with clock.stopped(datetime(2027, 3, 1, 12, tzinfo=UTC)):
        done = withdrawals.withdraw(trip.store, trip.travellers[1], trip.document("A7", 1), "consent_photo", key="k")
        assert done.until.isoformat() == "2027-03-15"
        assert withdrawals.withdraw(trip.store, trip.travellers[1], trip.document("A7", 1), "consent_photo", key="k") == done


def test_the_secretariat_withdraws_on_somebodys_behalf_with_a_note_and_nobody_else_does(trip):
    document = trip.document("A7", 1)
    with pytest.raises(Invalid):
        withdrawals.withdraw(trip.store, trip.secretariat, document, "consent_photo", note="Porque sí.")
    assert withdrawals.withdraw(trip.store, trip.secretariat, document, "consent_photo", note=NOTE).note == NOTE
    for person, error in ((trip.visitor, Forbidden), (trip.focal_visiting, Forbidden), (trip.travellers[2], NotFound)):
        with pytest.raises(error):
            withdrawals.withdraw(trip.store, person, document, "consent_health", note=NOTE)


def test_what_is_no_permission_or_was_not_given_cannot_be_withdrawn(trip):
    document, person = trip.document("A7", 1), trip.travellers[1]
    withdrawals.withdraw(trip.store, person, document, "consent_photo")
    for item in ("sign_place", "nothing", "consent_photo", "consent_network"):
        with pytest.raises(Invalid):
            withdrawals.withdraw(trip.store, person, document, item)
    with pytest.raises(Moved):
        withdrawals.withdraw(trip.store, trip.travellers[2], trip.document("A7", 2), "consent_photo")


def test_health_is_taken_only_while_it_is_allowed(trip):
    assert isinstance(trip.health(), Saved)
    assert allergies(trip) == "Maní"
    refused = trip.health(number=2)
    assert [ES.words(each.message) for each in refused.refused] == ["No autorizó datos de salud"]
    assert allergies(trip, 2) is None


def test_health_withdrawn_is_unreadable_at_once_in_every_revision_and_stays_so(trip):
    trip.health()
    trip.health(text="Maní y nueces")
    row = trip.rows()[1]
    trip.save("A4", "reserved", trip.travellers[1], {f"reserved.{row}.emergency_name": "Contacto"}, row)
    done = withdrawals.withdraw(trip.store, trip.travellers[1], trip.document("A7", 1), "consent_health")
    assert done.done == ("health_erased",)
    document = trip.document("A4")
    every = [revision.changes.get(f"reserved.{row}.allergies") for revision in trip.store.revisions.since(document.id)]
    assert [value for value in every if value] == []
    leaves = trip.store.revisions.leaves(document.id)
    assert (leaves[f"reserved.{row}.allergies"], leaves[f"reserved.{row}.emergency_name"]) == (None, "Contacto")
    assert "allergies" not in {key for each in dossiers.filled(trip.store, document)["reserved"] for key, value in each.items() if value}
    assert [event.payload["subject"] for event in trip.store.events.told(trip.dossier.id, "health_erased")] == [row]
    assert trip.health().refused
    assert audit(trip.store) == []


def test_the_health_of_the_others_stays(trip):
    trip.consents(2)
    trip.health()
    trip.health(2, "Penicilina")
    withdrawals.withdraw(trip.store, trip.travellers[1], trip.document("A7", 1), "consent_health")
    assert allergies(trip, 2) == "Penicilina"


def test_the_consents_table_has_what_each_one_allows_now(trip):
    withdrawals.withdraw(trip.store, trip.travellers[1], trip.document("A7", 1), "consent_photo")
    table = {row.subject: row for row in withdrawals.table(trip.store, trip.now())}
    row = table[trip.rows()[1]]
    assert (row.answers["consent_health"], row.answers["consent_photo"], len(row.withdrawals)) == (True, False, 1)
    assert table[trip.rows()[2]].answers["consent_health"] is None


def test_a_reserved_sheet_is_opened_with_a_reason_that_is_written_down(trip):
    trip.health()
    row, document = trip.rows()[1], trip.document("A4")
    with pytest.raises(Invalid):
        reserved.open(trip.store, trip.focal_visiting, document, row, "Por ver")
    assert trip.store.events.told(trip.dossier.id, "health_viewed") == ()
    assert reserved.open(trip.store, trip.focal_visiting, document, row, REASON)["allergies"] == "Maní"
    [event] = trip.store.events.told(trip.dossier.id, "health_viewed")
    assert (event.actor_id, event.payload["subject"]) == (trip.focal_visiting.id, row)
    assert trip.store.remarks.get(event.payload["remark"]).text == REASON
    assert any("hoja reservada" in entry.sentence for entry in history.of(trip.store, trip.secretariat, trip.now(), ES))


def test_the_hosts_focal_point_opens_it_around_the_visit_only(trip):
    trip.health()
    row, document = trip.rows()[1], trip.document("A4")
    for moment, allowed in ((VISIT - timedelta(days=3), True), (VISIT + timedelta(days=7), True), (VISIT - timedelta(days=4), False),
                            (VISIT + timedelta(days=8), False)):
        with clock.stopped(moment):
            if allowed:
                assert reserved.open(trip.store, trip.focal_host, document, row, REASON)["allergies"] == "Maní"
            else:
                with pytest.raises(Forbidden):
                    reserved.open(trip.store, trip.focal_host, document, row, REASON)


def test_nobody_else_opens_a_reserved_sheet_and_its_own_person_needs_no_reason(trip):
    trip.health()
    row, document = trip.rows()[1], trip.document("A4")
    for person in (trip.host, trip.visitor, trip.travellers[2], trip.ministry):
        with pytest.raises(NotFound):
            reserved.open(trip.store, person, document, row, REASON)
    assert reserved.open(trip.store, trip.travellers[1], document, row, "")["allergies"] == "Maní"
    assert trip.store.events.told(trip.dossier.id, "health_viewed") == ()
    with pytest.raises(Locked):
        trip.save("A4", "reserved", trip.visitor, {f"reserved.{row}.emergency_name": "Otro"}, row)


def test_a_page_with_restricted_answers_shortens_the_session(trip):
    with clock.stopped(VISIT):
        token = trip.store.sessions.start(trip.focal_visiting.id)
        reserved.shorten(trip.store, token)
    with clock.stopped(VISIT + timedelta(minutes=19)):
        reserved.shorten(trip.store, token)
    with clock.stopped(VISIT + timedelta(minutes=38)):
        assert trip.store.sessions.find(token)
    with clock.stopped(VISIT + timedelta(minutes=40)):
        assert trip.store.sessions.find(token) is None
