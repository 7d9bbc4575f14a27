"""Hundreds of notebooks in one run: imposed while they are written, beside drawing with reportlab's forms and imposing with pikepdf.

Each figure is of a process of its own, so that memory is the work's and nobody else's; the candidates' pages are compared first.
"""

import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.common import MS, Result, not_run, versions

PAGES, MANY, TEN_TIMES, FILLED = 8, 1_000, 10_000, 500
ROUNDS = 3
OURS = "notebooks imposed while written"
PEERS = {"reportlab, page designs as forms": "reportlab_forms", "reportlab, then pikepdf as_form_xobject": "pikepdf_forms"}
PACKAGES = {"reportlab_forms": ("reportlab", "rl_accel"), "pikepdf_forms": ("reportlab", "pikepdf")}
TASK = f"{MANY:,} notebooks × {PAGES} pages, imposed, without QR"


def results() -> Iterable[Result]:
    """Blank notebooks against the peers, ten times as many, with QR, and filled ones with photos."""
    yield from _compared()
    yield _alone(f"{TEN_TIMES:,} notebooks × {PAGES} pages, imposed, without QR", "ours", TEN_TIMES)
    yield _alone(f"{MANY:,} notebooks × {PAGES} pages, imposed, with QR", "ours_with_codes", MANY)
    yield _alone(f"{FILLED} filled notebooks × 12 pages with two photos each, imposed", "ours_filled", FILLED)


def _compared() -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as folder:
        paths = {work: Path(folder, f"{work}.pdf") for work in ("ours", *PEERS.values())}
        for work, path in paths.items():
            WORK[work](path, 2)
        _alike([path.read_bytes() for path in paths.values()])
    yield _alone(TASK, "ours", MANY)
    for name, work in PEERS.items():
        try:
            yield replace(_alone(TASK, work, MANY), candidate=name, versions=versions(PACKAGES[work]))
        except subprocess.CalledProcessError:
            yield not_run(TASK, name, "failed")


def _alike(files: list[bytes]) -> None:
    """Raises AssertionError unless all have the same sides with the same names on them."""
    import pypdf

    told = [[page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages] for data in files]
    assert {len(sides) for sides in told} == {2 * PAGES // 2}
    for sides in zip(*told, strict=True):
        assert {"Persona" in side for side in sides} in ({True}, {False})


def _alone(task: str, work: str, count: int) -> Result:
    """Medians of some rounds in fresh processes."""
    runs = sorted((_measured(work, count) for _ in range(ROUNDS)), key=lambda run: run["wall"])
    middle = runs[len(runs) // 2]
    return Result(
        task, OURS, "", middle["wall"], runs[-1]["wall"], sorted(run["cpu"] for run in runs)[1], int(middle["size"]), middle["peak"],
        count / middle["wall"] * MS, f"{ROUNDS} fresh processes; work only, imports and fonts before the clock",
    )  # fmt: skip


def _measured(work: str, count: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.bench_notebooks", work, str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])
    return dict(json.loads(done.stdout))


def _child(work: str, count: int) -> None:
    """Do the work once small, then as asked, and tell what it took."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "out.pdf")
        WORK[work](path, 2)
        used, started = time.process_time(), time.perf_counter()
        WORK[work](path, count)
        wall, cpu = time.perf_counter() - started, time.process_time() - used
        print(json.dumps({"wall": wall * MS, "cpu": cpu * MS, "size": path.stat().st_size, "peak": _peak_mb()}))


def _peak_mb() -> float:
    """Highest resident memory of this very program; ru_maxrss would count the one that started it."""
    told = Path("/proc/self/status").read_text("utf-8")
    return int(told.partition("VmHWM:")[2].split()[0]) / 1024


# ── ours ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _ours(path: Path, count: int, *, codes: bool = False) -> None:
    from app.rendering.imposition import Saddle
    from app.rendering.notebook import Notebook, pressing

    visit = _visit(2)
    with path.open("wb") as out, pressing(out, "Cuadernos", "es", Saddle()) as press:
        for number in range(count):
            code, address = (_code(number), f"https://anexa.example.org/v/{_code(number)}") if codes else ("", "")
            press.add(Notebook(visit, f"Persona {number}", f"{number:03}", "Cargo", "Institución", code, address))


def _ours_with_codes(path: Path, count: int) -> None:
    _ours(path, count, codes=True)


def _ours_filled(path: Path, count: int) -> None:
    from app.rendering.imposition import Saddle
    from app.rendering.notebook import DayEntry, Diary, Notebook, Photo, pressing

    visit, text = _visit(5), "Cada sala tiene a la vista su cupo, su responsable y la fecha de la última supervisión. " * 4
    with path.open("wb") as out, pressing(out, "Cuadernos", "es", Saddle()) as press:
        for number in range(count):
            photos = (Photo(_photo(2 * number), "Tablero de la sala"), Photo(_photo(2 * number + 1), "Patio"))
            days = tuple(DayEntry(f"{day} {text}", text, text, text[:90], "Contacto", photos if day == 1 else ()) for day in range(5))
            diary = Diary(text, "¿Quién firma?", days=days, learnings=(text[:80],) * 3, highlight=text, first_step="Empezar.")
            press.add(Notebook(visit, f"Persona {number}", f"{number:03}", "Cargo", "Institución", mode="filled", diary=diary))


def _visit(days: int):
    from app.rendering.notebook import AgendaRow, Day, Host, Visit, Wording

    told = tuple(Day(f"Lunes {day} de abril", "Montevideo", (Host("Dirección de habilitación"),)) for day in range(days))
    agenda = tuple(AgendaRow("12/04", "09:00–10:00", f"Reunión {number}") for number in range(17))
    title, countries = "Autorización y calidad de centros", ("Uruguay", "El Salvador")
    return Visit(title, countries, "12 al 16 de abril de 2027", "PE-2027-URY-SLV-01", told, Wording(), "es", agenda, of="05")


def _code(number: int) -> str:
    return f"4T7K9QXM2B{number:06}"


def _photo(number: int) -> bytes:
    """A photo of 40 KB as the caller scales them, each a little different from all others."""
    from PIL import Image

    if not hasattr(_photo, "made"):
        out = io.BytesIO()
        Image.effect_noise((720, 480), 40).convert("RGB").save(out, "JPEG", quality=35)
        _photo.made = out.getvalue()
    return _photo.made + number.to_bytes(4, "big")


# ── the peers ────────────────────────────────────────────────────────────────────────────────────────────────────────

TEXTS = ("Lo que vi", "Lo que aprendí o me sorprendió", "¿Cómo lo haríamos en mi institución?")


def _design(canvas, page: int) -> None:
    """A page's lines and prompts, as a user of reportlab would draw them."""
    canvas.setFont("Bold", 20)
    canvas.drawString(40, 540, f"Página {page}")
    for number, text in enumerate(TEXTS):
        top = 480 - number * 120
        canvas.setFont("Bold", 9)
        canvas.drawString(40, top, text)
        canvas.setLineWidth(0.25)
        for line in range(4):
            canvas.line(40, top - 23 * (line + 1), 390, top - 23 * (line + 1))
    canvas.rect(40, 60, 170, 113)


def _personal(canvas, page: int, number: int) -> None:
    canvas.setFont("Regular", 6)
    canvas.drawString(60, 22, f"PE-2027-URY-SLV-01 · N.º {number:03} · pág. {page}")
    if page < 3:
        canvas.setFont("Bold", 15)
        canvas.drawString(40, 500, f"Persona {number}")


def _canvas(target, size: tuple[float, float]):
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    from app.rendering.fonts import BOLD, FOLDER, REGULAR

    for name, file in (("Regular", REGULAR), ("Bold", BOLD)):
        pdfmetrics.registerFont(TTFont(name, str(FOLDER / f"{file}.ttf")))
    return Canvas(target, pagesize=size, pageCompression=1)


def _pairs() -> list[tuple[int, int]]:
    from app.rendering.imposition import sides

    return [(side.left, side.right) for side in sides(PAGES)]


def _reportlab_forms(path: Path, count: int) -> None:
    canvas = _canvas(str(path), (841.89, 595.28))
    for page in range(1, PAGES + 1):
        canvas.beginForm(f"p{page}", 0, 0, 419.5, 595.28)
        _design(canvas, page)
        canvas.endForm()
    for number in range(count):
        for pair in _pairs():
            for x, page in zip((1.4, 420.9), pair, strict=True):
                canvas.saveState()
                canvas.translate(x, 0)
                canvas.doForm(f"p{page}")
                _personal(canvas, page, number)
                canvas.restoreState()
            canvas.showPage()
    canvas.save()


def _pikepdf_forms(path: Path, count: int) -> None:
    import pikepdf

    plain = io.BytesIO()
    canvas = _canvas(plain, (419.5, 595.28))
    for number in range(count):
        for page in range(1, PAGES + 1):
            _design(canvas, page)
            _personal(canvas, page, number)
            canvas.showPage()
    canvas.save()
    with pikepdf.open(plain) as source, pikepdf.new() as made:
        forms = [made.copy_foreign(page.as_form_xobject()) for page in source.pages]
        for first in range(0, len(forms), PAGES):
            for left, right in _pairs():
                made.add_blank_page(page_size=(841.89, 595.28))
                page = made.pages[-1]
                page.obj.Resources = pikepdf.Dictionary(
                    XObject=pikepdf.Dictionary(A=forms[first + left - 1], B=forms[first + right - 1])
                )
                page.obj.Contents = made.make_stream(b"q 1 0 0 1 1.4 0 cm /A Do Q q 1 0 0 1 420.9 0 cm /B Do Q")
        made.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate)


WORK: dict[str, Callable[[Path, int], None]] = {
    "ours": _ours, "ours_with_codes": _ours_with_codes, "ours_filled": _ours_filled,
    "reportlab_forms": _reportlab_forms, "pikepdf_forms": _pikepdf_forms,
}  # fmt: skip

if __name__ == "__main__":
    _child(sys.argv[1], int(sys.argv[2]))
