"""Packets from the command line."""

import pytest

from app.store import open_store
from app.workflow import packet_plans
from app.workflow.packet_plans import Item, Plan
from app.workflow.programmes import ASSISTANCE
from tests.workflow import lives
from tests.workflow.house import House

CODE = "IAT-SLV-CONNA-DPI-2021-1"


@pytest.fixture(autouse=True)
def plans(monkeypatch):
    monkeypatch.setattr(packet_plans, "PACKETS", {"P1": Plan("Paquete de prueba", "internal", {"completo": (Item("IAT"),)})})
    monkeypatch.setattr(packet_plans, "PROGRAMMES", frozenset({ASSISTANCE}))


def bring(settings, to):
    with open_store(settings) as store:
        return to(House(store))


def test_a_packet_and_its_zip_are_written(run, settings, tmp_path):
    bring(settings, lives.signed)
    result = run("packet", CODE, "--kind", "P1", "--variant", "completo", "--out", str(tmp_path / "out"))
    assert result.exit_code == 0, result.output
    assert result.stdout.split() == [str(tmp_path / "out" / f"{CODE}_P1.{ending}") for ending in ("pdf", "zip")]
    assert (tmp_path / "out" / f"{CODE}_P1.pdf").read_bytes().startswith(b"%PDF-")


def test_what_lacks_is_said_and_nothing_is_written(run, settings, tmp_path):
    bring(settings, lives.submitted)
    result = run("packet", CODE, "--out", str(tmp_path / "out"))
    assert result.exit_code == 5
    assert "todavía no está firmado: su estado es «Enviado»" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("NADA",), "No hay ningún expediente «NADA»."),
        ((CODE, "--as", "nadie.de.aqui@example.org"), "No hay nadie con el correo"),
        ((CODE, "--kind", "P9"), "No encontramos lo que busca."),
    ],
)
def test_what_does_not_exist_is_one_line(run, settings, arguments, said):
    bring(settings, lives.signed)
    result = run("packet", *arguments)
    assert result.exit_code != 0
    assert said in result.stderr
    assert "Traceback" not in result.output
