"""Roles × routes × {own, sibling, foreign, deleted} for an exchange, from the URL map: the seventh annex of one traveller."""

from dataclasses import dataclass, field

import pytest
from werkzeug.exceptions import MethodNotAllowed

from app.store import init, open_store
from app.workflow import exchanges, surroundings
from app.workflow.programmes import EXCHANGE
from tests.web.site import HOST, Visitor, World, settings_in, site
from tests.web.test_every_route import FRONT_DOOR, PUBLIC, RELATIONS, SERVED, WHATEVER, Place, address, answers
from tests.workflow.exchanging import FACTS, PEOPLE, TRAVELLERS, Exchange
from tests.workflow.house import House

METHODS = ("GET", "POST")
READS = {"view", "download"}
DOCUMENT = {
    "stranger": set(), "nobody": set(), "admin": set(),
    "host_leader": {"view"}, "visiting_leader": {"view"}, "focal_host": {"view"}, "coordinator": {"view"},
    "focal_visiting": READS | {"review", "approve"}, "secretariat": READS | {"void"},
    "traveller": READS | {"fill", "sign"}, "other traveller": set(), "ministry_rep_visiting": set(), "signatory": set(),
}
"""Role → what it may do with the seventh annex of the second traveller of its own exchange."""
DOSSIER = dict.fromkeys(DOCUMENT, READS) | {
    "stranger": set(), "nobody": set(), "admin": set(), "signatory": set(), "coordinator": {"view"},
    "secretariat": READS | {"packet", "void"},
}
EVERYWHERE = ("secretariat", "coordinator")
"""Roles of the programme: they see its other exchanges as they see this one."""
LETS_IN = ("admin", "secretariat")


@dataclass
class Trip:
    world: World
    places: dict[str, Place]
    people: dict[str, str] = field(default_factory=dict)


def elsewhere(store, secretariat, number, **facts):
    """Another exchange, with other people; the place of its second traveller's seventh annex."""
    people = {role: one | {"email": f"{number}.{one['email']}"} for role, one in PEOPLE.items()}
    travellers = [one | {"email": f"{number}.{index}@example.org"} for index, one in enumerate(TRAVELLERS)]
    dossier = exchanges.open_exchange(store, secretariat, FACTS | facts, people, travellers)
    return place(store, dossier, store.people.by_email(people["host_leader"]["email"]).id)


def place(store, dossier, person):
    document = [each for each in surroundings.current(store, dossier) if each.form == "A7"][1]
    return Place(document.id, dossier.id, person)


@pytest.fixture
def trip(tmp_path):
    world = World(settings_in(tmp_path))
    init(world.settings)
    with open_store(world.settings) as store:
        third = TRAVELLERS[2] | {"email": "tercera@example.org"}
        here = Exchange(House(store), (*TRAVELLERS[:2], third))
        exchanges.invite_travellers(store, here.secretariat, here.now())
        second, third = (store.people.by_email(f"{name}@example.org").id for name in ("segunda", "tercera"))
        store.heartbeats.beat("worker")
        people = {role: store.people.by_email(one["email"]).id for role, one in PEOPLE.items()}
        people |= {"traveller": second, "other traveller": third, "secretariat": here.secretariat.id}
        for role, scope in (("admin", ("everything", "")), ("coordinator", ("programme", EXCHANGE)), ("nobody", None)):
            people[role] = store.people.add(role, "", f"role.{role}@example.org").id
            if scope:
                store.grants.give(people[role], role, *scope)
        people["signatory"] = store.people.add("Firma", "", "autoridad@example.org").id
        store.grants.give(people["signatory"], "sending_authority", "document", here.document("A2").id)
        yield Trip(world, {
            "own": place(store, here.dossier, people["host_leader"]), "deleted": Place("0" * 26, "0" * 26, "0" * 26),
            "sibling": elsewhere(store, here.secretariat, 2),
            "foreign": elsewhere(store, here.secretariat, 3, host_country="BRA", visiting_country="PRY", document_locale="pt_BR"),
        }, people)


def expected(role, rule, relation):
    """What a rule answers to a role: a status, or that it is served."""
    if rule in PUBLIC:
        return WHATEVER
    if role == "stranger":
        return FRONT_DOOR
    if rule == "signed in":
        return SERVED
    if rule == "manages people":
        return SERVED if role in LETS_IN else (403,)
    if rule.startswith("opens "):
        return SERVED if (role, rule) == ("secretariat", "opens exchanges") else (403,)
    if rule == "prints notebooks":
        return SERVED if role == "coordinator" else (403,)
    verb, kind = rule.split()
    there = relation == "own" or (relation != "deleted" and role in EVERYWHERE)
    verbs = {"document": DOCUMENT, "dossier": DOSSIER}[kind][role] if there else set()
    return SERVED if verb in verbs else (403,) if "view" in verbs else (404,)


def entered(app, trip, role):
    """A visitor of a role in a session of its own, with its token."""
    visitor = Visitor(app)
    if role != "stranger":
        with open_store(trip.world.settings) as store, visitor.client.session_transaction(base_url=HOST) as held:
            held["token"] = store.sessions.start(trip.people[role])
    return visitor, visitor.token()


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("role", DOCUMENT)
def test_each_route_answers_a_role_of_an_exchange_as_its_rule_says(role, relation, trip):
    app, wrong = site(trip.world), []
    lasting = entered(app, trip, role)
    for where in sorted({address(rule, trip.places[relation]) for rule in app.url_map.iter_rules()}):
        for method in METHODS:
            try:
                endpoint, _ = app.url_map.bind("127.0.0.1").match(where, method=method)
            except MethodNotAllowed:
                continue
            wanted = expected(role, app.view_functions[endpoint].rule, relation)
            visitor, token = entered(app, trip, role) if method == "POST" else lasting
            answer = visitor.send(method, where, data={"csrf_token": token} if method == "POST" else None)
            if not answers(answer, wanted):
                wrong.append((method, where, wanted, answer.status_code))
    assert wrong == []
