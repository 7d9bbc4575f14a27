"""A reader that is not ours finds every word of every answer in the record, in fonts the file carries.

What is printed once for several rows counts once.
"""

import subprocess
from collections import Counter

import pytest

from app.rendering.readback import words_of
from app.rendering.record import record
from forms import FORMS
from forms.samples import maximal, minimal
from tools.look import resolved

pytestmark = pytest.mark.poppler
LINE = 60
"""Letters of a word that stands on one line anywhere; a longer one, an address, is broken."""
CASES = [
    pytest.param(form, answers, language, id=f"{form.code}-{answers.__name__}-{language}")
    for form in FORMS.values()
    for answers in (minimal, maximal)
    for language in ("es", "pt")
]


def poppler(program: str, *options: str, pdf: bytes) -> str:
    """What a program of poppler says of a file."""
    return subprocess.run([program, *options], input=pdf, capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize(("form", "answers", "language"), CASES)
def test_poppler_reads_every_answer_in_embedded_fonts(form, answers, language):
    document = resolved(form, answers(form), language)
    pdf = record(document)
    answered = {text for section in document.sections for shown in section.answers for text in words_of(shown.blocks)}
    read = poppler("pdftotext", "-raw", "-", "-", pdf=pdf).split()
    words = [word for text in answered for word in text.split()]
    assert Counter(word for word in words if len(word) <= LINE) - Counter(read) == Counter()
    assert [word for word in words if len(word) > LINE and word not in "".join(read)] == []
    fonts = [line.split() for line in poppler("pdffonts", "-", pdf=pdf).splitlines()[2:]]
    assert fonts
    assert all(line[-5] == "yes" for line in fonts)
