"""A list of travellers as people save it from a spreadsheet: what can be taken is, what cannot is told line by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import BadFile
from app.workflow.travellers import travellers_of_csv
from tests.workflow.house import ES

HEAD = "Nombres;Apellidos;Correo;Función en la delegación"


def told(listed):
    return [ES.words(problem.message, **problem.places) for problem in listed.problems]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252"])
def test_a_list_is_read_however_a_spreadsheet_saves_it(separator, encoding):
    text = "\r\n".join([HEAD, "Persona Ñ;Ejemplo;uno@example.org;Jefatura de delegación", "", "Otra;\"Con;signos, varios\";;"])
    data = text.replace(";", separator).replace(f"Con{separator}signos", "Con;signos").encode(encoding)
    rows = travellers_of_csv(data).rows
    assert rows[0] == {"given_names": "Persona Ñ", "family_names": "Ejemplo", "email": "uno@example.org", "function": "leader"}
    assert rows[1] == {"given_names": "Otra", "family_names": "Con;signos, varios"}


def test_columns_come_in_any_order_and_spelling():
    assert travellers_of_csv(b"APELLIDOS,nombres,funcion en la delegacion\nEjemplo,Persona,relator\xc3\xada\n").rows == (
        {"given_names": "Persona", "family_names": "Ejemplo", "function": "rapporteur"},)


def test_each_wrong_line_has_one_sentence_and_is_kept():
    lines = ["A;B;no es correo;", "C;D;c@example.org;", "E;;;", "F;G;C@example.org;", "H;I;;capitana", "J;K;;;x"]
    listed = travellers_of_csv("\n".join([HEAD, *lines]).encode())
    assert [row["given_names"] for row in listed.rows] == ["C"]
    assert told(listed) == [
        "Línea 2: «Correo» es un correo, como nombre@example.org.",
        "Línea 4: Falta «Apellidos».",
        "Línea 5: el correo ya está en la línea 3.",
        "Línea 6: Elija «Función en la delegación» de la lista.",
        "Línea 7: tiene más celdas que columnas.",
    ]
    assert listed.left[4] == ("E", "", "", "")


def test_the_twenty_first_is_told_so():
    lines = "\n".join(f"Persona {number};Ejemplo;;" for number in range(22))
    listed = travellers_of_csv(f"{HEAD}\n{lines}".encode())
    assert len(listed.rows) == 20
    assert told(listed) == ["La línea 22 sobra: viajan hasta 20 personas.", "La línea 23 sobra: viajan hasta 20 personas."]


@pytest.mark.parametrize("data", [
    b"", b"\n\n", b"\0\0", b"%PDF-1.7", b"Nombres\nUno", b"Nombres;Apellidos;Color\nA;B;C", b'Nombres;Apellidos\n"A;B', b"x" * 600_000])
def test_what_is_no_list_is_refused_with_one_sentence(data):
    with pytest.raises(BadFile) as refused:
        travellers_of_csv(data)
    assert ES.words(refused.value.message, **refused.value.places)


@given(st.binary(max_size=300))
def test_no_file_breaks_it(data):
    try:
        listed = travellers_of_csv(b"Nombres;Apellidos;Correo\n" + data)
    except BadFile:
        return
    assert len(listed.problems) == len(listed.left)
