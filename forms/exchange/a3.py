"""A3 · Anexo III: what the host needs to know to prepare the visit (forms.md §4)."""
from __future__ import annotations

from forms.blocks import Cards
from forms.catalogues import THEME, inline
from forms.exchange import questions
from forms.exchange.sources import NAMED, PROGRAMME, calc, fact
from forms.kinds import Choice, Choices, Decimal, File, Paragraph, Prefill, Ref, Signature, Table, Text, Url, When, Year, YesNo
from forms.spec import Form, Part, Section
from forms.values import N_

AGES = inline(N_("Gestación"), N_("0–3"), N_("3–6"), N_("6–8"))
PRIORITY = inline("1", "2", "3")
METHODS = inline(N_("Observación"), N_("Conversación técnica"), N_("Taller"), N_("Revisión de documentos"), N_("Práctica acompañada"))

CONTEXT = Section("context", N_("Contexto del país visitante"), (
    Paragraph("country_context", N_("Situación de la primera infancia"), most=1500, least=100, required=True,
              prefill=fact("country_context"), help=N_("Lo que el anfitrión debe saber")),
    Table("policies", N_("Políticas y normas vigentes"), required=True, low=1, high=8, named_by=("name",),
          summary=("name", "year"), fields=(
        Text("name", N_("Nombre"), required=True, span=4),
        Year("year", N_("Año"), low=1950, required=True),
        Text("relevance", N_("Relación con la visita"), most=250, required=True, span=4),
        Url("link", N_("Enlace"), span=2),
    )),
    Paragraph("institutional_map", N_("Instituciones responsables"), most=1000, required=True, help=N_("Quién hace qué")),
    Table("indicators", N_("Datos básicos"), high=8, summary=("name", "value", "unit"), help=N_("Cobertura, personal, gasto…"), fields=(
        Text("name", N_("Indicador"), most=120, required=True, span=4),
        Decimal("value", N_("Valor"), required=True, span=2),
        Text("unit", N_("Unidad"), most=30, required=True, span=2, help=N_("%, centros, personas")),
        Year("year", N_("Año"), required=True),
        Text("source", N_("Fuente"), required=True, span=3),
    )),
    Choices("age_groups", N_("Edades"), options=AGES, low=1, high=4, required=True),
))
QUESTIONS = Section("questions", N_("Necesidades y preguntas de aprendizaje"), (
    Table("challenges", N_("Retos principales"), required=True, low=1, high=5, summary=("challenge",), fields=(
        Text("challenge", N_("Reto"), most=200, required=True, span=6),
        Text("tried", N_("Qué se ha intentado"), most=300, span=6),
    )),
    Table("learning_questions", N_("Preguntas de aprendizaje"), required=True, low=3, high=12, named_by=("code", "question"),
          summary=("code", "question", "priority"), view=Cards(title=("code", "question")),
          help=N_("Lo que quieren saber al volver"), fields=(
        calc("code", N_("Código"), questions.code, Text, most=8, span=2, help=N_("PA-1…")),
        Text("question", N_("Pregunta"), most=250, required=True, help=N_("Una sola idea")),
        Choice("theme", N_("Tema"), options=THEME, required=True),
        Choice("priority", N_("Prioridad"), options=PRIORITY, required=True, help=N_("1 = imprescindible"), span=3),
        Ref("host_answer_where", N_("Dónde se responderá"), to="A1.agenda", filler="host_leader", help=N_("Lo completa el anfitrión"),
            span=12),
    )),
    Paragraph("not_needed", N_("Qué no hace falta presentar"), most=400, help=N_("Para ahorrar tiempo")),
))
RESULTS = Section("results", N_("Resultados esperados y aporte del visitante"), (
    Table("expected_results", N_("Resultados esperados"), required=True, low=1, high=6, summary=("objective", "result"),
          prefill=Prefill(NAMED["A1"], questions.objectives), view=Cards(title=("objective",)), fields=(
        Ref("objective", N_("Objetivo"), to="A1.specific_objectives", required=True, span=12),
        Text("result", N_("Resultado"), most=250, required=True),
        Text("evidence", N_("Cómo se comprobará en el cierre"), most=250, required=True),
    )),
    YesNo("visitor_talk_offered", N_("¿La delegación presentará su experiencia?"), required=True),
    Paragraph("visitor_talk_summary", N_("Tema de la presentación"), most=500, required=True, when=When("visitor_talk_offered", (True,))),
    Table("materials", N_("Documentos que se comparten"), high=10, summary=("title",), fields=(
        Text("title", N_("Título"), required=True, span=4),
        File("file", N_("Archivo"), types=("pdf", "docx", "pptx", "xlsx"), mb=20, help=N_("Archivo o enlace"), span=3),
        Url("link", N_("Enlace"), help=N_("Archivo o enlace"), span=3),
        YesNo("shareable", N_("¿Se puede difundir?"), required=True, span=2),
    )),
))
CONDITIONS = Section("conditions", N_("Condiciones de trabajo y difusión"), (
    Choices("methods", N_("Formas de trabajo preferidas"), options=METHODS, low=1, high=5, required=True),
    YesNo("interpretation_needed", N_("¿Hace falta interpretación?"), required=True),
    YesNo("visits_with_children", N_("¿Habrá niñas y niños presentes?"), required=True),
    YesNo("safeguarding_ack", N_("La delegación conoce las normas de protección de la niñez"), required=True, agreed=True,
          when=When("visits_with_children", (True,)), span=12),
    Paragraph("sensitive_topics", N_("Asuntos que requieren cuidado"), most=400, help=N_("Política, prensa, comunidades")),
    YesNo("press_allowed", N_("¿Puede haber prensa?"), required=True),
    Paragraph("dissemination_plan", N_("Cómo se difundirá la visita"), most=600),
    Signature("a3_leader_signature", N_("Firma de la jefatura visitante"), required=True, sensitivity="personal", signer="visiting_leader"),
))
A3 = Form("A3", "2026-1", N_("Anexo III — Información clave para el desarrollo"), PROGRAMME, (
    Part("information", N_("Información clave"), (CONTEXT, QUESTIONS, RESULTS, CONDITIONS), filler="visiting_leader",
         reviewer="focal_visiting"),
), rules=questions.RULES)
