"""Commissions: one dossier for each sheet of a focal point, opened by the coordination of the Pact (forms.md §5, FC)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.errors import N_, AlreadyThere, Forbidden, Invalid
from app.store import Dossier, Json, Person, Store
from app.workflow import access, people, programmes, verification
from forms import FORMS
from forms.catalogues.metas import METAS
from forms.values import Answers

FORM: Final = "FC"
PACT: Final = "PPI"
"""What the codes of its sheets begin with, after the form's."""
COUNTRY: Final = "MEX"
"""Where the Pact is."""
UNKNOWN: Final = N_("La edición {edition} tiene metas del 1 al {most}.")
ROLES: Final = ("commission_focal", "commission_deputy")


def open_commission(store: Store, person: Person, edition: str, number: int, members: Mapping[str, Answers], key: str = "") -> Dossier:
    """The dossier of a commitment's commission with its empty sheet; `members` are PERSON answers by role, who get a mail.

    Raises AlreadyThere (R-36) leading to the one there is, Forbidden, Invalid for a commitment the edition does not have.
    """
    if not access.opens(store, person, programmes.COMMISSION):
        raise Forbidden
    most = len(METAS.get(edition, ()))
    if not 1 <= number <= most:
        raise Invalid(UNKNOWN, edition=edition, most=most)
    opened = store.requests.once(key, person.id, "open:commission", lambda: _opened(store, person, edition, number, members))
    return store.dossiers.get(str(opened))


def _opened(store: Store, person: Person, edition: str, number: int, members: Mapping[str, Answers]) -> str:
    form, code = FORMS[FORM], f"{FORM}-{PACT}-{edition}-{number:02}"
    if there := store.dossiers.by_code(code):
        raise AlreadyThere(there.id, there.code)
    facts: dict[str, Json] = {"pact_edition": edition, "meta_no": number, "focal": dict(members.get(ROLES[0], {}))}
    locale = programmes.locale_of(COUNTRY)
    dossier = store.dossiers.add(code, programmes.COMMISSION, form.title, COUNTRY, locale, actor_id=person.id, facts=facts)
    document = store.documents.add(dossier.id, FORM, form.edition, f"{code}/v1", verification.new_code(), actor_id=person.id)
    for role in ROLES:
        if role in members:
            people.admit(store, person.id, members[role], role, ("document", document.id))
    return dossier.id
