"""Parts with different fillers and subjects: who writes which answer, what each one sees, how far the whole document is."""

import pytest

from app.errors import Forbidden, Locked, NotFound, NotReady, OwnWork
from app.rendering.readback import text_of_pdf
from app.workflow import (
    agenda,
    answering,
    comments,
    history,
    life,
    renditions,
    reviewing,
    rows,
    signing,
    states,
    tasks,
    versions,
)
from forms.path import AnswerPath
from forms.view import Address
from tests.workflow.delegating import BIO, Delegation
from tests.workflow.house import ES


@pytest.fixture
def trip(house, monkeypatch):
    return Delegation(house, monkeypatch)


def test_a_traveller_writes_their_own_card_and_sees_no_other(trip):
    own, other = trip.rows()[1:]
    second = trip.travellers[1]
    trip.save("A2", "card", second, {f"travellers.{own}.bio": BIO}, own)
    with pytest.raises(Locked):
        trip.save("A2", "card", second, {f"travellers.{other}.bio": BIO}, other)
    with pytest.raises(NotFound):
        trip.section("A2", "card", second, other)
    with pytest.raises(NotFound):
        trip.section("A2", "summary", second)
    shown = reviewing.check(trip.store, second, trip.document("A2"), ES)
    assert {section.subject for section in shown.shown} == {own}
    assert {section.subject for section in shown.sections} == {own}


def test_what_another_role_fills_is_that_roles_until_the_part_is_approved(trip):
    trip.save("A1", "visitor", trip.visitor, {"visiting_institution": "Consejo", "agenda_changes.AAAAAAA1._order": 0,
                                              "agenda_changes.AAAAAAA1.request": "Empezar más tarde"})
    with pytest.raises(Locked):
        trip.save("A1", "visitor", trip.visitor, {"agenda_changes.AAAAAAA1.answer": "Sí"})
    with pytest.raises(Locked):
        trip.save("A1", "visitor", trip.host, {"visiting_institution": "Otra"})
    page = trip.section("A1", "visitor", trip.host)
    assert page.fillable
    paths = ("visiting_institution", "agenda_changes.AAAAAAA1.answer")
    assert [page.opening.allows(AnswerPath.read(path)) for path in paths] == [False, True]
    trip.submit("A1", "b", trip.visitor)
    with pytest.raises(NotReady):
        trip.approve("A1", "b", trip.focal_visiting)
    assert "fill" in [task.kind for task in tasks.of(trip.store, trip.host, trip.document("A1")) if task.part == "b"]
    trip.save("A1", "visitor", trip.host, {"agenda_changes.AAAAAAA1.answer": "Sí", "agenda_changes.AAAAAAA1.accepted": True})
    trip.approve("A1", "b", trip.focal_visiting)
    with pytest.raises(Locked):
        trip.save("A1", "visitor", trip.host, {"agenda_changes.AAAAAAA1.answer": "No"})


def test_a_section_may_be_filled_by_another_role(trip):
    trip.save("A4", "transfers", trip.focal_host, {"meeting_point": "El hotel"})
    with pytest.raises(Locked):
        trip.save("A4", "transfers", trip.visitor, {"meeting_point": "La plaza"})
    with pytest.raises(Locked):
        trip.save("A4", "lodging", trip.focal_host, {"hotel": "Hotel de ejemplo"})


def test_each_part_is_sent_by_who_fills_it(trip):
    trip.save("A1", "visitor", trip.visitor, {"visiting_institution": "Consejo"})
    with pytest.raises(Forbidden):
        trip.submit("A1", "b", trip.host)
    with pytest.raises(Forbidden):
        trip.submit("A1", "a", trip.visitor)
    trip.submit("A1", "b", trip.visitor)
    trip.submit("A1", "a", trip.host)
    assert trip.document("A1").state == "submitted"
    with pytest.raises(Forbidden):
        trip.approve("A1", "b", trip.focal_host)


def test_part_a_is_approved_after_b_with_the_final_agenda_which_becomes_final_by_itself(trip):
    trip.fill("A1", "b", trip.visitor, {"visiting_institution": "Consejo"})
    trip.submit("A1", "a", trip.host)
    with pytest.raises(NotReady):
        trip.approve("A1", "a", trip.focal_host)
    with pytest.raises(Forbidden):
        agenda.share(trip.store, trip.host, trip.document("A1"))
    assert agenda.share(trip.store, trip.focal_host, trip.document("A1")) == 1
    assert agenda.share(trip.store, trip.focal_host, trip.document("A1"), key="k") == 2
    assert agenda.share(trip.store, trip.focal_host, trip.document("A1"), key="k") == 2
    agenda.consolidate(trip.store, trip.focal_host, trip.document("A1"))
    assert agenda.open_still(trip.store, trip.document("A1")) == ["part"]
    trip.approve("A1", "b", trip.focal_visiting)
    assert trip.approve("A1", "a", trip.focal_host).state == "signing"
    assert trip.page("A1", "host", trip.host).answers["agenda_state"] == "final"


def test_an_answer_given_in_another_part_does_not_bar_from_approving_this_one(trip):
    trip.store.grants.give(trip.host.id, "focal_visiting", "dossier_side", f"{trip.dossier.id}:visiting")
    trip.store.grants.give(trip.visitor.id, "focal_visiting", "dossier_side", f"{trip.dossier.id}:visiting")
    trip.save("A1", "host", trip.host, {"activity_title": "Otro título de la actividad"})
    trip.fill("A1", "b", trip.visitor, {"visiting_institution": "Consejo"})
    with pytest.raises(OwnWork):
        trip.approve("A1", "b", trip.visitor)
    trip.approve("A1", "b", trip.host)


def test_a_part_nobody_reviews_and_one_nobody_waits_for_hold_nobody_back(trip):
    trip.fill("A5", "questionnaire", trip.travellers[1], {f"questionnaire.{trip.rows()[1]}.q_oei": 4}, trip.rows()[1])
    document = trip.fill("A5", "collective", trip.visitor, {"differences": "Pocas, y de plazos."})
    assert document.state == "submitted"
    trip.fill("A5", "questionnaire", trip.travellers[2], {f"questionnaire.{trip.rows()[2]}.q_oei": 5}, trip.rows()[2])
    assert trip.approve("A5", "collective", trip.focal_visiting).state == "signing"
    assert sorted(each.state for each in states.parts(trip.store, trip.document("A5")) if each.subject) == ["approved", "approved", "draft"]


def test_a_part_nobody_reviews_that_is_the_last_one_makes_the_record_and_calls_the_signers(trip):
    trip.save("A4", "transfers", trip.focal_host, {"meeting_point": "El hotel"})
    trip.fill("A4", "logistics", trip.visitor, {"hotel": "Hotel de ejemplo"})
    for row, person in zip(trip.rows(), trip.travellers, strict=True):
        trip.fill("A4", "travel", person, {f"travel.{row}.out_carrier": "XX 1234"}, row)
    assert trip.approved("A4").state == "draft"
    for row, person in zip(trip.rows(), trip.travellers, strict=True):
        document = life.submit(trip.store, person, trip.document("A4"), key=f"last-{row}", part=f"reserved.{row}")
    assert document.state == "signing"
    text = text_of_pdf(signing.approved_record(trip.store, trip.visitor, document).data)
    assert "Hotel de ejemplo" in text
    assert [slot.standing for slot in signing.slots_of(trip.store, document)] == ["turn", "waiting"]
    again = life.submit(trip.store, trip.travellers[2], document, key=f"last-{trip.rows()[2]}", part=f"reserved.{trip.rows()[2]}")
    assert again == document
    trip.sign("A4", trip.visitor)
    assert trip.sign("A4", trip.focal_host).state == "signed"


def test_leaders_see_no_single_questionnaire(trip):
    row = trip.rows()[1]
    trip.fill("A5", "questionnaire", trip.travellers[1], {f"questionnaire.{row}.q_oei": 4}, row)
    for person in (trip.visitor, trip.host):
        shown = reviewing.check(trip.store, person, trip.document("A5"), ES).shown
        assert row not in {section.subject for section in shown}
    assert row in {section.subject for section in reviewing.check(trip.store, trip.focal_visiting, trip.document("A5"), ES).shown}


def test_leaders_read_of_a_seventh_annex_yes_or_no_only(trip):
    trip.consents()
    seventh = trip.document("A7", 1)
    sections = reviewing.check(trip.store, trip.visitor, seventh, ES).shown
    shown = {answer.path.pdf for section in sections for answer in section.answers}
    assert shown == {"consent_health", "consent_photo"}
    with pytest.raises(Forbidden):
        renditions.make(trip.store, trip.visitor, seventh, "record", "es")
    assert versions.changes(trip.store, trip.visitor, seventh, ES, before=0)
    assert all(each.path.pdf.startswith("consent_") for each in versions.changes(trip.store, trip.visitor, seventh, ES, before=0))


def test_restricted_answers_are_shown_to_who_fills_them_only(trip):
    row = trip.rows()[1]
    trip.save("A4", "travel", trip.travellers[1], {f"travel.{row}.doc_number": "X0001", f"travel.{row}.out_carrier": "XX 1234"}, row)
    assert {kind.key for kind in trip.section("A4", "travel", trip.focal_visiting, row).section.fields} == {"out_carrier"}
    assert {kind.key for kind in trip.section("A4", "travel", trip.travellers[1], row).section.fields} == {"doc_number", "out_carrier"}


def test_comments_about_one_part_stay_when_another_is_sent(trip):
    trip.fill("A1", "b", trip.visitor, {"visiting_institution": "Consejo"})
    comments.add(trip.store, trip.focal_visiting, trip.document("A1"), AnswerPath(("visiting_institution",)), "¿Cuál?")
    trip.submit("A1", "a", trip.host)
    life.observe(trip.store, trip.focal_visiting, trip.document("A1"), part="b")
    [note] = comments.of(trip.store, trip.visitor, trip.document("A1"), ES)
    assert note.current
    with pytest.raises(Forbidden):
        comments.add(trip.store, trip.host, trip.document("A1"), AnswerPath(("activity_title",)), "Mal.")


def test_everybody_is_told_their_own_part(trip):
    kinds = {person.id: [(task.document.form, task.part) for task in tasks.mine(trip.store, person)] for person in trip.travellers[1:]}
    row = trip.rows()[1]
    assert set(kinds[trip.travellers[1].id]) == {
        ("A2", f"travellers.{row}"), ("A7", "consents"), ("A4", f"travel.{row}"), ("A4", f"reserved.{row}"), ("A5", f"questionnaire.{row}"),
    }
    own = next(task for task in tasks.mine(trip.store, trip.travellers[1]) if task.document.form == "A2")
    assert ES.words(own.sentence, **own.places).startswith("Complete su ficha «Ficha» de «Anexo dos»")
    assert all("travellers" not in task.part for task in tasks.mine(trip.store, trip.visitor) if task.subject != trip.rows()[0])


def test_rules_may_ask_how_far_another_part_is(trip):
    from app.workflow import dossiers

    trip.fill("A1", "b", trip.visitor, {"visiting_institution": "Consejo"})
    view = dossiers.view_of(trip.store, trip.document("A2"))
    assert view.states[Address("A1", "b")] == "submitted"
    assert answering.page(trip.store, trip.host, trip.document("A1"), "visitor", ES).answers["visiting_institution"] == "Consejo"


def test_the_history_tells_each_one_what_happened_with_what_they_see(trip):
    own, other = trip.rows()[1:]
    trip.save("A2", "card", trip.travellers[2], {f"travellers.{other}.bio": BIO}, other)
    trip.save("A2", "card", trip.travellers[1], {f"travellers.{own}.bio": BIO}, own)
    told = history.of(trip.store, trip.travellers[1], trip.now(), ES)
    names = [person.name for person in trip.travellers[1:]]
    assert [name in {entry.who for entry in told} for name in names] == [True, False]
    assert set(names) <= {entry.who for entry in history.of(trip.store, trip.visitor, trip.now(), ES)}


def test_a_copied_row_leaves_out_what_another_role_answered(trip):
    row = {"agenda_changes.AAAAAAA1._order": 0, "agenda_changes.AAAAAAA1.request": "Empezar más tarde"}
    trip.save("A1", "visitor", trip.visitor, row)
    trip.save("A1", "visitor", trip.host, {"agenda_changes.AAAAAAA1.answer": "Sí"})
    added = rows.duplicate_row(trip.store, trip.visitor, trip.document("A1"), AnswerPath(("agenda_changes", "AAAAAAA1")))
    leaves = trip.store.revisions.leaves(trip.document("A1").id)
    copied = {path.rpartition(".")[2] for path, value in leaves.items() if added.row_id in path and value is not None}
    assert copied == {"_order", "request"}
