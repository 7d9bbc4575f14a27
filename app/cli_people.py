"""The commands about people and units, beside those of `app.cli`, which registers them."""

from __future__ import annotations

import click

from app.cli import command, say, settings, store
from app.config import LOCALES
from app.errors import N_


@command("invite", "Deja entrar a una persona y le envía la invitación. ROLE: secretariat, coordinator, admin …")
@click.argument("email")
@click.argument("role")
@click.option("--scope", default="", help="Dónde: código de la unidad, nombre de la oficina o programa; sin ella, en todo.")
@click.option("--given", default="", help="Nombres; por defecto, lo que va antes de la arroba.")
@click.option("--family", default="", help="Apellidos.")
@click.option("--lang", "locale", type=click.Choice(LOCALES), default=None, help="Idioma de sus correos.")
def invite(email: str, role: str, scope: str, given: str, family: str, locale: str | None) -> None:
    from app.workflow import people

    rows = store()
    reach = people.named_scope(rows, role, scope)
    said = people.Invitation(email, given or email.partition("@")[0], family, role, reach, locale or settings().locale)
    person = people.invite(rows, None, said)
    click.echo(say(N_("La invitación a {email} está en camino."), email=person.email))
    if settings().smtp is None:
        click.echo(say(N_("Sin servidor de correo, el trabajador la escribe en {folder}."), folder=settings().mail))


@command("unit", "Registra una unidad que informa: código impreso, nombre, institución y país (tres letras).")
@click.argument("code")
@click.argument("name")
@click.argument("institution")
@click.argument("country")
def unit(code: str, name: str, institution: str, country: str) -> None:
    from app.workflow import registering

    click.echo(registering.add_unit(store(), code, name, institution, country).code)


@command("office", "Registra una oficina que acompaña a unidades e intercambios: nombre y país (tres letras).")
@click.argument("name")
@click.argument("country")
def office(name: str, country: str) -> None:
    from app.workflow import registering

    click.echo(registering.add_office(store(), name, country).name)
