"""Who lets whom in: the matrix of roles given, nobody's own, what is not one's to see does not exist."""

import pytest

from app.errors import Forbidden, Invalid, NotFound
from app.store import new_id
from app.workflow import access, mailing, people, signing_in
from app.workflow.people import NO_EMAIL, NO_NAME, NO_ROLE, NO_SCOPE, NOT_ONESELF, Invitation
from app.workflow.programmes import ASSISTANCE, COMMISSION, EXCHANGE

EVERYTHING, PROGRAMME = ("everything", ""), ("programme", ASSISTANCE)
GIVEN = {
    "admin": {"unit_editor": "own other", "unit_head": "own other", "secretariat": "everything programme exchanges office",
              "coordinator": "exchanges", "pact_coordination": "commissions", "admin": "everything"},
    "secretariat": {"unit_editor": "own other", "unit_head": "own other"},
    "office": {"unit_editor": "own", "unit_head": "own"},
    "ana": {}, "head": {}, "stranger": {}, "nobody": {},
}
"""Who gives what where: the unit `own` belongs to the office, `other` to none."""


@pytest.fixture
def actors(house):
    house.office = house.person("De la oficina", "secretariat", "office", house.unit.office_id)
    return house


def scopes(house):
    return {"own": ("unit", house.unit.id), "other": ("unit", house.other.id), "everything": EVERYTHING, "programme": PROGRAMME,
            "office": ("office", house.unit.office_id), "exchanges": ("programme", EXCHANGE), "commissions": ("programme", COMMISSION)}


def invitation(house, **more):
    said = {"email": "nueva@example.org", "given_names": "Nueva", "family_names": "Persona", "role": "unit_editor",
            "scope": ("unit", house.unit.id)}
    return Invitation(**said | more)


@pytest.mark.parametrize("who", GIVEN)
@pytest.mark.parametrize("role", people.ROLES)
@pytest.mark.parametrize("where", ["own", "other", "everything", "programme", "exchanges", "commissions", "office"])
def test_each_role_is_given_by_whom_the_matrix_says(actors, who, role, where):
    actor, scope = getattr(actors, who), scopes(actors)[where]
    allowed = where in GIVEN[who].get(role, "").split()
    assert (any((each.role, each.scope) == (role, scope) for each in people.choices_of(actors.store, actor))) is allowed
    if allowed:
        person = people.invite(actors.store, actor, invitation(actors, role=role, scope=scope))
        assert [(grant.role, (grant.scope_kind, grant.scope_id)) for grant in actors.store.grants.of(person.id)] == [(role, scope)]
    else:
        with pytest.raises((Forbidden, Invalid)):
            people.invite(actors.store, actor, invitation(actors, role=role, scope=scope))
        assert actors.store.people.by_email("nueva@example.org") is None


def test_an_invitation_is_a_person_a_role_a_mail_and_a_line_in_the_log(house):
    person = people.invite(house.store, house.admin, invitation(house, email=" NUEVA@example.org ", locale="pt_BR"), key="k")
    assert (person.email, person.name, person.locale) == ("nueva@example.org", "Nueva Persona", "pt_BR")
    assert [deed.kind for deed in house.store.deeds.of(person.id)] == ["granted", "invited"]
    assert {deed.actor_id for deed in house.store.deeds.of(person.id)} == {house.admin.id}
    mailing.deliver(house.store.settings)
    [file] = house.store.settings.mail.iterdir()
    link = next(word for word in file.read_bytes().decode().replace("=\r\n", "").split() if "/entrar/" in word)
    assert signing_in.enter(house.store, link.rpartition("/")[2], "192.0.2.1")[1] == person


def test_the_same_button_twice_is_one_invitation(house):
    first, again = (people.invite(house.store, house.admin, invitation(house), key="k") for _ in range(2))
    assert first == again
    assert len(house.store.outbox.of(first.id)) == 1


def test_somebody_known_gets_the_role_and_keeps_the_name(house):
    person = people.invite(house.store, house.secretariat, invitation(house, email=house.nobody.email, given_names="Otro nombre"))
    assert person == house.nobody
    assert access.can(house.store, person, "open", house.unit)


@pytest.mark.parametrize(("changes", "field", "sentence"), [
    ({"email": "nadie"}, "email", NO_EMAIL), ({"email": "a@b@example.org"}, "email", NO_EMAIL), ({"email": ""}, "email", NO_EMAIL),
    ({"email": "ana@example.org\nBcc: x@example.org"}, "email", NO_EMAIL), ({"email": "ñ@example.org"}, "email", NO_EMAIL),
    ({"given_names": "  "}, "given_names", NO_NAME), ({"role": "jefe"}, "role", NO_ROLE), ({"scope": ("unit", "nada")}, "scope", NO_SCOPE),
    ({"scope": EVERYTHING}, "scope", NO_SCOPE), ({"role": "admin", "scope": PROGRAMME}, "scope", NO_SCOPE),
])
def test_what_is_wrong_with_an_invitation_is_said_of_its_field(house, changes, field, sentence):
    with pytest.raises(Invalid) as refused:
        people.invite(house.store, house.admin, invitation(house, **changes))
    assert (refused.value.places["field"], refused.value.message) == (field, sentence)


def test_a_role_withdrawn_counts_no_more_and_is_remembered(house):
    document = house.report()
    [grant] = house.store.grants.of(house.ana.id)
    people.withdraw(house.store, house.secretariat, house.ana.id, grant.id)
    with pytest.raises(NotFound):
        access.document(house.store, house.ana, document.id)
    [deed] = house.store.deeds.of(house.ana.id)
    assert (deed.kind, deed.role, deed.actor_id) == ("withdrawn", "unit_editor", house.secretariat.id)
    with pytest.raises(NotFound):
        people.withdraw(house.store, house.secretariat, house.ana.id, grant.id)


def test_a_grant_is_withdrawn_from_its_own_person_only(house):
    [grant] = house.store.grants.of(house.beto.id)
    with pytest.raises(NotFound):
        people.withdraw(house.store, house.admin, house.ana.id, grant.id)
    assert house.store.grants.of(house.beto.id) == (grant,)


def test_shutting_out_ends_sessions_and_links_at_once_and_can_be_undone(house):
    session, token = house.store.sessions.start(house.ana.id), house.store.links.make(house.ana.id, signing_in.LASTS)
    people.set_disabled(house.store, house.admin, house.ana.id, disabled=True)
    assert signing_in.visitor(house.store, session) is None
    assert house.store.links.find(token) is None
    people.set_disabled(house.store, house.admin, house.ana.id, disabled=False)
    assert signing_in.visitor(house.store, session) is None
    assert signing_in.visitor(house.store, house.store.sessions.start(house.ana.id)) == house.ana


def test_nobody_changes_their_own_access(house):
    [grant] = house.store.grants.of(house.admin.id)
    acts = (
        lambda: people.give(house.store, house.admin, house.admin.id, "secretariat", EVERYTHING),
        lambda: people.withdraw(house.store, house.admin, house.admin.id, grant.id),
        lambda: people.set_disabled(house.store, house.admin, house.admin.id, disabled=True),
        lambda: people.invite(house.store, house.admin, invitation(house, email=house.admin.email, role="secretariat", scope=EVERYTHING)),
    )
    for act in acts:
        with pytest.raises(Forbidden) as forbidden:
            act()
        assert forbidden.value.message == NOT_ONESELF
    assert house.store.grants.of(house.admin.id) == (grant,)


def test_the_secretariat_cannot_shut_out_or_change_the_administration(house):
    house.store.grants.give(house.admin.id, "unit_head", "unit", house.unit.id)
    admin = next(grant for grant in house.store.grants.of(house.admin.id) if grant.role == "admin")
    with pytest.raises(Forbidden):
        people.withdraw(house.store, house.secretariat, house.admin.id, admin.id)
    with pytest.raises(Forbidden):
        people.set_disabled(house.store, house.secretariat, house.admin.id, disabled=True)
    assert people.profile(house.store, house.secretariat, house.admin.id).changeable.isdisjoint({admin.id})


@pytest.mark.parametrize(("who", "seen"), [
    ("admin", {"ana", "beto", "head", "stranger", "secretariat", "admin", "nobody", "office"}),
    ("secretariat", {"ana", "beto", "head", "stranger", "secretariat", "nobody"}),
    ("office", {"ana", "beto", "head", "office", "nobody"}),
    ("ana", set()), ("nobody", set()),
])
def test_each_sees_the_people_within_reach(actors, who, seen):
    listed = {each.person.id for each in people.listed(actors.store, getattr(actors, who))}
    assert listed == {getattr(actors, name).id for name in seen}


def test_missing_and_out_of_reach_are_the_same(actors):
    for person_id in (actors.stranger.id, actors.admin.id, new_id(), "", "../x"):
        for act in (
            lambda it: people.profile(actors.store, actors.office, it), lambda it: people.invite_again(actors.store, actors.office, it),
            lambda it: people.give(actors.store, actors.office, it, "unit_head", ("unit", actors.unit.id)),
            lambda it: people.withdraw(actors.store, actors.office, it, "x"),
            lambda it: people.set_disabled(actors.store, actors.office, it, disabled=True),
        ):
            with pytest.raises(NotFound) as told:
                act(person_id)
            assert (told.value.message, told.value.places) == (NotFound.message, {})


def test_an_invitation_sent_again_is_another_mail(house):
    person = people.invite(house.store, house.admin, invitation(house))
    people.invite_again(house.store, house.admin, person.id)
    assert [each.kind for each in people.profile(house.store, house.admin, person.id).mail] == ["invitation"] * 2


@pytest.mark.parametrize(("role", "text", "scope"), [
    ("admin", "", EVERYTHING), ("secretariat", "", EVERYTHING), ("secretariat", ASSISTANCE, PROGRAMME),
    ("secretariat", "Oficina de ejemplo", "office"), ("unit_head", "SLV-CONNA-DPI", "own"),
    ("coordinator", "", "exchanges"), ("coordinator", EXCHANGE, "exchanges"), ("pact_coordination", "", "commissions"),
])
def test_the_command_line_names_a_scope_by_its_code(house, role, text, scope):
    assert people.named_scope(house.store, role, text) == scopes(house).get(scope, scope)


@pytest.mark.parametrize(("role", "text", "said"), [
    ("jefe", "", "unit_editor"), ("unit_editor", "", "SLV-CONNA-DPI"), ("unit_editor", "Oficina de ejemplo", "URY-EJEMPLO-UPI"),
    ("admin", "SLV-CONNA-DPI", "—"), ("coordinator", ASSISTANCE, EXCHANGE),
])
def test_a_scope_that_cannot_be_is_answered_with_those_there_are(house, role, text, said):
    with pytest.raises(Invalid) as refused:
        people.named_scope(house.store, role, text)
    assert said in str(refused.value)
