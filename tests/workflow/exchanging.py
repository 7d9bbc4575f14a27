"""A small exchange to test with: forms of the real codes and parts with few fields each, its people, and short ways to do things."""

from app.workflow import answering, exchanges, surroundings
from app.workflow.programmes import EXCHANGE
from forms import FORMS
from forms.catalogues import DEL_FUNCTION, MODALITY, THEME
from forms.exchange.sources import fact, own, person_of, said
from forms.kinds import Calc, Choice, Choices, Date, DateRange, Email, Integer, Ref, Refs, Signature, Table, Text, When, YesNo
from forms.kinds.base import Problem
from forms.opening import NEEDED, OPENING
from forms.path import AnswerPath
from forms.rules import WAITS, Rule
from forms.sets import person
from forms.spec import Form, Part, Section
from forms.values import rows_of
from tests.workflow.house import ES

PROGRAMME = OPENING.programme
FACTS = {
    "title": "Autorización y calidad de centros",
    "themes": ["standards", "data"],
    "modality": "in_person",
    "cooperation_kind": "bilateral",
    "host_country": "URY",
    "visiting_country": "SLV",
    "visit_period": {"start": "2027-04-12", "end": "2027-04-16"},
    "working_languages": ["es"],
    "document_locale": "es_UY",
    "request_reason": "Hace falta conocer cómo otro país pasó de la norma a una lista verificable.",
}


def one(role, number):
    words = role.replace("_", " ")
    return {
        "given_names": words,
        "family_names": "de ejemplo",
        "position": "Dirección",
        "institution": "Institución de ejemplo",
        "email": f"{role}@example.org",
        "phone": f"+9990000{number:04}",
    }


PEOPLE = {role: one(role, number) for number, role in enumerate(("host_leader", "visiting_leader", "focal_host", "focal_visiting"), 1)}
PEOPLE["ministry_rep_visiting"] = one("ministry_rep_visiting", 6)
TRAVELLERS = (
    {"given_names": "Primera", "family_names": "de la delegación", "email": "visiting_leader@example.org", "function": "leader"},
    {"given_names": "Segunda", "family_names": "de la delegación", "email": "segunda@example.org"},
    {"given_names": "Tercera", "family_names": "de la delegación"},
)


def as_many(facts):
    rows = rows_of(facts.dossier.answers("A2").get("travellers"))
    size = facts.answers.get("delegation_size")
    if not rows or not isinstance(size, int):
        return WAITS
    wrong = Problem(AnswerPath(("delegation_size",)), "El Anexo I dice {n} personas y el II tiene {m}", {"n": size, "m": len(rows)})
    return () if size == len(rows) else (wrong,)


A1 = Form("A1", "1", "Anexo uno", PROGRAMME, (
    Part("a", "Parte A", (
        Section("common", "Común", (
            Text("activity_title", "Título", required=True, prefill=fact("title")),
            Choices("themes", "Temas", options=THEME, required=True, prefill=fact("themes")),
            Choice("modality", "Modalidad", options=MODALITY, required=True, prefill=fact("modality")),
            DateRange("visit_period", "Fechas", required=True, prefill=fact("visit_period")),
            person("host_leader", "Jefatura", prefill=person_of("host_leader")),
        )),
        Section("agenda", "Agenda", (
            Table("agenda", "Agenda", named_by=("title",), fields=(
                Date("day", "Día"), Text("title", "Qué", required=True), Refs("questions", "Preguntas", to="A3.learning_questions"))),
            Text("ministry", "Ministerio", when=When("host_ministry_signs", (True,))),
            Signature("host_leader_signature", "Firma", required=True, signer="host_leader"),
        )),
    ), filler="host_leader", reviewer="focal_host"),
    Part("b", "Parte B", (
        Section("visitor", "Visita", (
            Text("visiting_institution", "Institución", required=True),
            Text("request_reason", "Por qué", prefill=fact("request_reason")),
            Integer("delegation_size", "Cuántos viajan", required=True),
        )),
    ), filler="visiting_leader", reviewer="focal_visiting"),
), rules=(Rule("R-07", "A1.delegation_size", "submit", True, as_many),))
A2 = Form("A2", "1", "Anexo dos", PROGRAMME, (
    Part("list", "Delegación", (
        Section("summary", "Resumen", (
            Calc("traveller_count", "Viajan", of=lambda facts: len(rows_of(facts.answers.get("travellers"))), like=Integer("n", "n")),
            Text("selection_basis", "Cómo", required=True, prefill=fact("selection_basis")),
        )),
    ), filler="visiting_leader", reviewer="focal_visiting"),
    Part("travellers", "Viajeros", (
        Section("card", "Ficha", (
            Text("given_names", "Nombres", required=True),
            Text("family_names", "Apellidos", required=True),
            Email("email", "Correo"),
            Choice("function", "Función", options=DEL_FUNCTION),
            Text("institution", "Institución", prefill=said("A1", "visiting_institution")),
            Text("state", "Situación"),
            Text("passport", "Documento", sensitivity="restricted"),
        )),
    ), subject="A2.travellers", named_by=("given_names family_names",), filler="participant", reviewer="focal_visiting"),
))
A3 = Form("A3", "1", "Anexo tres", PROGRAMME, (
    Part("information", "Información", (
        Section("context", "Contexto", (
            Text("about", "De qué trata", prefill=said("A1", "activity_title")),
            Text("link", "Enlace", required=True, when=When("A1.modality", ("virtual", "hybrid"))),
            Table("learning_questions", "Preguntas", named_by=("question",), fields=(
                Text("question", "Pregunta", required=True), Ref("where", "Dónde", to="A1.agenda"))),
        )),
    ), filler="visiting_leader", reviewer="focal_visiting"),
))
A7 = Form("A7", "1", "Anexo siete", PROGRAMME, (
    Part("consents", "Autorizaciones", (
        Section("permissions", "Permisos", (
            Text("name", "Nombre", prefill=own("given_names")),
            YesNo("photo", "¿Foto?", required=True),
            Text("medical", "Salud", sensitivity="health"),
            Signature("signature", "Firma", required=True, signer="participant"),
        )),
    ), filler="participant", reviewer="focal_visiting"),
), subject="A2.travellers")
A6 = Form("A6", "1", "Anexo seis", PROGRAMME, (
    Part("notebook", "Bitácora", (Section("before", "Antes", (Text("expect", "Qué espera"),)),), filler="participant",
         reviewer="focal_visiting"),
), subject="A2.travellers", opens="A2.submitted")
SMALL = {form.code: form for form in (A1, A2, A3, A7, A6)}


class Exchange:
    """An exchange of the small forms in a house, and its people by role."""

    def __init__(self, house, travellers=TRAVELLERS, facts=FACTS):
        self.store = house.store
        self.secretariat = house.person("Secretaría de intercambios", "secretariat", "programme", EXCHANGE)
        self.dossier = exchanges.open_exchange(self.store, self.secretariat, facts, PEOPLE, travellers)
        self.host, self.visitor, self.focal_host, self.focal_visiting = (
            self.store.people.by_email(PEOPLE[role]["email"]) for role in NEEDED)

    def now(self):
        return self.store.dossiers.get(self.dossier.id)

    def documents(self):
        return surroundings.current(self.store, self.now())

    def document(self, form, number=0):
        return [each for each in self.documents() if each.form == form][number]

    def rows(self):
        leaves = self.store.revisions.leaves(self.document("A2").id)
        return [path.split(".")[1] for path, _ in sorted(leaves.items(), key=lambda leaf: str(leaf[1])) if path.endswith("._order")]

    def page(self, form, section, person, subject="", number=0):
        return answering.page(self.store, person, self.document(form, number), section, ES, subject)

    def save(self, form, section, person, answers, subject="", number=0):
        document = self.document(form, number)
        posted = {AnswerPath.read(path): value for path, value in answers.items()}
        return answering.save(self.store, person, document, section, document.revision, posted, fmt=ES, subject=subject)


def register(monkeypatch, forms=None):
    """The registry with the small forms only."""
    for code in tuple(FORMS):
        monkeypatch.delitem(FORMS, code)
    for code, form in (forms or SMALL).items():
        monkeypatch.setitem(FORMS, code, form)
