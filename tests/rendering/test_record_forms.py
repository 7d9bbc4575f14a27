"""The record of real forms: the report at its least, as it was, at its most; the specimen with every kind and view."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.i18n import formatter
from app.rendering.preview import page_count, page_of_section
from app.rendering.readback import missing_from_pdf, text_of_pdf
from app.rendering.record import record
from app.workflow.resolving import DOSSIER, resolve
from forms import FORMS
from forms.resolved import Resolved
from forms.samples import maximal, minimal
from forms.spec import Form
from forms.values import Answers
from forms.view import DossierView
from tests.contracts.specimen import SPECIMEN
from tests.rendering import samples
from tests.verapdf import broken_rules

IAT = FORMS["IAT"]
REPORT = json.loads((Path(__file__).parents[2] / "app" / "demo" / "iat_slv_2021_1.json").read_text("utf-8"))


def resolved(form: Form, answers: Answers, language: str = "es", paper: str = "Letter") -> Resolved:
    dossier = DossierView(code=samples.IMPRINT.code, programme=samples.IMPRINT.programme, country="SLV", today="2021-07-12")
    return resolve(form, answers, dossier, DOSSIER, formatter(language, "SLV"), replace(samples.IMPRINT, paper=paper))


CASES = {
    "report at its least": lambda: resolved(IAT, minimal(IAT)),
    "real report": lambda: resolved(IAT, REPORT),
    "real report in Portuguese": lambda: resolved(IAT, REPORT, "pt", "A4"),
    "report with 120 entries": lambda: resolved(IAT, maximal(IAT)),
    "specimen at its least": lambda: resolved(SPECIMEN, minimal(SPECIMEN), paper="A4"),
    "specimen at its most": lambda: resolved(SPECIMEN, maximal(SPECIMEN)),
}


@pytest.fixture(scope="module", params=CASES)
def pair(request: pytest.FixtureRequest) -> tuple[Resolved, bytes]:
    made = CASES[request.param]()
    return made, record(made)


@pytest.mark.verapdf
@pytest.mark.parametrize("flavour", ["PDFUA_1", "PDFA_3_A"])
def test_verapdf_finds_nothing(pair: tuple[Resolved, bytes], flavour: str) -> None:
    assert broken_rules(pair[1], flavour) == []


def test_every_answer_is_read_back(pair: tuple[Resolved, bytes]) -> None:
    assert [answer.label for answer in missing_from_pdf(pair[1], pair[0])] == []


def test_the_longest_report_holds_120_entries() -> None:
    made = resolved(IAT, maximal(IAT))
    text = text_of_pdf(record(made))
    assert len(made.data["entries"]) == 120
    assert all(f"respaldo-{n}.pdf" in text for n in range(120))


def test_sections_of_the_real_report_are_found_in_order() -> None:
    made = resolved(IAT, REPORT)
    pdf = record(made)
    pages = [page_of_section(pdf, section.key) for section in made.sections]
    assert pages[0] == 0
    assert pages == sorted(pages)
    assert 0 < pages[-1] < page_count(pdf)


def test_the_copies_of_a_subject_are_found_each_by_its_own() -> None:
    made = resolved(SPECIMEN, maximal(SPECIMEN))
    copies = [section for section in made.sections if section.subject]
    pages = [page_of_section(record(made), f"{copy.part}.{copy.subject}.{copy.key}") for copy in copies]
    assert len(pages) == 3
    assert 0 < pages[0] <= pages[1] <= pages[2]
