"""The annexes of an exchange as their readers get them: an agenda, cards, permissions."""
import io
from dataclasses import replace

import pypdfium2
import pytest

from app.i18n import formatter
from app.rendering.record import record
from app.workflow.resolving import DOSSIER, resolve
from forms import FORMS
from forms.view import Address
from tests.forms.worked import TRAVELLERS, Exchange
from tests.rendering.samples import IMPRINT

ES = formatter("es", "URY")


@pytest.fixture(scope="module")
def exchange():
    """The worked exchange."""
    return Exchange()


def pages(exchange, form, subject=""):
    """The text of each page of a record, and whether it lies across."""
    typed = exchange.typed[Address(form, "", subject)]
    resolved = resolve(FORMS[form], typed, exchange.seen_by(form, subject), DOSSIER, ES, replace(IMPRINT, paper="A4"))
    with pypdfium2.PdfDocument(io.BytesIO(record(resolved))) as pdf:
        return [(page.get_textpage().get_text_bounded(), page.get_width() > page.get_height()) for page in pdf]


def test_an_agenda_stands_upright_by_day_with_why_and_who_under_what_happens(exchange):
    found = pages(exchange, "A1")
    text = " ".join(" ".join(words.split()) for words, _ in found)
    assert not any(across for _, across in found)
    assert text.index("lunes 12 de abril") < text.index("martes 13 de abril") < text.index("viernes 16 de abril")
    row = text.index("Bienvenida y acuerdos de trabajo")
    assert "Para qué: Conocerse y acordar" in text[row : row + 400]
    assert "Responsable anfitrión: Jefatura de delegación" in text[row : row + 400]


def test_each_traveller_has_a_page(exchange):
    found = [words for words, _ in pages(exchange, "A2")]
    for number in range(1, 6):
        page = next(words for words in found if f"Personas que viajan · 0{number} · " in words)
        assert f"viajero0{number}@example.org" in page
        assert page.rstrip().count("Me comprometo a") == 1
        assert "Situación" in page


def test_a_permission_is_a_sentence_with_its_answer(exchange):
    text = " ".join(" ".join(words.split()) for words, _ in pages(exchange, "A7", TRAVELLERS[4]))
    assert "Autorizo usar mis datos de salud, alimentación y apoyos solo para cuidarme en el viaje No" in text
    assert "Autorizo publicar fragmentos de mi bitácora No publicar" in text
    assert "Decreto 144/2024" in text


def test_a_table_called_like_its_section_is_headed_once(exchange):
    text = " ".join(" ".join(words.split()) for words, _ in pages(exchange, "A4"))
    assert "Alojamiento Hotel sede" in text
    assert "Alojamiento Alojamiento" not in text


def test_the_places_to_sign_stand_on_one_page(exchange):
    for form in ("F3R", "F4C", "A5"):
        signed = [words.count("Firma de") + words.count("Firma del") + words.count("Conformidad") for words, _ in pages(exchange, form)]
        assert sum(map(bool, signed)) == 1, form


def test_cards_of_one_table_stand_in_line(exchange):
    """The contact's address starts at the same place on the card of every institution."""
    typed = exchange.typed[Address("A1", "", "")]
    resolved = resolve(FORMS["A1"], typed, exchange.seen_by("A1"), DOSSIER, ES, replace(IMPRINT, paper="A4"))
    lefts = set()
    with pypdfium2.PdfDocument(io.BytesIO(record(resolved))) as pdf:
        for page in pdf:
            text = page.get_textpage()
            found = text.search("Persona de contacto")
            while spot := found.get_next():
                lefts.add(round(text.get_charbox(spot[0])[0]))
    assert len(lefts) <= 2  # one of four institutions has an address too long for the line
