"""A part for each person, filled page after page."""

import pytest

from app.store import open_store
from app.workflow import permissions
from forms import FORMS
from forms.kinds import Table, Text
from forms.spec import Form, Part, Section

PEOPLE = Table("people", "Personas", fields=(Text("name", "Nombre"),), named_by=("name",))
SHEETS = Form("SHEETS", "1", "Hojas por persona", "Programa", (
    Part("list", "Lista", (Section("people_list", "Personas", (PEOPLE,)),)),
    Part("sheets", "Hoja", (Section("first", "Primera", (Text("alias", "Alias"),)), Section("second", "Segunda", (Text("motto", "Lema"),))),
         subject="people"),
))
SOMEBODY = "AAAAAAAA"


@pytest.fixture
def document(world, monkeypatch):
    monkeypatch.setitem(FORMS, "SHEETS", SHEETS)
    monkeypatch.setitem(permissions.MATRIX, "SHEETS", {"unit_editor": "F"})
    with open_store(world.settings) as store:
        made = store.documents.add(world.dossier, "SHEETS", "1", "SHEETS-1/v1", "0" * 16, actor_id=world.people["Edición"])
        changes = {f"people.{SOMEBODY}._order": 0, f"people.{SOMEBODY}.name": "Persona Uno"}
        store.revisions.append(made.id, made.revision, world.people["Edición"], "people_list", changes)
    return f"/documentos/{made.id}"


def test_what_follows_a_persons_page_is_the_same_persons_next_page(editor, document):
    form = editor.form(f"{document}/first?de={SOMEBODY}").fill(**{f"sheets-{SOMEBODY}-alias": "Uno"})
    after = form.press("next")
    assert after.headers["Location"] == f"{document}/second?de={SOMEBODY}"
    assert "Persona Uno" in editor.get(after.headers["Location"]).get_data(as_text=True)


def test_after_the_last_page_of_a_person_all_answers_are_shown(editor, document):
    assert editor.form(f"{document}/second?de={SOMEBODY}").press("next").headers["Location"].endswith(f"/revisar?parte=sheets.{SOMEBODY}")


def test_a_part_of_one_copy_goes_on_without_a_person(editor, document):
    assert "de=" not in editor.form(f"{document}/people_list").press("next").headers["Location"]
