"""Enter once: what another document of the dossier says is read, shown with its source, typed over, given back."""

import pytest

from app.workflow import answering, dossiers, exchanges, resolving
from forms.path import AnswerPath
from forms.view import Address
from tests.workflow.exchanging import Exchange, register

ROW = "travellers.{}"


@pytest.fixture
def exchange(house, monkeypatch):
    register(monkeypatch)
    return Exchange(house)


def box(page, section, key):
    kind = page.form.field(key)
    [found] = kind.boxes(AnswerPath.read(key), page.answers[key], page.at)
    return found


def test_an_untouched_answer_stores_nothing_and_says_where_it_comes_from(exchange):
    page = exchange.page("A3", "context", exchange.visitor)
    assert page.answers["about"] == "Autorización y calidad de centros"
    assert (box(page, "context", "about").source, box(page, "context", "about").changed) == ("el Anexo I", "")
    assert exchange.store.revisions.leaves(exchange.document("A3").id) == {}


def test_what_the_source_says_is_read_at_once(exchange):
    exchange.save("A1", "common", exchange.host, {"activity_title": "Otro título"})
    assert exchange.page("A3", "context", exchange.visitor).answers["about"] == "Otro título"


def test_typing_over_it_is_marked_and_can_be_given_back(exchange):
    exchange.save("A3", "context", exchange.visitor, {"about": "Dicho aquí"})
    page = exchange.page("A3", "context", exchange.visitor)
    assert (box(page, "context", "about").source, box(page, "context", "about").changed) == ("", "el Anexo I")
    exchange.save("A1", "common", exchange.host, {"activity_title": "Otro título"})
    assert exchange.page("A3", "context", exchange.visitor).answers["about"] == "Dicho aquí"
    answering.restore_source(exchange.store, exchange.visitor, exchange.document("A3"), AnswerPath(("about",)))
    assert exchange.page("A3", "context", exchange.visitor).answers["about"] == "Otro título"


def test_a_chain_of_sources_is_read_to_its_end(exchange, house):
    exchanges.set_facts(house.store, exchange.secretariat, exchange.dossier, {"title": "Título de la apertura"})
    assert exchange.page("A3", "context", exchange.visitor).answers["about"] == "Título de la apertura"


def test_each_travellers_document_reads_its_own_row(exchange):
    views = [dossiers.filled(exchange.store, exchange.document("A7", number)) for number in range(3)]
    assert [view["name"] for view in views] == ["Primera", "Segunda", "Tercera"]


def test_people_are_typed_once(exchange):
    assert exchange.page("A1", "common", exchange.host).answers["host_leader"]["email"] == "host_leader@example.org"


def test_a_condition_on_another_document_opens_and_closes_the_question(exchange):
    assert "link" not in exchange.page("A3", "context", exchange.visitor).answers
    exchange.save("A1", "common", exchange.host, {"modality": "virtual"})
    assert "link" in exchange.page("A3", "context", exchange.visitor).answers


def test_rows_are_called_by_their_names_both_ways(exchange):
    exchange.save("A1", "agenda", exchange.host, {"agenda.AAAAAAAA._order": 0, "agenda.AAAAAAAA.title": "Bienvenida"})
    asked = {"learning_questions.BBBBBBBB._order": 0, "learning_questions.BBBBBBBB.question": "¿Cómo?"}
    exchange.save("A3", "context", exchange.visitor, asked | {"learning_questions.BBBBBBBB.where": "AAAAAAAA"})
    exchange.save("A1", "agenda", exchange.host, {"agenda.AAAAAAAA.questions": ["BBBBBBBB"]})
    assert exchange.page("A3", "context", exchange.visitor).at.names("A1.agenda") == {"AAAAAAAA": "Bienvenida"}
    assert exchange.page("A1", "agenda", exchange.host).at.names("A3.learning_questions") == {"BBBBBBBB": "¿Cómo?"}


def test_restricted_and_health_answers_do_not_reach_other_documents(exchange):
    row = exchange.rows()[1]
    exchange.save("A2", "card", exchange.visitor, {f"travellers.{row}.passport": "P-123"}, row)
    view = dossiers.view_of(exchange.store, exchange.document("A1"))
    assert view.answers("A2")["travellers"][1]["given_names"] == "Segunda"
    assert "P-123" not in repr(view)
    assert exchange.page("A2", "card", exchange.visitor, row).answers["travellers"][1]["passport"] == "P-123"


def test_a_secret_is_sealed_with_the_key_of_whom_it_is_about(exchange, house):
    exchanges.invite_travellers(house.store, exchange.visitor, exchange.dossier)
    second, row = house.store.people.by_email("segunda@example.org"), exchange.rows()[1]
    exchange.save("A2", "card", exchange.visitor, {f"travellers.{row}.passport": "P-123"}, row)
    exchange.save("A7", "permissions", second, {"medical": "Alergia"}, number=1)
    assert house.store.revisions.owners(exchange.document("A2").id) == {f"travellers.{row}.passport": second.id}
    assert house.store.revisions.owners(exchange.document("A7", 1).id) == {"medical": f"{second.id}:{exchange.dossier.id}"}


def test_the_view_tells_how_far_each_document_is(exchange):
    view = dossiers.view_of(exchange.store, exchange.document("A7", 1))
    assert view.state("A1") == "draft"
    assert {address.form for address in view.states} == {"A1", "A2", "A3", "A7"}
    assert Address("A7", subject=exchange.rows()[1]) not in view.documents
    assert [subject for subject, _ in view.all("A7")] == [exchange.rows()[0], exchange.rows()[2]]


def test_a_save_fills_no_document_more_often_than_it_must(exchange, monkeypatch):
    """One pass over the dossier's documents, and the document itself before and after."""
    exchange.page("A1", "common", exchange.host)
    filled, count = resolving.filled, []

    def counted(form, *more, **named):
        count.append(form.code)
        return filled(form, *more, **named)

    monkeypatch.setattr(resolving, "filled", counted)
    exchange.save("A1", "common", exchange.host, {"activity_title": "Otro título"})
    exchange.page("A1", "common", exchange.host)
    assert {code: count.count(code) for code in ("A2", "A3", "A7")} == {"A2": 1, "A3": 1, "A7": 3}
