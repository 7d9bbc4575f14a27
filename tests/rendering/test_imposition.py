"""Booklets read back from their files: each side carries its pair, folding gives the pages in order, and any PDF can be one."""

import io
import itertools
import re
from pathlib import Path

import pikepdf
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from app.rendering import jail
from app.rendering.booklet import impose
from app.rendering.imposition import SHEETS, Saddle, padded, placing, sheets, sides
from app.rendering.jail import Refused
from app.rendering.notebook import Notebook, pressing
from app.rendering.record.sheet import MM
from app.rendering.trial import trial_sheet
from tests.hostile.bombs import BOMBS
from tests.rendering.notebooks import notebook, visit

PLANS = {8: 1, 12: 5, 16: 10, 24: 15, 40: 34}
"""Pages, by working days."""


def pressed(book: Notebook, how: Saddle | None) -> bytes:
    out = io.BytesIO()
    with pressing(out, "Cuadernos", book.visit.language, how) as press:
        press.add(book)
    return out.getvalue()


def carried(data: bytes) -> list[tuple[int, int]]:
    """(left, right) page of each side, by the page numbers printed at its outer feet; the cover, which has none, is 1."""
    found = []
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        half, feet = float(page.mediabox.width) / 2, []

        def note(text: str, _cm: list[float], tm: list[float], _font: object, size: float, feet: list[tuple[float, int]] = feet) -> None:
            if size == 8 and text.strip().isdigit() and float(_cm[5]) + float(tm[5]) < 40:
                feet.append((float(_cm[4]) + float(tm[4]), int(text)))

        page.extract_text(visitor_text=note)
        left = [number for x, number in feet if x < half]
        right = [number for x, number in feet if x > half]
        found.append((left[0] if left else 1, right[0] if right else 1))
    return found


def folded(pairs: list[tuple[int, int]]) -> list[int]:
    """What one reads in sheets put into each other, folded in the middle, the first one outermost."""
    fronts, backs = pairs[::2], pairs[1::2]
    rising = [page for front, back in zip(fronts, backs, strict=True) for page in (front[1], back[0])]
    falling = [page for front, back in zip(reversed(fronts), reversed(backs), strict=True) for page in (back[1], front[0])]
    return rising + falling


@pytest.mark.parametrize(("pages", "days"), PLANS.items())
def test_each_side_carries_the_pair_of_the_rule(pages: int, days: int) -> None:
    book = notebook(visit(paper="a4", days=days))
    rule = [pair for k in range(1, pages // 4 + 1) for pair in ((pages - 2 * (k - 1), 2 * k - 1), (2 * k, pages - 2 * k + 1))]
    assert carried(pressed(book, Saddle())) == rule


@pytest.mark.parametrize(("pages", "days"), PLANS.items())
def test_folded_it_reads_from_the_first_to_the_last(pages: int, days: int) -> None:
    book = notebook(visit(paper="letter", days=days))
    assert folded(carried(pressed(book, Saddle()))) == list(range(1, pages + 1))


def test_twelve_pages_lie_as_the_specification_prints_them() -> None:
    assert [(side.left, side.right) for side in sides(12)] == [(12, 1), (2, 11), (10, 3), (4, 9), (8, 5), (6, 7)]


@given(st.integers(1, 400), st.sampled_from(["whole", "cover", "inside"]), st.sampled_from([4, 16, 40]))
def test_no_page_is_lost_and_every_front_has_its_back(pages: int, part: str, section: int) -> None:
    found = list(sides(pages, Saddle(part=part, section=section)))
    assert [side.back for side in found] == [False, True] * (len(found) // 2)
    shown = sorted(page for side in found for page in (side.left, side.right) if page)
    outer = {1, 2, padded(pages) - 1, padded(pages)}
    expected = {"whole": range(1, pages + 1), "cover": sorted(outer), "inside": [p for p in range(1, pages + 1) if p not in outer]}[part]
    assert shown == [page for page in expected if page <= pages]
    if part == "whole":
        assert len(found) == 2 * sheets(pages)


@given(st.integers(1, 300))
def test_sections_read_one_after_another(pages: int) -> None:
    pairs = [(side.left, side.right) for side in sides(pages)]
    starts = [number for number, side in enumerate(sides(pages)) if side.outer] + [len(pairs)]
    read = [page for start, end in itertools.pairwise(starts) for page in folded(pairs[start:end])]
    assert [page for page in read if page] == list(range(1, pages + 1))
    assert all(end - start <= 20 for start, end in itertools.pairwise(starts))


def test_thin_booklets_are_not_corrected_and_thick_ones_creep_towards_the_fold() -> None:
    assert {side.creep for side in sides(20)} == {0.0}
    thick = [side.creep for side in sides(40, Saddle(thickness=0.1 * MM)) if not side.back]
    assert thick == pytest.approx([0.1 * MM * k for k in range(10)])
    place = placing("a4", (148 * MM, 210 * MM))
    assert place.left(0.5) > place.left()
    assert place.right(0.5) < place.right()


def test_in_the_file_the_inner_sheets_of_a_thick_booklet_lie_nearer_to_the_fold() -> None:
    pdf = pikepdf.open(io.BytesIO(pressed(notebook(visit(paper="a4", days=34)), Saddle(thickness=0.1 * MM))))
    moved = [re.findall(rb"q 1 0 0 1 ([\d.]+) [\d.]+ cm", page.Contents.read_bytes()) for page in pdf.pages]
    lefts, rights = zip(*[(float(left), float(right)) for left, right in moved], strict=True)
    assert [lefts[2 * k] - lefts[0] for k in range(10)] == pytest.approx([0.1 * MM * k for k in range(10)], abs=0.02)
    assert [rights[0] - rights[2 * k + 1] for k in range(10)] == pytest.approx([0.1 * MM * k for k in range(10)], abs=0.02)


def test_staples_are_marked_at_a_quarter_and_three_quarters_of_the_fold_on_the_outside_only() -> None:
    place = placing("a4", (148 * MM, 210 * MM))
    outer, *others = sides(12)
    heights = [(float(a) + float(b)) / 2 / MM for a, b in re.findall(r"420\.94 ([\d.]+) m 420\.94 ([\d.]+) l", place.marks(outer))]
    assert [height for height in heights if 20 < height < 190] == pytest.approx([52.5, 157.5], abs=0.1)
    assert all(place.marks(side).count(" m ") == 2 for side in others)


def test_a_larger_sheet_has_cutting_marks_outside_the_pages() -> None:
    place = placing("sra4", (148 * MM, 210 * MM))
    drawn = [tuple(map(float, each)) for each in re.findall(r"([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l", place.marks(list(sides(4))[1]))]
    inside = (place.left(), place.left() + 296 * MM)
    cuts = [mark for mark in drawn if mark[0] != pytest.approx(place.width / 2, abs=0.1)]
    assert len(cuts) == 8
    for x, y, to_x, to_y in cuts:
        assert not (inside[0] < x < inside[1] and place.foot < y < place.height - place.foot)
        assert x == to_x or y == to_y
        assert min(x, y, to_x, to_y) > 0


def test_pages_that_do_not_fit_side_by_side_are_refused() -> None:
    with pytest.raises(ValueError, match="letter"):
        placing("letter", (148 * MM, 210 * MM))


def test_a_separate_cover_and_its_inside_make_the_whole() -> None:
    book = notebook(visit(paper="a4"))
    assert carried(pressed(book, Saddle(part="cover"))) == [(12, 1), (2, 11)]
    assert folded(carried(pressed(book, Saddle(part="inside")))) == list(range(3, 11))


@pytest.mark.parametrize("sheet", ["a4", "sra4", "a3"])
def test_sheets_lie_across_and_ask_for_the_short_edge(sheet: str) -> None:
    pdf = pikepdf.open(io.BytesIO(pressed(notebook(visit(paper="a4")), Saddle(sheet=sheet))))
    assert tuple(map(float, pdf.pages[0].mediabox[2:])) == pytest.approx(SHEETS[sheet], abs=0.01)
    assert pdf.Root.ViewerPreferences.Duplex == pikepdf.Name.DuplexFlipShortEdge
    assert pdf.check_pdf_syntax() == []


# ── what comes from elsewhere ────────────────────────────────────────────────────────────────────────────────────────


def foreign(sizes: list[tuple[float, float]], rotate: int = 0) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for number, size in enumerate(sizes, start=1):
        canvas.setPageSize(size)
        canvas.drawString(10, size[1] / 2, f"hoja-{number}")
        canvas.rect(1, 1, size[0] - 2, size[1] - 2)
        canvas.showPage()
    canvas.save()
    with pikepdf.open(out) as pdf:
        for page in pdf.pages if rotate else ():
            page.rotate(rotate, relative=False)
        turned = io.BytesIO()
        pdf.save(turned)
    return turned.getvalue()


def booklet(data: bytes, folder: Path, paper: str = "a4", how: Saddle = Saddle()) -> bytes:
    path = folder / "out.pdf"
    with path.open("wb") as out:
        impose(data, paper, out, how)
    return path.read_bytes()


@pytest.mark.parametrize("pages", [1, 4, 5, 30])
def test_any_pdf_becomes_a_booklet_with_its_pages_in_order(pages: int, tmp_path: Path) -> None:
    made = pikepdf.open(io.BytesIO(booklet(foreign([(595, 842)] * pages), tmp_path)))
    read = []
    for page in made.pages:
        where = {"left": 0, "right": 0}
        for x, name in re.findall(r"([-\d.]+) [-\d.]+ cm\s+(/\S+) Do", page.Contents.read_bytes().decode()):
            told = re.search(rb"hoja-(\d+)", page.Resources.XObject[name].read_bytes())
            assert told
            where["left" if float(x) < 300 else "right"] = int(told[1])
        read.append((where["left"], where["right"]))
    assert [page for page in folded(read) if page] == list(range(1, pages + 1))
    assert len(read) == 2 * sheets(pages)


@pytest.mark.parametrize("rotate", [0, 90, 180])
@pytest.mark.parametrize("size", [(100, 100), (2000, 300), (300, 2000), (595, 842)])
def test_pages_of_any_size_fit_whole_into_their_half(size: tuple[float, float], rotate: int, tmp_path: Path) -> None:
    pdf = pikepdf.open(io.BytesIO(booklet(foreign([size] * 4, rotate), tmp_path, "letter", Saddle(marks=False))))
    width, height = (size[1], size[0]) if rotate == 90 else size
    scale = min(139.7 * MM / width, 215.9 * MM / height)
    for page in pdf.pages:
        placed = [float(number) for number in re.findall(r"[-\d.]+", page.Contents.read_bytes().decode().split(" cm")[0])]
        assert abs(placed[0]) + abs(placed[1]) == pytest.approx(scale, rel=0.01)


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_a_hostile_file_is_refused_or_a_booklet_without_anything_that_acts(name: str, tmp_path: Path) -> None:
    try:
        made = booklet(BOMBS[name](), tmp_path)
    except Refused:
        return
    told = jail.run("inspect", made)
    assert isinstance(told, dict)
    assert told["active"] == []


def test_scripts_and_what_a_file_does_when_it_opens_stay_behind(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(foreign([(595, 842)]))) as pdf:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.Root.OpenAction = script
        pdf.pages[0].AA = pikepdf.Dictionary(O=script)
        armed = io.BytesIO()
        pdf.save(armed)
    assert jail.run("inspect", armed.getvalue())["active"]
    assert jail.run("inspect", booklet(armed.getvalue(), tmp_path))["active"] == []


def test_what_is_no_pdf_is_one_refusal(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        booklet(b"%PDF-1.7 and nothing more", tmp_path)


# ── the sheet to try a printer with ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_trial_sheet_is_a_booklet_of_one_sheet_with_crosses_that_meet_through_the_paper(paper: str) -> None:
    pdf = pikepdf.open(io.BytesIO(trial_sheet(paper, str, "es")))
    crosses = []
    for page in pdf.pages:
        code, starts = page.Contents.read_bytes().decode("latin-1"), []
        for half in code.split("q 1 0 0 1 ")[1:]:
            x = float(half.split()[0])
            found = re.search(r"q 0 G 0\.25 w ([\d.]+) ([\d.]+) m ([\d.]+)", half)
            assert found
            starts.append(round(x + float(found[1]) + 6 * MM, 1))
        crosses.append(sorted(starts))
    width = float(pdf.pages[0].mediabox[2])
    assert crosses[1] == pytest.approx(sorted(width - x for x in crosses[0]), abs=0.2)
