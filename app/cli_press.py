"""The commands of the press, beside those of `app.cli`, which registers them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import click

from app.cli import command, settings
from app.errors import N_, BadInput

PAPERS = ("a4", "letter")
NO_FILE = N_("No hay ningún archivo «{path}».")
NOT_WRITTEN = N_("No se puede escribir {path}: {why}.")


@command("impose", "Dispone un PDF como cuadernillo: a doble cara, volteo por el borde corto, para doblar y engrapar.")
@click.argument("source", metavar="IN.pdf")
@click.argument("target", metavar="OUT.pdf")
@click.option("--booklet", "paper", type=click.Choice(PAPERS), default="a4", help="Papel en que se imprime; por defecto a4.")
@click.option("--cover", is_flag=True, help="Solo la hoja de la cubierta.")
@click.option("--inside", is_flag=True, help="Todo menos la hoja de la cubierta.")
@click.option("--no-marks", is_flag=True, help="Sin marcas de doblez, grapas y corte.")
def impose(source: str, target: str, paper: str, cover: bool, inside: bool, no_marks: bool) -> None:
    from app.rendering.booklet import impose as imposed
    from app.rendering.imposition import Saddle

    if not Path(source).is_file():
        raise BadInput(NO_FILE, path=source)
    how = Saddle(part="cover" if cover else "inside" if inside else "whole", marks=not no_marks)
    _written(Path(target), lambda out: imposed(Path(source), "letter" if paper == "letter" else "a4", out, how))
    click.echo(target)


@command("test-sheet", "Escribe la hoja de prueba que muestra si la impresora voltea por el borde corto.")
@click.argument("target", metavar="OUT.pdf")
@click.option("--paper", type=click.Choice(PAPERS), default="a4", help="Papel; por defecto a4.")
@click.option("--lang", "language", type=click.Choice(("es", "pt")), default=None, help="Idioma; por defecto el de la instalación.")
def test_sheet(target: str, paper: str, language: str | None) -> None:
    from app.i18n import formatter
    from app.rendering.trial import trial_sheet

    spoken = language or settings().locale.partition("_")[0]
    sheet = trial_sheet("letter" if paper == "letter" else "a4", formatter(spoken).words, spoken)
    _written(Path(target), lambda out: _put(out, sheet))
    click.echo(target)


def _put(out: BinaryIO, data: bytes) -> None:
    out.write(data)


def _written(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Put a file in place whole: under another name first, and gone if anything goes wrong. Raises BadInput."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        try:
            with fresh.open("wb") as out:
                write(out)
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        raise BadInput(NOT_WRITTEN, path=path, why=error.strerror) from error
