"""Values at the limits: twenty travellers, eighty rows of agenda, every table full, the longest text in every box, printed whole."""

import pytest

from app.rendering.fillable.reading import read
from app.rendering.readback import missing_from_pdf, missing_from_word
from app.rendering.record import record
from app.rendering.word import word
from app.workflow.templates import FOLDER
from forms import FORMS
from forms.kinds import row_id
from forms.samples import maximal
from forms.spec import SUBJECTS
from forms.values import ID
from forms.view import DossierView
from tests.rendering import paper_forms
from tests.rendering.paper_forms import flat, live, pictured_text
from tests.rendering.test_fillable_forms import expected, printed
from tests.rendering.test_record_every_form import HYBRID, drawn

IN_COPIES = [code for code, form in FORMS.items() if any(part.subject for part in form.parts)]
FEW = 4
"""Enough that copies go over a page, few enough for the everyday suite."""
VIEW = DossierView(country="URY", today="2027-03-01", documents=HYBRID)


def crowded(code, copies, view):
    """The most a form can hold, with so many copies of each part that has them."""
    known = dict(maximal(FORMS[code], view))
    for part in FORMS[code].parts:
        if part.subject and part.key in known:
            [one, *_] = known[part.key]
            known[part.key] = [{**one, ID: row_id(f"limit/{number}")} for number in range(copies)]
    return known


def printed_whole(code, copies):
    """The answers a record and a Word file of so many copies do not have."""
    view = VIEW if code != "F5S" else DossierView(country="URY", today="2027-03-01", documents=HYBRID, subject="3")
    made = drawn(code, crowded(code, copies, view), view, "es")
    template = FOLDER / made.form / made.edition / made.language / f"{made.form}.docx"
    lost = [*missing_from_pdf(record(made), made), *missing_from_word(word(template.read_bytes(), made.texts), made)]
    return [answer.path.pdf for answer in lost]


def asked_whole(code, copies):
    """A filled form of so many copies says what was put in, and shows every long text."""
    form, given = FORMS[code], crowded(code, copies, paper_forms.DOSSIER)
    sent = read(live(form, given))
    assert paper_forms.answered(form, sent, given) == expected(form, given)
    told = pictured_text(flat(form, given))
    texts = {path: value for path, value in expected(form, given).items() if isinstance(value, str) and len(value) > 60}
    return [path for path, value in texts.items() if not printed(value, told)]


@pytest.mark.parametrize("code", IN_COPIES)
def test_a_few_copies_are_printed_whole_in_record_and_word(code):
    assert printed_whole(code, FEW) == []


@pytest.mark.parametrize("code", IN_COPIES)
def test_a_few_copies_are_asked_whole(code):
    assert asked_whole(code, 2) == []


@pytest.mark.long
@pytest.mark.parametrize("code", FORMS)
def test_everything_at_its_limit_is_printed_whole_in_record_and_word(code):
    assert printed_whole(code, SUBJECTS) == []


@pytest.mark.long
@pytest.mark.parametrize("code", FORMS)
def test_everything_at_its_limit_is_asked_whole(code):
    assert asked_whole(code, SUBJECTS) == []


def test_the_limits_are_those_of_the_domain():
    assert SUBJECTS == 20
    assert len(maximal(FORMS["A1"])["agenda"]) == 80
