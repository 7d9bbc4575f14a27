"""What the house says around a form: its programme, its classification, the words of its states, the paper of a country."""

from __future__ import annotations

from typing import Final

from app.errors import N_
from forms.catalogues import ALPHA_2
from forms.spec import CLASSIFICATIONS, Form

ASSISTANCE: Final = "assistance"
"""The programme units report to, as grants and dossiers spell it; forms say its name."""
EXCHANGE: Final = "exchange"
"""The programme of exchanges between two countries."""
COMMISSION: Final = "commission"
"""The programme of the Pact's commissions."""
TITLES: Final = {
    ASSISTANCE: N_("Asistencia técnica en primera infancia"),
    EXCHANGE: N_("Puntos de encuentro · Pasantías Sur-Sur"),
    COMMISSION: N_("Pacto por la Primera Infancia"),
}
"""What forms and pages call a programme."""
SUBTITLES: Final[dict[str, tuple[str, ...]]] = {
    "IAT": ("unit", "country", "period"),
    TITLES[EXCHANGE]: ("A1.host_country", "A1.visiting_country", "A1.visit_period"),
}
"""The answers that stand under a form's title, by its code or its programme: who, where, when. 'A1.visit_period' is another form's."""
STATES: Final = {
    "draft": N_("Borrador"),
    "submitted": N_("Enviado"),
    "observed": N_("Observado"),
    "approved": N_("Aprobado"),
    "signing": N_("En firma"),
    "signed": N_("Firmado"),
    "superseded": N_("Sustituido"),
    "void": N_("Anulado"),
}
"""forms.md §3."""
ROLES: Final = {
    "unit_editor": N_("Edición de la unidad"),
    "unit_head": N_("Jefatura de la unidad"),
    "secretariat": N_("Secretaría técnica"),
    "admin": N_("Administración del sistema"),
    "host_leader": N_("Jefatura de la delegación anfitriona"),
    "visiting_leader": N_("Jefatura de la delegación visitante"),
    "participant": N_("Participante"),
    "focal_host": N_("Punto focal OEI anfitrión"),
    "focal_visiting": N_("Punto focal OEI visitante"),
    "ministry_rep": N_("Representante ministerial o en la Red"),
    "ministry_rep_host": N_("Representante ministerial anfitrión"),
    "ministry_rep_visiting": N_("Representante ministerial visitante"),
    "coordinator": N_("Coordinación de impresión y publicación"),
    "sending_authority": N_("Autoridad que autoriza el viaje"),
    "plan_coordinator": N_("Coordinación del plan"),
    "sponsor": N_("Autoridad que respalda el plan"),
    "commission_focal": N_("Punto focal de la comisión"),
    "commission_deputy": N_("Suplencia de la comisión"),
    "pact_coordination": N_("Coordinación del Pacto"),
}
"""What roles are called (forms.md §2)."""
UNSETTLED: Final = frozenset({"draft", "submitted", "observed"})
"""States in which a document may still change: its pages say «BORRADOR»."""
SEAL: Final = N_("Sello electrónico de la organización")
DIAGONAL: Final = N_("BORRADOR")
PAGE_OF: Final = N_("página {page} de {pages}")
LETTER: Final = frozenset({"MEX", "CHL", "COL", "VEN", "CRI", "SLV", "GTM", "HND", "NIC", "PAN", "DOM"})
"""Countries that print on Letter; the others use A4 (forms.md §9)."""


def of(form: Form) -> str:
    """The programme of a form as grants and dossiers spell it; '' for one that is nobody's."""
    return next((code for code, title in TITLES.items() if title == form.programme), "")


def paper(country: str) -> str:
    """'Letter' or 'A4'."""
    return "Letter" if country in LETTER else "A4"


def locale_of(country: str) -> str:
    """The document locale of a country (ISO alpha-3): 'es_SV', 'pt_BR'."""
    return f"{'pt' if country in ('BRA', 'PRT') else 'es'}_{ALPHA_2[country]}"


def classification(form: Form) -> str:
    """The msgid of the strictest classification among the form's parts."""
    order = tuple(CLASSIFICATIONS)
    return CLASSIFICATIONS[max((part.classification for part in form.parts), key=order.index)]
