"""What is known of an exchange before its first form: facts, asked and checked by kinds like answers, and its people by role."""
from __future__ import annotations

from collections.abc import Mapping

from forms.catalogues import COOP_KIND, LANG, LOCALE, MODALITY, THEME
from forms.kinds import Choice, Choices, Country, DateRange, Integer, Kind, Paragraph, Text, YesNo
from forms.sets import institution
from forms.values import N_

ASKED: tuple[Kind, ...] = (
    Text("title", N_("Título de la actividad"), least=10, most=160, required=True),
    Choices("themes", N_("Temas"), options=THEME, low=1, high=3, required=True),
    Choice("modality", N_("Modalidad"), options=MODALITY, required=True, span=6),
    Choice("cooperation_kind", N_("Tipo de intercambio"), options=COOP_KIND, required=True, span=6),
    Country("host_country", N_("País anfitrión (ofrece)"), required=True, span=6),
    Country("visiting_country", N_("País visitante (solicita)"), required=True, span=6),
    DateRange("visit_period", N_("Fechas de la visita"), most=15, required=True, help=N_("Sin los días de viaje")),
    Choices("working_languages", N_("Idiomas de trabajo"), options=LANG, low=1, high=2, required=True),
    Choice("document_locale", N_("Idioma y formato del documento"), options=LOCALE, required=True, help=N_("Define fechas y números")),
    Text("group_code", N_("Grupo"), most=40, help=N_("El mismo en los intercambios de varios países"), span=6),
    YesNo("host_ministry_signs", N_("¿Firma también el ministerio del país anfitrión?")),
    YesNo("visiting_ministry_signs", N_("¿Firma también el ministerio del país visitante?")),
)
"""What every exchange begins with."""
EARLIER: tuple[Kind, ...] = (
    institution("host_institution", N_("Institución anfitriona")),
    Text("experience_name", N_("Nombre de la experiencia o política"), most=160),
    Paragraph("experience_summary", N_("Resumen de la experiencia"), most=1500),
    Paragraph("experience_evidence", N_("Resultados conocidos"), most=1000),
    institution("visiting_institution", N_("Institución solicitante")),
    Paragraph("request_reason", N_("Por qué se solicita"), most=1200),
    Paragraph("policy_decision", N_("Decisión de política que se apoyará"), most=800),
    Paragraph("country_context", N_("Situación de la primera infancia"), most=1500),
    Integer("delegation_size", N_("Número de viajeros"), low=1, high=20, span=4),
    Paragraph("selection_basis", N_("Cómo se seleccionó"), most=600),
)
"""What phases 1 and 2 may have left; forms read the facts of the same name."""
EXCHANGE = (*ASKED, *EARLIER)
NAMES = frozenset(kind.key for kind in EXCHANGE)
"""What a condition may name that no field is called."""
PEOPLE: Mapping[str, str] = {
    "host_leader": N_("Jefatura de la delegación anfitriona"),
    "visiting_leader": N_("Jefatura de la delegación visitante"),
    "focal_host": N_("Punto focal OEI anfitrión"),
    "focal_visiting": N_("Punto focal OEI visitante"),
    "ministry_rep_host": N_("Representante ministerial anfitrión"),
    "ministry_rep_visiting": N_("Representante ministerial o en la Red"),
    "secretariat": N_("Secretaría técnica"),
}
"""Who has a role in an exchange, as `DossierView.people` spells it."""
