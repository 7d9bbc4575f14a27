"""What the workflow's tests stand on: units, people by role, a report, and short ways to do what a page does."""

from unicodedata import normalize

from app import i18n
from app.demo import HERE
from app.workflow import access, answering, dossiers, intake, reports
from app.workflow.programmes import ASSISTANCE
from forms.path import AnswerPath

ES = i18n.formatter("es", "SLV")


class House:
    def __init__(self, store):
        self.store = store
        office = store.offices.add("Oficina de ejemplo", "SLV")
        self.unit = store.units.add("SLV-CONNA-DPI", "Departamento de Primera Infancia", "CONNA", "SLV", office.id)
        self.other = store.units.add("URY-EJEMPLO-UPI", "Unidad de ejemplo", "Institución de ejemplo", "URY")
        self.ana = self.person("Edición", "unit_editor", "unit", self.unit.id)
        self.beto = self.person("Segunda edición", "unit_editor", "unit", self.unit.id)
        self.head = self.person("Jefatura", "unit_head", "unit", self.unit.id)
        self.stranger = self.person("Edición ajena", "unit_editor", "unit", self.other.id)
        self.secretariat = self.person("Secretaría", "secretariat", "programme", ASSISTANCE)
        self.admin = self.person("Administración", "admin", "everything")
        self.nobody = store.people.add("Nadie", "de aquí", email="nadie@example.org")

    def person(self, name, role, scope, scope_id=""):
        email = f"{plain(name).replace(' ', '.')}@example.org"
        found = self.store.people.add(name, "de ejemplo", email=email)
        self.store.grants.give(found.id, role, scope, scope_id)
        return found

    def report(self, year=2021, semester="1", policy="Crecer Juntos", unit=None, person=None):
        """The document of a report opened by its editor."""
        opened = reports.open_report(self.store, person or self.ana, (unit or self.unit).id, year, semester, policy)
        return self.store.documents.of(opened.id)[0]

    def real(self):
        """The real report of 2021-1."""
        document = self.report()
        intake.fill(self.store, self.ana, document, self.real_answers())
        return self.now(document)

    @staticmethod
    def real_answers():
        return intake.read((HERE / "iat_slv_2021_1.json").read_bytes(), "iat")

    def now(self, document):
        return self.store.documents.get(document.id)

    def page(self, document, section="head", person=None, fmt=ES):
        return answering.page(self.store, person or self.ana, self.now(document), section, fmt)

    def save(self, document, answers, section="head", person=None, base=None, key=""):
        """Save {spelled path: value} as a page opened at `base` (by default now) sends it."""
        posted = {AnswerPath.read(path): value for path, value in answers.items()}
        base = self.now(document).revision if base is None else base
        return answering.save(self.store, person or self.ana, document, section, base, posted, key=key, fmt=ES)

    def answers(self, document):
        """Filled answers as they are printed."""
        return dossiers.filled(self.store, self.now(document))

    def dossier(self, document):
        return access.dossier(self.store, self.ana, document.dossier_id)


def plain(name):
    """A name as it stands in an address: 'edicion'."""
    return normalize("NFD", name.casefold()).encode("ascii", "ignore").decode()


def row(table, row_id, number=0, **answers):
    """The leaves of a row a page adds."""
    return {f"{table}.{row_id}._order": number} | {f"{table}.{row_id}.{key}": value for key, value in answers.items()}
