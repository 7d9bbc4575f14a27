"""The record of every form: at its least, at its most, and of every document of the worked exchange."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.i18n import formatter
from app.rendering.readback import missing_from_pdf, missing_from_word
from app.rendering.record import record
from app.rendering.word import word
from app.workflow.resolving import OWN, resolve
from app.workflow.templates import FOLDER
from forms import FORMS
from forms.resolved import Resolved
from forms.samples import maximal, minimal
from forms.values import Answers
from forms.view import Address, DossierView
from tests.forms.worked import SUBJECTS, TRAVELLERS, Exchange
from tests.rendering import samples
from tests.verapdf import broken_rules

WORKED = Exchange()
HYBRID = {Address("A1"): {"modality": "hybrid", "host_country": "URY", "visiting_country": "SLV",
                          "visit_period": {"start": "2027-04-12", "end": "2027-04-16"}}}
"""Where somebody travels and somebody does not, everything is asked."""


def drawn(form: str, answers: Answers, view: DossierView, language: str) -> Resolved:
    imprint = replace(samples.IMPRINT, paper="A4")
    return resolve(FORMS[form], answers, view, OWN, formatter(language, "URY" if language == "es" else "BRA"), imprint)


def at_its(made: Callable[..., Answers], form: str, language: str) -> Resolved:
    view = DossierView(country="URY", today="2027-03-01", documents=HYBRID, subject="3" if form == "F5S" else "")
    return drawn(form, made(FORMS[form], view), view, language)


def worked(address: Address, language: str) -> Resolved:
    return drawn(address.form, WORKED.typed[address], WORKED.seen_by(address.form, address.subject), language)


WHOSE = {form: subjects[-1] for form, subjects in SUBJECTS.items()} | {"A6": TRAVELLERS[1]}
FIRST = [Address(form, "", WHOSE.get(form, "")) for form in dict.fromkeys(each.form for each in WORKED.typed)]
"""One document of each form."""
CASES: dict[str, Callable[[], Resolved]] = {
    **{f"{code} {made.__name__} {language}": lambda code=code, made=made, language=language: at_its(made, code, language)
       for code in FORMS for made, language in ((minimal, "es"), (maximal, "pt"))},
    **{f"{each.form} worked {language}": lambda each=each, language=language: worked(each, language)
       for each in FIRST for language in ("es", "pt")},
}


@pytest.fixture(scope="module", params=CASES)
def pair(request: pytest.FixtureRequest) -> tuple[Resolved, bytes]:
    made = CASES[request.param]()
    return made, record(made)


@pytest.mark.verapdf
@pytest.mark.parametrize("flavour", ["PDFUA_1", "PDFA_3_A"])
def test_verapdf_finds_nothing(pair: tuple[Resolved, bytes], flavour: str) -> None:
    assert broken_rules(pair[1], flavour) == []


def test_every_answer_is_read_back_from_the_record(pair: tuple[Resolved, bytes]) -> None:
    assert [answer.path.pdf for answer in missing_from_pdf(pair[1], pair[0])] == []


def test_every_answer_is_read_back_from_word(pair: tuple[Resolved, bytes]) -> None:
    made = pair[0]
    template = FOLDER / made.form / made.edition / made.language / f"{made.form}.docx"
    assert [answer.path.pdf for answer in missing_from_word(word(template.read_bytes(), made.texts), made)] == []
