"""What the tests of kinds read with: a Reading of some locale, a few rows and lists."""
from app.i18n import formatter
from forms.catalogues import divisions
from forms.kinds import row_id
from forms.path import AnswerPath
from forms.values import Refused
from forms.view import Reading

ROWS = {row_id("one"): "1 · Mesa Técnica", row_id("two"): "2 · Otras dependencias"}
HERE = AnswerPath(("field",))
LOCALES = (("es", "SLV"), ("es", "URY"), ("es", "ESP"), ("es", "CRI"), ("pt", "BRA"), ("pt", "PRT"), ("en", ""))


def reading(language="es", country="SLV", **more):
    """A Reading where every table has ROWS and every list of divisions is the country's."""
    return Reading(formatter(language, country), lambda table: ROWS, lambda source: divisions(country), **more)


AT = reading()


def refusal(act, *given):
    """The sentence of the refusal, in Spanish; fails if nothing is refused."""
    try:
        act(*given)
    except Refused as refused:
        return AT.fmt.words(refused.message, **refused.places)
    raise AssertionError(f"accepted {given!r}")
