"""Letters: what can be drawn, what is refused, how lines break."""

from __future__ import annotations

import pytest

from app.rendering import fonts
from app.rendering.fonts import BOLD, REGULAR, Undrawable, drawable, face, undrawable, wrapped
from app.rendering.readback import missing_from_pdf
from app.rendering.record import record
from forms.letters import foreign
from tests.rendering import samples


def test_letters_of_the_two_languages_and_their_neighbours_can_be_drawn() -> None:
    assert undrawable("áéíóúüñ¿¡ ãõçâêô ỹ g̃ Ωμέγα Ждать ☒ ☐ € № – — « » “ ” … \n\t") == []


def test_foreign_letters_are_named_once_in_order() -> None:
    assert undrawable("a日本日ب\u202eש\x00\ud800") == ["日", "本", "ب", "\u202e", "ש", "\x00", "\ud800"]


def test_what_may_be_stored_can_be_drawn() -> None:
    stored = "".join(letter for letter in map(chr, range(0x20, 0x1F000)) if not 0xD800 <= ord(letter) < 0xE000 and not foreign(letter))
    assert len(stored) > 3000
    assert undrawable(stored) == []


def test_every_letter_there_is_can_be_read_back() -> None:
    letters = sorted(drawable() - fonts.INVISIBLE - fonts.LAYOUT)
    answers = [samples.line(f"l{start}", "Letras", "a".join(letters[start : start + 40]), 12) for start in range(0, len(letters), 40)]
    resolved = samples.document(samples.section("s", "A", "Letras", *answers))
    assert [answer.blocks[0] for answer in missing_from_pdf(record(resolved), resolved)] == []


def test_a_letter_no_font_has_is_refused_naming_the_answer() -> None:
    resolved = samples.document(samples.section("s", "A", "Sección", samples.line("name", "Nombre", "Ana 日")))
    with pytest.raises(Undrawable) as refused:
        record(resolved)
    assert refused.value.places == {"label": "Nombre", "letters": "日"}


def test_a_word_wider_than_the_line_breaks_inside_it() -> None:
    own = face(REGULAR)
    lines = wrapped("a " + "m" * 100, own, 10_000)
    assert "".join(lines).replace(" ", "") == "a" + "m" * 100
    assert all(own.width(line.rstrip()) <= 10_000 for line in lines)


def test_an_address_breaks_after_a_slash() -> None:
    assert wrapped("https://example.org/camino/largo", face(REGULAR), 11_000)[0].endswith("/")


def test_no_line_is_wider_than_asked() -> None:
    own = face(BOLD)
    for limit in (1, 300, 2_000, 9_000):
        lines = wrapped(samples.LONG * 3, own, limit)
        assert all(own.width(line.rstrip()) <= limit or len(line.rstrip()) == 1 for line in lines)
        assert "".join(lines).split() == (samples.LONG * 3).split() or limit < 9_000


def test_figures_have_one_width() -> None:
    assert len({face(REGULAR).width(figure) for figure in "0123456789"}) == 1
