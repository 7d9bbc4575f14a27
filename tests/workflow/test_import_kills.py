"""kill -9 before each statement of accepting and giving back an uploaded form: it is done or not done, and repeated it is done once."""

import io

import pytest

from app.store import audit, open_store, rebuild
from app.workflow import imports
from forms.path import AnswerPath
from tests.store.crowd import dying, heard, tell
from tests.workflow import filled

SUMMARY = AnswerPath(("summary",))
WORDS = "Lo que se hizo, escrito en el avión."


@pytest.fixture
def ids(house):
    document = house.real()
    data = filled.pdf({"summary": WORDS, "next_steps": "Otros pasos."}, filled.about(document))
    kept = imports.received(house.store, house.ana, document, io.BytesIO(data), "informe.pdf")
    return {"ana": house.ana.id, "document": document.id, "import": kept.id}


def act(store, ids, what):
    person, document = store.people.get(ids["ana"]), store.documents.get(ids["document"])
    if what == "accept":
        return imports.accept(store, person, document, ids["import"], [SUMMARY], key="k")
    return imports.undo(store, person, document, ids["import"], key="u")


def dying_in(pipe, settings, ids, what, step):
    with open_store(settings) as store:
        store.db.utils.conn.set_trace_callback(dying(step))
        act(store, ids, what)
        tell(pipe, "done")


def standing(store, ids):
    """Whether the answer is here, and what is remembered of it: always the same of both."""
    here = store.revisions.leaves(ids["document"])["summary"] == WORDS
    kept = store.imports.get(ids["import"], ids["document"], ids["ana"])
    assert (here, here) == (bool(kept.revisions), kept.taken == ("summary",))
    assert (audit(store), rebuild(store)) == ([], 0)
    return here


@pytest.mark.parametrize("what", ["accept", "undo"])
def test_killed_before_each_statement_it_is_done_or_not_and_once(house, settings, ids, what):
    if what == "undo":
        act(house.store, ids, "accept")
    before, revision = standing(house.store, ids), house.store.documents.get(ids["document"]).revision
    done, lines, step = False, [], 1
    while not lines and step < 200:
        lines = heard(dying_in, settings, ids, what, step)
        with open_store(settings) as store:
            changed = standing(store, ids) != before
        assert changed or not (done or lines), "what was done once stays done, and is done before it is told"
        done, step = changed, step + 1
    with open_store(settings) as store:
        act(store, ids, what)
        assert store.documents.get(ids["document"]).revision == revision + 1
    assert step > 20
