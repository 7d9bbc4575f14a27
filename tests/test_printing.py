"""Printers of the house: a fake `lp` on the PATH, what it is told, and what it answers."""

import os
from pathlib import Path

import pytest

from app import config, printing
from app.errors import BadSettings
from app.printing import NotPrinted, Printer

PRESS = Printer("Imprenta", "imprenta_duplex")


@pytest.fixture
def spooler(tmp_path, monkeypatch):
    """Puts programs called `lp` and `lpstat` on the PATH; each writes down what it was told."""

    def put(lp: str, lpstat: str = "echo 'printer imprenta_duplex is idle.  enabled since today'") -> Path:
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        for name, body in (("lp", f'printf "%s\\n" "$@" > {tmp_path}/told\nfor last; do :; done\ncp "$last" {tmp_path}/printed\n{lp}'),
                           ("lpstat", lpstat)):
            (folder / name).write_text(f"#!/bin/sh\n{body}\n")
            (folder / name).chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        return tmp_path

    return put


def test_a_file_goes_to_its_queue_on_both_sides_at_real_size(spooler):
    folder = spooler("echo 'request id is imprenta_duplex-12 (1 file(s))'")
    made = printing.send(PRESS, b"%PDF-1.7 a notebook", "Cuadernos", "letter", copies=3)
    told = (folder / "told").read_text().splitlines()
    assert (made.printer, made.job) == (PRESS, "imprenta_duplex-12")
    assert told[:6] == ["-d", "imprenta_duplex", "-n", "3", "-t", "Cuadernos"]
    assert {"sides=two-sided-short-edge", "print-scaling=none", "media=Letter"} <= set(told)
    assert (folder / "printed").read_bytes() == b"%PDF-1.7 a notebook"
    assert not Path(told[-1]).exists(), "nothing is left behind"


@pytest.mark.parametrize(("lp", "why"), [("echo 'lp: It is not accepting jobs.' >&2; exit 1", "not accepting jobs"), ("exit 3", "3")])
def test_a_printer_that_refuses_is_told_with_its_reason(spooler, lp, why):
    spooler(lp)
    with pytest.raises(NotPrinted) as refused:
        printing.send(PRESS, b"%PDF-", "Cuadernos", "a4")
    assert "Imprenta" in str(refused.value)
    assert why in str(refused.value)


def test_a_printer_that_hangs_is_given_up(spooler, monkeypatch):
    monkeypatch.setattr(printing, "SECONDS", 0.2)
    spooler("exec sleep 5")
    with pytest.raises(NotPrinted, match="timeout"):
        printing.send(PRESS, b"%PDF-", "Cuadernos", "a4")


@pytest.mark.parametrize(("lpstat", "state"), [
    ("echo 'printer imprenta_duplex is idle.  enabled since today'", "ready"),
    ("echo 'printer imprenta_duplex disabled since today -'", "stopped"),
    ("echo 'lpstat: Invalid destination name' >&2; exit 1", "missing"),
])
def test_how_a_printer_is_right_now(spooler, lpstat, state):
    spooler("exit 0", lpstat)
    assert printing.probe(PRESS) == state


def test_a_machine_without_lp_prints_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert printing.probe(PRESS) == "no lp"
    with pytest.raises(NotPrinted, match="lp"):
        printing.send(PRESS, b"%PDF-", "Cuadernos", "a4")


def test_printers_are_a_setting():
    made = config.load({"ANEXA_PRINTERS": "Imprenta=imprenta_duplex, oficina"}, Path("none"))
    assert made.printers == (PRESS, Printer("oficina", "oficina"))


@pytest.mark.parametrize("wrong", ["Imprenta=-o raw", "Imprenta=a b", "=", "Imprenta=../x"])
def test_a_queue_that_could_be_read_as_something_else_is_refused(wrong):
    with pytest.raises(BadSettings, match="ANEXA_PRINTERS"):
        config.load({"ANEXA_PRINTERS": wrong}, Path("none"))
