"""F4C · Balance de cierre: what both countries conclude in the closing session, and what comes after (forms.md §6.4)."""
from __future__ import annotations

from forms.catalogues import CALENDAR
from forms.exchange import sessions
from forms.exchange.sources import PROGRAMME, worked_out
from forms.kinds import Choice, DateTime, Group, Integer, Paragraph, Prefill, Refs, Table, Text
from forms.spec import Form, Part, Section
from forms.values import N_

DEVIATION = Group("deviation", N_("Agenda prevista y cumplida"), fields=(
    Integer("planned", N_("Actividades previstas"), span=3),
    Integer("done", N_("Cumplidas"), span=3),
    Integer("changed", N_("Cambiadas"), span=3),
    Integer("not_done", N_("No realizadas"), span=3),
))
BALANCE = Section("balance", N_("Balance compartido"), (
    DateTime("held_at", N_("Día y hora del cierre"), required=True, prefill=Prefill(N_("el Anexo I"), sessions.closing_moment), span=6),
    Refs("present_institutions", N_("Instituciones presentes"), low=2, required=True, help=N_("Al menos una de cada país"),
         to=("A1.receiving_institutions", "A1.host_institution", "A1.visiting_institution")),
    Paragraph("balance", N_("Balance compartido"), most=1500, required=True),
    Paragraph("strengths", N_("Lo que salió bien"), most=600, required=True),
    Paragraph("improvements", N_("Lo que hay que mejorar"), most=600, required=True),
    Paragraph("host_learnings", N_("Qué aprendió el anfitrión"), most=600),
    worked_out(DEVIATION, sessions.deviation, help=N_("Sale de los registros diarios"), fixed=True),
))
NEXT = Section("next", N_("Actividades posteriores y valoración"), (
    Table("next_activities", N_("Actividades posteriores"), required=True, low=1, high=10, named_by=("title",),
          summary=("title", "month"), fields=(
              Text("title", N_("Actividad"), required=True, span=5),
              Text("host_responsible", N_("Responsable país anfitrión"), required=True, sensitivity="personal", span=3),
              Text("visiting_responsible", N_("Responsable país visitante"), required=True, sensitivity="personal", span=3),
              Choice("month", N_("Mes"), options=CALENDAR, required=True, span=2),
          )),
    Paragraph("qualitative_assessment", N_("Valoración cualitativa del punto focal"), most=1500, required=True,
              sensitivity="internal", help=N_("De uso interno de la OEI")),
    *sessions.four_signatures("f4c"),
))
F4C = Form("F4C", "2026-1", N_("Balance de cierre"), PROGRAMME, (
    Part("balance", N_("Balance de cierre"), (BALANCE, NEXT), filler="focal_host", reviewer="secretariat"),
), opens="A1.approved", rules=sessions.RULES_OF_BALANCE)
