"""What the house says around a form: its programme, its classification, the words of its states, the paper of a country."""

from __future__ import annotations

from typing import Final

from app.errors import N_
from forms.catalogues import ALPHA_2
from forms.spec import CLASSIFICATIONS, Form

ASSISTANCE: Final = "assistance"
"""The programme units report to, as grants and dossiers spell it; forms say its name."""
SUBTITLES: Final = {"IAT": ("unit", "country", "period")}
"""The answers that stand under a form's title: who, where, when."""
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
}
"""What roles are called (forms.md §2)."""
UNSETTLED: Final = frozenset({"draft", "submitted", "observed"})
"""States in which a document may still change: its pages say «BORRADOR»."""
SEAL: Final = N_("Sello electrónico de la organización")
DIAGONAL: Final = N_("BORRADOR")
PAGE_OF: Final = N_("página {page} de {pages}")
LETTER: Final = frozenset({"MEX", "CHL", "COL", "VEN", "CRI", "SLV", "GTM", "HND", "NIC", "PAN", "DOM"})
"""Countries that print on Letter; the others use A4 (forms.md §9)."""


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
