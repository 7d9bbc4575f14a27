"""The matrix of roles of forms.md §2, word for word, against what `can` answers to real people of an exchange."""

import pytest

from app.workflow import access, permissions
from app.workflow.programmes import ROLES
from app.workflow.resolving import AUDIENCES
from forms import FORMS
from forms.exchange.a1 import A1
from forms.exchange.a2 import A2
from forms.exchange.a3 import A3
from forms.exchange.a4 import A4
from forms.exchange.a5 import A5
from forms.exchange.a6 import A6
from forms.exchange.a7 import A7
from forms.exchange.f3r import F3R
from forms.exchange.f4c import F4C
from forms.exchange.f4l import F4L
from forms.kinds.files import signatures
from forms.plan.f5s import F5S
from forms.plan.pta import PTA
from tests.workflow.exchanging import Exchange, register

ALL = {form.code: form for form in (A1, A2, A3, A7, A4, F3R, F4L, F4C, A5, A6, PTA, F5S)}
LEADERS, FOCAL = ("host_leader", "visiting_leader"), ("focal_host", "focal_visiting")
ROLE = (*LEADERS, "participant", *FOCAL, "ministry_host", "ministry_visiting", "secretariat", "coordinator")
TABLE = """
A1.a             | F S  | V R  | V    | R A S   | V     | V S | V   | V D   | -
A1.b             | V R f| F S  | V    | V       | R A S | V   | V S | V D   | -
A2.list          | V    | F S  | -    | V       | R     | -   | A   | V D   | V
A2.travellers    | V    | F    | F* S*| V       | R     | -   | A   | V D   | V
A3.information   | V f  | F S  | V    | V       | R A   | V   | V   | V D   | -
A4.logistics     | V    | F S  | -    | V f R S | R A   | -   | -   | V D   | -
A4.travel        | V    | F    | F*   | V R     | R A   | -   | -   | V D   | -
A4.reserved      | -    | -    | F*   | V       | V     | -   | -   | V     | -
A5.questionnaire | V    | V    | F*   | V       | R A   | V   | V   | V D   | -
A5.collective    | V S  | F S  | -    | V       | R A S | V   | V   | V D   | -
A6.notebook      | V    | V    | F* S*| V       | R A   | -   | -   | V D   | R V P
A7.consents      | V    | V    | F* S*| V       | R A   | -   | -   | V D   | V
F3R.minutes      | V S  | V S  | V    | F S     | F S   | V   | V   | R A D | -
F4L.day          | V S  | V S  | V    | F S     | F S   | V   | V   | R A D | -
F4C.balance      | V S  | V S  | V    | F S     | F S   | V   | V   | R A D | -
PTA.plan         | V    | F    | V    | V       | R S   | V   | V   | V A D | -
F5S.followup     | V    | F    | V    | V       | R     | V   | V   | V A D | -
"""
"""The matrix; a star is the traveller's own copy or document. What nobody is written for is refused."""
WORDS = {"F": {"fill", "submit"}, "f": {"fill"}, "R": {"review"}, "A": {"approve"}, "S": {"sign"}, "V": set(), "D": {"packet"},
         "P": {"print"}}
VERBS = ("view", "fill", "submit", "review", "approve", "sign", "packet", "print")


@pytest.fixture
def exchange(house, monkeypatch):
    register(monkeypatch, ALL)
    made = Exchange(house)
    made.people = dict(zip((*LEADERS, *FOCAL), (made.host, made.visitor, made.focal_host, made.focal_visiting), strict=True))
    made.people["secretariat"] = made.secretariat
    made.people["ministry_visiting"] = house.store.people.by_email("ministry_rep_visiting@example.org")
    made.people["ministry_host"] = house.person("Ministerio anfitrión", "ministry_rep", "dossier_side", f"{made.dossier.id}:host")
    made.people["participant"] = house.person("Viajera", "participant", "subject", f"{made.dossier.id}:{made.rows()[1]}")
    made.people["coordinator"] = house.person("Coordinación", "coordinator", "programme", "exchange")
    return made


def document(exchange, form, subject=""):
    """The document of a form, opened if nothing opened it yet."""
    known = [each for each in exchange.store.documents.of(exchange.dossier.id) if (each.form, each.subject) == (form, subject)]
    spelled = f"{exchange.dossier.code}/{form}-{subject}/v1"
    code = f"{len(exchange.store.documents.of(exchange.dossier.id)):016}"
    return known[0] if known else exchange.store.documents.add(
        exchange.dossier.id, form, "1", spelled, code, actor_id=exchange.secretariat.id, subject=subject
    )


def rows():
    for line in TABLE.strip().splitlines():
        key, *cells = (cell.strip() for cell in line.split("|"))
        yield key, dict(zip(ROLE, cells, strict=True))


@pytest.mark.parametrize(("key", "cells"), list(rows()), ids=[key for key, _ in rows()])
def test_every_role_may_do_with_every_part_what_the_matrix_says_and_nothing_else(key, cells, exchange):
    code, part = key.split(".")
    form, own, other = ALL[code], exchange.rows()[1], exchange.rows()[2]
    by_person = form.subject == "A2.travellers"
    copies = next(each.subject for each in form.parts if each.key == part)
    fixed = "3" if code == "F5S" else "20270412" if code == "F4L" else ""
    for role, letters in cells.items():
        for subject, mine in ((own, True), (other, False)) if by_person or copies else ((fixed, False),):
            held = [letter for letter in letters.replace("-", "").split() if mine or not letter.endswith("*")]
            wanted = set().union(*(WORDS[letter[0]] for letter in held)) | ({"view"} if held else set())
            found = document(exchange, code, subject if by_person else fixed)
            name = f"{part}.{subject}" if copies else part
            may = {verb for verb in VERBS if access.can(exchange.store, exchange.people[role], verb, found, name)}
            assert may == wanted, (role, name)


def test_whoever_is_not_in_the_exchange_sees_nothing_of_it(exchange, house):
    elsewhere = house.person("Otra oficina", "focal_host", "office", house.unit.office_id)
    wrong_side = house.person("Lado equivocado", "host_leader", "dossier_side", f"{exchange.dossier.id}:visiting")
    other = house.person("De otra unidad", "unit_head", "unit", house.unit.id)
    assistance = house.secretariat
    for person in (elsewhere, wrong_side, other, assistance, house.admin, house.nobody):
        assert not access.can(exchange.store, person, "view", exchange.now())
        assert not any(access.can(exchange.store, person, "view", each) for each in exchange.documents())


def test_the_focal_point_of_an_office_reaches_the_exchanges_of_its_country_on_its_side(house, monkeypatch):
    register(monkeypatch, ALL)
    here, there = house.store.offices.add("Oficina URY", "URY"), house.store.offices.add("Oficina del visitante", "SLV")
    house.store.db.run("UPDATE units SET office_id = NULL")
    house.store.db.run("DELETE FROM offices WHERE name = 'Oficina de ejemplo'")
    host, visiting, wrong = (
        house.person(name, role, "office", office.id)
        for name, role, office in (("Foco A", "focal_host", here), ("Foco B", "focal_visiting", there), ("Foco C", "focal_visiting", here))
    )
    first = Exchange(house).document("A1")
    assert access.can(house.store, host, "approve", first, "a")
    assert access.can(house.store, visiting, "approve", first, "b")
    assert not access.can(house.store, host, "approve", first, "b")
    assert not access.can(house.store, wrong, "view", first)


def test_each_signature_is_of_a_role_that_signs_there_or_of_somebody_an_answer_names():
    for code, form in (ALL | {"IAT": FORMS["IAT"]}).items():
        named = {kind.key for kind in form.kinds} | {kind.key for kind in PTA.kinds}
        for part in form.parts:
            for place in signatures(part.fields):
                signs = any(letter[0] == "S" for letter in permissions.letters(code, part.key, place.signer))
                assert signs, (code, place.key, place.signer)
                assert place.signer not in permissions.SIGNATORIES.get(code, ()) or place.signer in named
                assert place.signer in ROLES


def test_each_other_filler_and_each_reviewer_a_form_names_has_the_letter_for_it():
    for code, form in ALL.items():
        for part in form.parts:
            fillers = {section.filler for section in part.sections} | {kind.filler for kind in part.every}
            for role in filter(None, fillers):
                assert {"f", "F", "F*"} & set(permissions.letters(code, part.key, role)), (code, part.key, role)
            assert not part.reviewer or "R" in permissions.letters(code, part.key, part.reviewer), (code, part.key)
            assert any(letter[0] == "F" for letter in permissions.letters(code, part.key, part.filler)), (code, part.key)


def test_each_row_of_the_matrix_is_a_part_there_is_and_each_audience_is_known():
    parts = {f"{code}.{part.key}" for code, form in ALL.items() for part in form.parts}
    known = set(ALL) | parts | {"IAT", "FC"}
    assert permissions.MATRIX.keys() <= known
    assert {name for shown in permissions.SHOWN.values() for name in shown.values()} <= AUDIENCES.keys()
    assert all(role in permissions.MATRIX[key] for key, shown in permissions.SHOWN.items() for role in shown)
    assert not permissions.APART - parts
