"""A form nobody fills: every kind, every view of a table, parts with subjects, and keys that would collide with anything careless."""
from forms.blocks import Cards, Diary, Gantt, Matrix, Timetable
from forms.catalogues import MONTHS, P_COMMIT, THEME, inline
from forms.kinds import (
    Averages,
    Calc,
    Choice,
    Choices,
    Country,
    Date,
    DateRange,
    DateTime,
    Decimal,
    Email,
    File,
    Following,
    Group,
    Integer,
    Money,
    Notice,
    Paragraph,
    Phone,
    Prefill,
    Rating5,
    Rating10,
    Ref,
    Refs,
    Signature,
    Static,
    Table,
    Tags,
    Tally,
    Text,
    Time,
    Url,
    When,
    Wording,
    Year,
    YesNo,
)
from forms.rules import Rule
from forms.sets import contributions, institution, person, photo
from forms.spec import Form, Part, Section
from forms.values import ID, rows_of
from forms.view import BARE, DossierView, From, Options

OPEN = Options("OPEN", (("one", "Uno"), ("two", "Dos")), closed=False)
DIET = inline("Ninguna", "Vegetariana", "Otra")


def count(table):
    return lambda facts: len(rows_of(facts.answers.get(table)))


def tallied(facts):
    themes = [str(code) for row in rows_of(facts.answers.get("matrix")) for code in row.get("across") or ()]
    return {code: themes.count(code) for code in dict.fromkeys(themes)}


def followed(facts):
    return [{ID: row[ID]} for row in rows_of(facts.answers.get("plain"))]


def averaged(facts):
    return {"one": {"average": "4.5", "answers": len(rows_of(facts.answers.get("plain")))}}


def calc(key, label, of, like, **more):
    return Calc(key, label, of=of, like=like(key, label, **more))


WORDS = Section("words", "Palabras", (
    Static("data", "Aviso", words=("Lea antes de llenar.", "Nadie está obligado a responder.")),
    Notice("notice", "Para leer", fields=(
        Static("why", "Por qué", words=("Se pide solo lo necesario.",)), calc("who", "Quién", lambda facts: "La casa", Text))),
    Text("items", "Texto", most=80, least=5, required=True, span=6),
    Text("errors", "Texto que viene de fuera", prefill=Prefill("la ficha anterior", lambda facts: facts.dossier.previous.get("errors")),
        span=6),
    Paragraph("validate", "Párrafos", most=400, required=True),
    Tags("keys", "Etiquetas", high=4, low=1, required=True, suggestions=From("earlier", by="keys")),
))
FIGURES = Section("figures", "Cifras y fechas", (
    Integer("process", "Entero", low=-5, high=2500, required=True),
    Year("year", "Año", low=2000, high=2040, required=True),
    Decimal("decimal", "Decimal", low="-10.5", high="1234567.25", decimals=2, required=True),
    Money("money", "Dinero", required=True, sensitivity="money"),
    Date("date", "Día", required=True),
    DateRange("range", "Fechas", most=15, required=True),
    DateRange("months", "Meses enteros", months=True),
    DateTime("moment", "Momento", required=True),
    Time("hour", "Hora", required=True),
))
LISTS = Section("lists", "Listas", (
    Choice("choice", "Una de pocas", options=DIET, required=True),
    Text("choice_other", "¿Cuál?", required=True, when=When("choice", ("otra",))),
    Choice("open", "Una de una lista abierta", options=OPEN),
    Choice("theme", "Una de muchas", options=THEME, required=True),
    Choices("choices", "Varias", options=THEME, low=1, high=3, required=True),
    Choices("commitments", "Me comprometo a", options=P_COMMIT, every=True, required=True),
    Country("country", "País miembro", required=True),
    Country("issuer", "Cualquier país", world=True),
    Choices("territories", "Territorio", options=From("divisions", by="country"), alone=("nacional",), required=True, low=1, high=20),
    YesNo("consent", "¿Autoriza?", required=True, sensitivity="personal"),
    YesNo("ack", "He leído", agreed=True, required=True),
    Paragraph("why", "¿Por qué no?", required=True, when=When("consent", (False,))),
    Rating5("rating5", "Del 1 al 5", required=True),
    Rating10("rating10", "Del 0 al 10", required=True),
))
CONTACT = Section("contact", "Contacto y archivos", (
    Email("email", "Correo", required=True, sensitivity="personal"),
    Phone("phone", "Teléfono", required=True, sensitivity="personal"),
    Url("url", "Enlace", required=True),
    File("file", "Acta", types=("pdf",), mb=5, required=True),
    File("picture", "Foto", types=("jpg", "png"), mb=8, sensitivity="personal"),
    person("person", "Persona", required=True),
    person("guest", "Persona invitada", prefill=Prefill("las personas del expediente",
        lambda facts: dict(facts.dossier.people.get("guest", {})))),
    institution("institution", "Institución"),
    photo("photo", "Fotografía del día"),
    contributions("contributions", "Aportes", sensitivity="money"),
))
VIEWS = Section("views", "Tablas", (
    Table("plain", "Personas", required=True, low=1, high=3, named_by=("no", "who.given_names who.family_names"),
        summary=("who.given_names",),
          unique=("code",), fields=(
              calc("no", "N.º", lambda facts: facts.number, Integer, span=1),
              Text("code", "Código", most=12, required=True, span=2),
              person("who", "Quién", required=True),
              Ref("buddy", "Con quién", to="plain"),
              Text("document", "Documento", most=30, sensitivity="restricted"),
              YesNo("pays", "¿Paga?"),
              Text("payer", "¿Quién paga?", required=True, when=When("pays", (False,)), span=3),
          )),
    Table("agenda", "Agenda", high=4, named_by=("what",), view=Timetable("day", "start", "end", "what", under=("where", "questions")),
        fields=(
        Date("day", "Día", required=True), Time("start", "Desde", required=True), Time("end", "Hasta", required=True),
        Text("what", "Actividad", required=True), Text("where", "Lugar", sensitivity="personal"),
        Refs("questions", "Preguntas", to="A3.learning_questions"))),
    Table("cards", "Tarjetas", high=3, view=Cards(title=("title",), by="owner"), fields=(
        Text("title", "Título", required=True), Ref("owner", "De quién", to=("plain", "institution")), Paragraph("body", "Texto",
            most=200))),
    Table("matrix", "Cruce", high=3, view=Matrix(title=("row",), across="across", under=("note",)), fields=(
        Text("row", "Fila", required=True), Choices("across", "Temas", options=THEME), Text("note", "Nota"))),
    Table("gantt", "Plan", high=3, view=Gantt(title=("action",), months="when_", under=("owner",)), fields=(
        Text("action", "Acción", required=True),
        Choices("when_", "Meses", options=MONTHS, required=True, named=From("months", by="date")),
        Text("owner", "Responsable", sensitivity="personal"))),
    Table("diary", "Diario", high=2, view=Diary("day", "place", prose=("text",), pictures=("image",)), fields=(
        Date("day", "Día", required=True), Text("place", "Lugar"), Paragraph("text", "Qué vi", most=300), File("image", "Imagen",
            types=("jpg",)))),
    Following("followed", "Una por persona", of="plain", rows=followed, high=3, named_by=("remark",), fields=(
        calc("whom", "De quién", lambda facts: facts.row.get(ID), Ref, to="plain"),
        Text("remark", "Qué dijo", most=60))),
    calc("wording", "De qué formulario", lambda facts: ["Fila", "Nota"], Wording),
    calc("averages", "Promedios", averaged, Averages, options=OPEN),
    calc("people", "Personas en total", count("plain"), Integer),
    calc("tally", "Por tema", tallied, Tally, options=THEME),
    Group("health", "Salud", sensitivity="health", fields=(Text("allergy", "Alergias"), Text("support", "Apoyos"))),
    Signature("signature", "Firma", required=True, sensitivity="personal", signer="unit_head"),
))
COPY = Section("copy", "Autorizaciones", (
    YesNo("share", "¿Comparte su correo?", required=True),
    Text("alias", "Cómo quiere que le llamen", most=40, sensitivity="personal"),
    Table("trips", "Viajes", high=2, fields=(Text("flight", "Vuelo", most=20, required=True), Date("on", "Fecha"))),
    Text("emergency", "Contacto de emergencia", most=60, sensitivity="restricted"),
    Text("medical", "Qué debe saber un médico", most=60, sensitivity="health"),
))


def needs_a_person(facts):
    return ()


SPECIMEN = Form("SPEC", "2026-1", "Espécimen", "Programa de prueba", (
    Part("body", "Cuerpo", (WORDS, FIGURES, LISTS, CONTACT, VIEWS), filler="unit_editor", reviewer="unit_head"),
    Part("copies", "Una por persona", (COPY,), subject="plain", filler="participant"),
), rules=(Rule("S-1", "SPEC.person", "submit", True, needs_a_person),))

DOSSIER: DossierView = BARE
