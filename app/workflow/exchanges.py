"""Exchanges: opened by the secretariat with their facts, people and travellers, and kept right while they are planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from app import i18n
from app.errors import N_, Forbidden, Invalid, NotFound
from app.store import Document, Dossier, Office, Person, Store
from app.workflow import access, consequences, opening, people, programmes, resolving, surroundings
from app.workflow.completeness import checked_answers
from app.workflow.intake import WrongAnswers
from forms import FORMS
from forms.catalogues import ALPHA_2
from forms.facts import NAMES, PEOPLE
from forms.kinds.base import Problem
from forms.kinds.rows import new_row_id
from forms.opening import OPENING, SIDES
from forms.path import AnswerPath
from forms.spec import SUBJECTS
from forms.values import ID, ORDER, Answers, Json, mapping, rows_of
from forms.view import BARE, Address

DELEGATION: Final = ("A2", "travellers")
"""Where travellers live, once (R-28)."""
FIRST: Final = "planning"
"""The state exchanges open in, until the forms of phases 1 and 2 exist."""
LISTED: Final = "travellers_listed"
OFFICED: Final = {"focal_host": "host", "focal_visiting": "visiting"}
"""Roles somebody may have for all exchanges of an office."""
TOO_MANY: Final = N_("Viajan hasta {most} personas; hay {count}.")
NOT_THERE: Final = N_("Todavía no hay dónde anotar a quienes viajan.")


def open_exchange(
    store: Store, person: Person, facts: Answers, people: Mapping[str, Answers], travellers: Sequence[Answers] = (), key: str = ""
) -> Dossier:
    """A new exchange at `planning` with its documents; its people get their roles and a mail, travellers become rows of Anexo II.

    Raises WrongAnswers naming each fact and person that cannot be, Forbidden.
    """
    if not access.opens(store, person, programmes.EXCHANGE):
        raise Forbidden
    said = _checked({**facts, **people})
    if len(travellers) > SUBJECTS:
        raise Invalid(TOO_MANY, most=SUBJECTS, count=len(travellers))
    given = {role: said.pop(role) for role in PEOPLE if role in said}
    rows = _rows(travellers)
    opened = store.requests.once(key, person.id, "open:exchange", lambda: _opened(store, person, said, given, rows))
    return store.dossiers.get(str(opened))


def _checked(answers: Answers) -> dict[str, Json]:
    """Facts and people as they are kept. Raises WrongAnswers."""
    fmt = i18n.formatter("es")
    wrong = tuple(resolving.faults(OPENING, answers, BARE, fmt))
    found = checked_answers(OPENING, answers, BARE, fmt)
    rules = (Problem(rule.owner or AnswerPath(), rule.message, dict(rule.places)) for rule in found.rules)
    if problems := wrong or (*found.problems, *rules):
        raise WrongAnswers(tuple(problems))
    return {kind.key: kind.check(answers[kind.key]) for kind in OPENING.kinds if answers.get(kind.key) not in (None, "", {}, [])}


def _rows(travellers: Sequence[Answers]) -> list[Answers]:
    """The travellers as rows of the delegation, each with an id. Raises WrongAnswers for what the form would not take."""
    form, table = FORMS.get(DELEGATION[0]), DELEGATION[1]
    rows: list[Answers] = [{ID: new_row_id(), **traveller} for traveller in travellers]
    if rows and form is None:
        raise Invalid(NOT_THERE)
    if form and (wrong := resolving.faults(form, {table: rows}, BARE, i18n.formatter("es"))):
        raise WrongAnswers(tuple(wrong))
    return rows


def _opened(store: Store, person: Person, facts: Answers, given: Mapping[str, Json], travellers: Sequence[Answers]) -> str:
    offices = {side: _office(store, str(facts[f"{side}_country"])) for side in ("host", "visiting")}
    ids = {side: office.id if office else None for side, office in offices.items()}
    locale = str(facts["document_locale"])
    dossier = store.dossiers.add(
        _code(store, facts), programmes.EXCHANGE, str(facts["title"]), country_of(locale), locale, actor_id=person.id, facts=facts,
        state=FIRST, people={role: mapping(answers) for role, answers in given.items()},
        host_office_id=ids["host"], visiting_office_id=ids["visiting"],
    )
    for role, answers in given.items():
        _admit(store, person, dossier, role, mapping(answers))
    opening.ensured(store, dossier.id, person.id)
    if travellers:
        _list(store, person, dossier, travellers)
        opening.ensured(store, dossier.id, person.id)
    return dossier.id


def _code(store: Store, facts: Answers) -> str:
    """'PE-2027-URY-SLV-01': year, host, visitor, the next free serial."""
    year = str(mapping(facts["visit_period"])["start"])[:4]
    stem = f"PE-{year}-{facts['host_country']}-{facts['visiting_country']}"
    serial = 1 + sum(each.code.startswith(f"{stem}-") for each in store.dossiers.of_programme(programmes.EXCHANGE))
    return f"{stem}-{serial:02}"


def _office(store: Store, country: str) -> Office | None:
    return next((office for office in store.offices.all() if office.country == country), None)


def country_of(locale: str) -> str:
    """ISO alpha-3 of a document locale: 'es_UY' → URY."""
    short = locale.partition("_")[2]
    return next(long for long, code in ALPHA_2.items() if code == short)


def _list(store: Store, person: Person, dossier: Dossier, travellers: Sequence[Answers]) -> None:
    """Write the travellers as rows of the delegation."""
    document = _delegation(store, dossier)
    if document is None:
        raise Invalid(NOT_THERE)
    table = AnswerPath((DELEGATION[1],))
    leaves: dict[str, Json] = {}
    for number, traveller in enumerate(travellers):
        row = table / str(traveller[ID])
        leaves[(row / ORDER).pdf] = number
        leaves |= {(row / key).pdf: value for key, value in traveller.items() if key != ID and value is not None}
    store.revisions.append(document.id, document.revision, person.id, "", leaves, kind=LISTED)


def _delegation(store: Store, dossier: Dossier) -> Document | None:
    return next((each for each in surroundings.current(store, dossier) if each.form == DELEGATION[0]), None)


def _admit(store: Store, person: Person, dossier: Dossier, role: str, answers: Answers) -> None:
    """Give somebody the role on their side, unless they have it for the whole office; the secretariat has its own."""
    if role not in SIDES or not answers.get("email"):
        return
    side = SIDES[role]
    held = people.role_of(role)
    office = dossier.host_office_id if side == "host" else dossier.visiting_office_id
    known = store.people.by_email(str(answers["email"]).strip().lower())
    if known and office and role in OFFICED and any(
        (grant.role, grant.scope_kind, grant.scope_id) == (role, "office", office) for grant in store.grants.of(known.id)
    ):
        return
    people.admit(store, person.id, answers, held, ("dossier_side", f"{dossier.id}:{side}"))


def set_facts(store: Store, person: Person, dossier: Dossier, facts: Answers, key: str = "") -> Dossier:
    """Change facts of an exchange; what was submitted keeps what it said and is told to be out of date.

    Other dates open the next version of what was signed with the old ones (R-29).
    Raises WrongAnswers, Forbidden, NotFound.
    """
    _governed(store, person, dossier)
    said = _checked({**_known(dossier), **facts})
    gone = {name: None for name in facts if name in NAMES and name not in said}
    changed = {name: said[name] for name in facts if name in said} | gone
    if not facts.keys() <= NAMES:
        raise Invalid
    locale = str(said["document_locale"])

    def work() -> str:
        store.dossiers.set_facts(dossier.id, changed, person.id, country=country_of(locale), locale=locale, title=str(said["title"]))
        if changed.get("visit_period", dossier.facts.get("visit_period")) != dossier.facts.get("visit_period"):
            consequences.dates_changed(store, person, dossier)
        opening.ensured(store, dossier.id, person.id)
        return dossier.id

    return store.dossiers.get(str(store.requests.once(key, person.id, f"facts:{dossier.id}", work)))


def set_person(store: Store, person: Person, dossier: Dossier, role: str, answers: Answers, key: str = "") -> Dossier:
    """Say who has a role in an exchange from now on: who had it there loses it, the new one gets it and a mail.

    Raises WrongAnswers, Forbidden, NotFound.
    """
    _governed(store, person, dossier)
    if role not in PEOPLE:
        raise NotFound
    said = mapping(_checked({**_known(dossier), role: answers}).get(role))

    def work() -> str:
        before = mapping(dossier.people.get(role))
        if str(before.get("email")).casefold() != str(said.get("email")).casefold():
            _dismiss(store, person, dossier, role, before)
            _admit(store, person, dossier, role, said)
        store.dossiers.set_person(dossier.id, role, said, person.id)
        return dossier.id

    return store.dossiers.get(str(store.requests.once(key, person.id, f"person:{dossier.id}:{role}", work)))


def _known(dossier: Dossier) -> dict[str, Json]:
    """The facts and people it was opened with, as they are now."""
    return {**{name: value for name, value in dossier.facts.items() if name in NAMES}, **dossier.people}


def _dismiss(store: Store, person: Person, dossier: Dossier, role: str, before: Answers) -> None:
    """Take the role on this dossier's side back from who had it."""
    known = store.people.by_email(str(before.get("email") or "").strip().lower()) if role in SIDES else None
    scope = f"{dossier.id}:{SIDES.get(role)}"
    for grant in store.grants.of(known.id) if known else ():
        if (grant.role, grant.scope_kind, grant.scope_id) == (people.role_of(role), "dossier_side", scope):
            people.dismiss(store, person.id, grant)


def invite_travellers(store: Store, person: Person, dossier: Dossier, key: str = "") -> tuple[Person, ...]:
    """Let in everybody of the delegation who has an e-mail and is not in yet, each for their own row. Raises Forbidden, NotFound."""
    access.require(store, person, "view", dossier)
    document = _delegation(store, dossier)
    if document is None or not (access.opens(store, person, programmes.EXCHANGE) or access.can(store, person, "fill", document, "list")):
        raise Forbidden

    def work() -> list[Json]:
        rows = rows_of(surroundings.of(store, dossier).documents.get(Address(document.form), {}).get(DELEGATION[1]))
        return [each.id for row in rows if (each := invite_traveller(store, person, dossier, row)) is not None]

    told = store.requests.once(key, person.id, f"travellers:{dossier.id}", work)
    return tuple(store.people.get(str(each)) for each in (told if isinstance(told, list | tuple) else ()))


def invite_traveller(store: Store, person: Person, dossier: Dossier, row: Answers) -> Person | None:
    """One traveller let in; None for one who is, or whose e-mail is not known."""
    email, scope = str(row.get("email") or "").strip().lower(), f"{dossier.id}:{row[ID]}"
    if not email or store.grants.within("subject", scope):
        return None
    return people.admit(store, person.id, row, "participant", ("subject", scope))


def _governed(store: Store, person: Person, dossier: Dossier) -> None:
    """Raises NotFound, Forbidden unless the person opens exchanges."""
    access.require(store, person, "view", dossier)
    if not access.opens(store, person, dossier.programme):
        raise Forbidden
