"""The worked exchange of forms.md §11.1 as its forms read it, filled in the order of the registry; a test changes what it needs."""
import copy
import json
from dataclasses import replace
from pathlib import Path

from app.i18n import formatter
from app.workflow.resolving import filled, lacking
from forms import FORMS
from forms.rules import checked
from forms.view import Address, DossierView, Facts

FOLDER = Path(__file__).parents[2] / "app" / "demo" / "exchange"
ES = formatter("es", "URY")
TRAVELLERS = tuple(f"TRV0000{n}" for n in range(1, 6))
DAYS = tuple(f"202704{day}" for day in range(12, 17))
PAPER = {"sha256": "0" * 64, "name": "documento.pdf", "size": 1000, "type": "application/pdf"}
PICTURE = {"sha256": "1" * 64, "name": "foto.jpg", "size": 1000, "type": "image/jpeg"}
ORDER = ("A1", "A2", "A3", "A7", "A4", "F3R", "F4L", "F4C", "A5", "A6", "PTA", "F5S")
SUBJECTS = {"A7": TRAVELLERS, "A6": TRAVELLERS, "F4L": DAYS, "F5S": ("3",)}


def load(name):
    """The answers of one file of the worked exchange."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def _file(form, subject):
    number = f"0{TRAVELLERS.index(subject) + 1}" if subject in TRAVELLERS else subject
    return f"{form.lower()}_{number}" if subject else form.lower()


def answers():
    """What was typed in every document, with the papers the data files leave to be attached."""
    told = {Address(form, "", subject): load(_file(form, subject)) for form in ORDER for subject in SUBJECTS.get(form, ("",))}
    told[Address("A4")] |= {"invitation_letter": PAPER, "mission_letter": PAPER}
    told[Address("A2")] |= {"selection_record": PAPER}
    for row in told[Address("A2")]["travellers"]:
        row["leave_authorisation"] = PAPER
    told[Address("A6", "", TRAVELLERS[1])]["days"][1]["photo1"]["file"] = PICTURE
    return told


class Exchange:
    """The worked exchange; `change` gives the answers of one document to be spoiled."""

    def __init__(self):
        self.typed = copy.deepcopy(answers())
        facts = load("facts") | {"agenda_state": "final", "agenda_version": 2}
        self.view = DossierView(code="PE-2027-URY-SLV-01", country="URY", today="2027-03-01", facts=facts, people=load("people"))
        self.sent(len(TRAVELLERS))

    def sent(self, count):
        """So many travellers sent their questionnaire, the first ones."""
        states = {Address("A5", "questionnaire", traveller): "approved" for traveller in TRAVELLERS[:count]}
        self.view = replace(self.view, states=states)

    def change(self, form, subject=""):
        return self.typed[Address(form, "", subject)]

    def seen_by(self, form, subject=""):
        """The dossier as one document reads it: the others filled, each from those before it."""
        documents = dict(self.typed)
        for address, told in self.typed.items():
            documents[address] = filled(FORMS[address.form], told, replace(self.view, documents=dict(documents), subject=address.subject))
        return replace(self.view, documents=documents, subject=subject)

    def filled(self, form, subject=""):
        return self.seen_by(form, subject).answers(form, subject=subject)

    def findings(self, form, subject=""):
        """Sentences by rule, 'waits' where a rule waits; a rule that holds is left out."""
        view = self.seen_by(form, subject)
        said = {}
        for each in checked(FORMS[form].rules, Facts({}, view.answers(form, subject=subject), view, subject=subject)):
            told = ["waits"] if each.waits else [ES.words(problem.message, **problem.places) for problem in each.problems]
            if told:
                said.setdefault(each.rule.id, []).extend(told)
        return said

    def missing(self, form, subject=""):
        view = self.seen_by(form, subject)
        problems = lacking(FORMS[form], self.typed[Address(form, "", subject)], view, ES)
        return {problem.path.pdf: ES.words(problem.message, **problem.places) for problem in problems}
