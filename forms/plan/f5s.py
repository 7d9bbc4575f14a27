"""F5S · Seguimiento del plan: how far each action is at months 3, 6, 9 and 12 (forms.md §5)."""
from __future__ import annotations

from forms.blocks import Cards
from forms.catalogues import ACTION_STATUS, LIGHT, MONTHS, inline
from forms.exchange.sources import PROGRAMME, calc, worked_out
from forms.kinds import Choice, Date, Decimal, File, Following, Integer, Paragraph, Prefill, Ref, Signature, Table, Text, When
from forms.plan import progress
from forms.spec import Form, Part, Section
from forms.values import ID, N_
from forms.view import From

MILESTONES = inline(*progress.MILESTONES)
BEFORE = N_("el seguimiento anterior")


def earlier(key: str) -> Prefill:
    """What the follow-up before said of the same action."""
    return Prefill(BEFORE, lambda facts: progress.before(facts).get(key))


LIGHTS = Table("light", N_("Semáforo"), fields=(
    Ref("action", N_("Acción"), to="PTA.actions", span=8), Choice("light", N_("Semáforo"), options=LIGHT, span=4)))
FOLLOWUP = Section("followup", N_("Avance del plan"), (
    calc("milestone", N_("Hito"), progress.milestone, Choice, options=MILESTONES, help=N_("Mes del plan"), fixed=True, span=4),
    calc("cutoff", N_("Fecha de corte"), progress.cutoff, Date, fixed=True, span=4),
    Following("progress", N_("Avance por acción"), of="PTA.actions", rows=progress.rows, required=True, low=2, high=30, paper_rows=5,
              summary=("action", "status", "percent"), help=N_("Todas las acciones"), view=Cards(title=("action",)), fields=(
                  calc("action", N_("Acción"), lambda facts: facts.row.get(ID), Ref, to="PTA.actions", fixed=True, span=12),
                  Choice("status", N_("Estado"), options=ACTION_STATUS, required=True, prefill=earlier("status"), span=4),
                  Integer("percent", N_("Avance (%)"), low=0, high=100, required=True, prefill=earlier("percent"), span=2),
                  Decimal("value", N_("Valor del indicador"), low="-99999999", high="99999999", required=True, prefill=earlier("value"),
                          span=3),
                  File("evidence", N_("Evidencia"), types=("pdf", "jpg", "docx", "xlsx"), mb=10, help=N_("Obligatoria si está cumplida")),
                  Text("note", N_("Qué pasó"), most=400, help=N_("Obligatorio si hay retraso, cambio de fecha o cancelación")),
                  Choice("new_month", N_("Nuevo mes"), options=MONTHS, named=From("months", by="PTA.plan_start"), required=True,
                         when=When("status", ("rescheduled",)), span=3),
              )),
    worked_out(LIGHTS, progress.lights, help=N_("Verde desde el 90 % de lo previsto, ámbar desde el 60")),
    calc("weighted_progress", N_("Avance ponderado"), progress.weighted, Decimal, decimals=1, span=4,
         help=N_("Por ciento de todo el plan")),
    Integer("sharing_done", N_("Personas alcanzadas con la réplica"), low=0, high=100_000, required=True, span=4),
    Paragraph("policy_change", N_("Cambio de política logrado"), most=600, help=N_("Obligatorio en el mes 12")),
    Paragraph("lessons", N_("Lecciones"), most=600, required=True),
    Paragraph("help_requested", N_("Apoyo que se pide ahora"), most=400),
    Signature("f5s_signature", N_("Firma de la coordinación"), required=True, sensitivity="personal", signer="plan_coordinator"),
))
F5S = Form("F5S", "2026-1", N_("Seguimiento del plan de transferencia"), PROGRAMME, (
    Part("followup", N_("Seguimiento"), (FOLLOWUP,), filler="visiting_leader", reviewer="focal_visiting"),
), subjects=progress.MILESTONES, opens="PTA.signed", day=progress.cutoff, rules=progress.RULES)
