"""Roles × routes × {own, sibling, foreign, deleted} × methods, from the URL map: whoever adds a route or a rule says here who may."""

from dataclasses import dataclass

import pytest
from werkzeug.exceptions import MethodNotAllowed

from app.store import new_id, open_store
from app.workflow.programmes import ASSISTANCE
from tests.web.site import HOST, Visitor, furnished, opened, site

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
RELATIONS = ("own", "sibling", "foreign", "deleted")
EDITOR, HEAD = {"view", "download", "fill", "sign"}, {"view", "download", "review", "approve", "sign"}
SECRETARIAT = {"view", "download", "packet", "void"}
VERBS = {
    "stranger": {},
    "nobody": {},
    "admin": {},
    "unit_editor": {"own": EDITOR},
    "unit_head": {"own": HEAD},
    "office": {"own": SECRETARIAT, "sibling": SECRETARIAT},
    "secretariat": {"own": SECRETARIAT, "sibling": SECRETARIAT, "foreign": SECRETARIAT},
}
"""Role → relation of a document to its unit → verbs. A sibling is another unit of the same office."""
SEEN = {
    "admin": {"own", "sibling", "foreign"},
    "office": {"own", "sibling"},
    "secretariat": {"own", "sibling", "foreign"},
}
"""Who lets others in → whose access they see, by the unit that person works in."""
PUBLIC = {"public", "asks about a paper", "only in a demo"}
FRONT_DOOR, SERVED, WHATEVER = ("sent to the front door",), ("served",), ("anything but a fault",)


@dataclass
class Place:
    """A document, its dossier, and somebody of its unit."""

    document: str
    dossier: str
    person: str


@dataclass
class House:
    """Everything there is, by relation; and the session of one role."""

    world: object
    places: dict[str, Place]
    people: dict[str, str]


def house(folder) -> House:
    """Two units of one office, one of another, a report and an editor in each."""
    world = furnished(folder)
    places = {"deleted": Place("0" * 26, "0" * 26, "0" * 26)}
    people = {}
    with open_store(world.settings) as store:
        here, there = (store.offices.add(f"Oficina {country}", country).id for country in ("SLV", "URY"))
        for relation, code, office in (("own", "SLV-A", here), ("sibling", "SLV-B", here), ("foreign", "URY-C", there)):
            unit = world.units[code] = store.units.add(code, f"Unidad {code}", "Institución de ejemplo", code[:3], office).id
            filler = world.people[code] = store.people.add(f"Edición {code}", "", f"{code.casefold()}@example.org").id
            store.grants.give(filler, "unit_editor", "unit", unit)
            dossier, document = opened(store, world, code, code)
            places[relation] = Place(document, dossier, filler)
        store.heartbeats.beat("worker")
        scopes = {"unit_editor": ("unit", world.units["SLV-A"]), "unit_head": ("unit", world.units["SLV-A"]), "office": ("office", here),
                  "secretariat": ("programme", ASSISTANCE), "admin": ("everything", "")}
        for role in VERBS.keys() - {"stranger"}:
            people[role] = store.people.add(role, "", f"role.{role}@example.org").id
            if role in scopes:
                store.grants.give(people[role], "secretariat" if role == "office" else role, *scopes[role])
    return House(world, places, people)


def address(rule, place):
    """A rule of the URL map with every blank filled in."""
    blanks = {"document_id": place.document, "dossier_id": place.dossier, "person_id": place.person, "section": "head", "table": "entries",
              "row": "K7Q2M9XB", "path": "year", "ending": "docx", "language": "es", "code": "AAAA", "page": "1"}
    filled = rule.rule
    for name in rule.arguments:
        kind = next(part for part in (f"<{name}>", f"<int:{name}>", f"<path:{name}>") if part in filled)
        filled = filled.replace(kind, blanks.get(name, "nada"))
    return filled


def expected(role, rule_name, relation):
    """What a rule answers to a role: a status, or that it is served."""
    if rule_name in PUBLIC:
        return WHATEVER
    if role == "stranger":
        return FRONT_DOOR
    if rule_name == "signed in":
        return SERVED
    if rule_name == "manages people":
        return SERVED if role in SEEN else (403,)
    if rule_name in ("opens exchanges", "opens commissions", "prints notebooks"):
        return (403,)
    verb, kind = rule_name.split()
    assert kind in ("document", "dossier"), f"a new kind of rule: say here who may «{rule_name}»"
    verbs = VERBS[role].get(relation, set())
    return SERVED if verb in verbs else (403,) if "view" in verbs else (404,)


def entered(app, house, role):
    """A visitor of a role in a session of its own, with its token."""
    visitor = Visitor(app)
    if role != "stranger":
        with open_store(house.world.settings) as store:
            session = store.sessions.start(house.people[role])
        with visitor.client.session_transaction(base_url=HOST) as held:
            held["token"] = session
    return visitor, visitor.token()


@pytest.fixture(scope="module")
def rules(tmp_path_factory):
    app = site(furnished(tmp_path_factory.mktemp("rules")))
    return {each.endpoint: getattr(app.view_functions[each.endpoint], "rule", "") for each in app.url_map.iter_rules()}


def test_every_route_has_a_rule_of_a_known_kind(rules):
    assert [endpoint for endpoint, rule in rules.items() if not rule] == []
    for rule in rules.values():
        expected("unit_editor", rule, "own")


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("role", VERBS)
def test_each_route_answers_a_role_as_its_rule_says(role, relation, tmp_path):
    here = house(tmp_path)
    app, wrong = site(here.world), []
    lasting = entered(app, here, role)
    for where in sorted({address(rule, here.places[relation]) for rule in app.url_map.iter_rules()}):
        for method in METHODS:
            wanted = wanted_of(app, where, method, role, relation)
            visitor, token = entered(app, here, role) if method == "POST" else lasting
            answer = visitor.send(method, where, data={"csrf_token": token} if method != "GET" else None)
            if not answers(answer, wanted):
                wrong.append((method, where, wanted, answer.status_code))
    assert wrong == []


def wanted_of(app, where, method, role, relation):
    """What an address should answer: 405 where no route takes the method, whoever asks."""
    try:
        endpoint, _ = app.url_map.bind("127.0.0.1").match(where, method=method)
    except MethodNotAllowed:
        return (405,)
    return expected(role, app.view_functions[endpoint].rule, relation)


def answers(answer, wanted):
    if wanted == FRONT_DOOR:
        return (answer.status_code, answer.location) == (302, "/")
    if wanted in (SERVED, WHATEVER):
        return answer.status_code < 500 and (wanted == WHATEVER or (answer.status_code, answer.location) != (302, "/"))
    return answer.status_code in wanted


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("role", SEEN)
def test_whose_access_one_does_not_see_does_not_exist(role, relation, tmp_path):
    here = house(tmp_path)
    app = site(here.world)
    visitor, token = entered(app, here, role)
    person = here.places[relation].person
    seen = relation in SEEN[role]
    assert visitor.get(f"/personas/{person}").status_code == (200 if seen else 404)
    for act in ("dar", "retirar", "invitar", "cerrar", "abrir"):
        answer = visitor.send("POST", f"/personas/{person}/{act}", data={"csrf_token": token})
        assert seen or answer.status_code == 404


def test_an_id_of_nothing_is_as_long_as_a_real_one():
    assert len(new_id()) == len("0" * 26)
