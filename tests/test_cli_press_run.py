"""Notebooks of exchanges from the command line, with a bar while they are made."""

import zipfile

import pikepdf
import pytest

from app import cli
from app.store import open_store
from app.web import create_app
from tests.workflow.pressing import CODE, Press, settings_in


@pytest.fixture
def settings(tmp_path):
    made = settings_in(tmp_path)
    with open_store(made) as store:
        Press(store).written(1, 2)
    return made


@pytest.fixture
def run(settings):
    app = create_app(settings)
    cli.register(app)
    return lambda *args: app.test_cli_runner().invoke(args=["notebooks", *args])


def test_the_example_batch_is_eighteen_sheets_and_every_file_is_written(run, tmp_path):
    told = run(CODE, "--spare", "1", "--out", str(tmp_path / "out"))
    assert told.exit_code == 0, told.output
    assert "Cuadernos: 6. Hojas: 18." in told.stderr
    assert "Preparando" in told.stderr
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == sorted(line.rpartition("/")[2] for line in told.stdout.split())
    assert [name for name in names if name.startswith("imprimir")] == ["imprimir_letter_1.pdf"]
    with pikepdf.open(tmp_path / "out" / "imprimir_letter_1.pdf") as pdf:
        assert len(pdf.pages) == 36
    with zipfile.ZipFile(tmp_path / "out" / f"cuadernos_{CODE}.zip") as held:
        assert set(names) - {f"cuadernos_{CODE}.zip"} | {"MANIFEST.csv"} == set(held.namelist())


def test_filled_ones_name_who_gets_none_and_why(run, tmp_path):
    told = run(CODE, "--mode", "filled", "--paper", "a4", "--copies", "2", "--cover", "--out", str(tmp_path / "out"))
    assert told.exit_code == 0, told.output
    assert f"{CODE} · 03" in told.stderr
    assert "No ha firmado el Anexo VII." in told.stderr
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"imprimir_a4_1_cubierta.pdf", "imprimir_a4_1_interior.pdf", f"{CODE}_01.pdf"} <= names
    assert f"{CODE}_03.pdf" not in names
    with pikepdf.open(tmp_path / "out" / "imprimir_a4_1_cubierta.pdf") as pdf:
        assert len(pdf.pages) == 2 * 2 * 2, "two people, two copies, two sides"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("NADA",), "No hay ningún expediente «NADA»."),
        ((CODE, "--mode", "otro"), "No se entiende --mode: puede ser blank, filled, mixed."),
        ((CODE, "--copies", "0"), "No se entiende --copies"),
        ((CODE, "--as", "nadie.de.aqui@example.org"), "No hay nadie con el correo"),
    ],
)
def test_what_cannot_be_asked_is_one_line(run, arguments, said):
    told = run(*arguments)
    assert told.exit_code == 2
    assert said in told.stderr
    assert "Traceback" not in told.output
