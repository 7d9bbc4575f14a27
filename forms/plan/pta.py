"""PTA · Plan de transferencia de aprendizajes a 12 meses (forms.md §5)."""
from __future__ import annotations

from forms.blocks import Gantt
from forms.catalogues import MONTHS, RISK3
from forms.exchange.codes import coded
from forms.exchange.sources import NAMED, PROGRAMME, calc, said
from forms.kinds import (
    Choice,
    Choices,
    Date,
    Decimal,
    Email,
    Integer,
    Money,
    Paragraph,
    Prefill,
    Refs,
    Signature,
    Table,
    Text,
    When,
    YesNo,
)
from forms.plan import growing, rules
from forms.plan.calendar import end_of
from forms.sets import person
from forms.spec import Form, Part, Section
from forms.values import N_
from forms.view import From

OF_THE_PLAN = From("months", by="plan_start")
"""The twelve months by their names."""


def figure(key: str, label: str, *, required: bool = False, help: str = "") -> Decimal:
    """A value of an action's indicator."""
    return Decimal(key, label, low="-99999999", high="99999999", required=required, help=help, span=2)


HEAD = Section("head", N_("Identificación y conducción"), (
    Text("plan_title", N_("Título del plan"), required=True, prefill=said("A1", "activity_title")),
    Date("plan_start", N_("Inicio (mes 1)"), required=True, help=N_("Primer día de un mes"), span=4),
    calc("plan_end", N_("Término (mes 12)"), lambda facts: end_of(facts.answers.get("plan_start")), Date, span=4),
    Paragraph("change_goal", N_("Cambio que se quiere lograr"), most=600, required=True, prefill=said("A1", "policy_decision"),
              help=N_("Quién hará qué distinto en un año")),
    person("plan_coordinator", N_("Coordinación del plan"), required=True, sensitivity="personal", prefill=said("A1", "visiting_leader")),
    person("sponsor", N_("Autoridad que respalda"), required=True, sensitivity="personal", prefill=said("A2", "sending_authority"),
           help=N_("Puede decidir recursos o normas")),
    person("host_counterpart", N_("Contraparte del país anfitrión"), sensitivity="personal", prefill=said("A1", "host_leader")),
))
ACTIONS = Section("actions", N_("Acciones"), (
    Table("actions", N_("Acciones"), required=True, low=2, high=30, named_by=("code", "action"), summary=("code", "action", "weight"),
          prefill=Prefill(NAMED["A5"], growing.actions),
          view=Gantt(title=("code", "action"), months="months", under=("responsible", "weight")),
          fields=(
              calc("code", N_("Código"), coded("PT", "actions"), Text, most=8, span=2),
              YesNo("is_new", N_("¿Es una acción nueva?"), required=True, help=N_("No sale del Anexo V"), span=4),
              Refs("source", N_("De dónde viene"), to=("A5.joint_actions", "A5.transfer_outline"), required=True,
                   when=When("is_new", (False,)), help=N_("Actividades conjuntas o líneas de transferencia")),
              Text("action", N_("Acción"), most=200, required=True, help=N_("Verbo y qué")),
              Text("responsible", N_("Responsable"), required=True, sensitivity="personal", help=N_("Un solo cargo"), span=6),
              Email("responsible_email", N_("Correo"), required=True, sensitivity="personal", help=N_("Recibe los recordatorios"), span=6),
              Text("support", N_("Apoyan"), most=200),
              Choices("months", N_("Meses"), options=MONTHS, named=OF_THE_PLAN, low=1, high=12, required=True,
                      help=N_("Marque los meses de trabajo")),
              Text("product", N_("Producto"), most=200, required=True, help=N_("Documento, norma, servicio, formación")),
              Text("indicator", N_("Indicador"), most=200, required=True, span=9),
              Text("unit", N_("Unidad"), most=30, required=True, help=N_("%, centros, personas, documento"), span=3),
              figure("baseline", N_("Línea de base"), required=True, help=N_("Valor de hoy; 0 si no existe")),
              Date("baseline_date", N_("Fecha de la línea de base"), required=True, span=2),
              figure("target_m3", N_("Meta mes 3")),
              figure("target_m6", N_("Meta mes 6")),
              figure("target_m9", N_("Meta mes 9")),
              figure("target_m12", N_("Meta mes 12"), required=True),
              Text("means", N_("Medio de verificación"), most=200, required=True, help=N_("Documento o registro que lo prueba")),
              Integer("weight", N_("Peso (%)"), low=1, high=100, required=True, help=N_("Entre todas suman 100"), span=2),
              Money("resources", N_("Recursos"), sensitivity="money"),
              Text("risk", N_("Riesgo principal"), most=200, required=True, span=8),
              Choice("risk_level", N_("Nivel"), options=RISK3, required=True, span=4),
              Text("mitigation", N_("Qué haremos para evitarlo"), most=200, required=True, when=When("risk_level", ("high",))),
          )),
))
SUSTAINING = Section("sustaining", N_("Réplica, sostenibilidad y firmas"), (
    Table("sharing", N_("Actividades de réplica"), required=True, low=1, high=10, summary=("activity", "month"),
          help=N_("Compartir con quienes no viajaron"), fields=(
              Text("activity", N_("Actividad"), required=True, span=5),
              Text("audience", N_("A quiénes"), required=True, span=4),
              Integer("people", N_("Personas previstas"), low=1, high=5000, required=True, span=2),
              Choice("month", N_("Mes"), options=MONTHS, named=OF_THE_PLAN, required=True, span=2),
          )),
    Paragraph("sustainability", N_("Cómo seguirá después del mes 12"), most=600, required=True, prefill=said("A2", "institution_support"),
              help=N_("Norma, presupuesto, equipo")),
    Paragraph("help_needed", N_("Apoyo pedido al anfitrión o a la OEI"), most=500, prefill=Prefill(NAMED["A5"], growing.support_asked)),
    Signature("coordinator_signature", N_("Firma de la coordinación"), required=True, sensitivity="personal", signer="plan_coordinator"),
    Signature("sponsor_signature", N_("Firma de la autoridad"), required=True, sensitivity="personal", signer="sponsor"),
    Signature("pta_focal_signature", N_("Visto bueno OEI visitante"), required=True, sensitivity="personal", signer="focal_visiting"),
))
PTA = Form("PTA", "2026-1", N_("Plan de transferencia de aprendizajes a 12 meses"), PROGRAMME, (
    Part("plan", N_("Plan"), (HEAD, ACTIONS, SUSTAINING), filler="visiting_leader", reviewer="focal_visiting"),
), rules=rules.RULES, opens="A5.submitted")
