"""Rules of Anexo VII: each permission with those it needs, whose it is, and who may not travel without it (forms.md §4, §7)."""
from __future__ import annotations

from collections.abc import Iterator

from forms.exchange.sources import active, at, problem, traveller, value_of
from forms.kinds.base import Problem
from forms.rules import WAITS, Finding, Rule
from forms.values import ID, N_, rows_of
from forms.view import Facts

TAKEN = ("consent_photo", "consent_voice_video")
SHOWN = ("consent_image_print", "consent_image_web", "consent_image_social")


def taken_before_shown(facts: Facts) -> Iterator[Problem]:
    """An image is published only if it may be taken."""
    if not any(facts.answers.get(key) is True for key in TAKEN):
        for key in SHOWN:
            if facts.answers.get(key) is True:
                message = N_("Para publicar su imagen autorice también la fotografía, o la voz y el video; o responda No aquí.")
                yield problem(at(key), message)


def term_of_image(facts: Facts) -> Iterator[Problem]:
    """An image is published for some time."""
    if any(facts.answers.get(key) is True for key in SHOWN) and not facts.answers.get("image_term"):
        yield problem(at("image_term"), N_("Elija por cuánto tiempo autoriza publicar su imagen."))


def data_may_go(facts: Facts) -> Iterator[Problem]:
    """R-14: nothing of who says no goes to the host."""
    if facts.answers.get("consent_transfer") is False:
        message = N_("{no} no autoriza el envío de datos: converse con la persona o con la jefatura, o nombre a quien le reemplace.")
        yield problem(at("consent_transfer"), message, no=traveller(facts).get("no"))


def one_each(facts: Facts) -> Finding:
    """R-20: one for who travels; those of who does not are void."""
    rows, own = rows_of(value_of(facts, "A2", "travellers")), traveller(facts)
    if not rows or not facts.dossier.subject:
        return WAITS
    if any(row.get(ID) == own.get(ID) for row in active(rows)) and own:
        return []
    message = N_("Este Anexo VII es de alguien que no viaja: anúlelo; quien reemplaza llena el suyo.")
    return [problem(at("subject"), message)]


RULES: tuple[Rule, ...] = (
    Rule("R-14", "A7.consent_transfer", "ready", True, data_may_go),
    Rule("R-20", "A7.subject", "system", True, one_each),
    Rule("A7-image", "A7.consent_image_print", "submit", True, taken_before_shown),
    Rule("A7-term", "A7.image_term", "submit", True, term_of_image),
)
