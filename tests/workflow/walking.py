"""The worked exchange brought as far as its people would bring it, with the forms as they are."""

import json

from app.demo import HERE
from app.workflow import agenda, exchanges, intake, life, signing, states, surroundings
from app.workflow.programmes import EXCHANGE
from forms import FORMS
from forms.changes import leaves

FOLDER = HERE / "exchange"
PREPARED = ("A1", "A2", "A3", "A7", "A4")
RESULTS = ("F4C", "A5", "A6", "PTA")


def read(name):
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


class Walk:
    """An exchange, its secretariat, and everybody who acts in it."""

    def __init__(self, store):
        self.store = store
        self.filled = set()
        email = "secretaria@example.org"
        self.secretariat = store.people.by_email(email) or store.people.add("Secretaría", "de ejemplo", email=email)
        store.grants.give(self.secretariat.id, "secretariat", "programme", EXCHANGE)
        self.dossier = exchanges.open_exchange(store, self.secretariat, read("facts"), read("people"), read("a2")["travellers"])
        exchanges.invite_travellers(store, self.secretariat, self.dossier)

    def one(self, role):
        return self.store.people.by_email(read("people")[role]["email"])

    def people(self, document):
        emails = [*(each.get("email") for each in read("people").values()), *(each.get("email") for each in read("a2")["travellers"])]
        named = [self.store.people.by_email(email) for email in dict.fromkeys(filter(None, emails))]
        signers = [self.store.people.get(grant.person_id) for grant in self.store.grants.within("document", document.id)]
        return [*filter(None, named), *signers, self.secretariat]

    def documents(self, form):
        return [each for each in surroundings.current(self.store, self.dossier) if each.form == form]

    def fill(self, document):
        """What the data file says, once, as the leader of the visitors would type it."""
        if document.id in self.filled:
            return
        self.filled.add(document.id)
        answers = read(_file(document))
        typed = {path.pdf: value for path, value in leaves(FORMS[document.form], intake._identified(answers)).items()}
        for value in typed.values():
            if isinstance(value, dict) and "sha256" in value:
                self.store.files.put((FOLDER / value["name"]).read_bytes(), value["type"])
        author = self.one("visiting_leader")
        self.store.revisions.append(document.id, self.store.documents.get(document.id).revision, author.id, "", typed)

    def bring(self, *forms):
        """Fill, send, approve and sign every document of these forms."""
        for form in forms:
            for document in self.documents(form):
                self.fill(document)
                while self._step(self.store.documents.get(document.id)):
                    pass
                assert self.store.documents.get(document.id).state == "signed", document.code

    def prepare(self):
        """Everything before the visit. Part A is sent and its agenda shared, the referencing session changes it, it is shared again."""
        [document] = self.documents("A1")
        for form in ("A1", "A3"):
            self.fill(self.documents(form)[0])
        life.submit(self.store, self.one("host_leader"), document, part="a")
        agenda.share(self.store, self.one("focal_host"), document)
        self.bring("F3R")
        agenda.share(self.store, self.one("focal_host"), document)
        self.bring(*PREPARED)

    def _step(self, document):
        """The next thing anybody may do; copies of parts first."""
        for part in sorted(states.parts(self.store, document), key=lambda each: not each.subject):
            for person in self.people(document):
                for offer in states.actions(self.store, person, document, part.part):
                    if offer.ready and offer.action in ("submit", "approve", "sign"):
                        self._do(offer.action, person, document, part.part)
                        return True
        return False

    def _do(self, action, person, document, part):
        if action == "submit":
            life.submit(self.store, person, document, part=part)
        elif action == "approve":
            life.approve(self.store, person, document, document.revision, part=part)
        else:
            code = signing.issue(self.store, person, document)
            signing.sign(self.store, person, document, "typed", code, signing.hash_of(self.store, document))


def _file(document):
    return f"{document.form.lower()}_{document.subject[-2:]}" if document.subject else document.form.lower()
