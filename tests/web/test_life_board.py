"""What waits for whom, on the front page, and the board of those who look after reports."""

import pytest

from app.store import open_store
from tests.web.site import Visitor, completed, page, text
from tests.web.test_life import approved, commented, press, returned, submitted


@pytest.fixture
def head(app, world):
    return Visitor(app).enter(world, "Jefatura")


@pytest.fixture
def secretariat(app, world):
    return Visitor(app).enter(world, "Secretaría")


@pytest.fixture
def document(world):
    return completed(world)


def tasks(visitor) -> list[tuple[str, str]]:
    """Each task: its sentence, and the page it leads to."""
    links = page(visitor.get("/inicio")).xpath("//ul[contains(@class, 'anexa-tasks')]//a")
    return [(link.text_content(), link.get("href")) for link in links]


def test_a_draft_waits_for_who_fills_it_and_nobody_else(editor, head, world, document):
    ((said, where),) = tasks(editor)
    assert said.startswith("Complete «Informe semestral de asistencia técnica» (IAT-SLV-CONNA-DPI-2021-1 v1)")
    assert where == f"/documentos/{world.document}"
    assert tasks(head) == []
    assert "Ahora no hay nada." in text(head.get("/inicio"))


def test_each_step_waits_for_the_next_person(editor, head, document):
    submitted(editor, document)
    assert tasks(editor) == []
    assert [where for _said, where in tasks(head)] == [f"{document}/revision"]
    press(head, f"{commented(head, document)}/revision", "Devolver solo esto")
    ((said, where),) = tasks(editor)
    assert said.startswith("Responda las observaciones")
    assert where == f"{document}/observaciones"


def test_who_is_to_sign_is_told_with_since_and_until(editor, head, document):
    approved(editor, head, document)
    assert [where for _said, where in tasks(editor)] == [f"{document}/firma"]
    seen = text(editor.get("/inicio"))
    assert "Espera desde el" in seen
    assert "Hasta el" in seen
    assert tasks(head) == []


def rows(visitor, query="") -> list[list[str]]:
    seen = page(visitor.get(f"/tablero{query}"))
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("./td | ./th")] for row in seen.xpath("//tbody/tr")]


def test_the_board_shows_state_what_lacks_whom_it_waits_for_and_the_deadline(editor, head, secretariat, document):
    returned(editor, head, document)
    ours, theirs = sorted(rows(secretariat), key=lambda row: row[1])
    assert ours[1:4] == ["IAT-SLV-CONNA-DPI-2021-1", "Unidad DPI", "Observado"]
    assert ours[4:6] == ["Observaciones por responder: 1.", "Edición de la unidad"]
    assert theirs[3] == "Borrador"
    assert "Respuestas por completar: " in theirs[4]


def test_the_board_is_filtered_by_state_and_by_unit(secretariat, world, editor, document):
    submitted(editor, document)
    assert [row[1] for row in rows(secretariat, "?estado=submitted")] == ["IAT-SLV-CONNA-DPI-2021-1"]
    assert [row[1] for row in rows(secretariat, f"?unidad={world.units['URY-MIDES-UCC']}")] == ["IAT-URY-MIDES-UCC-2021-1"]
    assert rows(secretariat, "?estado=nada") == []
    assert "Con este filtro no hay ninguno." in text(secretariat.get("/tablero?estado=void"))


def test_the_board_shows_only_units_the_person_sees(head, world):
    assert [row[1] for row in rows(head)] == ["IAT-SLV-CONNA-DPI-2021-1"]
    with open_store(world.settings) as store:
        for grant in store.grants.of(world.people["Jefatura"]):
            store.grants.take(grant.id)
    assert rows(head) == []


def test_the_way_to_the_board_is_shown_to_those_who_look_after_others(editor, head, secretariat):
    assert "/tablero" not in page(editor.get("/inicio")).xpath("//main//a/@href")
    for visitor in (head, secretariat):
        assert "/tablero" in page(visitor.get("/inicio")).xpath("//main//a/@href")
