"""The publication: chosen days in one volume whose contents, bookmarks and page numbers agree."""

import io
from dataclasses import replace

import pikepdf
import pypdf
import pytest

from app.rendering.fonts import Undrawable
from app.rendering.imposition import Saddle
from app.rendering.notebook import BadPhoto, Photo, Volume, volume
from tests.rendering.notebooks import collection


def made(work: Volume, how: Saddle | None = None) -> bytes:
    out = io.BytesIO()
    volume(work, out, how)
    return out.getvalue()


@pytest.mark.parametrize("days", [1, 4, 40])
def test_contents_bookmarks_and_page_numbers_agree(days: int) -> None:
    work = collection(days)
    reader = pypdf.PdfReader(io.BytesIO(made(work)))
    said = [page.extract_text() for page in reader.pages]
    marks = [(mark.title, reader.get_destination_page_number(mark) + 1) for mark in reader.outline]
    assert [title for title, _ in marks] == ["Contenido", *(f"{piece.title} · {piece.author}" for piece in work.pieces)]
    contents = "".join(said[2 : marks[1][1] - 1])
    for piece, (_, page) in zip(work.pieces, marks[1:], strict=True):
        assert piece.title in said[page - 1]
        assert f"{piece.title} {page}\n{piece.author}" in contents
    assert [label.split()[-1] for label in reader.page_labels[1:]] == [str(number) for number in range(2, len(said) + 1)]
    assert all(str(number) in page for number, page in enumerate(said[1:], start=2))


def test_the_contents_lead_where_they_say() -> None:
    reader = pypdf.PdfReader(io.BytesIO(made(collection(3))))
    links = [link.get_object() for link in reader.pages[2]["/Annots"]]
    where = [reader.get_destination_page_number(reader.named_destinations[link["/Dest"]]) + 1 for link in links]
    assert where == [reader.get_destination_page_number(mark) + 1 for mark in reader.outline[1:]]


def test_every_text_and_caption_is_there_and_the_title_is_the_files() -> None:
    work = collection(2)
    data = made(work)
    said = " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    for piece in work.pieces:
        assert all(" ".join(text.split()) in said for pair in piece.texts for text in pair)
        assert all(photo.caption in said for photo in piece.photos)
    pdf = pikepdf.open(io.BytesIO(data))
    assert str(pdf.docinfo.Title) == work.title
    assert str(pdf.Root.Lang) == "es"
    assert pdf.check_pdf_syntax() == []


def test_a_heading_never_stands_alone_at_the_foot() -> None:
    piece = collection(1).pieces[0]
    for count in range(25, 45):
        long = replace(piece, texts=(("Antes", "\n".join(["renglón"] * count)), ("Después", "uno\ndos\ntres")), photos=())
        said = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made(replace(collection(1), pieces=(long,))))).pages]
        assert all("dos" in page for page in said if "Después" in page)


def test_it_can_be_a_booklet_and_equal_input_makes_equal_bytes() -> None:
    work = collection(3)
    assert made(work) == made(work)
    assert len(pikepdf.open(io.BytesIO(made(work, Saddle()))).pages) == 6


def test_what_cannot_be_printed_is_refused_by_name() -> None:
    work = collection(1)
    with pytest.raises(Undrawable) as told:
        made(replace(work, pieces=(replace(work.pieces[0], author="名前"),)))
    assert told.value.places["label"] == work.pieces[0].title
    with pytest.raises(BadPhoto, match="Un patio"):
        made(replace(work, pieces=(replace(work.pieces[0], photos=(Photo(b"?", "Un patio"),)),)))
