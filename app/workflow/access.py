"""Who may do what: one `can`, deny by default. Objects are loaded through the person's scope; missing and not theirs are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias, TypeVar

from app.errors import Forbidden, NotFound
from app.store import Document, Dossier, Grant, Person, Store, Unit
from app.workflow import permissions
from app.workflow.permissions import LETTERS, PARTICIPANT
from app.workflow.programmes import ASSISTANCE
from forms import FORMS
from forms.spec import Part

REPORT: Final = "IAT"
"""The form a unit opens."""
OWN: Final = "own"
"""The audience of who fills: everything."""
WHOLE: Final = frozenset({OWN, "dossier"})
"""Audiences that see all the record has."""
Object: TypeAlias = Document | Dossier | Unit
Scopes: TypeAlias = Mapping[tuple[str, str], str]
"""The scopes that hold an object, each with the side of the dossier it stands for, '' for both."""
Found = TypeVar("Found", Document, Dossier, Unit)


@dataclass(frozen=True)
class Reach:
    """In which roles a person has to do with an object, and the subjects of its dossier that are theirs."""

    roles: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sight:
    """What a person sees of a document: part, or one copy of it ('key.subject'), → name of the audience they belong to there."""

    parts: Mapping[str, str] = field(default_factory=dict)

    def audience(self, part: str, subject: str = "") -> str:
        """The audience for a part or a copy of it; '' where nothing is seen."""
        return self.parts.get(f"{part}.{subject}", self.parts.get(part, "")) if subject else self.parts.get(part, "")

    def any_of(self, part: str) -> bool:
        """Whether the part, or a copy of it, is seen."""
        return any(name.partition(".")[0] == part for name in self.parts)


def can(store: Store, person: Person, verb: str, obj: Object | None = None, part: str = "") -> bool:
    """Whether one of the person's grants reaches the object and its role has the verb there.

    `part` is 'key' or 'key.subject'; without one, it is enough that the verb holds for some part of the document.
    """
    grants = store.grants.of(person.id)
    if obj is None:
        return any(verb in permissions.ANYWHERE.get(grant.role, ()) for grant in grants)
    return _may(store, person, verb, obj, part, _reach(grants, _scopes(store, obj), _dossier_of(obj)))


def opens(store: Store, person: Person, programme: str) -> bool:
    """Whether a person opens dossiers in a programme."""
    roles = permissions.OPENS.get(programme, frozenset())
    scopes = {("everything", ""), ("programme", programme)}
    return any(grant.role in roles and (grant.scope_kind, grant.scope_id) in scopes for grant in store.grants.of(person.id))


def roles_on(store: Store, person: Person, obj: Object, subject: str = "") -> frozenset[str]:
    """The roles in which a person has to do with an object; a participant's only where `subject` is theirs."""
    reach = reach_of(store, person, obj)
    return reach.roles if subject in reach.subjects else reach.roles - {PARTICIPANT}


def reach_of(store: Store, person: Person, obj: Object) -> Reach:
    """In which roles a person has to do with an object, and which of its subjects are theirs."""
    return _reach(store.grants.of(person.id), _scopes(store, obj), _dossier_of(obj))


def roles_with(form: str, verb: str, part: str = "") -> tuple[str, ...]:
    """The roles that may do `verb` with documents of a form, or with one part of them."""
    keys = [part.partition(".")[0]] if part else _parts(form)
    every = (role for key in keys for role in permissions.MATRIX.get(permissions.key_of(form, key), {}))
    return tuple(role for role in dict.fromkeys(every) if any(verb in _verbs(form, key, role, own=True) for key in keys))


def people(store: Store, verb: str, obj: Object, role: str = "", part: str = "") -> tuple[Person, ...]:
    """Everybody who may do `verb` with an object or a part of it, or only those who may in that role; nobody who is shut out."""
    scopes, dossier_id = _scopes(store, obj), _dossier_of(obj)
    held: dict[str, list[Grant]] = {}
    for scope in sorted({*scopes, *_subject_scopes(store, obj)}):
        for grant in store.grants.within(*scope):
            held.setdefault(grant.person_id, []).append(grant)
    found = []
    for person_id, grants in held.items():
        person, reach = store.people.get(person_id), _reach(tuple(grants), scopes, dossier_id)
        reach = Reach(reach.roles & {role}, reach.subjects) if role else reach
        if person.disabled_at is None and person.forgotten_at is None and _may(store, person, verb, obj, part, reach):
            found.append(person)
    return tuple(found)


def roles(store: Store, person: Person) -> tuple[Grant, ...]:
    """What the person was given: roles and their scopes."""
    return store.grants.of(person.id)


def sees(store: Store, person: Person, document: Document) -> Sight:
    """The parts of a document a person sees, and as whom."""
    reach, parts = reach_of(store, person, document), {}
    for part in _spec(document.form):
        named = [f"{part.key}.{subject}" for subject in reach.subjects] if part.subject else []
        for name in (part.key, *named):
            if audience := _audience(store, person, document, name, reach):
                parts[name] = audience
    return Sight(parts)


def document(store: Store, person: Person, document_id: str, verb: str = "view") -> Document:
    """The document, if it exists and the person sees it (else NotFound) and may do `verb` with it (else Forbidden)."""
    return _through(store, person, verb, lambda: store.documents.get(document_id))


def dossier(store: Store, person: Person, dossier_id: str, verb: str = "view") -> Dossier:
    """The dossier, as `document` does."""
    return _through(store, person, verb, lambda: store.dossiers.get(dossier_id))


def unit(store: Store, person: Person, unit_id: str, verb: str = "open") -> Unit:
    """The unit, as `document` does."""
    return _through(store, person, verb, lambda: store.units.get(unit_id))


def units(store: Store, person: Person, verb: str = "open") -> tuple[Unit, ...]:
    """The units where the person may do `verb`."""
    return tuple(each for each in store.units.all() if can(store, person, verb, each))


def require(store: Store, person: Person, verb: str, obj: Object, part: str = "") -> None:
    """Raises NotFound for what the person does not see, Forbidden for what they see and may not do."""
    if not can(store, person, "view", obj, part):
        raise NotFound
    if not can(store, person, verb, obj, part):
        raise Forbidden


def own_rows(store: Store, person: Person, document: Document) -> frozenset[str]:
    """The ids of the rows that are the person's own in a document, where its form has such rows (permissions.OWN_ROWS)."""
    if document.form not in permissions.OWN_ROWS or not person.email:
        return frozenset()
    _, source, column = permissions.OWN_ROWS[document.form]
    form, _, table = source.partition(".")
    owners = [each for each in store.documents.of(document.dossier_id) if each.form == form and each.state != "void"]
    leaves = store.revisions.leaves(owners[-1].id) if owners else {}
    said = ((path.split("."), value) for path, value in leaves.items())
    mine = ((steps, value) for steps, value in said if len(steps) > 1 and (steps[0], *steps[2:]) == (table, column))
    return frozenset(steps[1] for steps, value in mine if str(value or "").strip().lower() == person.email)


def _through(store: Store, person: Person, verb: str, load: Callable[[], Found]) -> Found:
    found = load()
    require(store, person, verb, found)
    return found


def _may(store: Store, person: Person, verb: str, obj: Object, part: str, reach: Reach) -> bool:
    if not reach.roles:
        return False
    if isinstance(obj, Document):
        return _may_document(store, person, verb, obj, part, reach)
    if isinstance(obj, Dossier):
        return any(_may_document(store, person, verb, each, part, reach) for each in store.documents.of(obj.id))
    return any(verb in _verbs(REPORT, key, role) for key in _parts(REPORT) for role in reach.roles)


def _may_document(store: Store, person: Person, verb: str, document: Document, part: str, reach: Reach) -> bool:
    if verb == "download":
        parts = [each.key for each in _spec(document.form) if permissions.key_of(document.form, each.key) not in permissions.APART]
        return bool(parts) and all(_audience(store, person, document, key, reach) in WHOLE for key in parts)
    names = [part] if part else _parts(document.form)
    return any(verb in _verbs_of(store, person, document, name, role, reach, some=not part) for name in names for role in reach.roles)


def _audience(store: Store, person: Person, document: Document, name: str, reach: Reach) -> str:
    """The widest audience the person's roles give them for a part or a copy; '' for none."""
    found = ""
    for role in sorted(reach.roles):
        verbs = _verbs_of(store, person, document, name, role, reach, some=False)
        shown = permissions.audience(document.form, name.partition(".")[0], role) if "view" in verbs else ""
        found = max(found, OWN if "submit" in verbs else shown, key=_width)
    return found


def _width(audience: str) -> int:
    return 3 if audience == OWN else 2 if audience in WHOLE else 1 if audience else 0


def _verbs_of(
    store: Store, person: Person, document: Document, name: str, role: str, reach: Reach, some: bool
) -> frozenset[str]:
    """What a role may do with a part ('key'), or one copy of it ('key.subject'); with `some`, with any copy of it."""
    key, _, subject = name.partition(".")
    form = FORMS.get(document.form)
    copies = bool(form and any(each.key == key and each.subject for each in form.parts))
    return _verbs(document.form, key, role, own=_owns(store, person, document, subject, copies, role, reach, some))


def _owns(
    store: Store, person: Person, document: Document, subject: str, copies: bool, role: str, reach: Reach, some: bool
) -> bool:
    """Whether what a star is about is the person's own: the copy, the document, or some of its rows."""
    if role != PARTICIPANT:
        return False
    if document.form in permissions.OWN_ROWS:
        return bool(own_rows(store, person, document))
    if copies:
        return subject in reach.subjects or (some and not subject and bool(reach.subjects))
    return document.subject in reach.subjects


def _verbs(form: str, part: str, role: str, own: bool = False) -> frozenset[str]:
    held = [letter[0] for letter in permissions.letters(form, part, role) if own or not letter.endswith("*")]
    if not held:
        return frozenset()
    verbs = frozenset().union(*(LETTERS[letter] for letter in held))
    opening = {"open"} if "F" in held else set()
    return verbs | {"view"} | opening | permissions.OVER.get(role, frozenset())


def _spec(form: str) -> tuple[Part, ...]:
    return FORMS[form].parts if form in FORMS else ()


def _parts(form: str) -> list[str]:
    """The keys of a form's parts; '' for one that is not registered."""
    return [part.key for part in _spec(form)] or [""]


def _reach(grants: Iterable[Grant], scopes: Scopes, dossier_id: str) -> Reach:
    roles, subjects = set(), set()
    for grant in grants:
        scope = grant.scope_kind, grant.scope_id
        if grant.scope_kind == "subject" and dossier_id and grant.scope_id.partition(":")[0] == dossier_id:
            subjects.add(grant.scope_id.partition(":")[2])
            roles.add(grant.role)
        elif scope in scopes:
            roles |= set(_called(grant.role, scopes[scope]))
    return Reach(frozenset(roles), frozenset(subjects))


def _called(role: str, side: str) -> Iterator[str]:
    """The names a role goes by within a scope of one side; none where it is a role of the other side."""
    if permissions.SIDES.get(role, side) in (side, "") or not side:
        yield role
    if role == permissions.EITHER and side:
        yield f"{role}_{side}"


def _dossier_of(obj: Object) -> str:
    return obj.dossier_id if isinstance(obj, Document) else obj.id if isinstance(obj, Dossier) else ""


def _subject_scopes(store: Store, obj: Object) -> set[tuple[str, str]]:
    """The scopes of an object's subjects that anybody was given."""
    dossier_id = _dossier_of(obj)
    return {("subject", scope_id) for scope_id in store.grants.scopes("subject", f"{dossier_id}:")} if dossier_id else set()


def _scopes(store: Store, obj: Object) -> Scopes:
    """Every scope that holds an object: itself, its dossier's programme and sides, its unit, and their offices."""
    if isinstance(obj, Document):
        return {**_scopes(store, store.dossiers.get(obj.dossier_id)), ("document", obj.id): ""}
    if isinstance(obj, Dossier):
        around = _scopes(store, store.units.get(obj.unit_id)) if obj.unit_id else {("everything", ""): ""}
        offices = {"host": obj.host_office_id, "visiting": obj.visiting_office_id}
        sides = {("dossier_side", f"{obj.id}:{side}"): side for side in offices}
        return {**around, ("programme", obj.programme): "", **sides, **{("office", each): side for side, each in offices.items() if each}}
    office = {("office", obj.office_id): ""} if obj.office_id else {}
    return {("everything", ""): "", ("unit", obj.id): "", ("programme", ASSISTANCE): "", **office}
