"""A2 · Anexo II: who travels, why each person, what each one and the institution promise (forms.md §4)."""
from __future__ import annotations

from forms.catalogues import DECISION_LEVEL, DEL_FUNCTION, LANG, P_COMMIT, THEME, inline
from forms.exchange import delegation
from forms.exchange.sources import PROGRAMME, calc, fact, said, worked_out
from forms.kinds import (
    Choice,
    Choices,
    Country,
    DateRange,
    Email,
    File,
    Group,
    Integer,
    Paragraph,
    Phone,
    Signature,
    Tally,
    Text,
    When,
)
from forms.sets import person
from forms.spec import Form, Part, Section
from forms.values import N_
from forms.view import Options

GENDER = inline(N_("Mujer"), N_("Hombre"), N_("Otro"), N_("Prefiero no decir"))
STATE = inline(N_("Titular"), N_("Suplente"), N_("Reemplazada"), N_("Retirada"))
EXCHANGE = Group("header", N_("Identificación del intercambio"), fields=(
    Text("code", N_("Código"), span=4),
    Text("activity_title", N_("Título"), span=8),
    Country("host_country", N_("País anfitrión"), span=3),
    Country("visiting_country", N_("País visitante"), span=3),
    DateRange("visit_period", N_("Fechas de la visita"), span=6),
))
COMPOSITION = Group("composition", N_("Composición"), fields=(
    Tally("by_function", N_("Por función"), options=DEL_FUNCTION),
    Tally("by_level", N_("Por nivel de decisión"), options=DECISION_LEVEL),
    Tally("by_institution", N_("Por institución"), options=Options(closed=False)),
))
SUMMARY = Section("summary", N_("Resumen de la delegación"), (
    worked_out(EXCHANGE, delegation.header, fixed=True),
    calc("traveller_count", N_("Número de viajeros"), delegation.count, Integer),
    worked_out(COMPOSITION, delegation.composition, help=N_("Por función, nivel e institución")),
    Paragraph("selection_basis", N_("Cómo se seleccionó"), most=600, required=True, prefill=fact("selection_basis"),
              help=N_("Criterios y fecha del acta")),
    File("selection_record", N_("Acta de selección"), types=("pdf",), mb=5, required=True, sensitivity="personal"),
))
CARD = Section("card", N_("Personas que viajan"), (
    calc("no", N_("N.º"), delegation.number, Text, most=2, span=1, help=N_("01, 02…")),
    Text("given_names", N_("Nombres"), most=80, required=True, sensitivity="personal", span=5, help=N_("Como en el documento")),
    Text("family_names", N_("Apellidos"), most=80, required=True, sensitivity="personal", span=6, help=N_("Como en el documento")),
    Text("badge_name", N_("Nombre para la credencial"), most=60, sensitivity="personal", span=6, help=N_("Como quiere que le llamen")),
    Choice("gender", N_("Género"), options=GENDER, sensitivity="personal", help=N_("Solo para estadística")),
    Text("institution", N_("Institución"), required=True, prefill=said("A1", "visiting_institution", "name"), span=8),
    Text("unit", N_("Unidad o dirección"), most=120, span=4),
    Text("position", N_("Cargo"), most=120, required=True, sensitivity="personal", span=8),
    Integer("years_experience", N_("Años de experiencia en primera infancia"), high=60, required=True, sensitivity="personal", span=4),
    Choice("function", N_("Función en la delegación"), options=DEL_FUNCTION, required=True),
    Choice("decision_level", N_("Nivel de decisión"), options=DECISION_LEVEL, required=True),
    Choices("topics", N_("Temas de interés"), options=THEME, low=1, high=3, required=True),
    Choices("languages", N_("Idiomas que entiende"), options=LANG, low=1, high=3, required=True, sensitivity="personal"),
    Email("email", N_("Correo"), required=True, sensitivity="personal", help=N_("Aquí llega su acceso")),
    Phone("mobile", N_("Celular"), required=True, sensitivity="personal", span=6, help=N_("Con código de país")),
    Paragraph("bio", N_("Presentación breve"), most=600, required=True, sensitivity="personal", help=N_("Dos o tres frases")),
    Paragraph("expected_learning", N_("Qué espera aprender"), most=600, required=True),
    Paragraph("application_plan", N_("Cómo lo usará en su institución"), most=600, required=True),
    Text("supervisor", N_("Jefatura inmediata"), required=True, sensitivity="personal", help=N_("Nombre y cargo")),
    File("leave_authorisation", N_("Permiso o acuerdo de misión"), types=("pdf",), mb=5, required=True, sensitivity="personal",
         when=When("A1.modality", ("in_person", "hybrid"))),
    Choices("commitments", N_("Me comprometo a"), options=P_COMMIT, every=True, required=True, help=N_("Lea y marque cada uno")),
    Choice("state", N_("Situación"), options=STATE, required=True),
    Signature("signature", N_("Firma"), required=True, sensitivity="personal", signer="participant"),
))
INSTITUTIONS = Section("institutions", N_("Compromisos institucionales y firmas"), (
    Paragraph("institution_support", N_("Cómo apoyará la institución la transferencia"), most=800, required=True,
              help=N_("Tiempo, recursos, decisión")),
    person("sending_authority", N_("Autoridad que autoriza el viaje"), required=True, sensitivity="personal"),
    Signature("sending_authority_signature", N_("Firma de la autoridad"), required=True, sensitivity="personal",
              signer="sending_authority"),
    Signature("a2_leader_signature", N_("Firma de la jefatura visitante"), required=True, sensitivity="personal",
              signer="visiting_leader"),
))
A2 = Form("A2", "2026-1", N_("Anexo II — Delegación visitante y compromisos"), PROGRAMME, (
    Part("travellers", N_("Personas que viajan"), (CARD,), subject="A2.travellers", named_by=("no", "given_names family_names"),
         filler="participant", reviewer="focal_visiting", ended=When("state", ("reemplazada", "retirada"))),
    Part("list", N_("La delegación"), (SUMMARY, INSTITUTIONS), filler="visiting_leader", reviewer="focal_visiting"),
), rules=delegation.RULES, order=("summary", "card", "institutions"),
    signing=("signature", "sending_authority_signature", "a2_leader_signature"))
