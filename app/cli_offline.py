"""The commands about forms filled offline, beside those of `app.cli`, which registers them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app import i18n
from app.cli import UNKNOWN_PERSON, command, content_of, document_of, say, settings, store
from app.errors import N_, BadInput

if TYPE_CHECKING:
    from app.workflow.comparing import Comparison, Difference
    from forms.path import AnswerPath

ALL = "all"
WIDTHS = (34, 34, 40, 40)
"""Letters of a column: path, label, what is here, what the file says."""
HEADS = (N_("Respuesta"), N_("Qué es"), N_("Aquí ahora"), N_("En el PDF"))
NOT_DIFFERENT = N_("El PDF no cambia «{path}»: no hay nada que aceptar ahí.")
LOCKED = N_("«{path}» no se puede cambiar ahora.")


@command("import-pdf", "Compara un PDF rellenado con las respuestas de hoy y guarda las que se acepten («-» es la entrada).")
@click.argument("file")
@click.option("--document", "code", default="", help="De qué documento es; sin ella, del que dice el PDF.")
@click.option("--accept", multiple=True, metavar="all|RESPUESTA", help="Qué diferencias se guardan; se puede repetir. Sin ella, ninguna.")
@click.option("--as", "email", required=True, help="Correo de quien llena.")
def import_pdf(file: str, code: str, accept: tuple[str, ...], email: str) -> None:
    from app.workflow import imports

    rows, data = store(), content_of(file, imports.LARGEST)
    person = rows.people.by_email(email)
    if person is None:
        raise BadInput(UNKNOWN_PERSON, email=email)
    document = document_of(rows, code) if code else imports.document_of(rows, imports.looked_at(io.BytesIO(data)))
    kept = imports.received(rows, person, document, io.BytesIO(data), Path(file).name)
    fmt = i18n.formatter(settings().locale.partition("_")[0], rows.dossiers.get(document.dossier_id).country)
    found = imports.differences(rows, person, document, kept.id, fmt)
    chosen = _chosen(found, accept)
    click.echo("\n".join(_table(found)))
    for each in found.left:
        click.echo(f"{each.label}: {say(each.message, **each.places)}", err=True)
    if chosen:
        saved = imports.accept(rows, person, document, found.id, chosen, revision=found.revision)
        taken = len(imports.differences(rows, person, document, found.id, fmt).taken)
        click.echo(say(N_("Guardadas: {count}. {code} · revisión {revision}"), count=taken, code=document.code, revision=saved.revision))


def _chosen(found: Comparison, accept: tuple[str, ...]) -> list[AnswerPath]:
    """The paths to save. Raises BadInput for one that is no difference, or that may not be written."""
    if ALL in accept:
        return [each.path for each in found.differences if not each.locked]
    known = {each.path.pdf: each for each in found.differences}
    for path in accept:
        if path not in known:
            raise BadInput(NOT_DIFFERENT, path=path)
        if known[path].locked:
            raise BadInput(LOCKED, path=path)
    return [known[path].path for path in accept]


def _table(found: Comparison) -> list[str]:
    """The differences, a line each."""
    if not found.differences:
        return [say(N_("El PDF dice lo mismo que el documento."))]
    return [_line([say(head) for head in HEADS], ""), *(_difference(each) for each in found.differences)]


def _difference(each: Difference) -> str:
    notes = [
        say(N_("cambió después de descargar el PDF")) if each.changed_meanwhile else "",
        say(N_("ya no se cambia")) if each.locked else "",
        say(N_("el PDF muestra otra cosa")) if each.drawn else "",
    ]
    return _line([each.path.pdf, each.label, each.now or "—", each.theirs or "—"], "; ".join(filter(None, notes)))


def _line(cells: list[str], note: str) -> str:
    return "  ".join([*(_cell(text, width) for text, width in zip(cells, WIDTHS, strict=True)), note]).rstrip()


def _cell(text: str, width: int) -> str:
    one = " ".join(text.split())
    return (one if len(one) <= width else f"{one[: width - 1]}…").ljust(width)


@command("inspect-pdf", "Escribe los campos de un PDF de otros como mapa para empezar su fields.toml («-» es la entrada).")
@click.argument("file")
def inspect_pdf(file: str) -> None:
    from app.workflow import fillables, imports

    click.echo(fillables.starter(content_of(file, imports.LARGEST)), nl=False)
