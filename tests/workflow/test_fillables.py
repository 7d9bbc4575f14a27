"""A document as a PDF form: live fields with what is typed so far, or flat; kept once; nothing secret in it."""

import pytest

from app.errors import BadFile, NotFound
from app.rendering.fillable import foreign
from app.rendering.fillable.reading import read
from app.rendering.readback import text_of_pdf
from app.workflow import offline, renditions, templates
from forms import FORMS
from tests.rendering.test_fillable_foreign import theirs
from tests.workflow.delegating import Delegation
from tests.workflow.exchanging import Exchange, register


def make(house, document, kind="fillable", language="es", person=None):
    return renditions.make(house.store, person or house.ana, house.now(document), kind, language)


def test_the_form_of_a_report_says_whose_it_is_and_what_is_typed_so_far(house):
    document = house.real()
    sent = read(make(house, document).data)
    assert sent.about == {"form": "IAT", "edition": FORMS["IAT"].edition, "document": document.id, "revision": str(document.revision)}
    assert sent.fields["policy"] == ("Crecer Juntos",)
    assert len(sent.fields["entries._rows"]) == len(house.answers(document)["entries"])
    assert sent.differing == ()


def test_a_new_report_has_free_rows_that_are_the_same_each_time(house):
    document = house.report()
    first, second = (read(make(house, document).data).fields["entries._rows"] for _ in range(2))
    assert first == second
    assert len(first) == 5


def test_the_filled_form_shows_the_answers_and_has_no_fields(house):
    document = house.real()
    flat = make(house, document, "filled")
    assert flat.filename == "IAT-SLV-CONNA-DPI-2021-1_v1_es_formulario.pdf"
    assert "Crecer Juntos" in text_of_pdf(flat.data)
    with pytest.raises(BadFile, match="no tiene campos"):
        read(flat.data)


@pytest.mark.parametrize("kind", renditions.TO_FILL)
def test_equal_content_is_made_once_and_kept(house, kind):
    document = house.real()
    first, files = make(house, document, kind), len(house.store.files.all())
    assert make(house, document, kind) == first
    assert len(house.store.files.all()) == files


def test_the_portuguese_form_asks_in_portuguese(house):
    assert "Relatório semestral de assistência técnica" in text_of_pdf(make(house, house.report(), language="pt").data)


def test_strangers_get_no_form(house):
    with pytest.raises(NotFound):
        make(house, house.report(), person=house.stranger)


def test_a_health_question_is_neither_asked_nor_told_in_a_file_that_is_kept(house, monkeypatch):
    register(monkeypatch)
    exchange = Exchange(house)
    document = exchange.document("A7")
    monkeypatch.setattr(renditions.dossiers, "typed", lambda store, document: {"medical": "CANARIO", "photo": True})
    made = renditions.made(house.store, document, "fillable", "es")
    assert [name for name in read(made.data).fields if "medical" in name] == []
    assert "CANARIO".encode("utf-16-be").hex().upper().encode() not in made.data


def test_a_reserved_part_is_carried_offline_by_who_fills_it_and_is_in_no_file_that_is_kept(house, monkeypatch):
    trip = Delegation(house, monkeypatch)
    row, traveller = trip.rows()[1], trip.travellers[1]
    trip.save("A5", "questionnaire", traveller, {f"questionnaire.{row}.q_oei": 4}, row)
    document = trip.document("A5")
    kept = read(renditions.made(trip.store, document, "fillable", "es").data).fields
    assert "differences" in kept
    assert [name for name in kept if name.startswith("questionnaire")] == []
    own = read(offline.made(trip.store, traveller, document, "es").data).fields
    assert own[f"questionnaire.{row}.q_oei"] == ("4",)


def test_a_form_drawn_by_others_is_filled_through_its_map(house):
    document = house.real()
    folder = templates.own_folder(house.store.settings) / "IAT" / FORMS["IAT"].edition / "es"
    folder.mkdir(parents=True)
    (folder / "IAT.pdf").write_bytes(theirs())
    (folder / "fields.toml").write_text('[fields]\n"Full name" = "policy"\n"Why" = "groups.1.beneficiary"\n', encoding="utf-8")
    sent = read(make(house, document).data)
    assert sent.fields["Full name"] == ("Crecer Juntos",)
    assert sent.fields["Why"][0].startswith("Despacho de la Primera Dama")
    assert "Crecer Juntos" in text_of_pdf(make(house, document, "filled").data)
    assert foreign.starter(theirs()).startswith("#")
