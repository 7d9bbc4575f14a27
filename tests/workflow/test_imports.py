"""A form filled offline comes back: differences, what is accepted, what is refused; nothing changes by itself."""

import io

import pytest

from app.errors import Forbidden, Locked, NotFound
from app.workflow import answering, comments, history, imports, life, offline
from forms.path import AnswerPath
from tests.workflow import filled
from tests.workflow.house import ES

SUMMARY = "Lo que se hizo en el semestre, escrito en el avión."
ROW, FREE = "Q3YDRT8H", "ZZZZZZZ1"


def upload(house, document, fields, person=None, about=None, key="", **more):
    now = house.now(document)
    data = filled.pdf(fields, filled.about(now) if about is None else about, **more)
    return imports.received(house.store, person or house.ana, now, io.BytesIO(data), "informe.pdf", key=key).id


def back(house, document, data, person=None):
    return imports.received(house.store, person or house.ana, house.now(document), io.BytesIO(data), "informe.pdf").id


def compared(house, document, import_id, person=None):
    return imports.differences(house.store, person or house.ana, house.now(document), import_id, ES)


def differences(house, document, fields, **more):
    return compared(house, document, upload(house, document, fields, **more)).differences


def accept(house, document, import_id, *paths, person=None, **more):
    chosen = [AnswerPath.read(path) for path in paths]
    return imports.accept(house.store, person or house.ana, house.now(document), import_id, chosen, **more)


def test_each_answer_that_is_not_as_here_is_shown_with_both_texts(house):
    document = house.real()
    fields = {"summary": SUMMARY, "unit": "Departamento de Primera Infancia", f"entries.{ROW}.sessions": "20"}
    found = differences(house, document, fields)
    assert [(each.label, each.section, each.now, each.theirs) for each in found] == [
        ("Resumen del semestre", "Encabezado", house.answers(document)["summary"], SUMMARY),
        ("Asistencias, fila 1: Número de sesiones", "Grupos y asistencias", "19", "20"),
    ]
    assert all(each.proposed for each in found)
    assert "".join(said for op, said in found[0].words if op != "delete") == SUMMARY


def test_uploading_changes_nothing_and_tells_nobody(house):
    document = house.real()
    events = house.dossier(document).events
    upload(house, document, {"summary": SUMMARY})
    assert house.now(document).revision == document.revision
    assert house.dossier(document).events == events


def test_only_what_is_accepted_is_saved(house):
    document = house.real()
    sent = upload(house, document, {"summary": SUMMARY, "achievements": "Otro logro.", "next_steps": "Otros pasos."})
    saved = accept(house, document, sent, "summary", "next_steps")
    assert [path.pdf for path in saved.changed] == ["next_steps", "summary"]
    answers = house.answers(document)
    assert (answers["summary"], answers["next_steps"]) == (SUMMARY, "Otros pasos.")
    assert answers["achievements"] != "Otro logro."
    left = compared(house, document, sent)
    assert [each.path.pdf for each in left.differences] == ["achievements"]
    assert [label for label, _ in left.taken] == ["Resumen del semestre", "Próximo semestre"]


def test_the_event_holds_paths_and_no_words(house):
    document = house.real()
    sent = upload(house, document, {"summary": SUMMARY})
    accept(house, document, sent, "summary")
    [event] = house.store.events.told(document.dossier_id, "answers_imported")
    assert event.payload["paths"] == ["summary"]
    assert SUMMARY not in str(event.payload)
    newest = history.of(house.store, house.ana, house.dossier(document), ES)[0]
    assert newest.sentence == "Edición de ejemplo tomó una respuesta de un PDF llenado sin conexión."


def test_accepting_twice_with_one_key_is_accepting_once(house):
    document = house.real()
    sent = upload(house, document, {"summary": SUMMARY})
    once = accept(house, document, sent, "summary", key="K")
    assert accept(house, document, sent, "summary", key="K") == once
    assert house.now(document).revision == document.revision + 1
    assert accept(house, document, sent, "summary").changed == ()


def test_the_same_upload_sent_twice_is_kept_once(house):
    document = house.real()
    assert upload(house, document, {"summary": SUMMARY}, key="K") == upload(house, document, {"summary": SUMMARY}, key="K")


def test_what_was_taken_can_be_given_back(house):
    document = house.real()
    before = house.answers(document)
    house.save(document, {"difficulties": "Escrito en la página justo antes."}, "totals")
    sent = upload(house, document, {"summary": SUMMARY, f"entries.{FREE}.product": "Producto nuevo"})
    accept(house, document, sent, "summary", f"entries.{FREE}")
    assert len(house.answers(document)["entries"]) == 18
    imports.undo(house.store, house.ana, house.now(document), sent)
    after = house.answers(document)
    assert (after["summary"], after["entries"]) == (before["summary"], before["entries"])
    assert after["difficulties"] == "Escrito en la página justo antes.", "only what came from the file is given back"
    assert compared(house, document, sent).taken == ()
    assert imports.undo(house.store, house.ana, house.now(document), sent).changed == ()


def test_what_nobody_touched_in_the_file_is_no_difference_although_it_changed_here(house):
    document = house.real()
    old = filled.about(document)
    untouched = {"summary": house.answers(document)["summary"], "achievements": "Otro logro."}
    house.save(document, {"summary": "Cambiado en la página."})
    assert [each.path.pdf for each in differences(house, document, untouched, about=old)] == ["achievements"]


def test_an_answer_that_changed_after_the_download_is_marked_and_not_proposed(house):
    document = house.real()
    old = filled.about(document)
    house.save(document, {"summary": "Cambiado en la página."})
    [found] = differences(house, document, {"summary": SUMMARY}, about=old)
    assert (found.changed_meanwhile, found.proposed, found.now, found.theirs) == (True, False, "Cambiado en la página.", SUMMARY)
    assert found.base == house.real_answers()["summary"]


def test_accepting_what_changed_meanwhile_is_the_persons_choice(house):
    document = house.real()
    old = filled.about(document)
    house.save(document, {"summary": "Cambiado en la página."})
    sent = upload(house, document, {"summary": SUMMARY}, about=old)
    assert accept(house, document, sent, "summary").clashed == ()
    assert house.answers(document)["summary"] == SUMMARY


def test_what_somebody_changes_while_the_differences_are_read_is_left_and_told(house):
    document = house.real()
    sent = upload(house, document, {"summary": SUMMARY, "achievements": "Otro logro."})
    seen = compared(house, document, sent).revision
    house.save(document, {"summary": "Cambiado mientras tanto."}, person=house.beto)
    saved = accept(house, document, sent, "summary", "achievements", revision=seen)
    assert [path.pdf for path in saved.clashed] == ["summary"]
    assert [path.pdf for path in saved.changed] == ["achievements"]
    assert house.answers(document)["summary"] == "Cambiado mientras tanto."
    assert [label for label, _ in compared(house, document, sent).taken] == ["Logros"]


def test_an_answer_emptied_in_the_file_is_a_difference(house):
    document = house.real()
    sent = upload(house, document, {"summary": ""})
    [found] = compared(house, document, sent).differences
    assert (found.theirs, found.value) == ("", None)
    accept(house, document, sent, "summary")
    assert house.answers(document).get("summary") is None


def test_a_free_row_that_was_filled_becomes_a_new_row_and_others_stay(house):
    document = house.real()
    rows = len(house.answers(document)["entries"])
    sent = upload(house, document, {f"entries.{FREE}.product": "Producto nuevo", f"entries.{FREE}.sessions": "3", "entries._rows": FREE})
    [found] = compared(house, document, sent).differences
    assert (found.label, found.path.pdf, found.now) == ("Asistencias: fila nueva", f"entries.{FREE}", "")
    assert found.theirs == "Producto: Producto nuevo\nNúmero de sesiones: 3"
    accept(house, document, sent, f"entries.{FREE}")
    entries = house.answers(document)["entries"]
    assert (len(entries), entries[-1]["_id"], entries[-1]["product"], entries[-1]["sessions"]) == (rows + 1, FREE, "Producto nuevo", 3)


def test_a_free_row_left_empty_is_no_row(house):
    document = house.real()
    assert differences(house, document, {f"entries.{FREE}.product": "", f"entries.{FREE}.kind": ""}) == ()


def test_a_row_taken_out_after_the_download_comes_back_only_if_it_was_changed_in_the_file(house):
    document = house.real()
    old, first = filled.about(document), house.answers(document)["entries"][0]
    row = AnswerPath(("entries", first["_id"]))
    answering.remove_row(house.store, house.ana, document, row)
    assert differences(house, document, {f"{row.pdf}.product": first["product"]}, about=old) == ()
    sent = upload(house, document, {f"{row.pdf}.product": "Producto corregido"}, about=old)
    [found] = compared(house, document, sent).differences
    assert (found.label, found.changed_meanwhile) == ("Asistencias: fila quitada", True)
    accept(house, document, sent, row.pdf)
    back = house.answers(document)["entries"][-1]
    assert (back["_id"], back["product"], back["sessions"]) == (first["_id"], "Producto corregido", 19)


def test_a_reference_may_name_a_row_of_the_file_itself(house):
    document = house.report()
    fields = {
        "groups.ZZZZZZZ2.beneficiary": "Otro grupo",
        f"entries.{FREE}.group": "1 · Otro grupo",
        f"entries.{FREE}.product": "Producto nuevo",
    }
    sent = upload(house, document, fields)
    assert compared(house, document, sent).left == ()
    accept(house, document, sent, "groups.ZZZZZZZ2", f"entries.{FREE}")
    assert house.answers(document)["entries"][0]["group"] == "ZZZZZZZ2"


def test_a_blank_form_of_the_same_edition_is_taken_for_this_document(house):
    document = house.real()
    sent = upload(house, document, {"summary": "", "achievements": "Otro logro."}, about=filled.blank(document))
    found = compared(house, document, sent)
    assert found.blank
    assert [each.path.pdf for each in found.differences] == ["achievements"], "what was left empty says nothing"


def test_what_came_from_elsewhere_and_was_not_touched_is_no_difference_when_its_source_changes(house):
    first = house.real()
    later = house.report(semester="2")
    taken_away = offline.made(house.store, house.ana, later, "es").data
    house.save(first, {"institution": "Otra institución", "unit": "Otra unidad"})
    sent = back(house, later, filled.fill(taken_away, {"unit": "Escrita en el avión"}))
    [found] = compared(house, later, sent).differences
    assert (found.path.pdf, found.theirs, found.changed_meanwhile) == ("unit", "Escrita en el avión", True)


@pytest.mark.parametrize("language", ["es", "pt"])
def test_a_form_downloaded_and_uploaded_as_it_is_has_no_difference(house, language):
    document = house.real()
    found = compared(house, document, back(house, document, offline.made(house.store, house.ana, document, language).data))
    assert (found.differences, found.left, found.odd, found.unknown) == ((), (), (), 0)


def test_a_form_filled_by_another_program_says_what_was_written_in_it(house):
    document = house.real()
    taken_away = offline.made(house.store, house.ana, document, "es").data
    changed = {"summary": SUMMARY, f"entries.{ROW}.sessions": "20", f"entries.{ROW}.stage": "/pendiente", "next_steps": ""}
    found = compared(house, document, back(house, document, filled.fill(taken_away, changed)))
    assert [(each.path.pdf, each.theirs, each.proposed) for each in found.differences] == [
        ("summary", SUMMARY, True),
        (f"entries.{ROW}.stage", "Pendiente", True),
        (f"entries.{ROW}.sessions", "20", True),
        ("next_steps", "", True),
    ]
    assert (found.left, found.odd, found.unknown) == ((), (), 0)


def test_paragraphs_drawn_by_a_program_that_does_not_wrap_are_no_other_text(house):
    document = house.real()
    long = house.answers(document)["achievements"][:120]
    said = "\n".join(f"Párrafo {number}, más largo que su casilla: {long} y algo más al final." for number in (1, 2))
    sent = back(house, document, filled.fill(offline.made(house.store, house.ana, document, "es").data, {"summary": said}))
    [found] = compared(house, document, sent).differences
    assert (found.theirs, found.drawn) == (said, False)


def test_a_free_row_of_the_downloaded_form_can_be_filled(house):
    document = house.report()
    taken_away = offline.made(house.store, house.ana, document, "es").data
    [free, *_] = [name for name in filled.names(taken_away) if name.startswith("groups.") and name.endswith(".beneficiary")]
    sent = back(house, document, filled.fill(taken_away, {free: "Un grupo escrito en el avión"}))
    [found] = compared(house, document, sent).differences
    accept(house, document, sent, found.path.pdf)
    assert [each["beneficiary"] for each in house.answers(document)["groups"]] == ["Un grupo escrito en el avión"]


def test_there_is_no_form_to_take_away_where_nothing_is_open(house):
    document = house.real()
    life.submit(house.store, house.ana, document)
    with pytest.raises(Locked):
        offline.made(house.store, house.ana, house.now(document), "es")
    with pytest.raises(Forbidden):
        offline.made(house.store, house.head, house.now(document), "es")
    with pytest.raises(NotFound):
        offline.made(house.store, house.ana, house.now(document), "fr")


def test_what_may_not_be_written_now_is_shown_locked_and_never_saved(house):
    document = house.real()
    sent = upload(house, document, {"summary": SUMMARY, "achievements": "Otro logro."})
    life.submit(house.store, house.ana, document)
    assert [(each.locked, each.proposed) for each in compared(house, document, sent).differences] == [(True, False)] * 2
    assert accept(house, document, sent, "summary").changed == ()
    comments.add(house.store, house.head, house.now(document), AnswerPath(("summary",)), "Diga más.")
    life.observe(house.store, house.head, house.now(document))
    shown = compared(house, document, sent).differences
    assert [(each.path.pdf, each.locked) for each in shown] == [("summary", False), ("achievements", True)]
    assert [path.pdf for path in accept(house, document, sent, "summary", "achievements").changed] == ["summary"]


@pytest.mark.parametrize("who", ["beto", "head", "stranger"])
def test_what_one_uploaded_is_nobody_elses(house, who):
    document = house.real()
    sent = upload(house, document, {"summary": SUMMARY})
    with pytest.raises((NotFound, Forbidden)):
        compared(house, document, sent, person=getattr(house, who))
    with pytest.raises((NotFound, Forbidden)):
        accept(house, document, sent, "summary", person=getattr(house, who))


def test_who_may_not_fill_may_not_upload(house):
    document = house.real()
    with pytest.raises(Forbidden):
        upload(house, document, {"summary": SUMMARY}, person=house.head)


def test_where_the_file_shows_something_else_than_it_holds_the_person_sees_it(house):
    document = house.real()
    fields = {"achievements": "Un valor", "next_steps": house.answers(document)["next_steps"]}
    sent = upload(house, document, fields, shown={"achievements": "Otra cosa dibujada", "next_steps": "Tampoco esto"})
    found = compared(house, document, sent)
    assert [(each.path.pdf, each.drawn, each.proposed) for each in found.differences] == [("achievements", True, False)]
    assert found.odd == ("Próximo semestre",)
