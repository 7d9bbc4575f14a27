"""Many editors at once: every save is kept or shown as a conflict, never lost and never refused for being late."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.store import audit, open_store
from app.workflow import answering
from app.workflow.answering import Conflict
from forms.path import AnswerPath
from tests.workflow.house import ES, row


def crowd(house, settings, editors, edits):
    """So many editors at once, so many edits each; returns how many saves were answered."""
    document = house.report()
    rows = [f"{number:08d}" for number in range(editors)]
    for each in rows:
        house.save(document, row("entries", each, product="Al empezar"), "entries")
    people = [house.person(f"Persona {number}", "unit_editor", "unit", house.unit.id) for number in range(editors)]

    def edit(number):
        """Each edits their own row, and all of them one answer, always from the page they opened before."""
        told = []
        with open_store(settings) as store:
            base = store.documents.get(document.id).revision
            for edit_number in range(edits):
                mine = {AnswerPath(("entries", rows[number], "product")): f"Editor {number}, edición {edit_number}"}
                shared = {AnswerPath(("summary",)): f"Resumen de {number}, edición {edit_number}, bastante largo"}
                own = answering.save(store, people[number], document, "entries", base, mine, fmt=ES)
                both = answering.save(store, people[number], document, "head", base, shared, fmt=ES)
                told.append((isinstance(own, Conflict), isinstance(both, Conflict)))
                base = store.documents.get(document.id).revision
        return told

    with ThreadPoolExecutor(editors) as pool:
        told = [each for editor in pool.map(edit, range(editors)) for each in editor]
    assert not any(own for own, _ in told), "nobody else touched their rows"
    saved = sum(not conflict for _, conflict in told)
    revisions = house.store.revisions.since(document.id)
    assert sum("summary" in revision.changes for revision in revisions) == saved
    assert [entry["product"] for entry in house.answers(document)["entries"]] == [
        f"Editor {number}, edición {edits - 1}" for number in range(editors)
    ]
    assert sum(any(path.endswith("product") for path in revision.changes) for revision in revisions) == editors * (edits + 1)
    assert audit(house.store) == []
    return 2 * len(told)


def test_eight_editors_at_once_lose_nothing(house, settings):
    assert crowd(house, settings, 8, 12) == 2 * 8 * 12


@pytest.mark.long
def test_twenty_editors_of_fifty_edits_each_lose_nothing(house, settings):
    assert crowd(house, settings, 20, 50) == 2 * 1000
