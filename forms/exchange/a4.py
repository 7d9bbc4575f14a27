"""A4 · Anexo IV: travel, lodging, needs, costs, emergencies; what is reserved stands on a sheet of each person's own (forms.md §4)."""
from __future__ import annotations

from dataclasses import replace

from forms.blocks import Cards
from forms.catalogues import COST_ITEM, CURRENCY, DIET, DOC_TYPE, PAYER, VISA_STATUS
from forms.exchange import costs, logistics
from forms.exchange.sources import PROGRAMME, calc, worked_out
from forms.kinds import (
    Choice,
    Choices,
    Country,
    Date,
    DateRange,
    DateTime,
    Decimal,
    File,
    Group,
    Money,
    Paragraph,
    Phone,
    Prefill,
    Ref,
    Refs,
    Signature,
    Table,
    Text,
    Time,
    Url,
    When,
    YesNo,
)
from forms.spec import Form, Part, Section
from forms.values import N_

JOURNEY = When("A1.modality", ("in_person", "hybrid"))
"""Asked only where somebody travels."""
ONLINE = When("A1.modality", ("virtual", "hybrid"))
"""Asked only where somebody takes part from afar."""

TRAVEL = Section("travel", N_("Documentos y viaje por persona"), (
    calc("traveller", N_("Persona"), logistics.whom, Ref, to="A2.travellers", sensitivity="personal", span=12, fixed=True),
    Choice("doc_type", N_("Tipo de documento"), options=DOC_TYPE, required=True, sensitivity="restricted", when=JOURNEY, span=4),
    Text("doc_number", N_("Número de documento"), most=30, required=True, sensitivity="restricted", when=JOURNEY,
         help=N_("Con el que viaja"), span=4),
    Country("doc_country", N_("País que lo emite"), world=True, required=True, sensitivity="restricted", when=JOURNEY),
    Date("doc_expiry", N_("Vence el"), required=True, sensitivity="restricted", when=JOURNEY, span=4),
    Date("birth_date", N_("Fecha de nacimiento"), required=True, sensitivity="restricted", when=JOURNEY, help=N_("Para pasaje y seguro"),
         span=4),
    Choice("visa_status", N_("Visa"), options=VISA_STATUS, required=True, sensitivity="restricted", when=JOURNEY, span=4),
    Text("out_carrier", N_("Ida: empresa y vuelo"), most=40, sensitivity="personal", when=JOURNEY, help=N_("Por ejemplo: XX 1234"), span=6),
    DateTime("out_arrival", N_("Llegada"), sensitivity="personal", when=JOURNEY, help=N_("Hora del país anfitrión"), span=6),
    Text("back_carrier", N_("Vuelta: empresa y vuelo"), most=40, sensitivity="personal", when=JOURNEY, span=6),
    DateTime("back_departure", N_("Salida"), sensitivity="personal", when=JOURNEY, help=N_("Hora del país anfitrión"), span=6),
    Text("insurer", N_("Aseguradora"), most=120, required=True, sensitivity="personal", when=JOURNEY, span=6),
    Text("policy_no", N_("Póliza"), most=60, required=True, sensitivity="restricted", when=JOURNEY, span=6),
    DateRange("insurance_period", N_("Vigencia del seguro"), required=True, sensitivity="personal", when=JOURNEY, span=6),
    Phone("insurer_phone", N_("Teléfono 24 h del seguro"), required=True, when=JOURNEY, span=6),
))
RESERVED = Section("reserved", N_("Hoja reservada por persona"), (
    calc("traveller", N_("Persona"), logistics.whom, Ref, to="A2.travellers", sensitivity="personal", fixed=True),
    Text("emergency_name", N_("Contacto de emergencia"), most=120, required=True, sensitivity="restricted",
         help=N_("Avíseles que dio sus datos"), span=6),
    Text("emergency_relation", N_("Relación"), most=40, required=True, sensitivity="restricted", span=3),
    Phone("emergency_phone", N_("Teléfono del contacto"), required=True, sensitivity="restricted", span=3),
    Choices("diet", N_("Alimentación"), options=DIET, high=4, alone=("none",), sensitivity="health",
            help=N_("No está obligado/a a responder")),
    Text("diet_other", N_("Otra alimentación"), sensitivity="health", help=N_("Opcional"), when=When("diet", ("other",))),
    Text("allergies", N_("Alergias"), most=200, sensitivity="health", help=N_("Opcional")),
    Text("support_needs", N_("Apoyos o accesibilidad"), most=300, sensitivity="health", help=N_("Opcional")),
    Text("medical_note", N_("Qué debe saber un médico"), most=300, sensitivity="health",
         help=N_("Opcional; no ponga diagnósticos si no hace falta")),
))
LODGING = Section("lodging", N_("Alojamiento"), (
    Table("lodging", N_("Alojamiento"), required=True, low=1, high=6, paper_rows=3, when=JOURNEY, named_by=("hotel",), summary=("hotel",),
          view=Cards(title=("hotel",)), fields=(
              Text("hotel", N_("Hotel"), most=120, required=True, span=6),
              Text("address", N_("Dirección y teléfono"), most=200, required=True, span=6),
              DateRange("stay", N_("Entrada y salida"), required=True),
              Refs("guests", N_("Personas"), to="A2.travellers", low=1, required=True, sensitivity="personal"),
              Choice("payer", N_("Quién paga"), options=PAYER, required=True, span=6),
          )),
))
TRANSFERS = Section("transfers", N_("Traslados y comidas"), (
    Text("airport_pickup", N_("¿Quién recibe en el aeropuerto?"), most=200, required=True, sensitivity="personal", when=JOURNEY,
         help=N_("Nombre y celular")),
    Paragraph("local_transport", N_("Traslados durante la visita"), most=600, required=True, when=JOURNEY,
              help=N_("Vehículo, punto y hora de salida")),
    Paragraph("meals_plan", N_("Comidas incluidas"), most=400),
    Text("meeting_point", N_("Punto de encuentro diario"), required=True),
), filler="focal_host")
TOTALS = Group("cost_totals", N_("Totales por pagador y general"), sensitivity="money", fields=tuple(
    Money(code, words) for code, words in (*PAYER.pairs, ("total", N_("Total general")))))
COSTS = Section("costs", N_("Costos y financiamiento"), (
    Choice("cost_currency", N_("Moneda del cuadro"), options=CURRENCY, required=True, sensitivity="money", help=N_("Una sola"), span=6),
    Table("costs", N_("Costos"), required=True, low=1, high=25, paper_rows=8, when=JOURNEY, sensitivity="money",
          summary=("item", "detail", "total"), fields=(
              Choice("item", N_("Rubro"), options=COST_ITEM, required=True, sensitivity="money", span=4),
              Text("detail", N_("Detalle"), sensitivity="money", span=8),
              Choice("payer", N_("Quién paga"), options=PAYER, required=True, sensitivity="money", span=6),
              Decimal("unit_cost", N_("Costo unitario"), low="0", high="999999999", decimals=2, required=True, sensitivity="money",
                      help=N_("En la moneda del cuadro")),
              Decimal("quantity", N_("Cantidad"), low="0.01", high="99999", decimals=2, required=True, sensitivity="money",
                      help=N_("Por ejemplo, personas × noches")),
              calc("total", N_("Total"), costs.total, Money, sensitivity="money", span=3),
          )),
    worked_out(TOTALS, costs.totals),
    Decimal("exchange_rate", N_("Tipo de cambio informado"), low="0.0001", high="99999999", sensitivity="money",
            help=N_("Moneda local por unidad, a la fecha de envío"), span=6),
))
EMERGENCIES = Section("emergencies", N_("Emergencias y documentos oficiales"), (
    Table("emergency_contacts", N_("Contactos de emergencia locales"), required=True, low=2, high=8, sensitivity="personal",
          summary=("what", "phone"), prefill=Prefill(N_("el Anexo I"), logistics.first_contact),
          help=N_("Punto focal, hospital, policía, embajada"), fields=(
              Text("what", N_("Contacto"), most=120, required=True, sensitivity="personal", span=5),
              Phone("phone", N_("Teléfono"), required=True, sensitivity="personal", span=3),
              Text("place", N_("Dirección"), span=4),
          )),
    File("invitation_letter", N_("Carta oficial de invitación"), mb=5, required=True, when=JOURNEY, help=N_("La emite el anfitrión")),
    File("mission_letter", N_("Nota oficial con la lista de la delegación"), mb=5, required=True, sensitivity="personal", when=JOURNEY,
         help=N_("La emite el país visitante")),
    YesNo("cost_bearer_statement", N_("La invitación o la nota dice quién cubre los gastos"), required=True, when=JOURNEY,
          help=N_("La piden varios consulados")),
), filler="focal_host")
CLOCKS = Table("timezones", N_("Horas en cada país"), fields=(
    Country("country", N_("País"), span=4), Text("zone", N_("Zona horaria"), span=5),
    Time("first", N_("Cuando en el país anfitrión son las 9"), span=3)))
REMOTE = Section("online", N_("Modalidad virtual o híbrida"), (
    Text("platform", N_("Plataforma"), most=60, required=True, when=ONLINE, span=4),
    Url("meeting_link", N_("Enlace"), most=300, required=True, when=ONLINE, span=8),
    replace(worked_out(CLOCKS, logistics.timezones, fixed=True), when=ONLINE),
    DateTime("tech_test", N_("Prueba técnica"), required=True, when=ONLINE, help=N_("Antes del primer día"), span=6),
    YesNo("recording", N_("¿Se grabará?"), required=True, when=ONLINE),
))
SIGNATURES = Section("signatures", N_("Firmas"), (
    Signature("a4_leader_signature", N_("Firma de la jefatura visitante"), required=True, sensitivity="personal",
              signer="visiting_leader"),
    Signature("a4_focal_signature", N_("Conformidad del punto focal anfitrión"), required=True, sensitivity="personal",
              signer="focal_host", covers=("transfers", "costs", "emergencies", "online")),
))
A4 = Form("A4", "2026-1", N_("Anexo IV — Especificaciones logísticas"), PROGRAMME, (
    Part("travel", N_("Viaje"), (TRAVEL,), subject="A2.travellers", named_by=("traveller",), filler="participant",
         reviewer="focal_visiting"),
    Part("reserved", N_("Hoja reservada"), (RESERVED,), subject="A2.travellers", named_by=("traveller",), filler="participant",
         classification="reserved", opens="A7.signed"),
    Part("logistics", N_("Logística"), (LODGING, TRANSFERS, COSTS, EMERGENCIES, REMOTE, SIGNATURES), filler="visiting_leader",
         reviewer="focal_visiting"),
), rules=logistics.RULES, order=("travel", "lodging", "transfers", "reserved", "costs", "emergencies", "online", "signatures"))
