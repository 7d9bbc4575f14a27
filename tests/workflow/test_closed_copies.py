"""A reserved sheet opens only after its person's signed Anexo VII (R-12)."""

import pytest

from app.errors import Locked
from app.store import open_store
from app.workflow import answering, editing, tasks
from forms.path import AnswerPath
from tests.workflow.house import ES
from tests.workflow.walking import Walk, read


@pytest.fixture
def walk(settings):
    with open_store(settings) as store:
        yield Walk(store)


def test_the_reserved_sheet_opens_with_the_signature_of_its_persons_anexo_vii(walk):
    [document] = walk.documents("A4")
    subject = walk.documents("A7")[1].subject
    traveller = walk.store.people.by_email(read("a2")["travellers"][1]["email"])
    name = AnswerPath(("reserved", subject, "emergency_name"))

    def asked():
        return {task.part for task in tasks.of(walk.store, traveller, walk.store.documents.get(document.id))}

    def save():
        return answering.save(walk.store, traveller, document, "reserved", 0, {name: "Contacto de ejemplo"}, fmt=ES, subject=subject)

    assert f"reserved.{subject}" in editing.closed(walk.store, document)
    assert f"reserved.{subject}" not in asked()
    assert f"travel.{subject}" in asked()
    with pytest.raises(Locked):
        save()
    walk.bring("A7")
    assert editing.closed(walk.store, document) == frozenset()
    assert f"reserved.{subject}" in asked()
    assert save().revision
