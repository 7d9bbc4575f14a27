"""Templates in their folders: drawn when the form changes, never over a hand, the secretariat's own first."""

import io

import docx
import pytest

from app.config import Settings
from app.errors import NotFound
from app.workflow import templates


@pytest.fixture
def folder(tmp_path):
    """A folder with every template as drawn now."""
    for found in templates.standing(tmp_path):
        assert found.standing == "stale"
        templates.write(found)
    return tmp_path


def of(folder, language="es"):
    return next(found for found in templates.standing(folder) if (found.path.stem, found.path.parts[-2]) == ("IAT", language))


def blank_of(folder, language="es"):
    return next(found for found in templates.blanks(folder) if (found.path.stem, found.path.parts[-2]) == ("IAT", language))


def source(folder, **told):
    """The same SOURCE.md with another digest in it."""
    path = of(folder).path.parent / templates.SOURCE
    lines = [f"{key}: {told[key]}" if (key := line.partition(":")[0]) in told else line for line in path.read_text().splitlines()]
    path.write_text("\n".join(lines) + "\n")


def test_what_was_just_written_is_current(folder):
    assert {found.standing for found in templates.standing(folder)} == {"current"}


def test_a_template_whose_form_changed_is_stale(folder):
    source(folder, definition="0" * 64)
    assert of(folder).standing == "stale"
    assert of(folder, "pt").standing == "current"


def test_a_template_changed_by_hand_is_kept_while_its_form_stays(folder):
    of(folder).path.write_bytes(b"by hand")
    assert of(folder).standing == "kept"


def test_a_template_changed_by_hand_is_named_when_its_form_changed(folder):
    of(folder).path.write_bytes(b"by hand")
    source(folder, definition="0" * 64)
    assert of(folder).standing == "edited"


def test_both_languages_are_drawn_in_their_own_words(folder):
    assert of(folder).drawn != of(folder, "pt").drawn


def test_the_secretariats_own_template_comes_first(tmp_path):
    settings = Settings(instance=tmp_path)
    shipped = templates.template_for("IAT", "es", settings)
    own = templates.own_folder(settings) / of(templates.FOLDER).path.relative_to(templates.FOLDER)
    own.parent.mkdir(parents=True)
    own.write_bytes(b"own")
    assert templates.template_for("IAT", "es", settings) == b"own"
    assert templates.template_for("IAT", "pt", settings) != shipped


def test_the_shipped_template_is_on_the_paper_of_the_country_and_its_lines_stay_as_wide(tmp_path):
    sizes = {}
    for paper in ("A4", "Letter"):
        (section,) = docx.Document(io.BytesIO(templates.template_for("IAT", "es", Settings(instance=tmp_path), paper))).sections
        sizes[paper] = section
    assert [round(sizes["A4"].page_width.mm), round(sizes["A4"].page_height.mm)] == [210, 297]
    assert [round(sizes["Letter"].page_width.mm), round(sizes["Letter"].page_height.mm)] == [216, 279]
    lines = {round(each.page_width.mm - each.left_margin.mm - each.right_margin.mm) for each in sizes.values()}
    assert lines == {174}


def test_a_language_without_template_is_not_found(tmp_path):
    with pytest.raises(NotFound):
        templates.template_for("IAT", "en", Settings(instance=tmp_path))


def test_a_blank_form_is_written_beside_the_word_template_and_both_are_told_apart(folder):
    templates.write(blank_of(folder))
    assert blank_of(folder).standing == of(folder).standing == "current"
    assert blank_of(folder).path.read_bytes().startswith(b"%PDF-1.7")
    source(folder, definition="0" * 64)
    assert (of(folder).standing, blank_of(folder).standing) == ("stale", "stale")


def test_a_blank_form_changed_by_hand_is_not_written_over(folder):
    templates.write(blank_of(folder))
    blank_of(folder).path.write_bytes(b"by hand")
    assert blank_of(folder).standing == "kept"
    assert of(folder).standing == "current"
    source(folder, definition="0" * 64)
    assert blank_of(folder).standing == "edited"


def test_a_blank_form_speaks_its_language(folder):
    assert blank_of(folder).definition != blank_of(folder, "pt").definition
