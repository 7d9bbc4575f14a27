"""Files that are not a filled form of this document, and hostile values in those that are: one sentence each, nothing changed."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from app.errors import BadFile, TooLarge
from app.workflow import imports
from tests.workflow import filled
from tests.workflow.house import ES

FREE = "ZZZZZZZ1"


def sent(house, document, data, name="informe.pdf"):
    return imports.received(house.store, house.ana, house.now(document), io.BytesIO(data), name)


def shown(house, document, fields):
    kept = sent(house, document, filled.pdf(fields, filled.about(house.now(document))))
    return imports.differences(house.store, house.ana, house.now(document), kept.id, ES)


def good(document):
    return filled.pdf({"summary": "Un texto."}, filled.about(document))


def changed(data, change, **how):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        return filled.saved(pdf, **how)


def with_program(pdf):
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))])))


def locked(data):
    return changed(data, lambda pdf: None, encryption=pikepdf.Encryption(owner="o", user="u", R=6))


def crowded(document):
    """A hundred thousand fields, without the hours it takes to make them one by one."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    about = [f"/T(_{name})/V({value})" for name, value in filled.about(document).items()]
    fields = [pdf.make_indirect(pikepdf.Object.parse(f"<</FT/Tx{said}>>".encode()))
              for said in [*about, *(f"/T(x{number})/V(a)" for number in range(100_000))]]
    pdf.Root.AcroForm = Dictionary(Fields=Array(fields))
    return filled.saved(pdf)


FILES = {
    "empty": (lambda document: b"", "está vacío"),
    "a Word file renamed": (lambda document: b"PK\x03\x04" + bytes(2000), "no es un PDF"),
    "damaged": (lambda document: b"%PDF-1.7\n" + good(document)[40:700], "dañado"),
    "encrypted": (lambda document: locked(good(document)), "contraseña"),
    "with JavaScript": (lambda document: changed(good(document), with_program), "JavaScript"),
    "of 100,000 fields": (crowded, "demasiado"),
    "without fields": (lambda document: changed(filled.pdf({}), lambda pdf: None), "no tiene campos"),
    "not of ours": (lambda document: filled.pdf({"summary": "Un texto."}), "no es un formulario descargado de aquí"),
    "of another form": (lambda document: filled.pdf({}, filled.about(document) | {"form": "A1"}), "de otro formulario (A1)"),
    "of an old edition": (lambda document: filled.pdf({}, filled.about(document) | {"edition": "2020-1"}), "de la edición 2020-1"),
    "of another document": (lambda document: filled.pdf({}, filled.about(document) | {"document": "0" * 26}), "de otro documento"),
    "of a revision to come": (lambda document: filled.pdf({}, filled.about(document, 99)), "una revisión que este documento no tiene"),
    "of no revision": (lambda document: filled.pdf({}, filled.about(document, -1)), "una revisión que este documento no tiene"),
}


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_cannot_be_taken_gets_one_sentence_and_changes_nothing(house, file):
    document = house.report()
    make, said = FILES[file]
    with pytest.raises(BadFile) as refused:
        sent(house, document, make(document))
    sentence = ES.words(refused.value.message, **refused.value.places)
    assert said in sentence
    assert "\n" not in sentence
    assert house.now(document).revision == document.revision
    assert house.store.db.all("SELECT * FROM imports") == []


def test_a_file_above_the_limit_is_not_opened(house):
    with pytest.raises(TooLarge):
        sent(house, house.report(), b"%PDF-1.7" + bytes(imports.LARGEST))


def test_a_name_that_deceives_is_tidied(house):
    document = house.report()
    kept = sent(house, document, good(document), "../../\u202efdp.exe")
    assert kept.told["name"] == "fdp.exe"


REFUSED = {
    "too long": ({"unit": "a" * 5000}, "Unidad que informa"),
    "a code of nothing": ({"semester": "7"}, "Semestre"),
    "control characters": ({"summary": "uno\x07dos"}, "Resumen del semestre"),
    "a letter cut in half": ({"summary": "uno\ud800dos"}, "Resumen del semestre"),
    "reversed writing": ({"summary": "uno\u202edos"}, "Resumen del semestre"),
    "letters nobody can print": ({"summary": "漢字"}, "Resumen del semestre"),
    "a figure that is none": ({f"entries.{FREE}.sessions": "muchas"}, "Asistencias: fila nueva: Número de sesiones"),
    "a row of nothing": ({f"entries.{FREE}.group": "AAAAAAAA"}, "Asistencias: fila nueva: Grupo"),
    "a country nobody knows": ({"country": "Nunca Jamás"}, "País"),
}


@pytest.mark.parametrize("value", REFUSED)
def test_a_value_that_cannot_be_typed_cannot_be_sent_either(house, value):
    fields, label = REFUSED[value]
    document = house.report()
    found = shown(house, document, fields | {"achievements": "Un logro."})
    assert [each.label for each in found.left] == [label]
    assert ES.words(found.left[0].message, **found.left[0].places)
    assert found.left[0].said
    assert [each.path.pdf for each in found.differences] == ["achievements"], "the rest is offered"


def test_rows_beyond_the_maximum_are_told_and_not_offered(house):
    document = house.report()
    found = shown(house, document, {f"groups.ZZZZZZ{number:02}.beneficiary": f"Grupo {number}" for number in range(14)})
    assert len(found.differences) == 12
    assert [ES.words(each.message, **each.places) for each in found.left] == [
        "«Grupos por beneficiario» admite 12 filas; esta es la 13.",
        "«Grupos por beneficiario» admite 12 filas; esta es la 14.",
    ]


@pytest.mark.parametrize("name", [
    "groups.ZZZ-ZZZ1.beneficiary", "groups.' OR 1=1.beneficiary", "groups.__proto__.beneficiary", "groups.zzzzzzz1.beneficiary",
    "nada", "entries", "entries.Q3YDRT8H", "entries.Q3YDRT8H.no", "report_code", "editor_signature", "summary.x.y", "ñ", "a" * 3000,
])
def test_a_field_the_form_does_not_ask_is_counted_and_left(house, name):
    found = shown(house, house.report(), {name: "algo", "achievements": "Un logro."})
    assert (found.unknown, [each.path.pdf for each in found.differences], found.left) == (1, ["achievements"], ())


def test_a_file_is_never_put_by_a_form(house):
    document = house.report()
    found = shown(house, document, {f"entries.{FREE}.evidence": "a" * 64})
    assert (found.differences, found.left) == ((), ())
