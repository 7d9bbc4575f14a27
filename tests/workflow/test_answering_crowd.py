"""Many editors at once: every save is kept or shown as a conflict, never lost and never refused for being late."""

from concurrent.futures import ThreadPoolExecutor

from app.store import audit, open_store
from app.workflow import answering
from app.workflow.answering import Conflict
from forms.path import AnswerPath
from tests.workflow.house import ES, row

EDITORS, EDITS = 8, 12


def test_eight_editors_at_once_lose_nothing(house, settings):
    document = house.report()
    rows = [f"{number:08d}" for number in range(EDITORS)]
    for each in rows:
        house.save(document, row("groups", each, beneficiary="Al empezar"), "entries")
    people = [house.person(f"Persona {number}", "unit_editor", "unit", house.unit.id) for number in range(EDITORS)]

    def edit(number):
        """Each edits their own row, and all of them one answer, always from the page they opened before."""
        told = []
        with open_store(settings) as store:
            base = store.documents.get(document.id).revision
            for edit_number in range(EDITS):
                mine = {AnswerPath(("groups", rows[number], "beneficiary")): f"Editor {number}, edición {edit_number}"}
                shared = {AnswerPath(("summary",)): f"Resumen de {number}, edición {edit_number}, bastante largo"}
                own = answering.save(store, people[number], document, "entries", base, mine, fmt=ES)
                both = answering.save(store, people[number], document, "head", base, shared, fmt=ES)
                told.append((isinstance(own, Conflict), isinstance(both, Conflict)))
                base = store.documents.get(document.id).revision
        return told

    with ThreadPoolExecutor(EDITORS) as pool:
        told = [each for editor in pool.map(edit, range(EDITORS)) for each in editor]
    assert not any(own for own, _ in told), "nobody else touched their rows"
    saved = sum(not conflict for _, conflict in told)
    revisions = house.store.revisions.since(document.id)
    assert sum("summary" in revision.changes for revision in revisions) == saved
    assert [group["beneficiary"] for group in house.answers(document)["groups"]] == [
        f"Editor {number}, edición {EDITS - 1}" for number in range(EDITORS)
    ]
    assert sum(any(path.endswith("beneficiary") for path in revision.changes) for revision in revisions) == EDITORS * (EDITS + 1)
    assert audit(house.store) == []
