"""The notebook's pages as forms.md §9 has them: plan, sizes, margins, codes, modes, and the awkward cases."""

import io
import itertools
import re
from dataclasses import fields, replace

import pikepdf
import pypdf
import pypdfium2
import pytest
import segno

from app.rendering.fonts import Undrawable
from app.rendering.imposition import Saddle
from app.rendering.notebook import BadPhoto, Notebook, Photo, Wording, page_count, planned, pressing, worded
from app.rendering.notebook.sheet import BOTTOM, TOP, TRIMS, day_height
from app.rendering.qr import MASK, stencil
from app.rendering.record.sheet import MM
from tests.rendering.notebooks import AGENDA, diary, notebook, picture, visit

SCALE = 2
"""Pixels to a point, where pages are looked at."""


def pressed(*books: Notebook, how: Saddle | None = None) -> bytes:
    out = io.BytesIO()
    with pressing(out, "Cuadernos", books[0].visit.language, how) as press:
        for book in books:
            press.add(book)
    return out.getvalue()


def texts(book: Notebook) -> list[str]:
    """What each page says."""
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pressed(book))).pages]


def filled(**changes: object) -> Notebook:
    return notebook(mode="filled", diary=diary(), **changes)


# ── plan and sizes ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_pages_follow_the_working_days() -> None:
    plan = {1: 8, 2: 8, 3: 12, 4: 12, 5: 12, 6: 12, 7: 16, 10: 16, 11: 20, 14: 20, 15: 24}
    assert {days: planned(days) for days in plan} == plan


@pytest.mark.parametrize("days", range(1, 16))
def test_a_printed_notebook_has_as_many_pages_as_planned(days: int) -> None:
    book = notebook(replace(visit(days=days), agenda=()))
    assert page_count(book) == planned(days)
    said = texts(book)
    assert len(said) == planned(days)
    assert sum("Notas" in page for page in said) >= planned(days) - 6 - days


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_day_fits_between_the_margins(paper: str) -> None:
    room = TRIMS[paper].height - TOP - BOTTOM
    assert room / MM == pytest.approx({"a4": 186, "letter": 191.9}[paper], abs=0.01)
    assert day_height() / MM == pytest.approx(184)
    assert day_height() <= room


@pytest.mark.parametrize(("paper", "size"), [("a4", (148, 210)), ("letter", (139.7, 215.9))])
def test_the_trim_follows_the_paper(paper: str, size: tuple[float, float]) -> None:
    page = pypdf.PdfReader(io.BytesIO(pressed(notebook(visit(paper=paper))))).pages[0]
    assert (float(page.mediabox.width) / MM, float(page.mediabox.height) / MM) == pytest.approx(size, abs=0.01)


def test_pages_stand_in_the_order_of_the_specification() -> None:
    heads = ["Cuaderno de Bitácora", "Este cuaderno es de", "Antes de salir", *(f"Día {day}" for day in range(1, 6)), "Notas"]
    heads += ["Lo que me llevo", "Fotos y contactos", "¿Se puede publicar?"]
    said = texts(notebook())
    assert len(said) == 12
    assert [head for head, page in zip(heads, said, strict=True) if head not in page] == []


# ── what is seen ─────────────────────────────────────────────────────────────────────────────────────────────────────

LOOKED_AT = {
    "blank, A5": notebook(visit(paper="a4")),
    "blank, half Letter, fifteen days": notebook(visit(days=15)),
    "filled, A5": replace(filled(cover=Photo(picture(), "Portada")), visit=visit(paper="a4")),
    "filled, half Letter, Portuguese": replace(filled(), visit=visit("pt")),
    "spare": replace(notebook(), name="", number="", position="", institution=""),
}


@pytest.mark.parametrize("name", LOOKED_AT)
def test_nothing_is_printed_near_the_trim_and_all_of_it_is_grey(name: str) -> None:
    for page in pypdfium2.PdfDocument(pressed(LOOKED_AT[name])):
        image = page.render(scale=SCALE).to_pil().convert("RGB")
        edge = round(5 * MM * SCALE) - 1
        inner = image.crop((edge, edge, image.width - edge, image.height - edge))
        image.paste("white", (edge, edge, image.width - edge, image.height - edge))
        assert image.getextrema() == ((255, 255),) * 3
        red, green, blue = inner.split()
        assert red.tobytes() == green.tobytes() == blue.tobytes()


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_margins_are_mirrored_about_the_fold(paper: str) -> None:
    inner, outer = 14 * MM * SCALE, 10 * MM * SCALE
    for number, page in enumerate(pypdfium2.PdfDocument(pressed(notebook(visit(paper=paper)))), start=1):
        image = page.render(scale=SCALE).to_pil().convert("L")
        left, _, right, _ = image.point(lambda level: 255 * (level < 200)).getbbox()
        inside, outside = (left, image.width - right) if number % 2 else (image.width - right, left)
        if number > 1:
            assert inside >= inner - 4
            assert outside >= outer - 4


def test_lines_to_write_on_are_eight_millimetres_apart_and_sixty_percent_grey() -> None:
    pdf = pikepdf.open(io.BytesIO(pressed(notebook())))
    forms = [form.read_bytes().decode("latin-1") for form in pdf.pages[3].Resources.XObject.values()]
    ruled = next(re.findall(r"0\.4 G 0\.25 w (.+?) S", form) for form in forms if form.count(" l ") > 5)
    heights = [[float(y) for y in re.findall(r"[\d.]+ ([\d.]+) m", lines)] for lines in ruled]
    zones = [ys for ys in heights if len(ys) > 1]
    assert [len(zone) for zone in zones] == [4, 4, 4, 2, 2]
    assert all(first - second == pytest.approx(8 * MM, abs=0.02) for zone in zones for first, second in itertools.pairwise(zone))


# ── codes ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_codes_stand_where_the_specification_puts_them() -> None:
    book, said = notebook(), texts(notebook())
    assert [number for number, page in enumerate(said, 1) if book.verification in page] == [2, 12]
    assert [number for number, page in enumerate(said, 1) if "PE-2027-URY-SLV-01 · N.º 02 · pág." in page] == list(range(3, 12))
    assert all(f"PE-2027-URY-SLV-01 · N.º 02 · pág. {number}" in said[number - 1] for number in range(3, 12))
    drawn = [page.Contents.read_bytes().count(b"BI/W") for page in pikepdf.open(io.BytesIO(pressed(book))).pages]
    assert drawn == [0, 1, *[0] * 9, 1]


@pytest.mark.parametrize("address", ["https://anexa.example.org/v/4T7K9QXM2B6DHW3E", "http://127.0.0.1:5000/v/0000000000000000", "a"])
def test_a_stencil_is_the_code_of_its_address(address: str) -> None:
    size, rows = stencil(address)
    wide = -(-size // 8)
    read = [[1 - (rows[y * wide + x // 8] >> (7 - x % 8) & 1) for x in range(size)] for y in range(size)]
    assert read == [list(row) for row in segno.make_qr(address, error="m", boost_error=False, mode="byte", mask=MASK).matrix]


def test_without_a_code_nothing_stands_in_its_place() -> None:
    said = texts(replace(notebook(), verification="", verification_url=""))
    assert "Código de verificación" not in " ".join(said)


# ── modes ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_blank_prints_name_and_agenda_and_nothing_of_the_diary() -> None:
    said = " ".join(texts(notebook(diary=diary())))
    assert "Especialista en estándares" in said
    assert all(title in said for _, _, title in AGENDA)
    assert "Ver con mis propios ojos" not in said
    assert "Cada sala tiene" not in said


def test_mixed_prints_what_stands_before_the_trip() -> None:
    said = " ".join(texts(notebook(mode="mixed", diary=diary())))
    assert "Ver con mis propios ojos" in said
    assert "¿Quién firma?" in said
    assert "Cada sala tiene" not in said


def test_filled_prints_the_diary_and_ticks_the_choice() -> None:
    said = texts(filled())
    assert "Sentar a las tres oficinas" in said[9]
    assert "Tablero de la sala, sin personas" in said[4]
    assert "Patio techado" in said[10]
    ticked = [pressed(replace(filled(), diary=replace(diary(), publish=choice))) for choice in ("no", "named")]
    assert ticked[0] != ticked[1]


def test_every_wording_comes_from_the_caller() -> None:
    foreign = replace(visit(), words=worded(lambda message: f"Ω{message}"))
    said = "".join("".join(page.split()) for page in texts(replace(filled(), visit=foreign)))
    unprinted = {"agenda", "place", "no_agenda", "photos", "contents", "comes_from_blank", "caption"}
    shown = [each for each in fields(Wording) if each.name not in unprinted and "{" not in str(each.default)]
    assert [each.name for each in shown if f"Ω{each.default}".replace(" ", "")[:18] not in said] == []


# ── photos ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_day_without_photos_says_so_and_shows_none() -> None:
    said = texts(notebook())
    assert [number for number, page in enumerate(said, 1) if "Sin fotos" in page] == [6]
    shown = replace(diary(), days=tuple(replace(day, photos=(Photo(picture(), "Un rostro"),)) for day in diary().days))
    assert sum("Un rostro" in page for page in texts(replace(filled(), diary=shown))) == 4


def test_a_photo_is_embedded_once_as_it_came() -> None:
    book = filled()
    pdf = pikepdf.open(io.BytesIO(pressed(book, replace(book, number="03"), how=Saddle())))
    images = [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"]
    assert sorted(image.read_raw_bytes() for image in images) == sorted({picture(), picture(400, 600, 220)})


def test_a_photo_may_wait_in_a_file(tmp_path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(picture())
    assert pressed(filled(cover=Photo(path, "x"))) == pressed(filled(cover=Photo(picture(), "x")))


@pytest.mark.parametrize("data", [b"", b"no picture", picture()[:40]])
def test_a_broken_photo_is_refused_by_its_caption(data: bytes) -> None:
    with pytest.raises(BadPhoto, match="Patio"):
        pressed(filled(cover=Photo(data, "Patio")))


# ── awkward ones ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_name_of_sixty_letters_is_printed_whole() -> None:
    name = "Responsable Interdepartamental de Supervisión Territorial Ñ."
    assert len(name) == 60
    said = texts(notebook(name=name))
    assert name in said[0]
    assert name in said[1]


def test_a_day_without_agenda_leaves_a_line_for_the_place() -> None:
    bare = visit()
    bare = replace(bare, days=(replace(bare.days[0], city="", hosts=()), *bare.days[1:]), agenda=())
    said = texts(notebook(bare))
    assert "Lugar" in said[3]
    assert "La agenda se escribe" in said[2]


def test_an_agenda_longer_than_its_page_goes_on_in_notas() -> None:
    long = visit()
    long = replace(long, agenda=tuple(replace(row, title=f"{row.title} {number}") for number, row in enumerate(long.agenda * 3)))
    said = texts(notebook(long))
    assert "sigue en la pág. 9" in said[2]
    assert "viene de la pág. 3" in said[8]
    assert all(row.title in " ".join(said) for row in long.agenda)


def test_many_long_hosts_are_all_named() -> None:
    full = visit()
    hosts = tuple(replace(full.days[0].hosts[0], name=f"{number} {'Institución muy larga ' * 6}".strip()) for number in range(4))
    said = " ".join(texts(notebook(replace(full, days=(replace(full.days[0], hosts=hosts), *full.days[1:])))))
    assert "sigue en la pág. 9" in said
    assert [said.count(word) for word in ("Institución", "muy", "larga")] >= [24, 24, 24]


def test_a_visit_of_three_countries_and_a_long_title_keep_the_cover_whole() -> None:
    long = replace(visit(), countries=("Uruguay", "El Salvador", "República Dominicana"), title="Autorización y calidad de centros " * 5)
    said = texts(notebook(long))[0]
    assert all(country in said for country in long.countries)
    assert said.count("Autorización y calidad de centros") == 5


def test_letters_no_font_has_are_refused_by_name() -> None:
    with pytest.raises(Undrawable):
        pressed(notebook(name="名前"))
    with pytest.raises(Undrawable):
        pressed(notebook(replace(visit(), title="名前")))


# ── the file ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("how", [None, Saddle()])
def test_equal_input_makes_equal_bytes(how: Saddle | None) -> None:
    assert pressed(filled(), notebook(), how=how) == pressed(filled(), notebook(), how=how)


def test_a_long_run_is_one_sound_file_with_a_bookmark_for_each() -> None:
    books = [notebook(visit(paper="a4", days=2), number=f"{number:03}") for number in range(1, 151)]
    pdf = pikepdf.open(io.BytesIO(pressed(*books, how=Saddle())))
    assert pdf.check_pdf_syntax() == []
    assert len(pdf.pages) == 150 * 4
    with pdf.open_outline() as outline:
        assert [mark.title[:3] for mark in outline.root] == [book.number for book in books]
        assert pdf.pages.index(pikepdf.Page(outline.root[7].destination[0])) == 28


def test_designs_and_fonts_are_written_once_for_all_notebooks_of_a_visit() -> None:
    one, many = pressed(notebook()), pressed(*(notebook(number=str(number)) for number in range(40)))
    assert len(many) - len(one) < 39 * 4000
    streams = [each for each in pikepdf.open(io.BytesIO(many)).objects if isinstance(each, pikepdf.Stream)]
    assert len([each for each in streams if each.get("/Subtype") == "/Form"]) < 25


def test_copies_are_booklets_of_their_own() -> None:
    out = io.BytesIO()
    with pressing(out, "Cuadernos", "es", Saddle()) as press:
        made = press.add(notebook(), copies=3)
        assert (made.pages, made.sheets, press.sheets) == (12, 3, 9)
    assert len(pikepdf.open(out).pages) == 18


class Full(io.BytesIO):
    """A disk that takes so much and no more."""

    def write(self, data: bytes) -> int:  # type: ignore[override]
        if self.tell() + len(data) > 60_000:
            raise OSError(28, "No space left on device")
        return super().write(data)


def _many(out: io.BytesIO) -> None:
    with pressing(out, "Cuadernos", "es", Saddle()) as press:
        for number in range(500):
            press.add(notebook(number=str(number)))


def test_a_full_disk_is_told_and_leaves_no_finished_file() -> None:
    out = Full()
    with pytest.raises(OSError, match="No space"):
        _many(out)
    assert b"%%EOF" not in out.getvalue()


def test_a_poisoned_notebook_does_not_stop_the_run() -> None:
    out, refused = io.BytesIO(), []
    books = [filled(number=str(number)) for number in range(4)]
    books[1] = replace(books[1], cover=Photo(b"?", "Portada"))
    books[2] = replace(books[2], name="名前")
    with pressing(out, "Cuadernos", "es", Saddle()) as press:
        for book in books:
            try:
                press.add(book)
            except (BadPhoto, Undrawable):
                refused.append(book.number)
    assert refused == ["1", "2"]
    pdf = pikepdf.open(out)
    assert (len(pdf.pages), pdf.check_pdf_syntax()) == (12, [])
