"""The table of states: every state, every action, every role."""

import pytest

from app import clock
from app.errors import Forbidden, Invalid, Locked, Moved, NotFound, NotReady, OwnWork, Stale
from app.store import audit, rebuild
from app.workflow import answering, comments, life, programmes, signing, states
from forms.path import AnswerPath
from tests.workflow import lives
from tests.workflow.house import ES

MAY = {
    "draft": {"submit": {"ana"}, "void": {"secretariat"}},
    "submitted": {"return": {"head"}, "approve": {"head"}, "void": {"secretariat"}},
    "observed": {"submit": {"ana"}, "void": {"secretariat"}},
    "signing": {"sign": {"ana"}, "refuse": {"ana"}, "void": {"secretariat"}},
    "signed": {"renew": {"ana"}, "void": {"secretariat"}},
    "superseded": {"void": {"secretariat"}},
    "void": {"renew": {"ana"}},
}
"""State → action → who may, of an editor, the head, the secretariat, the administration and a stranger (forms.md §2 and §3)."""
PEOPLE = ("ana", "head", "secretariat", "admin", "stranger", "nobody")
ACTIONS = {
    "submit": lambda house, person, document: life.submit(house.store, person, document),
    "return": lambda house, person, document: life.observe(house.store, person, document),
    "approve": lambda house, person, document: life.approve(house.store, person, document, document.revision),
    "refuse": lambda house, person, document: life.refuse(house.store, person, document, lives.REASON),
    "renew": lambda house, person, document: life.supersede(house.store, person, document),
    "void": lambda house, person, document: life.void(house.store, person, document, lives.REASON),
    "sign": lambda house, person, document: lives.sign(house, person, document),
}


@pytest.mark.parametrize("state", MAY)
def test_each_state_offers_each_role_what_the_table_says_and_refuses_the_rest(house, state):
    document = lives.STATES[state](house)
    assert document.state == state
    for name in PEOPLE:
        person = getattr(house, name)
        offered = {offer.action for offer in states.actions(house.store, person, document)}
        assert offered == {action for action, people in MAY[state].items() if name in people}, name
        for action in ACTIONS.keys() - offered:
            with pytest.raises((Forbidden, Moved, NotFound, OwnWork)):
                ACTIONS[action](house, person, document)
    assert (house.now(document), audit(house.store)) == (document, [])


def test_the_table_is_that_of_the_forms():
    moves = {(state, move.to) for (state, _), move in states.TRANSITIONS.items() if state != move.to and move.to != "void"}
    assert moves == {
        ("draft", "submitted"),
        ("submitted", "observed"),
        ("observed", "submitted"),
        ("submitted", "approved"),
        ("approved", "signing"),
        ("signing", "signed"),
        ("signing", "observed"),
        ("signed", "superseded"),
    }
    assert {state for (state, action) in states.TRANSITIONS if action == "void"} == set(programmes.STATES) - {"void"}


def test_every_move_is_one_event_with_the_person_and_the_state(house):
    document = lives.signed(house)
    told = [(event.kind, event.actor_id, event.payload.get("state")) for event in house.store.events.of(document.dossier_id)]
    ana, head = house.ana.id, house.head.id
    assert [each for each in told if each[2]] == [
        ("document_opened", ana, "draft"),
        ("submitted", ana, "submitted"),
        ("approved", head, "approved"),
        ("signers_called", head, "signing"),
        ("sealed", head, "signed"),
    ]
    assert [kind for kind, _, _ in told if kind == "signed"] == ["signed", "signed"]
    assert (audit(house.store), rebuild(house.store)) == ([], 0)


def test_a_life_rebuilt_from_its_events_is_the_same(house):
    document = lives.superseded(house)
    tables = ("documents", "part_states", "assignments")
    before = [house.store.db.all(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]
    for table in ("part_states", "assignments"):
        house.store.db.run(f"DELETE FROM {table}")
    house.store.db.run("UPDATE documents SET state = 'draft', revision = 0")
    assert rebuild(house.store) == 2
    assert [house.store.db.all(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables] == before
    assert house.now(document).state == "superseded"


def test_nobody_approves_what_they_filled_whatever_their_roles(house):
    house.store.grants.give(house.head.id, "unit_editor", "unit", house.unit.id)
    document = house.real()
    house.save(document, {"achievements": "Algo que también se logró en el semestre."}, "totals", person=house.head)
    document = life.submit(house.store, house.ana, document)
    with pytest.raises(OwnWork):
        life.approve(house.store, house.head, document, document.revision)
    [offer] = [each for each in states.actions(house.store, house.head, document) if each.action == "approve"]
    assert not offer.ready
    assert ES.words(offer.lacks[0].message) == "Usted llenó este documento: lo aprueba otra persona."


def test_who_filled_an_earlier_version_does_not_approve_its_copy(house):
    first = lives.signed(house)
    house.store.grants.give(house.beto.id, "unit_head", "unit", house.unit.id)
    house.store.grants.give(house.ana.id, "unit_head", "unit", house.unit.id)
    second = life.supersede(house.store, house.beto, first)
    second = life.submit(house.store, house.beto, second)
    for person in (house.ana, house.beto):
        with pytest.raises(OwnWork):
            life.approve(house.store, person, second, second.revision)
    assert lives.approved(house, second).state == "signing"


def test_what_is_missing_keeps_a_document_from_being_sent_and_is_told_in_sentences(house):
    document = house.report()
    with pytest.raises(NotReady) as told:
        life.submit(house.store, house.ana, document)
    said = [ES.words(problem.message, **problem.places) for problem in told.value.problems]
    assert said == ["Agregue al menos 1 en «Grupos por beneficiario».", "Agregue al menos 1 en «Asistencias»."]
    assert house.now(document).state == "draft"


def test_a_rule_that_blocks_keeps_it_from_being_sent(house):
    document = house.real()
    house.save(document, {"year": 2019})
    with pytest.raises(NotReady) as told:
        life.submit(house.store, house.ana, document)
    assert "El informe se abrió para el año 2021." in [ES.words(each.message, **each.places) for each in told.value.problems]


def test_the_same_post_twice_is_done_once(house):
    document = house.real()
    for _ in range(2):
        assert life.submit(house.store, house.ana, document, key="k1").state == "submitted"
    for _ in range(2):
        assert life.approve(house.store, house.head, document, house.now(document).revision, key="k2").state == "signing"
    for _ in range(2):
        assert life.refuse(house.store, house.ana, document, lives.REASON, key="k3").state == "observed"
    assert len(house.store.events.told(document.dossier_id, "submitted", "approved", "refused")) == 3


def test_the_second_of_two_reviewers_is_told_what_became_of_it(house):
    document = lives.submitted(house)
    other = house.person("Otra jefatura", "unit_head", "unit", house.unit.id)
    comments.add(house.store, other, document, lives.SUMMARY, "Falta algo.")
    life.approve(house.store, house.head, document, document.revision)
    with pytest.raises(Moved) as told:
        life.observe(house.store, other, document)
    assert ES.words(str(told.value.places["state"])) == "En firma"


def test_an_approval_of_what_was_read_before_it_was_sent_again_is_refused(house):
    document = lives.observed(house)
    read = document.revision
    house.save(document, {"summary": "Un resumen corregido, con lo que cambió en el semestre."})
    [comment] = house.store.comments.of(document.id)
    comments.answer(house.store, house.ana, document, comment.id, "Agregado.")
    document = life.submit(house.store, house.ana, document)
    with pytest.raises(Stale):
        life.approve(house.store, house.head, document, read)
    assert house.now(document).state == "submitted"


def test_what_is_submitted_reads_as_it_did_then_whatever_happens_around_it(house):
    with clock.stopped(clock.read("2026-03-02T09:00:00.000000+00:00")):
        earlier = house.report(2020, "2")
        house.save(earlier, {"institution": "Institución como se llamaba antes"})
        document = house.real()
        answering.restore_source(house.store, house.ana, document, AnswerPath(("institution",)))
        assert house.answers(document)["institution"] == "Institución como se llamaba antes"
        life.submit(house.store, house.ana, document)
    before = house.answers(document)
    house.save(earlier, {"institution": "Institución con otro nombre"})
    house.store.dossiers.set_facts(document.dossier_id, {"unit_code": "OTRA"}, house.ana.id)
    assert house.answers(document) == before
    assert before["report_code"] == "IAT-SLV-CONNA-DPI-2021-1"
    assert before["total_sessions"]["sum"] == 45


@pytest.mark.parametrize("state", ["submitted", "signing", "signed", "superseded", "void"])
def test_nothing_is_written_in_a_document_that_is_not_with_who_fills_it(house, state):
    document = lives.STATES[state](house)
    revision = document.revision
    with pytest.raises(Locked):
        house.save(document, {"summary": "Otro resumen, escrito después de enviarlo."})
    assert not house.page(document).fillable
    assert house.now(document).revision == revision


def test_a_reason_has_something_to_say(house):
    document = house.real()
    for reason in ("", "porque sí", " " * 40, "x" * 1001):
        with pytest.raises(Invalid):
            life.void(house.store, house.secretariat, document, reason)
    assert house.now(document).state == "draft"


def test_a_document_is_as_far_as_its_part_that_is_least_far(house, monkeypatch):
    document = lives.in_parts(house, monkeypatch)
    for key in "abc":
        house.save(document, {f"t_{key}": "Algo"}, f"s_{key}")

    def states_now():
        return [part.state for part in states.parts(house.store, document)], house.now(document).state

    life.submit(house.store, house.ana, document, part="a")
    assert states_now() == (["submitted", "draft", "draft"], "draft")
    with pytest.raises(Locked):
        house.save(document, {"t_a": "Otra cosa"}, "s_a")
    house.save(document, {"t_b": "Otra cosa"}, "s_b")
    life.submit(house.store, house.ana, document, part="c")
    assert states_now() == (["submitted", "draft", "approved"], "draft")
    life.submit(house.store, house.ana, document, part="b")
    life.approve(house.store, house.head, document, house.now(document).revision, part="a")
    assert states_now() == (["approved", "submitted", "approved"], "submitted")
    comments.add(house.store, house.head, document, AnswerPath(("t_b",)), "Falta algo.")
    life.observe(house.store, house.head, document, part="b")
    assert states_now() == (["approved", "observed", "approved"], "observed")
    house.save(document, {"t_b": "Ya está"}, "s_b")
    [comment] = house.store.comments.of(document.id)
    comments.answer(house.store, house.ana, document, comment.id, "Ya está.")
    life.submit(house.store, house.ana, document, part="b")
    document = life.approve(house.store, house.head, document, house.now(document).revision, part="b")
    assert states_now() == (["approved", "approved", "approved"], "approved")
    assert signing.hash_of(house.store, document)
    assert (audit(house.store), rebuild(house.store)) == ([], 0)


def test_a_part_that_is_not_there_is_not_found(house, monkeypatch):
    document = lives.in_parts(house, monkeypatch)
    for part in ("", "d", "a.K7Q2M9XB"):
        with pytest.raises(NotFound):
            life.submit(house.store, house.ana, document, part=part)
