"""F4L · Registro diario del punto focal: what was done of the agenda, what was found, what went wrong (forms.md §6.4)."""
from __future__ import annotations

from forms.blocks import Cards
from forms.catalogues import RISK3, THEME, inline
from forms.exchange import sessions
from forms.exchange.sources import PROGRAMME, calc
from forms.kinds import Choice, Date, Following, Integer, Ref, Table, Text, When, YesNo
from forms.sets import PHOTO
from forms.spec import Form, Part, Section
from forms.values import ID, N_

DONE = inline(N_("Cumplida"), N_("Cambiada"), N_("No realizada"))
FOUND = inline(N_("Práctica"), N_("Dato"), N_("Riesgo"), N_("Idea"))

AGENDA = Section("agenda", N_("La agenda del día"), (
    calc("date", N_("Día"), sessions.day_of, Date, fixed=True, span=6),
    Following("rows", N_("Actividades"), of="A1.agenda", rows=sessions.rows_of_day, required=True, low=1, high=20,
              summary=("row", "done"), fields=(
                  calc("row", N_("Actividad"), lambda facts: facts.row.get(ID), Ref, to="A1.agenda", fixed=True, span=6),
                  Choice("done", N_("¿Se hizo?"), options=DONE, required=True, span=3),
                  Text("change_reason", N_("Qué cambió y por qué"), most=200, required=True,
                       when=When("done", ("cambiada", "no_realizada")), span=4),
                  Integer("attendance", N_("Asistentes"), low=0, high=500, required=True, span=2),
              )),
    Table("absences", N_("Ausencias"), high=20, paper_rows=3, sensitivity="personal", summary=("traveller",), fields=(
        Ref("traveller", N_("Persona"), to="A2.travellers", required=True, sensitivity="personal"),
        Text("reason", N_("Motivo"), most=200, required=True, sensitivity="personal"),
    )),
))
FINDINGS = Section("findings", N_("Hallazgos e incidencias"), (
    Table("findings", N_("Hallazgos"), high=10, summary=("finding",), view=Cards(title=("finding",)), fields=(
        Text("finding", N_("Hallazgo"), most=400, required=True),
        Choice("kind", N_("Tipo"), options=FOUND, required=True, span=4),
        Choice("theme", N_("Tema"), options=THEME, required=True, span=4),
        Ref("source", N_("Institución de origen"), to="A1.receiving_institutions", span=4),
    )),
    Table("incidents", N_("Incidencias"), high=10, paper_rows=3, sensitivity="restricted", summary=("severity", "closed"),
          view=Cards(title=("what",)), fields=(
              Text("what", N_("Qué pasó"), most=300, required=True, sensitivity="restricted"),
              Choice("severity", N_("Gravedad"), options=RISK3, required=True, sensitivity="restricted", span=4),
              Text("action", N_("Qué se hizo"), most=300, required=True, sensitivity="restricted"),
              YesNo("closed", N_("¿Está resuelta?"), required=True, sensitivity="restricted", span=4),
          )),
))
MEMORIES = Section("memories", N_("Fotos y palabras del día"), (
    Table("photos", N_("Fotos"), high=6, paper_rows=2, sensitivity="personal", summary=("caption",), view=Cards(title=("caption",)),
          fields=PHOTO),
    Text("quote", N_("Una frase del día"), most=250, help=N_("Sin nombres de niñas ni niños")),
))
F4L = Form("F4L", "2026-1", N_("Registro diario del punto focal"), PROGRAMME, (
    Part("day", N_("Registro del día"), (AGENDA, FINDINGS, MEMORIES), filler="focal_host", reviewer="secretariat"),
), subject="A1.visit_period", opens="A1.approved", rules=sessions.RULES_OF_DAY)
