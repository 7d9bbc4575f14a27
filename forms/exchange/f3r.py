"""F3R · Acta de la sesión de referenciación: expectations, the agenda gone through, questions and agreements (forms.md §6.3)."""
from __future__ import annotations

from forms.blocks import Cards
from forms.catalogues import ACTION_STATUS, inline
from forms.exchange import sessions
from forms.exchange.sources import PROGRAMME
from forms.kinds import Choice, Date, DateTime, Integer, Paragraph, Prefill, Ref, Table, Text, When, YesNo
from forms.spec import Form, Part, Section
from forms.values import N_

SIDE = inline(N_("Anfitrión"), N_("Visitante"), N_("OEI"), N_("Invitado"))
DECISION = inline(N_("Se mantiene"), N_("Se cambia"), N_("Se elimina"), N_("Se agrega"))
REVIEWED = Prefill(N_("los datos del intercambio"), lambda facts: facts.dossier.facts.get("agenda_version") or None, once=True)
"""The agenda that was shared last; none was before the first time."""

MEETING = Section("meeting", N_("La sesión"), (
    DateTime("date", N_("Día y hora"), required=True, help=N_("Hora del país anfitrión"), span=6),
    Text("platform", N_("Plataforma"), most=60, required=True, span=6),
    Table("attendees", N_("Asistentes"), required=True, low=4, high=40, paper_rows=8, sensitivity="personal", named_by=("name",),
          summary=("name", "side", "present"), prefill=Prefill(N_("las personas del intercambio"), sessions.convened),
          help=N_("Quienes firman deben estar presentes"), fields=(
              Text("name", N_("Nombre"), most=160, required=True, sensitivity="personal", span=4),
              Text("position", N_("Cargo"), most=120, required=True, sensitivity="personal", span=4),
              Text("institution", N_("Institución"), required=True, span=4),
              Choice("side", N_("Parte"), options=SIDE, required=True, span=8),
              YesNo("present", N_("¿Asistió?"), required=True, span=4),
          )),
    Integer("agenda_version", N_("Versión de agenda revisada"), low=1, high=99, required=True,
            prefill=REVIEWED, help=N_("La que se compartió antes de la sesión"), span=6),
))
REVIEW = Section("review", N_("Expectativas y revisión de la agenda"), (
    Paragraph("expectations_host", N_("Qué espera el país anfitrión"), most=800, required=True),
    Paragraph("expectations_visiting", N_("Qué espera el país visitante"), most=800, required=True),
    Table("agenda_review", N_("Revisión de la agenda"), high=30, summary=("row", "decision"),
          view=Cards(title=("row", "decision")), fields=(
        Choice("decision", N_("Decisión"), options=DECISION, required=True, span=12),
        Ref("row", N_("Fila de la agenda"), to="A1.agenda", required=True, span=12,
            when=When("decision", ("se_mantiene", "se_cambia", "se_elimina"))),
        Text("comment", N_("Comentario"), most=300, required=True),
    )),
))
OUTCOME = Section("agreements", N_("Dudas, acuerdos y próximo contacto"), (
    Table("questions", N_("Dudas y respuestas"), high=20, summary=("question", "pending"), view=Cards(title=("question",)), fields=(
        Text("question", N_("Duda"), most=250, required=True),
        Text("answer", N_("Respuesta"), most=400),
        YesNo("pending", N_("¿Queda pendiente?"), required=True),
    )),
    Table("agreements", N_("Acuerdos"), required=True, low=1, high=20, summary=("agreement", "due"), fields=(
        Text("agreement", N_("Acuerdo"), most=250, required=True),
        Text("responsible", N_("Responsable"), most=120, required=True, sensitivity="personal", span=9),
        Date("due", N_("Fecha"), required=True, span=3),
        Choice("status", N_("Estado"), options=ACTION_STATUS, required=True, span=12),
    )),
    YesNo("safeguarding_reviewed", N_("Se revisaron las normas de protección de la niñez"), agreed=True, required=True),
    YesNo("privacy_explained", N_("Se explicó el Anexo VII"), agreed=True, required=True),
    Date("next_contact", N_("Próximo contacto"), span=4),
    *sessions.four_signatures("f3r"),
))
F3R = Form("F3R", "2026-1", N_("Acta de la sesión de referenciación"), PROGRAMME, (
    Part("minutes", N_("Acta"), (MEETING, REVIEW, OUTCOME), filler="focal_host", reviewer="secretariat"),
), rules=sessions.RULES_OF_MINUTES)
