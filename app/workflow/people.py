"""Who gets in and what they may do: inviting, giving and withdrawing roles, shutting out; every act is written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, TypeAlias

from email_validator import EmailNotValidError, validate_email

from app.errors import N_, Forbidden, Invalid, NotFound
from app.store import Deed, Grant, Message, Person, Store
from app.workflow import mailing, programmes, signing_in
from app.workflow.programmes import ASSISTANCE, COMMISSION, EXCHANGE
from forms.values import Answers

Scope: TypeAlias = tuple[str, str]
"""A kind of scope and the id of what it reaches: ('unit', …), ('everything', '')."""

ROLES: Final[Mapping[str, tuple[str, ...]]] = {
    "unit_editor": ("unit",),
    "unit_head": ("unit",),
    "secretariat": ("programme", "office", "everything"),
    "coordinator": ("programme",),
    "pact_coordination": ("programme",),
    "admin": ("everything",),
}
"""Role → the kinds of scope it is given in (forms.md §2). Those of one exchange or commission come with being named in it."""
WITHIN: Final[Mapping[str, frozenset[str]]] = {
    "secretariat": frozenset({ASSISTANCE, EXCHANGE}), "coordinator": frozenset({EXCHANGE}), "pact_coordination": frozenset({COMMISSION})
}
"""Role → the programmes it is given in."""
GIVES: Final[Mapping[str, frozenset[str]]] = {"admin": frozenset(ROLES), "secretariat": frozenset({"unit_editor", "unit_head"})}
"""Role → the roles it gives and withdraws, within its own scope; nobody changes their own."""
TITLES: Final[Mapping[str, str]] = {
    "unit_editor": N_("Edición de unidad"),
    "unit_head": N_("Jefatura de unidad"),
    **{role: programmes.ROLES[role] for role in ("secretariat", "coordinator", "pact_coordination", "admin")},
}
LOCALES: Final = ("es", "pt_BR", "en")
LINK_LASTS: Final = timedelta(days=3)
"""How long the link of an invitation works; afterwards the person asks for one like anybody."""
LONGEST_NAME: Final = 80
INVITATION: Final = "invitation"
MINISTRY: Final = "ministry_rep"
NO_EMAIL: Final = N_("Escriba un correo completo, como nombre@example.org.")
NO_NAME: Final = N_("Escriba el nombre.")
LONG_NAME: Final = N_("Escriba un nombre de 80 letras como máximo.")
NO_ROLE: Final = N_("Elija una función de la lista.")
NO_SCOPE: Final = N_("Elija dónde la ejerce.")
NO_LANGUAGE: Final = N_("Elija un idioma de la lista.")
NOT_ONESELF: Final = N_("Nadie cambia su propio acceso. Pídalo a otra persona de la administración.")


@dataclass(frozen=True)
class Invitation:
    """Somebody to let in, and what for."""

    email: str
    given_names: str
    family_names: str
    role: str
    scope: Scope
    locale: str = "es"


@dataclass(frozen=True)
class Choice:
    """A role in a scope that somebody may give; `place` is the name of the unit or office, '' for a programme or everything."""

    role: str
    scope: Scope
    place: str


@dataclass(frozen=True)
class Listed:
    """A person and their roles."""

    person: Person
    grants: tuple[Grant, ...]


@dataclass(frozen=True)
class Profile:
    """All there is to know about somebody's access; `choices` and `changeable` are what the reader may give and withdraw."""

    person: Person
    grants: tuple[Grant, ...]
    changeable: frozenset[str]
    choices: tuple[Choice, ...]
    deeds: tuple[Deed, ...]
    mail: tuple[Message, ...]
    oneself: bool


@dataclass(frozen=True)
class Reach:
    """What one person may give, and where: their roles that give others, with their scopes, and where each unit lies."""

    actor_id: str
    giving: tuple[tuple[str, Scope], ...]
    offices: Mapping[str, str | None]

    @property
    def everybody(self) -> bool:
        return any(role == "admin" for role, _ in self.giving)

    def gives(self, role: str, scope: Scope) -> bool:
        """Whether one of the roles gives this one, and reaches as far."""
        around = self._around(scope)
        return any(role in GIVES[own] and held in around for own, held in self.giving)

    def _around(self, scope: Scope) -> frozenset[Scope]:
        """A scope and those that hold it."""
        every = {scope, ("everything", "")}
        if scope[0] != "unit" or scope[1] not in self.offices:
            return frozenset(every)
        office = self.offices[scope[1]]
        return frozenset(every | {("programme", ASSISTANCE)} | ({("office", office)} if office else set()))


def _reach(store: Store, actor: Person) -> Reach:
    giving = tuple((grant.role, _scope(grant)) for grant in store.grants.of(actor.id) if grant.role in GIVES)
    return Reach(actor.id, giving, {unit.id: unit.office_id for unit in store.units.all()} if giving else {})


def listed(store: Store, actor: Person) -> tuple[Listed, ...]:
    """The people the actor sees: all for the administration, else those of its scopes and those who have no role at all."""
    reach = _reach(store, actor)
    every = ((each, store.grants.of(each.id)) for each in (store.people.all() if reach.giving else ()))
    return tuple(Listed(each, grants) for each, grants in every if _sees(reach, each, grants))


def profile(store: Store, actor: Person, person_id: str) -> Profile:
    """Somebody's access. Raises NotFound for who is not there and who is not the actor's to see, both alike."""
    person = _seen(store, actor, person_id)
    grants, oneself = store.grants.of(person.id), person.id == actor.id
    held = {(grant.role, (grant.scope_kind, grant.scope_id)) for grant in grants}
    choices = () if oneself else tuple(each for each in choices_of(store, actor) if (each.role, each.scope) not in held)
    reach = _reach(store, actor)
    changeable = frozenset() if oneself else frozenset(grant.id for grant in grants if reach.gives(grant.role, _scope(grant)))
    return Profile(person, grants, changeable, choices, store.deeds.of(person.id), store.outbox.of(person.id), oneself)


def choices_of(store: Store, actor: Person) -> tuple[Choice, ...]:
    """Every role in every scope the actor may give."""
    reach, known = _reach(store, actor), places(store)
    found = (Choice(role, scope, known[scope]) for role in ROLES for scope in known if _fits(role, scope))
    return tuple(each for each in found if reach.gives(each.role, each.scope))


def invite(store: Store, actor: Person | None, invitation: Invitation, key: str = "") -> Person:
    """Let somebody in: the person if new, the role, a mail with a link. `actor` None is the command line of the installation.

    Raises Invalid for what cannot be (its `places['field']` says which), Forbidden for a role that is not the actor's to give.
    """
    made = _checked(store, invitation)
    if actor and actor.email == made.email:
        raise Forbidden(NOT_ONESELF)
    if actor and not _reach(store, actor).gives(made.role, made.scope):
        raise Forbidden
    by = actor.id if actor else ""
    return store.people.get(str(store.requests.once(key, by, f"invite:{made.email}"[:200], lambda: _invited(store, by, made))))


def invite_again(store: Store, actor: Person, person_id: str) -> None:
    """Send the invitation once more. Raises NotFound."""
    person = _seen(store, actor, person_id)
    with store.atomic():
        store.deeds.add("invited", person.id, actor.id)
        mailing.post(store, INVITATION, person)


def give(store: Store, actor: Person, person_id: str, role: str, scope: Scope) -> Grant:
    """Give a role. Raises NotFound, Invalid, Forbidden."""
    person = _changed(store, actor, person_id)
    if not _exists(store, role, scope):
        raise Invalid(NO_SCOPE)
    if not _reach(store, actor).gives(role, scope):
        raise Forbidden
    with store.atomic():
        return _given(store, actor.id, person, role, scope)


def withdraw(store: Store, actor: Person, person_id: str, grant_id: str) -> None:
    """Take a role away; from the next request on it does not count. Raises NotFound, Forbidden."""
    person = _changed(store, actor, person_id)
    grant = next((each for each in store.grants.of(person.id) if each.id == grant_id), None)
    if grant is None:
        raise NotFound
    if not _reach(store, actor).gives(grant.role, _scope(grant)):
        raise Forbidden
    with store.atomic():
        store.grants.take(grant.id)
        store.deeds.add("withdrawn", person.id, actor.id, grant.role, grant.scope_kind, grant.scope_id)


def set_disabled(store: Store, actor: Person, person_id: str, disabled: bool) -> None:
    """Shut somebody out, ending sessions and links at once, or let them in again. Raises NotFound.

    Forbidden unless the actor may withdraw every role the person has.
    """
    person = _changed(store, actor, person_id)
    reach = _reach(store, actor)
    if not all(reach.gives(grant.role, _scope(grant)) for grant in store.grants.of(person.id)):
        raise Forbidden
    with store.atomic():
        store.people.set_disabled(person.id, disabled)
        store.deeds.add("disabled" if disabled else "enabled", person.id, actor.id)
        if disabled:
            store.sessions.revoke_all(person.id)
            store.links.void(person.id)


def places(store: Store) -> Mapping[Scope, str]:
    """Every scope there is, with the name of its unit or office; '' for what has none of its own."""
    units = {("unit", each.id): each.name for each in store.units.all()}
    offices = {("office", each.id): each.name for each in store.offices.all()}
    within = {("programme", each): "" for each in (ASSISTANCE, EXCHANGE, COMMISSION)}
    return {**units, **within, **offices, ("everything", ""): ""}


def named_scope(store: Store, role: str, text: str) -> Scope:
    """A scope as the command line says it: '' for the role's widest, a unit's code, an office's name. Raises Invalid naming the choices."""
    if role not in ROLES:
        raise Invalid(N_("No hay ninguna función «{role}». Las que hay: {roles}."), role=role, roles=", ".join(ROLES))
    if not text and "everything" in ROLES[role]:
        return "everything", ""
    known = {_spelled(store, scope, name): scope for scope, name in places(store).items() if scope[1] and _fits(role, scope)}
    if not text and len(WITHIN.get(role, ())) == 1:
        (text,) = WITHIN[role]
    if text not in known:
        raise Invalid(N_("Diga dónde con --scope. Lo que hay: {known}."), known=", ".join(known) or "—")
    return known[text]


def _spelled(store: Store, scope: Scope, name: str) -> str:
    return store.units.get(scope[1]).code if scope[0] == "unit" else name or scope[1]


def _invited(store: Store, by: str, made: Invitation) -> str:
    person = store.people.by_email(made.email) or store.people.add(
        made.given_names, made.family_names, made.email, locale=made.locale
    )
    store.deeds.add("invited", person.id, by)
    _given(store, by, person, made.role, made.scope)
    mailing.post(store, INVITATION, person)
    return person.id


def admit(store: Store, by: str, answers: Answers, role: str, scope: Scope, invited: bool = True) -> Person:
    """Let in somebody a dossier names (PERSON answers) for a role there; inside the write that names them.

    A mail says so, unless another one will (not `invited`). Raises Invalid without an e-mail.
    """
    email = _email(str(answers.get("email") or ""))
    if not email:
        raise Invalid(NO_EMAIL, field="email")
    told = {key: str(answers.get(key) or "") for key in ("given_names", "family_names", "position", "institution", "phone")}
    person = store.people.by_email(email) or store.people.add(
        told["given_names"], told["family_names"], email, told["position"], told["institution"], phone=told["phone"]
    )
    if any((grant.role, _scope(grant)) == (role, scope) for grant in store.grants.of(person.id)):
        return person
    _given(store, by, person, role, scope)
    if person.id != by and invited:
        store.deeds.add("invited", person.id, by)
        mailing.post(store, INVITATION, person)
    return person


def dismiss(store: Store, by: str, grant: Grant) -> None:
    """Take back a role a dossier gave; inside the write that names somebody else."""
    store.grants.take(grant.id)
    store.deeds.add("withdrawn", grant.person_id, by, grant.role, grant.scope_kind, grant.scope_id)


def role_of(held: str) -> str:
    """The role of who a dossier names so: 'ministry_rep_host' is a ministry's representative, on that side."""
    return MINISTRY if held.startswith(MINISTRY) else held


def _given(store: Store, by: str, person: Person, role: str, scope: Scope) -> Grant:
    grant = store.grants.give(person.id, role, *scope)
    store.deeds.add("granted", person.id, by, role, *scope)
    return grant


def _checked(store: Store, said: Invitation) -> Invitation:
    """An invitation that can be sent. Raises Invalid with the field in `places`."""
    given, family = " ".join(said.given_names.split()), " ".join(said.family_names.split())
    wrong = {
        "email": NO_EMAIL if not (email := _email(said.email)) else "",
        "given_names": NO_NAME if not given else LONG_NAME if len(given) > LONGEST_NAME else "",
        "family_names": LONG_NAME if len(family) > LONGEST_NAME else "",
        "role": NO_ROLE if said.role not in ROLES else "",
        "scope": NO_SCOPE if not _exists(store, said.role, said.scope) else "",
        "locale": NO_LANGUAGE if said.locale not in LOCALES else "",
    }
    for field, sentence in wrong.items():
        if sentence:
            raise Invalid(sentence, field=field)
    return Invitation(email, given, family, said.role, said.scope, said.locale)


def _email(text: str) -> str:
    """An address with an ASCII domain, or '' for what is none."""
    try:
        found = validate_email(text.strip().lower(), check_deliverability=False, test_environment=True, allow_smtputf8=False)
    except EmailNotValidError:
        return ""
    return f"{found.local_part}@{found.ascii_domain}"


def _exists(store: Store, role: str, scope: Scope) -> bool:
    """Whether the role is given in such a scope and the scope is there."""
    return _fits(role, scope) and scope in places(store)


def _fits(role: str, scope: Scope) -> bool:
    return scope[0] in ROLES.get(role, ()) and (scope[0] != "programme" or scope[1] in WITHIN[role])


def _scope(grant: Grant) -> Scope:
    return grant.scope_kind, grant.scope_id


def _sees(reach: Reach, person: Person, grants: tuple[Grant, ...]) -> bool:
    """Administration sees everybody; else one sees oneself, who has a role one gives, and who has none."""
    if not reach.giving:
        return False
    known = reach.everybody or person.id == reach.actor_id or not grants
    return known or any(reach.gives(each.role, _scope(each)) for each in grants)


def _seen(store: Store, actor: Person, person_id: str) -> Person:
    person = store.people.get(person_id)
    if not _sees(_reach(store, actor), person, store.grants.of(person.id)):
        raise NotFound
    return person


def _changed(store: Store, actor: Person, person_id: str) -> Person:
    """Somebody whose access the actor may change. Raises NotFound, Forbidden."""
    person = _seen(store, actor, person_id)
    if person.id == actor.id:
        raise Forbidden(NOT_ONESELF)
    return person


@mailing.letter(INVITATION)
def _written(store: Store, message: Message) -> mailing.Draft | None:
    if message.person_id is None:
        return None
    person = store.people.get(message.person_id)
    say = mailing.words_of(person)
    known = {**programmes.ROLES, **TITLES}
    roles = dict.fromkeys(say(known[grant.role]) for grant in store.grants.of(person.id) if grant.role in known)
    paragraphs = (
        say(N_("Ya puede entrar en Anexa, donde los informes se llenan, se revisan y se firman.")),
        *([say(N_("Su función: {roles}."), roles=", ".join(roles))] if roles else []),
        say(N_("Entre con este enlace. Sirve una sola vez y durante {days} días:"), days=LINK_LASTS.days),
        signing_in.link(store, person, LINK_LASTS),
        say(N_("Después, pida otro cuando quiera con este mismo correo en {address}"), address=f"{store.settings.base_url}/entrar"),
    )
    return mailing.Draft(person, say(N_("Invitación a Anexa")), paragraphs)
