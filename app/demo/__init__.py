"""The demonstration: offices, units, people by role at example.org; reports, a commission's sheet, and an exchange at five moments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.errors import AlreadyThere
from app.store import Document, Office, Person, Store, Unit
from app.workflow import commissions, intake, life, reports, signing
from app.workflow.programmes import ASSISTANCE, COMMISSION, EXCHANGE
from forms.values import Json, mapping

HERE: Final = Path(__file__).parent


@dataclass(frozen=True)
class Place:
    """A unit as it is set up."""

    code: str
    name: str
    institution: str
    country: str
    office: str


@dataclass(frozen=True)
class Role:
    """Somebody to enter as; `unit` is the code of the unit the grant reaches; without one it reaches `programmes`, or everything."""

    email: str
    given_names: str
    family_names: str
    role: str
    unit: str = ""
    programmes: tuple[str, ...] = ()
    locale: str = "es"


@dataclass(frozen=True)
class Report:
    """A report to open, and the answers to fill it with."""

    unit: str
    year: int
    semester: str
    policy: str = ""
    answers: str = ""
    signed: bool = False
    """Whether it is brought to its end."""


CONNA, EXAMPLE = "SLV-CONNA-DPI", "URY-EJEMPLO-UPI"
OFFICES: Final = (("Oficina de ejemplo en El Salvador", "SLV"), ("Oficina de ejemplo en Uruguay", "URY"))
UNITS: Final = (
    Place(CONNA, "Departamento de Primera Infancia", "Consejo Nacional de la Niñez y de la Adolescencia (CONNA)", "SLV", OFFICES[0][0]),
    Place(EXAMPLE, "Unidad de Primera Infancia (ejemplo)", "Institución de ejemplo", "URY", OFFICES[1][0]),
)
PEOPLE: Final = (
    Role("edicion@conna.example.org", "Edición", "del CONNA", "unit_editor", CONNA),
    Role("jefatura@conna.example.org", "Jefatura", "del CONNA", "unit_head", CONNA),
    Role("secretaria@example.org", "Secretaría", "técnica", "secretariat", programmes=(ASSISTANCE, EXCHANGE)),
    Role("edicion@unidad.example.org", "Edición", "de Uruguay", "unit_editor", EXAMPLE),
    Role("jefatura@unidad.example.org", "Jefatura", "de Uruguay", "unit_head", EXAMPLE),
    Role("edicion2@conna.example.org", "Segunda edición", "del CONNA", "unit_editor", CONNA),
    Role("coordinacion@example.org", "Coordinación", "de impresión y publicación", "coordinator", programmes=(EXCHANGE,)),
    Role("pacto@example.org", "Coordinación", "del Pacto", "pact_coordination", programmes=(COMMISSION,)),
    Role("administracion@example.org", "Administración", "del sistema", "admin"),
)
"""Roles as placeholders: nobody real. Those of exchanges and commissions are named in their own data."""
REPORTS: Final = (
    Report(CONNA, 2020, "2", "Crecer Juntos", "iat_slv_2020_2_ejemplo.json"),
    Report(CONNA, 2021, "1", "Crecer Juntos", "iat_slv_2021_1.json", signed=True),
    Report(CONNA, 2021, "2"),
    Report(EXAMPLE, 2021, "1", "Política de ejemplo", "iat_ury_2021_1_ejemplo.json"),
)
SHEET: Final = "fc_2019_4.json"
BEGUN: Final[dict[str, Json]] = {"summary": "Ejemplo: informe recién empezado. El encabezado y los grupos vienen del informe anterior."}
"""What stands in a report without a file of answers."""


def load(store: Store) -> Iterator[Document]:
    """Put everything but the exchanges in place, once: what is there already stays as it is. Yields each document as it becomes ready."""
    for place in UNITS:
        _unit(store, place)
    for role in PEOPLE:
        _person(store, role)
    for report in REPORTS:
        document = _report(store, report)
        yield _ended(store, document, *_of_unit(store)) if report.signed else document
    yield _sheet(store)


def _of_unit(store: Store) -> tuple[Person, Person]:
    """Who makes the real report, and who heads the unit."""
    return _holder(store, CONNA, "unit_editor"), _holder(store, CONNA, "unit_head")


def _ended(store: Store, document: Document, author: Person, head: Person, *others: Person) -> Document:
    """A document on to its end: sent by its author, approved by the head, signed by each in their turn, sealed. What is signed stays so."""
    if document.state == "draft":
        document = life.submit(store, author, document)
    if document.state == "submitted":
        document = life.approve(store, head, document, document.revision)
    people = (author, head, *others)
    while document.state == "signing" and (signer := next((each for each in people if signing.turn(store, each, document)), None)):
        code = signing.issue(store, signer, document)
        document = signing.sign(store, signer, document, "typed", code, signing.hash_of(store, document))
    return document


def _sheet(store: Store) -> Document:
    """The sheet of a commission: opened by the coordination of the Pact, filled by its focal point, signed by all three."""
    answers, pact = intake.read((HERE / SHEET).read_bytes(), SHEET), _holder(store, "", "pact_coordination")
    named = {"commission_focal": mapping(answers["focal"]), "commission_deputy": mapping(answers["deputy"])}
    try:
        dossier = commissions.open_commission(store, pact, str(answers["pact_edition"]), int(str(answers["meta_no"])), named)
    except AlreadyThere as there:
        return store.documents.of(there.dossier_id)[0]
    focal, deputy = (_known(store, str(each["email"])) for each in named.values())
    document = store.documents.of(dossier.id)[0]
    intake.fill(store, focal, document, answers)
    return _ended(store, store.documents.get(document.id), focal, pact, deputy)


def _unit(store: Store, place: Place) -> Unit:
    known = store.units.by_code(place.code)
    return known or store.units.add(place.code, place.name, place.institution, place.country, _office(store, place).id)


def _office(store: Store, place: Place) -> Office:
    known = next((office for office in store.offices.all() if office.name == place.office), None)
    return known or store.offices.add(place.office, place.country)


def _person(store: Store, role: Role) -> Person:
    person = store.people.by_email(role.email) or store.people.add(
        role.given_names, role.family_names, email=role.email, locale=role.locale
    )
    unit = store.units.by_code(role.unit) if role.unit else None
    wide = [("programme", each) for each in role.programmes] or [("everything", "")]
    for scope in [("unit", unit.id)] if unit else wide:
        store.grants.give(person.id, role.role, *scope)
    return person


def _report(store: Store, report: Report) -> Document:
    """The report, filled the first time; what somebody has changed since is not touched."""
    editor, unit = _editor(store, report.unit), store.units.by_code(report.unit)
    assert unit is not None  # it was put there just before
    try:
        dossier = reports.open_report(store, editor, unit.id, report.year, report.semester, report.policy)
    except AlreadyThere as there:
        return store.documents.of(there.dossier_id)[0]
    document = store.documents.of(dossier.id)[0]
    answers = intake.read((HERE / report.answers).read_bytes(), report.answers) if report.answers else BEGUN
    intake.fill(store, editor, document, answers)
    return store.documents.get(document.id)


def _editor(store: Store, unit: str) -> Person:
    return _holder(store, unit, "unit_editor")


def _holder(store: Store, unit: str, role: str) -> Person:
    return _known(store, next(each.email for each in PEOPLE if (each.unit, each.role) == (unit, role)))


def _known(store: Store, email: str) -> Person:
    person = store.people.by_email(email)
    assert person is not None  # put there just before
    return person
