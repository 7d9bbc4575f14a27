"""A5 · Anexo V: what each traveller thought, what the delegation concluded, what both countries will do (forms.md §4)."""
from __future__ import annotations

from forms.blocks import Cards
from forms.catalogues import ACHIEVED, JOINT_KIND, OUTCOME, inline
from forms.exchange import logistics, valuation
from forms.exchange.codes import coded
from forms.exchange.sources import PROGRAMME, calc, worked_out
from forms.kinds import (
    Averages,
    Choice,
    Choices,
    DateRange,
    Decimal,
    Following,
    Group,
    Integer,
    Kind,
    Money,
    Paragraph,
    Prefill,
    Rating5,
    Rating10,
    Ref,
    Signature,
    Table,
    Tally,
    Text,
)
from forms.spec import Form, Part, Section
from forms.values import ID, N_
from forms.view import Options

QUARTER = inline("1", "2", "3", "4")
SCALE: tuple[tuple[str, str, str], ...] = (
    ("q_relevance", N_("La visita respondió a lo que necesitábamos"), N_("1 = nada, 5 = del todo")),
    ("q_objectives", N_("Se cumplieron los objetivos"), ""),
    ("q_experiences", N_("Las experiencias visitadas fueron útiles"), ""),
    ("q_depth", N_("Hubo profundidad técnica"), ""),
    ("q_time", N_("El tiempo fue suficiente"), ""),
    ("q_preparation", N_("La preparación previa ayudó"), N_("Referenciación y documentos")),
    ("q_host", N_("La institución anfitriona acompañó bien"), ""),
    ("q_oei", N_("La OEI apoyó bien"), ""),
    ("q_logistics", N_("La logística funcionó"), ""),
    ("q_closing", N_("El cierre dejó acuerdos claros"), ""),
    ("q_applicable", N_("Puedo aplicar lo aprendido"), ""),
    ("q_network", N_("Me quedan contactos técnicos"), ""),
    ("knowledge_before", N_("Lo que sabía antes"), N_("Sobre el tema principal")),
    ("knowledge_after", N_("Lo que sé ahora"), ""),
)
"""What is rated from one to five: key, words, help."""
RECOMMEND = N_("¿Recomendaría esta actividad?")

QUESTIONNAIRE = Section("questionnaire", N_("Cuestionario individual"), (
    calc("respondent", N_("Participante"), logistics.whom, Ref, to="A2.travellers", sensitivity="personal", fixed=True),
    *(Rating5(key, words, help=help, required=True) for key, words, help in SCALE),
    Choices("outcomes", N_("Qué cambió en mí o en el grupo"), options=OUTCOME, low=1, high=5, required=True),
    Rating10("recommend", RECOMMEND, required=True, help=N_("0 = no, 10 = sí, mucho"), span=12),
    Paragraph("most_useful", N_("Lo más útil"), most=600, required=True),
    Paragraph("to_improve", N_("Lo que hay que mejorar"), most=600, required=True),
))
AVERAGES = Group("rating_averages", N_("Promedios del cuestionario"), fields=(
    Integer("answers", N_("Cuestionarios respondidos"), span=6),
    Decimal("change", N_("Lo que sé ahora, menos lo que sabía antes"), span=6),
    Averages("ratings", N_("Del 1 al 5"), options=Options("", tuple((key, words) for key, words, _ in SCALE))),
    Averages("recommend", N_("Del 0 al 10"), options=Options("", (("recommend", RECOMMEND),)), most=10),
    Tally("outcomes", N_("Qué cambió en mí o en el grupo"), options=OUTCOME),
))


def itself(key: str, label: str, to: str) -> Kind:
    """The row of another table that a row is about: the one whose id it has."""
    return calc(key, label, lambda facts: facts.row.get(ID), Ref, to=to, span=12)


VALUATION = Section("valuation", N_("Valoración colectiva"), (
    worked_out(AVERAGES, valuation.averages, fixed=True, help=N_("Se muestran desde tres respuestas; sin «No aplica»")),
    Following("objectives_review", N_("Logro de objetivos"), of="A1.specific_objectives",
              rows=valuation.rows_of_form("A1", "specific_objectives"), required=True, low=2, high=5, summary=("objective", "achieved"),
              view=Cards(title=("objective",)), fields=(
                  itself("objective", N_("Objetivo"), "A1.specific_objectives"),
                  Choice("achieved", N_("Logro"), options=ACHIEVED, required=True, span=12),
                  Text("evidence", N_("Evidencia"), most=300, required=True),
              )),
    Following("answers", N_("Respuestas a las preguntas"), of="A3.learning_questions",
              rows=valuation.rows_of_form("A3", "learning_questions"), required=True, low=3, high=12, summary=("question",),
              view=Cards(title=("question",)), fields=(
                  itself("question", N_("Pregunta"), "A3.learning_questions"),
                  Text("answer", N_("Qué aprendimos"), most=600, required=True),
              )),
    Table("good_practices", N_("Buenas prácticas observadas"), required=True, low=1, high=8, named_by=("practice",),
          summary=("practice", "institution"), view=Cards(title=("practice",)), fields=(
              Text("practice", N_("Práctica"), required=True),
              Ref("institution", N_("Dónde"), to="A1.receiving_institutions", required=True),
              Text("why", N_("Por qué funciona"), most=400, required=True),
              Rating5("transferability", N_("¿Se puede transferir?"), required=True, help=N_("1 = difícil, 5 = fácil")),
              Text("adaptation", N_("Qué habría que adaptar"), most=300, required=True),
          )),
    Paragraph("differences", N_("Diferencias importantes entre los países"), most=800, required=True),
    calc("closing_balance", N_("Balance del cierre"), valuation.closing_balance, Paragraph, most=1500, fixed=True),
))
ACTIONS = Section("actions", N_("Plan de acción de actividades conjuntas"), (
    Table("joint_actions", N_("Actividades conjuntas"), required=True, low=1, high=10, named_by=("code", "title"),
          summary=("code", "title"), prefill=Prefill(N_("el balance de cierre"), valuation.next_activities),
          view=Cards(title=("code", "title")), fields=(
              calc("code", N_("Código"), coded("AC", "joint_actions"), Text, most=8, span=2),
              Text("title", N_("Actividad"), required=True),
              Choice("kind", N_("Tipo"), options=JOINT_KIND, required=True),
              Text("visiting_responsible", N_("Responsable país visitante"), required=True, sensitivity="personal",
                   help=N_("Cargo e institución"), span=6),
              Text("host_responsible", N_("Responsable país anfitrión"), required=True, sensitivity="personal", span=6),
              DateRange("period", N_("Inicio y fin"), required=True),
              Text("product", N_("Producto"), most=200, required=True, help=N_("Algo que se pueda entregar")),
              Money("resources", N_("Recursos"), sensitivity="money"),
              Text("oei_support", N_("Apoyo pedido a la OEI"), most=250),
          )),
))
OUTLINE = Section("outline", N_("Esbozo del plan de transferencia a 12 meses"), (
    Table("transfer_outline", N_("Líneas de transferencia"), required=True, low=2, high=12, named_by=("code", "change"),
          summary=("code", "change"), view=Cards(title=("code", "change")), fields=(
              calc("code", N_("Código"), coded("TR", "transfer_outline"), Text, most=8, span=2),
              Text("learning", N_("Aprendizaje"), most=250, required=True, help=N_("De dónde viene"),
                   prefill=Prefill(N_("las buenas prácticas"), valuation.practice)),
              Text("change", N_("Cambio que se busca"), most=250, required=True, help=N_("En norma, programa o servicio")),
              Text("responsible", N_("Responsable"), required=True, sensitivity="personal", help=N_("Una sola persona o cargo"), span=8),
              Text("product", N_("Producto"), most=200, required=True),
              Text("indicator", N_("Indicador"), most=200, required=True, help=N_("Se puede contar o comprobar")),
              Choice("quarter", N_("Trimestre"), options=QUARTER, required=True, span=4),
          )),
    Signature("a5_leader_signature", N_("Firma de la jefatura visitante"), required=True, sensitivity="personal", signer="visiting_leader"),
    Signature("a5_host_signature", N_("Conformidad de la jefatura anfitriona"), required=True, sensitivity="personal", signer="host_leader",
              help=N_("Sobre las actividades conjuntas")),
    Signature("a5_focal_signature", N_("Visto bueno OEI visitante"), required=True, sensitivity="personal", signer="focal_visiting"),
))
A5 = Form("A5", "2026-1", N_("Anexo V — Evaluación, plan de acción y esbozo de transferencia"), PROGRAMME, (
    Part("questionnaire", N_("Cuestionario individual"), (QUESTIONNAIRE,), subject="A2.travellers", filler="participant",
         classification="reserved", waits=False),
    Part("collective", N_("Valoración colectiva, plan de acción y esbozo"), (VALUATION, ACTIONS, OUTLINE), filler="visiting_leader",
         reviewer="focal_visiting"),
), rules=valuation.RULES, opens="F4C.submitted")
