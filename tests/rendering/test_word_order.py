"""Rows read in the same order in Word and on the record, whatever the order they were written in."""
from __future__ import annotations

from typing import Any

import pytest

from app.i18n import formatter
from app.rendering.readback import text_as_heard
from app.rendering.record import record
from app.rendering.word import word
from app.rendering.word.template import template
from app.workflow import templates
from app.workflow.resolving import OWN, resolve
from forms import FORMS
from forms.kinds import row_id
from forms.spec import Form
from forms.values import ID
from forms.view import DossierView
from tests.contracts.specimen import SPECIMEN
from tests.rendering.samples import IMPRINT
from tests.rendering.word_files import paragraphs


def row(seed: str, **answers: Any) -> dict[str, Any]:
    return {ID: row_id(seed), **answers}


GROUPED = {
    "groups": [row("g2", beneficiary="Segunda"), row("g1", beneficiary="Primera")],
    "entries": [row("a", group=row_id("g1"), product="Tercero"), row("b", group=row_id("g2"), product="Primero"),
                row("c", group=row_id("g1"), product="Cuarto"), row("d", group=row_id("g2"), product="Segundo")]}
AGENDA = {"agenda": [
    row("a", day="2021-05-02", start="09:00", end="10:00", what="Tercero"), row("b", day="2021-05-01", start="14:00", what="Segundo"),
    row("c", day="2021-05-02", start="11:00", end="12:00", what="Cuarto"), row("d", day="2021-05-01", start="08:30", what="Primero")]}
DIARY = {"diary": [row("a", day="2021-05-02", place="Segundo"), row("b", day="2021-05-01", place="Primero")]}
CASES = [pytest.param(FORMS["IAT"], GROUPED, id="cards"), pytest.param(SPECIMEN, AGENDA, id="timetable"),
         pytest.param(SPECIMEN, DIARY, id="diary")]
ORDER = ["Primero", "Segundo", "Tercero", "Cuarto"]


def heard(text: str) -> list[str]:
    """The four words in the order they come."""
    return [each for _, each in sorted((text.index(each), each) for each in ORDER if each in text)]


@pytest.mark.parametrize(("form", "answers"), CASES)
def test_word_and_record_read_rows_in_the_order_of_their_view(form: Form, answers: dict[str, Any]):
    resolved = resolve(form, answers, DossierView(country="SLV"), OWN, formatter("es", "SLV"), IMPRINT)
    filled = word(template(templates.blank(form, "es")), resolved.texts)
    expected = ORDER[:max(len(rows) for rows in answers.values())]
    assert heard("\n".join(paragraphs(filled))) == expected
    assert heard(text_as_heard(record(resolved))) == expected


def test_rows_of_a_view_without_an_order_stay_as_they_were_given():
    answers = {"groups": [row("z", beneficiary="Zeta"), row("a", beneficiary="Alfa")]}
    resolved = resolve(FORMS["IAT"], answers, DossierView(country="SLV"), OWN, formatter("es", "SLV"), IMPRINT)
    texts: Any = resolved.texts
    assert [each["beneficiary"] for each in texts["iat"]["groups"]] == ["Zeta", "Alfa"]
