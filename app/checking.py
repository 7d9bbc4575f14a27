"""Commands that look at what is kept: rebuild, audit, verify."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from app import i18n
from app.cli import command, say, settings, store
from app.errors import N_, BadInput

if TYPE_CHECKING:
    from app.store import Store


@command("rebuild", "Rehace estados, revisiones y asignaciones desde los sucesos.")
def rebuild() -> None:
    from app import store as stores

    click.echo(say(N_("Documentos corregidos: {count}."), count=stores.rebuild(store())))


@command("audit", "Comprueba cadenas de sucesos, revisiones, firmas y archivos; de cada cadena rota nombra el primer eslabón.")
def audit() -> None:
    from app import store as stores
    from app.workflow import auditing

    rows = store()
    found = stores.audit(rows)
    for each in found:
        place = f", n.º {each.number}" if each.number else ""
        click.echo(f"{say(each.what)}: {auditing.named(rows, each)}{place}", err=True)
    if found:
        raise SystemExit(9)
    click.echo(say(N_("Todo está en orden.")))


@command("verify", "Dice si un archivo es de aquí y está entero; con --all revisa todos los documentos firmados que se guardan.")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--all", "every", is_flag=True, help="Revisa todos los documentos firmados.")
def verify(file: Path | None, every: bool) -> None:
    if every == bool(file):
        raise BadInput(N_("Diga qué archivo, o --all."))
    fine = _verified_file(store(), file) if file else _verified_all(store())
    if not fine:
        raise SystemExit(9)


def _verified_file(rows: Store, file: Path) -> bool:
    from app.workflow import proving

    with file.open("rb") as stream:
        told = proving.of_file(rows, stream, i18n.formatter(settings().locale.partition("_")[0]))
    click.echo("\n".join(told.sentences))
    return told.found is not None


def _verified_all(rows: Store) -> bool:
    from app.workflow import auditing

    looked = list(auditing.signed_records(rows))
    wrong = [each for each in looked if each.wrong]
    for each in wrong:
        click.echo(f"{each.code}: {say(each.wrong)}", err=True)
    click.echo(say(N_("Documentos firmados: {count}; con algo mal: {wrong}."), count=len(looked), wrong=len(wrong)))
    return not wrong
