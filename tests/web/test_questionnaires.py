"""What each traveller answered about the visit is theirs: the leaders see averages from three answers up, on pages and in files."""

import io

import pikepdf
import pytest

from app.rendering.readback import text_of_pdf
from app.store import init, open_store
from app.workflow import access, answering, dossiers, life, opening, renditions, reviewing
from forms.path import AnswerPath
from tests.web.site import HOST, Visitor, settings_in, site, text
from tests.web.site import World as Installation
from tests.workflow.house import ES
from tests.workflow.walking import Walk, read

ANSWERS = read("a5")["questionnaire"]
LEADING, *OTHERS = ANSWERS
"""Who leads the visitors travels too, and answers."""
WORDS = [row[key] for row in OTHERS for key in ("most_useful", "to_improve")]
LEADERS = ("visiting_leader", "host_leader")
PAGES = ("", "/revisar", "/valuation", "/actions", "/outline", "/observaciones", "/cambios", "/historia", "/firma", "/versiones",
         "/revision", "/desactualizado", "/rellenable/es", "/descargar/docx/es", "/descargar/pdf/es", "/sin-conexion")


@pytest.fixture
def walk(tmp_path):
    """The evaluation is open and nobody answered yet."""
    settings = settings_in(tmp_path)
    init(settings)
    with open_store(settings) as store:
        walk = Walk(store)
        for form in ("A1", "F4C"):
            for document in walk.documents(form):
                store.documents.move(document.id, "approved", document.state, "approved", walk.secretariat.id)
            opening.ensured(store, walk.dossier.id, walk.secretariat.id)
        walk.app = site(Installation(settings))
        yield walk


def evaluation(walk):
    return walk.documents("A5")[0]


def answered(walk, count, sent=True):
    """The first travellers answer, those who did not before, and send it."""
    document = evaluation(walk)
    done = walk.store.documents.parts(document.id)
    for row in (each for each in ANSWERS[:count] if f"questionnaire.{each['_id']}" not in done):
        now, place = walk.store.documents.get(document.id), AnswerPath(("questionnaire", row["_id"]))
        said = {place / key: value for key, value in row.items() if key != "_id"}
        whose = traveller(walk, row["_id"])
        saved = answering.save(walk.store, whose, now, "questionnaire", now.revision, said, fmt=ES, subject=row["_id"])
        assert not saved.refused
        if sent:
            life.submit(walk.store, whose, walk.store.documents.get(document.id), part=f"questionnaire.{row['_id']}")


def traveller(walk, row):
    [grant] = walk.store.grants.within("subject", f"{walk.dossier.id}:{row}")
    return walk.store.people.get(grant.person_id)


def enter(walk, person):
    visitor = Visitor(walk.app)
    with visitor.client.session_transaction(base_url=HOST) as held:
        held["token"] = walk.store.sessions.start(person.id)
    return visitor


def test_two_answers_are_only_counted_and_three_are_averaged(walk):
    answered(walk, 2)
    assert dossiers.filled(walk.store, evaluation(walk))["rating_averages"] == {"answers": 2}
    answered(walk, 3)
    averages = dossiers.filled(walk.store, evaluation(walk))["rating_averages"]
    assert averages["answers"] == 3
    assert averages["ratings"]["q_relevance"]["answers"] == 3


def test_what_is_still_being_written_is_counted_nowhere(walk):
    answered(walk, 3)
    before = dossiers.filled(walk.store, evaluation(walk))["rating_averages"]
    answered(walk, 4, sent=False)
    assert dossiers.filled(walk.store, evaluation(walk))["rating_averages"] == before


@pytest.mark.parametrize("role", LEADERS)
def test_no_page_or_file_gives_a_leader_what_one_person_answered(walk, role):
    answered(walk, 4)
    person, document = walk.one(role), evaluation(walk)
    visitor = enter(walk, person)
    addresses = [*PAGES, *(f"/questionnaire?de={row['_id']}" for row in OTHERS), f"/reservada/{OTHERS[0]['_id']}",
                 *(f"/{kind}/questionnaire.{OTHERS[0]['_id']}.most_useful" for kind in ("archivo", "foto"))]
    for each in addresses:
        answer = visitor.get(f"/documentos/{document.id}{each}")
        body = answer.get_data()
        said = text_of_pdf(body) if body.startswith(b"%PDF-") else body.decode("utf-8", "replace")
        assert not [words for words in WORDS if words in " ".join(said.split())], each
    assert "Lo más útil" not in text(visitor.get(f"/documentos/{document.id}/questionnaire?de={OTHERS[0]['_id']}"))
    check = reviewing.check(walk.store, person, document, ES)
    assert {section.subject for section in check.shown if section.key == "questionnaire"} <= {LEADING["_id"]}
    assert "valuation" in {section.key for section in check.shown}
    assert "(4)" in text(visitor.get(f"/documentos/{document.id}/revisar"))


def test_each_person_sees_their_own_answers_and_nobody_elses(walk):
    answered(walk, 4)
    mine, other = ANSWERS[1], ANSWERS[2]
    person = traveller(walk, mine["_id"])
    visitor, document = enter(walk, person), evaluation(walk)
    own = visitor.get(f"/documentos/{document.id}/questionnaire?de={mine['_id']}")
    assert mine["most_useful"] in text(own)
    assert other["most_useful"] not in text(own)
    assert visitor.get(f"/documentos/{document.id}/questionnaire?de={other['_id']}").status_code == 404
    assert access.sees(walk.store, person, document).audience("questionnaire", other["_id"]) == ""


def test_the_record_that_is_signed_and_what_is_attached_to_it_have_no_single_answer(walk):
    answered(walk, 5)
    assert len(WORDS) == 8
    made = renditions.made(walk.store, evaluation(walk), "record", "es")
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        attached = [file.get_file().read_bytes().decode("utf-8", "replace") for file in pdf.attachments.values()]
    told = " ".join(" ".join((text_of_pdf(made.data), *attached)).split())
    assert attached
    assert not [words for words in WORDS if words in told]
    assert LEADING["most_useful"] not in told
    assert all(f'"{row["_id"]}"' not in each for row in ANSWERS for each in attached if "q_relevance" in each)
    assert "(5)" in told
