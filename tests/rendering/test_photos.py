"""A photo is made anew before it is kept: upright, of a size to print, without what it says of its place; others are told what to do."""

import io

import pytest
from PIL import Image

from app.errors import BadFile
from app.rendering import photos

JPG, PNG = "image/jpeg", "image/png"
TURNED, GPS, MAKER = 0x0112, 0x8825, 0x010F


def picture(width=1600, height=1200, format="JPEG", exif=False, mode="RGB"):
    """Noise, as a camera or an editor would save it."""
    image, told, out = Image.effect_noise((64, 48), 40).convert(mode).resize((width, height)), Image.Exif(), io.BytesIO()
    if exif:
        told[TURNED], told[MAKER] = 6, "Cámara de ejemplo"
        told.get_ifd(GPS)[2] = (34.0, 54.0, 11.0)
    image.save(out, format, exif=told)
    return out.getvalue()


def read(data):
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def test_where_and_with_what_it_was_taken_is_gone_and_it_stands_upright():
    sent = picture(exif=True)
    assert b"mara de ejemplo" in sent
    kept = read(photos.for_keeping(sent, JPG, 1200))
    assert (kept.format, kept.size) == ("JPEG", (1200, 1600))
    assert not kept.getexif()
    assert "exif" not in kept.info


def test_a_png_stays_a_png_with_its_clear_parts_and_without_its_words():
    kept = read(photos.for_keeping(picture(1300, 1300, "PNG", mode="RGBA"), PNG, 1200))
    assert (kept.format, kept.mode, kept.size) == ("PNG", "RGBA", (1300, 1300))
    assert not kept.getexif()


def test_a_very_large_one_is_made_as_large_as_paper_needs():
    assert min(read(photos.for_keeping(picture(5000, 3000), JPG, 1200)).size) == photos.SIDE


def test_one_too_small_to_print_is_refused_with_both_sizes():
    with pytest.raises(BadFile) as refused:
        photos.for_keeping(picture(1600, 1199), JPG, 1200)
    assert refused.value.message == photos.SMALL
    assert refused.value.places == {"width": 1600, "height": 1199, "least": 1200}


def test_one_above_forty_megapixels_is_refused_before_it_is_decoded():
    out = io.BytesIO()
    Image.new("1", (8000, 5001)).save(out, "PNG")
    with pytest.raises(BadFile) as refused:
        photos.for_keeping(out.getvalue(), PNG)
    assert refused.value.message == photos.LARGE
    assert refused.value.places == {"have": 41, "most": 40}


@pytest.mark.parametrize("data", [picture()[:4000], b"\xff\xd8\xff", picture(format="PNG"), b""], ids=["cut", "head", "png", "nothing"])
def test_a_broken_one_is_refused_with_one_sentence(data):
    with pytest.raises(BadFile) as refused:
        photos.for_keeping(data, JPG)
    assert refused.value.message == photos.BROKEN


def test_a_thumbnail_is_small_and_in_the_same_format():
    for format, media in (("JPEG", JPG), ("PNG", PNG)):
        small = read(photos.thumbnail(picture(format=format), media))
        assert (small.format, max(small.size)) == (format, photos.THUMBNAIL)
