"""A page of 180 inputs drawn with values in it: this project's macros, govuk-frontend-wtf, WTForms' own widgets."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from flask import Flask, render_template
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader, Template
from lxml import html
from wtforms import Form, SelectField, StringField, TextAreaField

from app.config import Settings
from app.i18n import formatter
from app.web import asking, create_app
from benchmarks.common import Candidate, Result, compare, installed, not_run
from forms.kinds import Choice, Kind, Paragraph, Text
from forms.view import Options, Reading

TASK = "GET of a page with 180 inputs"
EACH = 60
OPTIONS = Options("KINDS", tuple((f"option{number}", f"Opción número {number}") for number in range(8)))
HELP = "Una frase que ayuda a responder"
FIELDS: tuple[Kind, ...] = tuple(
    field
    for number in range(EACH)
    for field in (
        Text(f"text{number}", f"Texto {number}", most=90, help=HELP, required=True),
        Paragraph(f"prose{number}", f"Relato {number}", most=700, help=HELP, required=True),
        Choice(f"choice{number}", f"Elección {number}", options=OPTIONS, help=HELP, required=True),
    )
)
VALUES = {
    field.key: OPTIONS.codes[3] if field.key.startswith("choice") else f"Lo que alguien escribió en {field.label}" for field in FIELDS
}
AT = Reading(formatter("es", "SLV"), lambda table: {})
OURS = """{% import "fields.html" as fields %}<form>{% for box in boxes %}{{ fields.field(box, '', '') }}{% endfor %}</form>"""
WTF = """<form>{% for field in form %}{{ field(params={"hint": {"text": help}}) }}{% endfor %}</form>"""
PLAIN = """<form>{% for field in form %}<div>{{ field.label }}<span>{{ help }}</span>{{ field }}</div>{% endfor %}</form>"""


def results() -> Iterable[Result]:
    """Fields bound and drawn each time, as for a request; the peers' form classes are built once."""
    settings = Settings(instance=Path(mkdtemp()) / "instance", demo=True)
    ours, plain, peer = create_app(settings), Flask("plain"), wtf_app() if installed("govuk-frontend-wtf") else None
    candidates = [
        Candidate("anexa", lambda: drawn(ours, OURS, boxes=asked()), ("jinja2",)),
        Candidate("WTForms widgets", lambda: drawn(plain, PLAIN, form=PLAIN_FORM(data=VALUES), help=HELP), ("wtforms",)),
    ]
    if peer is not None:
        form = wtf_form()
        work = Candidate("govuk-frontend-wtf", lambda: drawn(peer, WTF, form=form(data=VALUES), help=HELP), ("govuk-frontend-wtf",))
        candidates.append(work)
    yield from compare(TASK, candidates, same_values)
    if peer is None:
        yield not_run(TASK, "govuk-frontend-wtf", "not installed")


def asked() -> list[Any]:
    return [box for _kind, boxes in asking.boxes(FIELDS, VALUES, AT) for box in boxes]


@cache
def compiled(app: Flask, template: str) -> Template:
    """Templates are compiled once, for every candidate."""
    return app.jinja_env.from_string(template)


def drawn(app: Flask, template: str, **context: object) -> str:
    with app.test_request_context("/", base_url="http://127.0.0.1", headers={"Accept-Language": "es"}):
        return render_template(compiled(app, template), **context)


def same_values(outputs: Mapping[str, object]) -> None:
    """Every candidate asks the same 180 inputs with the same values in them."""
    for name, written in outputs.items():
        found = {key: value.strip() for key, value in html.fragment_fromstring(str(written)).form_values()}
        assert found == VALUES, name


def fields_of(text: Any, prose: Any, choice: Any) -> dict[str, Any]:
    """The fields as WTForms asks them."""
    of = {"text": text, "prose": prose, "choice": choice}
    return {field.key: of[field.key.rstrip("0123456789")](field.label) for field in FIELDS}


def select(label: str, **more: Any) -> SelectField:
    return SelectField(label, choices=OPTIONS.pairs, **more)


PLAIN_FORM: type[Form] = type("Plain", (Form,), fields_of(StringField, TextAreaField, select))


def wtf_form() -> type[Form]:
    from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea, GovTextInput

    members = fields_of(
        lambda label: StringField(label, widget=GovTextInput()),
        lambda label: TextAreaField(label, widget=GovTextArea()),
        lambda label: select(label, widget=GovSelect()),
    )
    return type("Wtf", (Form,), members)


def wtf_app() -> Flask:
    """An application as the peer's documentation sets it up."""
    from govuk_frontend_wtf.main import WTFormsHelpers

    app = Flask("wtf")
    packages = ("govuk_frontend_jinja", "govuk_frontend_wtf")
    app.jinja_loader = ChoiceLoader([PrefixLoader({package: PackageLoader(package) for package in packages})])  # type: ignore[assignment]
    WTFormsHelpers(app)
    return app
