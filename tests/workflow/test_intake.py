"""A document filled from a file."""

import json

import pytest

from app.errors import BadInput
from app.workflow import intake
from app.workflow.intake import WrongAnswers
from forms.path import AnswerPath
from tests.workflow.house import ES
from tests.workflow.test_attaching import attach


def fill(house, document, answers):
    return intake.fill(house.store, house.ana, house.now(document), answers)


def wrong(house, document, answers):
    """{path: sentence} of what is refused; nothing is saved then."""
    before = house.now(document).revision
    with pytest.raises(WrongAnswers) as error:
        fill(house, document, answers)
    assert house.now(document).revision == before
    return {problem.path.pdf: ES.words(problem.message, **problem.places) for problem in error.value.problems}


BAD_FILES = {
    "nested": (b"[" * 100_000 + b"]" * 100_000, "niveles"),
    "nested objects": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "niveles"),
    "surrogate": (rb'{"summary": "\ud800"}', "UTF-8"),
    "latin 1": ('{"summary": "ñ"}'.encode("latin-1"), "UTF-8"),
    "cut": (b'{"summary": "a', "línea 1"),
    "empty": (b"", "línea 1"),
    "list": (b"[]", "objeto"),
    "number": (b"7", "objeto"),
    "twice": (b'{"a": 1, "a": 2}', "dos veces «a»"),
    "nan": (b'{"a": NaN}', "NaN"),
    "digits": (b'{"a": ' + b"9" * 5000 + b"}", "demasiado largo"),
    "huge": (b'{"a": "' + b"x" * 3_000_000 + b'"}', "2 MB"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(name):
    data, why = BAD_FILES[name]
    with pytest.raises(BadInput) as error:
        intake.read(data, "respuestas.json")
    assert str(error.value).startswith("No se puede leer respuestas.json: ")
    assert why in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_with_a_byte_order_mark_is_read():
    assert intake.read(b"\xef\xbb\xbf" + json.dumps({"a": 1}).encode(), "a") == {"a": 1}


def test_wrong_answers_are_named_with_their_place_and_nothing_is_saved(house):
    entries = [{"_id": "AAAAAAAA", "sessions": 0, "kind": "nothing", "group": "ZZZZZZZZ"}]
    found = wrong(house, house.report(), {"year": "2021", "entries": entries, "summary": "x" * 1201})
    assert set(found) == {"year", "summary", "entries.AAAAAAAA.sessions", "entries.AAAAAAAA.kind", "entries.AAAAAAAA.group"}
    assert found["summary"] == "«Resumen del semestre» admite 1200 caracteres; hay 1201."


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"nothing": 1}, "El formulario no tiene ningún campo «nothing»."),
        ({"groups": [{"beneficiary": "a", "odd": 1}]}, "«Grupos por beneficiario» no tiene ningún campo «odd»."),
        ({"total_entries": 3}, "«Total de asistencias» no se escribe: quite «total_entries» del archivo."),
        ({"groups": "no"}, "«Grupos por beneficiario» no tiene la forma esperada."),
        ({"groups": ["no"]}, "«Grupos por beneficiario» no tiene la forma esperada."),
        ({"groups": [{"_id": "x", "beneficiary": "a"}]}, "La fila 1 de «Grupos por beneficiario» no tiene un identificador válido."),
        ({"entries": [{"evidence": {"sha256": "0" * 64}}]}, "Los archivos se adjuntan en la página: quite «evidence» del archivo."),
        ({"summary": ["a"]}, "«Resumen del semestre» es un texto."),
        ({"summary": {"a": 1}}, "«Resumen del semestre» es un texto."),
    ],
)
def test_what_does_not_fit_the_form_is_said(house, answers, sentence):
    assert sentence in wrong(house, house.report(), answers).values()


def test_the_same_row_twice_is_refused(house):
    rows = [{"_id": "AAAAAAAA", "beneficiary": "a"}, {"_id": "AAAAAAAA", "beneficiary": "b"}]
    assert wrong(house, house.report(), {"groups": rows})


def test_a_121st_entry_is_named(house):
    found = wrong(house, house.report(), {"entries": [{"product": "x"}] * 121})
    assert list(found.values()) == ["«Asistencias» admite 120 filas; esta es la 121."]


def test_filling_twice_with_the_same_file_changes_nothing(house):
    document = house.real()
    again = fill(house, document, house.real_answers())
    assert again.revision == document.revision


def test_a_named_table_is_replaced_and_what_is_not_named_stays(house):
    document = house.real()
    first = house.real_answers()["entries"][0]
    fill(house, document, {"entries": [{key: first[key] for key in ("_id", "group", "kind", "product")}], "achievements": None})
    answers = house.answers(document)
    assert [entry["product"] for entry in answers["entries"]] == [first["product"]]
    assert answers["entries"][0].get("sessions") is None, "a column the file leaves out is emptied"
    assert not answers["achievements"]
    assert answers["summary"].startswith("Entre enero y junio")
    assert len(answers["groups"]) == 2


def test_what_was_attached_stays(house):
    document = house.real()
    path = AnswerPath(("entries", house.answers(document)["entries"][0]["_id"], "evidence"))
    attach(house, document, path)
    fill(house, document, house.real_answers())
    assert house.answers(document)["entries"][0]["evidence"]["name"] == "memoria.pdf"


def test_rows_without_an_id_get_one(house):
    document = house.report()
    fill(house, document, {"groups": [{"beneficiary": "Uno"}, {"beneficiary": "Dos"}]})
    groups = house.answers(document)["groups"]
    assert [group["beneficiary"] for group in groups] == ["Uno", "Dos"]
    assert len({group["_id"] for group in groups}) == 2
