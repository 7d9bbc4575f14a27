"""kill -9 in the middle of submitting, approving, signing and sealing: nothing acknowledged is lost, nothing doubled, all is in order."""

import os
import random
import signal
import time

import pytest

from app.store import audit, open_store, rebuild
from app.workflow import answering, auditing, comments, life, signing, states
from forms.path import AnswerPath
from tests.store.crowd import dying, heard, start, tell
from tests.workflow import lives


def living(pipe, settings, ids, turn, step):
    """Bring a document to its end and then to its next version, and so on; tells each thing only after it was answered.

    It dies before its statement number `step`, if it was not killed before.
    """
    with open_store(settings) as store:
        store.db.utils.conn.set_trace_callback(dying(step))
        ana, head = (store.people.get(ids[name]) for name in ("ana", "head"))
        tell(pipe, "here")
        while True:
            document = store.documents.of(ids["dossier"])[-1]
            for said in _step(store, ana, head, document, turn):
                tell(pipe, said)


def _step(store, ana, head, document, turn):
    """One thing that comes next, and what to say once it is done."""
    if document.state in ("draft", "observed"):
        yield from _filled(store, ana, document, turn)
    elif document.state == "submitted" and not store.comments.of(document.id):
        comment = comments.add(store, head, document, AnswerPath(("summary",)), "Falta algo.")
        yield f"comment {comment.id}"
        life.observe(store, head, document)
    elif document.state == "submitted":
        document = life.approve(store, head, document, document.revision)
        yield f"approved {document.id} {document.version}"
    elif document.state == "signing":
        signer = next((each for each in (ana, head) if signing.turn(store, each, document)), None)
        if signer is None:
            signing.finish(store)
            return
        signing.sign(store, signer, document, "typed", signing.issue(store, signer, document), signing.hash_of(store, document))
        yield f"signed {document.id} {signer.id}"
    else:
        document = life.supersede(store, ana, document)
        yield f"version {document.id} {document.version}"


def _filled(store, ana, document, turn):
    text = f"Resumen escrito en el intento {turn} sobre la revisión {document.revision}."
    saved = answering.save(store, ana, document, "head", document.revision, {AnswerPath(("summary",)): text})
    yield f"revision {document.id} {saved.revision}"
    for note in store.comments.of(document.id):
        if not note.answer and document.state == "observed":
            comments.answer(store, ana, document, note.id, "Está corregido.")
            yield f"answer {note.id}"
    life.submit(store, ana, document)


def kept(store, line):
    """Whether something acknowledged is there."""
    kind, what, *more = line.split()
    if kind in ("comment", "answer"):
        found = store.comments.get(what)
        return kind == "comment" or bool(found.answer)
    if kind == "revision":
        return store.documents.get(what).revision >= int(more[0])
    if kind == "signed":
        return more[0] in {each.person_id for each in store.signatures.of(what)}
    return store.documents.get(what).version == int(more[0])


def in_order(store):
    """No chain, revision, pointer, signature or file that does not hold; each thing once."""
    signing.finish(store)
    assert (audit(store), rebuild(store)) == ([], 0)
    for dossier in store.dossiers.all():
        for document in store.documents.of(dossier.id):
            mine = [event for event in store.events.of(dossier.id) if event.payload.get("document") == document.id]
            kinds = [event.kind for event in mine]
            assert max(kinds.count("approved"), kinds.count("sealed"), kinds.count("superseded")) <= 1
            assert kinds.count("signed") == len(store.signatures.of(document.id)) <= 2
            assert document.state in states.STATES


@pytest.fixture
def ids(house):
    document = house.real()
    return {"ana": house.ana.id, "head": house.head.id, "dossier": document.dossier_id}


def killed_at_random(settings, ids, points, seed):
    """Killed before a random statement, and every third time at a random moment, which may lie between two, while it draws or seals."""
    chance, acknowledged = random.Random(seed), []
    for point in range(points):
        delay = chance.uniform(0.0, 0.5) if point % 3 == 2 else None
        lines = heard(living, settings, ids, point, chance.randrange(1, 700), delay=delay)[1:]
        acknowledged += lines
        started = time.monotonic()
        with open_store(settings) as store:
            assert all(kept(store, line) for line in lines)
            assert time.monotonic() - started < 5
            in_order(store)
    with open_store(settings) as store:
        assert [each.wrong for each in auditing.signed_records(store) if each.wrong] == []
    return acknowledged


def test_a_life_killed_at_12_moments_loses_and_doubles_nothing(settings, ids):
    assert len(killed_at_random(settings, ids, 12, seed=3)) > 12


@pytest.mark.long
def test_a_life_killed_at_200_moments_loses_and_doubles_nothing(settings, ids):
    acknowledged = killed_at_random(settings, ids, 200, seed=300)
    assert {line.split()[0] for line in acknowledged} == {"revision", "comment", "answer", "approved", "signed", "version"}


def dying_in(pipe, settings, ids, action, step):
    """One action, killed before its statement number `step`; tells if it got through."""
    with open_store(settings) as store:
        person, document = store.people.get(ids[action[0]]), store.documents.of(ids["dossier"])[-1]
        code = signing.issue(store, person, document)
        store.db.utils.conn.set_trace_callback(dying(step))
        if action[1] == "submit":
            life.submit(store, person, document, key="k")
        elif action[1] == "approve":
            life.approve(store, person, document, document.revision, key="k")
        else:
            signing.sign(store, person, document, "typed", code, signing.hash_of(store, document), key="k")
        tell(pipe, "done")


ACTIONS = [("ana", "submit", "submitted"), ("head", "approve", "signing"), ("head", "sign", "signed")]


@pytest.mark.parametrize(("who", "what", "after"), ACTIONS)
def test_an_action_killed_before_each_of_its_statements_is_done_or_not_done(house, settings, ids, who, what, after):
    document = house.store.documents.of(ids["dossier"])[-1]
    if what != "submit":
        document = life.submit(house.store, house.ana, document)
    if what == "sign":
        document = lives.sign(house, house.ana, lives.approved(house, document))
    before, lines, step = document.state, [], 1
    while not lines:
        lines = heard(dying_in, settings, ids, (who, what), step)
        step += 4
        with open_store(settings) as store:
            assert store.documents.get(document.id).state in (before, after)
            assert (audit(store), rebuild(store)) == ([], 0)
            if what == "sign" and len(store.signatures.of(document.id)) == 2:
                signing.finish(store)
                break
    assert step > 20
    with open_store(settings) as store:
        in_order(store)
        assert store.documents.get(document.id).state == after


def test_a_worker_killed_while_it_seals_leaves_it_to_the_next(house, settings, monkeypatch):
    document = lives.sign(house, house.ana, lives.approved(house))
    monkeypatch.setattr(signing, "_completed", lambda store, document: False)
    lives.sign(house, house.head, document)
    monkeypatch.undo()
    for delay in (0.0, 0.02, 0.05, 0.1):
        process = start(signing.finish_at, settings)
        time.sleep(delay)
        os.kill(process.pid, signal.SIGKILL)
        process.join()
    signing.finish_at(settings)
    in_order(house.store)
    assert house.now(document).state == "signed"
