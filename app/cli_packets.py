"""The command that makes packets, beside those of `app.cli`, which registers it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli import command, put, say, settings, store
from app.errors import N_, BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.store import Dossier, Person, Store
    from app.workflow.jobs import Run
    from forms.kinds.base import Problem

UNKNOWN_DOSSIER = N_("No hay ningún expediente «{code}».")
UNKNOWN_PERSON = N_("No hay nadie con el correo «{email}».")
NOBODY = N_("Nadie puede preparar paquetes de {code}. Diga quién con --as.")
FAILED = N_("No se pudo preparar «{name}»: {why}")
NOT_READY = 5


@command("packet", "Prepara el paquete sellado de uno o varios expedientes y su ZIP. DOSSIER: su código.")
@click.argument("dossiers", nargs=-1, required=True, metavar="DOSSIER…")
@click.option("--kind", default="P1", help="Qué paquete: P1, P2; por defecto P1.")
@click.option("--variant", default="completo", help="Variante: completo, compartido, publico; por defecto completo.")
@click.option("--out", default="", help="Carpeta; por defecto generated/.")
@click.option("--as", "email", default="", help="Correo de quien lo prepara; por defecto, quien puede.")
def packet(dossiers: tuple[str, ...], kind: str, variant: str, out: str, email: str) -> None:
    from app.workflow import jobs, packets

    rows = store()
    chosen = [dossier_of(rows, code) for code in dossiers]
    person = able(rows, chosen[0], email, "packet", NOBODY)
    if _told([lack for dossier in chosen for lack in packets.check(rows, person, dossier, kind, variant)]):
        raise SystemExit(NOT_READY)
    run = packets.start(rows, person, [dossier.id for dossier in chosen], kind, variant)
    jobs.work_at(settings(), run.id)
    _finish(rows, person, jobs.progress(rows, person, run.id), Path(out or settings().generated))


def _told(lacks: Iterable[Problem]) -> bool:
    """Says what lacks; whether anything does."""
    told = [say(lack.message, **lack.places) for lack in lacks]
    for sentence in told:
        click.echo(sentence, err=True)
    return bool(told)


def _finish(rows: Store, person: Person, run: Run, folder: Path) -> None:
    """Writes what was made; the first failure ends with an exit code."""
    from app.workflow import jobs, packets

    for name, why in run.problems.items():
        click.echo(say(FAILED, name=name, why=say(why)), err=True)
    if run.single:
        click.echo(put(folder, packets.result(rows, person, run.id)))
    if run.sha256:
        click.echo(put(folder, jobs.result(rows, person, run.id)))
    if run.failed or not run.sha256:
        raise SystemExit(1)


def dossier_of(rows: Store, code: str) -> Dossier:
    """Raises BadInput for a code nobody knows."""
    found = rows.dossiers.by_code(code)
    if found is None:
        raise BadInput(UNKNOWN_DOSSIER, code=code)
    return found


def able(rows: Store, dossier: Dossier, email: str, verb: str, nobody: str) -> Person:
    """Who was named, else the first who may do `verb`. Raises BadInput; `nobody` is what it says where nobody may."""
    from app.workflow import access

    if email:
        named = rows.people.by_email(email)
        if named is None:
            raise BadInput(UNKNOWN_PERSON, email=email)
        return named
    found = access.people(rows, verb, dossier)
    if not found:
        raise BadInput(nobody, code=dossier.code)
    return found[0]
