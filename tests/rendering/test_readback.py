"""What is lost is noticed."""

from __future__ import annotations

import io
from dataclasses import replace

from docx import Document

from app.rendering.readback import missing_from_pdf, missing_from_word, words_of
from app.rendering.record import record
from forms.blocks import Prose
from forms.resolved import Resolved
from tests.rendering import samples


def _with(text: str) -> Resolved:
    prose = samples.shown("p", "Relato", Prose(samples.path("p"), "Relato", (text,)))
    return samples.document(samples.section("s", "A", "Sección", samples.line("n", "Nombre", "Persona de prueba"), prose))


def test_a_changed_word_is_noticed() -> None:
    assert [answer.label for answer in missing_from_pdf(record(_with("alergia a nada")), _with("alergia a penicilina"))] == ["Relato"]


def test_a_lost_letter_is_noticed() -> None:
    assert missing_from_pdf(record(_with("diez aos")), _with("diez años"))


def test_lines_pages_and_columns_do_not_matter() -> None:
    resolved = _with(samples.LONG * 60)
    assert missing_from_pdf(record(resolved), resolved) == []


def test_a_word_file_is_read_the_same_way() -> None:
    document, out = Document(), io.BytesIO()
    paragraph = document.add_paragraph("Persona de ")
    paragraph.add_run("prueba")
    document.add_paragraph("alergia a nada")
    document.save(out)
    assert missing_from_word(out.getvalue(), _with("alergia a nada")) == []
    assert [answer.label for answer in missing_from_word(out.getvalue(), _with("alergia a penicilina"))] == ["Relato"]


def test_words_are_the_answers_own_not_the_forms() -> None:
    blocks = [block for section in samples.everything().sections for answer in section.answers for block in answer.blocks]
    words = list(words_of(blocks))
    assert "Gobernanza e intersectorialidad" in words
    assert "Financiamiento" not in words[: words.index("Gobernanza e intersectorialidad") + 2]
    assert "" not in words
    assert replace(samples.IMPRINT).programme not in words
