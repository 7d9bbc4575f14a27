"""What a browser sends back of a page is what was stored, for every kind there is; what was not asked is not in it."""

import pytest
from lxml import html
from werkzeug.datastructures import MultiDict

from app.i18n import formatter
from app.web.asking import posted
from app.workflow import resolving
from forms import FORMS
from forms.blocks import Box, BoxRows
from forms.path import AnswerPath
from forms.samples import maximal, minimal
from forms.values import ID, ORDER
from forms.view import Address, DossierView
from tests.contracts.specimen import SPECIMEN

ALL = {**FORMS, "SPEC": SPECIMEN}
SECTIONS = [
    pytest.param(form, part, section, id=f"{form.code} {section.key}")
    for form in ALL.values() for part in form.parts for section in part.sections
]
VISIT = DossierView(documents={Address("A1"): {"modality": "hybrid"}})
"""Where somebody travels and somebody does not, everything is asked."""



def drawn(app, boxes) -> MultiDict:
    """The boxes through the page's own macros, and back as a browser sends them."""
    with app.test_request_context("/", base_url="http://127.0.0.1"):
        module = app.jinja_env.get_template("fields.html").module
        written = "".join(_drawn(module, box) for box in boxes)
    form = html.fragment_fromstring(f"<form>{written}</form>")
    return MultiDict((name, value.replace("\r\n", "\n")) for name, value in form.form_values() if name != "do")


def _drawn(module, asked) -> str:
    if isinstance(asked, BoxRows):
        named = f'<input type="hidden" name="{asked.path.html}-_rows" value="'
        return "".join(f'{named}{row.id}">' + "".join(_drawn(module, box) for box in row.boxes) for row in asked.rows)
    return str(module.field(asked, "")) if isinstance(asked, Box) else ""


class Page:
    """One section of a form with sample answers, as a page asks it."""

    def __init__(self, form, part, section, full: bool, language: str = "es") -> None:
        self.form, self.section = form, section
        self.answers = maximal(form, VISIT) if full else minimal(form, VISIT)
        self.subject = str(self.answers[part.key][0][ID]) if part.subject else ""
        self.known = self.answers[part.key][0] if part.subject else self.answers
        self.base = part.base(self.subject)
        self.at = resolving.reading(form, self.answers, VISIT, formatter(language, "SLV"))

    def boxes(self):
        return [box for kind in self.section.fields for box in kind.boxes(self.base / kind.key, self.known.get(kind.key), self.at)]

    def leaves(self) -> dict:
        """The stored pieces a page can send: no places of rows, no files, nothing nobody types."""
        found = {}
        for kind in self.section.fields:
            if kind.stored and self.known.get(kind.key) is not None:
                found |= dict(kind.leaves(self.known[kind.key], self.base / kind.key))
        files = {path for path, value in found.items() if isinstance(value, dict) and "sha256" in value}
        return {path: value for path, value in found.items() if path.steps[-1] != ORDER and path not in files}

    def posted(self, sent):
        return posted(self.section.fields, self.known, sent, self.at, self.base)


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("language", ["es", "pt", "en"])
@pytest.mark.parametrize(("form", "part", "section"), SECTIONS)
def test_a_page_sent_back_says_what_was_stored(form, part, section, full, language, app):
    page = Page(form, part, section, full, language)
    asking = page.posted(drawn(app, page.boxes()))
    back = {path: value for path, value in asking.leaves() if value is not None}
    assert dict(asking.refusals()) == {}
    assert back == {path: value for path, value in page.leaves().items() if value is not None}


@pytest.mark.parametrize(("form", "part", "section"), SECTIONS)
def test_an_empty_post_asks_nothing(form, part, section, app):
    asking = Page(form, part, section, True).posted(MultiDict())
    assert dict(asking.leaves()) == {}
    assert dict(asking.refusals()) == {}


@pytest.mark.parametrize(("form", "part", "section"), SECTIONS)
def test_a_post_of_nonsense_is_refused_by_name_or_taken_as_text(form, part, section, app):
    page = Page(form, part, section, True)
    sent = drawn(app, page.boxes())
    for name in [name for name in sent if not name.endswith("-_rows")]:
        sent.setlist(name, ["\x00<nonsense>\ud800"])
    asking = page.posted(sent)
    assert {path.html for path, _ in asking.leaves()} & set(dict(asking.refusals())) == set()
    assert all(value in (None, []) for _, value in asking.leaves())


def test_keys_that_collide_with_a_forms_own_names_are_asked_like_any_other(app):
    form = SPECIMEN
    page = Page(form, form.parts[0], form.parts[0].sections[0], True)
    asked = {path.steps[0] for path, _ in page.posted(drawn(app, page.boxes())).leaves()}
    assert {"items", "errors", "validate", "keys"} <= asked


def test_only_the_rows_shown_are_asked(app):
    form = FORMS["IAT"]
    part, section = form.part_of("entries")
    page = Page(form, part, section, True)
    sent = drawn(app, page.boxes())
    shown = sent.getlist("entries-_rows")[:2]
    sent.setlist("entries-_rows", shown)
    rows = {path.steps[1] for path, _ in page.posted(sent).leaves() if path.steps[0] == "entries"}
    assert rows == set(shown)


def test_an_added_row_with_nothing_in_it_is_no_row(app):
    form = FORMS["IAT"]
    part, section = form.part_of("entries")
    page = Page(form, part, section, False)
    sent = drawn(app, page.boxes())
    sent.add("groups-_rows", "ZZZZZZZZ")
    sent.add("groups-ZZZZZZZZ-beneficiary", "  ")
    assert not [path for path, _ in page.posted(sent).leaves() if "ZZZZZZZZ" in path.steps]


def test_a_reference_to_a_row_of_the_same_post_settles(app):
    form = FORMS["IAT"]
    part, section = form.part_of("entries")
    page = Page(form, part, section, False)
    sent = drawn(app, page.boxes())
    row = sent.getlist("entries-_rows")[0]
    sent.setlist(f"entries-{row}-group", ["ningún grupo"])
    refused = dict(page.posted(sent).refusals())
    assert refused[f"entries-{row}-group"].said == ("ningún grupo",)
    assert "«Grupo»" in refused[f"entries-{row}-group"].sentence


def test_a_path_the_browser_names_is_the_path_that_is_stored(app):
    form = SPECIMEN
    part = next(part for part in form.parts if part.subject)
    page = Page(form, part, part.sections[0], True)
    paths = [path for path, _ in page.posted(drawn(app, page.boxes())).leaves()]
    assert all(path.steps[:2] == (part.key, page.subject) for path in paths)
    assert AnswerPath((part.key, page.subject, "alias")) in paths
