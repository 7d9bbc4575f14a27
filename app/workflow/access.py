"""Who may do what: one `can`, deny by default. Objects are loaded through the person's scope; missing and not theirs are the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias, TypeVar

from app.errors import Forbidden, NotFound
from app.store import Document, Dossier, Grant, Person, Store, Unit
from app.workflow.programmes import ASSISTANCE

PERMISSIONS: Final[dict[str, dict[str, str]]] = {"IAT": {"unit_editor": "F S", "unit_head": "R A S", "secretariat": "V D"}}
"""Form → role → letters of the matrix of forms.md §2: F fill, R review, A approve, S sign, V view, D download packet."""
LETTERS: Final = {"F": "fill", "R": "review", "A": "approve", "S": "sign", "V": "view", "D": "packet"}
SEEING: Final = frozenset({"view", "download"})
"""What every letter brings along: who has to do with a document sees it, and may keep what is seen."""
OVER: Final = {"secretariat": frozenset({"void"})}
"""What a role may do with every document it has to do with."""
ANYWHERE: Final = {"admin": frozenset({"administer", "invite"}), "secretariat": frozenset({"invite"})}
"""What a role may do without an object: let people in, keep catalogues and templates; never an answer."""
REPORT: Final = "IAT"
"""The form a unit opens."""

Object: TypeAlias = Document | Dossier | Unit
Found = TypeVar("Found", Document, Dossier, Unit)


def can(store: Store, person: Person, verb: str, obj: Object | None = None) -> bool:
    """Whether one of the person's grants reaches the object and its role has the verb there."""
    grants = store.grants.of(person.id)
    if obj is None:
        return any(verb in ANYWHERE.get(grant.role, ()) for grant in grants)
    scopes, forms = _scopes(store, obj), _forms(store, obj)
    return any(verb in _verbs(grant.role, forms) and (grant.scope_kind, grant.scope_id) in scopes for grant in grants)


def roles_on(store: Store, person: Person, obj: Object) -> frozenset[str]:
    """The roles in which a person has to do with an object."""
    scopes = _scopes(store, obj)
    return frozenset(grant.role for grant in store.grants.of(person.id) if (grant.scope_kind, grant.scope_id) in scopes)


def roles_with(form: str, verb: str) -> tuple[str, ...]:
    """The roles that may do `verb` with documents of a form."""
    return tuple(role for role in PERMISSIONS.get(form, {}) if verb in _verbs(role, frozenset({form})))


def people(store: Store, verb: str, obj: Object, role: str = "") -> tuple[Person, ...]:
    """Everybody who may do `verb` with an object, or only those who may in that role; nobody who is shut out."""
    forms = _forms(store, obj)
    grants = (grant for scope in sorted(_scopes(store, obj)) for grant in store.grants.within(*scope))
    ids = dict.fromkeys(grant.person_id for grant in grants if verb in _verbs(grant.role, forms) and role in ("", grant.role))
    found = (store.people.get(person_id) for person_id in ids)
    return tuple(person for person in found if person.disabled_at is None and person.forgotten_at is None)


def roles(store: Store, person: Person) -> tuple[Grant, ...]:
    """What the person was given: roles and their scopes."""
    return store.grants.of(person.id)


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


def require(store: Store, person: Person, verb: str, obj: Object) -> None:
    """Raises NotFound for what the person does not see, Forbidden for what they see and may not do."""
    if not can(store, person, "view", obj):
        raise NotFound
    if not can(store, person, verb, obj):
        raise Forbidden


def _through(store: Store, person: Person, verb: str, load: Callable[[], Found]) -> Found:
    found = load()
    require(store, person, verb, found)
    return found


def _verbs(role: str, forms: frozenset[str]) -> frozenset[str]:
    letters = {letter for form in forms for letter in PERMISSIONS.get(form, {}).get(role, "").split()}
    opening = {"open"} if "F" in letters else set()
    over = SEEING | OVER.get(role, frozenset()) if letters else frozenset()
    return frozenset({LETTERS[letter] for letter in letters} | opening | over)


def _forms(store: Store, obj: Object) -> frozenset[str]:
    """The forms that decide about an object: a document's own, a dossier's, the one a unit reports with."""
    if isinstance(obj, Document):
        return frozenset({obj.form})
    if isinstance(obj, Dossier):
        return frozenset(each.form for each in store.documents.of(obj.id))
    return frozenset({REPORT})


def _scopes(store: Store, obj: Object) -> frozenset[tuple[str, str]]:
    """Every scope that holds an object: itself, its dossier's programme, its unit and that unit's office."""
    if isinstance(obj, Document):
        return _scopes(store, store.dossiers.get(obj.dossier_id)) | {("document", obj.id)}
    if isinstance(obj, Dossier):
        around = _scopes(store, store.units.get(obj.unit_id)) if obj.unit_id else frozenset({("everything", "")})
        return around | {("programme", obj.programme), *(("dossier_side", f"{obj.id}:{side}") for side in ("host", "visiting"))}
    return frozenset(
        {("everything", ""), ("unit", obj.id), ("programme", ASSISTANCE)} | ({("office", obj.office_id)} if obj.office_id else set())
    )
