"""Review that teaches: comments at an answer, only what was returned is open, each is answered, what changed is shown by words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Forbidden, Invalid, Locked, NotFound, NotReady
from app.store import audit
from app.workflow import answering, comments, editing, life, reviewing, signing, versions
from forms.path import AnswerPath
from tests.workflow import lives
from tests.workflow.house import ES, row

NEW = "Un resumen corregido, con lo que cambió en el semestre."


def notes(house, document, person=None):
    return comments.of(house.store, person or house.ana, document, ES)


def cell(house, document, column="sessions", number=0):
    return AnswerPath(("entries", house.answers(document)["entries"][number]["_id"], column))


def test_a_comment_stands_at_a_cell_and_is_called_as_people_call_it(house):
    document = lives.submitted(house)
    comments.add(house.store, house.head, document, cell(house, document), "¿Diecinueve?")
    [note] = notes(house, document, house.head)
    assert (note.label, note.author, note.comment.text, note.open) == (
        "Asistencias, fila 1: Número de sesiones",
        "Jefatura de ejemplo",
        "¿Diecinueve?",
        True,
    )


def test_comments_are_the_reviewers_until_they_are_returned(house):
    document = lives.submitted(house)
    comment = comments.add(house.store, house.head, document, lives.SUMMARY, "Falta algo.")
    assert notes(house, document) == ()
    comments.remove(house.store, house.head, document, comment.id)
    assert notes(house, document, house.head) == ()
    comments.add(house.store, house.head, document, lives.SUMMARY, "Falta otra cosa.")
    document = life.observe(house.store, house.head, document)
    assert [note.comment.text for note in notes(house, document)] == ["Falta otra cosa."]


def test_a_comment_is_taken_back_by_who_wrote_it_and_before_it_is_returned(house):
    document = lives.submitted(house)
    other = house.person("Otra jefatura", "unit_head", "unit", house.unit.id)
    comment = comments.add(house.store, house.head, document, lives.SUMMARY, "Falta algo.")
    with pytest.raises(Forbidden):
        comments.remove(house.store, other, document, comment.id)
    life.observe(house.store, house.head, document)
    with pytest.raises(Locked):
        comments.remove(house.store, house.head, document, comment.id)


def test_returning_without_a_comment_says_what_to_do(house):
    document = lives.submitted(house)
    with pytest.raises(NotReady) as told:
        life.observe(house.store, house.head, document)
    assert [each.message for each in told.value.problems] == ["Para devolver, escriba al menos una observación junto a una respuesta."]


def test_only_what_was_returned_is_open_and_everything_else_is_locked(house):
    document = lives.submitted(house)
    here = cell(house, document, "other_quantity", 1)
    comments.add(house.store, house.head, document, lives.SUMMARY, "Falta algo.")
    comments.add(house.store, house.head, document, here, "¿Uno?")
    document = life.observe(house.store, house.head, document)
    page = house.page(document, "entries")
    assert page.fillable
    assert page.opening.allows(here)
    assert page.opening.allows(AnswerPath((*here.steps[:-1], "other_unit"))), "it is asked because of the one that was returned"
    assert not page.opening.allows(AnswerPath((*here.steps[:-1], "product")))
    assert not page.opening.everything
    house.save(document, {here.pdf: 2}, "entries")
    house.save(document, {"summary": NEW})
    for answers, section in (({"policy": "Otra"}, "head"), ({cell(house, document).pdf: 3}, "entries"), ({"next_steps": NEW}, "totals")):
        with pytest.raises(Locked):
            house.save(document, answers, section)
    with pytest.raises(Locked):
        house.save(document, row("groups", "AAAAAAAA", beneficiary="Otro grupo"), "entries")
    with pytest.raises(Locked):
        answering.remove_row(house.store, house.ana, document, AnswerPath(here.steps[:2]))


def test_a_returned_table_takes_rows_and_a_returned_row_may_go(house):
    document = lives.submitted(house)
    gone = AnswerPath(cell(house, document, number=16).steps[:2])
    comments.add(house.store, house.head, document, AnswerPath(("groups",)), "Falta un grupo.")
    comments.add(house.store, house.head, document, gone, "Sobra.")
    document = life.observe(house.store, house.head, document)
    house.save(document, row("groups", "AAAAAAAA", beneficiary="El grupo que faltaba"), "entries")
    answering.remove_row(house.store, house.ana, document, gone)
    assert (len(house.answers(document)["groups"]), len(house.answers(document)["entries"])) == (3, 16)


def test_what_was_submitted_is_not_undone(house):
    document = house.real()
    house.save(document, {"summary": NEW})
    document = lives.returned(house, life.submit(house.store, house.ana, document), AnswerPath(("policy",)))
    assert not house.page(document).can_undo
    assert answering.undo(house.store, house.ana, document, "head") is None


def test_every_comment_is_answered_before_it_is_sent_again(house):
    document = lives.submitted(house)
    for path in (lives.SUMMARY, AnswerPath(("policy",))):
        comments.add(house.store, house.head, document, path, "Falta algo.")
    document = life.observe(house.store, house.head, document)
    first, second = notes(house, document)
    for note, left in ((first, 1), (second, 0)):
        with pytest.raises(NotReady) as told:
            life.submit(house.store, house.ana, document)
        assert [each.places["count"] for each in told.value.problems] == [left + 1]
        comments.answer(house.store, house.ana, document, note.comment.id, "Está corregido.", key=note.comment.id)
    assert life.submit(house.store, house.ana, document).state == "submitted"
    assert [note.open or note.current for note in notes(house, document)] == [False, False]


def test_answers_are_of_this_round_and_of_this_document(house):
    document = lives.observed(house)
    [note] = notes(house, document)
    with pytest.raises(Forbidden):
        comments.answer(house.store, house.head, document, note.comment.id, "Yo no lleno.")
    other = house.report(2021, "2")
    with pytest.raises(NotFound):
        comments.answer(house.store, house.ana, other, note.comment.id, "De otro documento.")
    comments.answer(house.store, house.ana, document, note.comment.id, "Está corregido.")
    document = life.submit(house.store, house.ana, document)
    with pytest.raises(Locked):
        comments.answer(house.store, house.ana, document, note.comment.id, "Otra respuesta.")


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001, "\ud800", "漢字", "\x00"])
def test_a_comment_that_says_nothing_or_cannot_be_printed_is_refused(house, text):
    document = lives.submitted(house)
    with pytest.raises(Invalid):
        comments.add(house.store, house.head, document, lives.SUMMARY, text)
    assert house.store.comments.of(document.id) == ()


def test_comments_are_not_for_those_who_do_not_review_nor_where_nothing_is_asked(house):
    document = lives.submitted(house)
    for person, refusal in ((house.ana, Forbidden), (house.stranger, NotFound)):
        with pytest.raises(refusal):
            comments.add(house.store, person, document, lives.SUMMARY, "Falta algo.")
    with pytest.raises(NotFound):
        comments.add(house.store, house.head, document, AnswerPath(("nothing",)), "Falta algo.")


def test_a_draft_takes_no_comment(house):
    with pytest.raises(Locked):
        comments.add(house.store, house.head, house.real(), lives.SUMMARY, "Falta algo.")


def test_a_refused_signature_opens_the_whole_document_and_its_reason_is_answered(house):
    document = life.refuse(house.store, house.ana, lives.approved(house), lives.REASON)
    assert document.state == "observed"
    assert editing.opening(house.store, house.ana, document).everything
    [note] = notes(house, document)
    assert (note.label, note.comment.text) == ("Todo el documento", lives.REASON)
    house.save(document, {"policy": "Crecer Juntos, segunda edición"})
    with pytest.raises(NotReady):
        life.submit(house.store, house.ana, document)
    comments.answer(house.store, house.ana, document, note.comment.id, "Está corregido.")
    assert life.submit(house.store, house.ana, document).state == "submitted"


def test_the_second_submission_shows_what_changed_word_by_word(house):
    document = lives.submitted(house)
    assert versions.changes(house.store, house.head, document, ES) == ()
    comments.add(house.store, house.head, document, AnswerPath(("next_steps",)), "¿Tres cosas?")
    comments.add(house.store, house.head, document, AnswerPath(("groups",)), "Falta un grupo.")
    document = life.observe(house.store, house.head, document)
    before = house.answers(document)["next_steps"]
    house.save(document, {"next_steps": before.replace("el monitoreo", "el seguimiento")}, "totals")
    house.save(document, row("groups", "AAAAAAAA", beneficiary="El grupo que faltaba"), "entries")
    for note in notes(house, document):
        comments.answer(house.store, house.ana, document, note.comment.id, "Está corregido.")
    added, changed = versions.changes(house.store, house.head, life.submit(house.store, house.ana, document), ES)
    assert (added.label, added.words) == (
        "Grupos por beneficiario, fila 3: Fila nueva",
        (("insert", "El grupo que faltaba"),),
    )
    assert changed.label == "Próximo semestre"
    assert [each for each in changed.words if each[0] != "equal"] == [("delete", "monitoreo "), ("insert", "seguimiento ")]


def test_a_new_version_shows_what_it_changes_of_the_one_before(house):
    second = life.supersede(house.store, house.ana, lives.signed(house))
    assert versions.changes(house.store, house.ana, second, ES) == ()
    house.save(second, {"policy": "Crecer Juntos, segunda edición"})
    [change] = versions.changes(house.store, house.ana, house.now(second), ES)
    assert change.words == (("equal", "Crecer Juntos"), ("insert", ", segunda edición"))


@given(st.text(st.sampled_from("ab ,.\n"), max_size=30), st.text(st.sampled_from("ab ,.\n"), max_size=30))
def test_both_texts_can_be_read_off_their_differences(before, after):
    words = versions.compared(before, after)
    assert "".join(text for op, text in words if op != "insert") == before
    assert "".join(text for op, text in words if op != "delete") == after


def test_a_page_of_a_returned_document_can_be_checked_and_audited(house):
    document = lives.observed(house)
    found = reviewing.check(house.store, house.ana, document, ES)
    assert found.fillable
    assert not reviewing.check(house.store, house.ana, lives.approved(house, _again(house, document)), ES).fillable
    assert audit(house.store) == []
    assert signing.hash_of(house.store, house.now(document))


def _again(house, document):
    for note in notes(house, document):
        comments.answer(house.store, house.ana, document, note.comment.id, "Está corregido.")
    return life.submit(house.store, house.ana, document)
