"""Pages made elsewhere are pictures made in the jail."""

from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import Image

from app.rendering import jail
from app.rendering.packet import foreign
from tests.rendering import packs


def opened(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg))


def test_each_page_of_a_file_is_a_picture_of_200_dots_to_the_inch() -> None:
    _, pdf, _ = packs.documents("A4")[0]
    made = foreign.pages(pdf)
    assert len(made) > 1
    assert {opened(each).format for each in made} == {"JPEG"}
    width, height = opened(made[0]).size
    assert abs(width - 210 / 25.4 * foreign.DPI) < 2
    assert abs(height - 297 / 25.4 * foreign.DPI) < 2


def test_a_scan_is_one_page() -> None:
    assert len(foreign.pages(packs.scan())) == 1


def test_a_page_as_large_as_a_wall_is_drawn_smaller() -> None:
    out = io.BytesIO()
    with pikepdf.new() as file:
        file.add_blank_page(page_size=(14400, 14400))
        file.save(out)
    [made] = foreign.pages(out.getvalue())
    width, height = opened(made).size
    assert width * height <= foreign.MOST_PIXELS * 1.01


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 and nothing more", b"GIF89a", b"\x89PNG\r\n\x1a\n" + bytes(100)])
def test_what_cannot_be_opened_is_one_plain_sentence(data: bytes) -> None:
    with pytest.raises(jail.Refused):
        foreign.pages(data)


def test_a_book_is_no_letter() -> None:
    out = io.BytesIO()
    with pikepdf.new() as file:
        for _ in range(foreign.MOST_PAGES + 1):
            file.add_blank_page()
        file.save(out)
    with pytest.raises(jail.Refused):
        foreign.pages(out.getvalue())
