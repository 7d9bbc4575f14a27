"""The command line: `flask --app wsgi …`. Imports per command, one plain line on stderr for what cannot be done, never a trace."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app import i18n
from app.config import Settings
from app.errors import N_, BadInput, Forbidden, NotFound, Told

if TYPE_CHECKING:
    from app.store import Document, Person, Store, Unit
    from app.workflow.renditions import Rendition
    from forms.spec import Form

COMMANDS: list[click.Command] = []
KINDS, LANGUAGES = ("docx", "record"), ("es", "pt")
FILES = (*KINDS, "fillable", "filled")
"""What a document can be written as; the first two unless something else is asked for."""
UNKNOWN_FORM = N_("No hay ningún formulario «{code}». Los que hay: {codes}.")
UNKNOWN_DOCUMENT = N_("No hay ningún documento «{code}».")
UNKNOWN_UNIT = N_("No hay ninguna unidad «{code}». Las que hay: {codes}.")
UNKNOWN_PERSON = N_("No hay nadie con el correo «{email}».")
NO_EDITOR = N_("La unidad {code} no tiene a nadie que llene informes. Diga quién con --as.")
WHICH_UNIT = N_("Diga la unidad con --unit. Las que hay: {codes}.")
WHICH_TERM = N_("Faltan «year» y «semester» en las respuestas: dicen de qué semestre es el informe.")
ONLY_DEMO = N_("Los datos de demostración solo se cargan con ANEXA_DEMO=1.")


def register(app: Flask) -> None:
    """Make the commands known to `flask --app wsgi`."""
    from app import checking, cli_offline, cli_packets, cli_people, cli_press  # noqa: F401 - they register their commands

    for each in COMMANDS:
        app.cli.add_command(each)


class Plain(click.Command):
    """A command whose refusals are one line in the reader's language and an exit code."""

    def make_context(self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any) -> click.Context:
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as wrong:
            click.echo(_usage(wrong, info_name or ""), err=True)
            raise SystemExit(2) from None

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Told as told:
            click.echo(say(told.message, **told.places), err=True)
            raise SystemExit(told.exit_code) from None


def _usage(wrong: click.UsageError, command: str) -> str:
    param = wrong.param if isinstance(wrong, click.BadParameter) else None
    name = param.opts[0] if isinstance(param, click.Option) else param.human_readable_name if param else ""
    if isinstance(wrong, click.MissingParameter):
        return f"Falta {name}. Vea «flask --app wsgi {command} --help»."
    if isinstance(wrong, click.NoSuchOption):
        return f"No existe la opción {wrong.option_name}. Vea «flask --app wsgi {command} --help»."
    allowed = f": puede ser {', '.join(param.type.choices)}" if param and isinstance(param.type, click.Choice) else ""
    return f"No se entiende {name or 'lo escrito'}{allowed}. Vea «flask --app wsgi {command} --help»."


def command(name: str, text: str) -> Callable[[Callable[..., None]], click.Command]:
    """Register a function as a command of this name; `text` is its help."""

    def made(function: Callable[..., None]) -> click.Command:
        found = click.command(name, cls=Plain, help=text)(with_appcontext(function))
        COMMANDS.append(found)
        return found

    return made


def say(message: str, **places: object) -> str:
    """A message in the language of the installation."""
    return i18n.words(settings().locale.partition("_")[0])(message, **places)


def settings() -> Settings:
    """What the app was made with."""
    found = current_app.extensions["anexa"]
    assert isinstance(found, Settings)
    return found


def store() -> Store:
    """A store for this command, closed with it."""
    from app.store import open_store

    return click.get_current_context().with_resource(open_store(settings()))


@command("init", "Prepara claves, carpetas y base de datos; no toca lo que ya existe.")
def init() -> None:
    from app import store as stores

    made = stores.init(settings())
    click.echo("\n".join(map(str, made)) or say(N_("Todo estaba preparado.")))


@command("forms", "Lista los formularios: filas de campos, ediciones y referencias a formularios que no están.")
def list_forms() -> None:
    from forms import FORMS

    for form in FORMS.values():
        lost = ", ".join(form.unresolved(FORMS)) or say(N_("ninguna"))
        line = N_("{code}  {title}  ·  filas de campos: {rows}  ·  ediciones: {editions}  ·  referencias sin resolver: {lost}")
        click.echo(say(line, code=form.code, title=say(form.title), rows=form.field_rows, editions=", ".join(_editions(form)), lost=lost))


def _editions(form: Form) -> list[str]:
    """The current edition and those whose template is kept."""
    from app.workflow.templates import FOLDER

    kept = {path.name for path in (FOLDER / form.code).glob("*") if path.is_dir()}
    return sorted(kept | {form.edition})


@command("schema", "Escribe el JSON Schema de un formulario.")
@click.argument("form")
def schema(form: str) -> None:
    click.echo(json.dumps(_form(form).schema(), ensure_ascii=False, indent=2))


@command("fill", "Crea o completa un documento con las respuestas de un archivo JSON («-» es la entrada).")
@click.argument("form")
@click.argument("answers")
@click.option("--unit", default="", help="Código de la unidad que informa.")
@click.option("--dossier", default="", help="Código de un expediente que ya existe.")
@click.option("--as", "email", default="", help="Correo de quien llena.")
def fill(form: str, answers: str, unit: str, dossier: str, email: str) -> None:
    from app.workflow import intake

    code, told, rows = _form(form).code, intake.read(content_of(answers, intake.LARGEST), answers), store()
    document, person = _target(rows, code, told, unit=unit, dossier=dossier, email=email)
    try:
        saved = intake.fill(rows, person, document, told)
    except intake.WrongAnswers as wrong:
        for problem in wrong.problems:
            click.echo(f"{problem.path.pdf or code}: {_told(problem)}", err=True)
        raise
    click.echo(say(N_("{code} · revisión {revision} · {id}"), code=document.code, revision=saved.revision, id=document.id))
    lacking = _lacking(rows, document.id)
    to_do = N_("Respuestas por completar: {count}; se ven en la página de revisión.") if lacking else N_("No falta nada.")
    click.echo(say(to_do, count=lacking))


def _told(problem: Any) -> str:
    return i18n.formatter(settings().locale.partition("_")[0]).words(problem.message, **problem.places)


def _lacking(rows: Store, document_id: str) -> int:
    from app.workflow import dossiers, resolving
    from forms import FORMS

    document = rows.documents.get(document_id)
    return len(
        resolving.lacking(FORMS[document.form], dossiers.typed(rows, document), dossiers.view_of(rows, document), i18n.formatter("es"))
    )


def _target(rows: Store, form: str, told: Any, *, unit: str, dossier: str, email: str) -> tuple[Document, Person]:
    """The document to fill, opened if it is not there, and who fills it."""
    if dossier:
        document = document_of(rows, dossier)
        return document, _person(rows, email, rows.units.get(str(rows.dossiers.get(document.dossier_id).unit_id)))
    at = _unit(rows, unit, told.get("unit"))
    person = _person(rows, email, at)
    return _opened(rows, person, at, told), person


def _opened(rows: Store, person: Person, at: Unit, told: Any) -> Document:
    from app.errors import AlreadyThere
    from app.workflow import reports

    if not isinstance(told.get("year"), int) or not isinstance(told.get("semester"), str):
        raise BadInput(WHICH_TERM)
    try:
        found = reports.open_report(rows, person, at.id, told["year"], told["semester"], str(told.get("policy") or "")).id
    except AlreadyThere as there:
        found = there.dossier_id
    return rows.documents.of(found)[0]


def _unit(rows: Store, code: str, name: object) -> Unit:
    """The unit of that code, else the one of that name, else the only one."""
    known = rows.units.all()
    found = [each for each in known if each.code == code] if code else [each for each in known if each.name == name] or list(known)
    if len(found) == 1:
        return found[0]
    message = UNKNOWN_UNIT if code else WHICH_UNIT
    raise BadInput(message, code=code, codes=", ".join(each.code for each in known) or "—")


def _person(rows: Store, email: str, at: Unit) -> Person:
    """Who was named, else the first who fills the unit's reports."""
    if email:
        person = rows.people.by_email(email)
        if person is None:
            raise BadInput(UNKNOWN_PERSON, email=email)
        return person
    editors = [grant for grant in rows.grants.within("unit", at.id) if grant.role == "unit_editor"]
    if not editors:
        raise BadInput(NO_EDITOR, code=at.code)
    return rows.people.get(editors[0].person_id)


@command("render", "Escribe un documento: Word, constancia o formulario PDF. DOCUMENT: su código, el del expediente o su identificador.")
@click.argument("document")
@click.option("--as", "kinds", multiple=True, type=click.Choice(FILES), default=KINDS, help="Qué archivo; por defecto Word y constancia.")
@click.option(
    "--lang", "languages", multiple=True, type=click.Choice(LANGUAGES), default=LANGUAGES, help="En qué idioma; por defecto los dos."
)
@click.option("--out", default="", help="Carpeta; por defecto generated/.")
def render(document: str, kinds: tuple[str, ...], languages: tuple[str, ...], out: str) -> None:
    from app.workflow import renditions

    rows = store()
    found, folder = document_of(rows, document), Path(out) if out else settings().generated
    wanted = [(kind, language) for kind in kinds for language in languages]
    with _progress(wanted, N_("Generando")) as steps:
        written = [put(folder, renditions.made(rows, found, kind, language)) for kind, language in steps]
    click.echo("\n".join(map(str, written)))


def _progress(items: list[Any], label: str) -> Any:
    return click.progressbar(items, label=say(label), file=sys.stderr, hidden=not sys.stderr.isatty())


def put(folder: Path, made: Rendition) -> Path:
    """Put a file in place whole: under another name first. Raises BadInput for a folder that cannot be written."""
    path = folder / made.filename
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(made.data)
        fresh.replace(path)
    except OSError as error:
        raise BadInput(N_("No se puede escribir en {folder}: {why}."), folder=folder, why=error.strerror) from error
    return path


@command("demo", "Carga los datos de demostración y escribe sus archivos en generated/demo/.")
def demo() -> None:
    from app import store as stores
    from app.demo import building

    if not settings().demo:
        raise Forbidden(ONLY_DEMO)
    stores.init(settings())
    building.prepare(settings())
    rows, folder = store(), settings().generated / "demo"
    with _progress(list(building.files(rows)), N_("Generando")) as steps:
        written = [put(folder / place, made()) for place, made in steps]
    click.echo("\n".join(map(str, written)))


@command("templates", "Dibuja las plantillas de Word y los formularios PDF en blanco cuyo formulario cambió.")
@click.option("--check", is_flag=True, help="Solo dice cuáles no están al día.")
def templates(check: bool) -> None:
    from app.workflow import templates as making

    late = [found for found in (*making.standing(), *making.blanks()) if found.standing in ("stale", "edited")]
    for found in late:
        if not check and found.standing == "stale":
            making.write(found)
        told = EDITED if found.standing == "edited" else STALE if check else DRAWN
        click.echo(f"{found.path}: {say(told)}", err=check)
    if any(check or found.standing == "edited" for found in late):
        raise SystemExit(1)
    if not late:
        click.echo(say(N_("Las plantillas están al día.")))


DRAWN = N_("dibujada de nuevo, porque el formulario cambió")
STALE = N_("el formulario cambió; dibújela con «make templates»")
EDITED = N_("cambiada a mano y el formulario cambió después: dele al formulario una edición nueva")


@command("serve", "Sirve la página con su trabajador; Ctrl-C para los dos.")
@click.option("--host", default="127.0.0.1", help="Dónde escuchar.")
@click.option("--port", default=5000, type=click.IntRange(1, 65535), help="En qué puerto.")
def serve(host: str, port: int) -> None:
    from app import serving

    serving.run(settings(), host, port, click.echo)


def _form(code: str) -> Form:
    from forms import FORMS

    if code.upper() not in FORMS:
        raise NotFound(UNKNOWN_FORM, code=code, codes=", ".join(FORMS))
    return FORMS[code.upper()]


def document_of(rows: Store, code: str) -> Document:
    """By document code, dossier code or id."""
    dossier = rows.dossiers.by_code(code)
    found = rows.documents.by_code(code) or (rows.documents.of(dossier.id)[-1] if dossier else None)
    try:
        return found or rows.documents.get(code)
    except NotFound:
        raise NotFound(UNKNOWN_DOCUMENT, code=code) from None


def content_of(path: str, most: int) -> bytes:
    """A file's content («-» is the input), up to what will be refused anyway. Raises BadInput."""
    try:
        if path == "-":
            return sys.stdin.buffer.read(most + 1)
        with Path(path).open("rb") as file:
            return file.read(most + 1)
    except (OSError, ValueError) as error:
        raise BadInput(what=path, why=getattr(error, "strerror", None) or "no es un nombre de archivo") from None
