"""Headers, cookies, hosts, tokens, sizes, languages of refusals: through the real application."""

import pytest

from app.web import BODY, CSP, create_app
from app.web.language import LANGUAGES
from app.web.limits import most_parts
from forms import FORMS
from tests.web.site import HOST, Visitor, furnished, page, settings_in, text


def csp(answer) -> dict[str, str]:
    return dict(part.strip().partition(" ")[::2] for part in answer.headers["Content-Security-Policy"].split(";"))


@pytest.mark.parametrize("path", ["/", "/inicio", "/ayuda", "/v/NADA", "/nada"])
def test_every_page_says_what_it_may_load_and_who_may_frame_it(path, editor):
    answer = editor.get(path)
    assert answer.headers["Content-Security-Policy"] == CSP
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_policy_lets_nothing_inline_run(editor):
    policy = csp(editor.get("/inicio"))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in CSP


@pytest.mark.parametrize(
    "path", ["/inicio", "/informes/nuevo", "{document}/head", "{document}/entries", "{document}/revisar", "/expedientes/{dossier}"]
)
def test_no_page_has_anything_the_policy_refuses(path, editor, world):
    seen = page(editor.get(path.format(document=f"/documentos/{world.document}", dossier=world.dossier)))
    assert seen.xpath("//@style") == []
    assert seen.xpath("//style | //script[not(@src)]") == []
    assert [name for name in seen.xpath("//*/@*") if getattr(name, "attrname", "").startswith("on")] == []


def test_a_cookie_over_https_carries_the_host_prefix(tmp_path):
    world = furnished(tmp_path, demo=False, base_url="https://anexa.example.org", hosts=("anexa.example.org",))
    answer = create_app(world.settings).test_client().get("/", base_url="https://anexa.example.org")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-anexa=")
    assert all(said in cookie for said in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain" not in cookie


def test_a_cookie_of_the_demo_is_http_only_too(stranger):
    cookie = stranger.get("/").headers["Set-Cookie"]
    assert cookie.startswith("anexa=")
    assert all(said in cookie for said in ("HttpOnly", "SameSite=Lax"))


def test_another_host_name_is_refused(app):
    assert app.test_client().get("/", base_url="http://evil.example").status_code == 400


def test_without_a_demo_nobody_enters_as_anybody(tmp_path):
    world = furnished(tmp_path, demo=False)
    visitor = Visitor(create_app(world.settings))
    assert world.people["Edición"] not in visitor.get("/").get_data(as_text=True)
    assert visitor.post("/entrar-como", {"person": world.people["Edición"]}).status_code == 404


def test_a_demo_lets_nobody_in_from_another_machine(app, world):
    far = {"REMOTE_ADDR": "192.0.2.7"}
    answer = app.test_client().post("/entrar-como", data={"person": world.people["Edición"]}, base_url=HOST, environ_base=far)
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "path", ["/entrar", "/salir", "/idioma", "/informes/nuevo", "/documentos/{document}/head", "/expedientes/{dossier}/zip"]
)
def test_a_post_without_the_token_does_nothing(path, editor, world):
    answer = editor.post(path.format(document=world.document, dossier=world.dossier), {"institution": "Otra"}, token=False)
    assert answer.status_code == 400
    assert "La página estuvo abierta demasiado tiempo" in text(answer)


def test_a_language_button_leads_nowhere_else(editor):
    for there in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/x\r\nSet-Cookie: a=b"):
        assert editor.post("/idioma", {"to": "en", "next": there}).headers["Location"] == "/"
    assert editor.post("/idioma", {"to": "en", "next": "/ayuda"}).headers["Location"] == "/ayuda"


@pytest.mark.parametrize("code", [code for code, _, _ in LANGUAGES])
def test_a_refusal_is_told_in_the_readers_language(code, app):
    visitor = Visitor(app, "fr")
    visitor.post("/idioma", {"to": code, "next": "/"})
    titles = {"es": "Aquí no hay nada", "pt_BR": "Não há nada aqui", "en": "There is nothing here"}
    answer = visitor.get("/nada")
    assert page(answer).get("lang") == code.replace("_", "-")
    assert titles[code] in text(answer)


def test_the_browsers_language_is_taken_until_one_is_chosen(app):
    assert page(Visitor(app, "pt-PT,pt;q=0.9").get("/")).get("lang") == "pt-BR"
    assert page(Visitor(app, "de").get("/")).get("lang") == "es"


def test_a_body_above_the_limit_is_a_plain_page(editor, world):
    answer = editor.send("POST", "/informes/nuevo", data=b"a=" + b"x" * BODY, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "pesa demasiado" in text(answer)


def test_an_upload_route_takes_the_largest_file_of_the_form_and_no_more(editor, world):
    limit = 11 * 1024 * 1024
    kind = "multipart/form-data; boundary=x"
    answer = editor.send("POST", f"/documentos/{world.document}/entries", data=b"x" * (limit + 1), content_type=kind)
    assert answer.status_code == 413


def test_a_post_without_files_is_no_larger_on_an_upload_route(editor, world):
    kind = "application/x-www-form-urlencoded"
    answer = editor.send("POST", f"/documentos/{world.document}/entries", data=b"a=" + b"x" * BODY, content_type=kind)
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe\x00%zz%=&&=;", "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"no boundary", "multipart/form-data"),
        (b"[" * 100_000 + b"]" * 100_000, "application/json"),
        (b'{"year": "\\ud800"}', "application/json"),
        (b"<a/>", "application/xml"),
        (b"", "application/octet-stream"),
    ],
)
@pytest.mark.parametrize("path", ["/documentos/{document}/head", "/informes/nuevo", "/idioma"])
def test_a_malformed_body_is_a_plain_refusal(body, kind, path, editor, world):
    answer = editor.send("POST", path.format(document=world.document), data=body, content_type=kind)
    assert answer.status_code == 400
    assert "Traceback" not in answer.get_data(as_text=True)


def in_parts(visitor, world, count: int):
    """A post of `count` parts."""
    parts = b"".join(b'--x\r\nContent-Disposition: form-data; name="n%d"\r\n\r\n1\r\n' % number for number in range(count)) + b"--x--\r\n"
    return visitor.send("POST", f"/documentos/{world.document}/head", data=parts, content_type="multipart/form-data; boundary=x")


def test_a_form_takes_half_as_many_parts_again_as_the_largest_form_and_no_more(editor, world):
    form = FORMS["IAT"]
    rows = len(form.field("entries").fields) * form.field("entries").high
    most = most_parts(FORMS.values())
    assert rows * 3 // 2 < most < 20_000
    assert in_parts(editor, world, most - 1).status_code != 413
    assert in_parts(editor, world, most + 1).status_code == 413


def test_too_many_tries_are_told_to_wait(stranger):
    answers = [stranger.get("/v/AAAA-AAAA-AAAA-AAAA") for _ in range(31)]
    assert answers[-1].status_code == 429
    assert "Espere" in text(answers[-1])


def test_an_installation_without_keys_answers_with_a_plain_page(tmp_path):
    answer = create_app(settings_in(tmp_path)).test_client().get("/", base_url=HOST)
    assert answer.status_code == 500
    assert "Algo falló de nuestro lado" in text(answer)


def test_an_unforeseen_failure_shows_no_trace(app, stranger):
    def broken():
        raise ZeroDivisionError

    broken.rule = "public"
    app.add_url_rule("/rota", "rota", broken)
    answer = stranger.get("/rota")
    assert answer.status_code == 500
    assert "Algo falló de nuestro lado" in text(answer)
    assert "ZeroDivisionError" not in answer.get_data(as_text=True)


def test_assets_are_kept_for_a_year_under_an_address_that_names_their_content(stranger):
    address = page(stranger.get("/")).xpath("//link[@rel='stylesheet']/@href")[1]
    answer = stranger.get(address)
    assert answer.status_code == 200
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert stranger.get("/static/../guard.py").status_code == 404
