"""The commands of the press, beside those of `app.cli`, which registers them."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from app.cli import command, say, settings, store
from app.cli_packets import able, dossier_of
from app.errors import N_, BadInput

if TYPE_CHECKING:
    from app.store import Person, Store
    from app.workflow.jobs import Run
    from app.workflow.notebook_orders import Estimate

PAPERS, MODES = ("a4", "letter"), ("blank", "filled", "mixed")
NO_FILE = N_("No hay ningún archivo «{path}».")
NOBODY = N_("Nadie puede imprimir cuadernos de {code}. Diga quién con --as.")
SHEETS = N_("Cuadernos: {count}. Hojas: {sheets}.")
SKIPPED = N_("{code} · {number} {name}: sin cuaderno. {why}")
FAILED = N_("No se pudo preparar «{name}»: {why}")
PREPARING = N_("Preparando")
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


@command("notebooks", "Prepara los cuadernos de bitácora de uno o varios intercambios. DOSSIER: su código.")
@click.argument("dossiers", nargs=-1, required=True, metavar="DOSSIER…")
@click.option("--mode", type=click.Choice(MODES), default="blank", help="En blanco, llenos o mixtos; por defecto blank.")
@click.option("--paper", type=click.Choice(PAPERS), default=None, help="Papel; por defecto el del país que viaja.")
@click.option("--copies", type=click.IntRange(1, 50), default=1, help="Copias de cada cuaderno; por defecto una.")
@click.option("--spare", type=click.IntRange(0, 50), default=0, help="Cuadernos de reserva por intercambio, sin nombre.")
@click.option("--cover", is_flag=True, help="La hoja de la cubierta aparte, para papel más grueso.")
@click.option("--lang", "language", type=click.Choice(("es", "pt")), default=None, help="Idioma; por defecto el del intercambio.")
@click.option("--out", default="", help="Carpeta; por defecto generated/.")
@click.option("--as", "email", default="", help="Correo de quien imprime; por defecto, quien puede.")
def notebooks(
    dossiers: tuple[str, ...], mode: str, paper: str | None, copies: int, spare: int, cover: bool, language: str | None, out: str,
    email: str,
) -> None:
    from app.workflow import notebook_orders, notebook_runs

    rows = store()
    chosen = [dossier_of(rows, code) for code in dossiers]
    person = able(rows, chosen[0], email, "print", NOBODY)
    known = next(each for each in notebook_orders.MODES if each == mode)
    order = notebook_orders.Order({each.id: () for each in chosen}, known, copies, spare, paper or "", language or "", cover)
    _foretold(notebook_orders.estimate(rows, person, order))
    _delivered(rows, person, _worked(rows, person, notebook_runs.start(rows, person, order)), Path(out or settings().generated))


def _foretold(found: Estimate) -> None:
    """How much it is, and who gets none."""
    for dossier, each in found.skipped:
        click.echo(say(SKIPPED, code=dossier.code, number=each.owner.number, name=each.owner.name, why=say(each.reason)), err=True)
    click.echo(say(SHEETS, count=found.count, sheets=found.sheets), err=True)


def _worked(rows: Store, person: Person, run: Run) -> Run:
    """Do the run here, with a bar; a worker that is up may do some of it."""
    from app.workflow import jobs

    with click.progressbar(length=run.total, label=say(PREPARING), file=sys.stderr) as bar:
        while (now := jobs.progress(rows, person, run.id)).state in ("waiting", "working"):
            for item in jobs.working(rows, run.id):
                bar.update(item.number - bar.pos)
            time.sleep(0 if jobs.progress(rows, person, run.id).sha256 else jobs.SHUTTING)
    return now


def _delivered(rows: Store, person: Person, run: Run, folder: Path) -> None:
    """Write every file; what could not be made is told and ends with an exit code."""
    from app.cli import put
    from app.workflow import jobs, notebook_runs

    for each in notebook_runs.files(rows, person, run.id):
        if each.sha256:
            click.echo(put(folder, notebook_runs.file(rows, person, run.id, each.name)))
    if run.sha256:
        click.echo(put(folder, jobs.result(rows, person, run.id)))
    for name, why in run.problems.items():
        click.echo(say(FAILED, name=name, why=say(why)), err=True)
    if run.failed or not run.sha256:
        raise SystemExit(1)


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
