"""What was submitted holds still; what its source says otherwise later is named, and read again in one action."""

import pytest

from app.errors import Forbidden, Moved
from app.workflow import comments, dossiers, exchanges, freezing, life, outdated, renditions
from forms.path import AnswerPath
from tests.workflow import lives
from tests.workflow.exchanging import Exchange, register
from tests.workflow.house import ES

TITLE = "Otro título del intercambio"


@pytest.fixture
def exchange(house, monkeypatch):
    register(monkeypatch)
    made = Exchange(house)
    questions = {"learning_questions.BBBBBBBB._order": 0, "learning_questions.BBBBBBBB.question": "¿Cómo?"}
    made.save("A3", "context", made.visitor, questions)
    return made


def submitted(exchange, form="A3"):
    return life.submit(exchange.store, exchange.visitor, exchange.document(form))


def changed(exchange, **facts):
    exchanges.set_facts(exchange.store, exchange.secretariat, exchange.dossier, facts or {"title": TITLE})


def told(exchange, form="A3"):
    return [(each.path.pdf, each.kept, each.now) for each in outdated.outdated(exchange.store, exchange.document(form), ES)]


def test_what_was_submitted_keeps_what_its_source_said_then(exchange):
    submitted(exchange)
    changed(exchange)
    assert dossiers.filled(exchange.store, exchange.document("A3"))["about"] == "Autorización y calidad de centros"
    assert told(exchange) == [("about", "Autorización y calidad de centros", TITLE)]
    assert outdated.is_outdated(exchange.store, exchange.document("A3"))


def test_a_draft_is_never_out_of_date(exchange):
    changed(exchange)
    assert told(exchange) == []


def test_a_source_that_says_the_same_again_is_no_difference(exchange):
    submitted(exchange)
    changed(exchange)
    changed(exchange, title="Autorización y calidad de centros")
    assert told(exchange) == []


def test_what_was_typed_here_does_not_grow_old(exchange):
    exchange.save("A3", "context", exchange.visitor, {"about": "Dicho aquí"})
    submitted(exchange)
    changed(exchange)
    assert told(exchange) == []


def test_rows_after_one_that_was_taken_away_stay_typed(exchange):
    second = {"learning_questions.CCCCCCCC._order": 1, "learning_questions.CCCCCCCC.question": "¿Cuándo?"}
    exchange.save("A3", "context", exchange.visitor, {**second, "learning_questions.BBBBBBBB._order": None})
    submitted(exchange)
    assert told(exchange) == []
    assert AnswerPath.read("learning_questions.CCCCCCCC._order") not in freezing.copied(exchange.store, exchange.document("A3"))


def test_a_condition_elsewhere_that_changes_does_not_change_what_was_submitted(exchange):
    submitted(exchange)
    changed(exchange, modality="virtual")
    assert "link" not in dossiers.filled(exchange.store, exchange.document("A3"))
    exchange.save("A1", "common", exchange.host, {"modality": "in_person"})
    virtual = {"modality": "virtual"}
    exchange.save("A1", "common", exchange.host, virtual)
    assert "link" not in repr(renditions.resolved_of(exchange.store, exchange.document("A3"), "es").data)


def test_a_returned_document_is_renewed_in_place(exchange):
    submitted(exchange)
    comments.add(exchange.store, exchange.focal_visiting, exchange.document("A3"), AnswerPath(("about",)), "Revise el tema, por favor.")
    life.observe(exchange.store, exchange.focal_visiting, exchange.document("A3"))
    changed(exchange)
    assert told(exchange) == [("about", "Autorización y calidad de centros", TITLE)]
    with pytest.raises(Forbidden):
        outdated.renew(exchange.store, exchange.host, exchange.document("A3"))
    renewed = outdated.renew(exchange.store, exchange.visitor, exchange.document("A3"), key="k")
    assert outdated.renew(exchange.store, exchange.visitor, renewed, key="k").revision == renewed.revision
    assert dossiers.filled(exchange.store, renewed)["about"] == TITLE
    assert dossiers.filled(exchange.store, renewed)["learning_questions"][0]["question"] == "¿Cómo?"
    assert told(exchange) == []


def test_an_answer_copied_at_submission_still_shows_where_it_came_from(exchange):
    submitted(exchange)
    comments.add(exchange.store, exchange.focal_visiting, exchange.document("A3"), AnswerPath(("about",)), "Revise el tema, por favor.")
    life.observe(exchange.store, exchange.focal_visiting, exchange.document("A3"))
    page = exchange.page("A3", "context", exchange.visitor)
    [box] = page.form.field("about").boxes(AnswerPath(("about",)), page.answers["about"], page.at)
    assert (box.source, box.changed) == ("el Anexo I", "")


def test_one_with_its_reviewer_is_not_renewed(exchange):
    document = submitted(exchange)
    changed(exchange)
    with pytest.raises(Moved):
        outdated.renew(exchange.store, exchange.visitor, document)


def test_each_copy_of_a_part_is_compared_with_its_own_source(house, exchange):
    exchange.save("A1", "agenda", exchange.host, {"agenda.AAAAAAAA._order": 0, "agenda.AAAAAAAA.title": "Bienvenida"})
    exchange.save("A1", "visitor", exchange.visitor, {"visiting_institution": "Ente rector", "delegation_size": 3})
    exchange.save("A2", "summary", exchange.visitor, {"selection_basis": "Convocatoria abierta"})
    for row in exchange.rows():
        life.submit(house.store, exchange.visitor, exchange.document("A2"), part=f"travellers.{row}")
    changed(exchange)
    exchange.save("A1", "visitor", exchange.visitor, {"visiting_institution": "Otro ente"})
    assert [(path.rpartition(".")[2], kept, now) for path, kept, now in told(exchange, "A2")] == [
        ("institution", "Ente rector", "Otro ente")] * 3


def test_the_list_of_a_dossier_names_only_what_the_person_sees(exchange, house):
    submitted(exchange)
    changed(exchange)
    [(document, differing)] = outdated.of_dossier(house.store, exchange.host, exchange.dossier.id, ES)
    assert (document.form, differing[0].label) == ("A3", "De qué trata")
    assert outdated.of_dossier(house.store, house.ana, exchange.dossier.id, ES) == ()


def test_a_signed_document_is_renewed_as_its_next_version(house):
    earlier = house.report(2020, "2")
    document = lives.signed(house)
    house.save(earlier, {"unit": "Unidad con otro nombre"})
    assert [(each.path.pdf, each.now) for each in outdated.outdated(house.store, document, ES)] == [("unit", "Unidad con otro nombre")]
    renewed = outdated.renew(house.store, house.ana, document)
    assert (renewed.version, renewed.state, house.answers(renewed)["unit"]) == (2, "draft", "Unidad con otro nombre")
    assert house.answers(renewed)["summary"] == house.answers(document)["summary"]
    assert house.answers(document)["unit"] != "Unidad con otro nombre"
