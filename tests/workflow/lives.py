"""Documents brought to each state, the way people bring them there."""

from app.workflow import comments, intake, life, permissions, signing
from forms import FORMS
from forms.kinds import Paragraph, Prefill, Text
from forms.path import AnswerPath
from forms.spec import Form, Part, Section

REASON = "Los datos del semestre no son los que se acordaron."
SUMMARY = AnswerPath(("summary",))


def submitted(house):
    return life.submit(house.store, house.ana, house.real())


def observed(house, path=SUMMARY, text="Falta decir qué cambió."):
    return returned(house, submitted(house), path, text)


def returned(house, document, path=SUMMARY, text="Falta decir qué cambió."):
    comments.add(house.store, house.head, document, path, text)
    return life.observe(house.store, house.head, document)


def approved(house, document=None):
    """It is at the signers at once: «En firma»."""
    document = document or submitted(house)
    return life.approve(house.store, house.head, document, document.revision)


def sign(house, person, document, method="typed", **more):
    code = signing.issue(house.store, person, document)
    return signing.sign(house.store, person, document, method, code, signing.hash_of(house.store, document), **more)


def signed(house, document=None):
    document = approved(house, document)
    for person in (house.ana, house.head):
        document = sign(house, person, document)
    return document


def superseded(house):
    first = signed(house)
    signed(house, life.submit(house.store, house.ana, life.supersede(house.store, house.ana, first)))
    return house.now(first)


def void(house):
    return life.void(house.store, house.secretariat, house.real(), REASON)


STATES = {
    "draft": lambda house: house.real(),
    "submitted": submitted,
    "observed": observed,
    "signing": approved,
    "signed": signed,
    "superseded": superseded,
    "void": void,
}


def part(key):
    unit = Prefill("el expediente", lambda facts: facts.dossier.facts.get("unit"))
    fields = (Text(f"t_{key}", f"Texto {key}", required=True), Paragraph(f"p_{key}", f"Párrafo {key}", prefill=unit))
    return Part(key, f"Parte {key}", (Section(f"s_{key}", f"Parte {key}", fields),), reviewer="" if key == "c" else "unit_head")


TWO = Form("TWO", "1", "Documento en partes", "Programa", (part("a"), part("b"), part("c")))
"""Two parts that are reviewed and one that is not; nobody signs it."""


def in_parts(house, monkeypatch):
    """A document of three parts in the dossier of a report."""
    monkeypatch.setitem(FORMS, "TWO", TWO)
    monkeypatch.setitem(permissions.MATRIX, "TWO", {"unit_editor": "F", "unit_head": "R A"})
    report = house.report()
    return house.store.documents.add(report.dossier_id, "TWO", "1", "TWO-1/v1", "0" * 16, actor_id=house.ana.id)


def submitted_of(house, document):
    """An opened report filled as the real one and sent."""
    intake.fill(house.store, house.ana, document, house.real_answers())
    return life.submit(house.store, house.ana, house.now(document))
