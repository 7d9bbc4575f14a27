"""What the copies of a document for the host and for the public do not have."""

from app.workflow import resolving
from forms.exchange.f4c import F4C
from forms.path import AnswerPath
from forms.view import DossierView

ASSESSMENT = "qualitative_assessment"
SAID = "La visita fue ordenada y el equipo anfitrión respondió a todo lo que se le preguntó."


def shown(audience):
    answers = {ASSESSMENT: SAID, "balance": "Un balance compartido por las dos delegaciones."}
    narrow, known = resolving.AUDIENCES[audience].narrowed(F4C, resolving.filled(F4C, answers, DossierView()))
    return {kind.key for kind in narrow.kinds}, known


def test_the_focal_points_assessment_is_for_the_house_and_not_for_the_host_or_the_public():
    for audience in ("host", "public"):
        keys, _ = shown(audience)
        assert ASSESSMENT not in keys
        assert "balance" in keys
    assert ASSESSMENT in shown("dossier")[0]
    assert not F4C.secret(AnswerPath((ASSESSMENT,)))
