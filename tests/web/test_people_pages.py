"""The pages about people: inviting, roles, shutting out; for secretariat and administration only."""

import pytest

from app.store import open_store
from app.workflow.programmes import ASSISTANCE
from tests.web.site import HOST, Visitor, page, text

MANAGERS = (("Administración", "admin", ("everything", "")), ("Secretaría", "secretariat", ("programme", ASSISTANCE)))
LET_IN = {"email": "nueva@example.org", "given_names": "Nueva", "family_names": "Persona", "locale": "es", "key": "k"}


@pytest.fixture
def managed(world):
    """Two who let others in: the administration and a secretariat."""
    with open_store(world.settings) as store:
        for name, role, scope in MANAGERS:
            world.people[name] = store.people.add(name, "De Prueba", f"{role}@example.org").id
            store.grants.give(world.people[name], role, *scope)
    return world


@pytest.fixture
def admin(app, managed):
    return Visitor(app).enter(managed, "Administración")


@pytest.fixture
def secretariat(app, managed):
    return Visitor(app).enter(managed, "Secretaría")


def access(world, role="unit_editor", code="SLV-CONNA-DPI"):
    return f"{role}|unit|{world.units[code]}"


def person_of(world, email="nueva@example.org"):
    with open_store(world.settings) as store:
        return store.people.by_email(email)


def grants_of(world, name):
    with open_store(world.settings) as store:
        return store.grants.of(world.people[name])


def followed(visitor, answer):
    assert answer.status_code == 302
    return text(visitor.get(answer.headers["Location"]))


def test_somebody_is_invited_and_named_in_the_list(admin, managed):
    said = followed(admin, admin.post("/personas/nueva", LET_IN | {"access": access(managed)}))
    assert "La invitación a nueva@example.org está en camino." in said
    assert "Edición de unidad, Unidad DPI" in said
    assert "Administración De Prueba envió la invitación." in said
    assert "Invitación" in said
    assert "por enviar" in said
    assert "Nueva Persona" in text(admin.get("/personas"))


def test_the_list_of_roles_is_what_the_reader_may_give(admin, secretariat):
    offered = [set(page(each.get("/personas/nueva")).xpath("//optgroup/@label")) for each in (admin, secretariat)]
    assert offered == [
        {"Edición de unidad", "Jefatura de unidad", "Secretaría técnica", "Administración del sistema",
         "Coordinación de impresión y publicación", "Coordinación del Pacto"},
        {"Edición de unidad", "Jefatura de unidad"},
    ]


@pytest.mark.parametrize(("changes", "name"), [
    ({"email": "nadie"}, "email"), ({"given_names": ""}, "given_names"), ({"access": ""}, "access"), ({"access": "x|y"}, "access"),
    ({"access": "unit_editor|unit|nada"}, "access"), ({"locale": "fr"}, "locale"),
])
def test_what_is_wrong_is_said_beside_its_box_and_the_rest_is_kept(admin, managed, changes, name):
    answer = admin.post("/personas/nueva", LET_IN | {"access": access(managed)} | changes)
    assert answer.status_code == 422
    seen = page(answer)
    assert seen.xpath(f"//p[@id='{name}-error']")
    assert seen.xpath("//div[contains(@class, 'govuk-error-summary')]//a/@href") == [f"#{name}"]
    assert seen.xpath("//input[@id='family_names']/@value") == ["Persona"]
    assert person_of(managed) is None


def test_a_role_that_is_not_ones_to_give_is_refused(secretariat, managed):
    assert secretariat.post("/personas/nueva", LET_IN | {"access": "admin|everything|"}).status_code == 403
    assert person_of(managed) is None


def test_a_role_is_given_and_withdrawn(admin, managed):
    there = f"/personas/{managed.people['Nadie']}"
    assert "La función está dada." in followed(admin, admin.post(f"{there}/dar", {"access": access(managed, "unit_head")}))
    [grant] = grants_of(managed, "Nadie")
    assert grant.role == "unit_head"
    said = followed(admin, admin.post(f"{there}/retirar", {"grant": grant.id}))
    assert "La función está retirada." in said
    assert "No tiene ninguna" in said
    assert grants_of(managed, "Nadie") == ()


def test_shutting_out_ends_what_is_open_and_can_be_undone(admin, managed, app):
    editor = Visitor(app).enter(managed, "Edición")
    there = f"/personas/{managed.people['Edición']}"
    assert "La entrada está cerrada" in followed(admin, admin.post(f"{there}/cerrar"))
    assert editor.get("/inicio").status_code == 302
    assert Visitor(app).post("/entrar-como", {"person": managed.people["Edición"]}).status_code == 404
    assert managed.people["Edición"] not in Visitor(app).get("/").get_data(as_text=True)
    assert "La entrada está abierta." in followed(admin, admin.post(f"{there}/abrir"))
    assert editor.get("/inicio").status_code == 302
    Visitor(app).enter(managed, "Edición")


def test_the_invitation_is_sent_again(admin, managed):
    admin.post("/personas/nueva", LET_IN | {"access": access(managed)})
    there = f"/personas/{person_of(managed).id}"
    said = followed(admin, admin.post(f"{there}/invitar"))
    assert said.count("por enviar") == 2


def test_a_mail_that_did_not_arrive_shows_what_the_server_said(admin, managed):
    admin.post("/personas/nueva", LET_IN | {"access": access(managed)})
    with open_store(managed.settings) as store:
        store.outbox.failed(store.outbox.claim(), "550 no such user", again=False)
    seen = text(admin.get(f"/personas/{person_of(managed).id}"))
    assert "no llegó" in seen
    assert "550 no such user" in seen


def test_ones_own_access_is_not_ones_to_change(admin, managed):
    there = f"/personas/{managed.people['Administración']}"
    seen = admin.get(there)
    assert page(seen).xpath("//main//form") == []
    assert "otra persona de la administración" in text(seen)
    answer = admin.post(f"{there}/cerrar")
    assert answer.status_code == 403
    assert "Nadie cambia su propio acceso" in text(answer)


@pytest.mark.parametrize("name", ["Edición", "Jefatura", "Nadie"])
@pytest.mark.parametrize("path", ["", "/nueva", "/{id}"])
def test_the_others_do_not_see_these_pages(app, managed, name, path):
    with open_store(managed.settings) as store:
        token = store.sessions.start(managed.people[name])
    visitor = Visitor(app)
    with visitor.client.session_transaction(base_url=HOST) as session:
        session["token"] = token
    there = "/personas" + path.format(id=managed.people["Nadie"])
    assert visitor.get(there).status_code == 403
    assert "Personas" not in text(visitor.get("/mi-cuenta"))


@pytest.mark.parametrize("act", ["", "/dar", "/retirar", "/invitar", "/cerrar", "/abrir"])
def test_out_of_reach_and_missing_are_the_same_bytes(secretariat, managed, act):
    token = secretariat.token()
    answers = [
        secretariat.send("POST" if act else "GET", f"/personas/{person_id}{act}", data={"csrf_token": token} if act else None)
        for person_id in (managed.people["Administración"], "0" * 26)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    plain = [[line for line in each.get_data(as_text=True).splitlines() if "csrf_token" not in line] for each in answers]
    assert plain[0] == plain[1]


def test_a_manager_who_lost_the_role_sees_the_plain_page_at_the_next_click(secretariat, managed):
    assert secretariat.get("/personas").status_code == 200
    [grant] = grants_of(managed, "Secretaría")
    with open_store(managed.settings) as store:
        store.grants.take(grant.id)
    assert secretariat.post(f"/personas/{managed.people['Edición']}/cerrar").status_code == 403


@pytest.mark.parametrize("path", ["/personas", "/personas/nueva", "/personas/{person}", "/mi-cuenta"])
def test_these_pages_have_one_primary_button_at_most_and_nothing_inline(admin, managed, path):
    seen = page(admin.get(path.format(person=managed.people["Edición"])))
    primary = [
        button for button in seen.xpath("//main//*[contains(@class, 'govuk-button')]") if "secondary" not in button.get("class")
    ]
    assert len(primary) <= 1
    assert seen.xpath("//@style | //script[not(@src)]") == []
    ids = seen.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert all(seen.xpath(f"//label[@for='{box.get('id')}']") for box in seen.xpath("//main//input[not(@type='hidden')] | //main//select"))
