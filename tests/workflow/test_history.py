"""History in sentences of the reader's language."""

from datetime import UTC, datetime, timedelta

import pytest

from app import clock, i18n
from app.errors import NotFound
from app.workflow import answering, history
from forms.path import AnswerPath
from tests.workflow.house import ES, row

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TEXT = "El texto del resumen del semestre."


def told(house, document, fmt=ES):
    return history.of(house.store, house.ana, house.dossier(document), fmt)


def test_saves_of_one_person_and_section_within_fifteen_minutes_are_one_sentence(house):
    document = house.report()
    for minute, answers in ((0, {"summary": TEXT}), (5, {"unit": "Otra"}), (14, {"summary": TEXT * 2}), (60, {"summary": TEXT})):
        with clock.stopped(START + timedelta(minutes=minute)):
            house.save(document, answers)
    sentences = [entry.sentence for entry in told(house, document)]
    assert sentences[:2] == [
        "Edición de ejemplo cambió una respuesta en «Encabezado».",
        "Edición de ejemplo cambió 2 respuestas en «Encabezado».",
    ]
    assert sentences[-1] == "Edición de ejemplo abrió el informe IAT-SLV-CONNA-DPI-2021-1."


def test_what_was_changed_is_told_by_its_labels_never_by_its_values(house):
    document = house.report()
    house.save(document, row("groups", "AAAAAAAA", beneficiary="Un secreto"), "entries")
    house.save(document, row("groups", "BBBBBBBB", beneficiary="Otro secreto"), "entries")
    newest = told(house, document)[0]
    assert newest.details == (
        "Grupos por beneficiario, fila 1: Asistencia técnica a",
        "Grupos por beneficiario, fila 2: Asistencia técnica a",
    )
    assert "secreto" not in repr(told(house, document))


def test_taking_out_and_undoing_are_told(house):
    document = house.report()
    house.save(document, row("groups", "AAAAAAAA", beneficiary="Uno"), "entries")
    answering.remove_row(house.store, house.beto, document, AnswerPath(("groups", "AAAAAAAA")))
    assert told(house, document)[0].details == ("Grupos por beneficiario, fila quitada",)
    answering.undo(house.store, house.beto, document, "entries")
    assert told(house, document)[0].sentence == "Segunda edición de ejemplo deshizo su último cambio en «Grupos y asistencias»."


def test_the_reader_reads_it_in_their_language(house):
    document = house.report()
    house.save(document, {"summary": TEXT})
    for language in ("pt", "en"):
        newest = told(house, document, i18n.formatter(language))[0]
        assert "cambió" not in newest.sentence
        assert newest.sentence.startswith("Edición de ejemplo ")


def test_others_are_saved_between_and_told_apart(house):
    document = house.report()
    for person in (house.ana, house.beto, house.ana):
        house.save(document, {"summary": f"{TEXT} {house.now(document).revision}"}, person=person)
    assert [entry.who for entry in told(house, document)][:3] == ["Edición de ejemplo", "Segunda edición de ejemplo", "Edición de ejemplo"]


def test_history_is_not_for_strangers(house):
    document = house.report()
    with pytest.raises(NotFound):
        history.of(house.store, house.stranger, house.dossier(document), ES)
