"""A1 · Anexo I: what will be visited, when, why, and what each side promises (forms.md §4)."""
from __future__ import annotations

from forms.blocks import Cards, Timetable
from forms.catalogues import (
    AGENDA_KIND,
    AGENDA_STATE,
    AGREEMENT,
    CLOSING_OUTPUT,
    COOP_KIND,
    H_COMMIT,
    INST_TYPE,
    LANG,
    LOCALE,
    MODALITY,
    OUTCOME,
    PHOTO_POLICY,
    THEME,
    V_COMMIT,
    inline,
)
from forms.exchange import agenda, agreement
from forms.exchange.sources import PROGRAMME, calc, fact, person_of, worked_out
from forms.kinds import (
    Choice,
    Choices,
    Country,
    Date,
    DateRange,
    Decimal,
    Email,
    Group,
    Integer,
    Paragraph,
    Phone,
    Prefill,
    Ref,
    Refs,
    Signature,
    Table,
    Text,
    Time,
    When,
    YesNo,
)
from forms.sets import contributions, institution, person
from forms.spec import Form, Part, Section
from forms.values import N_

PARTLY = inline(N_("Sí"), N_("No"), N_("En parte"))
CLOSING = N_(
    "Hacer juntos un balance de la visita: qué aprendió cada país y qué queda pendiente. "
    "Acordar los próximos pasos: actividades conjuntas con responsables y fechas, e ideas para la transferencia."
)
BASE = Prefill(N_("el texto base"), lambda facts: CLOSING)

COMMON = Section("common", N_("Identificación común"), (
    calc("exchange_code", N_("Código del intercambio"), lambda facts: facts.dossier.code or None, Text, most=24, span=6,
         help=N_("Lo asigna el sistema"), fixed=True),
    Text("activity_title", N_("Título de la actividad"), least=10, required=True, prefill=fact("title"), help=N_("Nombre corto y claro")),
    Choices("themes", N_("Temas"), options=THEME, low=1, high=3, required=True, prefill=fact("themes"), help=N_("Elija de uno a tres")),
    Choice("modality", N_("Modalidad"), options=MODALITY, required=True, prefill=fact("modality"), help=N_("Cómo se hará la visita")),
    Choice("cooperation_kind", N_("Tipo de intercambio"), options=COOP_KIND, required=True, prefill=fact("cooperation_kind"),
           help=N_("Entre dos o más países")),
    Country("host_country", N_("País anfitrión (ofrece)"), required=True, prefill=fact("host_country"), help=N_("País que recibe"), span=6),
    Country("visiting_country", N_("País visitante (solicita)"), required=True, prefill=fact("visiting_country"),
            help=N_("País que viaja"), span=6),
    DateRange("visit_period", N_("Fechas de la visita"), most=15, required=True, prefill=fact("visit_period"),
              help=N_("Sin los días de viaje")),
    Choices("working_languages", N_("Idiomas de trabajo"), options=LANG, low=1, high=2, required=True, prefill=fact("working_languages"),
            help=N_("Idiomas de las reuniones"), span=6),
    Choice("document_locale", N_("Idioma y formato del documento"), options=LOCALE, required=True, prefill=fact("document_locale"),
           help=N_("Define fechas y números")),
))
HOST = Section("host", N_("Parte A: institución anfitriona"), (
    institution("host_institution", N_("Institución anfitriona"), required=True, prefill=fact("host_institution"),
                help=N_("Institución pública responsable")),
    person("host_leader", N_("Jefatura de la delegación anfitriona"), required=True, sensitivity="personal",
           prefill=person_of("host_leader"), help=N_("Firma la Parte A")),
    person("host_focal", N_("Punto focal OEI anfitrión"), required=True, sensitivity="personal", prefill=person_of("focal_host"),
           help=N_("Acompaña la visita")),
    person("host_ministry_rep", N_("Representante ministerial anfitrión"), sensitivity="personal", prefill=person_of("ministry_rep_host"),
           help=N_("Si el país lo pide")),
))
RECEIVING = Table(
    "receiving_institutions", N_("Instituciones que recibirán la visita"), required=True, low=1, high=12, named_by=("name",),
    summary=("name", "city", "confirmed"), unique=("name",), view=Cards(title=("name",)), help=N_("Una fila por institución"), fields=(
        Text("name", N_("Institución"), required=True, span=7),
        Choice("type", N_("Tipo"), options=INST_TYPE, required=True, span=5),
        Text("city", N_("Ciudad"), most=80, required=True, span=4),
        Text("address", N_("Dirección"), most=200, required=True, help=N_("Para llegar"), span=8,
             when=When("modality", ("in_person", "hybrid"))),
        Text("contact_name", N_("Persona de contacto"), most=120, required=True, sensitivity="personal", span=4),
        Email("contact_email", N_("Correo de contacto"), required=True, sensitivity="personal", span=5),
        Phone("contact_phone", N_("Teléfono de contacto"), sensitivity="personal", span=3),
        Text("experience_to_visit", N_("Qué se verá allí"), most=300, required=True),
        Integer("max_group", N_("Máximo de visitantes"), low=1, high=40, required=True, help=N_("Por espacio o por las niñas y niños")),
        Choice("accessible", N_("¿Es accesible?"), options=PARTLY, required=True, help=N_("Movilidad reducida"), span=3),
        Choice("photo_policy", N_("Fotografías"), options=PHOTO_POLICY, required=True, help=N_("Regla de la institución"), span=4),
        YesNo("confirmed", N_("¿Confirmada?"), required=True, span=2),
    ))
EXPERIENCE = Section("experience", N_("Experiencia que se compartirá"), (
    Text("experience_name", N_("Nombre de la experiencia o política"), required=True, prefill=fact("experience_name"),
         help=N_("Como se la conoce")),
    Paragraph("experience_summary", N_("Resumen de la experiencia"), most=1500, least=100, required=True,
              prefill=fact("experience_summary"), help=N_("Qué es, desde cuándo, a quién llega")),
    Paragraph("experience_evidence", N_("Resultados conocidos"), most=1000, required=True, prefill=fact("experience_evidence"),
              help=N_("Datos o evaluaciones, con año")),
    Paragraph("host_learning_interest", N_("Qué espera aprender el anfitrión"), most=600, help=N_("El aprendizaje va en ambos sentidos")),
    RECEIVING,
))
AGENDA = Table(
    "agenda", N_("Agenda"), required=True, low=1, high=80, paper_rows=20, named_by=("date", "start", "title"),
    summary=("date", "start", "title"), help=N_("Una fila por actividad"),
    view=Timetable(day="date", start="start", end="end", what="title", under=("kind", "institution", "place")), fields=(
        Date("date", N_("Fecha"), required=True, weekday=True),
        Time("start", N_("Desde"), required=True, help=N_("Hora local anfitriona")),
        Time("end", N_("Hasta"), required=True),
        Choice("kind", N_("Tipo"), options=AGENDA_KIND, required=True, span=4),
        Text("title", N_("Actividad"), most=120, required=True, span=8),
        Ref("institution", N_("Institución"), to="receiving_institutions", help=N_("Obligatoria en reuniones, visitas y observaciones")),
        Text("place", N_("Lugar o enlace"), required=True, prefill=Prefill(N_("la institución que recibe"), agenda.place), span=6),
        Text("objective", N_("Para qué"), most=300, required=True, help=N_("Qué se llevará la delegación"),
             when=When("kind", tuple(code for code in AGENDA_KIND.codes if code not in agenda.IDLE))),
        Text("host_responsible", N_("Responsable anfitrión"), most=120, required=True, sensitivity="personal", span=6),
        Refs("learning_questions", N_("Preguntas que responde"), to="A3.learning_questions", help=N_("Elija una o varias"), span=6),
        Text("notes", N_("Observaciones"), most=200),
    ))
SLOT = Group("closing_slot", N_("Día y hora del cierre"), fields=(
    Date("date", N_("Día"), weekday=True, span=6), Time("start", N_("Desde"), span=3), Time("end", N_("Hasta"), span=3)))
SCHEDULE = Section("agenda", N_("Agenda de visitas"), (
    AGENDA,
    calc("agenda_state", N_("Estado de la agenda"), lambda facts: facts.dossier.facts.get("agenda_state") or "draft", Choice,
         live=True, options=AGENDA_STATE, span=6),
    calc("agenda_hours", N_("Horas de trabajo"), agenda.agenda_hours, Decimal, decimals=2, help=N_("Sin traslados ni pausas"), span=6),
))
SESSION = Section("closing", N_("Sesión de cierre (obligatoria)"), (
    worked_out(SLOT, agenda.closing_slot, help=N_("Sale de la agenda")),
    Paragraph("closing_objectives", N_("Objetivos del cierre"), most=600, required=True, prefill=BASE, help=N_("Balance y próximos pasos")),
    Refs("closing_institutions", N_("Instituciones que asistirán"), low=2, high=12, required=True, help=N_("Al menos una de cada país"),
         to=("receiving_institutions", "host_institution", "visiting_institution")),
    Text("closing_facilitator", N_("Quién conduce el cierre"), most=120, required=True, sensitivity="personal"),
    Choices("closing_outputs", N_("Qué debe salir del cierre"), options=CLOSING_OUTPUT, low=2, high=5, required=True),
))
PROMISES = Section("host_commitments", N_("Compromisos del país anfitrión"), (
    Choices("host_commitments", N_("El país anfitrión se compromete a"), options=H_COMMIT, every=True, required=True,
            help=N_("Lea y marque cada uno")),
    contributions("host_contributions", N_("Aportes del anfitrión"), sensitivity="money", help=N_("Personal, salas, transporte…")),
    Paragraph("host_conditions", N_("Condiciones o límites"), most=600, help=N_("Cupos, zonas, horarios")),
    Signature("host_leader_signature", N_("Firma de la jefatura anfitriona"), required=True, sensitivity="personal", signer="host_leader"),
    Signature("host_focal_signature", N_("Visto bueno del punto focal OEI anfitrión"), required=True, sensitivity="personal",
              signer="focal_host"),
    Signature("host_ministry_signature", N_("Firma ministerial"), required=True, sensitivity="personal", signer="ministry_rep_host",
              when=When("host_ministry_signs", (True,))),
))
OBJECTIVES = Table(
    "specific_objectives", N_("Objetivos específicos"), required=True, low=2, high=5, named_by=("code", "objective"),
    summary=("code", "objective"), view=Cards(title=("code", "objective")), fields=(
        calc("code", N_("Código"), lambda facts: f"OE-{facts.number}" if facts.number else None, Text, most=8, span=2,
             help=N_("OE-1, OE-2…")),
        Text("objective", N_("Objetivo"), most=250, required=True),
        Text("expected_result", N_("Resultado esperado"), most=250, required=True, help=N_("Algo que se pueda comprobar"), span=8),
        Choice("outcome", N_("Tipo de resultado"), options=OUTCOME, required=True, span=4),
    ))
VISITOR = Section("visitor", N_("Parte B: institución visitante"), (
    institution("visiting_institution", N_("Institución solicitante"), required=True, prefill=fact("visiting_institution"),
                help=N_("Institución pública responsable")),
    person("visiting_leader", N_("Jefatura de la delegación visitante"), required=True, sensitivity="personal",
           prefill=person_of("visiting_leader"), help=N_("Firma la Parte B")),
    person("visiting_focal", N_("Punto focal OEI visitante"), required=True, sensitivity="personal", prefill=person_of("focal_visiting")),
    person("visiting_ministry_rep", N_("Representante ministerial o en la Red"), required=True, sensitivity="personal",
           prefill=person_of("ministry_rep_visiting"), help=N_("Coordinó la selección")),
    Paragraph("request_reason", N_("Por qué se solicita"), least=100, required=True, prefill=fact("request_reason"),
              help=N_("Problema que se quiere resolver")),
    Paragraph("general_objective", N_("Objetivo general"), most=400, required=True, help=N_("Empiece con un verbo")),
    OBJECTIVES,
    Paragraph("policy_decision", N_("Decisión de política que se apoyará"), most=800, required=True, prefill=fact("policy_decision"),
              help=N_("Norma, programa o servicio que cambiará")),
    Paragraph("previous_contact", N_("Contactos previos entre los países"), most=500),
))
CHANGES = Table(
    "agenda_changes", N_("Cambios pedidos"), required=True, high=15, when=When("agenda_agreement", ("with_comments",)),
    summary=("row", "request"), view=Cards(title=("row",)), fields=(
        Ref("row", N_("Fila de la agenda"), to="agenda", required=True, span=12),
        Text("request", N_("Cambio pedido"), most=300, required=True),
        Text("answer", N_("Respuesta del anfitrión"), most=300, filler="host_leader"),
        YesNo("accepted", N_("¿Aceptado?"), filler="host_leader", span=4),
    ))
AGREED = Section("agreement", N_("Conformidad con la agenda y compromisos del país visitante"), (
    Choice("agenda_agreement", N_("¿Está conforme con la agenda?"), options=AGREEMENT, required=True),
    CHANGES,
    Integer("delegation_size", N_("Número de viajeros"), low=1, high=20, required=True, prefill=fact("delegation_size"), span=4),
    Choices("visiting_commitments", N_("El país visitante se compromete a"), options=V_COMMIT, every=True, required=True,
            help=N_("Lea y marque cada uno")),
    contributions("visiting_contributions", N_("Aportes del visitante"), sensitivity="money"),
    Signature("visiting_leader_signature", N_("Firma de la jefatura visitante"), required=True, sensitivity="personal",
              signer="visiting_leader"),
    Signature("visiting_focal_signature", N_("Visto bueno del punto focal OEI visitante"), required=True, sensitivity="personal",
              signer="focal_visiting"),
    Signature("visiting_ministry_signature", N_("Firma ministerial"), required=True, sensitivity="personal",
              signer="ministry_rep_visiting", when=When("visiting_ministry_signs", (True,))),
))
A1 = Form("A1", "2026-1", N_("Anexo I — Identificación de la actividad, agenda y compromisos"), PROGRAMME, (
    Part("a", N_("Parte A: país anfitrión"), (COMMON, HOST, EXPERIENCE, SCHEDULE, SESSION, PROMISES),
         filler="host_leader", reviewer="focal_host"),
    Part("b", N_("Parte B: país visitante"), (VISITOR, AGREED), filler="visiting_leader", reviewer="focal_visiting"),
), rules=agreement.RULES, signing=(
    "visiting_leader_signature", "host_leader_signature", "visiting_focal_signature", "host_focal_signature",
    "visiting_ministry_signature", "host_ministry_signature"))
