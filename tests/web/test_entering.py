"""Entering over HTTP: the mailed link, sessions, and what happens to those who lost something."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from app import clock
from app.store import open_store
from app.web import create_app
from app.workflow import mailing, signing_in
from tests.web.site import HOST, Visitor, furnished, page, text

EMAIL = "ana@example.org"
FIREFOX = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


@pytest.fixture
def real(tmp_path):
    """An installation that is no demonstration, where Ana fills reports of the first unit."""
    world = furnished(tmp_path, demo=False)
    with open_store(world.settings) as store:
        ana = store.people.add("Ana", "De Prueba", EMAIL)
        world.people["Ana"] = ana.id
        store.grants.give(ana.id, "unit_editor", "unit", world.units["SLV-CONNA-DPI"])
    return world


@pytest.fixture
def door(real):
    return Visitor(create_app(real.settings))


def mailed(world):
    """The path of the link that arrived last."""
    mailing.deliver(world.settings)
    last = max(world.settings.mail.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    words = message_from_bytes(last.read_bytes(), policy=policy.default).get_content().split()
    return next(word for word in words if "/entrar/" in word).removeprefix(HOST)


def asked(visitor, world, email=EMAIL):
    answer = visitor.post("/entrar", {"email": email})
    assert answer.status_code == 200
    return mailed(world)


def inside(visitor, world):
    """Ana, signed in by a link."""
    assert visitor.post(asked(visitor, world), headers=FIREFOX).status_code == 302
    return visitor


def test_the_front_door_asks_for_an_address_and_names_nobody(door, real):
    answer = door.get("/")
    assert page(answer).xpath("//form[@action='/entrar']//input[@type='email']/@id") == ["email"]
    assert "Ana" not in text(answer)


def test_the_link_of_the_mail_leads_inside(door, real):
    link = asked(door, real)
    seen = door.get(link)
    assert "Entrar como Ana De Prueba" in text(seen)
    answer = door.post(link)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/inicio")
    assert "Ana De Prueba" in text(door.get("/inicio"))


def test_programs_that_open_links_do_not_use_them_up(door, real):
    link = asked(door, real)
    for method in ("GET", "HEAD", "GET"):
        assert Visitor(create_app(real.settings)).send(method, link).status_code == 200
    assert door.post(link).status_code == 302


def test_the_answer_is_the_same_for_an_address_that_is_nobodys(door, real):
    known, unknown = (text(door.post("/entrar", {"email": email})) for email in (EMAIL, "eva@example.org"))
    assert known.replace(EMAIL, "") == unknown.replace("eva@example.org", "")


@pytest.mark.parametrize("email", ["", "ana", "x" * 300 + "@example.org"])
def test_what_is_no_address_is_said_beside_its_box(door, email):
    answer = door.post("/entrar", {"email": email})
    assert answer.status_code == 422
    assert "Escriba un correo completo" in page(answer).get_element_by_id("email-error").text_content()


def test_a_used_link_says_so_and_offers_another(door, real):
    link = asked(door, real)
    door.post(link)
    stranger = Visitor(create_app(real.settings))
    for answer in (stranger.get(link), stranger.post(link)):
        assert answer.status_code == 410
        assert "Este enlace ya se usó" in text(answer)
        assert page(answer).xpath("//form[@action='/entrar']//input[@name='email']")
    assert stranger.get("/inicio").status_code == 302


def test_an_expired_link_says_so(door, real):
    link = asked(door, real)
    with clock.stopped(clock.now() + signing_in.LASTS):
        answer = door.post(link)
    assert answer.status_code == 410
    assert "Este enlace caducó" in text(answer)


def test_a_link_that_never_was_is_a_plain_page(door):
    answer = door.get("/entrar/no-hay-tal-enlace")
    assert answer.status_code == 410
    assert "Este enlace no sirve" in text(answer)


def test_who_is_shut_out_is_outside_with_the_next_click_and_stays_there(door, real):
    link = asked(door, real)
    inside(door, real)
    with open_store(real.settings) as store:
        store.people.set_disabled(real.people["Ana"], True)
    assert door.get("/inicio").headers["Location"] == "/"
    assert door.post(link).status_code == 410


def test_a_role_lost_while_a_page_is_open_is_a_plain_page(door, real):
    inside(door, real)
    form = door.form(f"/documentos/{real.document}/head")
    with open_store(real.settings) as store:
        [grant] = store.grants.of(real.people["Ana"])
        store.grants.take(grant.id)
    answer = form.fill(institution="Otra").press("next")
    assert answer.status_code == 404
    assert "Aquí no hay nada" in text(answer)


def test_too_many_links_asked_are_told_to_wait(door):
    answers = [door.post("/entrar", {"email": EMAIL}) for _ in range(signing_in.ASKED_FOR_EMAIL + 1)]
    assert answers[-1].status_code == 429
    assert "Espere" in text(answers[-1])


def test_after_entering_one_is_where_one_wanted_to_go(door, real):
    there = f"/documentos/{real.document}/historia?x=1"
    assert door.get(there).headers["Location"] == "/"
    assert door.post(asked(door, real)).headers["Location"] == there


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_a_link_leads_nowhere_else(door, real, target):
    with open_store(real.settings) as store:
        token = store.links.make(real.people["Ana"], signing_in.LASTS, target)
    assert door.post(f"/entrar/{token}").headers["Location"] == "/"


def test_entering_starts_from_nothing_of_what_the_browser_held(door, real):
    with door.client.session_transaction(base_url=HOST) as held:
        held["planted"], held["token"] = "x", "somebody else's"
    link = asked(door, real)
    door.post(link)
    with door.client.session_transaction(base_url=HOST) as held:
        assert "planted" not in held
        assert held["token"] != "somebody else's"


def test_the_account_lists_the_sessions_and_ends_one(door, real):
    inside(door, real)
    other = inside(Visitor(create_app(real.settings)), real)
    seen = page(door.get("/mi-cuenta"))
    assert [" ".join(row.text_content().split()) for row in seen.xpath("//tbody//th")] == ["Firefox · Linux"] * 2
    [name] = [value for value in seen.xpath("//button[@name='session']/@value") if value != "others"]
    assert "Sesión cerrada" in text(door.get(door.post("/mi-cuenta/sesiones", {"session": name}).headers["Location"]))
    assert other.get("/inicio").headers["Location"] == "/"
    assert door.get("/inicio").status_code == 200


def test_all_other_sessions_are_ended_at_once(door, real):
    others = [inside(Visitor(create_app(real.settings)), real) for _ in range(2)]
    inside(door, real)
    door.post("/mi-cuenta/sesiones", {"session": "others"})
    assert [visitor.get("/inicio").status_code for visitor in (*others, door)] == [302, 302, 200]


def test_a_session_that_is_not_mine_answers_like_one_that_does_not_exist(door, real):
    inside(door, real)
    with open_store(real.settings) as store:
        theirs = store.sessions.find(store.sessions.start(real.people["Edición"])).token_hash
    token = door.token()
    answers = [
        door.send("POST", "/mi-cuenta/sesiones", data={"session": name, "csrf_token": token}) for name in (theirs, "0" * 64)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    plain = [[line for line in answer.get_data(as_text=True).splitlines() if "csrf_token" not in line] for answer in answers]
    assert plain[0] == plain[1]


def test_the_chosen_language_is_that_of_pages_and_mail(door, real):
    inside(door, real)
    door.post("/mi-cuenta/idioma", {"locale": "pt_BR"})
    assert page(door.get("/mi-cuenta")).get("lang") == "pt-BR"
    with open_store(real.settings) as store:
        assert store.people.get(real.people["Ana"]).locale == "pt_BR"
    assert door.post("/mi-cuenta/idioma", {"locale": "fr"}).status_code == 400


def test_a_session_ends_by_itself(door, real):
    inside(door, real)
    with clock.stopped(clock.now() + timedelta(hours=13)):
        assert door.get("/inicio").headers["Location"] == "/"


def test_behind_a_proxy_of_ours_limits_count_the_visitors_address(tmp_path):
    world = furnished(tmp_path, demo=False, proxies=1)
    visitor = Visitor(create_app(world.settings))
    codes = [
        visitor.get("/v/AAAA", headers={"X-Forwarded-For": f"198.51.100.9, 192.0.2.{number}"}).status_code for number in range(35)
    ]
    assert set(codes) == {404}


def test_without_a_proxy_nobody_says_where_they_come_from(door):
    codes = [door.get("/v/AAAA", headers={"X-Forwarded-For": f"192.0.2.{number}"}).status_code for number in range(35)]
    assert codes[-1] == 429
