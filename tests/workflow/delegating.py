"""A small exchange whose parts have different fillers, subjects and signers, and short ways to bring it along."""

from app.workflow import access, answering, exchanges, life, signing, states
from forms.exchange.sources import calc, fact
from forms.kinds import Choice, Integer, Paragraph, Signature, Table, Text, When, YesNo
from forms.kinds.base import Problem
from forms.path import AnswerPath
from forms.rules import Rule
from forms.sets import person as person_field
from forms.spec import Form, Part, Section
from forms.values import rows_of
from forms.view import Options
from tests.workflow import exchanging
from tests.workflow.exchanging import FACTS, PROGRAMME, Exchange, register

PUBLISH = Options("PUBLISH", (("no", "No"), ("anonymous", "Sin nombre"), ("named", "Con nombre")))


def final(facts):
    wrong = facts.answers.get("agenda_state") != "final"
    return (Problem(AnswerPath(("agenda_state",)), "La agenda aún no es definitiva.", {}),) if wrong else ()


def allowed(facts):
    """R-13, small."""
    for row in rows_of(facts.answers.get("reserved")):
        consent = facts.dossier.answers("A7", subject=row["_id"]).get("consent_health")
        if row.get("allergies") and consent is not True:
            yield Problem(AnswerPath(("reserved", row["_id"], "allergies")), "No autorizó datos de salud", {})


A1 = Form("A1", "1", "Anexo uno", PROGRAMME, (
    Part("a", "Parte A", (Section("host", "Anfitrión", (
        Text("activity_title", "Título", required=True, prefill=fact("title")),
        calc("agenda_state", "Estado", lambda facts: facts.dossier.facts.get("agenda_state"), Text, most=20),
        Signature("host_leader_signature", "Firma anfitriona", required=True, signer="host_leader"),
        Signature("host_ministry_signature", "Firma ministerial", required=True, signer="ministry_rep_host",
                  when=When("host_ministry_signs", (True,))),
    )),), filler="host_leader", reviewer="focal_host"),
    Part("b", "Parte B", (Section("visitor", "Visita", (
        Text("visiting_institution", "Institución", required=True),
        Table("agenda_changes", "Cambios", fields=(
            Text("request", "Cambio", required=True), Text("answer", "Respuesta", required=True, filler="host_leader"),
            YesNo("accepted", "¿Aceptado?", required=True, filler="host_leader"))),
        Signature("visiting_leader_signature", "Firma visitante", required=True, signer="visiting_leader"),
    )),), filler="visiting_leader", reviewer="focal_visiting"),
), rules=(Rule("A1-final", "A1.agenda_state", "approve", True, final),), signing=(
    "visiting_leader_signature", "host_leader_signature", "host_ministry_signature"))
A2 = Form("A2", "1", "Anexo dos", PROGRAMME, (
    Part("travellers", "Ficha", (Section("card", "Ficha", (
        Text("given_names", "Nombres", required=True),
        Text("family_names", "Apellidos", required=True),
        Text("email", "Correo"),
        Text("function", "Función"),
        Paragraph("bio", "Presentación", required=True),
        Signature("signature", "Firma", required=True, signer="participant"),
    )),), subject="A2.travellers", named_by=("given_names family_names",), filler="participant", reviewer="focal_visiting"),
    Part("list", "Delegación", (Section("summary", "Resumen", (
        Text("selection_basis", "Cómo", required=True),
        person_field("sending_authority", "Autoridad", required=True),
        Signature("sending_authority_signature", "Firma de la autoridad", required=True, signer="sending_authority"),
        Signature("a2_leader_signature", "Firma de la jefatura", required=True, signer="visiting_leader"),
    )),), filler="visiting_leader", reviewer="focal_visiting"),
), signing=("signature", "sending_authority_signature", "a2_leader_signature"))
A7 = Form("A7", "1", "Anexo siete", PROGRAMME, (
    Part("consents", "Autorizaciones", (Section("permissions", "Permisos", (
        YesNo("consent_health", "¿Salud?", required=True, sensitivity="personal"),
        YesNo("consent_photo", "¿Foto?", required=True, sensitivity="personal"),
        Choice("consent_log_publication", "¿Bitácora?", options=PUBLISH, required=True, sensitivity="personal"),
        Text("sign_place", "Lugar", required=True),
        Signature("subject_signature", "Firma", required=True, signer="participant"),
    )),), filler="participant", reviewer="focal_visiting"),
), subject="A2.travellers")
A4 = Form("A4", "1", "Anexo cuatro", PROGRAMME, (
    Part("travel", "Viaje", (Section("travel", "Viaje", (
        Text("doc_number", "Documento", sensitivity="restricted"), Text("out_carrier", "Ida"),
    )),), subject="A2.travellers", filler="participant", reviewer="focal_visiting"),
    Part("reserved", "Hoja reservada", (Section("reserved", "Hoja reservada", (
        Text("emergency_name", "Emergencia", sensitivity="restricted"), Text("allergies", "Alergias", sensitivity="health"),
    )),), subject="A2.travellers", filler="participant", classification="reserved"),
    Part("logistics", "Logística", (
        Section("lodging", "Alojamiento", (Text("hotel", "Hotel", required=True),)),
        Section("transfers", "Traslados", (Text("meeting_point", "Encuentro", required=True),), filler="focal_host"),
        Section("signatures", "Firmas", (
            Signature("a4_leader_signature", "Firma", required=True, signer="visiting_leader"),
            Signature("a4_focal_signature", "Conformidad", required=True, signer="focal_host", covers=("transfers",)),
        )),
    ), filler="visiting_leader", reviewer="focal_visiting"),
), rules=(Rule("R-13", "A4.reserved", "save", True, allowed),))
A5 = Form("A5", "1", "Anexo cinco", PROGRAMME, (
    Part("questionnaire", "Cuestionario", (Section("questionnaire", "Cuestionario", (Integer("q_oei", "OEI", required=True),)),),
         subject="A2.travellers", filler="participant", classification="reserved", waits=False),
    Part("collective", "Colectiva", (Section("valuation", "Valoración", (
        Text("differences", "Diferencias", required=True),
        Signature("a5_leader_signature", "Firma", required=True, signer="visiting_leader"),
    )),), filler="visiting_leader", reviewer="focal_visiting"),
))
SMALL = {form.code: form for form in (A1, A2, A7, A4, A5)}
BIO = "Trabaja desde hace años con centros de primera infancia."
AUTHORITY = exchanging.one("sending_authority", 9)


class Delegation(Exchange):
    """The exchange with its travellers let in; `travellers` are their people, in the order of the rows."""

    def __init__(self, house, monkeypatch, **facts):
        register(monkeypatch, SMALL)
        third = exchanging.TRAVELLERS[2] | {"email": "tercera@example.org"}
        super().__init__(house, (*exchanging.TRAVELLERS[:2], third), FACTS | facts)
        exchanges.invite_travellers(self.store, self.secretariat, self.now())
        emails = ("visiting_leader@example.org", "segunda@example.org", "tercera@example.org")
        self.travellers = [self.store.people.by_email(email) for email in emails]
        self.ministry = self.store.people.by_email("ministry_rep_visiting@example.org")

    def fill(self, form, part, person, answers, subject="", number=0):
        """Save and send a part."""
        section = next(each for each in SMALL[form].parts if each.key == part).sections[0].key
        self.save(form, section, person, answers, subject, number)
        return self.submit(form, part, person, subject, number)

    def submit(self, form, part, person, subject="", number=0):
        return life.submit(self.store, person, self.document(form, number), part=f"{part}.{subject}" if subject else part)

    def approve(self, form, part, person, subject="", number=0):
        document = self.document(form, number)
        return life.approve(self.store, person, document, document.revision, part=f"{part}.{subject}" if subject else part)

    def sign(self, form, person, number=0):
        document = self.document(form, number)
        code = signing.issue(self.store, person, document)
        return signing.sign(self.store, person, document, "typed", code, signing.hash_of(self.store, document))

    def cards(self):
        """The second annex filled by everybody and approved: it is at its signers."""
        for row, person in zip(self.rows(), self.travellers, strict=True):
            self.fill("A2", "travellers", person, {f"travellers.{row}.bio": BIO}, row)
        named = {f"sending_authority.{key}": value for key, value in AUTHORITY.items()}
        self.fill("A2", "list", self.visitor, {"selection_basis": "Por convocatoria abierta.", **named})
        return self.approved("A2")

    def approved(self, form, number=0):
        """Every part approved by who approves it."""
        for part in states.parts(self.store, self.document(form, number)):
            if part.state == "submitted":
                [person] = access.people(self.store, "approve", self.document(form, number), part=part.part)
                key, _, subject = part.part.partition(".")
                self.approve(form, key, person, subject, number)
        return self.document(form, number)

    def signed_cards(self):
        self.cards()
        for person in self.travellers:
            self.sign("A2", person)
        self.sign("A2", self.store.people.by_email(AUTHORITY["email"]))
        return self.sign("A2", self.visitor)

    def consents(self, number=1, **said):
        """A traveller's seventh annex, signed."""
        answers = {"consent_health": True, "consent_photo": True, "consent_log_publication": "named", "sign_place": "San Salvador"} | said
        self.fill("A7", "consents", self.travellers[number], answers, number=number)
        self.approved("A7", number)
        return self.sign("A7", self.travellers[number], number)

    def health(self, number=1, text="Maní"):
        row = self.rows()[number]
        return self.save("A4", "reserved", self.travellers[number], {f"reserved.{row}.allergies": text}, row)

    @staticmethod
    def form(document):
        return SMALL[document.form]

    def section(self, form, section, person, subject=""):
        return answering.page(self.store, person, self.document(form), section, exchanging.ES, subject)
