"""The press from the command line: booklets of any PDF and the sheet to try a printer with."""

import io
from pathlib import Path

import pikepdf
import pytest

from app import cli
from app.config import Settings
from app.web import create_app


@pytest.fixture
def run(tmp_path):
    app = create_app(Settings(instance=tmp_path / "instance", generated=tmp_path / "generated"))
    cli.register(app)
    runner = app.test_cli_runner()
    return lambda *args: runner.invoke(args=list(args))


@pytest.fixture
def source(tmp_path) -> Path:
    path = tmp_path / "in.pdf"
    with pikepdf.new() as pdf:
        for number in range(10):
            pdf.add_blank_page(page_size=(595 + number, 842))
        pdf.save(path)
    return path


@pytest.mark.parametrize(("options", "pages"), [((), 6), (("--cover",), 2), (("--inside",), 4), (("--booklet", "letter", "--no-marks"), 6)])
def test_a_pdf_becomes_a_booklet(run, source, tmp_path, options, pages):
    out = tmp_path / "out.pdf"
    told = run("impose", str(source), str(out), *options)
    assert (told.exit_code, told.stdout) == (0, f"{out}\n")
    with pikepdf.open(out) as pdf:
        assert len(pdf.pages) == pages
        assert float(pdf.pages[0].mediabox[2]) == pytest.approx(792 if "letter" in options else 841.89, abs=0.01)


def test_what_cannot_be_imposed_is_one_line_and_leaves_no_file(run, source, tmp_path):
    bad, out = tmp_path / "bad.pdf", tmp_path / "out.pdf"
    bad.write_bytes(b"%PDF-1.7 and nothing more")
    out.write_bytes(b"before")
    told = run("impose", str(bad), str(out))
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr.startswith("No podemos abrir este archivo")
    assert out.read_bytes() == b"before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.pdf", "in.pdf", "out.pdf"]


@pytest.mark.parametrize(("args", "said"), [
    (("impose", "nada.pdf", "out.pdf"), "No hay ningún archivo «nada.pdf»."),
    (("impose", "nada.pdf"), "Falta OUT.pdf. Vea «flask --app wsgi impose --help»."),
    (("impose", "a", "b", "--booklet", "a3"), "No se entiende --booklet: puede ser a4, letter. Vea «flask --app wsgi impose --help»."),
])
def test_wrong_arguments_are_one_line(run, args, said):
    told = run(*args)
    assert (told.exit_code, told.stdout, told.stderr) == (2, "", said + "\n")


def test_a_folder_that_is_not_there_is_told(run, source, tmp_path):
    told = run("impose", str(source), str(tmp_path / "nowhere" / "out.pdf"))
    assert told.exit_code == 2
    assert "No se puede escribir" in told.stderr


@pytest.mark.parametrize(("paper", "width"), [("a4", 841.89), ("letter", 792)])
def test_the_trial_sheet_is_written(run, tmp_path, paper, width):
    out = tmp_path / "sheet.pdf"
    assert run("test-sheet", str(out), "--paper", paper, "--lang", "pt").exit_code == 0
    with pikepdf.open(io.BytesIO(out.read_bytes())) as pdf:
        assert len(pdf.pages) == 2
        assert float(pdf.pages[0].mediabox[2]) == pytest.approx(width, abs=0.01)
