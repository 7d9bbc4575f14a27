"""Whatever is answered, the record ends, holds every word and stays inside its margins."""

from __future__ import annotations

from unicodedata import combining

import pypdfium2
from hypothesis import given, settings
from hypothesis import strategies as some

from app.rendering.fonts import INVISIBLE, REGULAR, drawable, face, wrapped
from app.rendering.readback import missing_from_pdf
from app.rendering.record import record
from forms.blocks import Bar, Bars, Block, Cards, Cell, Column, Line, Plain, Prose, Row, Rows, SignatureBox, Ticks, Timetable
from tests.rendering import samples

LETTERS = "".join(
    sorted(letter for letter in drawable() - INVISIBLE if (letter <= "\u052f" or letter in "☒☐✓€№→") and not combining(letter))
)
"""PDFium reads two equal accents over one another as one, so letters come composed, as they are stored."""
words = some.text(LETTERS, max_size=40)
texts = some.one_of(
    words, some.lists(words, max_size=60).map(" ".join), some.lists(words, max_size=80).map("\n".join), words.map(lambda word: word * 40)
)
PATH = samples.path("answer")


@some.composite
def tables(draw: some.DrawFn) -> Rows:
    keys = draw(some.lists(some.sampled_from("abcdefghijklm"), min_size=4, max_size=12, unique=True))
    weight, align = some.integers(0, 12), some.sampled_from(["left", "right"])
    columns = tuple(Column(key, draw(words), draw(weight), draw(align)) for key in keys)
    rows = tuple(Row(f"ROW{n:05}", {key: _cell(draw(texts)) for key in keys}) for n in range(draw(some.integers(0, 6))))
    view = draw(
        some.sampled_from([Plain(), Cards((keys[0], keys[1]), by=keys[2]), Cards((keys[0],)), Timetable(*keys[:4], tuple(keys[4:]))])
    )
    return Rows(PATH, draw(words), columns, rows, view)


def _cell(text: str) -> Cell:
    return Cell(text, text, (Line(PATH, "Etiqueta", text, 6),))


spans = some.integers(1, 12)
blocks: some.SearchStrategy[Block] = some.one_of(
    some.builds(Line, some.just(PATH), words, texts, spans),
    some.builds(Prose, some.just(PATH), words, some.lists(texts, max_size=3).map(tuple)),
    some.builds(Ticks, some.just(PATH), words, some.lists(some.tuples(texts, some.booleans()), max_size=5).map(tuple)),
    some.builds(Bars, some.just(PATH), words, some.lists(some.builds(Bar, texts, some.integers(0, 10**9), words), max_size=4).map(tuple)),
    some.builds(SignatureBox, some.just(PATH), words, texts, words, words, spans),
    tables(),
)


@settings(max_examples=60, deadline=None)
@given(some.lists(blocks, max_size=6), some.sampled_from(["A4", "Letter"]))
def test_every_word_is_printed_whatever_it_is(given_blocks: list[Block], paper: str) -> None:
    imprint = samples.replace(samples.IMPRINT, paper=paper)
    answers = [samples.shown(f"a{n}", "Respuesta", block) for n, block in enumerate(given_blocks)]
    resolved = samples.document(samples.section("s", "A", "Sección", *answers), imprint=imprint)
    made = record(resolved)
    assert missing_from_pdf(made, resolved) == []
    assert record(resolved) == made
    _within_margins(made)


def _within_margins(pdf: bytes) -> None:
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        text = page.get_textpage()
        for at in range(text.count_chars()):
            left, _, right, _ = text.get_charbox(at)
            assert right - left < 1 or 40 < left < right + 0.1 < page.get_width() - 40
    document.close()


@settings(max_examples=200, deadline=None)
@given(texts, some.integers(1, 60_000), some.integers(1, 200))
def test_lines_hold_all_letters_and_no_more_than_asked(text: str, limit: int, most: int) -> None:
    own = face(REGULAR)
    lines = wrapped(text, own, limit, most)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(len(line.strip()) <= 1 or (own.width(line.rstrip(" ")) <= limit and len(line.rstrip(" ")) <= most) for line in lines)
