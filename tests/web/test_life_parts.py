"""A document in parts: each is sent, returned and approved on its own."""

import pytest

from app.store import open_store
from app.workflow import permissions
from forms import FORMS
from tests.web.site import Visitor, page, text
from tests.web.test_life import commented, press, state
from tests.workflow.lives import TWO


@pytest.fixture
def document(world, monkeypatch):
    monkeypatch.setitem(FORMS, "TWO", TWO)
    monkeypatch.setitem(permissions.MATRIX, "TWO", {"unit_editor": "F", "unit_head": "R A"})
    with open_store(world.settings) as store:
        made = store.documents.add(world.dossier, "TWO", "1", "TWO-1/v1", "0" * 16, actor_id=world.people["Edición"])
    return f"/documentos/{made.id}"


@pytest.fixture
def head(app, world):
    return Visitor(app).enter(world, "Jefatura")


def filled(editor, document):
    for part in "abc":
        editor.form(f"{document}/s_{part}").fill(**{f"t_{part}": "Dicho"}).press("stay")


def test_a_part_is_sent_while_another_is_still_filled(editor, head, world, document):
    filled(editor, document)
    press(editor, f"{document}/revisar?parte=a", "Enviar a revisión")
    assert state(world, document) == "draft"
    assert page(editor.get(f"{document}/s_b")).xpath("//input[@name='t_b' and not(ancestor::fieldset[@disabled])]")
    seen = text(head.get(f"{document}/revision?parte=a"))
    assert "Parte a : Enviado" in seen.replace(":", " :")
    assert "Parte b : Borrador" in seen.replace(":", " :")


def test_a_part_is_returned_and_the_others_are_approved(editor, head, world, document):
    filled(editor, document)
    for part in "abc":
        press(editor, f"{document}/revisar?parte={part}", "Enviar a revisión")
    commented(head, document, "t_a", "Dígalo mejor.")
    press(head, f"{document}/revision?parte=a", "Devolver solo esto")
    press(head, f"{document}/revision?parte=b", "Aprobar")
    assert state(world, document) == "observed"
    press(editor, f"{document}/observaciones", "Responder", text="Hecho.")
    press(editor, f"{document}/observaciones?parte=a", "Volver a enviar")
    assert "Está aprobado." in text(press(head, f"{document}/revision?parte=a", "Aprobar"))
    assert state(world, document) == "approved"
