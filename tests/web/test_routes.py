"""Every route has one access rule; what is not mine does not exist."""

import pytest
from flask import Flask

from app.web import guard
from tests.web.site import Visitor

DOCUMENT, DOSSIER = "/documentos/<document_id>", "/expedientes/<dossier_id>"
ROUTES = {
    "GET /": "public",
    "POST /entrar-como": "only in a demo",
    "GET /entrar": "public",
    "POST /entrar": "public",
    "GET /entrar/<token>": "public",
    "POST /entrar/<token>": "public",
    "GET /healthz": "public",
    "GET /readyz": "public",
    "GET /mi-cuenta": "signed in",
    "POST /mi-cuenta/idioma": "signed in",
    "POST /mi-cuenta/sesiones": "signed in",
    "GET /personas": "manages people",
    "GET /personas/nueva": "manages people",
    "POST /personas/nueva": "manages people",
    "GET /personas/<person_id>": "manages people",
    "POST /personas/<person_id>/dar": "manages people",
    "POST /personas/<person_id>/retirar": "manages people",
    "POST /personas/<person_id>/invitar": "manages people",
    "POST /personas/<person_id>/cerrar": "manages people",
    "POST /personas/<person_id>/abrir": "manages people",
    "POST /salir": "public",
    "POST /idioma": "public",
    "GET /ayuda": "public",
    "GET /v": "public",
    "GET /v/<code>": "asks about a paper",
    "GET /verificar": "public",
    "POST /verificar": "asks about a paper",
    "GET /inicio": "signed in",
    "GET /tablero": "signed in",
    "GET /intercambios/nuevo": "opens exchanges",
    "POST /intercambios/nuevo": "opens exchanges",
    "GET /intercambios/plantilla-de-viajeros.csv": "opens exchanges",
    "GET /comisiones/nueva": "opens commissions",
    "POST /comisiones/nueva": "opens commissions",
    "GET /informes/nuevo": "signed in",
    "POST /informes/nuevo": "signed in",
    f"GET {DOSSIER}": "view dossier",
    f"GET {DOSSIER}/hojas-reservadas": "view dossier",
    f"POST {DOSSIER}/hojas-reservadas": "view dossier",
    f"GET {DOSSIER}/paquetes": "packet dossier",
    f"POST {DOSSIER}/paquetes": "packet dossier",
    f"GET {DOSSIER}/paquetes/<packet>/<variant>": "packet dossier",
    "GET /paquetes": "signed in",
    "POST /paquetes": "signed in",
    "GET /paquetes/<run>": "signed in",
    "POST /paquetes/<run>/cancelar": "signed in",
    "GET /paquetes/<run>/<ending>": "signed in",
    "GET /cuadernos": "prints notebooks",
    "POST /cuadernos": "prints notebooks",
    "GET /cuadernos/hoja-de-prueba/<paper>": "prints notebooks",
    "GET /cuadernos/<run>": "prints notebooks",
    "POST /cuadernos/<run>/cancelar": "prints notebooks",
    "POST /cuadernos/<run>/continuar": "prints notebooks",
    "GET /cuadernos/<run>/zip": "prints notebooks",
    "GET /cuadernos/<run>/archivo/<name>": "prints notebooks",
    "POST /cuadernos/<run>/imprimir": "prints notebooks",
    "POST /cuadernos/<run>/marcar": "prints notebooks",
    f"GET {DOSSIER}/publicacion": "print dossier",
    f"POST {DOSSIER}/publicacion": "print dossier",
    f"POST {DOSSIER}/zip": "download dossier",
    f"GET {DOSSIER}/zip/<run>": "download dossier",
    f"GET {DOSSIER}/zip/<run>/archivo": "download dossier",
    f"GET {DOCUMENT}/reservada/<subject>": "view document",
    f"POST {DOCUMENT}/reservada/<subject>": "view document",
    f"GET {DOCUMENT}/permisos": "view document",
    f"POST {DOCUMENT}/permisos": "view document",
    f"GET {DOCUMENT}/desactualizado": "view document",
    f"POST {DOCUMENT}/desactualizado": "fill document",
    f"POST {DOSSIER}/estado": "view dossier",
    f"POST {DOSSIER}/invitar": "view dossier",
    f"GET {DOSSIER}/datos": "view dossier",
    f"POST {DOSSIER}/datos": "view dossier",
    f"GET {DOSSIER}/personas/<role>": "view dossier",
    f"POST {DOSSIER}/personas/<role>": "view dossier",
    f"GET {DOSSIER}/permisos": "view dossier",
    f"GET {DOSSIER}/delegacion": "view dossier",
    f"GET {DOSSIER}/delegacion/<row>/reemplazar": "view dossier",
    f"POST {DOSSIER}/delegacion/<row>/reemplazar": "view dossier",
    f"GET {DOSSIER}/delegacion/<row>/retirar": "view dossier",
    f"POST {DOSSIER}/delegacion/<row>/retirar": "view dossier",
    f"GET {DOCUMENT}": "view document",
    f"GET {DOCUMENT}/revisar": "view document",
    f"GET {DOCUMENT}/ir/<path>": "view document",
    f"GET {DOCUMENT}/historia": "view document",
    f"POST {DOCUMENT}/hacer/<action>": "view document",
    f"GET {DOCUMENT}/comparacion": "view document",
    f"GET {DOCUMENT}/vista": "view document",
    f"GET {DOCUMENT}/vista/<int:page>.png": "view document",
    f"GET {DOCUMENT}/vista/<section>.png": "view document",
    f"POST {DOCUMENT}/enviar": "fill document",
    f"POST {DOCUMENT}/devolver": "review document",
    f"POST {DOCUMENT}/aprobar": "approve document",
    f"POST {DOCUMENT}/version-nueva": "fill document",
    f"GET {DOCUMENT}/versiones": "view document",
    f"GET {DOCUMENT}/anular": "void document",
    f"POST {DOCUMENT}/anular": "void document",
    f"GET {DOCUMENT}/revision": "review document",
    f"GET {DOCUMENT}/comentar/<path>": "review document",
    f"POST {DOCUMENT}/comentar/<path>": "review document",
    f"POST {DOCUMENT}/quitar-comentario": "review document",
    f"GET {DOCUMENT}/observaciones": "view document",
    f"POST {DOCUMENT}/observaciones": "fill document",
    f"GET {DOCUMENT}/firma": "view document",
    f"POST {DOCUMENT}/firma": "sign document",
    f"POST {DOCUMENT}/firma/codigo": "sign document",
    f"POST {DOCUMENT}/firma/no": "sign document",
    f"GET {DOCUMENT}/constancia": "download document",
    f"GET {DOCUMENT}/constancia/<int:page>.png": "view document",
    f"GET {DOCUMENT}/descargar/<ending>/<language>": "download document",
    f"GET {DOCUMENT}/archivo/<path>": "download document",
    f"GET {DOCUMENT}/foto/<path>": "view document",
    f"GET {DOCUMENT}/plan": "view document",
    f"GET {DOCUMENT}/plan.ics": "view document",
    "GET /calendario/<token>.ics": "public",
    f"GET {DOCUMENT}/rellenable/<language>": "fill document",
    f"GET {DOCUMENT}/sin-conexion": "fill document",
    f"POST {DOCUMENT}/sin-conexion": "fill document",
    f"GET {DOCUMENT}/sin-conexion/<import_id>": "fill document",
    f"POST {DOCUMENT}/sin-conexion/<import_id>": "fill document",
    f"POST {DOCUMENT}/sin-conexion/<import_id>/deshacer": "fill document",
    f"GET {DOCUMENT}/<section>": "view document",
    f"POST {DOCUMENT}/<section>": "fill document",
    f"GET {DOCUMENT}/<section>/<table>/<row>": "view document",
    f"POST {DOCUMENT}/<section>/<table>/<row>": "fill document",
}


OPEN = ("public", "only in a demo", "asks about a paper")


def routes(app: Flask) -> dict[str, str]:
    """'METHOD /address' → its rule, from the URL map."""
    return {
        f"{method} {each.rule}": guard.rule_of(app, each.endpoint)
        for each in app.url_map.iter_rules()
        for method in sorted(each.methods - {"HEAD", "OPTIONS"})
    }


def address(route: str, document: str, dossier: str) -> str:
    places = {
        "<document_id>": document, "<dossier_id>": dossier, "<section>": "entries", "<table>": "entries", "<row>": "K7Q2M9XB",
        "<run>": "nada", "<int:page>": "1", "<path>": "year", "<ending>": "docx", "<language>": "es", "<code>": "AAAA",
        "<import_id>": "nada", "<role>": "host_leader", "<action>": "share_agenda", "<subject>": "K7Q2M9XB",
        "<packet>": "P1", "<variant>": "completo",
    }
    for place, value in places.items():
        route = route.replace(place, value)
    return route


def of_objects() -> list[str]:
    return [route for route in ROUTES if "<document_id>" in route or "<dossier_id>" in route]


def test_every_route_and_its_rule_is_listed_here(app):
    assert routes(app) == ROUTES


def test_a_route_without_a_rule_is_refused(app, stranger):
    app.add_url_rule("/olvidada", "olvidada", lambda: "secreto")
    assert stranger.get("/olvidada").status_code == 403


@pytest.mark.parametrize("route", [route for route, rule in ROUTES.items() if rule not in OPEN])
def test_who_is_not_signed_in_is_sent_to_the_front_door(route, stranger, world):
    method, _, path = route.partition(" ")
    there = address(path, world.document, world.dossier)
    answer = stranger.post(there) if method == "POST" else stranger.get(there)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


@pytest.mark.parametrize("route", of_objects())
def test_what_is_another_units_answers_like_what_does_not_exist(route, app, world):
    method, _, path = route.partition(" ")
    visitor = Visitor(app).enter(world, "Edición")
    token = visitor.token()
    send = (lambda where: visitor.send("POST", where, data={"csrf_token": token})) if method == "POST" else visitor.get
    theirs = send(address(path, world.other_document, world.other_dossier))
    missing = send(address(path, "0" * 26, "0" * 26))
    assert theirs.status_code == missing.status_code == 404
    assert without_tokens(theirs) == without_tokens(missing)


def without_tokens(answer) -> str:
    """The page without what differs each time: the token, and the address one came from."""
    lines = answer.get_data(as_text=True).splitlines()
    return "\n".join(line for line in lines if "csrf_token" not in line)


@pytest.mark.parametrize("route", [route for route, rule in ROUTES.items() if rule == "fill document"])
def test_who_may_only_read_cannot_write(route, app, world):
    head = Visitor(app).enter(world, "Jefatura")
    method, _, path = route.partition(" ")
    there = address(path, world.document, world.dossier)
    assert (head.post(there) if method == "POST" else head.get(there)).status_code == 403


@pytest.mark.parametrize("route", of_objects())
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_no_other_method_does_anything(route, method, editor, world):
    assert editor.send(method, address(route.partition(" ")[2], world.document, world.dossier)).status_code == 405


@pytest.mark.parametrize("path", ["/nada", "/documentos", "/documentos/x/y/z/w/v", "/expedientes/../v"])
def test_an_address_that_is_nothing_is_a_plain_page(path, stranger):
    answer = stranger.get(path)
    assert answer.status_code == 404
    assert "Aquí no hay nada" in answer.get_data(as_text=True)


def test_a_revoked_session_is_nobody(app, editor, world):
    with editor.client.session_transaction(base_url="http://127.0.0.1:5000") as session:
        token = session["token"]
    editor.post("/salir")
    with editor.client.session_transaction(base_url="http://127.0.0.1:5000") as session:
        session["token"] = token
    assert editor.get("/inicio").headers["Location"] == "/"
