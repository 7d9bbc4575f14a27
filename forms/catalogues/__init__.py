"""The lists of forms.md §1, each a frozen tuple of codes and words."""
from forms.catalogues.countries import ALPHA_2, LETTER, LOCALE, MEMBERS, SPANISH, paper
from forms.catalogues.currencies import CURRENCY, EXPONENTS
from forms.catalogues.divisions import DIVISIONS, NATIONWIDE, divisions
from forms.catalogues.lists import (
    ACHIEVED,
    ACTION_STATUS,
    AGENDA_KIND,
    AGENDA_STATE,
    AGREEMENT,
    CHANNEL,
    CLOSING_OUTPUT,
    CONTRIB_KIND,
    COOP_KIND,
    COST_ITEM,
    DECISION_LEVEL,
    DEL_FUNCTION,
    DIET,
    DOC_TYPE,
    FREQUENCY,
    H_COMMIT,
    INST_TYPE,
    JOINT_KIND,
    LANG,
    MODALITY,
    MONTHS,
    OUTCOME,
    P_COMMIT,
    PAYER,
    PHOTO_PEOPLE,
    PHOTO_POLICY,
    PUBLISH,
    RISK3,
    SESSION_MODE,
    SIGN_METHOD,
    TA_KIND,
    THEME,
    V_COMMIT,
    VISA_STATUS,
    inline,
)

__all__ = [
    "ACHIEVED", "ACTION_STATUS", "AGENDA_KIND", "AGENDA_STATE", "AGREEMENT", "ALPHA_2", "CHANNEL", "CLOSING_OUTPUT", "CONTRIB_KIND", "COOP_KIND",
    "COST_ITEM", "CURRENCY", "DECISION_LEVEL", "DEL_FUNCTION", "DIET", "DIVISIONS", "DOC_TYPE", "EXPONENTS", "FREQUENCY", "H_COMMIT", "INST_TYPE",
    "JOINT_KIND", "LANG", "LETTER", "LOCALE", "MEMBERS", "MODALITY", "MONTHS", "NATIONWIDE", "OUTCOME", "PAYER", "PHOTO_PEOPLE", "PHOTO_POLICY",
    "PUBLISH", "P_COMMIT", "RISK3", "SESSION_MODE", "SIGN_METHOD", "SPANISH", "TA_KIND", "THEME", "VISA_STATUS", "V_COMMIT", "divisions", "inline",
    "paper",
]
