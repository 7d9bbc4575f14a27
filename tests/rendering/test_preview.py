"""Pictures of pages and where sections start."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from app.rendering.preview import page_count, page_of_section, page_png
from app.rendering.record import record
from tests.rendering import samples


@pytest.fixture(scope="module")
def made() -> bytes:
    return record(samples.everything())


def test_a_page_is_as_wide_as_asked(made: bytes) -> None:
    picture = Image.open(io.BytesIO(page_png(made, 0, 640)))
    assert picture.width == 640
    assert 900 <= picture.height <= 910


def test_a_page_is_not_blank(made: bytes) -> None:
    assert len(Image.open(io.BytesIO(page_png(made, 0, 300))).getcolors(100_000)) > 20


def test_a_page_that_is_not_there_is_an_error(made: bytes) -> None:
    with pytest.raises(IndexError):
        page_png(made, page_count(made), 300)


def test_sections_are_found_by_their_key(made: bytes) -> None:
    assert [page_of_section(made, key) for key in ("words", "agenda", "plan", "matrix")] == [0, 0, 1, 2]
    assert page_of_section(made, "nowhere") == 0


def test_many_threads_may_ask_at_once(made: bytes) -> None:
    with ThreadPoolExecutor(4) as pool:
        pictures = list(pool.map(lambda page: page_png(made, page % 4, 200), range(16)))
    assert pictures[0] == pictures[4] == pictures[8]
