"""Filled notebooks lose nothing: every word stands on its page or goes on in Notas, in order, and both ends say where."""

import io
import re
from dataclasses import replace
from itertools import count

import pypdf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.rendering.fonts import face
from app.rendering.notebook import Contact, DayEntry, Diary, Notebook, Photo, page_count, planned, pressing
from app.rendering.notebook.flow import cut, shares
from app.rendering.notebook.sheet import PLAIN
from tests.rendering.notebooks import notebook, picture, visit

TOKEN = re.compile(r"w\d+\.")
lengths = st.one_of(st.just(0), st.integers(1, 30), st.integers(60, 160))


def pages_of(book: Notebook) -> list[str]:
    out = io.BytesIO()
    with pressing(out, "Cuaderno", "es") as press:
        press.add(book)
    return [page.extract_text() for page in pypdf.PdfReader(out).pages]


class Words:
    """Texts whose every word is met once in the whole notebook."""

    def __init__(self) -> None:
        self.number = count()
        self.texts: list[list[str]] = []

    def text(self, length: int, *, broken: bool = False) -> str:
        words = [f"w{next(self.number)}." for _ in range(length)]
        self.texts.append(words)
        return (" " if not broken else "\n").join(words[: length // 2]) + ("\n" if length > 1 else "") + " ".join(words[length // 2 :])


@st.composite
def diaries(draw: st.DrawFn, days: int) -> tuple[Diary, list[list[str]]]:
    words = Words()

    def text() -> str:
        return words.text(draw(lengths))

    def entry() -> DayEntry:
        photos = tuple(Photo(picture(), words.text(draw(st.integers(0, 30)))) for _ in range(draw(st.integers(0, 2))))
        return DayEntry(text(), text(), text(), text(), text(), photos)

    made = Diary(
        text(), words.text(draw(st.integers(0, 12)), broken=True), text(), tuple(entry() for _ in range(draw(st.integers(0, days)))),
        tuple(text() for _ in range(draw(st.integers(0, 4)))), text(), text(), text(), text(), "named",
        tuple(Contact(words.text(2), words.text(draw(st.integers(0, 20)))) for _ in range(draw(st.integers(0, 7)))),
    )  # fmt: skip
    return made, words.texts


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data(), st.integers(1, 15), st.sampled_from(["a4", "letter"]))
def test_every_word_is_printed_once_and_each_text_reads_on_in_order(data: st.DataObject, days: int, paper: str) -> None:
    whole = visit(paper=paper, days=days)
    whole = replace(whole, days=tuple(replace(day, hosts=()) for day in whole.days))
    written, texts = data.draw(diaries(days))
    book = notebook(whole, mode="filled", diary=written)
    said = pages_of(book)
    assert len(said) == page_count(book)
    assert len(said) % 4 == 0
    assert len(said) >= planned(days)
    found = [TOKEN.findall(page) for page in said]
    assert sorted(token for page in found for token in page) == sorted(token for text in texts for token in text)
    notes = [number for number, page in enumerate(said) if page.lstrip().startswith("Notas")]
    order = [token for number in (*(each for each in range(len(said)) if each not in notes), *notes) for token in found[number]]
    place = {token: number for number, token in enumerate(order)}
    for text in texts:
        assert [place[token] for token in text] == sorted(place[token] for token in text)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data(), st.integers(1, 8))
def test_where_a_text_breaks_both_pages_name_each_other(data: st.DataObject, days: int) -> None:
    written, _ = data.draw(diaries(days))
    said = pages_of(notebook(visit(days=days), mode="filled", diary=written))
    sent = {(number, int(to)) for number, page in enumerate(said, 1) for to in re.findall(r"sigue en la pág\. (\d+)", page)}
    came = {(int(source), number) for number, page in enumerate(said, 1) for source in re.findall(r"viene de la pág\. (\d+)", page)}
    assert sent <= came
    silent = {number for number, page in enumerate(said, 1) if re.search("Antes de salir|Fotos y contactos|Pie de foto", page)}
    assert all(source in silent for source, _ in came - sent)


def test_texts_that_fit_stay_where_the_blank_page_has_its_lines() -> None:
    said = pages_of(notebook(mode="filled", diary=Diary(days=(DayEntry("Corto.", "Breve.", "Poco."),))))
    assert len(said) == 12
    assert "sigue en" not in " ".join(said)


def test_small_texts_give_their_room_to_long_ones() -> None:
    long = " ".join(["palabra"] * 120)
    said = pages_of(notebook(mode="filled", diary=Diary(days=(DayEntry(long, "Breve.", "Poco."),))))
    assert said[3].count("palabra") == 120


def test_more_text_than_notas_adds_whole_sheets() -> None:
    long = "\n".join(["renglón"] * 60)
    book = notebook(visit(days=2), mode="filled", diary=Diary(days=(DayEntry(long, long, long),) * 2))
    assert planned(2) == 8
    assert page_count(book) == 20
    assert " ".join(pages_of(book)).count("renglón") == 360


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6), st.integers(0, 60))
def test_room_is_shared_so_that_nobody_gets_more_than_needed_and_nobody_starves(needs: list[int], room: int) -> None:
    given_ = shares(needs, room)
    assert sum(given_) <= room
    assert all(got <= need for got, need in zip(given_, needs, strict=True))
    if sum(needs) <= room:
        assert given_ == needs
    short = [got for got, need in zip(given_, needs, strict=True) if got < need]
    assert not short or min(short) >= room // len(needs)


@given(st.text(alphabet="abc ñ\n", max_size=400), st.integers(40, 200), st.integers(0, 12))
def test_a_cut_text_is_the_same_text(text: str, width: int, most: int) -> None:
    shown, rest = cut(text, PLAIN, width, most)
    assert len(shown) <= most
    assert "".join("".join([*shown, rest]).split()) == "".join(text.split())
    assert all(face(PLAIN.font).width(line.rstrip()) * PLAIN.size <= width * 1000 + 1 for line in shown)
