"""The first person and the units, from the command line of a real installation."""

import pytest

from app.config import Settings
from app.store import init, open_store
from app.workflow import mailing


@pytest.fixture
def settings(tmp_path):
    made = Settings(instance=tmp_path / "instance", generated=tmp_path / "generated")
    init(made)
    return made


def test_the_first_administrator_is_invited(run, settings):
    result = run("invite", "PRIMERA@example.org", "admin", "--lang", "pt_BR", "--given", "Primera")
    assert result.stdout.splitlines() == [
        "La invitación a primera@example.org está en camino.", f"Sin servidor de correo, el trabajador la escribe en {settings.mail}.",
    ]
    with open_store(settings) as store:
        person = store.people.by_email("primera@example.org")
        assert (person.name, person.locale) == ("Primera", "pt_BR")
        assert [(grant.role, grant.scope_kind) for grant in store.grants.of(person.id)] == [("admin", "everything")]
        assert {deed.actor_id for deed in store.deeds.of(person.id)} == {""}
    mailing.deliver(settings)
    assert len(list(settings.mail.glob("*.eml"))) == 1


def test_a_unit_is_registered_and_somebody_invited_to_it(run, settings):
    assert run("unit", "SLV-CONNA-DPI", "Departamento de ejemplo", "Institución de ejemplo", "SLV").stdout == "SLV-CONNA-DPI\n"
    assert run("invite", "edicion@example.org", "unit_editor", "--scope", "SLV-CONNA-DPI").exit_code == 0
    with open_store(settings) as store:
        [grant] = store.grants.of(store.people.by_email("edicion@example.org").id)
        assert (grant.scope_kind, grant.scope_id) == ("unit", store.units.by_code("SLV-CONNA-DPI").id)


@pytest.mark.parametrize(("args", "said"), [
    (("invite", "nadie", "admin"), "Escriba un correo completo, como nombre@example.org."),
    (("invite", "a@example.org", "jefe"), "No hay ninguna función «jefe». Las que hay: unit_editor, unit_head, secretariat, "
     "coordinator, pact_coordination, admin."),
    (("office", "Oficina", "QQQ"), "Escriba el país con tres letras, como SLV."),
    (("invite", "a@example.org", "unit_editor"), "Diga dónde con --scope. Lo que hay: —."),
    (("invite", "a@example.org", "unit_editor", "--scope", "NADA"), "Diga dónde con --scope. Lo que hay: —."),
    (("invite", "a@example.org"), "Falta ROLE. Vea «flask --app wsgi invite --help»."),
    (("unit", "NADA", "Unidad", "Institución", "SLV"),
     "Escriba el código como SLV-CONNA-DPI, que empieza por el país, y el país con tres letras."),
])
def test_what_cannot_be_is_one_line_and_an_exit_code(run, settings, args, said):
    result = run(*args)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", said + "\n")
    with open_store(settings) as store:
        assert store.people.all() == ()
