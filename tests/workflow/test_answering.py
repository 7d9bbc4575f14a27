"""Saving: merging, conflicts, refusals, rows, carried-over values."""

import pytest

from app.errors import Forbidden, Invalid, NotFound, TooManyRows
from app.workflow import answering, dossiers
from app.workflow.answering import Conflict, Saved
from forms.path import AnswerPath
from tests.workflow.house import ES, row

SUMMARY, NEXT = "Lo que se hizo en el semestre, resumido.", "Lo que se hará en el semestre siguiente."


def test_two_editors_who_change_different_answers_are_both_saved(house):
    document = house.report()
    base = house.now(document).revision
    house.save(document, {"summary": SUMMARY}, base=base)
    merged = house.save(document, {"unit": "Otra unidad"}, person=house.beto, base=base)
    assert isinstance(merged, Saved)
    assert merged.merged
    assert (house.answers(document)["summary"], house.answers(document)["unit"]) == (SUMMARY, "Otra unidad")


def test_the_same_answer_changed_twice_is_a_conflict_with_both_values_in_words(house):
    document = house.report()
    base = house.now(document).revision
    house.save(document, {"semester": "2"}, base=base)
    found = house.save(document, {"semester": "1", "summary": SUMMARY}, person=house.beto, base=base)
    assert isinstance(found, Saved), "what stands there from elsewhere was not touched by the second"
    found = house.save(document, {"year": 2019}, base=base)
    found = house.save(document, {"year": 2018, "unit": "Otra unidad"}, person=house.beto, base=base)
    assert isinstance(found, Conflict)
    [clash] = found.clashes
    assert (clash.label, clash.mine, clash.theirs, clash.who, clash.value) == ("Año", "2018", "2019", "Edición de ejemplo", 2018)
    assert house.answers(document)["unit"] == "Otra unidad", "the rest of the page is saved"


def test_keeping_mine_after_a_conflict_saves_it(house):
    document = house.report()
    base = house.now(document).revision
    house.save(document, {"summary": SUMMARY}, base=base)
    found = house.save(document, {"summary": NEXT}, person=house.beto, base=base)
    again = house.save(document, {found.clashes[0].path.pdf: found.clashes[0].value}, person=house.beto, base=found.revision)
    assert isinstance(again, Saved)
    assert house.answers(document)["summary"] == NEXT


def test_the_same_change_made_twice_is_no_conflict(house):
    document = house.report()
    base = house.now(document).revision
    house.save(document, {"summary": SUMMARY}, base=base)
    assert isinstance(house.save(document, {"summary": SUMMARY}, person=house.beto, base=base), Saved)


def test_writing_in_a_row_somebody_took_out_is_a_conflict_and_keeping_it_brings_the_row_back(house):
    document = house.real()
    entry = house.answers(document)["entries"][0]["_id"]
    base = document.revision
    answering.remove_row(house.store, house.ana, document, AnswerPath(("entries", entry)))
    found = house.save(document, {f"entries.{entry}.result": "Plan entregado"}, "entries", house.beto, base)
    assert isinstance(found, Conflict)
    assert [(clash.label, clash.theirs) for clash in found.clashes] == [("Asistencias, fila quitada: Resultado", "Fila quitada")]
    assert len(house.answers(document)["entries"]) == 16
    house.save(document, {f"entries.{entry}.result": "Plan entregado"}, "entries", house.beto, found.revision)
    back = house.answers(document)["entries"][-1]
    assert (back["_id"], back["result"], back["sessions"]) == (entry, "Plan entregado", 19)


def test_two_editors_who_each_add_a_row_keep_both(house):
    document = house.report()
    base = house.now(document).revision
    house.save(document, row("groups", "AAAAAAAA", beneficiary="Uno"), "entries", base=base)
    house.save(document, row("groups", "BBBBBBBB", beneficiary="Dos"), "entries", house.beto, base)
    assert [each["beneficiary"] for each in house.answers(document)["groups"]] == ["Uno", "Dos"]


def test_a_new_row_that_says_nothing_of_its_place_goes_to_the_end(house):
    document = house.real()
    house.save(document, {"groups.AAAAAAAA.beneficiary": "Un tercer grupo"}, "entries")
    assert house.answers(document)["groups"][-1]["beneficiary"] == "Un tercer grupo"


def test_a_page_that_showed_twenty_rows_loses_none_of_the_others(house):
    document = house.real()
    shown = house.answers(document)["entries"][:2]
    house.save(document, {path: value for each in shown for path, value in row("entries", each["_id"], result="Hecho").items()}, "entries")
    entries = house.answers(document)["entries"]
    assert len(entries) == 17
    assert [each.get("result") for each in entries[:3]] == ["Hecho", "Hecho", None]


def test_a_wrong_answer_is_refused_by_name_and_the_rest_of_the_page_is_saved(house):
    document = house.report()
    saved = house.save(document, {"unit": "x" * 161, "summary": SUMMARY})
    [problem] = saved.refused
    assert ES.words(problem.message, **problem.places) == "«Unidad que informa» admite 160 caracteres; hay 161."
    assert (house.answers(document)["unit"], house.answers(document)["summary"]) == (house.unit.name, SUMMARY)


@pytest.mark.parametrize("text", ["漢字", "שלום", "\ud800", "a\x00b", "\ufffe", "emoji 🎈"])
def test_letters_nobody_can_print_are_refused_by_name(house, text):
    document = house.report()
    saved = house.save(document, {"summary": f"Un resumen bastante largo con {text}"})
    assert [problem.path.pdf for problem in saved.refused] == ["summary"]
    assert saved.changed == ()


@pytest.mark.parametrize("text", ["{{ 7*7 }} <b>&amp; </w:t>", "=1+1;DROP TABLE", "Ñandú «Ỹ» ﬁn → ☒", "'\"\\ %s {label}"])
def test_hostile_text_comes_back_as_it_was_typed(house, text):
    document = house.report()
    house.save(document, {"summary": text})
    assert house.answers(document)["summary"] == text


def test_a_121st_entry_is_refused_by_name_and_nothing_is_lost(house):
    document = house.report()
    house.save(document, row("groups", "AAAAAAAA", beneficiary="Uno"), "entries")
    ids = [f"{number:08d}" for number in range(121)]
    house.save(
        document, {path: value for each in ids[:120] for path, value in row("entries", each, product="Un producto").items()}, "entries"
    )
    saved = house.save(document, row("entries", ids[120], product="Uno de más"), "entries")
    [problem] = saved.refused
    assert ES.words(problem.message, **problem.places) == "«Asistencias» admite 120 filas; esta es la 121."
    assert len(house.answers(document)["entries"]) == 120
    with pytest.raises(TooManyRows):
        answering.add_row(house.store, house.ana, document, AnswerPath(("entries",)))


@pytest.mark.parametrize(
    "path",
    [
        "nothing",
        "total_sessions",
        "editor_signature",
        "entries",
        "entries.K7Q2M9XB",
        "entries.short.kind",
        "groups.K7Q2M9XB.no",
        "next_steps",
    ],
)
def test_a_page_that_sends_what_it_was_not_asked_is_not_understood(house, path):
    with pytest.raises(Invalid):
        house.save(house.report(), {path: 1}, "head" if path == "next_steps" else "entries")


def test_a_page_may_not_name_a_file_that_was_not_attached_here(house):
    document = house.real()
    entry = house.answers(document)["entries"][0]["_id"]
    with pytest.raises(Invalid):
        house.save(
            document, {f"entries.{entry}.evidence": {"sha256": "0" * 64, "name": "a.pdf", "size": 1, "type": "application/pdf"}}, "entries"
        )


def test_a_revision_the_document_never_had_is_not_understood(house):
    with pytest.raises(Invalid):
        house.save(house.report(), {"summary": SUMMARY}, base=99)


def test_the_same_post_sent_twice_is_saved_once(house):
    document = house.report()
    base = house.now(document).revision
    first = house.save(document, {"summary": SUMMARY}, base=base, key="k")
    assert house.save(document, {"summary": SUMMARY}, base=base, key="k") == first
    assert house.now(document).revision == first.revision


def test_saving_what_already_stands_makes_no_revision(house):
    document = house.report()
    house.save(document, {"summary": SUMMARY})
    before = house.now(document).revision
    assert house.save(document, {"summary": SUMMARY}).revision == before == house.now(document).revision


def test_a_new_report_carries_over_from_the_one_before_and_stores_nothing(house):
    house.real()
    document = house.report(2021, "2", policy="")
    page = house.page(document)
    assert page.answers["policy"] == "Crecer Juntos"
    assert [group["no"] for group in page.answers["groups"]] == [1, 2]
    assert not page.at.stored(AnswerPath(("policy",)))
    assert dossiers.typed(house.store, house.now(document)) == {}


def test_what_was_left_under_way_passes_to_the_next_report_without_its_numbers(house):
    real = house.real()
    document = house.report(2021, "2", policy="")
    left = [entry for entry in house.answers(real)["entries"] if entry["stage"] == "en_curso"]
    carried = house.answers(document)["entries"]
    assert [entry["product"] for entry in carried] == [entry["product"] for entry in left]
    assert len(carried) == 3
    assert all(entry.get("session_mode") is None for entry in carried)
    house.save(document, {f"entries.{carried[0]['_id']}.stage": "concluida"}, "entries")
    assert [entry["stage"] for entry in house.answers(document)["entries"]] == ["concluida", "en_curso", "en_curso"]
    assert len(house.answers(real)["entries"]) == 17


def test_a_change_in_the_previous_report_is_seen_in_the_next_until_it_is_typed_over(house):
    previous = house.real()
    document = house.report(2021, "2", policy="")
    house.save(previous, {"unit": "Unidad renombrada"})
    assert house.answers(document)["unit"] == "Unidad renombrada"
    house.save(document, {"unit": "Unidad propia"})
    house.save(previous, {"unit": "Otra vez"})
    assert house.answers(document)["unit"] == "Unidad propia"
    answering.restore_source(house.store, house.ana, house.now(document), AnswerPath(("unit",)))
    assert house.answers(document)["unit"] == "Otra vez"


def test_changing_one_carried_over_row_keeps_the_others(house):
    house.real()
    document = house.report(2021, "2", policy="")
    first, second = (group["_id"] for group in house.answers(document)["groups"])
    house.save(document, row("groups", first, beneficiary="Otro nombre"), "entries")
    assert [(group["_id"], group["beneficiary"][:10]) for group in house.answers(document)["groups"]] == [
        (first, "Otro nombr"),
        (second, "Otras depe"),
    ]
    answering.restore_source(house.store, house.ana, house.now(document), AnswerPath(("groups",)))
    assert [group["beneficiary"][:8] for group in house.answers(document)["groups"]] == ["Despacho", "Otras de"]
    house.save(document, row("groups", second, beneficiary="Segunda"), "entries")
    assert len(house.answers(document)["groups"]) == 2


def test_an_answer_emptied_on_purpose_is_not_carried_over_again(house):
    house.real()
    document = house.report(2021, "2", policy="")
    house.save(document, {"policy": None})
    assert not house.answers(document)["policy"]


def test_who_may_only_look_does_not_save(house):
    document = house.report()
    with pytest.raises(Forbidden):
        house.save(document, {"summary": SUMMARY}, person=house.head)
    with pytest.raises(NotFound):
        house.save(document, {"summary": SUMMARY}, person=house.stranger)
    assert not house.page(document, person=house.head).fillable


def test_a_section_the_form_does_not_have_is_not_found(house):
    with pytest.raises(NotFound):
        house.page(house.report(), "nothing")


def test_a_section_that_is_nobodys_own_has_no_copy_for_anybody(house):
    with pytest.raises(NotFound):
        answering.page(house.store, house.ana, house.report(), "head", ES, subject="AAAAAAAA")
