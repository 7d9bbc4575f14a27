"""`python -m tools.look FORM [ANSWERS.json]`: a form as it prints, Word and record in es and pt, in generated/look/.

Without answers every field is filled to its limit. No store, no people: for whoever is writing a form.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from app import i18n
from app.config import Settings
from app.rendering.readback import missing_from_pdf, missing_from_word
from app.rendering.record import record
from app.rendering.word import word
from app.workflow import programmes, resolving, templates
from forms import FORMS
from forms.resolved import Imprint, Resolved
from forms.samples import maximal
from forms.spec import Form
from forms.values import Answers
from forms.view import DossierView

FOLDER = Path("generated/look")


def resolved(form: Form, answers: Answers, language: str) -> Resolved:
    """The document in words, with an imprint that says it is a trial."""
    country = templates.COUNTRIES[language]
    fmt = i18n.formatter(language, country)
    words, code, today = fmt.words, f"{form.code}-0000", "2027-01-01"
    imprint = Imprint(
        words(form.programme), code, "v1", words(programmes.STATES["draft"]), fmt.date_short(today), words(programmes.classification(form)),
        "0000-0000-0000-0000", "https://anexa.example.org/v/0", page_of=words(programmes.PAGE_OF), draft=words(programmes.DIAGONAL),
        paper=programmes.paper(country),
    )
    return resolving.resolve(form, answers, DossierView(code=code, country=country, today=today), resolving.OWN, fmt, imprint)


def drawn(form: Form, answers: Answers) -> Iterator[tuple[Path, bytes]]:
    """Each file with its bytes, read back. Raises ValueError naming the answers one of them lost."""
    for language in templates.COUNTRIES:
        document = resolved(form, answers, language)
        pdf, docx = record(document), word(templates.template_for(form.code, language, Settings(), document.imprint.paper), document.texts)
        lost = [*missing_from_pdf(pdf, document), *missing_from_word(docx, document)]
        if lost:
            raise ValueError(f"{form.code} in {language} lost {', '.join(shown.path.pdf for shown in lost)}")
        yield FOLDER / f"{form.code}_{language}.pdf", pdf
        yield FOLDER / f"{form.code}_{language}.docx", docx


def wrong(form: Form, answers: Answers) -> list[str]:
    """What the form does not accept of the answers, in Spanish."""
    fmt = i18n.formatter("es")
    return [fmt.words(problem.message, **problem.places) for problem in resolving.faults(form, answers, DossierView(), fmt)]


def main(code: str, answers: str = "") -> int:
    """Exit code 1 and the reasons if the answers do not fit the form."""
    form = FORMS[code]
    given: Answers = json.loads(Path(answers).read_text(encoding="utf-8")) if answers else maximal(form)
    reasons = wrong(form, given)
    print("\n".join(reasons), end="\n" if reasons else "")
    if reasons:
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path, data in drawn(form, given):
        path.write_bytes(data)
        print(path)
    return 0


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or sys.argv[1] not in FORMS:
        sys.exit(f"usage: python -m tools.look {'|'.join(FORMS)} [ANSWERS.json]")
    sys.exit(main(*sys.argv[1:]))
